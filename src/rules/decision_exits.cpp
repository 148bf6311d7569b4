#include <set>

#include "rules/rule_support.hpp"

namespace flowproof::rules {

namespace {

bool asks(const Node& node) { return node.kind == NodeKind::decision && !node.incomplete; }

void check_count(const RuleContext& c, Reporter& report) {
  for (const NodeIndex i : every_node(c.flow)) {
    const Node& node = c.flow.node(i);
    if (!asks(node) || c.facts.graph.exits(i).size() != 1) continue;  // none is a dead end
    report.at(node.span, {{"node", node.label()}}, node.id());
  }
}

void check_labels(const RuleContext& c, Reporter& report) {
  for (const NodeIndex i : every_node(c.flow)) {
    const Node& node = c.flow.node(i);
    const auto exits = c.facts.graph.exits(i);
    if (!asks(node) || exits.size() < 2) continue;
    for (const EdgeIndex e : exits) {
      const Edge& edge = c.flow.edge(e);
      if (!edge.when.empty() || edge.timeout) continue;
      report.at(edge.span, {{"node", node.label()}, {"next", c.flow.node(edge.to).label()}},
                node.id());
    }
  }
}

void check_repeats(const RuleContext& c, Reporter& report) {
  for (const NodeIndex i : every_node(c.flow)) {
    const Node& node = c.flow.node(i);
    if (!asks(node)) continue;
    std::set<std::string_view> seen;
    for (const EdgeIndex e : c.facts.graph.exits(i)) {
      const Edge& edge = c.flow.edge(e);
      if (edge.when.empty() || seen.insert(edge.when.value).second) continue;
      report.at(edge.when.span, {{"node", node.label()}, {"label", edge.when.value}}, node.id());
    }
  }
}

}  // namespace

extern constinit const Rule single_exit_decision{
    .code = "S107",
    .name = "single-exit-decision",
    .severity = Severity::error,
    .source = {"GB/T 1526-1989（ISO 5807:1985）判断", "GB/T 1526-1989 (ISO 5807:1985), decision"},
    .message = {"判断“{node}”只有一个出口", "the decision '{node}' has only one exit"},
    .help = {"补上另一种情况的出口，或改为步骤",
             "add the exit for the other case, or make it a step"},
    .certainty = Certainty::knowledge,
    .domain = "R36",
    .check = &check_count,
};

extern constinit const Rule unlabelled_exit{
    .code = "S108",
    .name = "unlabelled-exit",
    .severity = Severity::error,
    .source = {"GB/T 1526-1989（ISO 5807:1985）判断", "GB/T 1526-1989 (ISO 5807:1985), decision"},
    .message = {"判断“{node}”到“{next}”的出口没有写条件",
                "the exit of decision '{node}' to '{next}' does not say when it is taken"},
    .help = {"用 when=\"…\" 写明条件，如“是”“否”“准予”",
             "state the condition with when=\"…\", such as 是, 否 or 准予"},
    .certainty = Certainty::knowledge,
    .domain = "R36",
    .check = &check_labels,
};

extern constinit const Rule repeated_exit_label{
    .code = "S109",
    .name = "repeated-exit-label",
    .severity = Severity::error,
    .source = {"GB/T 1526-1989（ISO 5807:1985）判断", "GB/T 1526-1989 (ISO 5807:1985), decision"},
    .message = {"判断“{node}”有两个出口都写“{label}”",
                "two exits of decision '{node}' both say '{label}'"},
    .help = {"改写其中一个条件，使每种情况只有一个出口",
             "reword one of the conditions so that each case has one exit"},
    .certainty = Certainty::knowledge,
    .domain = "R36",
    .check = &check_repeats,
};

}  // namespace flowproof::rules
