// Gaps made wider or closer on generated charts: order, distances and what is drawn stay.
#include "scene/stretch.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "flowproof/closer.hpp"
#include "flowproof/drawing.hpp"
#include "scene/stages.hpp"
#include "support/cases.hpp"
#include "unit/scene/generated_chart.hpp"

namespace flowproof::scene {
namespace {

constexpr std::uint64_t seeds = test::cases(120);

TEST(Stretch, KeepsTheDrawingFreeOfFaults) {
  for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
    const Chart chart(seed);
    const std::vector<Gap> gaps = gaps_of(chart.source(chart.layout));
    const std::size_t before =
        inspect(chart.flow, chart.facts, chart.measured, chart.layout).faults.size();
    const std::pair<bool, Stretch> stretches[] = {
        {true, closer(chart.layout, Closeness::close)},
        {true, closer(chart.layout, Closeness::closest)},
        {false, {gaps, std::vector<double>(gaps.size(), 11.5)}}};
    for (const auto& [pushed, stretch] : stretches) {
      const Layout layout = stretch.of(chart.layout);
      const Inspection found = inspect(chart.flow, chart.facts, chart.measured, layout);
      EXPECT_EQ(found.faults.size(), before) << "seed " << seed << " pushed " << pushed;
      EXPECT_EQ(pushed, layout.size.height < chart.layout.size.height || gaps.empty());
      for (std::size_t i = 0; i < layout.nodes.size(); ++i) {
        EXPECT_EQ(layout.nodes[i].x, chart.layout.nodes[i].x);
        EXPECT_EQ(layout.nodes[i].height, chart.layout.nodes[i].height);
      }
    }
  }
}

// Head and as much of the line behind it; on paper at least 6 points each.
TEST(Stretch, KeepsRoomForArrows) {
  for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
    const Chart chart(seed);
    for (const Drawn& drawn : {Drawn{chart.measured, chart.layout},
                               draw_closer(chart.flow, chart.facts, chart.profile, {0.84})}) {
      const Layout layout = closer(drawn.layout, Closeness::closest).of(drawn.layout);
      for (std::size_t e = 0; e < layout.edges.size(); ++e) {
        const Polyline &path = layout.edges[e].path, &whole = drawn.layout.edges[e].path;
        const auto end = [](const Polyline& line) {
          return std::abs(line.back().y - line[line.size() - 2].y);
        };
        EXPECT_GE(end(path), std::min(end(whole), 14.0) - 0.01) << "seed " << seed;
      }
    }
  }
}

TEST(Stretch, ClosestChartsCanBeCutWhereTheyCould) {
  for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
    const Chart chart(seed);
    const std::vector<Gap> gaps = gaps_of(chart.source(chart.layout));
    const Layout layout = closer(chart.layout, Closeness::close).of(chart.layout);
    EXPECT_EQ(gaps_of(chart.source(layout)).size(), gaps.size()) << "seed " << seed;
  }
}

Surroundings frame(const Source&, double) { return {70, 30, 26, 40}; }

TEST(FitSheets, TakesNoMoreSheetsAndFillsThem) {
  std::size_t saved = 0;
  for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
    const Chart chart(seed);
    const Source source = chart.source(chart.layout);
    const PagePlan plain = plan_pages(source, frame);
    const FittedChart fitted = fit_sheets(source, frame, {});
    EXPECT_LE(fitted.plan.cuts.size(), plain.cuts.size()) << "seed " << seed;
    saved += fitted.plan.cuts.size() < plain.cuts.size() ? 1U : 0U;
    double top = 0;
    for (std::size_t i = 0; i <= fitted.plan.cuts.size(); ++i) {
      const bool last = i == fitted.plan.cuts.size();
      const double bottom = last ? fitted.layout.size.height : fitted.plan.cuts[i];
      const double before =
          plain.cuts.size() == fitted.plan.cuts.size()
              ? (last ? chart.layout.size.height : plain.cuts[i]) - (i == 0 ? 0 : plain.cuts[i - 1])
              : 0;
      const double room = fitted.plan.room.on(i == 0, last);
      EXPECT_LE(bottom - top, std::max(room, before) + 1e-6) << "seed " << seed;
      top = bottom;
    }
  }
  EXPECT_GT(saved, 0U);
}

// Lanes that are empty on a sheet are left out where that saves one, and nowhere else.
TEST(FitSheets, LeavesOutLanesToSaveASheet) {
  std::size_t without = 0, with = 0;
  for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
    const Chart chart(seed);
    const Source source = chart.source(chart.layout);
    const FittedChart fitted = fit_sheets(source, frame, {});
    (fitted.plan.all_lanes ? with : without) += 1;
    if (fitted.plan.all_lanes) continue;
    EXPECT_LT(fitted.plan.cuts.size(), plan_pages(source, frame).cuts.size()) << "seed " << seed;
  }
  EXPECT_GT(without, 0U);
  EXPECT_GT(with, without);
}

// A header of two lines is lowered to one only where that costs nothing, and then every lane that
// is shown is wide enough for it on every sheet.
TEST(FitSheets, LowersHeadersOfWideLanes) {
  std::size_t low = 0;
  for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
    Chart chart(seed);
    if (chart.flow.lanes.empty()) continue;
    for (Lane& lane : chart.flow.lanes) lane.name.value = "社会保险窗口";
    chart.measured = measure(chart.flow, chart.profile);
    chart.layout = lay_out(chart.flow, chart.facts, chart.measured, chart.profile.layout);
    const Source source = chart.source(chart.layout);
    const FittedChart fitted = fit_sheets(source, frame, {});
    if (fitted.plan.header_lines == 0) continue;
    ++low;
    EXPECT_EQ(fitted.plan.header_lines, 1U);
    EXPECT_LT(fitted.layout.lane_header, chart.layout.lane_header - 10);
    EXPECT_FALSE(fitted.plan.cuts.empty());
    const Source on_sheets = shown(source, fitted);
    for (const Band& band : bands_of(on_sheets, fitted.plan.cuts, fitted.plan.room.width)) {
      for (std::size_t i = 0; i < band.lanes.size(); ++i) {
        const double width = band.lanes[i].right - band.lanes[i].left;
        if (width == 0) continue;
        EXPECT_GE(width, header_width(on_sheets, i)) << "seed " << seed;
      }
    }
  }
  EXPECT_GT(low, 0U);
}

// Five stages, each a fifth of the chart's height.
Chart in_stages(std::uint64_t seed) {
  Chart chart(seed);
  constexpr const char* names[] = {"申请", "受理", "审查", "决定", "送达"};
  for (std::size_t n = 0; n < chart.flow.nodes.size(); ++n) {
    const double down = chart.layout.nodes[n].center().y / chart.layout.size.height;
    const auto stage = static_cast<std::size_t>(down * 4.99);
    chart.flow.nodes[n].attributes.push_back({Attribute::stage, {names[stage], {}}});
  }
  return chart;
}

// Wherever ranks were pushed together or pulled apart, a stage ends in the gap between two rows,
// not next to the upper one or through a box.
TEST(FitSheets, EndsStagesBetweenTheirRows) {
  std::size_t ends = 0;
  for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
    const Chart chart = in_stages(seed);
    Source source = chart.source(chart.layout);
    source.stages = stage_bands(source);
    const FittedChart fitted = fit_sheets(source, frame, {});
    ASSERT_EQ(fitted.stages.size(), source.stages.size());
    for (std::size_t i = 1; i < fitted.stages.size(); ++i) {
      const double y = fitted.stages[i].top, drawn = source.stages[i].top;
      double above = 1e9, below = 1e9;
      for (std::size_t n = 0; n < chart.layout.nodes.size(); ++n) {
        const Rect &box = fitted.layout.nodes[n], &before = chart.layout.nodes[n];
        EXPECT_EQ(before.bottom() <= drawn, box.bottom() <= y) << "seed " << seed;
        EXPECT_EQ(before.y >= drawn, box.y >= y) << "seed " << seed;
        if (box.bottom() <= y) above = std::min(above, y - box.bottom());
        if (box.y >= y) below = std::min(below, box.y - y);
      }
      EXPECT_GE(std::min(above, below), 2) << "seed " << seed;
      ++ends;
    }
  }
  EXPECT_GT(ends, seeds);
}

// Wherever a chart is cut: what a line passes on its way to the next sheet is no part of the stage
// that begins there.
TEST(Ruler, NamesNoStageWithoutABoxOnItsSheet) {
  std::size_t parts = 0;
  for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
    const Chart chart = in_stages(seed);
    const std::vector<Gap> gaps = gaps_of(chart.source(chart.layout));
    const Stretch wide(gaps, std::vector<double>(gaps.size(), 40));
    const Layout layout = wide.of(chart.layout);
    Source source = chart.source(layout);
    source.stages = stage_bands(source);
    for (const Gap& gap : gaps_of(source)) {
      for (const Band& band : bands_of(source, {gap.y}, 0)) {
        for (const Group& group : ruler_groups(source, band)) {
          if (group.name.empty()) continue;
          double top = 1e9, bottom = -1e9;
          for (const PathStep& step : std::get<PathItem>(group.items.front()).steps) {
            const auto* start = std::get_if<MoveTo>(&step);
            const double y = start != nullptr ? start->to.y : std::get<LineTo>(step).to.y;
            top = std::min(top, y);
            bottom = std::max(bottom, y);
          }
          const auto beside = [&](NodeIndex node) {
            const double y = layout.nodes[at(node)].center().y;
            return y > top && y < bottom;
          };
          EXPECT_TRUE(std::ranges::any_of(band.nodes, beside))
              << "seed " << seed << " cut at " << gap.y << ": " << group.name;
          ++parts;
        }
      }
    }
  }
  EXPECT_GT(parts, seeds);
}

TEST(FitSheets, KeepsRoomForAList) {
  const Chart chart(3);
  const Source source = chart.source(chart.layout);
  // On paper, below the last part.
  const auto spare = [&](const FittedChart& fitted) {
    const PagePlan& plan = fitted.plan;
    const bool only = plan.cuts.empty();
    const Surroundings around = frame(source, 0);
    const double taken = (only ? around.title : around.continued) + around.foot + around.closing;
    const double part = fitted.layout.size.height - (only ? 0 : plan.cuts.back());
    return plan.sheet.area.height - taken * plan.around - part * plan.scale;
  };
  const double list = spare(fit_sheets(source, frame, {})) + 40;
  const FittedChart listed =
      fit_sheets(source, frame, [list](const Source&, double) { return list; });
  EXPECT_GE(spare(listed), list * listed.plan.around);
}

}  // namespace
}  // namespace flowproof::scene
