#include "scene/words.hpp"

#include <algorithm>
#include <array>

#include "base/unicode.hpp"

namespace flowproof::scene {

namespace {

// By NodeKind.
constexpr std::array<LocalizedText, node_kind_count> kind_names{{{"开始", "start"},
                                                                 {"步骤", "step"},
                                                                 {"判断", "decision"},
                                                                 {"文书", "document"},
                                                                 {"数据", "data"},
                                                                 {"特别程序", "special procedure"},
                                                                 {"并行开始", "parallel start"},
                                                                 {"并行汇合", "parallel join"},
                                                                 {"子流程", "subflow"},
                                                                 {"结束", "end"}}};

constexpr LocalizedText comma{"，", ", "};
constexpr LocalizedText semicolon{"；", "; "};
constexpr LocalizedText colon{"：", ": "};
constexpr LocalizedText full_stop{"。", ". "};

std::string capitalised(std::string text) {
  if (!text.empty() && text.front() >= 'a' && text.front() <= 'z') {
    text.front() = static_cast<char>(text.front() - 'a' + 'A');
  }
  return text;
}

void join(std::string& sentence, const std::string& part, std::string_view separator) {
  if (part.empty()) return;
  if (!sentence.empty()) sentence += separator;
  sentence += part;
}

bool ends_sentence(std::string_view text) {
  return std::ranges::any_of(std::array<std::string_view, 6>{"？", "！", "。", "?", "!", "."},
                             [&](std::string_view mark) { return text.ends_with(mark); });
}

const std::string& own_or(const Text& own, const Text* other) {
  return !own.empty() || other == nullptr ? own.value : other->value;
}

bool is_number(const std::string& text) {
  return !text.empty() && text.find_first_not_of("0123456789.") == std::string::npos;
}

// A number whose unit stands in a field of its own is written out: 20 and 工作日, 20个工作日.
std::string limit_text(const Text& own, const GuideLimit* other, Language language) {
  if (!own.empty() || other == nullptr) return own.value;
  if (!is_number(other->value.value)) return other->value.value;
  if (!other->reading.has_amount()) return other->value.value + other->unit.value;
  return quantity_text(other->reading.amount, language);
}

}  // namespace

std::string Source::statutory() const {
  return limit_text(flow.statutory, guide == nullptr ? nullptr : &guide->statutory,
                    flow.chart_language());
}

std::string Source::promised() const {
  return limit_text(flow.promised, guide == nullptr ? nullptr : &guide->promised,
                    flow.chart_language());
}

std::string Source::contact(const Text& own, std::string_view kind) const {
  if (!own.empty() || guide == nullptr) return own.value;
  const auto found = std::find_if(
      guide->contacts.begin(), guide->contacts.end(),
      [&](const GuideEntry& entry) { return entry.kind.value.find(kind) != std::string::npos; });
  return found == guide->contacts.end() ? std::string() : found->text.value;
}

LocalizedText kind_name(NodeKind kind) { return kind_names[static_cast<std::size_t>(kind)]; }

bool clock_stopped(const Source& source, NodeIndex node) {
  if (at(node) < source.facts.counted.size()) return !source.facts.counted[at(node)];
  return !source.flow.node(node).counted();
}

std::string title_of(const Source& source) {
  const Guide* guide = source.guide;
  const std::string& name = own_or(source.flow.title, guide == nullptr ? nullptr : &guide->name);
  if (name.empty()) return source.say({"办理流程图", "Process flowchart"});
  if (name.find("流程") != std::string::npos || source.language == Language::en) return name;
  return name + "办理流程图";
}

std::string called(const Source& source, NodeIndex index) {
  const Node& node = source.flow.node(index);
  return is_bar(node.kind) && !node.has(Attribute::text) ? source.say(kind_name(node.kind))
                                                         : node.label();
}

constexpr std::size_t usual_sentence = 120;  // bytes

std::string node_sentence(const Source& source, NodeIndex index) {
  const Node& node = source.flow.node(index);
  const std::string_view comma_text = comma.in(source.language);
  std::string details;
  if (node.lane != no_lane && at(node.lane) < source.flow.lanes.size()) {
    details = source.flow.lanes[at(node.lane)].name.value;
  }
  join(details, node.get(Attribute::limit), comma_text);
  if (clock_stopped(source, index)) join(details, source.say(clock_stopped_mark), comma_text);
  std::string exits;
  exits.reserve(usual_sentence);
  const Graph& graph = source.facts.graph;
  if (node.kind == NodeKind::decision && at(index) < graph.node_count()) {
    for (const EdgeIndex exit : graph.exits(index)) {
      const Edge& edge = source.flow.edge(exit);
      join(exits,
           edge.when.value + (source.language == Language::zh ? "→" : " → ") +
               source.flow.node(edge.to).label(),
           comma_text);
    }
  }
  const std::string_view kind = kind_name(node.kind).in(source.language);
  std::string sentence;
  sentence.reserve(usual_sentence);
  sentence += capitalised(std::string(kind));
  if (const std::string name = called(source, index); name != kind) {
    sentence += colon.in(source.language);
    sentence += name;
  }
  join(details, exits, semicolon.in(source.language));
  join(sentence, details, ends_sentence(sentence) ? " " : full_stop.in(source.language));
  return visible(std::move(sentence));
}

std::string edge_sentence(const Source& source, EdgeIndex index) {
  const Edge& edge = source.flow.edge(index);
  const bool zh = source.language == Language::zh;
  std::string sentence;
  sentence.reserve(usual_sentence);
  sentence += source.flow.node(edge.from).label();
  sentence += zh ? "→" : " → ";
  sentence += source.flow.node(edge.to).label();
  if (!edge.when.empty()) {
    sentence += zh ? "（" : " (";
    sentence += edge.when.value;
    sentence += zh ? "）" : ")";
  }
  return visible(std::move(sentence));
}

namespace {

std::int64_t count_of(const Flow& flow, NodeKind kind) {
  return std::count_if(flow.nodes.begin(), flow.nodes.end(),
                       [&](const Node& node) { return node.kind == kind; });
}

// The stages of the main line in order, each once.
std::vector<std::string> stages_of(const Source& source) {
  std::vector<std::string> stages;
  for (const NodeIndex node : source.layout.main_line) {
    const std::string& stage = source.flow.node(node).get(Attribute::stage);
    if (!stage.empty() && std::find(stages.begin(), stages.end(), stage) == stages.end()) {
      stages.push_back(stage);
    }
  }
  return stages;
}

std::vector<std::string> stopped_steps(const Source& source) {
  std::vector<std::string> names;
  for (std::uint32_t i = 0; i < source.flow.nodes.size(); ++i) {
    if (!clock_stopped(source, NodeIndex{i})) continue;
    const Node& node = source.flow.nodes[i];
    const std::string& kind = node.get(Attribute::kind);
    names.push_back(kind.empty() ? node.label() : kind);
  }
  return names;
}

}  // namespace

std::string description_of(const Source& source) {
  const Flow& flow = source.flow;
  std::string text = source.say({"{title}：共{nodes}个图形，其中判断{decisions}处、结束{ends}处。",
                                 "{title}: {nodes} symbols, {decisions} decisions, {ends} ends."},
                                {{"title", title_of(source)},
                                 {"nodes", static_cast<std::int64_t>(flow.nodes.size())},
                                 {"decisions", count_of(flow, NodeKind::decision)},
                                 {"ends", count_of(flow, NodeKind::end)}});
  const auto add = [&](const LocalizedText& pattern, std::string_view name, ArgumentValue value) {
    if (source.language == Language::en) text += ' ';
    text += source.say(pattern, {{name, std::move(value)}});
  };
  if (const auto stages = stages_of(source); !stages.empty()) {
    add({"主要环节：{stages}。", "Main stages: {stages}."}, "stages", stages);
  }
  if (const std::string limit = source.statutory(); !limit.empty()) {
    add({"法定时限：{limit}。", "Statutory limit: {limit}."}, "limit", limit);
  }
  if (const std::string limit = source.promised(); !limit.empty()) {
    add({"承诺时限：{limit}。", "Promised limit: {limit}."}, "limit", limit);
  }
  if (const auto steps = stopped_steps(source); !steps.empty()) {
    add({"不计入时限：{steps}。", "Time not counted: {steps}."}, "steps", steps);
  }
  return visible(std::move(text));
}

namespace {

constexpr std::size_t most_characters = 2000;
constexpr int most_marks = 30;  // successive combining marks, UAX #15 stream-safe text

// Blanks to replace, characters to name, or marks that may combine. Chinese, full-width forms and
// common punctuation are neither.
bool may_need_care(std::string_view text) {
  if (text.size() > most_characters) return true;
  const std::size_t plain = skip_plain(text);
  if (plain == text.size()) return false;
  if (skip_ordinary(text, plain) != text.size()) return true;
  for (std::size_t i = plain; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte < 0x20) return true;
    if (byte < 0xC0) continue;
    if (byte >= 0xE3 && byte < 0xEF) {
      i += 2;
      continue;
    }
    const auto next = static_cast<unsigned char>(text[i + 1]);
    const bool common = byte == 0xC2 || (byte == 0xE2 && next != 0x83) ||
                        (byte == 0xEF && (next == 0xBC || next == 0xBD));
    if (!common) return true;
  }
  return false;
}

}  // namespace

std::string visible(std::string text) {
  if (!may_need_care(text)) return text;
  std::string out;
  std::size_t characters = 0;
  int marks = 0;
  for (std::size_t i = 0; i < text.size();) {
    const CodePoint point = code_point_at(text, i);
    i += std::max<std::size_t>(point.length, 1);
    if (++characters > most_characters) return out + "…";
    marks = is_combining(point.value) ? marks + 1 : 0;
    if (marks > most_marks) {
      if (marks == most_marks + 1) out += "…";
      continue;
    }
    const CharacterKind kind = point.length == 0 ? CharacterKind::forbidden : kind_of(point.value);
    if (point.value == '\n' || point.value == '\r' || point.value == '\t') {
      out += ' ';
    } else if (point.length == 0) {
      out += "\xEF\xBF\xBD";
    } else if (kind == CharacterKind::ordinary || kind == CharacterKind::zero_width) {
      append_utf8(out, point.value);
    } else {
      out += '<' + code_point_name(point.value) + '>';
    }
  }
  return out;
}

}  // namespace flowproof::scene
