#include "rules/rule_support.hpp"

namespace flowproof::rules {

namespace {

bool differ(const Limit& a, const Limit& b) {
  return a.reading != nullptr && b.reading != nullptr && a.reading->has_amount() &&
         b.reading->has_amount() && !comparable(a.reading->amount, b.reading->amount);
}

void report_pair(Reporter& report, Span place, const Quantity& one, Span other_place,
                 const Quantity& other, std::string element = {}) {
  Diagnostic& finding = report.at(place, {{"one", one}, {"other", other}}, std::move(element));
  finding.witness.push_back(
      {other_place, {{"另一个时限：{other}", "the other limit: {other}"}, {{"other", other}}}});
}

/// The steps of a clock against each other, then their sum against the limit. True if told.
bool check_clock(const RuleContext& c, Reporter& report, const ClockFacts& clock,
                 const Limit& limit) {
  if (!clock.started || clock.units.empty()) return false;
  const Node& first = c.flow.node(clock.units[0]);
  if (clock.units.size() > 1) {
    const Node& second = c.flow.node(clock.units[1]);
    report_pair(report, second.place(Attribute::limit), second.limit.amount,
                first.place(Attribute::limit), first.limit.amount, second.id());
    return true;
  }
  if (limit.reading == nullptr || !limit.reading->has_amount() ||
      comparable(first.limit.amount, limit.reading->amount)) {
    return false;
  }
  report_pair(report, first.place(Attribute::limit), first.limit.amount, limit.place,
              limit.reading->amount, first.id());
  return true;
}

void check(const RuleContext& c, Reporter& report) {
  const Limit statutory = statutory_limit(c);
  const Limit promised = promised_limit(c);
  if (differ(promised, statutory)) {
    report_pair(report, promised.place, promised.reading->amount, statutory.place,
                statutory.reading->amount);
  }
  // A limit that is read twice (own promise or own statute of one clock) is told once.
  if (!check_clock(c, report, c.facts.promise, promised)) {
    const bool same_limit_unit = !differ(promised, statutory);
    if (same_limit_unit || promised.reading == nullptr) {
      check_clock(c, report, c.facts.decision, statutory);
    }
  }
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
