// Items of more than one office: joint handling (许可法 26), review by a lower office (35, 43).
#include <algorithm>
#include <set>

#include "rules/path_sum.hpp"

namespace flowproof::rules {

namespace {

void check_partners(const RuleContext& c, Reporter& report) {
  if (c.facts.handling != Handling::joint || c.flow.nodes.empty()) return;
  constexpr std::uint32_t inside =
      bit_of(Stage::review) | bit_of(Stage::site) | bit_of(Stage::special) | bit_of(Stage::decide);
  const Notes notes(c.flow);
  std::set<std::string> offices;
  for (const NodeIndex i : every_node(c.flow)) {
    const Node& node = c.flow.node(i);
    if ((c.facts.meanings[at(i)].stages & inside) == 0 || node.kind == NodeKind::end) continue;
    if (node.lane != no_lane) offices.insert(c.flow.lanes[at(node.lane)].name.value);
    if (node.has(Attribute::by)) offices.insert(node.get(Attribute::by));
    if (node.kind == NodeKind::subflow) return;  // drawn elsewhere
    const std::string words = words_of(node) + notes.of_node[at(i)] + notes.footer;
    if (!c.profile.phrase_in("partners", words).empty()) return;
  }
  if (offices.size() > 1) return;
  const Span place =
      c.flow.handling.empty() && c.guide != nullptr ? c.guide->handling.span : c.flow.handling.span;
  report.at(place, Arguments{});
}

void check_first_review(const RuleContext& c, Reporter& report) {
  const Clock* clock = clock_of(c, "first-review");
  if (clock == nullptr || c.facts.type != ItemType::licence) return;
  const Limit limit{&clock->limit, {}};
  report_overrun(c, report, c.facts.first_review, overrun(c, c.facts.first_review, limit), limit,
                 {"法定初审期限", "time for the first review"});
}

/// After the report upward: boxes that take materials from the applicant again.
void check_again(const RuleContext& c, Reporter& report) {
  std::vector<NodeIndex> forwards;
  for (const NodeIndex i : every_node(c.flow)) {
    const Node& node = c.flow.node(i);
    if (c.facts.reachable[at(i)] && c.facts.meanings[at(i)].is(Stage::forward) &&
        node.kind != NodeKind::end) {
      forwards.push_back(i);
    }
  }
  if (forwards.empty() || c.facts.type != ItemType::licence) return;
  const std::vector<bool> after =
      reach(c.flow, c.facts.graph, forwards, Direction::forward, &c.facts.returns);
  for (const NodeIndex i : every_node(c.flow)) {
    const Node& node = c.flow.node(i);
    const Meaning& meaning = c.facts.meanings[at(i)];
    if (!after[at(i)] || node.kind == NodeKind::end || meaning.is(Stage::forward) ||
        !node.get(Attribute::basis).empty()) {
      continue;
    }
    const bool asks = meaning.is(Stage::supplement) || meaning.is(Outcome::supplement) ||
                      (node.has(Attribute::material) && meaning.is(Stage::receive));
    if (asks) report.at(node.span, {{"node", node.label()}}, node.id());
  }
}

}  // namespace

extern constinit const Rule joint_without_partner{
    .code = "C215",
    .name = "joint-without-partner",
    .severity = Severity::warning,
    .source = {"行政许可法第二十六条第二款", "Administrative Licensing Law, art. 26(2)"},
    .message = {"联办件却只有一个部门审查和决定",
                "joint handling, yet a single office does it all"},
    .help = {"画出参加联办的部门（各用一条泳道），或改正办件类型",
             "draw the offices that take part, a lane each, or correct the kind of handling"},
    .certainty = Certainty::inferred,
    .domain = "R30",
    .check = &check_partners,
};

extern constinit const Rule late_first_review{
    .code = "T317",
    .name = "late-first-review",
    .severity = Severity::warning,
    .source = {"行政许可法第四十三条", "Administrative Licensing Law, art. 43"},
    .message = {"从{from}到{to}最长要 {sum}，下级机关初审不得超过 {limit}",
                "{from} to {to} takes up to {sum}; a lower office has {limit} for its review"},
    .help = {"缩短初审环节的时限；法律、法规另有规定的，写进配置",
             "shorten the steps of the first review; if a special law says otherwise, put it into "
             "the profile"},
    .domain = "R31",
    .check = &check_first_review,
};

extern constinit const Rule materials_asked_again{
    .code = "C216",
    .name = "materials-asked-again",
    .severity = Severity::warning,
    .source = {"行政许可法第三十五条：上级机关不得要求申请人重复提供申请材料",
               "Administrative Licensing Law, art. 35: the higher office may not ask again"},
    .message = {"上报之后，“{node}”又要求申请人提供材料",
                "after the report upward, '{node}' asks the applicant for materials again"},
    .help = {"由下级机关把初审意见和全部材料直接报送；法律、法规另有规定的写明依据",
             "let the lower office send its opinion with all papers; if a law says otherwise, give "
             "it as basis"},
    .domain = "R31",
    .check = &check_again,
};

}  // namespace flowproof::rules
