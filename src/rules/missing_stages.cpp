#include <algorithm>

#include "rules/rule_support.hpp"

namespace flowproof::rules {

namespace {

constexpr Stage handled_at_once[] = {Stage::accept, Stage::review, Stage::decide, Stage::certify};

/// A process of no stated type whose words name no stage is another kind of process, or in another
/// language: what it lacks cannot be said.
bool is_procedure(const RuleContext& c) {
  return c.facts.type || std::any_of(c.facts.meanings.begin(), c.facts.meanings.end(),
                                     [](const Meaning& meaning) { return meaning.stages != 0; });
}

bool required(const RuleContext& c, Stage stage) {
  const std::vector<Stage>& stages = c.profile.required_stages;
  if (std::find(stages.begin(), stages.end(), stage) == stages.end()) return false;
  if (c.facts.starts.empty()) return false;  // nothing is reached: missing-start says it
  if (!is_procedure(c)) return false;
  // An item handled on the spot may do all of it in one step (行政许可法 34).
  if (c.facts.handling != Handling::instant) return true;
  return std::none_of(std::begin(handled_at_once), std::end(handled_at_once),
                      [&](Stage done) { return c.facts.has(done); });
}

template <Stage stage>
void check(const RuleContext& c, Reporter& report) {
  if (!required(c, stage) || c.facts.has(stage)) return;
  report.at(c.flow.span, {{"flow", name_of(c.flow)}});
}

/// A box with the outcome that is no end yet is a dead end or led on: not told twice.
bool can_succeed(const RuleContext& c) {
  return c.facts.has(Outcome::granted) ||
         std::any_of(c.facts.ends.begin(), c.facts.ends.end(),
                     [&](NodeIndex end) { return !c.facts.meanings[at(end)].adverse(); });
}

void check_decision(const RuleContext& c, Reporter& report) {
  check<Stage::decide>(c, report);
  const bool incomplete = std::any_of(c.flow.nodes.begin(), c.flow.nodes.end(),
                                      [](const Node& node) { return node.incomplete; });
  if (!c.facts.has(Stage::decide) || c.facts.ends.empty() || incomplete || can_succeed(c)) return;
  report.at(
      c.flow.span,
      {"“{flow}”没有准予（办结）的结束，所有结束都是不予、退回或终止",
       "'{flow}' has no end with what was applied for: all its ends refuse, return or terminate"},
      {{"flow", name_of(c.flow)}});
}

}  // namespace

extern constinit const Rule missing_acceptance{
    .code = "C201",
    .name = "missing-acceptance",
    .severity = Severity::error,
    .source = {"行政许可法第三十二条（其他事项参照）",
               "Administrative Licensing Law, art. 32 (other items by analogy)"},
    .message = {"“{flow}”没有“受理”环节", "'{flow}' has no acceptance (受理)"},
    .help = {"加上受理步骤或判断，并写明 stage=\"受理\"",
             "add a step or decision of acceptance with stage=\"受理\""},
    .domain = "R01",
    .check = &check<Stage::accept>,
};

extern constinit const Rule missing_review{
    .code = "C202",
    .name = "missing-review",
    .severity = Severity::error,
    .source = {"行政许可法第三十四条（其他事项参照）",
               "Administrative Licensing Law, art. 34 (other items by analogy)"},
    .message = {"“{flow}”没有“审查”环节", "'{flow}' has no review (审查)"},
    .help = {"加上审查步骤，并写明 stage=\"审查\"", "add a step of review with stage=\"审查\""},
    .domain = "R02",
    .check = &check<Stage::review>,
};

extern constinit const Rule missing_decision{
    .code = "C203",
    .name = "missing-decision",
    .severity = Severity::error,
    .source = {"行政许可法第三十七、三十八条（其他事项参照）",
               "Administrative Licensing Law, arts. 37, 38 (other items by analogy)"},
    .message = {"“{flow}”没有“决定”环节", "'{flow}' has no decision (决定)"},
    .help =
        {"加上作出决定的步骤或判断（stage=\"决定\"），并接到准予的结束",
         "add a step or decision with stage=\"决定\" that leads to an end with the thing granted"},
    .domain = "R03",
    .check = &check_decision,
};

extern constinit const Rule missing_delivery{
    .code = "C204",
    .name = "missing-delivery",
    .severity = Severity::error,
    .source = {"行政许可法第四十四条（其他事项参照）",
               "Administrative Licensing Law, art. 44 (other items by analogy)"},
    .message = {"“{flow}”没有“送达”环节", "'{flow}' has no delivery (送达)"},
    .help = {"加上颁发、送达的步骤，并写明 stage=\"送达\"；自决定之日起10日内送达",
             "add a step with stage=\"送达\": delivery within 10 days of the decision"},
    .domain = "R04",
    .check = &check<Stage::deliver>,
};

}  // namespace flowproof::rules
