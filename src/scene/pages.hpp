// How a chart is put on paper: which way the sheet is turned, how far the chart is shrunk and where
// it is cut.
//
// Order of preference: one sheet at a readable size; several sheets, cut in the gaps between ranks.
// Sources: docs of the drawing rules; 字号 五号 10.5, 小五 9, 六号 7.5, 小六 6.5 points.
#pragma once

#include <vector>

#include "scene/words.hpp"

namespace flowproof::scene {

struct Sheet {
  Size paper;
  Rect area;  ///< inside the margins
};

/// Height of what stands above and below the chart on the first and on further sheets.
struct Surroundings {
  double first = 0, further = 0;
};

struct PagePlan {
  Sheet sheet;
  double scale = 1;
  std::vector<double> cuts;  ///< heights of the chart, ascending
};

/// `surroundings` gives the room around the chart for a width of the area.
[[nodiscard]] PagePlan plan_pages(const Source& source,
                                  Surroundings (*surroundings)(const Source&, double width));

}  // namespace flowproof::scene
