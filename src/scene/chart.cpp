#include "scene/chart.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/web_link.hpp"
#include "flowproof/shape.hpp"

namespace flowproof::scene {

namespace {

constexpr std::size_t usual_items = 4;  // of a box or a line with its text

const std::vector<double> frame_dashes{4, 3};
const std::vector<double> timeout_dashes{6, 3};
const std::vector<double> note_dashes{3, 2.5};

const Theme& theme_of(const Source& source) { return source.profile.theme; }

bool overlaps(const Polyline& path, const Rect& box) {
  for (std::size_t i = 1; i < path.size(); ++i) {
    const auto [left, right] = std::minmax(path[i - 1].x, path[i].x);
    const auto [top, bottom] = std::minmax(path[i - 1].y, path[i].y);
    if (left < box.right() && right > box.x && top < box.bottom() && bottom > box.y) return true;
  }
  return false;
}

// Text on top of a line: the line stops behind it.
PathItem gap_behind(const Source& source, Point middle, double width, double height) {
  return filled(rectangle({middle.x - width / 2, middle.y - height / 2, width, height}),
                theme_of(source).background);
}

bool has_stopped_mark(const Source& source, NodeIndex node) {
  const NodeKind kind = source.flow.node(node).kind;
  return theme_of(source).nodes[static_cast<std::size_t>(kind)].shape == Shape::suspended &&
         clock_stopped(source, node);
}

double stopped_mark_size(const Source& source, const Rect& box) {
  const double width = text_width(source.say(clock_stopped_mark), 1);
  return std::min(theme_of(source).label_size, (box.width - 4) / std::max(width, 1.0));
}

// False for one that is left out on its sheet.
bool is_shown(const Rect& lane) { return lane.width > 0; }

constexpr double header_padding = 6;

std::vector<std::string> header_lines(const Source& source, std::size_t lane, double width) {
  const Lane& named = source.flow.lanes[lane];
  return break_text(named.name.empty() ? named.id.value : named.name.value,
                    source.measured.lanes[lane].lines.front().size, width, Fill::even,
                    source.profile);
}

// The words of a header in fewer lines than measured, where the lane is wide enough for that.
TextBlock header_of(const Source& source, std::size_t lane, double width) {
  constexpr double rounding = 0.01;
  const TextBlock& measured = source.measured.lanes[lane];
  if (measured.lines.size() < 2) return measured;
  const double size = measured.lines.front().size;
  std::vector<std::string> lines =
      header_lines(source, lane, width - 2 * header_padding + rounding);
  if (lines.size() >= measured.lines.size()) return measured;
  TextBlock block;
  for (std::string& line : lines) {
    const double length = text_width(line, size);
    block.size = {std::max(block.size.width, length), block.size.height + size * line_height};
    block.lines.push_back({std::move(line), length, size, false});
  }
  return block;
}

Group lane_group(const Source& source, const Band& band, std::size_t lane) {
  const Layout& layout = source.layout;
  const Theme& theme = theme_of(source);
  const Rect& whole = layout.lanes[lane];
  const double top = std::max(band.outer_top(layout.lane_header), whole.y);
  const double start = band.top > 0 ? band.outer_top(layout.lane_header) : top;
  const double end = std::min(band.outer_bottom(), whole.bottom());
  const Rect area{whole.x, start, whole.width, std::max(end - start, layout.lane_header)};
  const Rect header{area.x, area.y, area.width, layout.lane_header};
  Group group{.id = source.flow.lanes[lane].id.value,
              .role = Role::paragraph,
              .css_class = "lane",
              .name = visible(source.say({"泳道：{lane}", "Lane: {lane}"},
                                         {{"lane", source.flow.lanes[lane].name.value}}))};
  // A side that two lanes share is drawn once.
  const auto next = std::find_if(layout.lanes.begin() + static_cast<std::ptrdiff_t>(lane) + 1,
                                 layout.lanes.end(), is_shown);
  const bool shared = next != layout.lanes.end() && std::abs(next->x - whole.right()) < hairline;
  Path sides = rectangle(area);
  if (shared) {
    sides = {MoveTo{{area.right(), area.y}}, LineTo{{area.x, area.y}},
             LineTo{{area.x, area.bottom()}}, LineTo{{area.right(), area.bottom()}}};
  }
  PathItem body = stroked(std::move(sides), theme.lane_line, hairline);
  group.items = {filled(rectangle(header), theme.lane_fill), std::move(body),
                 stroked(segment({header.x, header.bottom()}, {header.right(), header.bottom()}),
                         theme.lane_line, hairline)};
  add_lines(group.items, header_of(source, lane, area.width), header.center(), theme.line,
            theme.muted);
  return group;
}

// "不计入时限" at the head of the dashed frame. Symbols that have no frame say it in their text.
void add_stopped_mark(const Source& source, Group& group, const Rect& box) {
  group.items.emplace_back(text_line(source.say(clock_stopped_mark),
                                     {box.center().x, box.y + suspended_head / 2}, Anchor::middle,
                                     stopped_mark_size(source, box), theme_of(source).muted));
}

// An end that neither says that something was granted nor is where the main line leads does not
// wear the colour of success.
bool is_plain_end(const Source& source, NodeIndex node) {
  if (source.flow.node(node).kind != NodeKind::end) return false;
  if (at(node) >= source.facts.meanings.size()) return false;  // drawn without facts
  const Meaning& meaning = source.facts.meanings[at(node)];
  const std::vector<NodeIndex>& main = source.layout.main_line;
  const bool is_goal = !main.empty() && main.back() == node;
  return meaning.adverse() || !(is_goal || meaning.is(Outcome::granted));
}

Group node_group(const Source& source, NodeIndex index) {
  const Node& node = source.flow.node(index);
  const NodeStyle& style = theme_of(source).nodes[static_cast<std::size_t>(node.kind)];
  const Rect& box = source.layout.nodes[at(index)];
  const bool stopped = clock_stopped(source, index);
  const bool plain = is_plain_end(source, index);
  const Color& stroke = plain ? theme_of(source).line : style.stroke;
  Group group{.id = node.id(),
              .role = Role::figure,
              .css_class = "node " + std::string(name_of(node.kind)),
              .name = node_sentence(source, index)};
  if (const std::string& href = node.get(Attribute::href); is_web_link(href)) group.href = href;
  group.items.reserve(usual_items);
  Symbol symbol = symbol_of(style.shape, box);
  if (!symbol.outline.empty()) {
    PathItem outline = stroked(std::move(symbol.outline), stroke, style.stroke_width);
    outline.fill = plain ? theme_of(source).background : style.fill;
    // A stopped clock is a dashed frame; a symbol that has none is dashed itself.
    if (stopped && symbol.frame.empty()) outline.dashes = frame_dashes;
    group.items.emplace_back(std::move(outline));
  }
  if (!symbol.details.empty()) {
    const double heavier = style.shape == Shape::parallel ? 1.5 : 1;
    group.items.emplace_back(
        stroked(std::move(symbol.details), stroke, style.stroke_width * heavier));
  }
  if (!symbol.frame.empty()) {
    group.items.emplace_back(stroked(std::move(symbol.frame), stroke, hairline,
                                     stopped ? frame_dashes : std::vector<double>{}));
  }
  if (has_stopped_mark(source, index)) add_stopped_mark(source, group, box);
  const TextBlock& text = source.measured.nodes[at(index)];
  add_lines(group.items, text, text_center(style.shape, box, text), style.text,
            style.shape == Shape::parallel ? style.text : theme_of(source).muted);
  return group;
}

Group line_group(const Source& source, const LinePart& part) {
  const Theme& theme = theme_of(source);
  const EdgeLayout& layout = source.layout.edges[at(part.edge)];
  const Edge& edge = source.flow.edge(part.edge);
  Group group{.id = source.flow.node(edge.from).id() + "-" + source.flow.node(edge.to).id(),
              .role = Role::figure,
              .css_class = edge.timeout ? "edge timeout" : "edge",
              .name = edge_sentence(source, part.edge)};
  group.items.reserve(usual_items);
  const double head = arrow_length(theme.line_width);
  const double shorten = part.arrow ? head - 1 : 0;
  group.items.emplace_back(stroked(line_path(part.path, layout.bridges, shorten), theme.line,
                                   theme.line_width,
                                   edge.timeout ? timeout_dashes : std::vector<double>{}));
  if (part.arrow) group.items.emplace_back(filled(arrowhead(part.path, head), theme.line));
  if (part.label && layout.label) {
    const TextBlock& text = source.measured.labels[at(part.edge)];
    const Point middle = layout.label->center();
    if (overlaps(part.path, *layout.label)) {
      group.items.emplace_back(gap_behind(source, middle, text.size.width + 4, text.size.height));
    }
    add_lines(group.items, text, middle, theme.line, theme.muted);
  }
  return group;
}

// "→第2页", or from which.
std::string connector_text(const Source& source, bool enters, std::size_t page) {
  constexpr LocalizedText captions[][2] = {
      {{"←第{page}页", "← page {page}"}, {"→第{page}页", "→ page {page}"}},
      {{"←第{page}张", "← sheet {page}"}, {"→第{page}张", "→ sheet {page}"}}};
  return source.say(captions[source.in_book ? 1 : 0][enters ? 1 : 0],
                    {{"page", static_cast<std::int64_t>(page)}});
}

Group connector_group(const Source& source, const Band& band, const Connector& connector) {
  const Theme& theme = theme_of(source);
  const double depth = static_cast<double>(connector.row) * connector_row + connector_row / 2;
  const double edge = connector.below ? band.bottom : band.top;
  const double away = connector.below ? 1 : -1;
  const Point center{connector.x, edge + away * depth};
  const Point rim{connector.x, center.y - away * connector_radius};
  const std::string page = connector_text(source, connector.enters, connector.other_page);
  Group group{.role = Role::figure,
              .css_class = "connector",
              .name = source.say({"连接符{letter}{page}", "Connector {letter} {page}"},
                                 {{"letter", connector.letter}, {"page", page}})};
  group.items.emplace_back(
      stroked(segment({connector.x, edge}, rim), theme.line, theme.line_width));
  PathItem ring = stroked(circle(center, connector_radius), theme.line, theme.line_width);
  ring.fill = theme.background;
  group.items.emplace_back(std::move(ring));
  group.items.emplace_back(
      text_line(connector.letter, center, Anchor::middle, theme.label_size, theme.line));
  group.items.emplace_back(text_line(page, {center.x + connector_radius + connector_gap, center.y},
                                     Anchor::start, theme.label_size, theme.muted));
  return group;
}

// The annotation symbol: a bracket that opens away from the box it explains, and a dashed line.
Group note_group(const Source& source, std::size_t index) {
  const Theme& theme = theme_of(source);
  const Note& note = source.flow.notes[index];
  const Rect& area = source.layout.notes[index];
  const Rect& box = source.layout.nodes[at(*note.target)];
  Group group{
      .role = Role::paragraph,
      .css_class = "note",
      .name = visible(source.say({"说明：{text}", "Note: {text}"}, {{"text", note.text.value}}))};
  const bool right = area.center().x >= box.center().x;
  const double spine = right ? area.x : area.right();
  const double tips = spine + (right ? 5 : -5);
  group.items.emplace_back(stroked({MoveTo{{tips, area.y}}, LineTo{{spine, area.y}},
                                    LineTo{{spine, area.bottom()}}, LineTo{{tips, area.bottom()}}},
                                   theme.muted, hairline));
  const double from = right ? box.right() : box.x;
  const double level = std::clamp(box.center().y, std::min(area.y, area.bottom()), area.bottom());
  const double start = std::clamp(level, box.y, box.bottom());
  const NodeStyle& style =
      theme.nodes[static_cast<std::size_t>(source.flow.node(*note.target).kind)];
  const double depth = inset(style.shape, box, right ? Side::right : Side::left, start);
  group.items.emplace_back(
      stroked(segment({spine, level}, {from + (right ? -depth : depth), start}), theme.muted,
              hairline, note_dashes));
  add_lines(group.items, source.measured.notes[index],
            {area.center().x + (right ? 2 : -2), area.center().y}, theme.muted, theme.muted);
  return group;
}

// Indices of the drawn notes, sorted by the box they explain.
std::vector<std::size_t> attached_notes(const Source& source) {
  std::vector<std::size_t> notes;
  for (std::size_t i = 0; i < source.layout.notes.size(); ++i) {
    if (source.flow.notes[i].target && source.layout.notes[i].width > 0) notes.push_back(i);
  }
  std::stable_sort(notes.begin(), notes.end(), [&](std::size_t a, std::size_t b) {
    return *source.flow.notes[a].target < *source.flow.notes[b].target;
  });
  return notes;
}

}  // namespace

double connector_caption(const Source& source) {
  constexpr std::size_t usual_page = 9;  // one of two digits takes a little of the lane's padding
  return connector_gap +
         text_width(connector_text(source, true, usual_page), theme_of(source).label_size);
}

double header_width(const Source& source, std::size_t lane) {
  const TextBlock& measured = source.measured.lanes[lane];
  const std::size_t most = source.header_lines;
  if (most == 0 || measured.lines.size() <= most) return measured.size.width;
  double whole = 0;
  for (const TextLine& line : measured.lines) whole += line.width;
  const double size = measured.lines.front().size;
  double width = whole / static_cast<double>(most);
  while (width < whole && header_lines(source, lane, width).size() > most) width += size / 2;
  return width;
}

double smallest_text(const Source& source) {
  const Theme& theme = theme_of(source);
  double least =
      source.stages.empty() ? theme.label_size : std::min(theme.label_size, theme.font_size);
  const auto take = [&least](const TextBlock& block) {
    for (const TextLine& line : block.lines) least = std::min(least, line.size);
  };
  for (const auto* blocks : {&source.measured.nodes, &source.measured.labels,
                             &source.measured.lanes, &source.measured.notes}) {
    for (const TextBlock& block : *blocks) take(block);
  }
  for (std::uint32_t i = 0; i < source.layout.nodes.size(); ++i) {
    if (!has_stopped_mark(source, NodeIndex{i})) continue;
    least = std::min(least, stopped_mark_size(source, source.layout.nodes[i]));
  }
  return least;
}

std::vector<Group> band_groups(const Source& source, const Band& band) {
  std::vector<Group> groups;
  groups.reserve(source.layout.lanes.size() + band.nodes.size() + band.lines.size() +
                 source.layout.notes.size());
  for (std::size_t lane = 0; lane < source.layout.lanes.size(); ++lane) {
    if (is_shown(source.layout.lanes[lane])) groups.push_back(lane_group(source, band, lane));
  }
  const std::vector<std::size_t> notes = attached_notes(source);
  const auto source_of = [&](const LinePart& part) { return source.flow.edge(part.edge).from; };
  const auto target_of = [&](std::size_t note) { return *source.flow.notes[note].target; };
  std::vector<bool> drawn(band.lines.size());
  for (const NodeIndex node : band.nodes) {
    groups.push_back(node_group(source, node));
    for (auto line = std::ranges::lower_bound(band.lines, node, {}, source_of);
         line != band.lines.end() && source_of(*line) == node; ++line) {
      drawn[static_cast<std::size_t>(line - band.lines.begin())] = true;
      groups.push_back(line_group(source, *line));
    }
    for (auto note = std::ranges::lower_bound(notes, node, {}, target_of);
         note != notes.end() && target_of(*note) == node; ++note) {
      groups.push_back(note_group(source, *note));
    }
  }
  // Lines that only end here: their box is on another page.
  for (std::size_t i = 0; i < band.lines.size(); ++i) {
    if (!drawn[i]) groups.push_back(line_group(source, band.lines[i]));
  }
  for (const Connector& connector : band.connectors) {
    groups.push_back(connector_group(source, band, connector));
  }
  return groups;
}

}  // namespace flowproof::scene
