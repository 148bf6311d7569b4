#include "flowproof/closer.hpp"

#include <algorithm>
#include <utility>

#include "flowproof/shape.hpp"

namespace flowproof {

namespace {

constexpr double inset_saved = 4;        // of the common width of boxes
constexpr double least_arrow_room = 14;  // a head, and as much of the line behind it

void scale(Rect& area, double factor) {
  area = {area.x * factor, area.y * factor, area.width * factor, area.height * factor};
}

void scale(Point& point, double factor) { point = {point.x * factor, point.y * factor}; }

void scale(Size& size, double factor) { size = {size.width * factor, size.height * factor}; }

void scale(TextBlock& block, double factor) {
  scale(block.size, factor);
  for (TextLine& line : block.lines) {
    line.width *= factor;
    line.size *= factor;
  }
}

template <class T>
void scale(std::vector<T>& all, double factor) {
  for (T& each : all) scale(each, factor);
}

}  // namespace

Drawn scaled(Drawn drawn, double factor) {
  Measured& measured = drawn.measured;
  for (auto* blocks : {&measured.nodes, &measured.labels, &measured.lanes, &measured.notes}) {
    scale(*blocks, factor);
  }
  scale(measured.node_sizes, factor);
  Layout& layout = drawn.layout;
  scale(layout.size, factor);
  scale(layout.nodes, factor);
  scale(layout.lanes, factor);
  scale(layout.notes, factor);
  layout.lane_header *= factor;
  for (EdgeLayout& edge : layout.edges) {
    scale(edge.path, factor);
    scale(edge.bridges, factor);
    if (edge.label) scale(*edge.label, factor);
  }
  return drawn;
}

// What the lines inside an outline take. They are drawn as far apart as ever, so they are not
// shrunk.
Size inner_lines(Shape shape) {
  switch (shape) {
    case Shape::document:
      return {0, document_wave};
    case Shape::data:
      return {data_slant, 0};
    case Shape::predefined:
      return {2 * predefined_bar, 0};
    case Shape::suspended:
      return {2 * (suspended_frame + predefined_bar), suspended_head + suspended_frame};
    default:
      return {};
  }
}

// Boxes hold as many characters a line as usual, with less room around them. Larger words between
// the same lengths, then all of it made smaller: every length of measure and lay_out takes part
// without knowing.
Drawn draw_closer(const Flow& flow, const Facts& facts, const Profile& profile,
                  Closeness closeness) {
  const double share = closeness.share;
  Profile larger = profile;
  larger.theme.font_size /= share;
  larger.theme.label_size /= share;
  LayoutOptions& options = larger.layout;
  for (double* kept : {&options.line_gap, &options.box_width, &options.max_text_width}) {
    *kept /= share;
  }
  options.box_width -= inset_saved;
  options.arrow_room = least_arrow_room / share;
  options.refusals_above_next_stage = closeness.refusals_above_next_stage;
  Drawn drawn{measure(flow, larger), {}};
  for (std::size_t i = 0; i < flow.nodes.size(); ++i) {
    const std::size_t kind = static_cast<std::size_t>(flow.nodes[i].kind);
    const Shape shape = profile.theme.nodes[kind].shape;
    const Size lines = inner_lines(shape);
    Size& size = drawn.measured.node_sizes[i];
    size.width += lines.width * (1 / share - 1);
    size.height += lines.height * (1 / share - 1);
    if (shape == Shape::terminator) {
      TextBlock text = drawn.measured.nodes[i];
      scale(text, share);
      size.width = std::max(size.width, terminator_width(text, size.height * share) / share);
    }
  }
  drawn.layout = lay_out(flow, facts, drawn.measured, options);
  return scaled(std::move(drawn), share);
}

}  // namespace flowproof
