// What is right and wrong with a finished chart, judged on its geometry alone.
//
// inspect (src/layout) looks at every box, line and label; plan_paper (src/scene) says how the
// chart comes out on paper. The rules of family D and the proof of a chart read both. Costs
// (crossings, bends) are counted, faults are listed with their elements.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "flowproof/flow.hpp"
#include "flowproof/geometry.hpp"
#include "flowproof/layout.hpp"

namespace flowproof {

/// Least distance of parallel lines that a reader still tells apart at once; half a point less than
/// the 8 points asked for absorbs rounding.
inline constexpr double least_line_distance = 7.5;
/// More bends than this make a line hard to follow.
inline constexpr std::size_t most_bends_of_line = 3;
/// More lines than this make the text of a box too long.
inline constexpr std::size_t most_lines_of_box = 3;

enum class FaultKind : std::uint8_t {
  boxes_overlap,     ///< `node`, `other`; a note counts as its box
  text_cut,          ///< `node` is smaller than its text
  line_through_box,  ///< `edge`, `node`
  lines_together,    ///< `edge`, `other_edge` lie on one another or too near to be told apart
  line_loose,        ///< `edge` is slanted, or does not end at the border of its box
  ends_mixed,        ///< at `node` the end of `edge` and the beginning of `other_edge` coincide
  off_corner,        ///< `edge` meets the decision `node` away from its corners
  label_lost,        ///< the label of `edge` has no place
  label_covered,     ///< the label of `edge` is over `node`, or over the line or label `other_edge`
  outside_lane,      ///< `node` is not inside its lane; without `node` the lanes are out of order
  outside_page,      ///< `node` or `edge`
  lines_cross,       ///< `edge`, `other_edge`
  line_winds,        ///< `edge` has more than three bends
  line_rises,        ///< `edge` runs upwards and is no way back
  main_line_bends,   ///< `node` of the main line stands off the axis of its lane
};
inline constexpr std::size_t fault_kind_count = 15;

struct Fault {
  FaultKind kind{};
  std::optional<NodeIndex> node = {}, other = {};
  std::optional<EdgeIndex> edge = {}, other_edge = {};

  friend bool operator==(const Fault&, const Fault&) = default;
};

struct Inspection {
  std::vector<Fault> faults;  ///< by kind, then by element; each once
  std::size_t bends = 0, most_bends = 0;
  /// False if there were too many pairs of lines to compare: what is listed is right, more may be.
  bool complete = true;

  [[nodiscard]] std::size_t count(FaultKind kind) const;
};

[[nodiscard]] Inspection inspect(const Flow& flow, const Facts& facts, const Measured& measured,
                                 const Layout& layout);

/// "7.4": rounded down, so that nothing is told larger than it is, and without a locale.
[[nodiscard]] inline std::string points_text(double points) {
  const auto tenths = static_cast<std::int64_t>(points * 10 + 1e-6);
  return std::to_string(tenths / 10) + '.' + std::to_string(tenths % 10);
}

/// How a chart comes out on paper.
struct PaperFit {
  Size paper;
  std::size_t pages = 0;  ///< with those of a list of findings
  double scale = 1;       ///< of the page that is shrunk most
  double box_text = 0;    ///< smallest text of a box as printed, in points
  double label_text = 0;  ///< smallest label as printed
  double least_text = 0;  ///< smallest text of all: performers, limits, ruler, title, footer too

  [[nodiscard]] std::string_view paper_name() const {
    return paper.width + paper.height > 1700 ? "A3" : "A4";
  }
  [[nodiscard]] bool landscape() const { return paper.width > paper.height; }
};

/// Fewer sheets that are no larger, with text as good.
[[nodiscard]] bool saves_sheets(const PaperFit& later, const PaperFit& earlier);

namespace scene {
struct FittedChart;
}

/// A chart put on sheets.
struct PaperPlan {
  PaperFit fit;
  std::shared_ptr<const scene::FittedChart> sheets;  ///< what compose makes them from
};

struct Guide;
struct ComposeOptions;
/// The sheets that compose makes with these options.
[[nodiscard]] PaperPlan plan_paper(const Flow& flow, const Guide* guide, const Facts& facts,
                                   const Measured& measured, const Layout& layout,
                                   const Profile& profile, const ComposeOptions& options);

/// Text of boxes below the first size (小五) is small, below the second (六号) not to be printed.
inline constexpr double good_text_size = 9, least_text_size = 7.5;

/// What was found out about a chart; outlives its geometry.
struct DrawingFacts {
  Inspection inspection;
  PaperFit paper;
  std::vector<NodeIndex> main_line;
};

/// All that rules about the drawing look at.
struct Drawing {
  const Measured& measured;
  const Layout& layout;
  const DrawingFacts& facts;
};

}  // namespace flowproof
