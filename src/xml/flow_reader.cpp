// Reads *.flow.xml (urn:flowproof:flow:1, docs/formats.md) into a Flow.
//
// One pass over the elements, then ids are resolved: exits, lanes and notes may name what comes
// later.
#include <algorithm>
#include <array>
#include <unordered_map>
#include <unordered_set>

#include "flowproof/readers.hpp"
#include "xml/bpmn_model.hpp"
#include "xml/element_reader.hpp"

namespace flowproof {

namespace {

constexpr std::string_view id_attributes[] = {"id", "lane", "node", "for", "condition"};
constexpr XmlFormat flow_format{"flow", "urn:flowproof:flow:1", id_attributes};

constexpr Field<Lane> lane_fields[] = {
    {"id", &Lane::id, Required::yes},
    {"name", &Lane::name, Required::yes},
};

constexpr Field<Waiver> waiver_fields[] = {
    {"rule", &Waiver::rule, Required::yes},
    {"until", &Waiver::until},
    {"reason", &Waiver::reason, Required::yes},
};

// <to>, before its values are read.
struct Exit {
  Text node, when, max, timeout;
};
constexpr Field<Exit> exit_fields[] = {
    {"node", &Exit::node, Required::yes},
    {"when", &Exit::when},
    {"max", &Exit::max},
    {"timeout", &Exit::timeout},
};

struct NoteTarget {
  Text target;
};
constexpr Field<NoteTarget> note_fields[] = {{"for", &NoteTarget::target}};

constexpr std::string_view root_children[] = {"lane", "start",   "step",     "decision", "document",
                                              "data", "special", "parallel", "join",     "subflow",
                                              "end",  "note",    "waive"};
constexpr std::string_view node_children[] = {"to", "waive"};

constexpr LocalizedText node_word{"节点", "node"};
constexpr LocalizedText lane_word{"泳道", "lane"};

bool is_date(std::string_view text) {
  static constexpr std::string_view pattern = "dddd-dd-dd";
  if (text.size() != pattern.size()) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool digit = text[i] >= '0' && text[i] <= '9';
    if (pattern[i] == 'd' ? !digit : text[i] != '-') return false;
  }
  const int month = (text[5] - '0') * 10 + (text[6] - '0');
  const int day = (text[8] - '0') * 10 + (text[9] - '0');
  return month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

class FlowReader {
 public:
  FlowReader(const XmlDocument& document, Diagnostics& out)
      : reader_(document, flow_format, out), elements_(document.elements.size()) {}

  std::optional<Flow> read() {
    if (!reader_.check_root()) return std::nullopt;
    reader_.report_hidden();
    const XmlElement& root = reader_.root();
    flow_.span = root.span;
    flow_.nodes.reserve(elements_ / 2);
    flow_.edges.reserve(elements_ / 2);
    targets_.reserve(elements_ / 2);
    reader_.read(root, flow_, flow_fields);
    flow_.statutory_limit = reader_.limit(flow_.statutory);
    flow_.promised_limit = reader_.limit(flow_.promised);
    reader_.expect_no_text(root);
    reader_.for_each_child(root, [&](const XmlElement& child) { read_child(child); });
    resolve();
    return std::move(flow_);
  }

 private:
  void read_child(const XmlElement& element) {
    if (const std::optional<NodeKind> kind = node_kind_named(element.name)) {
      read_node(element, *kind);
    } else if (element.name == "lane") {
      read_lane(element);
    } else if (element.name == "note") {
      read_note(element);
    } else if (element.name == "waive") {
      read_waiver(element, std::nullopt);
    } else {
      reader_.unknown_child(reader_.root(), element, root_children);
      // What leads there is no second defect.
      for (const XmlAttribute& attribute : reader_.attributes_of(element)) {
        if (attribute.name == "id") unread_ids_.emplace(attribute.value);
      }
    }
  }

  void read_lane(const XmlElement& element) {
    Lane lane;
    lane.span = element.span;
    reader_.read(element, lane, lane_fields);
    reader_.expect_no_text(element);
    reader_.expect_no_children(element);
    if (lane.id.empty() || !take_id(lane_ids_, lane.id, flow_.lanes.size())) return;
    flow_.lanes.push_back(std::move(lane));
  }

  // True if nothing else has the id.
  bool take_id(std::unordered_map<std::string, std::size_t>& ids, const Text& id,
               std::size_t position) {
    reader_.check_id(id);
    const auto [first, taken] = ids.emplace(id.value, position);
    if (taken) return true;
    Diagnostic& finding = report(reader_.out(), duplicate_id, id.span, {{"id", excerpt(id.value)}},
                                 excerpt(id.value));
    const Span other = &ids == &lane_ids_ ? flow_.lanes[first->second].id.span
                                          : flow_.nodes[first->second].place(Attribute::id);
    finding.witness.push_back(
        {other,
         {{"“{id}”已用在这里", "'{id}' is used here"}, {{"id", excerpt(id.value)}}},
         id.value});
    return false;
  }

  void read_node(const XmlElement& element, NodeKind kind) {
    const NodeIndex index{static_cast<std::uint32_t>(flow_.nodes.size())};
    Node& node = flow_.nodes.emplace_back();
    node.kind = kind;
    node.span = element.span;
    node.attributes.reserve(element.attribute_count);
    reader_.for_each_attribute(element, [&](const XmlAttribute& attribute) {
      const std::optional<Attribute> name = attribute_named(attribute.name);
      if (!name || !allowed(kind, *name)) return unknown_node_attribute(element, kind, attribute);
      node.attributes.push_back({*name, ElementReader::text_of(attribute)});
    });
    give_id(element, index);
    if (node.has(Attribute::limit)) {
      const std::string& text = node.get(Attribute::limit);
      node.limit = reader_.limit({text, node.place(Attribute::limit)}, {}, node.id());
    }
    if (node.has(Attribute::counted)) {
      (void)reader_.yes_or_no("counted",
                              {node.get(Attribute::counted), node.place(Attribute::counted)});
    }
    reader_.expect_no_text(element);
    reader_.for_each_child(element, [&](const XmlElement& child) {
      if (child.name == "to") {
        read_exit(child, index);
      } else if (child.name == "waive") {
        read_waiver(child, index);
      } else {
        reader_.unknown_child(element, child, node_children);
      }
    });
  }

  // Without an id of its own a node still stands in the flow, under a name no one can write. What
  // leads to it cannot be known, so path rules are not to judge it.
  void give_id(const XmlElement& element, NodeIndex index) {
    Node& node = flow_.nodes[at(index)];
    Text id{node.get(Attribute::id), node.place(Attribute::id)};
    if (id.empty()) {
      reader_.missing(element, "id");
    } else if (take_id(node_ids_, id, at(index))) {
      return;
    } else {
      flow_.nodes[node_ids_.find(id.value)->second].incomplete = true;
    }
    node.incomplete = true;
    const auto given = std::find_if(
        node.attributes.begin(), node.attributes.end(),
        [](const AttributeText& attribute) { return attribute.name == Attribute::id; });
    id.value += '#';
    id.value += std::to_string(at(index) + 1);
    if (given != node.attributes.end()) {
      given->text = std::move(id);
    } else {
      node.attributes.insert(node.attributes.begin(), {Attribute::id, std::move(id)});
    }
  }

  void unknown_node_attribute(const XmlElement& element, NodeKind kind,
                              const XmlAttribute& attribute) {
    std::vector<std::string_view> known;
    for (std::size_t i = 0; i < attribute_count; ++i) {
      const auto name = static_cast<Attribute>(i);
      if (allowed(kind, name)) known.push_back(name_of(name));
    }
    reader_.unknown_attribute_at(element, attribute, known);
  }

  void read_exit(const XmlElement& element, NodeIndex from) {
    Exit exit;
    reader_.read(element, exit, exit_fields);
    reader_.expect_no_text(element);
    reader_.expect_no_children(element);
    if (exit.node.empty()) {
      flow_.nodes[at(from)].incomplete = true;
      return;
    }
    Edge edge;
    edge.from = from;
    edge.when = std::move(exit.when);
    edge.span = element.span;
    if (exit.max.span.offset != 0) edge.max = reader_.count("max", exit.max);
    if (exit.timeout.span.offset != 0)
      edge.timeout = reader_.yes_or_no("timeout", exit.timeout) == true;
    flow_.edges.push_back(std::move(edge));
    targets_.push_back(std::move(exit.node));
  }

  void read_waiver(const XmlElement& element, std::optional<NodeIndex> target) {
    Waiver waiver;
    waiver.target = target;
    waiver.span = element.span;
    reader_.read(element, waiver, waiver_fields);
    reader_.expect_no_text(element);
    reader_.expect_no_children(element);
    if (!waiver.until.empty() && !is_date(waiver.until.value)) {
      report(reader_.out(), bad_date, waiver.until.span,
             {{"name", std::string("until")}, {"value", excerpt(waiver.until.value)}});
      return;
    }
    if (waiver.rule.empty() || waiver.reason.empty()) return;
    flow_.waivers.push_back(std::move(waiver));
  }

  void read_note(const XmlElement& element) {
    NoteTarget target;
    reader_.read(element, target, note_fields);
    reader_.expect_no_children(element);
    Note note;
    note.span = element.span;
    note.text = reader_.content(element);
    if (note.text.empty()) {
      report_as(reader_.out(), misplaced_text, element.span,
                {"注释“{parent}”是空的", "the annotation '{parent}' is empty"},
                {{"parent", std::string(element.name)}})
          .help = {"写上文字或删去注释", "write its text or remove it"};
      return;
    }
    flow_.notes.push_back(std::move(note));
    note_targets_.push_back(std::move(target.target));
  }

  void resolve() {
    resolve_exits();
    for (std::size_t i = 0; i < flow_.notes.size(); ++i) {
      if (note_targets_[i].empty()) continue;
      const auto found = node_ids_.find(note_targets_[i].value);
      if (found != node_ids_.end()) {
        flow_.notes[i].target = NodeIndex{static_cast<std::uint32_t>(found->second)};
      } else {
        report_dangling(note_targets_[i], node_word, node_ids_, {});
      }
    }
    for (Node& node : flow_.nodes) {
      if (!node.has(Attribute::lane)) continue;
      const auto found = lane_ids_.find(node.get(Attribute::lane));
      if (found != lane_ids_.end()) {
        node.lane = LaneIndex{static_cast<std::uint32_t>(found->second)};
      } else {
        report_dangling({node.get(Attribute::lane), node.place(Attribute::lane)}, lane_word,
                        lane_ids_, node.id());
      }
    }
  }

  void resolve_exits() {
    std::size_t kept = 0;
    for (std::size_t i = 0; i < flow_.edges.size(); ++i) {
      Edge& edge = flow_.edges[i];
      const auto found = node_ids_.find(targets_[i].value);
      if (found == node_ids_.end()) {
        Node& source = flow_.nodes[at(edge.from)];
        source.incomplete = true;
        if (unread_ids_.contains(targets_[i].value)) continue;
        report_dangling(targets_[i], node_word, node_ids_, source.id());
        continue;
      }
      edge.to = NodeIndex{static_cast<std::uint32_t>(found->second)};
      if (kept != i) flow_.edges[kept] = std::move(edge);
      ++kept;
    }
    flow_.edges.resize(kept);
  }

  void report_dangling(const Text& id, LocalizedText kind,
                       const std::unordered_map<std::string, std::size_t>& ids,
                       std::string element) {
    Diagnostic& finding = report(reader_.out(), dangling_reference, id.span,
                                 {{"id", excerpt(id.value)}, {"kind", kind}}, std::move(element));
    // Looking for a near name among very many, for each of very many, would take too long.
    if (ids.size() > most_candidates || ++lookups_ > most_lookups) return;
    std::vector<std::string_view> known;
    for (const auto& [name, position] : ids) known.push_back(name);
    std::sort(known.begin(), known.end());
    suggest(finding, nearest_name(id.value, known));
  }

  static constexpr std::size_t most_candidates = 10'000;
  static constexpr std::size_t most_lookups = 100;

  ElementReader reader_;
  std::size_t elements_;
  Flow flow_;
  std::vector<Text> targets_;       // of flow_.edges
  std::vector<Text> note_targets_;  // of flow_.notes
  std::unordered_map<std::string, std::size_t> node_ids_, lane_ids_;
  std::unordered_set<std::string> unread_ids_;  // of elements no one knows
  std::size_t lookups_ = 0;
};

}  // namespace

Parsed<Flow> read_flow(const SourceText& source, SourceIndex index, const ReadLimits& limits) {
  return read_document<Flow>(
      source, index, limits,
      [](const XmlDocument& document, Diagnostics& out) -> std::optional<Flow> {
        return is_bpmn(document) ? flow_of_bpmn(document, out) : FlowReader(document, out).read();
      });
}

}  // namespace flowproof
