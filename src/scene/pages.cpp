#include "scene/pages.hpp"

#include <algorithm>
#include <utility>

#include "scene/chart.hpp"
#include "scene/cuts.hpp"
#include "scene/furniture.hpp"

namespace flowproof {

namespace scene {

namespace {

constexpr double least_scale = 0.05;  // keeps a monstrous chart finite
constexpr double comfortable = 0.8;   // below this title and footer are printed smaller too
constexpr double small_around = 0.84;
constexpr double large_text = 20;    // of full size instead of half: in lines cut, ten
constexpr double worth_pushing = 2;  // lines cut less
constexpr int steps = 8;             // sizes tried between two that matter

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

// The least at which text is of a good size.
double good_scale(const Source& source) {
  const Theme& theme = source.profile.theme;
  return std::min(1.0, good_text_size / std::min(theme.font_size, theme.label_size));
}

enum class Grade { unreadable, small, good };

struct Candidate {
  PagePlan plan;
  Grade grade = Grade::unreadable;
};

// One sheet of paper and what may come on it.
class Planner {
 public:
  Planner(const Source& source, const std::vector<Gap>& gaps, const PartWidths& widths,
          const Sheet& sheet, const SurroundingsFor& surroundings)
      : source_(source),
        gaps_(gaps),
        widths_(widths),
        sheet_(sheet),
        full_(surroundings(source, sheet.area.width)),
        small_(surroundings(source, sheet.area.width / small_around)),
        good_(good_scale(source)),
        least_(std::min(1.0, least_text_size / source.profile.theme.font_size)) {}

  // The fewest sheets with text of a good size, and on them the largest. Where the chart is too
  // wide for that: the fewest with text that can be read; or else the largest text.
  [[nodiscard]] Candidate best() const {
    Trial trial = at_scale(good_);
    if (trial.fits && trial.plan.cuts.empty()) return graded(on_one_sheet());
    if (trial.fits) return graded(enlarged(std::move(trial)));
    Trial fewest = at_scale(least_);
    for (int i = 1; i < steps && fewest.fits; ++i) {
      trial = at_scale(good_ + (least_ - good_) * i / steps);
      if (trial.fits && trial.plan.cuts.size() <= fewest.plan.cuts.size()) {
        return graded(std::move(trial.plan));
      }
    }
    for (int i = 1; i <= steps && !fewest.fits; ++i) {
      fewest = at_scale(least_ + (least_scale - least_) * i / steps);
    }
    return graded(std::move(fewest.plan));
  }

 private:
  struct Trial {
    PagePlan plan;
    bool fits = false;
  };

  [[nodiscard]] Candidate graded(PagePlan plan) const {
    const double scale = plan.scale + 1e-9;
    return {std::move(plan), scale >= good_    ? Grade::good
                             : scale >= least_ ? Grade::small
                                               : Grade::unreadable};
  }

  // Larger text on as many sheets, but not at the price of bad cuts.
  [[nodiscard]] PagePlan enlarged(Trial trial) const {
    const std::size_t cuts = trial.plan.cuts.size();
    for (int i = 0; i < steps; ++i) {
      Trial larger = at_scale(1 - (1 - good_) * i / steps);
      if (!larger.fits || larger.plan.cuts.size() != cuts) continue;
      if (larger.plan.cost < trial.plan.cost) trial = std::move(larger);
    }
    return std::move(trial.plan);
  }

  [[nodiscard]] static double around(double scale) {
    return scale >= comfortable ? 1 : small_around;
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
            left(use.continued + use.foot + use.closing) - connector_row - header,
            sheet_.area.width / scale - source_.ruler_room()};
  }

  [[nodiscard]] Trial at_scale(double scale) const {
    Cuts cuts = choose_cuts(gaps_, source_.layout.size.height, room(scale), &widths_);
    return {{sheet_, scale, around(scale), std::move(cuts.at), cuts.cost + large_text * (1 - scale),
             room(scale)},
            cuts.fit};
  }

  // At the largest scale at which the whole chart fits. Pre: it does at the good one.
  [[nodiscard]] PagePlan on_one_sheet() const {
    const auto fits = [this](double scale) {
      const SheetRoom there = room(scale);
      return source_.layout.size.height <= there.only && source_.layout.size.width <= there.width;
    };
    double low = good_, high = 1;
    if (fits(high)) low = high;
    for (int i = 0; i < 20 && low < high; ++i) {
      const double middle = (low + high) / 2;
      (fits(middle) ? low : high) = middle;
    }
    return {sheet_, low, around(low), {}, 0, room(low)};
  }

  const Source& source_;
  const std::vector<Gap>& gaps_;
  const PartWidths& widths_;
  const Sheet& sheet_;
  Surroundings full_, small_;
  double good_, least_;
};

double area_of(const Candidate& candidate) {
  return candidate.plan.sheet.paper.width * candidate.plan.sheet.paper.height;
}

// Candidates come in order of preference; a later one has to be really better.
bool better(const Candidate& later, const Candidate& earlier) {
  const bool larger_paper = area_of(later) > 1.5 * area_of(earlier);
  if (larger_paper && earlier.grade != Grade::unreadable) return false;
  if (later.grade != earlier.grade) return later.grade > earlier.grade;
  if (later.grade == Grade::good) return later.plan.cuts.size() < earlier.plan.cuts.size();
  return later.plan.scale > earlier.plan.scale + 0.02;
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

PagePlan plan_pages(const Source& source, const SurroundingsFor& surroundings) {
  const std::vector<Gap> gaps = gaps_of(source);
  const PartWidths widths(source, places_of(gaps, source.layout.size.height));
  Candidate best;
  bool first = true;
  for (const Sheet& sheet : sheets_for(source.page)) {
    Candidate next = Planner(source, gaps, widths, sheet, surroundings).best();
    if (first || better(next, best)) best = std::move(next);
    first = false;
    if (best.grade == Grade::good && best.plan.cuts.empty()) break;
  }
  best.plan.all_lanes = source.all_lanes;
  best.plan.header_lines = source.header_lines;
  return std::move(best.plan);
}

bool as_good(const Source& source, const PagePlan& later, const PagePlan& earlier) {
  return later.sheet.paper == earlier.sheet.paper && later.cuts.size() == earlier.cuts.size() &&
         later.scale > std::min(earlier.scale, good_scale(source)) - 1e-9;
}

bool cuts_better(const Source& source, const PagePlan& later, const PagePlan& earlier) {
  return as_good(source, later, earlier) && later.cost + worth_pushing < earlier.cost;
}

PaperFit fit_of(const Source& source, const PagePlan& plan) {
  const auto printed = [&](const std::vector<TextBlock>& blocks, double otherwise) {
    double least = otherwise;
    for (const TextBlock& block : blocks) {
      for (const TextLine& line : block.lines) {
        if (!line.muted) least = std::min(least, line.size);
      }
    }
    return least * plan.scale;
  };
  const Theme& theme = source.profile.theme;
  return {plan.sheet.paper,
          plan.cuts.size() + 1,
          plan.scale,
          printed(source.measured.nodes, theme.font_size),
          printed(source.measured.labels, theme.label_size),
          std::min(smallest_text(source) * plan.scale, furniture_size(theme) * plan.around)};
}

}  // namespace scene

bool saves_sheets(const PaperFit& later, const PaperFit& earlier) {
  constexpr double rounding = 0.005;
  const auto text = [](const PaperFit& fit) { return std::min(fit.box_text, fit.label_text); };
  return later.pages < earlier.pages &&
         later.paper.width + later.paper.height < earlier.paper.width + earlier.paper.height + 1 &&
         text(later) > std::min(text(earlier), good_text_size) - rounding;
}

}  // namespace flowproof
