#include <algorithm>
#include <array>
#include <charconv>
#include <numeric>
#include <set>

#include "base/unicode.hpp"
#include "base/worker.hpp"
#include "flowproof/dot.hpp"
#include "graphviz/records.hpp"
#include "model/text_fields.hpp"

namespace flowproof {

namespace {

using graphviz::append_record;
using graphviz::Record;

constexpr std::string_view worker = "flowproof_graphviz";
constexpr std::string_view prefix = "flowproof_";

// By NodeKind.
constexpr std::array<std::string_view, node_kind_count> shapes = {
    "oval",  "box",  "diamond", "note",      "parallelogram",
    "box3d", "rect", "rect",    "component", "oval"};

struct ShapeRow {
  std::string_view shape;
  NodeKind kind;
};
// Shapes other programs use; all others are steps.
constexpr ShapeRow foreign_shapes[] = {
    {"diamond", NodeKind::decision},      {"Mdiamond", NodeKind::decision},
    {"note", NodeKind::document},         {"folder", NodeKind::document},
    {"tab", NodeKind::document},          {"parallelogram", NodeKind::data},
    {"cylinder", NodeKind::data},         {"component", NodeKind::subflow},
    {"doubleoctagon", NodeKind::subflow}, {"box3d", NodeKind::special},
};

std::string own(std::string_view name) { return std::string(prefix) + std::string(name); }

/// Labels are no place for escapes: a backslash of the user's text stays one.
std::string label_text(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\\') out += '\\';
    out += c;
  }
  return out;
}

std::string_view value_of(const Record& record, std::size_t from, std::string_view key) {
  for (std::size_t i = from; i + 1 < record.size(); i += 2) {
    if (record[i] == key) return record[i + 1];
  }
  return {};
}

/// A label as one line of text: escapes and markup are taken out, \N is the name.
std::string plain_text(std::string_view label, std::string_view name) {
  const bool markup = label.starts_with('<');
  if (markup) label.remove_prefix(1);
  std::string out;
  bool in_tag = false, gap = false;
  const auto put = [&](std::string_view text) {
    // A line break between letters is a blank; between ideographs it is nothing.
    const bool blank = gap && !out.empty() && !text.empty() && out.back() > 0 && text.front() > 0;
    if (blank && out.back() != ' ') out += ' ';
    gap = false;
    out += text;
  };
  for (std::size_t i = 0; i < label.size(); ++i) {
    const char c = label[i];
    if (markup && c == '<') in_tag = gap = true;
    if (in_tag) {
      in_tag = c != '>';
    } else if (!markup && c == '\\' && i + 1 < label.size()) {
      const char next = label[++i];
      if (next == 'N') {
        put(name);
      } else if (next == 'n' || next == 'l' || next == 'r') {
        gap = true;
      } else {
        put({&label[i], 1});
      }
    } else if (static_cast<unsigned char>(c) < 0x20) {
      gap = true;
    } else {
      put({&c, 1});
    }
  }
  return out;
}

/// A name as an id of the flow format: what is not allowed in one is a hyphen.
class Ids {
 public:
  std::string make(std::string_view name) {
    std::string id;
    for (std::size_t i = 0; i < name.size();) {
      const CodePoint point = code_point_at(name, i);
      const std::size_t length = std::max<std::size_t>(point.length, 1);
      const char32_t c = point.value;
      const bool plain = (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z') ||
                         (c >= U'0' && c <= U'9') || c == U'_' || c == U'.';
      const bool wide = c > 0xFF && c < 0x2000 ? true : c >= 0x3040;  // letters, no blanks or signs
      id += plain || wide ? std::string(name.substr(i, length)) : "-";
      i += length;
    }
    if (id.empty()) id = "n";
    std::string unique = id;
    for (std::size_t number = 2; !taken_.insert(unique).second; ++number) {
      unique = id + "-" + std::to_string(number);
    }
    return unique;
  }

 private:
  std::set<std::string> taken_;
};

std::size_t number_in(std::string_view text) {
  std::size_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

class FlowMaker {
 public:
  explicit FlowMaker(const std::vector<Record>& records) : records_(records) {}

  Flow run() {
    for (const Record& record : records_) {
      if (record[0] == "graph") read_root(record);
      if (record[0] == "lane" && record.size() > 2) read_lane(record);
    }
    const std::vector<const Record*> nodes = all("node");
    places_.resize(nodes.size());
    for (const std::size_t number : in_order(nodes)) read_node(*nodes[number], places_[number]);
    const std::vector<const Record*> edges = all("edge");
    for (const std::size_t number : in_order(edges)) read_edge(*edges[number]);
    choose_kinds();
    std::stable_sort(flow_.edges.begin(), flow_.edges.end(),
                     [](const Edge& a, const Edge& b) { return at(a.from) < at(b.from); });
    return std::move(flow_);
  }

 private:
  /// What a node of the drawing became.
  struct Place {
    std::optional<NodeIndex> box;
    std::size_t note = 0;
  };

  [[nodiscard]] std::vector<const Record*> all(std::string_view kind) const {
    std::vector<const Record*> found;
    for (const Record& record : records_) {
      if (record[0] == kind && record.size() > 2) found.push_back(&record);
    }
    return found;
  }

  /// Graphviz keeps the order of what it reads only outside clusters; an export numbers everything.
  static std::vector<std::size_t> in_order(const std::vector<const Record*>& records) {
    std::vector<std::size_t> order(records.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
      return number_in(value_of(*records[a], 3, own("order"))) <
             number_in(value_of(*records[b], 3, own("order")));
    });
    return order;
  }

  void read_root(const Record& record) {
    for (const Field<Flow>& row : flow_fields) {
      (flow_.*row.member).value = value_of(record, 1, own(row.name));
    }
    flow_.statutory_limit = read_time_limit(flow_.statutory.value);
    flow_.promised_limit = read_time_limit(flow_.promised.value);
    if (flow_.title.empty()) flow_.title.value = plain_text(value_of(record, 1, "label"), {});
  }

  void read_lane(const Record& record) {
    std::string_view name = record[1];
    if (name.starts_with("cluster")) name.remove_prefix(7);
    if (name.starts_with('_')) name.remove_prefix(1);
    Lane lane;
    lane.id.value = lane_ids_.make(name);
    lane.name.value = plain_text(record[2], name);
    lane_names_.push_back(record[1]);
    flow_.lanes.push_back(std::move(lane));
  }

  void read_node(const Record& record, Place& place) {
    const std::string text = plain_text(value_of(record, 3, "label"), record[1]);
    if (!value_of(record, 3, own("note")).empty()) {
      place.note = flow_.notes.size();
      flow_.notes.push_back({std::nullopt, {text, {}}, {}});
      return;
    }
    Node node;
    const std::string_view shape = value_of(record, 3, "shape");
    const auto kind = node_kind_named(value_of(record, 3, own("kind")));
    const auto* row = std::find_if(std::begin(foreign_shapes), std::end(foreign_shapes),
                                   [&](const ShapeRow& each) { return each.shape == shape; });
    if (kind) {
      node.kind = *kind;
    } else if (row != std::end(foreign_shapes)) {
      node.kind = row->kind;
    }
    told_.push_back(kind.has_value());
    node.attributes.push_back({Attribute::id, {ids_.make(record[1]), {}}});
    const auto lane = std::find(lane_names_.begin(), lane_names_.end(), record[2]);
    if (!record[2].empty() && lane != lane_names_.end()) {
      node.lane = LaneIndex(static_cast<std::uint32_t>(lane - lane_names_.begin()));
      node.attributes.push_back({Attribute::lane, {flow_.lanes[at(node.lane)].id.value, {}}});
    }
    bool has_text = false;
    for (std::size_t i = 3; i + 1 < record.size(); i += 2) {
      const std::string_view key = record[i];
      if (!key.starts_with(prefix)) continue;
      const auto name = attribute_named(key.substr(prefix.size()));
      if (!name || *name == Attribute::id || *name == Attribute::lane ||
          !allowed(node.kind, *name)) {
        continue;
      }
      has_text = has_text || *name == Attribute::text;
      node.attributes.push_back({*name, {record[i + 1], {}}});
      if (*name == Attribute::limit) node.limit = read_time_limit(record[i + 1]);
    }
    if (!kind && !has_text && !text.empty()) {
      node.attributes.push_back({Attribute::text, {text, {}}});
    }
    place.box = NodeIndex(static_cast<std::uint32_t>(flow_.nodes.size()));
    flow_.nodes.push_back(std::move(node));
  }

  void read_edge(const Record& record) {
    const std::size_t from = number_in(record[1]), to = number_in(record[2]);
    if (from >= places_.size() || to >= places_.size()) return;
    if (!places_[from].box || !places_[to].box) return attach_note(places_[from], places_[to]);
    Edge edge{*places_[from].box, *places_[to].box, {}, {}, false, {}};
    edge.when.value = plain_text(value_of(record, 3, "label"), {});
    if (const std::string_view max = value_of(record, 3, own("max")); !max.empty()) {
      edge.max = static_cast<std::int32_t>(std::clamp<std::size_t>(number_in(max), 1, 1'000'000));
    }
    edge.timeout = value_of(record, 3, own("timeout")) == "yes";
    flow_.edges.push_back(std::move(edge));
  }

  /// A line between a note and a box says which box the note is for.
  void attach_note(const Place& from, const Place& to) {
    if (from.box) flow_.notes[to.note].target = *from.box;
    if (to.box) flow_.notes[from.note].target = *to.box;
  }

  /// Boxes whose kind nobody told: where lines only begin is the start, where they only end an end,
  /// and a step with several labelled exits asks a question.
  void choose_kinds() {
    struct Lines {
      std::size_t in = 0, out = 0, labelled = 0;
    };
    std::vector<Lines> lines(flow_.nodes.size());
    for (const Edge& edge : flow_.edges) {
      if (edge.from == edge.to) continue;
      ++lines[at(edge.to)].in;
      ++lines[at(edge.from)].out;
      lines[at(edge.from)].labelled += edge.when.empty() ? 0 : 1;
    }
    for (std::size_t i = 0; i < flow_.nodes.size(); ++i) {
      Node& node = flow_.nodes[i];
      if (told_[i] || node.kind != NodeKind::step) continue;
      if (lines[i].labelled > 1) node.kind = NodeKind::decision;
      if (lines[i].in == 0 && lines[i].out > 0) node.kind = NodeKind::start;
      if (lines[i].in > 0 && lines[i].out == 0) node.kind = NodeKind::end;
    }
  }

  const std::vector<Record>& records_;
  Flow flow_;
  Ids ids_, lane_ids_;
  std::vector<std::string> lane_names_;  // as in the drawing, by lane
  std::vector<Place> places_;            // by number in the drawing
  std::vector<bool> told_;
};

Error unreadable(const SourceText& source, std::string reason) {
  while (!reason.empty() && (reason.back() == '\n' || reason.back() == ' ')) reason.pop_back();
  std::replace(reason.begin(), reason.end(), '\n', ' ');
  if (reason.size() > 300) reason.resize(300);
  return {
      ErrorKind::input,
      {{"“{path}”不是可以读的 DOT 图：{reason}", "'{path}' is no readable DOT drawing: {reason}"},
       {{"path", source.path}, {"reason", std::move(reason)}}}};
}

}  // namespace

Result<std::string> write_dot(const Flow& flow) {
  std::string records;
  Record root{"graph", "rankdir", "TB"};
  if (!flow.title.empty()) root.insert(root.end(), {"label", label_text(flow.title.value)});
  for (const Field<Flow>& row : flow_fields) {
    const Text& text = flow.*row.member;
    if (!text.empty()) root.insert(root.end(), {own(row.name), text.value});
  }
  append_record(records, root);
  for (const Lane& lane : flow.lanes) {
    append_record(records, {"lane", lane.id.value, label_text(lane.name.value)});
  }
  std::size_t order = 0;
  for (const Node& node : flow.nodes) {
    Record record{"node",
                  node.id(),
                  node.lane == no_lane ? "" : flow.lanes[at(node.lane)].id.value,
                  "label",
                  label_text(node.label()),
                  "shape",
                  std::string(shapes[static_cast<std::size_t>(node.kind)]),
                  own("kind"),
                  std::string(name_of(node.kind))};
    record.insert(record.end(), {own("order"), std::to_string(++order)});
    for (const AttributeText& attribute : node.attributes) {
      if (attribute.name == Attribute::id || attribute.name == Attribute::lane) continue;
      record.insert(record.end(), {own(name_of(attribute.name)), attribute.text.value});
    }
    append_record(records, record);
  }
  std::set<std::string_view> ids;
  for (const Node& node : flow.nodes) ids.insert(node.id());
  for (std::size_t i = 0; i < flow.notes.size(); ++i) {
    std::string id = "note-" + std::to_string(i + 1);
    while (ids.contains(id)) id += "-";
    append_record(records,
                  {"node", id, "", "label", label_text(flow.notes[i].text.value), "shape",
                   "plaintext", own("note"), "yes", own("order"), std::to_string(++order)});
  }
  for (const Edge& edge : flow.edges) {
    Record record{"edge", std::to_string(at(edge.from)), std::to_string(at(edge.to))};
    record.insert(record.end(), {own("order"), std::to_string(++order)});
    if (!edge.when.empty()) record.insert(record.end(), {"label", label_text(edge.when.value)});
    if (edge.max) record.insert(record.end(), {own("max"), std::to_string(*edge.max)});
    if (edge.timeout) record.insert(record.end(), {own("timeout"), "yes"});
    append_record(records, record);
  }
  for (std::size_t i = 0; i < flow.notes.size(); ++i) {
    if (!flow.notes[i].target) continue;
    append_record(records,
                  {"edge", std::to_string(at(*flow.notes[i].target)),
                   std::to_string(flow.nodes.size() + i), "style", "dashed", "dir", "none"});
  }
  return run_worker(worker, "write", records);
}

Result<Flow> read_dot(const SourceText& source) {
  if (source.text.find('\0') != std::string::npos) return unreadable(source, "NUL");
  Result<std::string> answer = run_worker(worker, "read", source.text);
  if (!answer) return unreadable(source, render(answer.error().message, Language::en));
  const std::vector<Record> records = graphviz::read_records(*answer);
  if (records.empty() || records.front()[0] == "error") {
    return unreadable(source,
                      records.empty() || records.front().size() < 2 ? "" : records.front()[1]);
  }
  return FlowMaker(records).run();
}

}  // namespace flowproof
