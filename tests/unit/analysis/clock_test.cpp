// The longest counted way through a stretch of the flow, on flows small enough to add up by hand.
#include <gtest/gtest.h>

#include "support/judge.hpp"

namespace flowproof::test {
namespace {

/// A start, 收件, 受理, then what is given (it begins with the box "x" and leads to "decide"),
/// 决定, 送达 and an end.
std::string around(const std::string& middle, const std::string& decide = "limit='2个工作日'") {
  return "<flow xmlns='urn:flowproof:flow:1' type='行政许可'>"
         "<start id='apply'><to node='receive'/></start>"
         "<step id='receive' stage='收件' limit='100个工作日'><to node='accept'/></step>"
         "<step id='accept' stage='受理' limit='50个工作日'><to node='x'/></step>" +
         middle + "<step id='decide' stage='决定' " + decide +
         "><to node='deliver'/></step>"
         "<step id='deliver' stage='送达' limit='70个工作日'><to node='end'/></step>"
         "<end id='end'/></flow>";
}

/// "8" or "8 over x, decide": the total in units, and the boxes that add to it.
std::string longest(const Judged& judged, const std::optional<TimedPath>& path) {
  if (!path) return "none";
  std::string text = std::to_string(path->total.milli / 1000) + " over";
  for (const TimedPath::Step& step : path->steps) {
    if (step.milli != 0) text += ' ' + judged.flow->node(step.node).id();
  }
  return text;
}
std::string longest(const std::string& flow) {
  const Judged judged = judge(flow);
  return longest(judged, judged.facts.decision.longest);
}

TEST(Clock, AddsWhatLiesBetweenAcceptanceAndDecision) {
  EXPECT_EQ(
      longest(around("<step id='x' stage='审查' limit='5个工作日'><to node='decide'/></step>")),
      "7 over x decide");
}

TEST(Clock, TakesTheLongestOfParallelAndOfAlternativeBranches) {
  for (const std::string kind : {"parallel", "decision"}) {
    const std::string join = kind == "parallel" ? "join" : "step limit='当场'";
    EXPECT_EQ(longest(around("<" + kind +
                             " id='x'><to node='a' when='1'/><to node='b' when='2'/></" + kind +
                             "><step id='a' stage='审查' limit='5个工作日'><to node='m'/></step>"
                             "<step id='b' stage='审查' limit='3个工作日'><to node='c'/></step>"
                             "<step id='c' stage='审查' limit='4个工作日'><to node='m'/></step>"
                             "<" +
                             join + " id='m'><to node='decide'/></" + join.substr(0, 4) + ">")),
              "9 over b c decide")
        << kind;
  }
}

/// "x decide; y decide": the ways one of which ends last.
std::string mixed(const std::string& flow) {
  const Judged judged = judge(flow);
  std::string text;
  for (const MixedWay& way : judged.facts.decision.mixed) {
    if (!text.empty()) text += "; ";
    for (const NodeIndex node : way.nodes) text += judged.flow->node(node).id() + ' ';
  }
  return text;
}

TEST(Clock, KeepsOfWaysInSeveralUnitsThoseThatMayEndLast) {
  const auto branches = [](const std::string& a, const std::string& b) {
    return around(
        "<decision id='x' text='?'><to node='a' when='1'/><to node='b' when='2'/></decision>"
        "<step id='a' stage='审查' limit='" +
        a + "'><to node='decide'/></step><step id='b' stage='审查' limit='" + b +
        "'><to node='decide'/></step>");
  };
  // A month and 20 working days: which is longer depends on the day.
  EXPECT_EQ(mixed(branches("1个月", "20个工作日")), "a decide ; b decide ");
  // Two days end no later than three, and so does what follows them.
  EXPECT_EQ(mixed(branches("3自然日", "2自然日")), "a decide ");
  EXPECT_EQ(mixed(branches("5个工作日", "3个工作日")), "");  // one unit: there is a sum
}

TEST(Clock, DoesNotCountWhatTheLawExcludes) {
  EXPECT_EQ(longest(around("<special id='x' kind='听证' limit='20个工作日'><to node='y'/></special>"
                           "<step id='y' stage='审查' limit='9个工作日' counted='no'><to "
                           "node='decide'/></step>")),
            "2 over decide");
}

TEST(Clock, AnOrdinalDeadlineReplacesTheSum) {
  EXPECT_EQ(longest(around("<step id='x' stage='审查' limit='5个工作日'><to node='y'/></step>"
                           "<step id='y' stage='审查' limit='自受理后第6个工作日'><to "
                           "node='decide'/></step>")),
            "8 over y decide");
  EXPECT_EQ(longest(around("<step id='x' stage='审查' limit='5个工作日'><to node='decide'/></step>",
                           "limit='受理之日起10个工作日'")),
            "10 over decide");
}

TEST(Clock, SupplementingIsTheApplicantsTime) {
  EXPECT_EQ(
      longest(around("<decision id='x' stage='审查' limit='1个工作日'><to node='more' when='缺'/>"
                     "<to node='decide' when='全'/></decision>"
                     "<step id='more' stage='补正' limit='30个工作日'><to "
                     "node='decide'/></step>")),
      "3 over x decide");
}

TEST(Clock, RoundsOfAWayBackAreCountedAsOftenAsAllowed) {
  const Judged judged = judge(
      around("<step id='x' stage='审查' limit='3个工作日'><to node='check'/></step>"
             "<decision id='check' stage='审查' limit='1个工作日'><to node='decide' when='好'/>"
             "<to node='x' when='退回' max='2'/></decision>"));
  const ClockFacts& clock = judged.facts.decision;
  EXPECT_EQ(longest(judged, clock.longest), "6 over x check decide");
  EXPECT_EQ(longest(judged, clock.repeating), "14 over x check x check x check decide");
  EXPECT_TRUE(clock.repeating->proven);
}

TEST(Clock, AWayBackWithoutABoundIsNotTaken) {
  const Judged judged =
      judge(around("<step id='x' stage='审查' limit='3个工作日'><to node='check'/></step>"
                   "<decision id='check' stage='审查' limit='当场'><to node='decide' when='好'/>"
                   "<to node='x' when='退回'/></decision>"));
  EXPECT_EQ(longest(judged, judged.facts.decision.longest), "5 over x decide");
  EXPECT_FALSE(judged.facts.decision.repeating);
}

TEST(Clock, ALoopThroughSupplementingIsPossibleNotProven) {
  const Judged judged =
      judge(around("<step id='x' stage='审查' limit='3个工作日'><to node='check'/></step>"
                   "<decision id='check' stage='审查' limit='当场'><to node='decide' when='好'/>"
                   "<to node='more' when='缺'/></decision>"
                   "<step id='more' stage='补正' limit='当场'><to node='x' max='1'/></step>"));
  ASSERT_TRUE(judged.facts.decision.repeating);
  EXPECT_EQ(longest(judged, judged.facts.decision.repeating), "8 over x x decide");
  EXPECT_FALSE(judged.facts.decision.repeating->proven);
}

TEST(Clock, DifferentUnitsHaveNoSum) {
  const Judged judged =
      judge(around("<step id='x' stage='审查' limit='5日'><to node='decide'/></step>"));
  EXPECT_TRUE(judged.facts.decision.started);
  EXPECT_EQ(judged.facts.decision.units.size(), 2U);
}

TEST(Clock, OnTheSpotFitsEveryUnit) {
  EXPECT_EQ(longest(around("<step id='x' stage='审查' limit='当场'><to node='decide'/></step>",
                           "limit='10日'")),
            "10 over decide");
}

TEST(Clock, SaysWhetherEveryStepHasALimit) {
  const Judged without = judge(around("<step id='x' stage='审查'><to node='decide'/></step>"));
  EXPECT_FALSE(without.facts.decision.complete);
  const Judged with =
      judge(around("<step id='x' stage='审查' limit='当场'><to node='decide'/></step>"));
  EXPECT_TRUE(with.facts.decision.complete);
}

TEST(Clock, IsNotStartedIfAnEndIsMissing) {
  const Judged judged = judge(
      "<flow xmlns='urn:flowproof:flow:1'><start id='a'><to node='b'/></start>"
      "<step id='b' stage='审查' limit='5个工作日'><to node='c'/></step><end id='c'/></flow>");
  EXPECT_FALSE(judged.facts.decision.started);
  EXPECT_FALSE(judged.facts.decision.longest);
}

TEST(Clock, ThePromiseCoversTheSpanTheGuideGives) {
  const Judged judged =
      judge(around("<step id='x' stage='审查' limit='5个工作日'><to node='decide'/></step>"),
            "<guide xmlns='urn:flowproof:guide:1' name='x'><promised value='9' unit='工作日' "
            "span='受理..送达'/></guide>");
  EXPECT_EQ(longest(judged, judged.facts.promise.longest), "77 over x decide deliver");
  EXPECT_EQ(longest(judged, judged.facts.decision.longest), "7 over x decide");
  EXPECT_EQ(longest(judged, judged.facts.delivery.longest), "70 over deliver");
}

}  // namespace
}  // namespace flowproof::test
