// A process flow (办理流程图) as its author wrote it.
//
// Made by read_flow (src/xml) or read_bpmn (src/bpmn), used by analysis, rules, layout and scene.
// Invariants: node ids are unique and not empty; both ends of every edge exist; every element has a
// place. What could not be resolved (an exit to an unknown id) is a finding of the reader and is
// left out; the node it left is marked `incomplete` and path rules stay quiet about it.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "flowproof/message.hpp"
#include "flowproof/source.hpp"
#include "flowproof/time_limit.hpp"

namespace flowproof {

enum class NodeIndex : std::uint32_t {};
enum class EdgeIndex : std::uint32_t {};
enum class LaneIndex : std::uint32_t {};
inline constexpr LaneIndex no_lane{0xFFFFFFFF};

constexpr std::uint32_t at(NodeIndex index) { return static_cast<std::uint32_t>(index); }
constexpr std::uint32_t at(EdgeIndex index) { return static_cast<std::uint32_t>(index); }
constexpr std::uint32_t at(LaneIndex index) { return static_cast<std::uint32_t>(index); }

enum class NodeKind : std::uint8_t {
  start,
  step,
  decision,
  document,
  data,
  special,
  parallel,
  join,
  subflow,
  end,
};
inline constexpr std::size_t node_kind_count = 10;
/// The bars where branches part and meet: no work is done there.
constexpr bool is_bar(NodeKind kind) {
  return kind == NodeKind::parallel || kind == NodeKind::join;
}

/// Attributes a node may carry; the names are those of the XML format.
enum class Attribute : std::uint8_t {
  id,         ///< unique name of the node
  lane,       ///< id of the lane it stands in
  stage,      ///< 环节 it belongs to: 收件, 受理, 审查 …
  text,       ///< what the box says
  by,         ///< 办理人员 / 岗位
  limit,      ///< 办理时限, as people write it
  counted,    ///< yes | no: whether its time counts in the promised and statutory limit
  basis,      ///< 设定依据
  material,   ///< 材料 it takes, separated by ; or 、
  output,     ///< 文书 or 结果 it produces
  href,       ///< link of a node; file of a subflow
  remark,     ///< free text shown beside the box
  kind,       ///< special: 听证, 专家评审, …
  outcome,    ///< end: what it means for the applicant
  condition,  ///< decision: id shared by decisions that ask the same question
};
inline constexpr std::size_t attribute_count = 15;

[[nodiscard]] std::string_view name_of(NodeKind kind);        ///< element name, "step"
[[nodiscard]] std::string_view name_of(Attribute attribute);  ///< attribute name, "by"
[[nodiscard]] std::optional<NodeKind> node_kind_named(std::string_view name);
[[nodiscard]] std::optional<Attribute> attribute_named(std::string_view name);
/// Which attributes may stand on which kind of node.
[[nodiscard]] bool allowed(NodeKind kind, Attribute attribute);

/// A piece of the user's text and where it stands.
struct Text {
  std::string value;
  Span span;

  [[nodiscard]] bool empty() const { return value.empty(); }
};

struct AttributeText {
  Attribute name{};
  Text text;
};

struct Node {
  NodeKind kind = NodeKind::step;
  bool incomplete = false;  ///< an exit could not be resolved
  LaneIndex lane = no_lane;
  Span span;                              ///< its element name
  std::vector<AttributeText> attributes;  ///< those given, in document order
  TimeLimit limit;                        ///< reading of Attribute::limit

  [[nodiscard]] bool has(Attribute name) const;
  /// Empty text if not given.
  [[nodiscard]] const std::string& get(Attribute name) const;
  /// The value's place; the node's own if not given.
  [[nodiscard]] Span place(Attribute name) const;
  [[nodiscard]] const std::string& id() const { return get(Attribute::id); }
  /// What a reader of the chart would call it: text, else kind of a special, else stage, else id.
  [[nodiscard]] const std::string& label() const;
  /// counted="…" if given (yes/no, 是/否), else true.
  [[nodiscard]] bool counted() const;
};

/// An exit of a node. Edges are sorted by their source node, then in document order.
struct Edge {
  NodeIndex from{};
  NodeIndex to{};
  Text when;                        ///< label of a decision's exit
  std::optional<std::int32_t> max;  ///< how often a way back may be taken; at least 1
  bool timeout = false;             ///< deemed outcome: taken when the limit passes in silence
  Span span;                        ///< the <to> element

  /// Its label says itself that it is taken when time has passed: 逾期, 超时.
  [[nodiscard]] bool names_timeout() const;
};

struct Lane {
  Text id;
  Text name;
  Span span;
};

/// <note for="id">text</note>: an annotation attached to a node (or to nothing: shown in the
/// footer).
struct Note {
  std::optional<NodeIndex> target;
  Text text;
  Span span;
};

/// <waive rule="…" until="…" reason="…"/>: a finding the author accepts.
struct Waiver {
  std::optional<NodeIndex> target;  ///< the node it stands in; none: the whole flow
  Text rule;                        ///< name or code
  Text until;                       ///< YYYY-MM-DD, may be empty
  Text reason;                      ///< never empty
  Span span;
};

/// What becomes of the other tokens when an end is reached.
enum class Ends : std::uint8_t {
  exclusive,   ///< our own format: ends are alternative outcomes, one of them closes the case
  swallowing,  ///< BPMN: the end takes its token, other branches go on
};

struct Flow {
  // The root's attributes.
  Text title, item, type, handling, authority, guide, statutory, promised, version, date, consult,
      complaint, language;
  TimeLimit statutory_limit;  ///< reading of `statutory`: the limit the chart itself prints
  TimeLimit promised_limit;
  std::vector<Lane> lanes;
  std::vector<Node> nodes;
  std::vector<Edge> edges;
  std::vector<Note> notes;
  std::vector<Waiver> waivers;
  Ends ends = Ends::exclusive;
  Span span;  ///< the root's element name

  [[nodiscard]] const Node& node(NodeIndex index) const { return nodes[at(index)]; }
  [[nodiscard]] const Edge& edge(EdgeIndex index) const { return edges[at(index)]; }
  /// A chart speaks the language of its flow, whoever draws it.
  [[nodiscard]] Language chart_language() const {
    return language.value.starts_with("en") ? Language::en : Language::zh;
  }
  /// Linear; for tests and messages.
  [[nodiscard]] std::optional<NodeIndex> find(std::string_view id) const;
};

}  // namespace flowproof
