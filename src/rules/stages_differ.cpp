#include <algorithm>

#include "rules/rule_support.hpp"

namespace flowproof::rules {

namespace {

/// A detailed stage may be drawn or listed under a broader one: 现场核查 is part of 审查.
constexpr std::pair<Stage, Stage> broader[] = {
    {Stage::receive, Stage::accept},  {Stage::precheck, Stage::accept},
    {Stage::site, Stage::review},     {Stage::special, Stage::review},
    {Stage::certify, Stage::deliver}, {Stage::certify, Stage::decide},
    {Stage::publish, Stage::decide},  {Stage::forward, Stage::review},
};

/// What a chart draws without the guide having a row for it: branches, and what the applicant does.
constexpr std::uint32_t branches = bit_of(Stage::apply) | bit_of(Stage::supplement) |
                                   bit_of(Stage::withdraw) | bit_of(Stage::suspend) |
                                   bit_of(Stage::extend) | bit_of(Stage::terminate) |
                                   bit_of(Stage::special) | bit_of(Stage::archive) |
                                   bit_of(Stage::receive) | bit_of(Stage::precheck);

std::uint32_t with_broader(std::uint32_t stages) {
  for (const auto& [part, whole] : broader) {
    if ((stages & bit_of(part)) != 0) stages |= bit_of(whole);
  }
  return stages;
}

/// What is drawn but cannot be reached is a finding of its own.
std::uint32_t in_flow(const RuleContext& c) {
  std::uint32_t stages = 0;
  for (const Meaning& meaning : c.facts.meanings) stages |= meaning.stages;
  return stages;
}

std::uint32_t in_guide(const RuleContext& c) {
  std::uint32_t stages = 0;
  for (const StepMatch& match : c.facts.guide_steps) stages |= match.stages;
  return stages;
}

bool incomplete(const RuleContext& c) {
  return std::any_of(c.flow.nodes.begin(), c.flow.nodes.end(),
                     [](const Node& node) { return node.incomplete; });
}

Remark row_of_guide(std::size_t row, const Text& name) {
  return {name.span,
          {{"办事指南第 {row} 行：“{stage}”", "row {row} of the guide: '{stage}'"},
           {{"row", static_cast<std::int64_t>(row) + 1}, {"stage", name.value}}}};
}

void check_missing(const RuleContext& c, Reporter& report) {
  if (incomplete(c)) return;
  const std::uint32_t drawn = in_flow(c);
  const std::vector<Stage>& required = c.profile.required_stages;
  for (std::size_t row = 0; row < c.guide->steps.size(); ++row) {
    const StepMatch& match = c.facts.guide_steps[row];
    if (match.stages == 0 || match.node || (with_broader(match.stages) & drawn) != 0) continue;
    // A stage the law requires is missing in the chart whatever the guide says: told there.
    if (std::any_of(required.begin(), required.end(),
                    [&](Stage stage) { return (match.stages & bit_of(stage)) != 0; })) {
      continue;
    }
    const GuideStep& step = c.guide->steps[row];
    const Text& name = step.stage.empty() ? step.name : step.stage;
    Diagnostic& finding = report.at(c.flow.span, {{"stage", name.value}});
    finding.witness.push_back(row_of_guide(row, name));
  }
}

void check_extra(const RuleContext& c, Reporter& report) {
  const std::uint32_t listed = in_guide(c);
  if (listed == 0) return;  // no table, or one whose words say no stage
  std::uint32_t told = 0;
  for (const NodeIndex i : c.facts.order) {
    const Meaning& meaning = c.facts.meanings[at(i)];
    const Node& node = c.flow.node(i);
    const bool branch = (meaning.stages & branches) != 0 || meaning.adverse();
    if (!c.facts.reachable[at(i)] || meaning.stages == 0 || branch ||
        node.kind == NodeKind::start || node.kind == NodeKind::end) {
      continue;
    }
    if ((with_broader(meaning.stages) & (with_broader(listed) | told)) != 0) continue;
    told |= meaning.stages;
    // The box may be called anything; its stage is what the table lacks.
    std::vector<LocalizedText> stages;
    for (std::uint32_t k = 0; k <= static_cast<std::uint32_t>(Stage::forward); ++k) {
      if (meaning.is(static_cast<Stage>(k))) stages.push_back(name_of(static_cast<Stage>(k)));
    }
    report.at(node.place(Attribute::stage), {{"node", node.label()}, {"stages", std::move(stages)}},
              node.id());
  }
}

/// Turns a case may take at any time; a table has to list them somewhere.
constexpr std::uint32_t unordered = bit_of(Stage::supplement) | bit_of(Stage::withdraw) |
                                    bit_of(Stage::suspend) | bit_of(Stage::extend) |
                                    bit_of(Stage::terminate);

/// Parallel branches and alternatives have no order: only a way from the one to the other is one.
bool leads_to(const RuleContext& c, NodeIndex from, NodeIndex to) {
  return reach(c.flow, c.facts.graph, {from}, Direction::forward, &c.facts.returns)[at(to)];
}

void check_order(const RuleContext& c, Reporter& report) {
  std::optional<std::size_t> before;
  for (std::size_t row = 0; row < c.guide->steps.size(); ++row) {
    if (!c.facts.guide_steps[row].node || (c.facts.guide_steps[row].stages & unordered) != 0) {
      continue;
    }
    const NodeIndex now = *c.facts.guide_steps[row].node;
    const NodeIndex earlier = before ? *c.facts.guide_steps[*before].node : now;
    if (earlier == now || !leads_to(c, now, earlier)) {
      before = row;
      continue;
    }
    const Node& node = c.flow.node(now);
    Diagnostic& finding = report.at(
        node.span, {{"node", node.label()}, {"other", c.flow.node(earlier).label()}}, node.id());
    for (const std::size_t i : {*before, row}) {
      const GuideStep& step = c.guide->steps[i];
      finding.witness.push_back(row_of_guide(i, step.name.empty() ? step.stage : step.name));
    }
  }
}

void check_limits(const RuleContext& c, Reporter& report) {
  for (std::size_t row = 0; row < c.guide->steps.size(); ++row) {
    if (!c.facts.guide_steps[row].node) continue;
    const Node& node = c.flow.node(*c.facts.guide_steps[row].node);
    const GuideStep& step = c.guide->steps[row];
    const std::optional<Quantity> time = c.facts.time_of(c.flow, *c.facts.guide_steps[row].node);
    if (!time || !step.reading.has_amount()) continue;
    const Quantity chart = *time;
    const Quantity guide = step.reading.amount;
    if (chart == guide || (chart.milli == 0 && guide.milli == 0)) continue;
    Diagnostic& finding =
        report.at(node.place(Attribute::limit),
                  {{"node", node.label()}, {"chart", chart}, {"guide", guide}}, node.id());
    // 5日 beside 5个工作日: in a licence the same, only not written alike (行政许可法 82).
    if (chart.milli == guide.milli)
      finding.severity = std::min(finding.severity, Severity::warning);
    finding.witness.push_back(said_in_guide(step.limit.span, guide));
  }
}

}  // namespace

extern constinit const Rule stage_not_drawn{
    .code = "G422",
    .name = "stage-not-drawn",
    .severity = Severity::warning,
    .source = {"优化营商环境条例第三十五条；GB/T 39046-2020 表4 第22项",
               "Regulation on Improving the Business Environment, art. 35; GB/T 39046-2020 table "
               "4, item 22"},
    .message = {"办事指南有“{stage}”环节，流程图没有",
                "the guide has the stage '{stage}', the chart does not"},
    .help = {"在流程图上补画这一环节，或从办事指南中删去",
             "draw the stage in the chart, or delete it from the guide"},
    .certainty = Certainty::inferred,
    .domain = "R42",
    .needs = Needs::guide,
    .check = &check_missing,
};

extern constinit const Rule stage_not_in_guide{
    .code = "G423",
    .name = "stage-not-in-guide",
    .severity = Severity::warning,
    .source = {"优化营商环境条例第三十五条",
               "Regulation on Improving the Business Environment, art. 35"},
    .message = {"流程图有“{node}”（{stages}），办事指南的办理步骤里没有这个环节",
                "the chart has '{node}' ({stages}), a stage the guide's procedure does not have"},
    .help = {"没有依据的环节应当取消；有依据的补进办事指南",
             "a stage without legal basis has to go; otherwise add it to the guide"},
    .domain = "R42",
    .needs = Needs::guide,
    .check = &check_extra,
};

extern constinit const Rule stage_order_differs{
    .code = "G424",
    .name = "stage-order-differs",
    .severity = Severity::error,
    .source = {"GB/T 39046-2020 表4 第22项", "GB/T 39046-2020 table 4, item 22"},
    .message = {"流程图上“{node}”在“{other}”之前，办事指南正相反",
                "in the chart '{node}' comes before '{other}', in the guide after it"},
    .help = {"按实际办理顺序改正其中一处", "correct one of them to the order really followed"},
    .certainty = Certainty::inferred,
    .needs = Needs::guide,
    .check = &check_order,
};

extern constinit const Rule step_limit_differs{
    .code = "G425",
    .name = "step-limit-differs",
    .severity = Severity::error,
    .source = {"办事指南与流程图应当一致（崇政服办〔2019〕7号 三（二））",
               "guide and chart must agree (notice 崇政服办〔2019〕7号, part 3 (2))"},
    .message = {"“{node}”在流程图上是 {chart}，在办事指南里是 {guide}",
                "'{node}' takes {chart} in the chart and {guide} in the guide"},
    .help = {"以现行有效的时限为准，改正其中一处", "correct whichever is out of date"},
    .domain = "R15",
    .needs = Needs::guide,
    .check = &check_limits,
};

}  // namespace flowproof::rules
