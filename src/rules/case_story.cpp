#include "rules/case_story.hpp"

#include <algorithm>
#include <map>

#include "rules/soundness_story.hpp"

namespace flowproof::rules {

void doubt_if_inconsistent(const RuleContext& c, std::span<const EdgeIndex> exits,
                           Diagnostic& finding) {
  std::map<std::string_view, EdgeIndex> answers;
  for (const EdgeIndex e : exits) {
    if (c.facts.returns[at(e)]) answers.clear();
    const Edge& edge = c.flow.edge(e);
    const Node& node = c.flow.node(edge.from);
    const std::string& condition = node.get(Attribute::condition);
    if (condition.empty()) continue;
    const auto [known, first] = answers.emplace(condition, e);
    const Edge& before = c.flow.edge(known->second);
    if (first || before.when.value == edge.when.value) continue;
    finding.severity = std::min(finding.severity, Severity::warning);
    finding.witness.push_back(
        {edge.when.span,
         {{"这种走法可能不会出现：同一条件“{condition}”前面答“{before}”，这里答“{after}”",
           "this may not happen: condition '{condition}' is answered '{before}' before and "
           "'{after}' here"},
          {{"condition", condition}, {"before", before.when.value}, {"after", edge.when.value}}},
         node.id()});
    return;
  }
}

void doubt_if_inconsistent(const RuleContext& c, std::span<const RunStep> run,
                           Diagnostic& finding) {
  std::vector<EdgeIndex> exits;
  for (const RunStep& step : run) {
    if (step.to) exits.push_back(*step.to);
  }
  doubt_if_inconsistent(c, exits, finding);
}

void tell_choices(const RuleContext& c, std::span<const RunStep> run, Diagnostic& finding) {
  doubt_if_inconsistent(c, run, finding);
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
