// A BPMN 2.0 process as its file says it, before it becomes a flow.
//
// Made by read_bpmn_model, used by bpmn_mapping. Only what has a meaning for a chart is kept; what
// is left out and would be missed is a finding. Indices are those of the vectors; ids are resolved.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "flowproof/flow.hpp"
#include "xml/element_reader.hpp"

namespace flowproof {

enum class BpmnKind : std::uint8_t {
  start,
  end,
  event,     ///< intermediate, throwing or catching
  boundary,  ///< stands on the edge of an activity
  task,
  subprocess,
  exclusive,
  parallel,
  inclusive,
  event_based,
  complex,
};

/// What an event waits for or does, as far as it matters.
enum class BpmnTrigger : std::uint8_t { none, timer, link, terminate, other };

inline constexpr std::uint32_t no_scope = 0xFFFFFFFF;

struct BpmnNode {
  BpmnKind kind = BpmnKind::task;
  BpmnTrigger trigger = BpmnTrigger::none;
  bool repeated = false;           ///< loop or multi-instance: still one box
  bool interrupting = true;        ///< boundary: the activity stops
  bool by_event = false;           ///< sub-process: started by an event, not by the flow
  bool ad_hoc = false;             ///< sub-process without order
  std::uint32_t scope = no_scope;  ///< the sub-process it stands in
  std::uint32_t children = 0;      ///< sub-process: flow nodes directly inside
  Span span;
  Text id, name, documentation, link, attached_to;
  Text called;  ///< call activity: href of the process it calls; empty: none
  std::vector<AttributeText> attributes;  ///< ours, of the namespace of flows
};

struct BpmnFlow {
  std::uint32_t from = 0, to = 0;  ///< nodes
  Text name;
  std::optional<std::int32_t> max;
  Span span;
};

struct BpmnNote {
  Text id, text;
  std::optional<std::uint32_t> target;
  Span span;
};

struct BpmnModel {
  Flow head;  ///< root attributes and lanes; no nodes yet
  std::vector<BpmnNode> nodes;
  std::vector<BpmnFlow> flows;            ///< both ends exist
  std::vector<std::uint32_t> unresolved;  ///< nodes with a flow that leads nowhere
  std::vector<LaneIndex> lanes;           ///< per node
  std::vector<BpmnNote> notes;
};

/// The root is one of BPMN 2.0.
[[nodiscard]] bool is_bpmn(const XmlDocument& document);

/// Of the process of this id; empty: of the main one.
[[nodiscard]] std::optional<BpmnModel> read_bpmn_model(const XmlDocument& document,
                                                       std::string_view process, Diagnostics& out);

/// The flow a process means: merges and sub-processes dissolved, gateways named by what they do.
[[nodiscard]] Flow map_bpmn(BpmnModel model, Diagnostics& out);

/// Both in a row.
[[nodiscard]] std::optional<Flow> flow_of_bpmn(const XmlDocument& document, Diagnostics& out);

}  // namespace flowproof
