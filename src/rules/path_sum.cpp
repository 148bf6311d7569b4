#include "rules/path_sum.hpp"

#include <map>

#include "rules/case_story.hpp"

namespace flowproof::rules {

namespace {

/// A call without a limit of its own takes what the flow called takes.
void add_call(const RuleContext& c, const TimedPath::Step& step, const Quantity& sum,
              Diagnostic& finding) {
  const Node& node = c.flow.node(step.node);
  const CalledFlow* called = c.facts.calls.flow_of(step.node);
  if (called == nullptr) return;
  finding.witness.push_back({node.place(Attribute::href),
                             {{"“{node}”调用“{title}” {limit}，累计 {sum}",
                               "'{node}' calls '{title}', {limit}, total {sum}"},
                              {{"node", node.label()},
                               {"title", called->title},
                               {"limit", Quantity{step.milli, sum.unit}},
                               {"sum", sum}}},
                             node.id()});
  for (const bool rounds : {false, true}) {
    const CalledTime* time = c.facts.calls.time_of(step.node, step.exit, rounds);
    if (time == nullptr || time->milli != step.milli) continue;
    tell_called_time(*time, finding);
    return;
  }
}

void add_sum(const RuleContext& c, const TimedPath& path, Diagnostic& finding) {
  Quantity sum{0, path.total.unit};
  std::map<NodeIndex, std::int64_t> rounds;
  for (const TimedPath::Step& step : path.steps) {
    const Node& node = c.flow.node(step.node);
    const std::int64_t round = ++rounds[step.node];
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
    if (!node.limit.has_amount()) {
      add_call(c, step, sum, finding);
      continue;
    }
    const LocalizedText text =
        cumulative ? LocalizedText{"“{node}” 自受理起第{limit}，累计 {sum}",
                                   "'{node}' by {limit} after acceptance, total {sum}"}
        : round > 1
            ? LocalizedText{"“{node}”（退回后第{round}次）{limit}，累计 {sum}",
                            "'{node}' (time {round}, sent back) {limit}, total {sum}"}
            : LocalizedText{"“{node}” {limit}，累计 {sum}", "'{node}' {limit}, total {sum}"};
    Arguments arguments{{"node", node.label()}, {"limit", amount}, {"sum", sum}};
    if (round > 1) arguments.push_back({"round", round});
    finding.witness.push_back(
        {node.place(Attribute::limit), {text, std::move(arguments)}, node.id()});
  }
}

void cite_limit(const Limit& limit, Diagnostic& finding) {
  if (limit.place.length == 0) return;  // of the profile: no place in the user's documents
  finding.witness.push_back({limit.place,
                             {{"时限写在这里：{limit}", "the limit is given here: {limit}"},
                              {{"limit", limit.reading->amount}}}});
}

/// The exits a way takes; where several lead to the same box any of them will do, so none is named.
std::vector<EdgeIndex> exits_of(const RuleContext& c, const TimedPath& path) {
  std::vector<EdgeIndex> taken;
  for (std::size_t i = 1; i < path.steps.size(); ++i) {
    std::vector<EdgeIndex> leading;
    for (const EdgeIndex e : c.facts.graph.exits(path.steps[i - 1].node)) {
      if (c.flow.edge(e).to == path.steps[i].node) leading.push_back(e);
    }
    if (leading.size() == 1) taken.push_back(leading.front());
  }
  return taken;
}

Diagnostic& report_path(const RuleContext& c, Reporter& report, const ClockFacts& clock,
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
  doubt_if_inconsistent(c, exits_of(c, path), finding);
  cite_limit(limit, finding);
  cite_dates(judge(c, path.total, limit.reading->amount),
             limit.place.length == 0 ? node.place(Attribute::limit) : limit.place, finding);
  return finding;
}

Diagnostic& report_way(const RuleContext& c, Reporter& report, const ClockFacts& clock,
                       const MixedWay& way, const Limit& limit, LocalizedText which) {
  const Node& node = c.flow.node(way.nodes.back());
  Diagnostic& finding = report.at(
      node.place(Attribute::limit),
      {"从{from}到{to}各环节单位不同，按日历逐个推算，不论哪天起算都超过{which} {limit}",
       "{from} to {to}: the steps are in different units; counted on the calendar they take more "
       "than the {which} of {limit} whatever day they start"},
      {{"from", name_of(clock.span.from)},
       {"to", name_of(clock.span.to)},
       {"which", which},
       {"limit", limit.reading->amount}},
      node.id());
  tell_limits(c, way, finding);
  cite_limit(limit, finding);
  cite_dates(judge(c, way.limits, limit.reading->amount), node.place(Attribute::limit), finding);
  return finding;
}

}  // namespace

void tell_limits(const RuleContext& c, const MixedWay& way, Diagnostic& finding) {
  for (const NodeIndex i : way.nodes) {
    const Node& node = c.flow.node(i);
    finding.witness.push_back({node.place(Attribute::limit),
                               {{"“{node}” {limit}", "'{node}' {limit}"},
                                {{"node", node.label()}, {"limit", *c.facts.time_of(c.flow, i)}}},
                               node.id()});
  }
}

Overrun overrun(const RuleContext& c, const ClockFacts& clock, const Limit& limit) {
  if (limit.reading == nullptr || !limit.reading->has_amount()) return {};
  const Quantity amount = limit.reading->amount;
  for (const MixedWay& way : clock.mixed) {
    if (judge(c, way.limits, amount).order == Order::over) return {nullptr, &way};
  }
  for (const auto* path : {&clock.longest, &clock.repeating}) {
    if (*path && judge(c, (*path)->total, amount).order == Order::over) return {&**path, nullptr};
  }
  return {};
}

Diagnostic* report_overrun(const RuleContext& c, Reporter& report, const ClockFacts& clock,
                           const Overrun& found, const Limit& limit, LocalizedText which) {
  if (found.way != nullptr) return &report_way(c, report, clock, *found.way, limit, which);
  if (found.path != nullptr) return &report_path(c, report, clock, *found.path, limit);
  return nullptr;
}

}  // namespace flowproof::rules
