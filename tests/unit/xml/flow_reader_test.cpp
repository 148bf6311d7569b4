#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "support/readings.hpp"

namespace flowproof {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::string flow_of(std::string_view inner) {
  return "<flow xmlns='urn:flowproof:flow:1'>\n" + std::string(inner) + "\n</flow>";
}

struct Reading {
  std::optional<Flow> flow;
  std::vector<std::string> lines;
  Diagnostics findings;
};

Reading read(const std::string& text) {
  Parsed<Flow> parsed = read_flow(test::source_of(text), {});
  return {std::move(parsed.value), test::lines_of(parsed.diagnostics, text), parsed.diagnostics};
}

TEST(FlowReader, ReadsEveryElementAndAttribute) {
  const std::string text =
      "<?xml version='1.0'?>\n"
      "<f:flow xmlns:f='urn:flowproof:flow:1' title='标题' item='01' type='行政许可' "
      "handling='承诺件' authority='局' guide='g.xml' statutory='20个工作日' promised='10个工作日' "
      "version='1' date='2024-01-01' consult='1' complaint='2' lang='zh-CN'>\n"
      "<f:lane id='w' name='窗口'/>\n"
      "<f:start id='a'><f:to node='b'/></f:start>\n"
      "<f:decision id='b' lane='w' stage='受理' text='齐全&#63;' by='人员' limit='5个工作日' "
      "counted='是' basis='法' material='申请书' output='通知书' href='https://example.org/' "
      "remark='注' condition='q'>\n"
      "  <f:to node='c' when='是'/><f:to node='a' when='否' max='2' timeout='yes'/>\n"
      "  <f:waive rule='dead-end' until='2030-01-31' reason='试点'/></f:decision>\n"
      "<f:end id='c' outcome='准予'/>\n"
      "<f:note for='b'>\n 第一行 &lt;b&gt; <!-- 换 --> 第二行 </f:note><f:note>页脚</f:note>\n"
      "<f:waive rule='X1' reason='全流程'/>\n"
      "</f:flow>";
  const Reading reading = read(text);
  ASSERT_THAT(reading.lines, IsEmpty());
  const Flow& flow = *reading.flow;
  EXPECT_EQ(flow.title.value, "标题");
  EXPECT_EQ(flow.complaint.value, "2");
  EXPECT_EQ(flow.language.value, "zh-CN");
  EXPECT_EQ(text.substr(flow.guide.span.offset, flow.guide.span.length), "g.xml");
  ASSERT_EQ(flow.nodes.size(), 3U);
  ASSERT_EQ(flow.edges.size(), 3U);
  const Node& decision = flow.nodes[1];
  EXPECT_EQ(decision.kind, NodeKind::decision);
  EXPECT_EQ(at(decision.lane), 0U);
  EXPECT_EQ(decision.get(Attribute::text), "齐全?");
  EXPECT_EQ(decision.attributes.size(), 13U);
  EXPECT_EQ(text.substr(decision.span.offset, decision.span.length), "f:decision");
  const Edge& back = flow.edges[2];
  EXPECT_EQ(at(back.from), 1U);
  EXPECT_EQ(at(back.to), 0U);
  EXPECT_EQ(back.max, 2);
  EXPECT_TRUE(back.timeout);
  EXPECT_EQ(back.when.value, "否");
  ASSERT_EQ(flow.notes.size(), 2U);
  EXPECT_EQ(flow.notes[0].text.value, "第一行 <b> 第二行");
  EXPECT_EQ(at(*flow.notes[0].target), 1U);
  EXPECT_FALSE(flow.notes[1].target);
  ASSERT_EQ(flow.waivers.size(), 2U);
  EXPECT_EQ(at(*flow.waivers[0].target), 1U);
  EXPECT_EQ(flow.waivers[0].until.value, "2030-01-31");
  EXPECT_FALSE(flow.waivers[1].target);
}

TEST(FlowReader, TellsSeveralDefectsInOneRun) {
  const Reading reading =
      read(flow_of("<start id='a' lan='w'><to node='b'/></start>\n"
                   "<stepp id='x'/>\n"
                   "<step id='b' counted='maybe'>text<to node='c' max='0'/><to when='1'/></step>\n"
                   "<step id='b'/><step/>\n"
                   "<end id='e 1' lane='w'/><note for='zz'/>\n"
                   "<waive rule='r' until='soon' reason='x'/><waive rule='r'/>"));
  EXPECT_THAT(reading.lines,
              ElementsAre("2:15 unknown-attribute error 'start' has no attribute 'lan'",
                          "3:2 unknown-element error 'flow' has no element 'stepp'",
                          "4:23 unknown-value error 'maybe' is no value of 'counted'",
                          "4:30 misplaced-text error 'step' cannot hold the text 'text'",
                          "4:52 bad-number error '0' of 'max' is no number from 1 to 2147483647",
                          "4:57 missing-attribute error 'to' lacks the attribute 'node'",
                          "5:11 duplicate-id error the id 'b' is taken already",
                          "5:16 missing-attribute error 'step' lacks the attribute 'id'",
                          "6:10 invalid-id error the id 'e 1' holds a blank",
                          "6:26 misplaced-text error the annotation 'note' is empty",
                          "7:24 bad-date error 'soon' of 'until' is no date",
                          "7:43 missing-attribute error 'waive' lacks the attribute 'reason'",
                          "4:44 dangling-reference error there is no node with the id 'c'",
                          "6:21 dangling-reference error there is no lane with the id 'w'"));
  ASSERT_TRUE(reading.flow);
  EXPECT_EQ(reading.flow->nodes.size(), 5U);
  EXPECT_TRUE(reading.flow->nodes[1].incomplete);
  EXPECT_TRUE(reading.flow->nodes[2].incomplete);
  EXPECT_NE(reading.flow->nodes[2].id(), "b");
}

TEST(FlowReader, SuggestsTheNearestName) {
  const Reading reading =
      read(flow_of("<Step id='x'/><step id='receive'/><step id='a'><to node='recieve'/></step>"));
  ASSERT_EQ(reading.findings.size(), 2U);
  const char* nearest[] = {"step", "receive"};
  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_EQ(reading.findings[i].help.en, "did you mean '{nearest}'?");
    EXPECT_EQ(std::get<std::string>(reading.findings[i].message.arguments.back().value),
              nearest[i]);
  }
}

TEST(FlowReader, SaysNothingOfWaysToWhatItCouldNotRead) {
  const Reading reading = read(flow_of("<setp id='b'/><step id='a'><to node='b'/></step>"));
  EXPECT_THAT(reading.lines, ElementsAre("2:2 unknown-element error 'flow' has no element 'setp'"));
  EXPECT_TRUE(reading.flow->nodes[0].incomplete);
  EXPECT_TRUE(reading.flow->edges.empty());
}

TEST(FlowReader, RefusesOtherRootsAndNamespaces) {
  EXPECT_THAT(read("<guide xmlns='urn:flowproof:guide:1'/>").lines,
              ElementsAre("1:2 wrong-root error the root element is 'guide', expected 'flow'"));
  EXPECT_THAT(read("<flow/>").lines,
              ElementsAre("1:2 wrong-root error the root element 'flow' has no namespace"));
  EXPECT_FALSE(read("<flow/>").flow);
  EXPECT_THAT(read(flow_of("<x:y xmlns:x='urn:x' z='1'><step/></x:y>"
                           "<start id='a' x:q='1' xmlns:x='urn:x' xml:lang='zh'/>"))
                  .lines,
              ElementsAre("2:2 unknown-element error the element 'y' of the namespace 'urn:x' is "
                          "not read",
                          "2:55 unknown-attribute error the attribute 'q' of 'start' is of the "
                          "namespace 'urn:x' and is not read"));
}

}  // namespace
}  // namespace flowproof
