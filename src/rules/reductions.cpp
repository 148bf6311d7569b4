// 双减半: what the guide records as its target, against what guide and chart still ask for.
#include <algorithm>
#include <charconv>

#include "rules/judgement.hpp"

namespace flowproof::rules {

namespace {

/// "3", "3份", "不超过3份": the first number written in digits.
std::optional<std::int64_t> number_in(std::string_view text) {
  const std::size_t at = text.find_first_of("0123456789");
  std::int64_t number = 0;
  if (at == std::string_view::npos ||
      std::from_chars(text.data() + at, text.data() + text.size(), number).ec != std::errc{}) {
    return std::nullopt;
  }
  return number;
}

void check_limit(const RuleContext& c, Reporter& report, const GuideTarget& target) {
  const Limit promised = promised_limit(c);
  if (!target.reading.has_amount() || promised.reading == nullptr ||
      !promised.reading->has_amount()) {
    return;
  }
  const Quantity aim = target.reading.amount;
  const Judgement judgement = judge(c, promised.reading->amount, aim);
  if (judgement.order != Order::over) return;
  Diagnostic& finding =
      report.at(promised.place, {{"promised", promised.reading->amount}, {"target", aim}});
  finding.witness.push_back(
      {target.value.span,
       {{"压减目标写在这里：{target}", "the target is given here: {target}"}, {{"target", aim}}}});
  cite_dates(judgement, promised.place, finding);
}

void check_materials(const RuleContext& c, Reporter& report, const GuideTarget& target) {
  const auto aim = number_in(target.value.value);
  const auto& materials = c.guide->materials;
  const auto count = std::count_if(materials.begin(), materials.end(), [](const auto& material) {
    return material.reading != Need::optional;
  });
  if (!aim || count <= *aim) return;
  report.at(target.value.span,
            {"材料目标是 {target} 份，办事指南还要 {count} 份",
             "the target is {target} materials, the guide still asks for {count}"},
            {{"target", *aim}, {"count", static_cast<std::int64_t>(count)}});
}

void check(const RuleContext& c, Reporter& report) {
  for (const GuideTarget& target : c.guide->targets) {
    if (target.kind.value == "limit") check_limit(c, report, target);
    if (target.kind.value == "materials") check_materials(c, report, target);
  }
}

}  // namespace

extern constinit const Rule reduction_not_followed{
    .code = "G426",
    .name = "reduction-not-followed",
    .severity = Severity::warning,
    .source = {"上海市“双减半”要求（2019年）；崇政服办〔2019〕7号第三部分（二）",
               "Shanghai's 双减半 of 2019; notice 崇政服办〔2019〕7号, part 3 (2)"},
    .message = {"办事指南记录的压减目标是 {target}，承诺时限还是 {promised}",
                "the guide records {target} as its target, the promise is still {promised}"},
    .help = {"把承诺时限改到压减目标，流程图各环节一并压缩；没有做到的，改正记录",
             "bring the promise down to the target, and the steps with it; or correct the record"},
    .domain = "R47",
    .needs = Needs::guide,
    .check = &check,
    .on_records = true,
};

}  // namespace flowproof::rules
