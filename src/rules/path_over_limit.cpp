// The longest way against the limits of the item and of delivery.
#include <algorithm>

#include "rules/path_sum.hpp"

namespace flowproof::rules {

namespace {

void check_promise(const RuleContext& c, Reporter& report) {
  const Limit limit = promised_limit(c);
  const Overrun found = overrun(c, c.facts.promise, limit);
  // One sum over both limits is one defect: the graver one is told.
  const bool same_sum = c.facts.promise.span == c.facts.decision.span;
  if (!found || (same_sum && overrun(c, c.facts.decision, statutory_limit(c)))) return;
  report_overrun(c, report, c.facts.promise, found, limit, {"承诺时限", "promise"});
}

/// What the law sets where neither guide nor chart states a limit: 45 days where several offices
/// decide together (42(2)), or what a special law says. The general 20 days yield to any other law,
/// so that none is stated is all that can be said (statutory-limit-unsupported).
const Clock* default_clock(const RuleContext& c) {
  if (c.facts.type != ItemType::licence || c.facts.handling == Handling::instant) return nullptr;
  const Clock* decide = clock_of(c, "decide");
  if (decide != nullptr && !decide->items.empty()) return decide;
  return c.facts.handling == Handling::joint ? clock_of(c, "joint") : nullptr;
}

void check_statutory(const RuleContext& c, Reporter& report) {
  const Limit limit = statutory_limit(c);
  const LocalizedText which{"法定时限", "statutory limit"};
  if (limit.reading != nullptr) {
    report_overrun(c, report, c.facts.decision, overrun(c, c.facts.decision, limit), limit, which);
    return;
  }
  const Clock* clock = default_clock(c);
  if (clock == nullptr || clock->span != c.facts.decision.span) return;
  const Limit law{&clock->limit, {}};
  const bool same_sum = c.facts.promise.span == c.facts.decision.span;
  if (same_sum && overrun(c, c.facts.promise, promised_limit(c))) return;  // told already
  Diagnostic* finding =
      report_overrun(c, report, c.facts.decision, overrun(c, c.facts.decision, law), law, which);
  if (finding == nullptr) return;
  finding->severity = std::min(finding->severity, Severity::warning);  // another law may say more
  finding->witness.push_back({finding->span,
                              {{"没有写明法定时限，依{source}是 {limit}",
                                "no statutory limit is stated; by {source} it is {limit}"},
                               {{"source", clock->source}, {"limit", clock->limit.amount}}}});
}

/// "决定并送达 16个工作日": how much of it comes after the decision is not said.
bool decides_too(const RuleContext& c, const Overrun& found) {
  const auto decides = [&](NodeIndex node) { return c.facts.meanings[at(node)].is(Stage::decide); };
  if (found.way != nullptr)
    return std::any_of(found.way->nodes.begin(), found.way->nodes.end(), decides);
  return found.path != nullptr &&
         std::any_of(found.path->steps.begin(), found.path->steps.end(),
                     [&](const auto& step) { return step.milli != 0 && decides(step.node); });
}

// Other items have limits of their own laws, which the chart does not say.
void check_delivery(const RuleContext& c, Reporter& report) {
  const Clock* clock = clock_of(c, "deliver");
  if (clock == nullptr || c.facts.type != ItemType::licence) return;
  const Limit limit{&clock->limit, {}};
  const Overrun found = overrun(c, c.facts.delivery, limit);
  if (decides_too(c, found)) return;
  report_overrun(c, report, c.facts.delivery, found, limit, {"法定送达期限", "time for delivery"});
}

}  // namespace

extern constinit const Rule path_over_promise{
    .code = "T302",
    .name = "path-over-promise",
    .severity = Severity::error,
    .source = {"行政许可案卷评查标准：各级审查总和不得超过承诺时限",
               "case review standard: the sum of all reviews must not exceed the promise"},
    .message = {"从{from}到{to}最长要 {sum}，超过承诺时限 {limit}",
                "{from} to {to} takes up to {sum}, more than the promised {limit}"},
    .help = {"缩短路径上的环节时限，或按实际修改承诺时限；依法不计入的环节写 counted=\"no\" 和依据",
             "shorten the steps on this way or change the promise; mark what the law excludes with "
             "counted=\"no\" and its basis"},
    .certainty = Certainty::found,
    .domain = "R12",
    .check = &check_promise,
};

extern constinit const Rule path_over_statutory{
    .code = "T303",
    .name = "path-over-statutory",
    .severity = Severity::error,
    .source = {"行政许可法第四十二条、第七十四条第（二）项（其他事项参照）",
               "Administrative Licensing Law, arts. 42, 74(2) (other items by analogy)"},
    .message = {"从{from}到{to}最长要 {sum}，超过法定时限 {limit}",
                "{from} to {to} takes up to {sum}, more than the statutory {limit}"},
    .help = {"缩短路径上的环节时限；依法不计入的环节写 counted=\"no\" 和依据",
             "shorten the steps on this way; mark what the law excludes with counted=\"no\" and "
             "its basis"},
    .domain = "R13",
    .check = &check_statutory,
};

extern constinit const Rule late_delivery{
    .code = "T314",
    .name = "late-delivery",
    .severity = Severity::error,
    .source = {"行政许可法第四十四条", "Administrative Licensing Law, art. 44"},
    .message = {"从{from}到{to}最长要 {sum}，超过法定的 {limit}",
                "{from} to {to} takes up to {sum}, more than the {limit} of the law"},
    .help = {"缩短制证、送达的时限，自作出决定之日起十日内送达",
             "shorten making and delivering the licence: ten days from the decision"},
    .domain = "R29",
    .check = &check_delivery,
};

}  // namespace flowproof::rules
