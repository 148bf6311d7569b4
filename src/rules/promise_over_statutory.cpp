#include "rules/judgement.hpp"

namespace flowproof::rules {

static void check(const RuleContext& c, Reporter& report) {
  const Limit statutory = statutory_limit(c);
  const Limit promised = promised_limit(c);
  if (statutory.reading == nullptr || promised.reading == nullptr) return;
  if (!statutory.reading->has_amount() || !promised.reading->has_amount()) return;
  const Quantity law = statutory.reading->amount;
  const Quantity promise = promised.reading->amount;
  const Judgement judgement = judge(c, promise, law);
  if (judgement.order != Order::over) return;
  Diagnostic& finding = report.at(promised.place, {{"promised", promise}, {"statutory", law}});
  finding.witness.push_back(
      {statutory.place,
       {{"法定时限：{statutory}", "statutory limit: {statutory}"}, {{"statutory", law}}}});
  cite_dates(judgement, promised.place, finding);
}

extern constinit const Rule promise_over_statutory{
    .code = "T301",
    .name = "promise-over-statutory",
    .severity = Severity::error,
    .source = {"优化营商环境条例第三十六条",
               "Regulation on Improving the Business Environment, art. 36"},
    .message = {"承诺时限 {promised} 长于法定时限 {statutory}",
                "the promised {promised} is longer than the statutory {statutory}"},
    .help = {"承诺时限不得超过法定时限：核对两个数值和单位",
             "a promise may not exceed the law: check both numbers and units"},
    .domain = "R11",
    .check = &check,
    .on_records = true,
};

}  // namespace flowproof::rules
