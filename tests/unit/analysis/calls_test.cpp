// Flows that call flows: what their ends and times come to in the caller.
#include <gtest/gtest.h>

#include <algorithm>

#include "flowproof/due_dates.hpp"
#include "support/judge.hpp"

namespace flowproof::test {
namespace {

using Files = std::map<std::string, std::string>;

std::string flow(const std::string& body, const std::string& attributes = {}) {
  return "<flow xmlns=\"urn:flowproof:flow:1\" title=\"t\"" + attributes + ">" + body + "</flow>";
}

/// Two ends: quick after `quick` days, slow after `slow`.
std::string two_ends(int quick, int slow) {
  return flow(
      "<start id=\"s\" text=\"s\"><to node=\"d\"/></start>"
      "<decision id=\"d\" text=\"?\"><to node=\"a\" when=\"1\"/><to node=\"b\" "
      "when=\"2\"/></decision>"
      "<step id=\"a\" text=\"quick work\" limit=\"" +
          std::to_string(quick) +
          "个工作日\"><to node=\"x\"/></step>"
          "<step id=\"b\" text=\"slow work\" limit=\"" +
          std::to_string(slow) +
          "个工作日\"><to node=\"y\"/></step>"
          "<end id=\"x\" text=\"quick\"/><end id=\"y\" text=\"slow\"/>",
      " type=\"子流程\"");
}

std::string caller(const std::string& call) {
  return flow(
      "<start id=\"s\" stage=\"申请\" text=\"s\"><to node=\"r\"/></start>"
      "<step id=\"r\" stage=\"受理\" text=\"受理\" limit=\"当场\"><to node=\"c\"/></step>" +
          call +
          "<step id=\"d\" stage=\"决定\" text=\"决定\" limit=\"2个工作日\"><to node=\"e\"/></step>"
          "<end id=\"e\" outcome=\"准予\" text=\"e\"/><end id=\"n\" outcome=\"不予许可\" "
          "text=\"n\"/>",
      " type=\"行政许可\" promised=\"10个工作日\"");
}

const std::string by_outcome =
    "<subflow id=\"c\" text=\"c\" href=\"b.flow.xml\"><to node=\"d\" when=\"quick\"/>"
    "<to node=\"n\" when=\"slow\"/></subflow>";

Judged judge_all(const std::string& root, const Files& files) {
  return judge_beside(root, std::nullopt, files, {});
}

std::vector<std::string> rules_of(const Judged& judged) {
  std::vector<std::string> names;
  for (const Diagnostic& finding : judged.findings) {
    if (finding.rule->name.find("subflow") != std::string_view::npos) {
      names.emplace_back(finding.rule->name);
    }
  }
  return names;
}

TEST(Calls, TakeAsLongAsTheOutcomeTheirExitIsFor) {
  const Judged judged = judge_all(caller(by_outcome), {{"b.flow.xml", two_ends(3, 30)}});
  ASSERT_TRUE(judged.facts.promise.longest);
  EXPECT_EQ(judged.facts.promise.longest->total.milli, 5000);
  ASSERT_EQ(judged.facts.calls.flows.size(), 2u);
  EXPECT_EQ(judged.facts.calls.flows[1].slowest()->longest.milli, 30000);
  EXPECT_EQ(judged.facts.verdict(), SoundnessVerdict::sound);
}

TEST(Calls, HaveADayTheyAreDueOn) {
  const Judged judged = judge_all(caller(by_outcome), {{"b.flow.xml", two_ends(3, 30)}});
  const DueDates due = due_dates(*judged.flow, nullptr, judged.facts, profile_for("行政许可"),
                                 published_calendar(), *read_date("2024-03-11"));
  std::vector<std::string> days;
  for (const DueRow& row : due.rows) {
    if (row.kind == DueKind::stage && row.due) days.push_back(date_text(row.due->date));
  }
  EXPECT_EQ(days, (std::vector<std::string>{"2024-03-11", "2024-03-14", "2024-03-18"}));
}

TEST(Calls, TakeTheirOwnLimitIfTheyStateOne) {
  std::string stated = by_outcome;
  stated.replace(stated.find("href"), 0, "limit=\"4个工作日\" ");
  const Judged judged = judge_all(caller(stated), {{"b.flow.xml", two_ends(3, 4)}});
  EXPECT_EQ(judged.facts.promise.longest->total.milli, 6000);
  EXPECT_TRUE(rules_of(judged).empty());
}

TEST(Calls, AreFollowedIntoCalledFiles) {
  const std::string middle = flow(
      "<start id=\"s\" text=\"s\"><to node=\"c\"/></start>"
      "<subflow id=\"c\" text=\"c\" href=\"c.flow.xml\"><to node=\"w\" when=\"quick\"/>"
      "<to node=\"y\" when=\"slow\"/></subflow>"
      "<step id=\"w\" text=\"w\" limit=\"1个工作日\"><to node=\"x\"/></step>"
      "<end id=\"x\" text=\"quick\"/><end id=\"y\" text=\"slow\"/>");
  const Judged judged =
      judge_all(caller(by_outcome), {{"b.flow.xml", middle}, {"c.flow.xml", two_ends(3, 30)}});
  EXPECT_EQ(judged.facts.promise.longest->total.milli, 6000);
  const CalledFlow* called = judged.facts.calls.flow_of(*judged.flow->find("c"));
  ASSERT_NE(called, nullptr);
  EXPECT_EQ(called->ends[0].shortest, 4000);
}

TEST(Calls, WithoutASumAreToldAndNotAdded) {
  std::string mixed = two_ends(3, 4);
  mixed.replace(mixed.find("4个工作日"), std::string("4个工作日").size(), "2个月");
  const Judged judged = judge_all(caller(by_outcome), {{"b.flow.xml", mixed}});
  EXPECT_EQ(judged.facts.promise.unmeasured.size(), 1u);
  EXPECT_TRUE(std::any_of(judged.findings.begin(), judged.findings.end(), [](const auto& finding) {
    return finding.rule->name == "limits-not-comparable";
  }));
}

TEST(Calls, StopAtTwoHundredFilesAndSaySo) {
  Files files;
  const auto name = [](int k) { return "f" + std::to_string(k) + ".flow.xml"; };
  for (int k = 0; k < 300; ++k) {
    files[name(k)] = flow(
        "<start id=\"s\" text=\"s\"><to node=\"c\"/></start><subflow id=\"c\" text=\"c\" href=\"" +
        name(k + 1) + "\"><to node=\"e\"/></subflow><end id=\"e\" text=\"e\"/>");
  }
  const Judged deep = judge_all(
      caller("<subflow id=\"c\" text=\"c\" href=\"f0.flow.xml\"><to node=\"d\"/></subflow>"),
      files);
  EXPECT_EQ(deep.sources.size(), 201u);
  EXPECT_EQ(deep.facts.calls.flow_of(*deep.flow->find("c"))->soundness,
            SoundnessVerdict::undecided);
  EXPECT_EQ(rules_of(deep), std::vector<std::string>{"unreadable-subflow"});
}

TEST(Calls, RoundInACircleBelowTheFlowAreToldWithTheirChain) {
  const auto call = [](const std::string& name) {
    return flow(
        "<start id=\"s\" text=\"s\"><to node=\"c\"/></start><subflow id=\"c\" text=\"c\" href=\"" +
        name + "\"><to node=\"e\"/></subflow><end id=\"e\" text=\"e\"/>");
  };
  const Judged judged = judge_all(
      caller("<subflow id=\"c\" text=\"c\" href=\"b.flow.xml\"><to node=\"d\"/></subflow>"),
      {{"b.flow.xml", call("c.flow.xml")}, {"c.flow.xml", call("b.flow.xml")}});
  ASSERT_EQ(rules_of(judged), std::vector<std::string>{"subflow-cycle"});
  for (const Diagnostic& finding : judged.findings) {
    if (finding.rule->name != "subflow-cycle") continue;
    EXPECT_EQ(finding.witness.size(), 3u);
  }
}

}  // namespace
}  // namespace flowproof::test
