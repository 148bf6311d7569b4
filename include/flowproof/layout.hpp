// Text broken into lines, and the finished geometry of a chart.
//
// measure (src/text) gives every box its lines and size; lay_out (src/layout) places boxes, lanes,
// lines and labels. Both are parallel to the Flow's vectors and know no colour, font file or output
// format. Text is measured with one built-in advance table, so that every format, machine and font
// gives the same chart.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "flowproof/facts.hpp"
#include "flowproof/flow.hpp"
#include "flowproof/geometry.hpp"
#include "flowproof/profile.hpp"

namespace flowproof {

/// With this many lanes the sheet has no room to spare sideways: boxes and gaps are narrower, notes
/// stand below the chart.
inline constexpr std::size_t many_lanes = 2;

/// Distance of baselines, in font sizes; a block is as high as its lines.
inline constexpr double line_height = 1.3;

/// One line of text; `width` by the built-in table.
struct TextLine {
  std::string text;
  double width = 0;
  double size = 0;     ///< font size in points
  bool muted = false;  ///< secondary: performer, limit
};

/// Lines of a box or label, top to bottom.
struct TextBlock {
  std::vector<TextLine> lines;
  Size size;
};

struct Measured {
  std::vector<TextBlock> nodes;   ///< per node
  std::vector<Size> node_sizes;   ///< per node: its outline's box
  std::vector<TextBlock> labels;  ///< per edge; no lines: no label
  std::vector<TextBlock> lanes;   ///< per lane: header
  std::vector<TextBlock> notes;   ///< per note
  /// Per note: "①" if it is listed below the chart, the sign then ends the text of its box; empty:
  /// it stands beside its box, or the whole chart is meant.
  std::vector<std::string> note_signs;
};

struct EdgeLayout {
  Polyline path;  ///< axis-parallel, from border to border
  std::optional<Rect> label;
  std::vector<Point> bridges;  ///< where it crosses another line on a bridge
};

/// Post: all inside `size`; boxes, labels, lanes do not overlap; no line passes through a box or
/// label.
struct Layout {
  Size size;
  std::vector<Rect> nodes;           ///< per node
  std::vector<EdgeLayout> edges;     ///< per edge
  std::vector<Rect> lanes;           ///< per lane: the whole band, header included
  double lane_header = 0;            ///< height of the lane headers, 0 without lanes
  std::vector<Rect> notes;           ///< per note; empty: the page has it
  std::vector<NodeIndex> main_line;  ///< the straight way from start to the successful end
};

/// Of a box outside the clock, and of a stage that has no others.
inline constexpr LocalizedText clock_stopped_mark{"不计入时限", "clock stopped"};

/// Advance of a text in points at a font size: CJK and full-width 1 em, others from the table.
[[nodiscard]] double text_width(std::string_view utf8, double size);

/// How a text that is longer than a line is broken.
enum class Fill : std::uint8_t {
  even,  ///< lines of about the same width, known words whole: a title
  full,  ///< as much on a line as it holds: a paragraph
};
/// Lines no wider than `width` points, by the rules of Chinese typesetting; what cannot be broken
/// and is wider is broken between characters. At least one line.
[[nodiscard]] std::vector<std::string> break_text(std::string_view utf8, double size, double width,
                                                  Fill fill, const Profile& profile);

[[nodiscard]] Measured measure(const Flow& flow, const Profile& profile);
[[nodiscard]] Layout lay_out(const Flow& flow, const Facts& facts, const Measured& measured,
                             const LayoutOptions& options);
/// {"nodes":[…],"lanes":[…],"edges":[…],"size":{…},"main_line":[…]} for anyone who wants to measure
/// a layout.
[[nodiscard]] std::string layout_json(const Flow& flow, const Measured& measured,
                                      const Layout& layout);

}  // namespace flowproof
