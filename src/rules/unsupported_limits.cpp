// Limits that need a basis: a statutory limit beyond the general law, an extension.
#include <algorithm>

#include "rules/judgement.hpp"

namespace flowproof::rules {

namespace {

const Clock* decision_clock(const RuleContext& c) {
  return clock_of(c, c.facts.handling == Handling::joint ? "joint" : "decide");
}

void check_statutory(const RuleContext& c, Reporter& report) {
  const Clock* clock = decision_clock(c);
  const bool special = clock != nullptr && !clock->items.empty();
  if (clock == nullptr || (c.facts.type != ItemType::licence && !special) ||
      c.facts.handling == Handling::instant) {
    return;
  }
  const GuideLimit& limit = c.guide->statutory;
  const LimitForm form = limit.reading.form;
  const Quantity law = clock->limit.amount;
  if (form == LimitForm::absent || form == LimitForm::none) {
    // A query about a licence is no licence, whatever its name; and the chart may say the limit.
    if (c.facts.type != ItemType::licence || !c.flow.statutory.empty()) return;
    report.at(limit.place.length == 0 ? c.guide->span : limit.place, {{"law", law}});
  } else if (!limit.reading.has_amount() || !over_clock(c, limit.reading.amount, *clock)) {
    return;
  } else if (special) {
    report.at(limit.value.span,
              {"法定时限 {limit} 长于{source}规定的 {law}",
               "the statutory {limit} is longer than the {law} of {source}"},
              {{"limit", limit.reading.amount}, {"law", law}, {"source", clock->source}});
  } else if (!cites_special_law(c, limit.basis.empty() ? limit.note.value : limit.basis.value)) {
    Diagnostic& finding = report.at(
        limit.value.span,
        {"法定时限 {limit} 超过行政许可法一般规定的 {law}，却没有写明依据哪部法律、法规",
         "the statutory {limit} is longer than the {law} of the licensing law, and no special "
         "law is cited"},
        {{"limit", limit.reading.amount}, {"law", law}});
    // Many portals' records have no place for a basis: that none is given proves little.
    if (c.flow.nodes.empty() && limit.basis.empty() && limit.note.empty()) {
      finding.severity = std::min(finding.severity, Severity::info);
    }
  }
}

void check_extension(const RuleContext& c, Reporter& report) {
  const Clock* clock = decision_clock(c);
  if (clock == nullptr || c.facts.type != ItemType::licence) return;
  const Notes notes(c.flow);
  for (const NodeIndex i : every_node(c.flow)) {
    const Node& node = c.flow.node(i);
    if (!c.facts.reachable[at(i)] || !c.facts.meanings[at(i)].is(Stage::extend) ||
        node.kind == NodeKind::decision || node.kind == NodeKind::end || by_applicant(c, node)) {
      continue;  // of what the applicant asks for somebody else decides
    }
    if (c.profile.phrase_in("head", words_of(node) + notes.of_node[at(i)]).empty()) {
      report.at(node.span, {{"node", node.label()}, {"approver", clock->approver}}, node.id());
    }
    if (clock->extension && node.limit.has_amount() &&
        over_licensing_limit(node.limit.amount, *clock->extension) &&
        !cites_special_law(c, node.get(Attribute::basis))) {
      report.at(node.place(Attribute::limit),
                {"“{node}”延长 {limit}，最多可以延长 {most}",
                 "'{node}' extends by {limit}, at most {most} are allowed"},
                {{"node", node.label()}, {"limit", node.limit.amount}, {"most", *clock->extension}},
                node.id());
    }
  }
}

}  // namespace

extern constinit const Rule statutory_limit_unsupported{
    .code = "T309",
    .name = "statutory-limit-unsupported",
    .severity = Severity::warning,
    .source = {"行政许可法第四十二条", "Administrative Licensing Law, art. 42"},
    .message = {"行政许可没有写法定时限；法律、法规没有另行规定的，是 {law}",
                "the licence has no statutory limit; unless another law says so it is {law}"},
    .help = {"写明法定时限；长于行政许可法的，写明规定它的法律、法规",
             "state the statutory limit; if it is longer than the general one, cite the law"},
    .domain = "R20",
    .needs = Needs::guide,
    .check = &check_statutory,
    .on_records = true,
};

extern constinit const Rule extension_unsupported{
    .code = "T313",
    .name = "extension-unsupported",
    .severity = Severity::error,
    .source = {"行政许可法第四十二条", "Administrative Licensing Law, art. 42"},
    .message = {"“{node}”没有写明由谁批准，应当经{approver}批准",
                "'{node}' does not say who approves it; the law wants {approver}"},
    .help = {"写明批准人并告知理由；延长不得超过法定天数，单行法另有规定的写明依据",
             "name who approves it and tell the reasons; keep to the days the law allows, or give "
             "the special law as basis"},
    .domain = "R28",
    .check = &check_extension,
};

}  // namespace flowproof::rules
