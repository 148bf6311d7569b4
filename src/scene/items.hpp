// Putting text and blocks of groups where they belong.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "flowproof/layout.hpp"
#include "flowproof/scene.hpp"
#include "scene/shapes.hpp"

namespace flowproof::scene {

/// Thinnest line, in points.
inline constexpr double hairline = 0.75;

/// Groups around their own origin.
struct Block {
  Size size;
  std::vector<Group> groups;
};

/// Scales, then moves.
void place(Group& group, double scale, Point offset);
void append(std::vector<Group>& page, Block block, double scale, Point offset);

/// From the middle of a line to its baseline, for a font size.
[[nodiscard]] double baseline_drop(double size);

/// Lines of a measured text around a middle point.
void add_lines(std::vector<Item>& items, const TextBlock& text, Point center, Color ink,
               Color muted);

/// One line; `middle` is the height of its middle.
[[nodiscard]] TextItem text_line(std::string text, Point middle, Anchor anchor, double size,
                                 Color color);

/// Joins texts to lines no wider than `width`, `gap` points between two on one line.
struct Row {
  std::vector<std::string> texts;
  std::vector<double> widths;
  double width = 0;
};
[[nodiscard]] std::vector<Row> rows_of(const std::vector<std::string>& texts, double size,
                                       double gap, double width, const Profile& profile);

[[nodiscard]] PathItem stroked(Path path, Color color, double width,
                               std::vector<double> dashes = {});
[[nodiscard]] PathItem filled(Path path, Color color);

}  // namespace flowproof::scene
