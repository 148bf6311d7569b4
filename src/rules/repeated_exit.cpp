#include <set>

#include "rules/rule_support.hpp"

namespace flowproof::rules {

static void check(const RuleContext& c, Reporter& report) {
  for (const NodeIndex i : every_node(c.flow)) {
    const Node& node = c.flow.node(i);
    if (node.kind == NodeKind::decision) continue;  // two conditions may lead to the same step
    std::set<NodeIndex> seen;
    for (const EdgeIndex e : c.facts.graph.exits(i)) {
      const Edge& edge = c.flow.edge(e);
      if (edge.timeout || seen.insert(edge.to).second) continue;
      report.at(edge.span, {{"node", node.label()}, {"next", c.flow.node(edge.to).label()}},
                node.id());
    }
  }
}

extern constinit const Rule repeated_exit{
    .code = "S111",
    .name = "repeated-exit",
    .severity = Severity::error,
    .source = {"GB/T 1526-1989（ISO 5807:1985）流线", "GB/T 1526-1989 (ISO 5807:1985), flow line"},
    .message = {"“{node}”到“{next}”的出口写了两次",
                "the exit from '{node}' to '{next}' is written twice"},
    .help = {"删去重复的一个", "delete one of them"},
    .certainty = Certainty::knowledge,
    .domain = "R35",
    .check = &check,
};

}  // namespace flowproof::rules
