#include "rules/judgement.hpp"

namespace flowproof::rules {

namespace {

void add_sum(const RuleContext& c, const TimedPath& path, Diagnostic& finding) {
  Quantity sum{0, path.total.unit};
  for (const TimedPath::Step& step : path.steps) {
    const Node& node = c.flow.node(step.node);
    if (step.milli == 0) {
      if (!node.limit.has_amount() || node.limit.amount.milli == 0) continue;
      if (c.facts.counted[at(step.node)]) continue;  // before the clock starts
      finding.witness.push_back({node.place(Attribute::limit),
                                 {{"“{node}” {limit}，不计入", "'{node}' {limit}, not counted"},
                                  {{"node", node.label()}, {"limit", node.limit.amount}}},
                                 node.id()});
      continue;
    }
    const bool cumulative = sum.milli == 0 && node.limit.amount.milli == step.milli &&
                            (node.limit.ordinal || node.limit.start == LimitStart::acceptance);
    sum.milli += step.milli;
    const Quantity amount{step.milli, sum.unit};
    const LocalizedText text =
        cumulative ? LocalizedText{"“{node}” 自受理起第{limit}，累计 {sum}",
                                   "'{node}' by {limit} after acceptance, total {sum}"}
                   : LocalizedText{"“{node}” {limit}，累计 {sum}", "'{node}' {limit}, total {sum}"};
    finding.witness.push_back({node.place(Attribute::limit),
                               {text, {{"node", node.label()}, {"limit", amount}, {"sum", sum}}},
                               node.id()});
  }
}

/// The path that breaks the limit: without ways back if it can be, else with their rounds.
const TimedPath* path_over(const RuleContext& c, const ClockFacts& clock, const Limit& limit) {
  if (limit.reading == nullptr || !limit.reading->has_amount() || !clock.longest) return nullptr;
  const auto over = [&](const TimedPath& path) {
    return judge(c, path.total, limit.reading->amount).order == Order::over;
  };
  if (over(*clock.longest)) return &*clock.longest;
  return clock.repeating && over(*clock.repeating) ? &*clock.repeating : nullptr;
}

void report_path(const RuleContext& c, Reporter& report, const ClockFacts& clock,
                 const TimedPath& path, const Limit& limit) {
  // The last addend is where the reader sees the sum pass the limit.
  NodeIndex last = path.steps.back().node;
  for (const TimedPath::Step& step : path.steps) {
    if (step.milli != 0) last = step.node;
  }
  const Node& node = c.flow.node(last);
  Diagnostic& finding = report.at(node.place(Attribute::limit),
                                  {{"from", name_of(clock.span.from)},
                                   {"to", name_of(clock.span.to)},
                                   {"sum", path.total},
                                   {"limit", limit.reading->amount}},
                                  node.id());
  if (!path.proven) finding.severity = std::min(finding.severity, Severity::warning);
  add_sum(c, path, finding);
  const bool by_profile = limit.place.length == 0;  // no place in the user's documents
  if (!by_profile) {
    finding.witness.push_back({limit.place,
                               {{"时限写在这里：{limit}", "the limit is given here: {limit}"},
                                {{"limit", limit.reading->amount}}}});
  }
  cite_dates(judge(c, path.total, limit.reading->amount),
             by_profile ? node.place(Attribute::limit) : limit.place, finding);
}

bool statutory_broken(const RuleContext& c) {
  return path_over(c, c.facts.decision, statutory_limit(c)) != nullptr;
}

void check_promise(const RuleContext& c, Reporter& report) {
  const Limit limit = promised_limit(c);
  const TimedPath* path = path_over(c, c.facts.promise, limit);
  // One sum over both limits is one defect: the graver one is told.
  const bool same_sum = c.facts.promise.span == c.facts.decision.span;
  if (path == nullptr || (same_sum && statutory_broken(c))) return;
  report_path(c, report, c.facts.promise, *path, limit);
}

void check_statutory(const RuleContext& c, Reporter& report) {
  const Limit limit = statutory_limit(c);
  if (const TimedPath* path = path_over(c, c.facts.decision, limit)) {
    report_path(c, report, c.facts.decision, *path, limit);
  }
}

// Other items have limits of their own laws, which the chart does not say.
void check_delivery(const RuleContext& c, Reporter& report) {
  const Clock* clock = c.profile.clock("deliver");
  if (clock == nullptr || c.facts.type != ItemType::licence) return;
  const Limit limit{&clock->limit, {}};
  if (const TimedPath* path = path_over(c, c.facts.delivery, limit)) {
    report_path(c, report, c.facts.delivery, *path, limit);
  }
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
    .source = {"行政许可法第四十二条、第七十四条第（二）项",
               "Administrative Licensing Law, arts. 42, 74(2)"},
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
