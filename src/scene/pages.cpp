#include "scene/pages.hpp"

#include <algorithm>
#include <utility>

#include "flowproof/drawing.hpp"
#include "scene/chart.hpp"
#include "scene/cuts.hpp"

namespace flowproof::scene {

namespace {

constexpr double comfortable_text = 8.4;  // a sheet is not turned to print larger than this
constexpr double least_label = 6.4;       // 小六: the smallest text of labels
constexpr double least_scale = 0.05;      // keeps a monstrous chart finite
constexpr double small_around = 0.84;     // title and footer around a chart that is printed small
constexpr int steps = 8;                  // sizes tried for a chart on several sheets

// ISO 216, in points.
constexpr Size paper_size(Paper paper) {
  return paper == Paper::a3 ? Size{841.89, 1190.55} : Size{595.276, 841.89};
}

Sheet sheet_of(const PageSetup& setup, Paper size, bool landscape) {
  Size paper = paper_size(size);
  if (landscape) std::swap(paper.width, paper.height);
  // The binding edge is the left one upright and the top one turned (the same edge of the paper).
  const double left = landscape ? setup.margin : setup.binding_margin;
  const double top = landscape ? setup.binding_margin : setup.margin;
  return {paper, {left, top, paper.width - left - setup.margin, paper.height - top - setup.margin}};
}

struct Candidate {
  PagePlan plan;
  bool readable = false, comfortable = false;
};

// One sheet of paper and what may come on it.
class Planner {
 public:
  Planner(const Source& source, const std::vector<Gap>& gaps, const Sheet& sheet,
          Surroundings (*surroundings)(const Source&, double))
      : source_(source),
        gaps_(gaps),
        sheet_(sheet),
        full_(surroundings(source, sheet.area.width)),
        small_(surroundings(source, sheet.area.width / small_around)) {
    const Theme& theme = source.profile.theme;
    least_ =
        std::min(1.0, std::max(least_text_size / theme.font_size, least_label / theme.label_size));
    comfortable_ = std::min(1.0, comfortable_text / theme.font_size);
  }

  // The fewest sheets at a readable size, and on them the largest.
  [[nodiscard]] Candidate best() const {
    const double widest =
        std::clamp(sheet_.area.width / std::max(source_.chart_width(), 1.0), least_scale, 1.0);
    const double smallest = std::min(least_, widest);
    PagePlan plan = at_scale(widest);
    for (int i = 1; i <= steps && !plan.cuts.empty(); ++i) {
      PagePlan smaller = at_scale(widest - (widest - smallest) * i / steps);
      if (smaller.cuts.size() < plan.cuts.size()) plan = std::move(smaller);
    }
    if (plan.cuts.empty()) plan = on_one_sheet(widest);
    const double scale = plan.scale;
    return {std::move(plan), scale >= least_ - 1e-9, scale >= comfortable_};
  }

 private:
  [[nodiscard]] double around(double scale) const {
    return scale >= comfortable_ ? 1 : small_around;
  }

  [[nodiscard]] SheetRoom room(double scale) const {
    const double around_chart = around(scale);
    const Surroundings& use = around_chart < 1 ? small_ : full_;
    const double header = source_.layout.lane_header;
    const auto left = [&](double used) {
      return (sheet_.area.height - used * around_chart) / scale;
    };
    return {left(use.title + use.foot + use.closing), left(use.title + use.foot) - connector_row,
            left(use.continued + use.foot) - 2 * connector_row - header,
            left(use.continued + use.foot + use.closing) - connector_row - header};
  }

  [[nodiscard]] PagePlan at_scale(double scale) const {
    return {sheet_, scale, around(scale),
            choose_cuts(gaps_, source_.layout.size.height, room(scale))};
  }

  // At the largest scale at which the whole chart fits.
  [[nodiscard]] PagePlan on_one_sheet(double widest) const {
    const double height = std::max(source_.layout.size.height, 1.0);
    double fits = least_scale, over = widest;
    if (height <= room(widest).only) fits = widest;
    for (int i = 0; i < 20 && fits < widest; ++i) {
      const double middle = (fits + over) / 2;
      (height <= room(middle).only ? fits : over) = middle;
    }
    return {sheet_, fits, around(fits), {}};
  }

  const Source& source_;
  const std::vector<Gap>& gaps_;
  const Sheet& sheet_;
  Surroundings full_, small_;
  double least_ = 1, comfortable_ = 1;
};

double area_of(const Candidate& candidate) {
  return candidate.plan.sheet.paper.width * candidate.plan.sheet.paper.height;
}

// Candidates come in order of preference; a later one has to be really better.
bool better(const Candidate& later, const Candidate& earlier) {
  if (later.readable != earlier.readable) return later.readable;
  if (later.readable && area_of(later) > 1.5 * area_of(earlier)) return false;
  if (later.readable && later.plan.cuts.size() != earlier.plan.cuts.size()) {
    return later.plan.cuts.size() < earlier.plan.cuts.size();
  }
  return !earlier.comfortable && later.plan.scale > earlier.plan.scale + 0.02;
}

std::vector<Sheet> sheets_for(const PageSetup& page) {
  std::vector<Sheet> sheets;
  for (const Paper paper : {Paper::a4, Paper::a3}) {
    if (page.paper != Paper::automatic && page.paper != paper) continue;
    for (const bool landscape : {false, true}) {
      const Orientation way = landscape ? Orientation::landscape : Orientation::portrait;
      if (page.orientation != Orientation::automatic && page.orientation != way) continue;
      sheets.push_back(sheet_of(page, paper, landscape));
    }
  }
  return sheets;
}

}  // namespace

PagePlan plan_pages(const Source& source,
                    Surroundings (*surroundings)(const Source&, double width)) {
  const std::vector<Gap> gaps = gaps_of(source);
  Candidate best;
  bool first = true;
  for (const Sheet& sheet : sheets_for(source.page)) {
    Candidate next = Planner(source, gaps, sheet, surroundings).best();
    if (first || better(next, best)) best = std::move(next);
    first = false;
    if (best.comfortable && best.plan.cuts.empty()) break;
  }
  return std::move(best.plan);
}

}  // namespace flowproof::scene
