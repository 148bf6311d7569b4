// How a chart is put on paper: which sheet, which way it is turned, how far the chart is shrunk and
// where it is cut.
//
// Order of preference: text of a good size; A4; few sheets; upright; then large text.
// Sources: docs of the drawing rules; 字号 五号 10.5, 小五 9, 六号 7.5, 小六 6.5 points.
#pragma once

#include <functional>
#include <vector>

#include "flowproof/drawing.hpp"
#include "scene/cuts.hpp"
#include "scene/words.hpp"

namespace flowproof::scene {

struct Sheet {
  Size paper;
  Rect area;  ///< inside the margins
};

/// Heights of what stands around the chart, each with its gap, at full size.
struct Surroundings {
  double title = 0, continued = 0;  ///< on the first and on further sheets
  double foot = 0;                  ///< on every sheet
  double closing = 0;               ///< legend and remarks, below the last part
};

struct PagePlan {
  Sheet sheet;
  double scale = 1;              ///< of the chart
  double around = 1;             ///< of what stands around it
  std::vector<double> cuts;      ///< heights of the chart, ascending
  double cost = 0;               ///< of the cuts and of smaller text, in lines cut
  SheetRoom room;                ///< at its scale
  bool all_lanes = true;         ///< on every sheet, those that are empty there too
  std::size_t header_lines = 0;  ///< as in Source
};

/// The room around the chart for a width of the area.
using SurroundingsFor = std::function<Surroundings(const Source&, double width)>;

[[nodiscard]] PagePlan plan_pages(const Source& source, const SurroundingsFor& surroundings);

/// As many sheets of the same paper, with text as good.
[[nodiscard]] bool as_good(const Source& source, const PagePlan& later, const PagePlan& earlier);
/// As good, and cut where far less is torn apart.
[[nodiscard]] bool cuts_better(const Source& source, const PagePlan& later,
                               const PagePlan& earlier);
/// How a chart with that plan comes out.
[[nodiscard]] PaperFit fit_of(const Source& source, const PagePlan& plan);

}  // namespace flowproof::scene
