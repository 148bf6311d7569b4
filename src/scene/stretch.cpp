#include "scene/stretch.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <utility>

#include "scene/stages.hpp"

namespace flowproof::scene {

namespace {

constexpr double widest_gap = 34;  // that spare room makes
constexpr double kept_room = 12;   // at the foot of a sheet

// The ruler beside a chart that was stretched: where one stage ends and the next one begins is
// found anew, in the middle of what is left between them.
std::vector<StageBand> stages_beside(const Source& source, const Layout& layout) {
  return source.stages.empty() ? source.stages : stage_bands(source.with(layout));
}

// The room left on each sheet, shared by the gaps of its part.
std::vector<double> shares(const std::vector<Gap>& gaps, const PagePlan& plan, double height,
                           double reserved) {
  std::vector<double> more(gaps.size(), 0);
  for (std::size_t sheet = 0; sheet <= plan.cuts.size(); ++sheet) {
    const double top = sheet == 0 ? 0 : plan.cuts[sheet - 1];
    const double bottom = sheet < plan.cuts.size() ? plan.cuts[sheet] : height;
    double spare = plan.room.on(sheet == 0, sheet == plan.cuts.size()) - (bottom - top) - kept_room;
    if (sheet == plan.cuts.size()) spare -= reserved;
    std::vector<std::size_t> inside;
    for (std::size_t i = 0; i < gaps.size(); ++i) {
      if (gaps[i].y > top && gaps[i].y < bottom) inside.push_back(i);
    }
    std::stable_sort(inside.begin(), inside.end(),
                     [&](std::size_t a, std::size_t b) { return gaps[a].free > gaps[b].free; });
    // The widest ones may not take their share; it goes to the others.
    for (std::size_t k = 0; k < inside.size() && spare > 0; ++k) {
      const double share = spare / static_cast<double>(inside.size() - k);
      more[inside[k]] = std::clamp(widest_gap - gaps[inside[k]].free, 0.0, share);
      spare -= more[inside[k]];
    }
  }
  return more;
}

}  // namespace

Stretch::Stretch(const std::vector<Gap>& gaps, const std::vector<double>& more) {
  double sum = 0;
  for (std::size_t i = 0; i < gaps.size(); ++i) {
    sum += more[i];
    at_.push_back(gaps[i].y);
    sums_.push_back(sum);
  }
}

double Stretch::operator()(double y) const {
  const auto behind = std::lower_bound(at_.begin(), at_.end(), y) - at_.begin();
  return behind == 0 ? y : y + sums_[static_cast<std::size_t>(behind) - 1];
}

Layout Stretch::of(Layout layout) const {
  const auto move = [this](Rect& area) { area.y = (*this)(area.center().y) - area.height / 2; };
  for (Rect& node : layout.nodes) move(node);
  for (Rect& note : layout.notes) {
    if (note.width > 0) move(note);
  }
  for (EdgeLayout& edge : layout.edges) {
    for (Point& point : edge.path) point.y = (*this)(point.y);
    for (Point& point : edge.bridges) point.y = (*this)(point.y);
    if (edge.label) move(*edge.label);
  }
  for (Rect& lane : layout.lanes) lane.height = (*this)(lane.bottom()) - lane.y;
  layout.size.height = (*this)(layout.size.height);
  return layout;
}

std::vector<double> Stretch::of(std::vector<double> heights) const {
  for (double& height : heights) height = (*this)(height);
  return heights;
}

namespace {

// What stands in a chart, by what has to be kept free above and below it.
enum Thing : std::uint8_t { box, level, label };
constexpr std::size_t thing_count = 3;

using Distances = double[thing_count][thing_count];

// From the lower side of one to the upper side of another below it: a line enters a box with a head
// of 7 and as much behind it, a label stands beside its line. Close charts can be cut wherever the
// layout could, the closest ones can not.
constexpr Distances close_distances = {
    {15, 12.5, 9.5},
    {14, 12.5, 9.5},
    {10, 9.5, 6.5},
};
constexpr Distances closest_distances = {
    {15, 6, 4},
    {14, 10, 3},
    {10, 3, 3},
};

struct Extent {
  Thing thing = box;
  double top = 0, bottom = 0;
};

std::vector<Extent> extents_of(const Layout& layout) {
  std::vector<Extent> all{{level, 0, layout.lane_header}};
  for (const Rect& node : layout.nodes) all.push_back({box, node.y, node.bottom()});
  for (const Rect& note : layout.notes) {
    if (note.width > 0) all.push_back({box, note.y, note.bottom()});
  }
  for (const EdgeLayout& edge : layout.edges) {
    if (edge.label) all.push_back({label, edge.label->y, edge.label->bottom()});
    for (std::size_t i = 1; i < edge.path.size(); ++i) {
      const double y = edge.path[i].y;
      if (y == edge.path[i - 1].y) all.push_back({level, y, y});
    }
  }
  std::sort(all.begin(), all.end(), [](const Extent& a, const Extent& b) { return a.top < b.top; });
  return all;
}

using Heights = std::array<double, thing_count>;

// How much of the space between what ends above and what begins below is not needed.
double slack(const Heights& bottoms, const Heights& tops, const Distances& least_distance) {
  double least = 1e30;
  for (std::size_t above = 0; above < thing_count; ++above) {
    for (std::size_t below = 0; below < thing_count; ++below) {
      least = std::min(least, tops[below] - bottoms[above] - least_distance[above][below]);
    }
  }
  return least;
}

}  // namespace

Stretch closer(const Layout& layout, Closeness closeness) {
  const Distances& distances = closeness == Closeness::close ? close_distances : closest_distances;
  const std::vector<Extent> all = extents_of(layout);
  std::vector<Heights> tops(all.size() + 1);  // of what begins later
  tops.back().fill(1e30);
  for (std::size_t i = all.size(); i-- > 0;) {
    tops[i] = tops[i + 1];
    tops[i][all[i].thing] = all[i].top;
  }
  std::vector<Gap> places;
  std::vector<double> less;
  Heights bottoms;
  bottoms.fill(-1e30);
  for (std::size_t i = 0; i + 1 < all.size(); ++i) {
    bottoms[all[i].thing] = std::max(bottoms[all[i].thing], all[i].bottom);
    const double end = *std::max_element(bottoms.begin(), bottoms.end());
    const double free = slack(bottoms, tops[i + 1], distances);
    if (all[i + 1].top <= end || free <= 0) continue;
    places.push_back({.y = (end + all[i + 1].top) / 2});
    less.push_back(-free);
  }
  return {places, less};
}

namespace {

// Air beside the borders of lanes, if it costs no sheet and only what text has beyond a good size.
PagePlan with_air(const Source& source, const SurroundingsFor& surroundings, PagePlan plan) {
  if (plan.cuts.empty() || source.layout.lanes.empty()) return plan;
  Source other = source;
  other.airy = true;
  PagePlan airy = plan_pages(other, surroundings);
  return as_good(source, airy, plan) ? airy : plan;
}

// Headers of half as many lines, where any lane has a header of two or more.
std::optional<FittedChart> with_low_headers(const Source& source, FittedChart chart) {
  const TextBlock* highest = nullptr;
  for (const TextBlock& header : source.measured.lanes) {
    if (highest == nullptr || header.lines.size() > highest->lines.size()) highest = &header;
  }
  if (highest == nullptr || highest->lines.size() < 2) return std::nullopt;
  const std::size_t lines = highest->lines.size(), fewer = (lines + 1) / 2;
  const double less =
      highest->size.height * static_cast<double>(lines - fewer) / static_cast<double>(lines);
  const double header = chart.layout.lane_header;
  chart.layout = Stretch({{.y = header}}, {-less}).of(std::move(chart.layout));
  chart.layout.lane_header = header - less;
  for (StageBand& stage : chart.stages) {
    stage.top = std::max(stage.top - less, chart.layout.lane_header);
    stage.bottom -= less;
  }
  chart.plan.header_lines = fewer;
  return chart;
}

// Low headers if they cost neither a sheet nor text nor better cuts.
FittedChart with_calm_headers(const Source& source, const SurroundingsFor& surroundings,
                              FittedChart chart) {
  if (chart.plan.header_lines > 0) return chart;
  std::optional<FittedChart> low = with_low_headers(source, chart);
  if (!low) return chart;
  low->plan = plan_pages(shown(source, *low), surroundings);
  const bool worse = low->plan.cuts.empty() || low->plan.cuts.size() != chart.plan.cuts.size() ||
                     low->plan.sheet.paper != chart.plan.sheet.paper ||
                     low->plan.scale < chart.plan.scale - 1e-9 || low->plan.cost > chart.plan.cost;
  return worse ? std::move(chart) : *std::move(low);
}

// Close gaps, then low headers, then sheets without the lanes that are empty there, are taken only
// if that saves one (close gaps also for far better cuts).
FittedChart fewest_sheets(const Source& source, const SurroundingsFor& surroundings) {
  FittedChart best{source.layout, source.stages, plan_pages(source, surroundings)};
  if (best.plan.cuts.empty()) return best;
  std::vector<FittedChart> variants{{source.layout, source.stages, {}}};
  for (const Closeness closeness : {Closeness::close, Closeness::closest}) {
    Layout layout = closer(source.layout, closeness).of(source.layout);
    std::vector<StageBand> stages = stages_beside(source, layout);
    variants.push_back({std::move(layout), std::move(stages), {}});
  }
  if (std::optional<FittedChart> low = with_low_headers(source, variants.back())) {
    variants.push_back(*std::move(low));
  }
  for (const bool all_lanes : {true, false}) {
    if (!all_lanes && source.flow.lanes.size() < 2) break;
    for (FittedChart& variant : variants) {
      if (best.plan.cuts.empty()) return best;
      variant.plan.all_lanes = all_lanes;
      variant.plan = plan_pages(shown(source, variant), surroundings);
      // A chart that is not cut has the lanes of the layout, whatever their headers need.
      if (variant.plan.header_lines > 0 && variant.plan.cuts.empty()) continue;
      const bool better = saves_sheets(fit_of(source, variant.plan), fit_of(source, best.plan)) ||
                          (all_lanes && cuts_better(source, variant.plan, best.plan));
      if (better) best = variant;
    }
  }
  best = with_calm_headers(source, surroundings, std::move(best));
  best.plan = with_air(shown(source, best), surroundings, std::move(best.plan));
  return best;
}

}  // namespace

Source shown(const Source& source, const FittedChart& chart) {
  Source other = source.with(chart.layout);
  other.stages = chart.stages;
  other.all_lanes = chart.plan.all_lanes;
  other.header_lines = chart.plan.header_lines;
  return other;
}

FittedChart fit_sheets(const Source& source, const SurroundingsFor& surroundings,
                       const std::function<double(const Source&, double width)>& list) {
  FittedChart chart = fewest_sheets(source, surroundings);
  double reserved = 0;
  if (list) {
    // Text a little smaller rather than the list on a sheet of its own.
    FittedChart listed = fewest_sheets(source, [&](const Source& chart_of, double width) {
      Surroundings around = surroundings(chart_of, width);
      around.closing += list(chart_of, width);
      return around;
    });
    if (as_good(source, listed.plan, chart.plan)) {
      chart = std::move(listed);
    } else {
      const PagePlan& plan = chart.plan;
      reserved = list(source, plan.sheet.area.width / plan.around) * plan.around / plan.scale;
    }
  }
  const std::vector<Gap> gaps = gaps_of(shown(source, chart));
  const std::vector<double> more = shares(gaps, chart.plan, chart.layout.size.height, reserved);
  const Stretch wider(gaps, more);
  chart.layout = wider.of(std::move(chart.layout));
  chart.stages = stages_beside(source, chart.layout);
  chart.plan.cuts = wider.of(std::move(chart.plan.cuts));
  return chart;
}

}  // namespace flowproof::scene
