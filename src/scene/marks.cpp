#include "scene/marks.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "base/severity_color.hpp"
#include "flowproof/rule.hpp"

namespace flowproof {

namespace {

using namespace scene;

constexpr double text_size = 10.5;
constexpr double height = 14;
constexpr double padding = 8;

// Marks are not part of the chart: they look the same on every theme.
Color color_of(Severity severity) {
  const std::uint32_t rgb = severity_color(severity);
  const auto part = [&](unsigned shift) { return static_cast<std::uint8_t>(rgb >> shift & 0xFFU); };
  return {part(16), part(8), part(0)};
}

// Hung on the right upper corner, where no line enters (top middle) or leaves (sides' middle); a
// wide one grows to the left.
Group mark_group(const Source& source, const Mark& mark, Point corner) {
  const double width = std::max(height, text_width(mark.text, text_size) + padding);
  const Rect pill{corner.x + height / 2 - width, corner.y - height / 2, width, height};
  Group group{.role = Role::paragraph,
              .css_class = "mark",
              .name = source.say({"发现 {numbers}", "Finding {numbers}"}, {{"numbers", mark.text}}),
              .href = mark.href};
  PathItem body = stroked(symbol_of(Shape::terminator, pill).outline, {255, 255, 255}, 1);
  body.fill = color_of(mark.severity);
  group.items.emplace_back(std::move(body));
  TextItem text = text_line(mark.text, pill.center(), Anchor::middle, text_size, {255, 255, 255});
  text.weight = Weight::bold;
  group.items.emplace_back(std::move(text));
  return group;
}

// Where the right upper corner of a box is to be seen: a diamond has none, its edge is nearer.
Point corner_of(const Source& source, NodeIndex node) {
  const Rect& box = source.layout.nodes[at(node)];
  const NodeKind kind = source.flow.node(node).kind;
  const Shape shape = source.profile.theme.nodes[static_cast<std::size_t>(kind)].shape;
  const double x = box.right() - (shape == Shape::decision ? box.width / 4 : height / 2);
  return {x, box.y + inset(shape, box, Side::top, x)};
}

// "1, 3–5" of 1, 3, 4, 5.
std::string runs_of(const std::vector<std::size_t>& numbers) {
  std::string text;
  for (std::size_t i = 0; i < numbers.size();) {
    std::size_t last = i;
    while (last + 1 < numbers.size() && numbers[last + 1] == numbers[last] + 1) ++last;
    if (last == i + 1) last = i;  // "1, 2" reads better than "1–2"
    text += (text.empty() ? "" : ", ") + std::to_string(numbers[i]);
    if (last > i) text += "–" + std::to_string(numbers[last]);
    i = last + 1;
  }
  return text;
}

}  // namespace

std::vector<Mark> marks_of(const Diagnostics& findings, const std::string& link) {
  struct Numbers {
    std::vector<std::size_t> numbers;
    Severity severity = Severity::off;
  };
  std::map<std::string, Numbers> elements;
  for (std::size_t i = 0; i < findings.size(); ++i) {
    Numbers& found = elements[findings[i].element];
    found.numbers.push_back(i + 1);
    found.severity = std::max(found.severity, findings[i].severity);
  }
  std::vector<Mark> marks;
  for (const auto& [element, found] : elements) {
    const std::string href = link.empty() ? link : link + std::to_string(found.numbers.front());
    marks.push_back({element, runs_of(found.numbers), found.severity, href});
  }
  return marks;
}

namespace scene {

std::vector<Group> mark_groups(const Source& source, const Band& band,
                               const std::vector<Mark>& marks) {
  std::vector<Group> groups;
  const auto add = [&](const std::string& element, Point corner) {
    const auto found = std::ranges::lower_bound(marks, element, {}, &Mark::element);
    if (found == marks.end() || found->element != element) return;
    groups.push_back(mark_group(source, *found, corner));
  };
  if (marks.empty()) return groups;
  for (std::size_t i = 0; i < source.layout.lanes.size(); ++i) {
    const Rect& lane = source.layout.lanes[i];
    if (lane.width <= 0) continue;  // left out on this sheet
    add(source.flow.lanes[i].id.value, {lane.right() - height, lane.y + height});
  }
  for (const NodeIndex node : band.nodes) {
    add(source.flow.node(node).id(), corner_of(source, node));
  }
  return groups;
}

void mark_title(const Source& source, const std::vector<Mark>& marks, Block& title) {
  // Sorted by element: what is about the whole chart comes first.
  if (marks.empty() || !marks.front().element.empty() || title.groups.empty()) return;
  const auto* text = std::get_if<TextItem>(&title.groups.front().items.front());
  if (text == nullptr) return;
  const double right = text->at.x + text->width / 2;
  const double width = text_width(marks.front().text, text_size) + padding;
  const Point corner{
      std::min(right + padding + std::max(width, height), title.size.width) - height / 2,
      text->at.y - baseline_drop(text->size)};
  title.groups.push_back(mark_group(source, marks.front(), corner));
}

std::vector<Block> finding_list(const Source& source, const Diagnostics& findings, double width) {
  const Theme& theme = source.profile.theme;
  constexpr double list_size = 9, leading = 13.5, indent = 34;
  std::vector<Block> blocks;
  if (findings.empty()) return blocks;
  Group heading{.role = Role::heading, .css_class = "findings"};
  TextItem title = text_line(source.say({"检查发现", "Findings"}), {0, leading / 2}, Anchor::start,
                             theme.font_size, theme.line);
  title.weight = Weight::bold;
  heading.items.emplace_back(std::move(title));
  blocks.push_back({{width, leading}, {std::move(heading)}});
  for (std::size_t i = 0; i < findings.size(); ++i) {
    const Diagnostic& finding = findings[i];
    const Mark mark{finding.element, std::to_string(i + 1), finding.severity};
    Group group = mark_group(source, mark, {indent - padding - height / 2, leading / 2});
    group.css_class = "finding";
    group.name.clear();  // the text says it
    const std::string text =
        std::string(finding.rule->code) + "  " + visible(render(finding.message, source.language));
    double bottom = 0;
    for (std::string& line :
         break_text(text, list_size, width - indent, Fill::full, source.profile)) {
      group.items.emplace_back(text_line(std::move(line), {indent, bottom + leading / 2},
                                         Anchor::start, list_size, theme.line));
      bottom += leading;
    }
    blocks.push_back({{width, bottom}, {std::move(group)}});
  }
  return blocks;
}

}  // namespace scene

}  // namespace flowproof
