#include "rules/rule_support.hpp"

namespace flowproof::rules {

extern const Rule unreachable;

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
  // Per component: from another one that nobody comes to; from one that cases do come to, but only
  // those that answer otherwise.
  std::vector<bool> entered(c.flow.nodes.size()), contradicts(c.flow.nodes.size());
  for (const Edge& edge : c.flow.edges) {
    const std::uint32_t from = c.facts.component[at(edge.from)];
    const std::uint32_t to = c.facts.component[at(edge.to)];
    if (from != to) (c.facts.reachable[at(edge.from)] ? contradicts : entered)[to] = true;
  }
  std::vector<bool> told(c.flow.nodes.size());
  for (const NodeIndex i : c.facts.order) {
    if (c.facts.reachable[at(i)] || entered[c.facts.component[at(i)]] || told[at(i)]) continue;
    told[at(i)] = true;
    const Node& node = c.flow.node(i);
    const LocalizedText contradiction{
        "同一条件前后回答一致时，从开始走不到“{node}”",
        "'{node}' is reached only if one condition is answered in two ways"};
    const bool says_both = contradicts[c.facts.component[at(i)]];
    add_rest(c, i, told,
             report.at(node.span, says_both ? contradiction : unreachable.message,
                       {{"node", node.label()}}, node.id()));
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
