// The way when all goes well, on flows whose words alone would lead astray.
#include <gtest/gtest.h>

#include <string>

#include "flowproof/drawing.hpp"
#include "flowproof/pipeline.hpp"
#include "layout/passes.hpp"
#include "support/readings.hpp"

namespace flowproof::layout {
namespace {

const Profile& profile() {
  static const Result<ProfileSet> loaded = load_profiles(FLOWPROOF_SOURCE_DIR, "");
  return *loaded->for_type("行政许可");
}

/// A flow from acceptance to the end; `middle` is between `a` and `d`.
struct Case {
  explicit Case(const std::string& middle)
      : flow(*read_flow(test::source_of(R"(<flow xmlns="urn:flowproof:flow:1" title="t">
  <start id="s" text="申请"><to node="a"/></start>
  <step id="a" stage="受理" text="受理"><to node="r"/></step>
  <step id="r" stage="审查" text="审查"><to node="q"/></step>)" +
                                        middle + R"(
  <decision id="d" stage="决定" text="是否符合条件？">
    <to node="y" when="符合"/><to node="n" when="不符合"/>
  </decision>
  <end id="n" stage="决定" outcome="不予许可" text="不予许可"/>
  <end id="y" stage="送达" outcome="准予" text="送达"/>
</flow>)"),
                        {})
                  .value),
        facts(analyse(flow, nullptr, profile())),
        measured(measure(flow, profile())),
        chart(flow, facts, measured, profile().layout),
        main(find_main_line(chart)) {}

  [[nodiscard]] std::string way() const {
    std::string ids;
    for (const NodeIndex node : main.nodes) ids += (ids.empty() ? "" : " ") + flow.node(node).id();
    return ids;
  }

  Flow flow;
  Facts facts;
  Measured measured;
  Chart chart;
  MainLine main;
};

TEST(MainLine, PassesByAHearingThatNobodyAskedFor) {
  const Case hearing(R"(
  <decision id="q" text="是否申请听证？"><to node="d" when="不申请"/><to node="h" when="申请"/></decision>
  <special id="h" kind="听证" text="听证" counted="no"><to node="d"/></special>)");
  EXPECT_EQ(hearing.way(), "s a r q d y");
}

TEST(MainLine, PassesByAnObjectionThatIsLookedIntoInAStageOfItsOwnAgain) {
  const Case objection(R"(
  <decision id="q" text="有人提出异议？"><to node="d" when="未提出"/><to node="v" when="提出"/></decision>
  <step id="v" stage="审查" text="核实异议"><to node="h"/></step>
  <decision id="h" text="要求听证？"><to node="d" when="不要求"/><to node="z" when="要求"/></decision>
  <special id="z" kind="听证" text="听证" counted="no"><to node="d"/></special>)");
  EXPECT_EQ(objection.way(), "s a r q d y");
}

TEST(MainLine, KeepsToAStageThatTheOtherExitLeavesOut) {
  const Case visit(R"(
  <decision id="q" text="是否需要现场核查？"><to node="d" when="否"/><to node="v" when="是"/></decision>
  <step id="v" stage="现场核查" text="现场核查"><to node="d"/></step>)");
  EXPECT_EQ(visit.way(), "s a r q v d y");
}

TEST(MainLine, DoesNotTakeARefusalForAShortWay) {
  const Case refusal(R"(
  <decision id="q" text="初审是否合格？"><to node="d" when="不合格"/><to node="v" when="合格"/></decision>
  <step id="v" stage="审查" text="复审"><to node="d"/></step>)");
  EXPECT_EQ(refusal.way(), "s a r q v d y");
}

TEST(MainLine, EndsWhereMostStagesWerePassed) {
  const Case several(R"(
  <decision id="q" text="属于哪一类？"><to node="out" when="注销"/><to node="d" when="新办"/></decision>
  <end id="out" stage="决定" outcome="办结" text="注销"/>)");
  EXPECT_EQ(several.way(), "s a r q d y");
}

// Off the main line too: the usual way goes straight on, the suspension stands beside it.
TEST(Spines, GoStraightPastASuspension) {
  const Case suspension(R"(
  <decision id="q" text="事实清楚？"><to node="p" when="否，一般程序"/><to node="d" when="是"/></decision>
  <decision id="p" text="须等结论？"><to node="d" when="否"/><to node="w" when="是"/></decision>
  <special id="w" kind="中止" text="中止" counted="no"><to node="d"/></special>)");
  const Spines spines = find_spines(suspension.chart, suspension.main);
  const NodeIndex waits = *suspension.flow.find("p");
  EXPECT_EQ(suspension.way(), "s a r q d y");
  ASSERT_NE(spines.exit[at(waits)], none);
  EXPECT_EQ(suspension.flow.edges[spines.exit[at(waits)]].to, *suspension.flow.find("d"));
}

}  // namespace
}  // namespace flowproof::layout
