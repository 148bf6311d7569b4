#include <algorithm>

#include "rules/path_sum.hpp"

namespace flowproof::rules {

extern const Rule limits_not_comparable;

namespace {

constexpr LocalizedText depends_on_date{
    "{one} 与 {other} 单位不同，是否超过要看从哪一天起算",
    "whether {one} is longer than {other} depends on the day they start"};

/// True if told: no day can be named for one of them, or the answer is not the same on every day.
bool report_pair(const RuleContext& c, Reporter& report, Span place, const Quantity& one,
                 Span other_place, const Quantity& other, std::string element = {}) {
  const Judgement judgement = judge(c, one, other);
  if (judgement.order == Order::within || judgement.order == Order::over) return false;
  const bool depends = judgement.order == Order::depends;
  Diagnostic& finding = report.at(place, depends ? depends_on_date : limits_not_comparable.message,
                                  {{"one", one}, {"other", other}}, std::move(element));
  finding.witness.push_back(
      {other_place, {{"另一个时限：{other}", "the other limit: {other}"}, {{"other", other}}}});
  cite_dates(judgement, place, finding);
  return true;
}

bool given(const Limit& limit) { return limit.reading != nullptr && limit.reading->has_amount(); }

/// Steps in different units: on some start days within the limit, on others not. True if told.
bool check_mixed(const RuleContext& c, Reporter& report, const ClockFacts& clock,
                 const Limit& limit) {
  for (const MixedWay& way : clock.mixed) {
    const Judgement judgement = judge(c, way.limits, limit.reading->amount);
    if (judgement.order == Order::over) return true;  // the limit rules say so
    if (judgement.order != Order::depends) continue;
    const Node& last = c.flow.node(way.nodes.back());
    Diagnostic& finding = report.at(
        last.place(Attribute::limit),
        {"从{from}到{to}各环节单位不同，是否超过 {limit} 要看从哪一天起算",
         "{from} to {to}: the steps are in different units, and whether they take more than "
         "{limit} depends on the day they start"},
        {{"from", name_of(clock.span.from)},
         {"to", name_of(clock.span.to)},
         {"limit", limit.reading->amount}},
        last.id());
    tell_limits(c, way, finding);
    cite_dates(judgement, last.place(Attribute::limit), finding);
    return true;
  }
  const bool placed = std::all_of(clock.mixed.begin(), clock.mixed.end(), [&](const auto& way) {
    return judge(c, way.limits, limit.reading->amount).order != Order::unknown;
  });
  if (placed && !clock.mixed.empty()) return false;
  const Node& first = c.flow.node(clock.units[0]);
  const Node& second = c.flow.node(clock.units[1]);
  const Quantity one = *c.facts.time_of(c.flow, clock.units[1]);
  const Quantity other = *c.facts.time_of(c.flow, clock.units[0]);
  Diagnostic& finding =
      report.at(second.place(Attribute::limit), {{"one", one}, {"other", other}}, second.id());
  finding.witness.push_back(
      {first.place(Attribute::limit),
       {{"另一个时限：{other}", "the other limit: {other}"}, {{"other", other}}},
       first.id()});
  return true;
}

/// The steps of a clock against the limit. True if told.
bool check_clock(const RuleContext& c, Reporter& report, const ClockFacts& clock,
                 const Limit& limit) {
  if (!clock.started || !given(limit)) return false;
  if (!clock.unmeasured.empty()) {
    const Node& node = c.flow.node(clock.unmeasured.front());
    report.at(node.place(Attribute::href),
              {"“{node}”调用的流程各环节时限单位不同，不能加进{from}到{to}的时间",
               "the steps of the flow '{node}' calls are in different units and cannot be added to "
               "the time from {from} to {to}"},
              {{"node", node.label()},
               {"from", name_of(clock.span.from)},
               {"to", name_of(clock.span.to)}},
              node.id());
    return true;
  }
  if (clock.units.empty()) return false;
  if (clock.units.size() > 1) return check_mixed(c, report, clock, limit);
  if (!clock.longest) return false;
  const Node& first = c.flow.node(clock.units[0]);
  return report_pair(c, report, first.place(Attribute::limit), clock.longest->total, limit.place,
                     limit.reading->amount, first.id());
}

void check(const RuleContext& c, Reporter& report) {
  const Limit statutory = statutory_limit(c);
  const Limit promised = promised_limit(c);
  const bool told = given(promised) && given(statutory) &&
                    report_pair(c, report, promised.place, promised.reading->amount,
                                statutory.place, statutory.reading->amount);
  // Steps that do not fit the one limit and one that does not fit the other are one defect.
  if (check_clock(c, report, c.facts.promise, promised) || told) return;
  check_clock(c, report, c.facts.decision, statutory);
}

}  // namespace

extern constinit const Rule limits_not_comparable{
    .code = "T304",
    .name = "limits-not-comparable",
    .severity = Severity::warning,
    .source = {"行政许可法第八十二条；GB/T 39046-2020 表4 第16、19项",
               "Administrative Licensing Law, art. 82; GB/T 39046-2020 table 4, items 16, 19"},
    .message = {"{one} 与 {other} 单位不同，不能比较",
                "{one} and {other} are in different units and cannot be compared"},
    .help = {"统一写成同一单位（许可事项用工作日）；不要自行换算",
             "write both in the same unit (working days for licences); do not convert by rule of "
             "thumb"},
    .domain = "R17",
    .check = &check,
    .on_records = true,
};

}  // namespace flowproof::rules
