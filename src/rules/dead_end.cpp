#include "rules/rule_support.hpp"

namespace flowproof::rules {

static void check(const RuleContext& c, Reporter& report) {
  if (c.facts.ends.empty()) return;  // missing-end tells where the chart stops
  for (const NodeIndex i : every_node(c.flow)) {
    const Node& node = c.flow.node(i);
    // What cannot be reached is one defect; an exit that could not be resolved is another.
    if (node.kind == NodeKind::end || node.incomplete || !c.facts.reachable[at(i)]) continue;
    if (c.facts.graph.exits(i).empty()) {
      report.at(node.span, {{"node", node.label()}}, node.id());
    }
  }
}

extern constinit const Rule dead_end{
    .code = "S105",
    .name = "dead-end",
    .severity = Severity::error,
    .source = {"GB/T 1526-1989（ISO 5807:1985）流程图惯例",
               "GB/T 1526-1989 (ISO 5807:1985) conventions"},
    .message = {"“{node}”之后没有下一步，也不是结束", "'{node}' leads nowhere and is not an end"},
    .help = {"用 <to node=\"…\"/> 接上下一步，或改为 <end>",
             "connect it with <to node=\"…\"/> or make it an <end>"},
    .certainty = Certainty::knowledge,
    .domain = "R35",
    .check = &check,
};

}  // namespace flowproof::rules
