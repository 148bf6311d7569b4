#include "scene/cuts.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "unit/scene/generated_chart.hpp"

namespace flowproof::scene {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr SheetRoom hundred{100, 100, 100, 100};

TEST(Cuts, LeaveAChartThatFitsWhole) {
  EXPECT_THAT(choose_cuts({{30, 1}, {60, 1}}, 100, hundred).at, IsEmpty());
}

TEST(Cuts, GoWhereFewLinesAreCut) {
  EXPECT_THAT(choose_cuts({{70, 3}, {80, 1}, {90, 3}}, 160, hundred).at, ElementsAre(80));
}

TEST(Cuts, FillSheetsEvenly) {
  EXPECT_THAT(choose_cuts({{20, 1}, {40, 1}, {60, 1}, {80, 1}, {100, 1}}, 120, hundred).at,
              ElementsAre(60));
}

TEST(Cuts, DoNotLeaveOneBoxAlone) {
  EXPECT_THAT(choose_cuts({{20, 1}, {60, 3}}, 120, hundred).at, ElementsAre(60));
}

TEST(Cuts, RatherLeaveALoopWhole) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const Chart chart(seed);
    Chart forward(seed);
    forward.facts.returns.assign(forward.facts.returns.size(), false);
    const std::vector<Gap> gaps = gaps_of(chart.source()), plain = gaps_of(forward.source());
    ASSERT_EQ(gaps.size(), plain.size());
    for (std::size_t i = 0; i < gaps.size(); ++i) {
      std::size_t back = 0;  // ways back through the gap
      for (std::size_t e = 0; e < chart.layout.edges.size(); ++e) {
        const Polyline& path = chart.layout.edges[e].path;
        for (std::size_t k = 1; chart.facts.returns[e] && k < path.size(); ++k) {
          const auto [low, high] = std::minmax(path[k - 1].y, path[k].y);
          back += low < gaps[i].y && gaps[i].y < high ? 1U : 0U;
        }
      }
      EXPECT_DOUBLE_EQ(gaps[i].cost, plain[i].cost + 2.0 * static_cast<double>(back));
    }
  }
}

TEST(Cuts, RatherLeaveADecisionWithWhatEndsTheCase) {
  std::size_t endings = 0;
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const Chart chart(seed);
    Chart going_on(seed);
    for (Node& node : going_on.flow.nodes) {
      if (node.kind == NodeKind::end) node.kind = NodeKind::step;
    }
    const std::vector<Gap> gaps = gaps_of(chart.source()), plain = gaps_of(going_on.source());
    ASSERT_EQ(gaps.size(), plain.size());
    for (std::size_t i = 0; i < gaps.size(); ++i) {
      std::size_t torn = 0;
      for (std::size_t e = 0; e < chart.layout.edges.size(); ++e) {
        const Edge& edge = chart.flow.edges[e];
        const bool ends = chart.flow.node(edge.from).kind == NodeKind::decision &&
                          chart.flow.node(edge.to).kind == NodeKind::end;
        const Polyline& path = chart.layout.edges[e].path;
        for (std::size_t k = 1; ends && k < path.size(); ++k) {
          const auto [low, high] = std::minmax(path[k - 1].y, path[k].y);
          torn += low < gaps[i].y && gaps[i].y < high ? 1U : 0U;
        }
      }
      EXPECT_DOUBLE_EQ(gaps[i].cost, plain[i].cost + 2.0 * static_cast<double>(torn));
      endings += torn;
    }
  }
  EXPECT_GT(endings, 0U);
}

TEST(Cuts, NeedAsFewSheetsAsPossibleWhateverTheyCut) {
  EXPECT_THAT(choose_cuts({{40, 0}, {95, 9}, {100, 9}, {160, 0}}, 200, hundred).at,
              ElementsAre(100));
}

TEST(Cuts, KnowThatTheLastSheetHasLessRoom) {
  EXPECT_THAT(choose_cuts({{80, 1}, {95, 1}}, 160, {100, 100, 100, 70}).at, ElementsAre(95));
}

TEST(Cuts, KeepAStretchWithoutAGapOnOneSheet) {
  EXPECT_THAT(choose_cuts({{50, 1}, {400, 1}}, 450, hundred).at, ElementsAre(50, 400));
  EXPECT_THAT(choose_cuts({}, 1000, hundred).at, IsEmpty());
}

}  // namespace
}  // namespace flowproof::scene
