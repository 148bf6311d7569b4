#include <algorithm>

#include "rules/rule_support.hpp"

namespace flowproof::rules {

namespace {

bool required(const RuleContext& c, Outcome outcome) {
  const std::vector<Outcome>& outcomes = c.profile.required_outcomes;
  return std::find(outcomes.begin(), outcomes.end(), outcome) != outcomes.end();
}

/// An exit whose condition names the outcome leads to it, whatever the next box is called.
bool has_exit(const RuleContext& c, Outcome outcome) {
  return c.facts.has(outcome) ||
         std::any_of(c.flow.edges.begin(), c.flow.edges.end(), [&](const Edge& edge) {
           const Reading words = read_words(c.profile.vocabulary, edge.when.value);
           return words.outcome && words.outcome->meaning == outcome;
         });
}

/// Where a reader looks for the exit: the first decision of the stage, else the last box of it.
/// Empty if the stage is missing altogether, which is another finding, or may be hidden by an exit
/// that could not be resolved.
std::optional<NodeIndex> place_of_stage(const RuleContext& c, Stage stage) {
  std::optional<NodeIndex> place;
  for (const NodeIndex i : c.facts.order) {
    if (!c.facts.reachable[at(i)] || !c.facts.meanings[at(i)].is(stage)) continue;
    if (c.flow.node(i).incomplete) return std::nullopt;
    if (c.facts.meanings[at(i)].adverse() && c.flow.node(i).kind != NodeKind::decision) continue;
    place = i;
    if (c.flow.node(i).kind == NodeKind::decision) break;
  }
  return place;
}

Diagnostic* report_at_stage(const RuleContext& c, Reporter& report, Stage stage) {
  const auto place = place_of_stage(c, stage);
  if (!place) return nullptr;
  const Node& node = c.flow.node(*place);
  Diagnostic& finding = report.at(node.span, {{"node", node.label()}}, node.id());
  // For items handled on the spot the law leaves the form open; the exit is advice.
  if (c.facts.handling == Handling::instant) {
    finding.severity = std::min(finding.severity, Severity::warning);
  }
  return &finding;
}

void check_refused_acceptance(const RuleContext& c, Reporter& report) {
  if (!required(c, Outcome::not_accepted) || has_exit(c, Outcome::not_accepted)) return;
  report_at_stage(c, report, Stage::accept);
}

void check_refusal(const RuleContext& c, Reporter& report) {
  if (!required(c, Outcome::refused) || has_exit(c, Outcome::refused)) return;
  report_at_stage(c, report, Stage::decide);
}

/// A decision about it is none, unless it decides nothing (single-exit-decision).
bool is_supplement(const RuleContext& c, NodeIndex i) {
  const Meaning& meaning = c.facts.meanings[at(i)];
  return (c.flow.node(i).kind != NodeKind::decision || c.facts.graph.exits(i).size() == 1) &&
         (meaning.is(Stage::supplement) || meaning.is(Outcome::supplement));
}

/// Boxes that receive or examine the materials before acceptance is decided, and all that leads to
/// one.
std::vector<bool> leading_to_receipt(const RuleContext& c) {
  constexpr std::uint32_t receiving = bit_of(Stage::apply) | bit_of(Stage::precheck) |
                                      bit_of(Stage::receive) | bit_of(Stage::accept);
  std::vector<NodeIndex> seeds;
  for (const NodeIndex i : every_node(c.flow)) {
    const Meaning& meaning = c.facts.meanings[at(i)];
    const bool works = c.flow.node(i).kind != NodeKind::end;
    if (works && (meaning.stages & receiving) != 0 && !meaning.adverse()) seeds.push_back(i);
  }
  return reach(c.flow, c.facts.graph, std::move(seeds), Direction::backward);
}

/// An exit labelled 补正 may lead straight back.
bool told_by_label(const RuleContext& c, const std::vector<bool>& leads_back) {
  return std::any_of(c.flow.edges.begin(), c.flow.edges.end(), [&](const Edge& edge) {
    const Reading words = read_words(c.profile.vocabulary, edge.when.value);
    return words.outcome && words.outcome->meaning == Outcome::supplement &&
           leads_back[at(edge.to)];
  });
}

void check_supplement(const RuleContext& c, Reporter& report) {
  if (!required(c, Outcome::supplement)) return;
  const std::vector<bool> leads_back = leading_to_receipt(c);
  std::optional<NodeIndex> lost;
  for (const NodeIndex i : every_node(c.flow)) {
    if (c.flow.node(i).incomplete) return;
    if (!is_supplement(c, i)) continue;
    const auto exits = c.facts.graph.exits(i);
    // After acceptance it goes on with the review: another matter (行政许可法 32 gives one chance).
    if (!c.facts.reachable[at(i)] || std::any_of(exits.begin(), exits.end(), [&](EdgeIndex e) {
          return leads_back[at(c.flow.edge(e).to)];
        })) {
      return;
    }
    if (!lost) lost = i;
  }
  if (told_by_label(c, leads_back)) return;
  if (!lost) {
    report_at_stage(c, report, Stage::accept);
    return;
  }
  const Node& node = c.flow.node(*lost);
  report.at(
      node.span,
      {"“{node}”之后没有回到收件或受理", "'{node}' does not lead back to receipt or acceptance"},
      {{"node", node.label()}}, node.id());
}

}  // namespace

extern constinit const Rule missing_refused_acceptance{
    .code = "C205",
    .name = "missing-refused-acceptance",
    .severity = Severity::error,
    .source = {"行政许可法第三十二条第一款第（二）项（其他事项参照）",
               "Administrative Licensing Law, art. 32(1)(2) (other items by analogy)"},
    .message = {"“{node}”没有“不予受理”的出口",
                "'{node}' has no exit for refusing acceptance (不予受理)"},
    .help = {"加上“不予受理”的出口，接到出具不予受理决定书的结束",
             "add the exit 不予受理 to an end that issues the written refusal"},
    .domain = "R05",
    .check = &check_refused_acceptance,
};

extern constinit const Rule missing_supplement{
    .code = "C206",
    .name = "missing-supplement",
    .severity = Severity::error,
    .source = {"行政许可法第三十二条第一款第（四）项（其他事项参照）",
               "Administrative Licensing Law, art. 32(1)(4) (other items by analogy)"},
    .message = {"“{node}”没有“补正”（一次性告知）的出口",
                "'{node}' has no exit for supplementing materials (补正, told once)"},
    .help = {"材料不齐全时接到“一次性告知补正”，再用 max=\"1\" 的出口回到收件或受理",
             "lead incomplete applications to 一次性告知补正 and back to receipt with max=\"1\""},
    .domain = "R06",
    .check = &check_supplement,
};

extern constinit const Rule missing_refusal{
    .code = "C207",
    .name = "missing-refusal",
    .severity = Severity::error,
    .source = {"行政许可法第三十八条第二款（其他事项参照）",
               "Administrative Licensing Law, art. 38(2) (other items by analogy)"},
    .message = {"“{node}”没有“不予决定”的出口", "'{node}' has no exit for refusal (不予许可)"},
    .help = {"加上“不予”的出口，接到说明理由并告知复议、诉讼权利的结束",
             "add the exit for refusal to an end that gives reasons and tells of remedies"},
    .domain = "R07",
    .check = &check_refusal,
};

}  // namespace flowproof::rules
