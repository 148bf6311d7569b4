#include "rules/rule_support.hpp"

namespace flowproof::rules {

// An island is reported once, at the node its flow begins with; the others are its witness.
static void check(const RuleContext& c, Reporter& report) {
  if (c.facts.starts.empty()) return;  // missing-start says it
  for (const NodeIndex i : every_node(c.flow)) {
    if (c.flow.node(i).incomplete) return;  // the exit that could not be resolved may lead here
  }
  std::vector<bool> entered(c.flow.nodes.size());  // per component: from another one
  for (const Edge& edge : c.flow.edges) {
    const std::uint32_t from = c.facts.component[at(edge.from)];
    const std::uint32_t to = c.facts.component[at(edge.to)];
    if (from != to) entered[to] = true;
  }
  std::vector<bool> told(c.flow.nodes.size());
  for (const NodeIndex i : c.facts.order) {
    const std::uint32_t component = c.facts.component[at(i)];
    if (c.facts.reachable[at(i)] || entered[component] || told[component]) continue;
    told[component] = true;
    const Node& node = c.flow.node(i);
    Diagnostic& finding = report.at(node.span, {{"node", node.label()}}, node.id());
    const std::vector<bool> island = reach(c.flow, c.facts.graph, {i}, Direction::forward);
    for (const NodeIndex j : c.facts.order) {
      if (j == i || !island[at(j)] || c.facts.reachable[at(j)]) continue;
      const Node& next = c.flow.node(j);
      finding.witness.push_back({next.span,
                                 {{"“{node}”也因此走不到", "nor can '{node}', which follows it"},
                                  {{"node", next.label()}}},
                                 next.id()});
    }
  }
}

extern constinit const Rule unreachable{
    .code = "S104",
    .name = "unreachable",
    .severity = Severity::error,
    .source = {"GB/T 1526-1989（ISO 5807:1985）流程图惯例",
               "GB/T 1526-1989 (ISO 5807:1985) conventions"},
    .message = {"从开始走不到“{node}”", "'{node}' cannot be reached from the start"},
    .help = {"从前一步接一条出口到这里，或删去它",
             "connect it from the step before it, or delete it"},
    .certainty = Certainty::knowledge,
    .domain = "R35",
    .check = &check,
};

}  // namespace flowproof::rules
