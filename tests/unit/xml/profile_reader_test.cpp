#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>

#include "support/readings.hpp"

namespace flowproof {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

SourceText shipped(const std::string& name) {
  std::ifstream file(std::string(FLOWPROOF_SOURCE_DIR "/templates/profiles/") + name + ".xml");
  return {name, {std::istreambuf_iterator<char>(file), {}}};
}

Profile base() {
  const SourceText source = shipped("base");
  Parsed<Profile> parsed = read_profile(source, {}, nullptr);
  EXPECT_THAT(test::lines_of(parsed.diagnostics, source.text), IsEmpty());
  return *parsed.value;
}

TEST(ProfileReader, BaseSetsEveryField) {
  const Profile profile = base();
  EXPECT_EQ(profile.vocabulary.stages.exactly("受理")->meaning, Stage::accept);
  EXPECT_EQ(profile.vocabulary.outcomes.exactly("不予受理")->meaning, Outcome::not_accepted);
  EXPECT_EQ(profile.vocabulary.item_types.exactly("01")->meaning, ItemType::licence);
  EXPECT_EQ(profile.vocabulary.handlings.exactly("即办件")->meaning, Handling::instant);
  // Every member of every set has a word.
  std::size_t stages = 0;
  for (int i = 0; i <= static_cast<int>(Stage::forward); ++i) {
    for (const auto& [word, stage] : profile.vocabulary.stages.words()) {
      if (static_cast<int>(stage) != i) continue;
      ++stages;
      break;
    }
  }
  EXPECT_EQ(stages, static_cast<std::size_t>(Stage::forward) + 1);
  EXPECT_EQ(profile.required_stages.size(), 4U);
  EXPECT_EQ(profile.required_outcomes.size(), 3U);
  EXPECT_EQ(profile.promise_span, (StageSpan{Stage::accept, Stage::decide}));
  ASSERT_NE(profile.clock("decide"), nullptr);
  EXPECT_EQ(profile.clock("decide")->approver, "本行政机关负责人");
  for (const Clock& clock : *profile.clocks) EXPECT_FALSE(clock.source.empty()) << clock.id;
  EXPECT_EQ(profile.excluded->front().word, "听证");
  EXPECT_EQ(profile.excluded->front().source, "行政许可法第四十五条");
  EXPECT_TRUE(profile.excluded->back().source.empty());
  ASSERT_FALSE(profile.terms.empty());
  EXPECT_EQ(profile.terms.at_front("告知申请人"), std::string_view("告知").size());
  EXPECT_EQ(profile.theme.name, "office");
  EXPECT_NEAR(profile.page.margin, 34.0, 0.1);
}

TEST(ProfileReader, ShippedProfilesExtendBase) {
  const Profile parent = base();
  for (const std::string name : {"xuke", "lenient"}) {
    const SourceText source = shipped(name);
    EXPECT_EQ(profile_base(source), "base");
    const Parsed<Profile> parsed = read_profile(source, {}, &parent);
    EXPECT_THAT(test::lines_of(parsed.diagnostics, source.text), IsEmpty());
    EXPECT_EQ(parsed.value->name, name);
    EXPECT_EQ(parsed.value->clocks->size(), parent.clocks->size());
    EXPECT_EQ(parsed.value->levels.at("missing-acceptance"),
              name == "xuke" ? Severity::error : Severity::warning);
  }
}

TEST(ProfileReader, ReplacesWordsClocksAndLooksOneByOne) {
  const Profile parent = base();
  const std::string text =
      "<profile xmlns='urn:flowproof:profile:1' name='local' title='本地' extends='base'>"
      "<stage id='accept' words='窗口受理'/><clock id='supplement' span='receive..supplement' "
      "limit='3个工作日' source='排污许可管理条例'/><excluded words='公示' source='本地规定'/>"
      "<promise span='accept..deliver'/><rule name='dead-end' level='off'/>"
      "<theme line='#102030'><node kind='end' fill='#FF0000'/></theme>"
      "<page paper='A3' orientation='landscape' binding='20mm'/><layout rank-gap='30'/></profile>";
  const Parsed<Profile> parsed = read_profile(test::source_of(text), {}, &parent);
  EXPECT_THAT(test::lines_of(parsed.diagnostics, text), IsEmpty());
  const Profile& profile = *parsed.value;
  EXPECT_EQ(profile.vocabulary.stages.words().size(), parent.vocabulary.stages.words().size() + 1);
  EXPECT_EQ(profile.clocks->size(), parent.clocks->size());
  EXPECT_EQ(profile.clock("supplement")->source, "排污许可管理条例");
  EXPECT_EQ(profile.excluded->size(), parent.excluded->size());
  EXPECT_EQ(profile.promise_span.to, Stage::deliver);
  EXPECT_EQ(profile.levels.at("dead-end"), Severity::off);
  EXPECT_EQ(profile.theme.line, (Color{0x10, 0x20, 0x30}));
  EXPECT_EQ(profile.theme.nodes[static_cast<std::size_t>(NodeKind::end)].fill, (Color{255, 0, 0}));
  EXPECT_EQ(profile.page.paper, Paper::a3);
  EXPECT_EQ(profile.page.orientation, Orientation::landscape);
  EXPECT_NEAR(profile.page.binding_margin, 56.69, 0.01);
  EXPECT_EQ(profile.layout.rank_gap, 30);
}

TEST(ProfileReader, ReportsWhatItDoesNotKnow) {
  const std::string text =
      "<profile xmlns='urn:flowproof:profile:1' name='local'>\n"
      "<stage id='acept' words='受理'/>\n"
      "<required stages='accept desist'/>\n"
      "<promise span='accept'/>\n"
      "<rule name='dead-end' level='fatal'/>\n"
      "<theme line='red' font-size='-1'><node kind='box'/></theme>\n"
      "<page margin='1e9'/><layout gap='3'/><fonts/>\n</profile>";
  const Parsed<Profile> parsed = read_profile(test::source_of(text), {}, nullptr);
  EXPECT_THAT(test::lines_of(parsed.diagnostics, text),
              ElementsAre("2:12 unknown-value error 'acept' is no value of 'id'",
                          "3:26 unknown-value error 'desist' is no value of 'stages'",
                          "4:16 unknown-value error 'accept' is no value of 'span'",
                          "5:30 unknown-value error 'fatal' is no value of 'level'",
                          "6:14 unknown-value error 'red' is no value of 'line'",
                          "6:30 bad-number error '-1' of 'font-size' is no number from 0 to 12000",
                          "6:46 unknown-value error 'box' is no value of 'kind'",
                          "7:15 bad-number error '1e9' of 'margin' is no number from 0 to 12000",
                          "7:29 unknown-attribute error 'layout' has no attribute 'gap'",
                          "7:39 unknown-element error 'profile' has no element 'fonts'"));
}

}  // namespace
}  // namespace flowproof
