#include "rules/rule_support.hpp"

namespace flowproof::rules {

static void check(const RuleContext& c, Reporter& report) {
  for (const NodeIndex i : c.facts.ends) {
    const auto exits = c.facts.graph.exits(i);
    if (exits.empty()) continue;
    const Node& node = c.flow.node(i);
    report.at(
        c.flow.edge(exits.front()).span,
        {{"node", node.label()}, {"next", c.flow.node(c.flow.edge(exits.front()).to).label()}},
        node.id());
  }
}

extern constinit const Rule end_with_exit{
    .code = "S106",
    .name = "end-with-exit",
    .severity = Severity::error,
    .source = {"GB/T 1526-1989（ISO 5807:1985）端点符",
               "GB/T 1526-1989 (ISO 5807:1985), terminator"},
    .message = {"结束“{node}”之后又到“{next}”", "the end '{node}' goes on to '{next}'"},
    .help = {"删去这一出口，或把结束改为步骤", "delete the exit, or make the end a step"},
    .certainty = Certainty::knowledge,
    .domain = "R35",
    .check = &check,
};

}  // namespace flowproof::rules
