#include "scene/items.hpp"

#include <algorithm>
#include <utility>

#include "scene/words.hpp"

namespace flowproof::scene {

namespace {

Point placed(Point at, double scale, Point offset) {
  return {at.x * scale + offset.x, at.y * scale + offset.y};
}

struct StepPlacer {
  double scale;
  Point offset;
  void operator()(MoveTo& step) const { step.to = placed(step.to, scale, offset); }
  void operator()(LineTo& step) const { step.to = placed(step.to, scale, offset); }
  void operator()(CurveTo& step) const {
    step.control1 = placed(step.control1, scale, offset);
    step.control2 = placed(step.control2, scale, offset);
    step.to = placed(step.to, scale, offset);
  }
  void operator()(ClosePath& /*step*/) const {}
};

struct ItemPlacer {
  double scale;
  Point offset;
  void operator()(PathItem& item) const {
    for (PathStep& step : item.steps) std::visit(StepPlacer{scale, offset}, step);
    item.stroke_width *= scale;
    for (double& dash : item.dashes) dash *= scale;
  }
  void operator()(TextItem& item) const {
    item.at = placed(item.at, scale, offset);
    item.size *= scale;
    item.width *= scale;
  }
};

}  // namespace

void place(Group& group, double scale, Point offset) {
  for (Item& item : group.items) std::visit(ItemPlacer{scale, offset}, item);
}

void append(std::vector<Group>& page, Block block, double scale, Point offset) {
  if (page.capacity() < page.size() + block.groups.size()) {
    page.reserve(2 * (page.size() + block.groups.size()));
  }
  for (Group& group : block.groups) {
    place(group, scale, offset);
    page.push_back(std::move(group));
  }
}

// Ideographs stand from 0.12 em below to 0.88 em above the baseline.
double baseline_drop(double size) { return size * 0.37; }

namespace {

bool ends_with_pause(std::string_view text) {
  constexpr std::string_view pauses[] = {"，", "、", "。", "；", "："};
  return std::any_of(std::begin(pauses), std::end(pauses),
                     [&](std::string_view pause) { return text.ends_with(pause); });
}

}  // namespace

void add_lines(std::vector<Item>& items, const TextBlock& text, Point center, Color ink,
               Color muted) {
  double sum = 0;
  for (const TextLine& line : text.lines) sum += line.size;
  if (sum <= 0) return;
  items.reserve(items.size() + text.lines.size());
  const double lead = text.size.height > 0 ? text.size.height / sum : 1.3;
  double top = center.y - sum * lead / 2;
  for (const TextLine& line : text.lines) {
    const double height = line.size * lead;
    // A pause at the end of a line is half empty: what is to be seen of the line stands in the
    // middle.
    const bool pause = ends_with_pause(line.text);
    TextItem item{.at = {center.x + (pause ? line.size * 0.3 : 0),
                         top + height / 2 + baseline_drop(line.size)},
                  .text = visible(line.text),
                  .size = line.size,
                  .width = line.width,
                  .color = line.muted ? muted : ink};
    items.emplace_back(std::move(item));
    top += height;
  }
}

TextItem text_line(std::string text, Point middle, Anchor anchor, double size, Color color) {
  TextItem item{.at = {middle.x, middle.y + baseline_drop(size)},
                .anchor = anchor,
                .text = visible(std::move(text)),
                .size = size,
                .color = color};
  item.width = text_width(item.text, size);
  return item;
}

namespace {

std::vector<Row> packed(const std::vector<std::string>& texts, double size, double gap,
                        double width, const Profile& profile) {
  std::vector<Row> rows;
  const auto add = [&](std::string text, double own) {
    const bool fits = !rows.empty() && rows.back().width + gap + own <= width;
    if (!fits) rows.emplace_back();
    Row& row = rows.back();
    row.width += own + (row.texts.empty() ? 0 : gap);
    row.texts.push_back(std::move(text));
    row.widths.push_back(own);
  };
  for (const std::string& text : texts) {
    const double own = text_width(text, size);
    if (own <= width) {
      add(text, own);
    } else {
      for (std::string& line : break_text(text, size, width, Fill::even, profile)) {
        const double length = text_width(line, size);
        add(std::move(line), length);
      }
    }
  }
  return rows;
}

}  // namespace

// The narrowest packing with as few rows as the full width needs: rows come out about equally long.
std::vector<Row> rows_of(const std::vector<std::string>& texts, double size, double gap,
                         double width, const Profile& profile) {
  std::vector<Row> best = packed(texts, size, gap, width, profile);
  while (best.size() > 1) {
    double widest = 0;
    for (const Row& row : best) widest = std::max(widest, row.width);
    std::vector<Row> narrower = packed(texts, size, gap, widest - 0.01, profile);
    if (narrower.size() > best.size()) break;
    best = std::move(narrower);
  }
  return best;
}

PathItem stroked(Path path, Color color, double width, std::vector<double> dashes) {
  return {.steps = std::move(path),
          .fill = std::nullopt,
          .stroke = color,
          .stroke_width = width,
          .dashes = std::move(dashes)};
}

PathItem filled(Path path, Color color) {
  return {.steps = std::move(path), .fill = color, .stroke = std::nullopt};
}

}  // namespace flowproof::scene
