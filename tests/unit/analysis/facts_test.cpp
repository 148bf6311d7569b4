// What boxes mean, and how a flow hangs together.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "support/judge.hpp"

namespace flowproof::test {
namespace {

using testing::ElementsAre;

std::string flow_of(const std::string& nodes, const std::string& attributes = {}) {
  return "<flow xmlns='urn:flowproof:flow:1' " + attributes + ">" + nodes + "</flow>";
}

struct Words {
  std::string node;                 // one element
  std::vector<std::string> stages;  // ids, in the order of a procedure
  std::string outcome;              // id, or empty
};

std::vector<std::string> stages_of(const Meaning& meaning) {
  std::vector<std::string> ids;
  for (std::size_t i = 0; i <= static_cast<std::size_t>(Stage::forward); ++i) {
    const auto stage = static_cast<Stage>(i);
    if (meaning.is(stage)) ids.emplace_back(id_of(stage));
  }
  return ids;
}

class Meanings : public testing::TestWithParam<Words> {};

TEST_P(Meanings, AreReadFromWords) {
  const Judged judged = judge(flow_of(GetParam().node));
  ASSERT_EQ(judged.facts.meanings.size(), 1U);
  const Meaning& meaning = judged.facts.meanings.front();
  EXPECT_EQ(stages_of(meaning), GetParam().stages) << GetParam().node;
  EXPECT_EQ(meaning.outcome ? std::string(id_of(meaning.outcome->meaning)) : "", GetParam().outcome)
      << GetParam().node;
}

INSTANTIATE_TEST_SUITE_P(
    Facts, Meanings,
    testing::Values(
        Words{"<step id='a' stage='审查与决定' text='办理'/>", {"review", "decide"}, ""},
        Words{"<step id='a' stage='受理' text='审查材料'/>", {"accept"}, ""},
        Words{"<step id='a' text='接收受理'/>", {"accept"}, ""},
        Words{"<step id='a' text='喝茶'/>", {}, ""},
        // An outcome ends the reading: the words inside it mean nothing more.
        Words{"<document id='a' text='不予受理决定书'/>", {"accept"}, "not-accepted"},
        Words{"<document id='a' text='出具不予许可决定书'/>", {"decide"}, "refused"},
        Words{"<end id='a' text='送达不予受理决定书'/>", {"deliver"}, "not-accepted"},
        Words{"<end id='a' text='出具不予受理决定书'/>", {}, "not-accepted"},
        Words{"<end id='a' stage='送达' outcome='准予' text='领取'/>", {"deliver"}, "granted"},
        Words{"<end id='a' stage='送达' text='不予批准'/>", {"deliver"}, "refused"},
        Words{"<document id='a' text='一次性告知补正'/>", {"supplement"}, "supplement"},
        // A question names an outcome without being one.
        Words{"<decision id='a' text='是否准予许可？'/>", {"decide"}, ""},
        Words{"<decision id='a' text='是否不予受理？'/>", {"accept"}, ""},
        Words{"<decision id='a' stage='审查' text='是否准予许可？'/>", {"review"}, ""},
        // What a special procedure is, its kind says.
        Words{"<special id='a' kind='延长审批' text='经局长批准延长'/>", {"special", "extend"}, ""},
        Words{"<special id='a' kind='专家评审' text='评审后审批'/>", {"special"}, ""},
        Words{"<special id='a' text='组织听证'/>", {"special"}, ""},
        Words{"<special id='a' stage='审查' kind='检测'/>", {"review", "special"}, ""}));

TEST(Facts, WaysBackAreThoseThatCloseALoop) {
  const Judged judged = judge(flow_of(R"(
    <start id="a"><to node="b"/></start>
    <step id="b"><to node="c"/></step>
    <decision id="c"><to node="d" when="1"/><to node="b" when="2"/></decision>
    <step id="d"><to node="e"/></step>
    <end id="e"/>)"));
  EXPECT_THAT(judged.facts.returns, ElementsAre(false, false, false, true, false));
  const auto& component = judged.facts.component;
  EXPECT_EQ(component[1], component[2]);
  EXPECT_NE(component[0], component[1]);
  EXPECT_NE(component[2], component[3]);
  EXPECT_NE(component[3], component[4]);
}

TEST(Facts, OrderIsForwardButForWaysBack) {
  const Judged judged = judge(flow_of(R"(
    <end id="z"/>
    <step id="d"><to node="z"/><to node="b"/></step>
    <step id="b"><to node="c"/><to node="d"/></step>
    <step id="c"><to node="d"/><to node="c"/></step>
    <start id="a"><to node="b"/></start>)"));
  const Facts& facts = judged.facts;
  std::vector<std::size_t> position(judged.flow->nodes.size());
  ASSERT_EQ(facts.order.size(), position.size());
  for (std::size_t i = 0; i < facts.order.size(); ++i) position[at(facts.order[i])] = i;
  for (std::size_t e = 0; e < judged.flow->edges.size(); ++e) {
    const Edge& edge = judged.flow->edges[e];
    if (!facts.returns[e]) {
      EXPECT_LT(position[at(edge.from)], position[at(edge.to)]);
    }
  }
  EXPECT_EQ(std::count(facts.returns.begin(), facts.returns.end(), true), 2);
}

TEST(Facts, ReachableFromAnyStartAndEverythingWithoutOne) {
  const std::string rest = "<step id='b'><to node='c'/></step><end id='c'/><step id='d'/>";
  const Judged from_start = judge(flow_of("<start id='a'><to node='b'/></start>" + rest));
  EXPECT_THAT(from_start.facts.reachable, ElementsAre(true, true, true, false));
  EXPECT_THAT(from_start.facts.finishing, ElementsAre(true, true, true, false));
  const Judged without = judge(flow_of(rest));
  EXPECT_THAT(without.facts.reachable, ElementsAre(true, true, true));
}

TEST(Facts, AStageOutOfReachIsStillThere) {
  const Judged judged = judge(
      flow_of("<start id='a'><to node='b'/></start><end id='b'/><step id='c' stage='审查'/>"));
  EXPECT_TRUE(judged.facts.has(Stage::review));
  EXPECT_FALSE(judged.facts.has(Stage::accept));
}

TEST(Facts, KindsAreThoseOfTheFlowElseOfTheGuide) {
  const std::string guide =
      "<guide xmlns='urn:flowproof:guide:1' name='x' type='行政确认' handling='即办件'/>";
  const Judged own = judge(flow_of("<start id='a'/>", "type='01' handling='承诺件'"), guide);
  EXPECT_EQ(own.facts.type, ItemType::licence);
  EXPECT_EQ(own.facts.handling, Handling::promised);
  const Judged borrowed = judge(flow_of("<start id='a'/>"), guide);
  EXPECT_EQ(borrowed.facts.type, ItemType::confirmation);
  EXPECT_EQ(borrowed.facts.handling, Handling::instant);
}

TEST(Facts, TimeCountsUnlessTheLawOrTheAuthorExcludesIt) {
  const Judged judged = judge(flow_of(R"(
    <step id="a" limit="5个工作日"/>
    <step id="b" limit="5个工作日" counted="no"/>
    <step id="c" limit="5个工作日，不计入办理时限"/>
    <special id="d" kind="专家评审" limit="5个工作日"/>
    <special id="e" kind="专家评审" limit="5个工作日" counted="yes"/>
    <special id="f" kind="征求意见" limit="5个工作日"/>)"));
  EXPECT_THAT(judged.facts.counted, ElementsAre(true, false, false, false, true, true));
}

TEST(Facts, SpansAreReadInWordsAndIds) {
  const Vocabulary& words = shipped_profile("base").vocabulary;
  EXPECT_EQ(read_span("受理..决定", words), (StageSpan{Stage::accept, Stage::decide}));
  EXPECT_EQ(read_span("receive .. 送达", words), (StageSpan{Stage::receive, Stage::deliver}));
  EXPECT_EQ(read_span("受理到决定", words), std::nullopt);
  EXPECT_EQ(read_span("..决定", words), std::nullopt);
}

}  // namespace
}  // namespace flowproof::test
