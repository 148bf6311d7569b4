#include "scene/pages.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "scene/chart.hpp"

namespace flowproof::scene {

namespace {

constexpr double good_text = 9;       // 小五: text of boxes is printed no smaller if avoidable
constexpr double least_text = 7.5;    // 六号: the smallest text of boxes
constexpr double least_label = 6.5;   // 小六: the smallest text of labels
constexpr double least_scale = 0.05;  // keeps a monstrous chart finite
constexpr double clearance = 6;       // of a cut from boxes, labels and level lines

// ISO 216, in points.
constexpr Size paper_size(Paper paper) {
  return paper == Paper::a3 ? Size{841.89, 1190.55} : Size{595.276, 841.89};
}

Sheet sheet_of(const PageSetup& setup, bool landscape) {
  Size paper = paper_size(setup.paper);
  if (landscape) std::swap(paper.width, paper.height);
  // The binding edge is the left one upright and the top one turned (the same edge of the paper).
  const double left = landscape ? setup.margin : setup.binding_margin;
  const double top = landscape ? setup.binding_margin : setup.margin;
  return {paper, {left, top, paper.width - left - setup.margin, paper.height - top - setup.margin}};
}

struct Fit {
  Sheet sheet;
  Surroundings around;
  double by_width = 1;  ///< scale at which the chart is as wide as the area
  double whole = 1;     ///< scale at which it fits on one sheet
};

Fit fit(const Source& source, bool landscape, Surroundings (*surroundings)(const Source&, double)) {
  Fit result{sheet_of(source.profile.page, landscape), {}};
  const Rect& area = result.sheet.area;
  const Size chart{source.chart_width(), source.layout.size.height};
  result.around = surroundings(source, area.width);
  result.by_width = std::min(1.0, area.width / std::max(chart.width, 1.0));
  const double height = std::max(area.height - result.around.first, 1.0);
  result.whole = std::min(result.by_width, height / std::max(chart.height, 1.0));
  return result;
}

// Heights where a cut would hit something, as disjoint ascending intervals.
std::vector<std::pair<double, double>> blocked(const Layout& layout) {
  std::vector<std::pair<double, double>> spans;
  const auto block = [&](double top, double bottom) {
    spans.emplace_back(top - clearance, bottom + clearance);
  };
  for (const Rect& box : layout.nodes) block(box.y, box.bottom());
  for (const Rect& note : layout.notes) block(note.y, note.bottom());
  for (const EdgeLayout& edge : layout.edges) {
    if (edge.label) block(edge.label->y, edge.label->bottom());
    for (std::size_t i = 1; i < edge.path.size(); ++i) {
      if (edge.path[i].y == edge.path[i - 1].y) block(edge.path[i].y, edge.path[i].y);
    }
  }
  block(0, layout.lane_header);
  std::sort(spans.begin(), spans.end());
  std::vector<std::pair<double, double>> merged;
  for (const auto& span : spans) {
    if (!merged.empty() && span.first <= merged.back().second) {
      merged.back().second = std::max(merged.back().second, span.second);
    } else {
      merged.push_back(span);
    }
  }
  return merged;
}

std::size_t lines_across(const Layout& layout, double y) {
  std::size_t count = 0;
  for (const EdgeLayout& edge : layout.edges) {
    for (std::size_t i = 1; i < edge.path.size(); ++i) {
      const auto [low, high] = std::minmax(edge.path[i - 1].y, edge.path[i].y);
      if (low < y && y < high) ++count;
    }
  }
  return count;
}

struct Gap {
  double y = 0;
  std::size_t lines = 0;
};

std::vector<Gap> gaps_of(const Layout& layout) {
  std::vector<Gap> gaps;
  const auto spans = blocked(layout);
  for (std::size_t i = 1; i < spans.size(); ++i) {
    const double y = (spans[i - 1].second + spans[i].first) / 2;
    gaps.push_back({y, lines_across(layout, y)});
  }
  return gaps;
}

// Fills sheets from the top; among the gaps in the lower part of a sheet the one that few lines
// cross is taken, a later one if there are several. A stretch without a gap stays on one sheet.
std::vector<double> choose_cuts(const Layout& layout, const std::vector<Gap>& gaps, double first,
                                double further) {
  std::vector<double> cuts;
  double top = 0, room = first;
  while (layout.size.height - top > room) {
    const Gap* best = nullptr;
    double least = 0;
    for (const Gap& gap : gaps) {
      if (gap.y <= top + clearance) continue;
      if (gap.y > top + room && best != nullptr) break;
      const double unused = std::max(0.0, top + room - gap.y) / room;
      const double cost = static_cast<double>(gap.lines) + 6 * unused;
      if (best == nullptr || cost <= least) std::tie(best, least) = std::pair(&gap, cost);
      if (gap.y > top + room) break;
    }
    if (best == nullptr || best->y >= layout.size.height) break;
    cuts.push_back(best->y);
    top = best->y;
    room = further;
  }
  return cuts;
}

PagePlan broken_up(const Source& source, const Fit& fit, double scale) {
  const Layout& layout = source.layout;
  const double strip = connector_row;
  const double first = (fit.sheet.area.height - fit.around.first) / scale - strip;
  const double further =
      (fit.sheet.area.height - fit.around.further) / scale - 2 * strip - layout.lane_header;
  const double least = 40;  // a sheet smaller than its furniture still makes progress
  return {fit.sheet, scale,
          choose_cuts(layout, gaps_of(layout), std::max(first, least), std::max(further, least))};
}

}  // namespace

PagePlan plan_pages(const Source& source,
                    Surroundings (*surroundings)(const Source&, double width)) {
  const Theme& theme = source.profile.theme;
  const Orientation wanted = source.profile.page.orientation;
  std::vector<Fit> fits;
  if (wanted != Orientation::landscape) fits.push_back(fit(source, false, surroundings));
  if (wanted != Orientation::portrait) fits.push_back(fit(source, true, surroundings));
  const double good = std::min(1.0, good_text / theme.font_size);
  const double least =
      std::min(1.0, std::max(least_text / theme.font_size, least_label / theme.label_size));

  const Fit& best = *std::max_element(fits.begin(), fits.end(), [](const Fit& a, const Fit& b) {
    return a.whole < b.whole - 0.02;  // portrait unless turning the sheet really helps
  });
  if (best.whole >= least) return {best.sheet, best.whole, {}};

  const Fit* chosen = &fits.front();
  if (chosen->by_width < least) chosen = &fits.back();
  const double widest = std::max(chosen->by_width, least_scale);
  PagePlan plan = broken_up(source, *chosen, widest);
  if (widest > good) {
    PagePlan smaller = broken_up(source, *chosen, good);
    if (smaller.cuts.size() < plan.cuts.size()) plan = std::move(smaller);
  }
  return plan;
}

}  // namespace flowproof::scene
