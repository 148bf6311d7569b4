#include "rules/soundness_story.hpp"

namespace flowproof::rules {

namespace {

/// The exit of a step with several next steps is no decision of the author's: ambiguous-split says
/// so, and what follows from guessing is not told again.
bool guessed(const RuleContext& c, EdgeIndex bypass) {
  const NodeKind kind = c.flow.node(c.flow.edge(bypass).from).kind;
  return kind != NodeKind::decision && kind != NodeKind::subflow;
}

void tell_waiting(const RuleContext& c, Diagnostic& finding, const Node& join) {
  const Soundness& told = c.facts.soundness;
  tell_trunk(c, finding);
  tell_way(c, finding, told.left,
           {"已到：{way}，在“{node}”等待", "arrived: {way}, waits at '{node}'"}, join);
  tell_way(c, finding, told.right,
           {"另一路：{way}，不经过“{node}”", "the other branch: {way}, not by '{node}'"}, join);
  finding.witness.push_back({c.flow.edge(*told.missing).span,
                             {{"缺少：“{missing}”这一路", "missing: the way from '{missing}'"},
                              {{"missing", arrival_of(c.flow, *told.missing)}}},
                             c.flow.node(c.flow.edge(*told.missing).from).id()});
}

void check_deadlock(const RuleContext& c, Reporter& report) {
  const Soundness& told = c.facts.soundness;
  if (told.defect != Defect::deadlock || !told.node || !told.missing) return;
  const NodeIndex before = c.flow.edge(*told.missing).from;
  if (!c.facts.reachable[at(before)]) return;  // unreachable says it
  if (told.bypass && guessed(c, *told.bypass)) return;
  const Node& join = c.flow.node(*told.node);
  Arguments arguments{{"node", join.label()}, {"missing", arrival_of(c.flow, *told.missing)}};
  if (!told.bypass) {
    tell_waiting(c, report.at(join.span, std::move(arguments), join.id()), join);
    return;
  }
  const NodeIndex decision = c.flow.edge(*told.bypass).from;
  arguments.push_back({"decision", c.flow.node(decision).label()});
  arguments.push_back({"outcome", outcome_of(c.flow, *told.bypass)});
  const bool alternatives = told.split == decision;
  const LocalizedText text =
      alternatives
          ? LocalizedText{"“{node}”要等齐各路才继续，但“{decision}”选“{outcome}”后“{missing}”不会来",
                          "'{node}' waits for all its entries, but after '{outcome}' of "
                          "'{decision}' nothing comes from '{missing}'"}
          : LocalizedText{"“{node}”会一直等不到“{missing}”：“{decision}”选“{outcome}”就绕过了它",
                          "'{node}' may wait for ever for '{missing}': '{outcome}' of "
                          "'{decision}' goes past it"};
  Diagnostic& finding = report.at(join.span, text, std::move(arguments), join.id());
  finding.help =
      alternatives
          ? LocalizedText{"“{decision}”是择一的，“{node}”就不要用 <join>，各路直接接到下一步；"
                          "要同时办理则用 <parallel> 分路",
                          "'{decision}' takes one exit: lead its branches to the next step "
                          "instead of the <join> '{node}', or split with <parallel>"}
          : LocalizedText{"把“{decision}”的“{outcome}”接到“{node}”，或把这一判断移到分路之前",
                          "lead '{outcome}' of '{decision}' to '{node}', or decide before the "
                          "branches split"};
  tell_waiting(c, finding, join);
}

void check_loop_entry(const RuleContext& c, Reporter& report) {
  const Soundness& told = c.facts.soundness;
  if (told.defect != Defect::loop_entry_waits || !told.node || !told.missing) return;
  const Node& join = c.flow.node(*told.node);
  const NodeIndex before = c.flow.edge(*told.missing).from;
  if (!c.facts.reachable[at(before)]) return;
  Arguments arguments{{"node", join.label()}, {"missing", arrival_of(c.flow, *told.missing)}};
  const bool within = c.facts.component[at(before)] == c.facts.component[at(*told.node)];
  Diagnostic& finding =
      within ? report.at(join.span, std::move(arguments), join.id())
             : report.at(join.span,
                         {"“{node}”每一轮都要等“{missing}”，但它只来一次",
                          "'{node}' waits in every round for '{missing}', which comes only once"},
                         std::move(arguments), join.id());
  tell_waiting(c, finding, join);
}

}  // namespace

extern constinit const Rule deadlock{
    .code = "S120",
    .name = "deadlock",
    .severity = Severity::error,
    .source = {"GB/T 1526-1989（ISO 5807:1985）并行方式",
               "GB/T 1526-1989 (ISO 5807:1985), parallel mode"},
    .message = {"“{node}”会一直等不到“{missing}”", "'{node}' may wait for ever for '{missing}'"},
    .help = {"让“{missing}”在每种情况下都到达“{node}”，或不要在“{node}”等它",
             "let '{missing}' come to '{node}' in every case, or do not wait for it there"},
    .certainty = Certainty::knowledge,
    .domain = "R39",
    .check = &check_deadlock,
};

extern constinit const Rule join_waits_for_its_loop{
    .code = "S121",
    .name = "join-waits-for-its-loop",
    .severity = Severity::error,
    .source = {"GB/T 1526-1989（ISO 5807:1985）并行方式",
               "GB/T 1526-1989 (ISO 5807:1985), parallel mode"},
    .message = {"“{node}”要等“{missing}”，但它在“{node}”之后才会来",
                "'{node}' waits for '{missing}', which comes only after it"},
    .help = {"往回的线接到一个普通步骤，不要接到 <join>“{node}”",
             "lead the way back to an ordinary step, not to the <join> '{node}'"},
    .certainty = Certainty::knowledge,
    .domain = "R39",
    .check = &check_loop_entry,
};

}  // namespace flowproof::rules
