// Boxes that repeat one another or use the wrong symbol.
#include <map>
#include <tuple>

#include "rules/rule_support.hpp"

namespace flowproof::rules {

namespace {

/// What makes two steps the same one.
using Identity = std::tuple<std::string, std::string, std::string, LaneIndex>;

Identity identity_of(const Node& node) {
  return {node.get(Attribute::text), node.get(Attribute::by), node.get(Attribute::stage),
          node.lane};
}

constexpr std::size_t most_groups = 64;  // one bit each; more of the same tells nothing new

/// Steps drawn more than once, each with its group's number.
std::map<Identity, std::size_t> repeated(const RuleContext& c) {
  std::map<Identity, std::size_t> seen, groups;
  for (const NodeIndex i : every_node(c.flow)) {
    const Node& node = c.flow.node(i);
    if (node.kind != NodeKind::step || node.get(Attribute::text).empty()) continue;
    const Identity identity = identity_of(node);
    if (++seen[identity] == 2 && groups.size() < most_groups) {
      groups.emplace(identity, groups.size());
    }
  }
  return groups;
}

// Alternatives may do the same thing; one after the other on a way is a repetition.
void check_repeats(const RuleContext& c, Reporter& report) {
  const auto groups = repeated(c);
  if (groups.empty()) return;
  std::vector<std::uint64_t> passed(c.flow.nodes.size());  // groups met before or at the node
  for (const NodeIndex i : c.facts.order) {
    for (const EdgeIndex e : c.facts.graph.entries(i)) {
      if (!c.facts.returns[at(e)]) passed[at(i)] |= passed[at(c.flow.edge(e).from)];
    }
    const Node& node = c.flow.node(i);
    if (node.kind != NodeKind::step) continue;
    const auto group = groups.find(identity_of(node));
    if (group == groups.end()) continue;
    const std::uint64_t bit = std::uint64_t{1} << group->second;
    if ((passed[at(i)] & bit) != 0) report.at(node.span, {{"node", node.label()}}, node.id());
    passed[at(i)] |= bit;
  }
}

bool is_question(std::string_view text) { return text.ends_with("？") || text.ends_with('?'); }

void check_boxes(const RuleContext& c, Reporter& report) {
  for (const NodeIndex i : every_node(c.flow)) {
    const Node& node = c.flow.node(i);
    const bool box = node.kind == NodeKind::step || node.kind == NodeKind::document ||
                     node.kind == NodeKind::data || node.kind == NodeKind::special;
    if (!box || !is_question(node.get(Attribute::text))) continue;
    report.at(node.place(Attribute::text), {{"node", node.label()}}, node.id());
  }
}

void check_diamonds(const RuleContext& c, Reporter& report) {
  for (const NodeIndex i : every_node(c.flow)) {
    const Node& node = c.flow.node(i);
    const std::string& text = node.get(Attribute::text);
    if (node.kind != NodeKind::decision || text.empty() ||
        !c.profile.phrase_in("question", text).empty()) {
      continue;
    }
    report.at(node.place(Attribute::text), {{"node", text}}, node.id());
  }
}

}  // namespace

extern constinit const Rule repeated_step{
    .code = "S112",
    .name = "repeated-step",
    .severity = Severity::warning,
    .source = {"GB/T 1526-1989（ISO 5807:1985）流程图惯例",
               "GB/T 1526-1989 (ISO 5807:1985) conventions"},
    .message = {"“{node}”在同一条路上画了两次", "'{node}' is drawn twice on one way"},
    .help = {"删去一个，或写明两步的区别", "delete one of them, or say how they differ"},
    .certainty = Certainty::knowledge,
    .domain = "R33",
    .check = &check_repeats,
};

extern constinit const Rule question_in_step{
    .code = "S113",
    .name = "question-in-step",
    .severity = Severity::warning,
    .source = {"GB/T 1526-1989（ISO 5807:1985）判断", "GB/T 1526-1989 (ISO 5807:1985), decision"},
    .message = {"“{node}”是提问，却不是判断", "'{node}' asks a question but is no decision"},
    .help = {"改用 <decision> 并写明各出口的条件，或改写为要做的事",
             "make it a <decision> with labelled exits, or say what is done"},
    .certainty = Certainty::knowledge,
    .domain = "R37",
    .check = &check_boxes,
};

extern constinit const Rule action_in_decision{
    .code = "S114",
    .name = "action-in-decision",
    .severity = Severity::warning,
    .source = {"GB/T 1526-1989（ISO 5807:1985）判断", "GB/T 1526-1989 (ISO 5807:1985), decision"},
    .message = {"判断“{node}”没有在问什么", "the decision '{node}' asks nothing"},
    .help = {"写成问题（如“是否符合条件？”），要做的事另画步骤",
             "word it as a question; draw what is done as a step before it"},
    .certainty = Certainty::knowledge,
    .domain = "R37",
    .check = &check_diamonds,
};

}  // namespace flowproof::rules
