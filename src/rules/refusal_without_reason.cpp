#include <set>

#include "rules/rule_support.hpp"

namespace flowproof::rules {

namespace {

constexpr int longest_branch = 16;  // boxes between the decision and its end

/// The branch an exit leads into: what its boxes say together, and whether it is a refusal.
struct Branch {
  std::string words;
  bool refuses = false;
};

Branch follow(const RuleContext& c, const Notes& notes, NodeIndex head) {
  Branch branch;
  NodeIndex i = head;
  for (int length = 0; length < longest_branch; ++length) {
    const Node& node = c.flow.node(i);
    if (node.kind == NodeKind::decision) break;
    branch.words += words_of(node) + notes.of_node[at(i)];
    branch.refuses = branch.refuses || c.facts.meanings[at(i)].is(Outcome::refused);
    const auto exits = c.facts.graph.exits(i);
    if (exits.size() != 1 || c.facts.returns[at(exits.front())]) break;
    i = c.flow.edge(exits.front()).to;
  }
  return branch;
}

void check(const RuleContext& c, Reporter& report) {
  const Notes notes(c.flow);
  std::set<NodeIndex> told;
  for (const Edge& edge : c.flow.edges) {
    if (c.flow.node(edge.from).kind != NodeKind::decision || !c.facts.reachable[at(edge.from)] ||
        c.flow.node(edge.to).kind == NodeKind::decision) {
      continue;
    }
    const Branch branch = follow(c, notes, edge.to);
    if (!branch.refuses || !told.insert(edge.to).second) continue;
    const std::string words = branch.words + notes.footer;
    std::vector<LocalizedText> lacks;
    if (c.profile.phrase_in("reason", words).empty()) lacks.push_back({"理由", "reasons"});
    if (c.profile.phrase_in("remedy", words).empty()) {
      lacks.push_back({"复议、诉讼权利", "the right to review and to sue"});
    }
    // The licensing law asks for both; of other items it is not known what their laws ask.
    const std::size_t least = c.facts.type == ItemType::licence ? 1 : 2;
    if (lacks.size() < least) continue;
    const Node& node = c.flow.node(edge.to);
    report.at(node.span, {{"node", node.label()}, {"lacks", std::move(lacks)}}, node.id());
  }
}

}  // namespace

extern constinit const Rule refusal_without_reason{
    .code = "C208",
    .name = "refusal-without-reason",
    .severity = Severity::warning,
    .source = {"行政许可法第三十八条第二款、第七十二条（其他事项参照）",
               "Administrative Licensing Law, arts. 38(2), 72 (other items by analogy)"},
    .message = {"“{node}”没有写明{lacks}", "'{node}' does not mention {lacks}"},
    .help = {"写明“书面说明理由，告知申请行政复议或者提起行政诉讼的权利”",
             "say that reasons are given and the right to review and to sue is told"},
    .domain = "R08",
    .check = &check,
};

}  // namespace flowproof::rules
