#include "rules/case_story.hpp"

#include "rules/soundness_story.hpp"

namespace flowproof::rules {

void tell_choices(const RuleContext& c, std::span<const RunStep> run, Diagnostic& finding) {
  constexpr std::size_t most_choices = 12;
  std::size_t told = 0;
  for (const RunStep& step : run) {
    const Node& node = c.flow.node(step.node);
    if (!step.to || c.facts.graph.exits(step.node).size() < 2 || node.kind == NodeKind::parallel) {
      continue;
    }
    if (++told > most_choices) return;
    finding.witness.push_back({c.flow.edge(*step.to).span,
                               {{"“{node}”：{exit}", "'{node}': {exit}"},
                                {{"node", node.label()}, {"exit", outcome_of(c.flow, *step.to)}}},
                               node.id()});
  }
}

}  // namespace flowproof::rules
