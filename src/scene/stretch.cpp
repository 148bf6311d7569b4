#include "scene/stretch.hpp"

#include <algorithm>
#include <utility>

namespace flowproof::scene {

namespace {

constexpr double closest_gap = 0.5;  // that is left between what a cut has to keep away from
constexpr double most_closer = 8;    // than the layout made it
constexpr double widest_gap = 34;    // that spare room makes
constexpr double kept_room = 12;     // at the foot of a sheet

Source moved(const Source& source, const Layout& layout, std::vector<StageBand> stages) {
  Source other = source.with(layout);
  other.stages = std::move(stages);
  return other;
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

std::vector<StageBand> Stretch::of(std::vector<StageBand> stages) const {
  for (StageBand& stage : stages) {
    stage.top = (*this)(stage.top);
    stage.bottom = (*this)(stage.bottom);
  }
  return stages;
}

std::vector<double> Stretch::of(std::vector<double> heights) const {
  for (double& height : heights) height = (*this)(height);
  return heights;
}

std::vector<double> closest(const std::vector<Gap>& gaps) {
  std::vector<double> more;
  for (const Gap& gap : gaps) {
    more.push_back(-std::clamp(gap.free - closest_gap, 0.0, most_closer));
  }
  return more;
}

namespace {

// Close gaps, then sheets without the lanes that are empty there, are taken only if that saves one.
FittedChart fewest_sheets(const Source& source,
                          Surroundings (*surroundings)(const Source&, double width)) {
  FittedChart best{source.layout, source.stages, plan_pages(source, surroundings)};
  if (best.plan.cuts.empty()) return best;
  const std::vector<Gap> gaps = gaps_of(source);
  const Stretch closer(gaps, closest(gaps));
  const FittedChart dense{closer.of(source.layout), closer.of(source.stages), {}};
  const auto try_out = [&](FittedChart chart, bool all_lanes) {
    Source other = moved(source, chart.layout, chart.stages);
    other.all_lanes = all_lanes;
    chart.plan = plan_pages(other, surroundings);
    if (saves_sheets(chart.plan, best.plan)) best = std::move(chart);
  };
  try_out(dense, true);
  if (source.flow.lanes.size() < 2 || best.plan.cuts.empty()) return best;
  try_out({source.layout, source.stages, {}}, false);
  try_out(dense, false);
  return best;
}

}  // namespace

FittedChart fit_sheets(const Source& source,
                       Surroundings (*surroundings)(const Source&, double width),
                       const std::function<double(const Source&, double width)>& list) {
  FittedChart chart = fewest_sheets(source, surroundings);
  const std::vector<Gap> gaps = gaps_of(moved(source, chart.layout, chart.stages));
  const PagePlan& plan = chart.plan;
  const double reserved =
      list ? list(source, plan.sheet.area.width / plan.around) * plan.around / plan.scale : 0;
  const Stretch wider(gaps, shares(gaps, plan, chart.layout.size.height, reserved));
  chart.layout = wider.of(std::move(chart.layout));
  chart.stages = wider.of(std::move(chart.stages));
  chart.plan.cuts = wider.of(std::move(chart.plan.cuts));
  return chart;
}

}  // namespace flowproof::scene
