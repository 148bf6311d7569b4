// Reads BPMN 2.0 (ISO/IEC 19510) process files into a BpmnModel; bpmn_mapping makes the flow of it.
#include <algorithm>
#include <set>
#include <unordered_map>

#include "flowproof/readers.hpp"
#include "xml/bpmn_model.hpp"

namespace flowproof {

namespace {

constexpr std::string_view bpmn_space = "http://www.omg.org/spec/BPMN/20100524/MODEL";
constexpr std::string_view flow_space = "urn:flowproof:flow:1";
constexpr std::string_view id_attributes[] = {"id", "sourceRef", "targetRef", "attachedToRef"};
constexpr XmlFormat bpmn_format{"definitions", bpmn_space, id_attributes};

enum class Role : std::uint8_t {
  ignored,   // nothing of the subtree matters to a chart
  left_out,  // it would be missed: a finding
  definitions,
  container,  // process or sub-process
  node,
  flow,
  lane_set,
  lane,
  lane_reference,
  documentation,
  event,       // an event definition inside an event
  repetition,  // loop or multi-instance marker of an activity
  annotation,
  annotation_text,
  association,
};

struct NodeName {
  std::string_view name;
  BpmnKind kind;
};

constexpr NodeName node_names[] = {
    {"task", BpmnKind::task},
    {"userTask", BpmnKind::task},
    {"manualTask", BpmnKind::task},
    {"serviceTask", BpmnKind::task},
    {"scriptTask", BpmnKind::task},
    {"sendTask", BpmnKind::task},
    {"receiveTask", BpmnKind::task},
    {"businessRuleTask", BpmnKind::task},
    {"callActivity", BpmnKind::task},
    {"subProcess", BpmnKind::subprocess},
    {"transaction", BpmnKind::subprocess},
    {"adHocSubProcess", BpmnKind::subprocess},
    {"startEvent", BpmnKind::start},
    {"endEvent", BpmnKind::end},
    {"intermediateCatchEvent", BpmnKind::event},
    {"intermediateThrowEvent", BpmnKind::event},
    {"boundaryEvent", BpmnKind::boundary},
    {"exclusiveGateway", BpmnKind::exclusive},
    {"parallelGateway", BpmnKind::parallel},
    {"inclusiveGateway", BpmnKind::inclusive},
    {"eventBasedGateway", BpmnKind::event_based},
    {"complexGateway", BpmnKind::complex},
};

struct RoleName {
  std::string_view name;
  Role role;
};

constexpr RoleName container_roles[] = {{"sequenceFlow", Role::flow},
                                        {"laneSet", Role::lane_set},
                                        {"textAnnotation", Role::annotation},
                                        {"association", Role::association},
                                        {"documentation", Role::documentation},
                                        {"dataObject", Role::left_out},
                                        {"dataStoreReference", Role::left_out},
                                        {"subChoreography", Role::left_out},
                                        {"choreographyTask", Role::left_out},
                                        {"callChoreography", Role::left_out},
                                        {"dataObjectReference", Role::left_out},
                                        {"multiInstanceLoopCharacteristics", Role::repetition},
                                        {"standardLoopCharacteristics", Role::repetition}};

// Inside flow nodes everything else belongs to execution engines.
constexpr RoleName node_roles[] = {{"documentation", Role::documentation},
                                   {"multiInstanceLoopCharacteristics", Role::repetition},
                                   {"standardLoopCharacteristics", Role::repetition}};

constexpr RoleName definitions_roles[] = {{"process", Role::container},
                                          {"collaboration", Role::definitions},
                                          {"messageFlow", Role::left_out},
                                          {"choreography", Role::left_out},
                                          {"globalChoreographyTask", Role::left_out},
                                          {"conversation", Role::left_out}};

struct TriggerName {
  std::string_view name;
  BpmnTrigger trigger;
};
constexpr TriggerName trigger_names[] = {{"timerEventDefinition", BpmnTrigger::timer},
                                         {"linkEventDefinition", BpmnTrigger::link},
                                         {"terminateEventDefinition", BpmnTrigger::terminate}};

template <std::size_t n>
Role role_named(std::string_view name, const RoleName (&table)[n]) {
  for (const RoleName& row : table) {
    if (row.name == name) return row.role;
  }
  return Role::ignored;
}

class BpmnReader {
 public:
  BpmnReader(const XmlDocument& document, std::string_view wanted, Diagnostics& out)
      : document_(document), reader_(document, bpmn_format, out), wanted_(wanted) {}

  std::optional<BpmnModel> read() {
    if (!reader_.check_root()) return std::nullopt;
    reader_.report_hidden();
    model_.head.span = reader_.root().span;
    model_.head.ends = Ends::swallowing;
    find_processes();
    if (!choose_process()) return std::nullopt;
    if (processes_.size() > 1) model_.head.span = document_.elements[process_].span;
    roles_.assign(document_.elements.size(), Role::ignored);
    values_.assign(document_.elements.size(), 0);
    roles_[0] = Role::definitions;
    read_head(reader_.root());
    for (std::uint32_t i = 1; i < document_.elements.size();) i = read_element(i);
    resolve();
    return std::move(model_);
  }

 private:
  [[nodiscard]] bool is(const XmlElement& element, std::string_view name) const {
    return element.name == name && element.name_space == bpmn_space;
  }

  /// The name without the prefix of its namespace.
  [[nodiscard]] std::string_view called_by(const XmlElement& element) const {
    const XmlAttribute* given = attribute(element, "calledElement");
    const std::string_view name = given == nullptr ? std::string_view() : given->value;
    return name.substr(name.find(':') + 1);
  }

  // Those with anything in them, what their activities call, and the files the calls may lead to.
  void find_processes() {
    const auto& elements = document_.elements;
    for (std::uint32_t i = 1; i < elements.size(); i = elements[i].end) {
      const XmlElement& element = elements[i];
      if (is(element, "process") && element.end > i + 1) {
        processes_.push_back(i);
        if (const XmlAttribute* id = attribute(element, "id")) process_ids_.emplace(id->value, i);
      }
      if (element.name.starts_with("global")) global_tasks_.insert(text(element, "id").value);
      if (is(element, "import")) imports_.push_back(text(element, "location").value);
    }
    std::erase_if(imports_, [](const std::string& file) { return !file.ends_with(".bpmn"); });
    for (const std::uint32_t process : processes_) {
      for (std::uint32_t i = process; i < elements[process].end && processes_.size() > 1; ++i) {
        const std::uint32_t* callee =
            is(elements[i], "callActivity") ? process_named(called_by(elements[i])) : nullptr;
        if (callee != nullptr && *callee != process) calls_.emplace(process, *callee);
      }
    }
  }

  [[nodiscard]] const std::uint32_t* process_named(std::string_view id) const {
    const auto found = process_ids_.find(id);
    return found == process_ids_.end() ? nullptr : &found->second;
  }

  // A file may hold several processes; a chart shows one. False if the one wanted is not there.
  bool choose_process() {
    if (!wanted_.empty()) {
      const std::uint32_t* found = process_named(wanted_);
      process_ = found == nullptr ? 0 : *found;
      return found != nullptr;
    }
    std::set<std::uint32_t> callees;
    for (const auto& [caller, callee] : calls_) callees.insert(callee);
    const auto called = [&](std::uint32_t process) { return callees.contains(process); };
    const auto main = std::find_if_not(processes_.begin(), processes_.end(), called);
    if (!processes_.empty()) process_ = main == processes_.end() ? processes_.front() : *main;
    std::set<std::uint32_t> read{process_};
    for (std::vector<std::uint32_t> open{process_}; !open.empty();) {
      const std::uint32_t caller = open.back();
      open.pop_back();
      for (auto call = calls_.lower_bound({caller, 0});
           call != calls_.end() && call->first == caller; ++call) {
        if (read.insert(call->second).second) open.push_back(call->second);
      }
    }
    for (const std::uint32_t other : processes_) {
      if (read.contains(other)) continue;
      left_out(document_.elements[other],
               {"文件中有几个流程，“{name}”没有读入，只读“{read}”",
                "the file has several processes; '{name}' was left out, '{read}' is read"},
               Severity::error);
    }
    return true;
  }

  /// Where the process stands that an activity calls; nothing is said of tasks defined elsewhere.
  [[nodiscard]] Text href_of(const XmlElement& element) const {
    const std::string name(called_by(element));
    Text href = text(element, "calledElement");
    if (!is(element, "callActivity") || name.empty() || global_tasks_.contains(name)) return {};
    if (process_named(name) != nullptr) {
      href.value = "#" + name;
    } else if (imports_.size() == 1) {
      href.value = imports_.front() + "#" + name;
    } else {
      href.value = name + ".bpmn";
    }
    return href;
  }

  // Reads one element and says where to go on: into it, or behind it.
  std::uint32_t read_element(std::uint32_t i) {
    const XmlElement& element = document_.elements[i];
    roles_[i] = element.name_space == bpmn_space ? role_of(i) : Role::ignored;
    switch (roles_[i]) {
      case Role::ignored:
        return element.end;
      case Role::left_out:
        left_out(element, unmappable_element.message, Severity::info);
        return element.end;
      case Role::container:
        if (element.name == "process") {
          if (i != process_) return element.end;
          read_head(element);
        }
        return i + 1;
      case Role::node:
        read_node(i);
        return i + 1;
      case Role::flow:
        read_flow_of(element);
        return element.end;
      case Role::lane:
        read_lane(i);
        return i + 1;
      case Role::lane_reference:
        read_lane_reference(i);
        return element.end;
      case Role::documentation:
        read_documentation(i);
        return element.end;
      case Role::event:
        read_event_definition(i);
        return element.end;
      case Role::repetition:
        model_.nodes[values_[element.parent]].repeated = true;
        return element.end;
      case Role::annotation:
        read_annotation(i);
        return i + 1;
      case Role::annotation_text:
        model_.notes[values_[element.parent]].text = reader_.content(element);
        return element.end;
      case Role::association:
        associations_.push_back(i);
        return element.end;
      case Role::lane_set:
      case Role::definitions:
        return i + 1;
    }
    return element.end;
  }

  Role role_of(std::uint32_t i) const {
    const XmlElement& element = document_.elements[i];
    const XmlElement& parent = document_.elements[element.parent];
    switch (roles_[element.parent]) {
      case Role::definitions:
        return role_named(element.name, definitions_roles);
      case Role::container:
        return role_in_container(element.name);
      case Role::node: {
        if (model_.nodes[values_[element.parent]].kind == BpmnKind::subprocess) {
          return role_in_container(element.name);
        }
        const Role role = role_named(element.name, node_roles);
        const bool event =
            element.name.ends_with("EventDefinition") || element.name == "eventDefinitionRef";
        return role == Role::ignored && event ? Role::event : role;
      }
      case Role::lane_set:
        return element.name == "lane" ? Role::lane : Role::ignored;
      case Role::lane:
        if (element.name == "flowNodeRef") return Role::lane_reference;
        return element.name == "childLaneSet" ? Role::lane_set : Role::ignored;
      case Role::annotation:
        return element.name == "text" && parent.name == "textAnnotation" ? Role::annotation_text
                                                                         : Role::ignored;
      default:
        return Role::ignored;
    }
  }

  static const NodeName* node_named(std::string_view name) {
    const auto* found = std::find_if(std::begin(node_names), std::end(node_names),
                                     [&](const NodeName& row) { return row.name == name; });
    return found == std::end(node_names) ? nullptr : found;
  }
  static Role role_in_container(std::string_view name) {
    return node_named(name) != nullptr ? Role::node : role_named(name, container_roles);
  }

  [[nodiscard]] const XmlAttribute* attribute(const XmlElement& element,
                                              std::string_view name) const {
    for (const XmlAttribute& given : document_.attributes_of(element)) {
      if (given.name == name && given.name_space.empty()) return &given;
    }
    return nullptr;
  }
  [[nodiscard]] Text text(const XmlElement& element, std::string_view name) const {
    const XmlAttribute* given = attribute(element, name);
    return given == nullptr ? Text{{}, element.span} : ElementReader::text_of(*given);
  }
  [[nodiscard]] bool flag(const XmlElement& element, std::string_view name, bool otherwise) const {
    const XmlAttribute* given = attribute(element, name);
    return given == nullptr ? otherwise : given->value == "true" || given->value == "1";
  }

  Diagnostic& left_out(const XmlElement& element, LocalizedText message, Severity severity) {
    const Text name = text(element, "name");
    Diagnostic& finding =
        report_as(reader_.out(), unmappable_element, element.span, message,
                  {{"name", name.empty() ? std::string(element.name) : excerpt(name.value)},
                   {"read", excerpt(text(document_.elements[process_], "name").value)}});
    finding.severity = severity;
    return finding;
  }

  void read_head(const XmlElement& element) {
    for (const XmlAttribute& given : document_.attributes_of(element)) {
      if (given.name_space != flow_space) continue;
      // What BPMN has no place for.
      for (const Field<Flow>& field : flow_fields) {
        if (field.name == given.name) model_.head.*field.member = ElementReader::text_of(given);
      }
    }
    if (model_.head.title.empty()) model_.head.title = text(element, "name");
  }

  void read_node(std::uint32_t i) {
    const XmlElement& element = document_.elements[i];
    const auto self = static_cast<std::uint32_t>(model_.nodes.size());
    values_[i] = self;
    BpmnNode& node = model_.nodes.emplace_back();
    node.kind = node_named(element.name)->kind;
    node.span = element.span;
    node.id = text(element, "id");
    node.name = text(element, "name");
    node.attached_to = text(element, "attachedToRef");
    node.interrupting = flag(element, "cancelActivity", true);
    node.by_event = flag(element, "triggeredByEvent", false);
    node.ad_hoc = element.name == "adHocSubProcess";
    node.called = href_of(element);
    for (const XmlAttribute& given : document_.attributes_of(element)) {
      if (given.name_space != flow_space) continue;
      const std::optional<Attribute> name = attribute_named(given.name);
      if (!name) continue;
      const Text value = ElementReader::text_of(given);
      if (*name == Attribute::limit) (void)reader_.limit(value, {}, node.id.value);
      if (*name == Attribute::counted) (void)reader_.yes_or_no("counted", value);
      node.attributes.push_back({*name, value});
    }
    if (roles_[element.parent] == Role::node) {
      node.scope = values_[element.parent];
      ++model_.nodes[node.scope].children;
    }
    if (node.id.empty()) {
      reader_.missing(element, "id");
      return;
    }
    const auto [first, taken] = ids_.emplace(node.id.value, self);
    if (!taken) {
      report(reader_.out(), duplicate_id, node.id.span, {{"id", excerpt(node.id.value)}},
             excerpt(node.id.value))
          .witness.push_back(
              {model_.nodes[first->second].id.span,
               {{"“{id}”已用在这里", "'{id}' is used here"}, {{"id", excerpt(node.id.value)}}},
               node.id.value});
      node.id.value.clear();
    }
  }

  struct PendingFlow {
    Text from, to;
    BpmnFlow flow;
  };

  void read_flow_of(const XmlElement& element) {
    PendingFlow pending;
    pending.from = text(element, "sourceRef");
    pending.to = text(element, "targetRef");
    pending.flow.name = text(element, "name");
    pending.flow.span = element.span;
    for (const XmlAttribute& given : document_.attributes_of(element)) {
      if (given.name_space == flow_space && given.name == "max") {
        pending.flow.max = reader_.count("max", ElementReader::text_of(given));
      }
    }
    for (const std::string_view end : {"sourceRef", "targetRef"}) {
      if (text(element, end).empty()) reader_.missing(element, end);
    }
    if (!pending.from.empty() && !pending.to.empty()) pending_.push_back(std::move(pending));
  }

  // Lanes may be divided; the innermost ones are columns of the chart.
  void read_lane(std::uint32_t i) {
    const XmlElement& element = document_.elements[i];
    values_[i] = static_cast<std::uint32_t>(model_.head.lanes.size());
    for (std::uint32_t c = i + 1; c < element.end; c = document_.elements[c].end) {
      if (document_.elements[c].name == "childLaneSet" && document_.elements[c].end > c + 1) return;
    }
    Lane lane;
    lane.id = text(element, "id");
    lane.name = text(element, "name");
    if (lane.name.empty()) lane.name = lane.id;
    lane.span = element.span;
    model_.head.lanes.push_back(std::move(lane));
  }

  void read_lane_reference(std::uint32_t i) {
    const XmlElement& element = document_.elements[i];
    const std::uint32_t lane = values_[element.parent];
    // References of a divided lane say nothing that its parts do not say.
    if (lane >= model_.head.lanes.size() ||
        model_.head.lanes[lane].span != document_.elements[element.parent].span) {
      return;
    }
    lane_references_.push_back({reader_.content(element), LaneIndex{lane}});
  }

  void read_documentation(std::uint32_t i) {
    const std::uint32_t parent = document_.elements[i].parent;
    if (roles_[parent] != Role::node) return;
    BpmnNode& node = model_.nodes[values_[parent]];
    if (node.documentation.empty()) node.documentation = reader_.content(document_.elements[i]);
  }

  void read_event_definition(std::uint32_t i) {
    const XmlElement& element = document_.elements[i];
    BpmnNode& node = model_.nodes[values_[element.parent]];
    node.trigger = BpmnTrigger::other;
    for (const TriggerName& row : trigger_names) {
      if (row.name == element.name) node.trigger = row.trigger;
    }
    if (node.trigger == BpmnTrigger::link) node.link = text(element, "name");
  }

  void read_annotation(std::uint32_t i) {
    const XmlElement& element = document_.elements[i];
    values_[i] = static_cast<std::uint32_t>(model_.notes.size());
    model_.notes.push_back({text(element, "id"), {}, std::nullopt, element.span});
  }

  void resolve() {
    for (PendingFlow& pending : pending_) {
      const auto from = ids_.find(pending.from.value);
      const auto to = ids_.find(pending.to.value);
      if (from == ids_.end()) report_dangling(pending.from);
      if (to == ids_.end()) report_dangling(pending.to);
      if (from != ids_.end() && to == ids_.end()) model_.unresolved.push_back(from->second);
      if (from == ids_.end() || to == ids_.end()) continue;
      pending.flow.from = from->second;
      pending.flow.to = to->second;
      model_.flows.push_back(std::move(pending.flow));
    }
    model_.lanes.assign(model_.nodes.size(), no_lane);
    for (const auto& [id, lane] : lane_references_) {
      const auto found = ids_.find(id.value);
      if (found != ids_.end()) {
        model_.lanes[found->second] = lane;
      } else if (!id.empty()) {
        report_dangling(id);
      }
    }
    resolve_notes();
    model_.head.statutory_limit = reader_.limit(model_.head.statutory);
    model_.head.promised_limit = reader_.limit(model_.head.promised);
  }

  void resolve_notes() {
    std::unordered_map<std::string_view, std::size_t> notes;
    for (std::size_t i = 0; i < model_.notes.size(); ++i)
      notes.emplace(model_.notes[i].id.value, i);
    for (const std::uint32_t i : associations_) {
      const std::string_view ends[] = {"sourceRef", "targetRef"};
      for (std::size_t end = 0; end < 2; ++end) {
        const Text note = text(document_.elements[i], ends[end]);
        const auto found = notes.find(note.value);
        const auto node = ids_.find(text(document_.elements[i], ends[1 - end]).value);
        if (found == notes.end() || node == ids_.end()) continue;
        model_.notes[found->second].target = node->second;
      }
    }
  }

  void report_dangling(const Text& id) {
    report(reader_.out(), dangling_reference, id.span,
           {{"id", excerpt(id.value)}, {"kind", LocalizedText{"节点", "node"}}});
  }

  const XmlDocument& document_;
  ElementReader reader_;
  BpmnModel model_;
  std::string_view wanted_;               // id of a process; empty: the main one
  std::vector<std::uint32_t> processes_;  // elements
  std::unordered_map<std::string_view, std::uint32_t> process_ids_;
  std::set<std::pair<std::uint32_t, std::uint32_t>> calls_;  // caller and callee, both processes
  std::set<std::string, std::less<>> global_tasks_;
  std::vector<std::string> imports_;
  std::uint32_t process_ = 0;          // the element that is read; 0: none
  std::vector<Role> roles_;            // per element
  std::vector<std::uint32_t> values_;  // per element: index of what it became
  std::unordered_map<std::string, std::uint32_t> ids_;
  std::vector<PendingFlow> pending_;
  std::vector<std::pair<Text, LaneIndex>> lane_references_;
  std::vector<std::uint32_t> associations_;  // elements
};

}  // namespace

bool is_bpmn(const XmlDocument& document) {
  const XmlElement& root = document.elements.front();
  return root.name == bpmn_format.root && root.name_space == bpmn_space;
}

std::optional<BpmnModel> read_bpmn_model(const XmlDocument& document, std::string_view process,
                                         Diagnostics& out) {
  return BpmnReader(document, process, out).read();
}

static std::optional<Flow> flow_of_process(const XmlDocument& document, std::string_view id,
                                           Diagnostics& out) {
  std::optional<BpmnModel> model = read_bpmn_model(document, id, out);
  if (!model) return std::nullopt;
  return map_bpmn(std::move(*model), out);
}

std::optional<Flow> flow_of_bpmn(const XmlDocument& document, Diagnostics& out) {
  return flow_of_process(document, {}, out);
}

Parsed<Flow> read_process(const SourceText& source, SourceIndex index, std::string_view id,
                          const ReadLimits& limits) {
  return read_document<Flow>(
      source, index, limits,
      [id](const XmlDocument& document, Diagnostics& out) -> std::optional<Flow> {
        return is_bpmn(document) ? flow_of_process(document, id, out) : std::nullopt;
      });
}

Parsed<Flow> read_bpmn(const SourceText& source, SourceIndex index, const ReadLimits& limits) {
  return read_document<Flow>(source, index, limits, &flow_of_bpmn);
}

}  // namespace flowproof
