// Sheets of generated charts: what must hold when lanes are made narrower, and that the proof knows
// the smallest text there is.
#include "scene/squeeze.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "flowproof/drawing.hpp"
#include "scene/cuts.hpp"
#include "support/cases.hpp"
#include "unit/scene/generated_chart.hpp"

namespace flowproof::scene {
namespace {

constexpr std::uint64_t seeds = test::cases(150);

bool overlap(const Rect& a, const Rect& b) {
  constexpr double shrink = 0.5;
  return a.x + shrink < b.right() && b.x + shrink < a.right() && a.y + shrink < b.bottom() &&
         b.y + shrink < a.bottom();
}

Rect piece(Point a, Point b) {
  return {std::min(a.x, b.x), std::min(a.y, b.y), std::abs(a.x - b.x), std::abs(a.y - b.y)};
}

std::vector<Band> bands_at(const Source& source, double height, double width = 0) {
  const std::vector<Gap> gaps = gaps_of(source);
  const SheetRoom room{height, height, height, height};
  return bands_of(source, choose_cuts(gaps, source.layout.size.height, room).at, width);
}

void expect_sound(const Source& source, const Band& band, const Layout& layout) {
  double x = 0;
  for (std::size_t lane = 0; lane < layout.lanes.size(); ++lane) {
    EXPECT_NEAR(layout.lanes[lane].x, x, 1e-6);
    const bool left_out = !source.all_lanes && layout.lanes[lane].width == 0;
    if (!left_out) {
      EXPECT_GE(layout.lanes[lane].width, source.measured.lanes[lane].size.width);
    }
    x = layout.lanes[lane].right();
  }
  std::map<LaneIndex, double> moved;
  for (const NodeIndex node : band.nodes) {
    const Rect& box = layout.nodes[at(node)];
    EXPECT_GE(box.x, 0);
    EXPECT_LE(box.right(), band.width);
    if (is_bar(source.flow.node(node).kind)) continue;  // over several lanes
    const LaneIndex lane = source.flow.node(node).lane;
    const double by = box.x - source.layout.nodes[at(node)].x;
    EXPECT_NEAR(moved.emplace(lane, by).first->second, by, 1e-6);
    if (lane != no_lane && !layout.lanes.empty()) {
      EXPECT_GE(box.x, layout.lanes[at(lane)].x);
      EXPECT_LE(box.right(), layout.lanes[at(lane)].right());
    }
    for (const NodeIndex other : band.nodes) {
      EXPECT_FALSE(other != node && overlap(box, layout.nodes[at(other)]));
    }
  }
}

void expect_clear_lines(const Source& source, const Band& band, const Layout& layout) {
  for (const LinePart& part : band.lines) {
    const Edge& edge = source.flow.edge(part.edge);
    const std::optional<Rect>& label = layout.edges[at(part.edge)].label;
    for (const NodeIndex node : band.nodes) {
      const Rect& box = layout.nodes[at(node)];
      EXPECT_FALSE(part.label && label && overlap(*label, box));
      if (node == edge.from || node == edge.to) continue;
      for (std::size_t i = 1; i < part.path.size(); ++i) {
        EXPECT_FALSE(overlap(piece(part.path[i - 1], part.path[i]), box));
      }
    }
  }
}

// The upright lines of a sheet keep `air` from the borders of its lanes, but from one that a box or
// a label crosses; a connector keeps it from all, with its caption.
void expect_clear_borders(const Source& source, const Band& band, const Layout& layout,
                          double air) {
  const double caption = connector_caption(source);
  std::vector<double> borders{0, band.width}, open;
  for (const Rect& lane : layout.lanes) borders.push_back(lane.right());
  std::vector<Rect> contents;
  for (const NodeIndex node : band.nodes) contents.push_back(layout.nodes[at(node)]);
  for (const LinePart& part : band.lines) {
    if (part.label) contents.push_back(*layout.edges[at(part.edge)].label);
  }
  for (const double border : borders) {
    const bool crossed = std::ranges::any_of(contents, [&](const Rect& area) {
      return area.x <= border + 0.01 && border <= area.right() + 0.01;
    });
    if (!crossed) open.push_back(border);
  }
  const auto near = [&](double low, double high, const std::vector<double>& all) {
    return std::ranges::any_of(
        all, [&](double border) { return low - air < border && border < high + air; });
  };
  for (const Connector& connector : band.connectors) {
    const double low = connector.x - connector_radius;
    EXPECT_FALSE(near(low, connector.x + connector_radius + caption, borders)) << low;
  }
  if (layout.lanes.empty()) return;
  for (const LinePart& part : band.lines) {
    for (const Point& point : part.path) EXPECT_FALSE(near(point.x, point.x, open)) << point.x;
  }
}

TEST(Squeeze, KeepsEveryBandSoundAndTheBordersOfItsLanesClear) {
  std::size_t bands = 0, narrower = 0, connectors = 0;
  for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
    SCOPED_TRACE(seed);
    const Chart chart(seed);
    Source source = chart.source();
    for (const bool all_lanes : {true, false}) {
      source.all_lanes = all_lanes;
      for (const Band& band : bands_at(source, 600)) {
        const Layout layout = squeezed(source, band);
        expect_sound(source, band, layout);
        expect_clear_lines(source, band, layout);
        ++bands;
        if (band.width < source.layout.size.width - 20) ++narrower;
        if (band.lanes.empty()) continue;  // a chart that is not cut is drawn as it is
        expect_clear_borders(source, band, layout, 2.9);
        connectors += band.connectors.size();
      }
      const double air = source.layout.lanes.empty() ? 2.9 : 9.4;
      for (const Band& band : bands_at(source, 600, 1e4)) {
        if (!band.lanes.empty()) expect_clear_borders(source, band, squeezed(source, band), air);
      }
    }
  }
  EXPECT_GT(bands, 2 * seeds);
  EXPECT_GT(narrower * 2, bands);
  EXPECT_GT(2 * connectors, seeds);
}

// All sheets of a chart are as wide as the widest, no wider than there is room, and all lanes that
// are drawn have a part in it.
TEST(Squeeze, GivesAllSheetsOneWidth) {
  std::size_t grown = 0;
  for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
    SCOPED_TRACE(seed);
    const Chart chart(seed);
    const Source source = chart.source();
    const std::vector<Band> narrow = bands_at(source, 600);
    if (source.layout.lanes.empty() || narrow.size() < 2) continue;
    const double widest = std::ranges::max_element(narrow, {}, &Band::width)->width;
    for (const double room : {widest, 1e4}) {
      const std::vector<Band> bands = bands_at(source, 600, room);
      for (std::size_t i = 0; i < bands.size(); ++i) {
        EXPECT_NEAR(bands[i].width, bands.front().width, 1e-6);
        EXPECT_LE(bands[i].width, room + 1e-6);
        for (std::size_t lane = 0; lane < bands[i].lanes.size(); ++lane) {
          const FittedLane &before = narrow[i].lanes[lane], &after = bands[i].lanes[lane];
          EXPECT_LE(after.left, before.left + 1e-6);
          EXPECT_GE(after.right, before.right - 1e-6);
        }
        grown += narrow[i].width + 20 < widest ? 1 : 0;
      }
      EXPECT_GE(bands.front().width, widest - 1e-6);
    }
  }
  EXPECT_GT(grown, seeds);
}

// A lane is left out of a sheet only if neither a box nor a line's end stands in it there; one that
// is empty everywhere stays.
TEST(Squeeze, LeavesOutEmptyLanesOnly) {
  std::size_t left_out = 0;
  for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
    SCOPED_TRACE(seed);
    const Chart chart(seed);
    Source source = chart.source();
    source.all_lanes = false;
    std::vector<bool> used(source.layout.lanes.size());
    for (const Node& node : chart.flow.nodes) {
      if (node.lane != no_lane) used[at(node.lane)] = true;
    }
    for (const Band& band : bands_at(source, 600)) {
      const Layout layout = squeezed(source, band);
      for (const NodeIndex node : band.nodes) {
        const LaneIndex lane = chart.flow.node(node).lane;
        if (lane != no_lane) {
          EXPECT_GT(layout.lanes[at(lane)].width, 0);
        }
      }
      std::size_t drawn = 0, shown = 0;
      for (std::size_t lane = 0; lane < used.size(); ++lane) {
        const bool gone = layout.lanes[lane].width == 0;
        EXPECT_FALSE(gone && !used[lane]);
        (gone ? left_out : shown) += 1;
      }
      const Source sheet = source.with(layout);
      for (const Group& group : band_groups(sheet, band)) drawn += group.css_class == "lane";
      EXPECT_EQ(drawn, shown);
    }
  }
  EXPECT_GT(left_out, 0U);
}

// What choose_cuts reckons with is never less than what is drawn.
TEST(Squeeze, PartWidthsReachWhatIsDrawn) {
  for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
    const Chart chart(seed);
    const Source source = chart.source();
    const std::vector<double> places = places_of(gaps_of(source), source.layout.size.height);
    const PartWidths widths(source, places);
    for (const Band& band : bands_at(source, 600)) {
      const auto place = [&](double y) {
        return static_cast<std::size_t>(std::find(places.begin(), places.end(), y) -
                                        places.begin());
      };
      const std::size_t from = place(band.top), to = place(band.bottom);
      ASSERT_LT(from, to);
      ASSERT_LT(to, places.size());
      PartWidths::Growing part(widths, from);
      double width = 0;
      for (std::size_t i = from + 1; i <= to; ++i) width = part.width_to(i);
      EXPECT_GE(width + 1e-6, band.width) << "seed " << seed;
    }
  }
}

TEST(Squeeze, NothingStandsInAnEmptyLane) {
  const Chart chart(3);
  LaneExtents extents(chart.source());
  double headers = 0;
  for (const FittedLane& lane : extents.fitted(0)) headers += lane.right - lane.left;
  EXPECT_DOUBLE_EQ(extents.width(), headers);
  EXPECT_LE(headers, chart.layout.size.width);
  extents.add(0, chart.layout.size.width);
  EXPECT_NEAR(extents.width(), chart.layout.size.width, 1e-6);
}

double least_text(const Scene& scene) {
  double least = 1e9;
  for (const ScenePage& page : scene.pages) {
    for (const Group& group : page.groups) {
      for (const Item& item : group.items) {
        if (const auto* text = std::get_if<TextItem>(&item)) least = std::min(least, text->size);
      }
    }
  }
  return least;
}

TEST(PaperFit, KnowsTheSmallestTextOnAnySheet) {
  for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
    const Chart chart(seed);
    for (const Paper paper : {Paper::automatic, Paper::a4, Paper::a3}) {
      PageSetup page = chart.profile.page;
      page.paper = paper;
      ComposeOptions options{.paged = true, .page = page};
      const PaperPlan plan = plan_paper(chart.flow, nullptr, chart.facts, chart.measured,
                                        chart.layout, chart.profile, options);
      const PaperFit& fit = plan.fit;
      options.plan = &plan;
      const Scene scene = compose(chart.flow, nullptr, chart.facts, chart.measured, chart.layout,
                                  chart.profile, options);
      EXPECT_EQ(fit.pages, scene.pages.size());
      EXPECT_NEAR(fit.least_text, least_text(scene), 0.01) << "seed " << seed;
      EXPECT_LE(fit.least_text, fit.box_text);
    }
  }
}

}  // namespace
}  // namespace flowproof::scene
