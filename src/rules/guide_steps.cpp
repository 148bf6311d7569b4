// Rules about the guide's own procedure table; they judge portal records too.
#include <algorithm>

#include "rules/judgement.hpp"

namespace flowproof::rules {

namespace {

const Text& label_of(const GuideStep& step) { return step.name.empty() ? step.stage : step.name; }

constexpr std::uint32_t not_counted = bit_of(Stage::special) | bit_of(Stage::supplement) |
                                      bit_of(Stage::precheck) | bit_of(Stage::suspend) |
                                      bit_of(Stage::extend) | bit_of(Stage::withdraw);

/// Rows [first, last] of the table that the promise covers; empty if its end is not in the table.
struct Rows {
  std::size_t first = 0, last = 0;
  bool found = false;
};
Rows rows_of(const RuleContext& c) {
  Rows rows;
  const StageSpan span = c.facts.promise.span;
  const std::uint32_t before = (bit_of(span.from) << 1U) - 1;
  for (std::size_t i = 0; i < c.facts.guide_steps.size(); ++i) {
    const std::uint32_t stages = c.facts.guide_steps[i].stages;
    if (stages != 0 && (stages & ~before) == 0) rows.first = i + 1;
    if ((stages & bit_of(span.to)) != 0) {
      rows.last = i;
      rows.found = true;
    }
  }
  return rows;
}

/// Rows in different units have no sum, but an end on the calendar.
void report_mixed(const RuleContext& c, Reporter& report, std::span<const Quantity> limits,
                  std::vector<Remark> addends) {
  const GuideLimit& promise = c.guide->promised;
  const Judgement judgement = judge(c, limits, promise.reading.amount);
  if (judgement.order != Order::over) return;
  Diagnostic& finding = report.at(
      promise.value.span,
      {"办理步骤到{to}为止单位不同，按日历逐个推算，不论哪天起算都超过承诺时限 {limit}",
       "the steps up to {to} are in different units; counted on the calendar they take more than "
       "the promised {limit} whatever day they start"},
      {{"to", name_of(c.facts.promise.span.to)}, {"limit", promise.reading.amount}});
  finding.witness = std::move(addends);
  cite_dates(judgement, promise.value.span, finding);
}

void check_sum(const RuleContext& c, Reporter& report) {
  const TimeLimit& promise = c.guide->promised.reading;
  const Rows rows = rows_of(c);
  if (!rows.found || !promise.has_amount() || !c.flow.nodes.empty()) return;
  Quantity sum{0, promise.amount.unit};
  std::vector<Quantity> limits;
  bool mixed = false;
  std::vector<Remark> addends;
  for (std::size_t i = rows.first; i <= rows.last; ++i) {
    const GuideStep& step = c.guide->steps[i];
    const bool counts = step.reading.counted && (c.facts.guide_steps[i].stages & not_counted) == 0;
    if (!counts || !step.reading.has_amount() || step.reading.amount.milli == 0) continue;
    limits.push_back(step.reading.amount);
    const bool cumulative = step.reading.ordinal || step.reading.start == LimitStart::acceptance;
    mixed = mixed || !comparable(step.reading.amount, promise.amount);
    if (mixed && cumulative) return;
    sum.milli = cumulative ? std::max(sum.milli, step.reading.amount.milli)
                           : sum.milli + step.reading.amount.milli;
    addends.push_back(
        {step.limit.span,
         mixed ? Message{{"“{step}” {limit}", "'{step}' {limit}"},
                         {{"step", label_of(step).value}, {"limit", step.reading.amount}}}
               : Message{{"“{step}” {limit}，累计 {sum}", "'{step}' {limit}, total {sum}"},
                         {{"step", label_of(step).value},
                          {"limit", step.reading.amount},
                          {"sum", sum}}}});
  }
  if (mixed) {
    report_mixed(c, report, limits, std::move(addends));
    return;
  }
  if (sum.milli <= promise.amount.milli) return;
  Diagnostic& finding = report.at(
      c.guide->promised.value.span,
      {{"sum", sum}, {"limit", promise.amount}, {"to", name_of(c.facts.promise.span.to)}});
  finding.witness = std::move(addends);
}

void check_repeats(const RuleContext& c, Reporter& report) {
  const std::vector<GuideStep>& steps = c.guide->steps;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const auto same = [&](const GuideStep& other) {
      return other.name.value == steps[i].name.value && other.stage.value == steps[i].stage.value &&
             other.performer.value == steps[i].performer.value;
    };
    const auto first = std::find_if(steps.begin(), steps.end(), same);
    const std::size_t before = static_cast<std::size_t>(first - steps.begin());
    if (before >= i) continue;
    report.at(label_of(steps[i]).span, {{"step", label_of(steps[i]).value},
                                        {"first", static_cast<std::int64_t>(before) + 1},
                                        {"second", static_cast<std::int64_t>(i) + 1}});
  }
}

void check_stages(const RuleContext& c, Reporter& report) {
  if (!c.flow.nodes.empty() || c.facts.guide_steps.empty()) return;  // the chart is judged itself
  std::uint32_t listed = 0;
  for (const StepMatch& match : c.facts.guide_steps) listed |= match.stages;
  // Words that name no stage ("第一步") say nothing about what is missing.
  if (listed == 0 || c.facts.handling == Handling::instant) return;
  std::vector<LocalizedText> missing;
  for (const Stage stage : c.profile.required_stages) {
    if ((listed & bit_of(stage)) == 0) missing.push_back(name_of(stage));
  }
  if (missing.empty()) return;
  report.at(label_of(c.guide->steps.front()).span, {{"stages", std::move(missing)}});
}

}  // namespace

extern constinit const Rule guide_steps_over_promise{
    .code = "G441",
    .name = "guide-steps-over-promise",
    .severity = Severity::warning,
    .source = {"行政许可案卷评查标准：各级审查总和不得超过承诺时限",
               "case review standard: the sum of all reviews must not exceed the promise"},
    .message = {"办理步骤到{to}为止合计 {sum}，超过承诺时限 {limit}",
                "the steps up to {to} add up to {sum}, more than the promised {limit}"},
    .help = {"核对各步骤时限；并行或择一的步骤应在流程图中画明",
             "check the limits of the steps; draw parallel or alternative steps in a chart"},
    .certainty = Certainty::inferred,
    .domain = "R12",
    .needs = Needs::guide,
    .check = &check_sum,
    .on_records = true,
};

extern constinit const Rule guide_step_repeated{
    .code = "G442",
    .name = "guide-step-repeated",
    .severity = Severity::warning,
    .source = {"GB/T 39046-2020 表4 第22项", "GB/T 39046-2020 table 4, item 22"},
    .message = {"办理步骤第 {second} 行“{step}”与第 {first} 行重复",
                "row {second} of the steps, '{step}', repeats row {first}"},
    .help = {"删去重复的一行，或写明两步的区别", "delete one of them, or say how they differ"},
    .certainty = Certainty::knowledge,
    .domain = "R33",
    .needs = Needs::guide,
    .check = &check_repeats,
    .on_records = true,
};

extern constinit const Rule guide_stage_missing{
    .code = "G443",
    .name = "guide-stage-missing",
    .severity = Severity::warning,
    .source = {"行政许可法第三十二、三十四、三十七、四十四条（其他事项参照）",
               "Administrative Licensing Law, arts. 32, 34, 37, 44 (other items by analogy)"},
    .message = {"办理步骤里没有：{stages}", "the steps lack: {stages}"},
    .help = {"补全办理步骤；几个环节合并办理的，在环节名称中写明（如“审查与决定”）",
             "complete the steps; if one step does several stages, name them all (审查与决定)"},
    .certainty = Certainty::inferred,
    .domain = "R01",
    .needs = Needs::guide,
    .check = &check_stages,
    .on_records = true,
};

}  // namespace flowproof::rules
