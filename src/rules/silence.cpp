// Exits taken when a limit passes in silence (timeout="yes"): to what the law makes of silence.
#include "rules/rule_support.hpp"

namespace flowproof::rules {

namespace {

/// What the office's silence leads to before anything else is decided: the first outcome met.
std::optional<Outcome> outcome_after(const RuleContext& c, NodeIndex node) {
  for (int boxes = 0; boxes < 16; ++boxes) {
    const Meaning& meaning = c.facts.meanings[at(node)];
    if (c.flow.node(node).kind == NodeKind::decision) return std::nullopt;
    if (meaning.outcome) return meaning.outcome->meaning;
    const auto exits = c.facts.graph.exits(node);
    if (exits.size() != 1) return std::nullopt;
    node = c.flow.edge(exits.front()).to;
  }
  return std::nullopt;
}

void check_refusal(const RuleContext& c, Reporter& report) {
  if (c.facts.type != ItemType::licence) return;
  constexpr std::uint32_t of_office =
      bit_of(Stage::accept) | bit_of(Stage::review) | bit_of(Stage::decide);
  for (const Edge& edge : c.flow.edges) {
    const Node& from = c.flow.node(edge.from);
    const Meaning& meaning = c.facts.meanings[at(edge.from)];
    if (!edge.timeout || !c.facts.reachable[at(edge.from)] || by_applicant(c, from) ||
        meaning.is(Stage::supplement) || (meaning.stages & of_office) == 0 ||
        !from.get(Attribute::basis).empty()) {
      continue;
    }
    const std::optional<Outcome> outcome = outcome_after(c, edge.to);
    if (outcome != Outcome::refused && outcome != Outcome::not_accepted) continue;
    Diagnostic& finding =
        report.at(edge.span, {{"node", from.label()}, {"outcome", name_of(*outcome)}}, from.id());
    // That silence is acceptance the law says (32); of later silence only that it is a fault (74).
    if (!meaning.is(Stage::accept)) {
      finding.severity = std::min(finding.severity, Severity::warning);
    }
  }
}

void check_limit(const RuleContext& c, Reporter& report) {
  for (const Edge& edge : c.flow.edges) {
    const Node& from = c.flow.node(edge.from);
    if (!edge.timeout || !c.facts.reachable[at(edge.from)] ||
        (from.limit.has_amount() && from.limit.amount.milli > 0) ||
        from.limit.form == LimitForm::not_comparable) {
      continue;
    }
    report.at(edge.span, {{"node", from.label()}}, from.id());
  }
}

}  // namespace

extern constinit const Rule silence_refuses{
    .code = "C218",
    .name = "silence-refuses",
    .severity = Severity::error,
    .source = {"行政许可法第三十二条第一款第（四）项、第七十四条第（二）项",
               "Administrative Licensing Law, arts. 32(1)(4), 74(2)"},
    .message = {"“{node}”逾期就当作{outcome}，法律没有这样规定",
                "when '{node}' is late it counts as {outcome}: the law does not say so"},
    .help = {"补正告知逾期即为受理；逾期不作决定是违法，不是不予许可。单行法另有规定的写明依据",
             "late notice means acceptance; a late decision is a fault of the office, no refusal. "
             "If a special law says otherwise, give it as basis"},
    .check = &check_refusal,
};

extern constinit const Rule timeout_without_limit{
    .code = "S115",
    .name = "timeout-without-limit",
    .severity = Severity::warning,
    .source = {"flowproof 流程图格式，timeout 属性", "flowproof flow format, attribute timeout"},
    .message = {"“{node}”有逾期的出口，却没有时限",
                "'{node}' has an exit for lateness but no limit"},
    .help = {"写明 limit，逾期才有起点", "state the limit that is overrun"},
    .check = &check_limit,
};

}  // namespace flowproof::rules
