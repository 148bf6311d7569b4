#include <algorithm>

#include "rules/rule_support.hpp"

namespace flowproof::rules {

namespace {

/// Both say a number (or "on the spot", or that there is none) and it is not the same one.
bool disagree(const TimeLimit& chart, const TimeLimit& guide) {
  const auto says_nothing = [](const TimeLimit& limit) {
    return limit.form == LimitForm::absent || limit.form == LimitForm::not_comparable ||
           limit.form == LimitForm::not_counted;
  };
  if (says_nothing(chart) || says_nothing(guide)) return false;
  if (chart.has_amount() != guide.has_amount()) return true;
  if (!chart.has_amount()) return false;
  if (chart.amount.milli == 0 && guide.amount.milli == 0) return false;
  return chart.amount != guide.amount;
}

void compare(Reporter& report, LocalizedText which, const Text& in_chart, const TimeLimit& chart,
             const GuideLimit& in_guide) {
  if (in_chart.empty() || !in_guide.given() || !disagree(chart, in_guide.reading)) return;
  const ArgumentValue guide = in_guide.unit.empty() || !in_guide.reading.has_amount()
                                  ? ArgumentValue(in_guide.value.value + in_guide.unit.value)
                                  : ArgumentValue(in_guide.reading.amount);
  Diagnostic& finding =
      report.at(in_chart.span, {{"which", which}, {"chart", in_chart.value}, {"guide", guide}});
  // 20日 beside 20个工作日: in a licence the same, only not written alike (行政许可法 82).
  if (chart.has_amount() && chart.amount.milli == in_guide.reading.amount.milli) {
    finding.severity = std::min(finding.severity, Severity::warning);
  }
  finding.witness.push_back(said_in_guide(in_guide.value.span, guide));
}

void check(const RuleContext& c, Reporter& report) {
  compare(report, {"法定时限", "statutory limit"}, c.flow.statutory, c.flow.statutory_limit,
          c.guide->statutory);
  compare(report, {"承诺时限", "promised limit"}, c.flow.promised, c.flow.promised_limit,
          c.guide->promised);
}

}  // namespace

extern constinit const Rule limit_differs{
    .code = "G401",
    .name = "limit-differs",
    .severity = Severity::error,
    .source = {"办事指南与流程图应当一致（崇政服办〔2019〕7号 三（二））",
               "guide and chart must agree (notice 崇政服办〔2019〕7号, part 3 (2))"},
    .message = {"流程图的{which}是 {chart}，办事指南是 {guide}",
                "the chart's {which} is {chart}, the guide's is {guide}"},
    .help = {"以现行有效的时限为准，改正其中一处（双减半后流程图常常未改）",
             "correct whichever is out of date (charts often still show limits cut since)"},
    .domain = "R15",
    .needs = Needs::guide,
    .check = &check,
};

}  // namespace flowproof::rules
