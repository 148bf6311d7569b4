// Charts drawn closer for sheets: the same words, no fault that the usual drawing has not, and what
// a reader needs to tell lines apart and to see an arrow.
#include "flowproof/closer.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <iterator>

#include "flowproof/drawing.hpp"
#include "support/cases.hpp"
#include "unit/scene/generated_chart.hpp"

namespace flowproof::scene {
namespace {

constexpr std::uint64_t seeds = test::cases(120);

Closeness share_of(std::uint64_t seed) {
  return closer_drawings[seed % std::size(closer_drawings)];
}

TEST(Closer, KeepsTheWordsAndTheirSize) {
  std::size_t smaller = 0;
  for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
    const Chart chart(seed);
    const Drawn closer = draw_closer(chart.flow, chart.facts, chart.profile, share_of(seed));
    const bool is_smaller = closer.layout.size.height < chart.layout.size.height;
    smaller += share_of(seed).share == 1 || is_smaller ? 1U : 0U;
    for (std::size_t i = 0; i < chart.measured.nodes.size(); ++i) {
      const auto& usual = chart.measured.nodes[i].lines;
      const auto& now = closer.measured.nodes[i].lines;
      ASSERT_EQ(usual.empty(), now.empty());
      if (!usual.empty()) {
        EXPECT_NEAR(usual.front().size, now.front().size, 1e-9);
      }
    }
  }
  EXPECT_GT(smaller, seeds * 9 / 10);
}

TEST(Closer, IsAsFreeOfFaults) {
  for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
    const Chart chart(seed);
    const Drawn closer = draw_closer(chart.flow, chart.facts, chart.profile, share_of(seed));
    const Inspection usual = inspect(chart.flow, chart.facts, chart.measured, chart.layout);
    const Inspection now = inspect(chart.flow, chart.facts, closer.measured, closer.layout);
    for (const Fault& fault : now.faults) {
      if (fault.kind == FaultKind::lines_cross || fault.kind == FaultKind::line_winds) continue;
      EXPECT_GT(usual.count(fault.kind), 0U)
          << "seed " << seed << " fault " << static_cast<int>(fault.kind);
    }
  }
}

// A head of 7 points and as much of the line behind it, at a scale of 0.857 (text of 10.5 points
// printed at 9).
TEST(Closer, LeavesRoomForArrows) {
  std::size_t turned = 0;
  for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
    const Chart chart(seed);
    const Drawn closer = draw_closer(chart.flow, chart.facts, chart.profile, share_of(seed));
    for (const EdgeLayout& edge : closer.layout.edges) {
      const std::size_t points = edge.path.size();
      if (points < 3) continue;
      const Point before = edge.path[points - 2], tip = edge.path.back();
      if (before.x != tip.x) continue;
      EXPECT_GE(std::abs(tip.y - before.y), 13.9) << "seed " << seed;
      ++turned;
    }
  }
  EXPECT_GT(turned, seeds);
}

TEST(Closer, ScalesEverything) {
  const Chart chart(3);
  const Drawn half = scaled({chart.measured, chart.layout}, 0.5);
  EXPECT_DOUBLE_EQ(half.layout.size.width, chart.layout.size.width / 2);
  EXPECT_DOUBLE_EQ(half.layout.lane_header, chart.layout.lane_header / 2);
  const Inspection before = inspect(chart.flow, chart.facts, chart.measured, chart.layout);
  const Drawn back = scaled(half, 2);
  const Inspection after = inspect(chart.flow, chart.facts, back.measured, back.layout);
  EXPECT_EQ(after.faults, before.faults);
  for (std::size_t i = 0; i < chart.layout.edges.size(); ++i) {
    EXPECT_EQ(back.layout.edges[i].path, chart.layout.edges[i].path);
    EXPECT_EQ(back.layout.edges[i].label, chart.layout.edges[i].label);
  }
}

}  // namespace
}  // namespace flowproof::scene
