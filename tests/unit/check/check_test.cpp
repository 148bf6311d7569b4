// Which findings are kept, at what level, in what order; what waivers do.
#include "flowproof/check.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/judge.hpp"

namespace flowproof::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

/// A decision with one labelled exit to a dead end and one without label: S105 and S108.
std::string two_defects(const std::string& in_reply = {}, const std::string& at_end = {}) {
  return "<flow xmlns='urn:flowproof:flow:1' title='门牌核发' consult='1' complaint='2'>\n"
         "<start id='a' text='申请'><to node='ask'/></start>\n"
         "<decision id='ask' text='地址是否存在？'>\n"
         "<to node='reply' when='否'/>\n"
         "<to node='done'/></decision>\n"
         "<step id='reply' text='退回' by='窗口' limit='当场' output='材料'>" +
         in_reply + "</step>\n<end id='done' text='办结'/>\n" + at_end + "</flow>";
}

std::vector<std::string> names(const Judged& judged) {
  std::vector<std::string> list;
  for (const Diagnostic& finding : judged.findings) list.emplace_back(finding.rule->name);
  return list;
}

/// Without the hints about what this tiny flow lacks.
CheckOptions structure(CheckOptions options = {}) {
  if (options.select.empty()) options.select = {"S"};
  return options;
}

TEST(Check, SortsByPlace) {
  EXPECT_THAT(names(judge(two_defects(), {}, structure())),
              ElementsAre("unlabelled-exit", "dead-end"));
}

TEST(Check, SelectsByNameCodeAndBeginningOfACode) {
  EXPECT_THAT(names(judge(two_defects(), {}, {{"S105"}, {}, {}})), ElementsAre("dead-end"));
  EXPECT_THAT(names(judge(two_defects(), {}, {{"dead-end"}, {}, {}})), ElementsAre("dead-end"));
  EXPECT_THAT(names(judge(two_defects(), {}, {{"S10"}, {}, {}})),
              ElementsAre("unlabelled-exit", "dead-end"));
  EXPECT_THAT(names(judge(two_defects(), {}, {{"T"}, {}, {}})), IsEmpty());
}

TEST(Check, IgnoringIsStrongerThanSelecting) {
  EXPECT_THAT(names(judge(two_defects(), {}, {{"S"}, {"S105"}, {}})),
              ElementsAre("unlabelled-exit"));
  EXPECT_THAT(names(judge(two_defects(), {}, {{"S"}, {"S"}, {}})), IsEmpty());
}

TEST(Check, WhatCannotBeReadIsSaidWhateverWasSelected) {
  const std::string broken =
      "<flow xmlns='urn:flowproof:flow:1'><start id='a'><to node='b'/></start>";
  EXPECT_THAT(names(judge(broken, {}, {{"T"}, {}, {}})), ElementsAre("malformed-xml"));
}

TEST(Check, SkipsAndCountsRulesWithoutAGuide) {
  const Judged judged = judge(two_defects());
  EXPECT_THAT(judged.skipped, testing::Contains(find_rule("limit-differs")));
  EXPECT_THAT(judged.skipped, testing::Not(testing::Contains(find_rule("dead-end"))));
}

TEST(Check, AProfileSetsLevels) {
  const std::string flow = two_defects();
  Judged judged = judge(flow);
  Profile profile = shipped_profile("base");
  profile.levels["dead-end"] = Severity::info;
  profile.levels["unlabelled-exit"] = Severity::off;
  const Facts facts = analyse(*judged.flow, nullptr, profile);
  const RuleContext context{*judged.flow, nullptr, facts, profile, nullptr};
  const CheckResult result = check(context, {}, structure());
  ASSERT_EQ(result.findings.size(), 1U);
  EXPECT_EQ(result.findings[0].rule->name, "dead-end");
  EXPECT_EQ(result.findings[0].severity, Severity::info);
}

TEST(Check, ALevelNeverRaisesWhatAReaderLowered) {
  const Judged judged = judge(two_defects());
  const Profile& profile = shipped_profile("base");
  const RuleContext context{*judged.flow, nullptr, judged.facts, profile, nullptr};
  const Rule* rule = find_rule("unknown-attribute");
  Diagnostic finding;
  finding.rule = rule;
  finding.message.text = rule->message;
  Diagnostics reading(2, finding);
  reading[0].severity = Severity::info;
  reading[1].severity = rule->severity;
  const CheckOptions raised{
      .select = {}, .ignore = {}, .today = {}, .levels = {{rule->name, Severity::error}}};
  const CheckResult result = check(context, std::move(reading), raised);
  std::vector<Severity> severities;
  for (const Diagnostic& told : result.findings) {
    if (told.rule == rule) severities.push_back(told.severity);
  }
  EXPECT_THAT(severities, ElementsAre(Severity::info, Severity::error));
}

TEST(Check, AWaiverTakesOutWhatItNames) {
  const std::string waiver = "<waive rule='dead-end' reason='另行通知'/>";
  for (const auto& flow : {two_defects(waiver), two_defects({}, waiver),
                           two_defects("<waive rule='S105' reason='另行通知'/>")}) {
    const Judged judged = judge(flow, {}, structure());
    EXPECT_THAT(names(judged), ElementsAre("unlabelled-exit"));
    EXPECT_EQ(judged.waived, 1U);
  }
}

TEST(Check, AWaiverInsideABoxIsForThatBoxOnly) {
  const Judged judged = judge(two_defects("<waive rule='unlabelled-exit' reason='另行通知'/>"), {},
                              structure({{"S", "X"}, {}, {}}));
  EXPECT_THAT(names(judged), ElementsAre("unlabelled-exit", "dead-end", "unused-waiver"));
  EXPECT_EQ(judged.waived, 0U);
}

TEST(Check, AWaiverThatRanOutWaivesNothing) {
  const std::string flow =
      two_defects("<waive rule='dead-end' until='2024-05-31' reason='另行通知'/>");
  CheckOptions options = structure();
  EXPECT_THAT(names(judge(flow, {}, options)), ElementsAre("unlabelled-exit"));
  options.today = "2024-05-31";
  EXPECT_THAT(names(judge(flow, {}, options)), ElementsAre("unlabelled-exit"));
  options.today = "2024-06-01";
  options.select = {"S", "X"};
  EXPECT_THAT(names(judge(flow, {}, options)),
              ElementsAre("unlabelled-exit", "dead-end", "expired-waiver"));
}

TEST(Check, TwoWaiversOfOneFindingAreBothUsed) {
  const std::string waiver = "<waive rule='dead-end' reason='另行通知'/>";
  const Judged judged = judge(two_defects(waiver, waiver), {}, structure({{"S", "X"}, {}, {}}));
  EXPECT_THAT(names(judged), ElementsAre("unlabelled-exit"));
}

TEST(Check, OfARuleThatDidNotRunNoWaiverIsUnused) {
  const std::string waivers =
      "<waive rule='limit-differs' reason='另行通知'/><waive rule='path-over-promise' reason='x'/>";
  const CheckOptions options{{"S", "X", "G"}, {}, {}};
  EXPECT_THAT(names(judge(two_defects({}, waivers), {}, options)),
              ElementsAre("unlabelled-exit", "dead-end"));
  EXPECT_THAT(names(judge(two_defects({}, waivers), {}, {{"S", "X", "T"}, {}, {}})),
              ElementsAre("unlabelled-exit", "dead-end", "unused-waiver"));
}

TEST(Check, AWaiverOfNoRuleIsAnError) {
  const Judged judged = judge(two_defects({}, "<waive rule='dead-ends' reason='x'/>"), {},
                              structure({{"S", "X"}, {}, {}}));
  ASSERT_THAT(names(judged), ElementsAre("unlabelled-exit", "dead-end", "unknown-waiver"));
  EXPECT_EQ(judged.findings.back().severity, Severity::error);
}

TEST(Check, NamesOptionsThatMeanNoRule) {
  EXPECT_THAT(unknown_rules({{"S105", "Q", "dead-end"}, {"", "T9"}, {}}, nullptr),
              ElementsAre("Q", "", "T9"));
  Profile profile = shipped_profile("base");
  profile.levels["no-such-rule"] = Severity::off;
  EXPECT_THAT(unknown_rules({}, &profile), ElementsAre("no-such-rule"));
}

TEST(Check, ManyWaiversAndManyFindingsDoNotMultiply) {
  std::string nodes;
  constexpr int count = 20'000;
  for (int i = 0; i < count; ++i) {
    const std::string id = "n" + std::to_string(i);
    nodes += "<decision id='" + id + "' text='是否？'><to node='done' when='是'/>" +
             "<waive rule='single-exit-decision' reason='x'/></decision>";
  }
  const Judged judged =
      judge("<flow xmlns='urn:flowproof:flow:1'>" + nodes + "<end id='done'/></flow>", {},
            {{"S107"}, {}, {}});
  EXPECT_EQ(judged.waived, static_cast<std::size_t>(count));
  EXPECT_THAT(names(judged), IsEmpty());
}

}  // namespace
}  // namespace flowproof::test
