#include "rules/rule_support.hpp"

namespace flowproof::rules {

/// What follows in the island, each box once even if several islands lead to it.
static void add_rest(const RuleContext& c, NodeIndex root, std::vector<bool>& told,
                     Diagnostic& finding) {
  std::vector<NodeIndex> open{root};
  while (!open.empty()) {
    const NodeIndex from = open.back();
    open.pop_back();
    for (const EdgeIndex e : c.facts.graph.exits(from)) {
      const NodeIndex to = c.flow.edge(e).to;
      if (told[at(to)] || c.facts.reachable[at(to)]) continue;
      told[at(to)] = true;
      open.push_back(to);
      const Node& next = c.flow.node(to);
      finding.witness.push_back({next.span,
                                 {{"“{node}”也因此走不到", "nor can '{node}', which follows it"},
                                  {{"node", next.label()}}},
                                 next.id()});
    }
  }
}

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
    if (c.facts.reachable[at(i)] || entered[c.facts.component[at(i)]] || told[at(i)]) continue;
    told[at(i)] = true;
    const Node& node = c.flow.node(i);
    add_rest(c, i, told, report.at(node.span, {{"node", node.label()}}, node.id()));
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
