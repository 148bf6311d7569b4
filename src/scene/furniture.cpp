#include "scene/furniture.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "scene/stages.hpp"

namespace flowproof::scene {

namespace {

constexpr double fact_gap = 20;
constexpr double leading = 1.5;

using Items = std::vector<Item>;

const Theme& theme_of(const Source& source) { return source.profile.theme; }

// Texts in as many centred rows as they need, below `top`. Returns the height used.
double add_centred(std::vector<Item>& items, const std::vector<std::string>& texts, double size,
                   double width, double top, Color color, const Profile& profile) {
  const double height = size * leading;
  const std::vector<Row> rows = rows_of(texts, size, fact_gap, width, profile);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    double x = (width - rows[i].width) / 2;
    const double middle = top + (static_cast<double>(i) + 0.5) * height;
    for (std::size_t k = 0; k < rows[i].texts.size(); ++k) {
      const double own = rows[i].widths[k];
      items.emplace_back(
          text_line(rows[i].texts[k], {x + own / 2, middle}, Anchor::middle, size, color));
      x += own + fact_gap;
    }
  }
  return static_cast<double>(rows.size()) * height;
}

double add_title(std::vector<Item>& items, const std::string& title, double size, double width,
                 Weight weight, const Profile& profile) {
  constexpr std::size_t most_lines = 10;
  double top = 0;
  std::vector<std::string> lines = break_text(visible(title), size, width, Fill::even, profile);
  if (lines.size() > most_lines) {
    lines.resize(most_lines);
    lines.back() += "…";
  }
  for (std::string& line : lines) {
    TextItem item = text_line(std::move(line), {width / 2, top + size * 0.65}, Anchor::middle, size,
                              profile.theme.line);
    item.weight = weight;
    items.emplace_back(std::move(item));
    top += size * 1.3;
  }
  return top;
}

void add_fact(std::vector<std::string>& facts, const Source& source, const LocalizedText& caption,
              const std::string& value) {
  if (value.empty()) return;
  facts.push_back(
      visible(source.say(caption) + (source.language == Language::zh ? "：" : ": ") + value));
}

const std::string& own_or_guide(const Source& source, const Text& own, Text Guide::*other) {
  return !own.empty() || source.guide == nullptr ? own.value : (source.guide->*other).value;
}

}  // namespace

std::vector<std::string> office_facts(const Source& source) {
  const Flow& flow = source.flow;
  std::vector<std::string> facts;
  add_fact(facts, source, {"实施机关", "Authority"},
           own_or_guide(source, flow.authority, &Guide::authority));
  add_fact(facts, source, {"事项编码", "Item code"}, own_or_guide(source, flow.item, &Guide::code));
  add_fact(facts, source, {"事项类型", "Type"}, own_or_guide(source, flow.type, &Guide::type));
  add_fact(facts, source, {"办件类型", "Handling"},
           own_or_guide(source, flow.handling, &Guide::handling));
  return facts;
}

std::vector<std::string> limit_facts(const Source& source) {
  std::vector<std::string> facts;
  add_fact(facts, source, {"法定办结时限", "Statutory limit"}, source.statutory());
  add_fact(facts, source, {"承诺办结时限", "Promised limit"}, source.promised());
  return facts;
}

std::vector<std::string> closing_facts(const Source& source) {
  std::vector<std::string> facts;
  add_fact(facts, source, {"咨询电话", "Enquiries"}, source.contact(source.flow.consult, "咨询"));
  add_fact(facts, source, {"监督投诉电话", "Complaints"},
           source.contact(source.flow.complaint, "投诉"));
  add_fact(facts, source, {"版本", "Version"},
           own_or_guide(source, source.flow.version, &Guide::version));
  add_fact(facts, source, {"日期", "Date"}, own_or_guide(source, source.flow.date, &Guide::date));
  return facts;
}

Block title_block(const Source& source, double width) {
  const Theme& theme = theme_of(source);
  Group title{.role = Role::heading, .css_class = "title", .name = visible(title_of(source))};
  double height = add_title(title.items, title_of(source), theme.title_size, width, Weight::bold,
                            source.profile);
  const std::vector<std::string> office = office_facts(source), limits = limit_facts(source);
  Group facts{.role = Role::paragraph, .css_class = "facts"};
  height += 4;
  height += add_centred(facts.items, office, furniture_size(theme), width, height, theme.muted,
                        source.profile);
  height +=
      add_centred(facts.items, limits, theme.font_size, width, height, theme.line, source.profile);
  Block block{{width, height}, {}};
  block.groups.push_back(std::move(title));
  if (!facts.items.empty()) block.groups.push_back(std::move(facts));
  return block;
}

Block continued_title(const Source& source, double width) {
  const Theme& theme = theme_of(source);
  Group title{.role = Role::heading, .css_class = "title"};
  const std::string text =
      source.say({"{title}（续）", "{title} (continued)"}, {{"title", title_of(source)}});
  const double height =
      add_title(title.items, text, theme.font_size, width, Weight::regular, source.profile);
  Block block{{width, height}, {}};
  block.groups.push_back(std::move(title));
  return block;
}

namespace {

constexpr double key_width = 26, key_height = 13;

struct Explained {
  bool (*occurs)(const Source&);
  Items (*key)(const Source&, Point left);
  LocalizedText meaning;
  double width = key_width;
};

template <NodeKind kind>
bool has_kind(const Source& source) {
  return std::any_of(source.flow.nodes.begin(), source.flow.nodes.end(),
                     [](const Node& node) { return node.kind == kind; });
}

const NodeStyle& style_of(const Source& source, NodeKind kind) {
  return theme_of(source).nodes[static_cast<std::size_t>(kind)];
}

// Of a symbol that has no frame for it.
bool has_stopped_box(const Source& source) {
  for (std::uint32_t i = 0; i < source.flow.nodes.size(); ++i) {
    if (clock_stopped(source, NodeIndex{i}) &&
        style_of(source, source.flow.nodes[i].kind).shape != Shape::suspended) {
      return true;
    }
  }
  return false;
}

bool has_timeout(const Source& source) {
  return std::any_of(source.flow.edges.begin(), source.flow.edges.end(),
                     [](const Edge& edge) { return edge.timeout; });
}

bool has_promised_stage(const Source& source) {
  return std::any_of(source.stages.begin(), source.stages.end(),
                     [](const StageBand& stage) { return stage.promised; });
}

template <NodeKind kind>
Items symbol_key(const Source& source, Point left) {
  const NodeStyle& style = style_of(source, kind);
  Items items;
  Rect box{left.x, left.y - key_height / 2, key_width, key_height};
  if (style.shape == Shape::parallel) box = {left.x, left.y - 2, key_width, 4};
  // The frame of a stopped clock is drawn wider than the key, or nothing would be left inside.
  Shape shape = style.shape;
  if (shape == Shape::suspended) {
    items.emplace_back(stroked(rectangle(box), style.stroke, hairline, {3, 2}));
    box = {box.x + 3, box.y + 3, box.width - 6, box.height - 6};
    shape = Shape::predefined;
  }
  Symbol symbol = symbol_of(shape, box);
  if (!symbol.outline.empty()) {
    PathItem outline = stroked(std::move(symbol.outline), style.stroke, hairline);
    outline.fill = style.fill;
    items.emplace_back(std::move(outline));
  }
  if (!symbol.details.empty()) {
    items.emplace_back(stroked(std::move(symbol.details), style.stroke, hairline));
  }
  return items;
}

Items stopped_key(const Source& source, Point left) {
  const NodeStyle& style = style_of(source, NodeKind::step);
  PathItem box = stroked(rectangle({left.x, left.y - key_height / 2, key_width, key_height}),
                         style.stroke, style.stroke_width, {4, 3});
  box.fill = style.fill;
  return {std::move(box)};
}

Items timeout_key(const Source& source, Point left) {
  return {stroked(segment(left, {left.x + key_width, left.y}), theme_of(source).line, hairline,
                  {6, 3})};
}

Items promised_key(const Source& source, Point left) {
  const double x = left.x + promised_line / 2, half = key_height / 2;
  return {stroked(segment({x, left.y - half}, {x, left.y + half}), theme_of(source).line,
                  promised_line)};
}

constexpr Explained explained[] = {
    {has_promised_stage,
     promised_key,
     {"计入承诺时限的环节", "stages within the promised limit"},
     promised_line},
    {has_kind<NodeKind::document>, symbol_key<NodeKind::document>, {"文书", "document"}},
    {has_kind<NodeKind::data>, symbol_key<NodeKind::data>, {"数据", "data"}},
    {has_kind<NodeKind::special>,
     symbol_key<NodeKind::special>,
     {"特别程序，时间不计入时限", "special procedure, clock stopped"}},
    {has_stopped_box, stopped_key, {"时间不计入时限", "clock stopped"}},
    {has_kind<NodeKind::subflow>,
     symbol_key<NodeKind::subflow>,
     {"另有流程图", "has its own flowchart"}},
    {has_kind<NodeKind::parallel>, symbol_key<NodeKind::parallel>, {"并行办理", "in parallel"}},
    {has_timeout, timeout_key, {"逾期未作出时", "when the limit passes in silence"}},
};

}  // namespace

Block legend(const Source& source, double width) {
  const Theme& theme = theme_of(source);
  const double size = furniture_size(theme);
  const double height = key_height + 5;
  Group group{.role = Role::paragraph, .css_class = "legend"};
  double x = 0, middle = height / 2;
  const auto add_text = [&](const std::string& text) {
    group.items.emplace_back(text_line(text, {x, middle}, Anchor::start, size, theme.muted));
    x += text_width(text, size) + fact_gap;
  };
  for (const Explained& row : explained) {
    if (!row.occurs(source)) continue;
    if (group.items.empty()) add_text(source.say({"图例", "Key"}));
    const std::string text = source.say(row.meaning);
    if (x > 0 && x + row.width + 5 + text_width(text, size) > width) {
      x = 0;
      middle += height;
    }
    std::ranges::move(row.key(source, {x, middle}), std::back_inserter(group.items));
    x += row.width + 5;
    add_text(text);
  }
  if (group.items.empty()) return {};
  // One row stands in the middle like title and footer; several are a list.
  if (middle < height) place(group, 1, {(width - (x - fact_gap)) / 2, 0});
  Block block{{width, middle + height / 2}, {}};
  block.groups.push_back(std::move(group));
  return block;
}

Block remarks(const Source& source, double width) {
  const Theme& theme = theme_of(source);
  const double size = furniture_size(theme);
  Block block{{width, 0}, {}};
  for (std::size_t i = 0; i < source.flow.notes.size(); ++i) {
    const Note& note = source.flow.notes[i];
    const std::vector<std::string>& signs = source.measured.note_signs;
    const std::string sign = i < signs.size() ? signs[i] : std::string();
    if (i < source.layout.notes.size() && source.layout.notes[i].width > 0) continue;
    Group group{.role = Role::paragraph, .css_class = "remark"};
    const std::string text =
        visible(source.say(sign.empty() ? LocalizedText{"注：{text}", "Note: {text}"}
                                        : LocalizedText{"注{sign}：{text}", "Note {sign}: {text}"},
                           {{"sign", sign}, {"text", note.text.value}}));
    for (std::string& line : break_text(text, size, width, Fill::full, source.profile)) {
      block.size.height += size * leading;
      group.items.emplace_back(text_line(std::move(line),
                                         {0, block.size.height - size * leading / 2}, Anchor::start,
                                         size, theme.line));
    }
    block.groups.push_back(std::move(group));
  }
  return block;
}

Block footer(const Source& source, double width, std::size_t page, std::size_t pages) {
  const Theme& theme = theme_of(source);
  const double size = furniture_size(theme);
  std::vector<std::string> facts = closing_facts(source);
  if (page > 0) {
    facts.push_back(source.say(
        source.in_book ? LocalizedText{"第 {page}/{pages} 张", "Sheet {page}/{pages}"}
                       : LocalizedText{"第 {page}/{pages} 页", "Page {page}/{pages}"},
        {{"page", static_cast<std::int64_t>(page)}, {"pages", static_cast<std::int64_t>(pages)}}));
  }
  if (facts.empty()) return {};
  Group group{.role = Role::paragraph, .css_class = "footer"};
  group.items.emplace_back(stroked(segment({0, 0}, {width, 0}), theme.muted, 0.5));
  const double height =
      4 + add_centred(group.items, facts, size, width, 4, theme.muted, source.profile);
  Block block{{width, height}, {}};
  block.groups.push_back(std::move(group));
  return block;
}

}  // namespace flowproof::scene
