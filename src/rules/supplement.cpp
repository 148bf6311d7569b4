// 补正: told within its limit, and before acceptance.
#include <algorithm>

#include "rules/judgement.hpp"

namespace flowproof::rules {

namespace {

bool supplements(const RuleContext& c, NodeIndex i) {
  const Meaning& meaning = c.facts.meanings[at(i)];
  return c.facts.reachable[at(i)] && c.flow.node(i).kind != NodeKind::decision &&
         (meaning.is(Stage::supplement) || meaning.is(Outcome::supplement));
}

/// A box whose limit is that for telling the applicant: the notice itself, or the examination of
/// the materials that leads to it. What the applicant takes is his own time.
bool tells(const RuleContext& c, NodeIndex i) {
  const Node& node = c.flow.node(i);
  if (!c.facts.reachable[at(i)] || by_applicant(c, node)) return false;
  if (supplements(c, i)) return !c.profile.phrase_in("notice", words_of(node)).empty();
  const auto exits = c.facts.graph.exits(i);
  return node.kind == NodeKind::decision && c.facts.meanings[at(i)].is(Stage::accept) &&
         std::any_of(exits.begin(), exits.end(),
                     [&](EdgeIndex e) { return supplements(c, c.flow.edge(e).to); });
}

void check_limit(const RuleContext& c, Reporter& report) {
  const Clock* clock = clock_of(c, "supplement");
  const bool special = clock != nullptr && !clock->items.empty();
  if (clock == nullptr || (c.facts.type != ItemType::licence && !special)) return;
  for (const NodeIndex i : every_node(c.flow)) {
    const Node& node = c.flow.node(i);
    if (!tells(c, i) || !node.limit.has_amount() || !node.counted() ||
        !over_clock(c, node.limit.amount, *clock) ||
        (!special && cites_special_law(c, node.get(Attribute::basis)))) {
      continue;
    }
    report.at(node.place(Attribute::limit),
              {{"node", node.label()}, {"limit", node.limit.amount}, {"law", clock->limit.amount}},
              node.id());
  }
}

/// Boxes of one of the stages and of none of the `others`.
std::vector<NodeIndex> of_stages(const RuleContext& c, std::uint32_t stages, std::uint32_t others,
                                 const std::vector<bool>* among) {
  std::vector<NodeIndex> nodes;
  for (const NodeIndex i : every_node(c.flow)) {
    const Meaning& meaning = c.facts.meanings[at(i)];
    if ((meaning.stages & stages) != 0 && (meaning.stages & others) == 0 && !meaning.adverse() &&
        (among == nullptr || (*among)[at(i)])) {
      nodes.push_back(i);
    }
  }
  return nodes;
}

// 收件 → 受理 → 审查 → 补正: forward only, as every 补正 leads back to receipt.
void check_order(const RuleContext& c, Reporter& report) {
  constexpr std::uint32_t later = bit_of(Stage::review) | bit_of(Stage::site);
  const auto onward = [&](std::vector<NodeIndex> seeds) {
    return reach(c.flow, c.facts.graph, std::move(seeds), Direction::forward, &c.facts.returns);
  };
  constexpr std::uint32_t accept = bit_of(Stage::accept);
  const std::vector<bool> accepted = onward(of_stages(c, accept, 0, nullptr));
  // One box may examine and accept (受理与审查): what it sends back is asked before acceptance.
  const std::vector<bool> reviewed = onward(of_stages(c, later, accept, &accepted));
  for (const NodeIndex i : every_node(c.flow)) {
    const Node& node = c.flow.node(i);
    if (!supplements(c, i) || !reviewed[at(i)] || !node.get(Attribute::basis).empty()) continue;
    report.at(node.span, {{"node", node.label()}}, node.id());
  }
}

}  // namespace

extern constinit const Rule late_supplement_notice{
    .code = "T305",
    .name = "late-supplement-notice",
    .severity = Severity::error,
    .source = {"行政许可法第三十二条第一款第（四）项（其他事项参照）",
               "Administrative Licensing Law, art. 32(1)(4) (other items by analogy)"},
    .message = {"“{node}”时限 {limit}，超过补正告知的 {law}",
                "'{node}' takes {limit}, more than the {law} for telling what is missing"},
    .help =
        {"当场或者五日内一次告知，逾期不告知的自收到材料之日起即为受理；单行法另有规定的写明依据",
         "tell it at once or within five days, or it counts as accepted; if a special law says "
         "otherwise, give it as basis"},
    .domain = "R09",
    .check = &check_limit,
};

extern constinit const Rule supplement_after_acceptance{
    .code = "C209",
    .name = "supplement-after-acceptance",
    .severity = Severity::warning,
    .source = {"行政许可法第三十二条第一款第（四）项（其他事项参照）",
               "Administrative Licensing Law, art. 32(1)(4) (other items by analogy)"},
    .message = {"“{node}”在受理、审查之后才要求补正",
                "'{node}' asks for more materials after acceptance and review"},
    .help = {"受理之前一次告知全部补正内容；法律、法规规定审查阶段可以补正的，写明依据",
             "tell everything once before acceptance; if a law allows it later, give it as basis"},
    .domain = "R10",
    .check = &check_order,
};

}  // namespace flowproof::rules
