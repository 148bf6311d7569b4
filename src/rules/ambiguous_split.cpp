#include <set>

#include "rules/rule_support.hpp"

namespace flowproof::rules {

static void check(const RuleContext& c, Reporter& report) {
  for (const NodeIndex i : every_node(c.flow)) {
    const Node& node = c.flow.node(i);
    if (node.kind == NodeKind::decision || node.kind == NodeKind::parallel ||
        node.kind == NodeKind::end || node.kind == NodeKind::subflow) {
      continue;
    }
    std::set<NodeIndex> seen;
    std::vector<std::string> next;
    for (const EdgeIndex e : c.facts.graph.exits(i)) {
      const Edge& edge = c.flow.edge(e);
      // A deemed outcome stands beside the ordinary exit; the same exit twice is another defect.
      if (edge.timeout || !seen.insert(edge.to).second) continue;
      next.push_back(c.flow.node(edge.to).label());
    }
    if (next.size() < 2) continue;
    report.at(node.span, {{"node", node.label()}, {"next", std::move(next)}}, node.id());
  }
}

extern constinit const Rule ambiguous_split{
    .code = "S110",
    .name = "ambiguous-split",
    .severity = Severity::error,
    .source = {"GB/T 1526-1989（ISO 5807:1985）判断、并行方式",
               "GB/T 1526-1989 (ISO 5807:1985), decision and parallel mode"},
    .message = {"“{node}”之后有多个下一步（{next}），看不出是择一还是同时办理",
                "'{node}' has several next steps ({next}): one of them, or all?"},
    .help = {"择一用 <decision> 并写明条件，同时办理用 <parallel>",
             "use a <decision> with conditions for one of them, <parallel> for all"},
    .certainty = Certainty::knowledge,
    .domain = "R36",
    .check = &check,
};

}  // namespace flowproof::rules
