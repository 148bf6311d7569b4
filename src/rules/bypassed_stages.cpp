// Every case that is granted passes the required stages, and in their order.
//
// Whether a stage occurs at all is another matter (missing-acceptance and its like).
#include <algorithm>
#include <map>

#include "flowproof/run_queries.hpp"
#include "rules/case_story.hpp"
#include "rules/soundness_story.hpp"

namespace flowproof::rules {

extern const Rule stage_bypassed;
extern const Rule stage_out_of_order;

namespace {

/// What else carries out a stage: a site visit is a review.
constexpr std::uint32_t carriers_of(Stage stage) {
  switch (stage) {
    case Stage::review:
      return bit_of(Stage::review) | bit_of(Stage::site) | bit_of(Stage::special) |
             bit_of(Stage::forward);
    case Stage::deliver:
      return bit_of(Stage::deliver) | bit_of(Stage::certify);
    default:
      return bit_of(stage);
  }
}

/// Notices of refusal belong to the stage without carrying it out.
bool carries_out(const RuleContext& c, NodeIndex i, Stage stage) {
  const Meaning& meaning = c.facts.meanings[at(i)];
  const NodeKind kind = c.flow.node(i).kind;
  return (meaning.stages & carriers_of(stage)) != 0 && !is_bar(kind) &&
         (!meaning.adverse() || kind == NodeKind::decision);
}

std::vector<NodeIndex> carriers(const RuleContext& c, Stage stage) {
  std::vector<NodeIndex> nodes;
  for (const NodeIndex i : every_node(c.flow)) {
    if (carries_out(c, i, stage)) nodes.push_back(i);
  }
  return nodes;
}

/// Ends with what was applied for. 办结 says so only where refusals have ends of their own.
std::vector<NodeIndex> granting_ends(const RuleContext& c) {
  const bool refusals_end_apart =
      std::any_of(c.facts.ends.begin(), c.facts.ends.end(),
                  [&](NodeIndex end) { return c.facts.meanings[at(end)].adverse(); });
  std::vector<NodeIndex> ends;
  for (const NodeIndex end : c.facts.ends) {
    const Meaning& meaning = c.facts.meanings[at(end)];
    if (!c.facts.reachable[at(end)] || !meaning.is(Outcome::granted)) continue;
    const bool any_case = !c.profile.phrase_in("any-closing", meaning.outcome->word).empty();
    if (!any_case || refusals_end_apart) ends.push_back(end);
  }
  return ends;
}

bool allows_short_way(const RuleContext& c, std::string_view text) {
  return !c.profile.phrase_in("short-way", text).empty();
}

/// A case the law lets skip stages (告知承诺, 当场), or one that was refused on the way.
bool excused(const RuleContext& c, std::span<const RunStep> run) {
  return std::any_of(run.begin(), run.end(), [&](const RunStep& step) {
    if (step.to && allows_short_way(c, c.flow.edge(*step.to).when.value)) return true;
    const Node& node = c.flow.node(step.node);
    if (node.kind == NodeKind::decision || node.kind == NodeKind::end) return false;
    const Meaning& meaning = c.facts.meanings[at(step.node)];
    return (meaning.adverse() && !meaning.is(Outcome::supplement)) ||
           allows_short_way(c, words_of(node));
  });
}

bool judgeable(const RuleContext& c) {
  return c.facts.soundness.verdict == SoundnessVerdict::sound &&
         c.facts.handling != Handling::instant && !allows_short_way(c, c.flow.title.value);
}

/// The exit after which the stage is out of reach.
std::optional<EdgeIndex> point_of_no_return(const RuleContext& c, std::span<const RunStep> run,
                                            std::vector<NodeIndex> stage) {
  const std::vector<bool> ahead =
      reach(c.flow, c.facts.graph, std::move(stage), Direction::backward);
  for (const RunStep& step : run) {
    if (step.to && ahead[at(step.node)] && !ahead[at(c.flow.edge(*step.to).to)]) return step.to;
  }
  return std::nullopt;
}

struct Bypass {
  std::vector<LocalizedText> stages;
  std::vector<RunStep> run;
  std::optional<EdgeIndex> exit;
};

/// One entry for each place where cases leave the stages out.
std::vector<Bypass> bypasses(const RuleContext& c) {
  const std::vector<NodeIndex> ends = granting_ends(c);
  if (ends.empty()) return {};
  std::vector<Stage> stages;
  std::vector<PassesThrough> questions;
  for (const Stage stage : c.profile.required_stages) {
    if (!c.facts.has(stage)) continue;
    stages.push_back(stage);
    questions.push_back({carriers(c, stage), ends});
  }
  const auto answers = cases_that_miss(c.flow, c.facts.answers, questions);
  std::vector<Bypass> found;
  for (std::size_t k = 0; k < answers.size(); ++k) {
    if (!answers[k] || answers[k]->empty() || excused(c, *answers[k])) continue;
    const auto exit = point_of_no_return(c, *answers[k], questions[k].nodes);
    auto same = std::find_if(found.begin(), found.end(),
                             [&](const Bypass& bypass) { return bypass.exit == exit; });
    if (same == found.end()) same = found.insert(found.end(), {{}, *answers[k], exit});
    same->stages.push_back(name_of(stages[k]));
  }
  return found;
}

void check_bypass(const RuleContext& c, Reporter& report) {
  if (!judgeable(c)) return;
  for (Bypass& bypass : bypasses(c)) {
    const Node& end = c.flow.node(bypass.run.back().node);
    if (!bypass.exit) {
      Diagnostic& finding = report.at(
          end.span, {"走到“{end}”的都不经过{stages}", "cases reach '{end}' without {stages}"},
          {{"end", end.label()}, {"stages", std::move(bypass.stages)}}, end.id());
      tell_choices(c, bypass.run, finding);
      continue;
    }
    const Edge& exit = c.flow.edge(*bypass.exit);
    const Node& from = c.flow.node(exit.from);
    Diagnostic& finding = report.at(exit.span,
                                    {{"from", from.label()},
                                     {"exit", outcome_of(c.flow, *bypass.exit)},
                                     {"end", end.label()},
                                     {"stages", std::move(bypass.stages)}},
                                    from.id());
    tell_choices(c, bypass.run, finding);
  }
}

/// A shortest way to an end on which `later` is never done after `earlier`; empty if there is none.
/// Exact where one thing is done at a time; a way back taken too often is no case.
class WrongOrder {
 public:
  WrongOrder(const RuleContext& c, Stage earlier, Stage later)
      : c_(c), earlier_(earlier), later_(later) {}

  [[nodiscard]] std::vector<RunStep> find(std::span<const NodeIndex> ends) {
    for (const Answers& answers : c_.facts.answers) {
      std::vector<RunStep> run = find(ends, answers);
      if (!run.empty()) return run;
    }
    return {};
  }

 private:
  struct Step {
    std::uint32_t state;
    EdgeIndex edge;
  };

  [[nodiscard]] std::vector<RunStep> find(std::span<const NodeIndex> ends, const Answers& answers) {
    came_.assign(2 * c_.flow.nodes.size(), {});
    open_.clear();
    for (const NodeIndex start : c_.facts.starts) enter(start, 0, std::nullopt);
    for (std::size_t k = 0; k < open_.size(); ++k) {
      const std::uint32_t state = open_[k];
      const NodeIndex node{state / 2};
      // Having passed the earlier stage only at all makes it a matter of order.
      if (state % 2 == 1 && std::find(ends.begin(), ends.end(), node) != ends.end()) {
        return way_to(state);
      }
      for (const EdgeIndex e : c_.facts.graph.exits(node)) {
        if (answers.allow(e)) enter(c_.flow.edge(e).to, state % 2, Step{state, e});
      }
    }
    return {};
  }

  void enter(NodeIndex node, std::uint32_t phase, std::optional<Step> step) {
    if (phase == 0 && carries_out(c_, node, earlier_)) phase = 1;
    if (phase == 1 && carries_out(c_, node, later_)) return;  // in order: no witness any more
    const std::uint32_t state = 2 * at(node) + phase;
    if (came_[state].first) return;
    came_[state] = {true, step};
    open_.push_back(state);
  }
  [[nodiscard]] std::vector<RunStep> way_to(std::uint32_t state) const {
    std::vector<RunStep> run{{.node = NodeIndex{state / 2}, .from = {}, .to = {}}};
    std::map<EdgeIndex, std::int32_t> taken;
    while (came_[state].second) {
      const Step step = *came_[state].second;
      if (++taken[step.edge] > c_.flow.edge(step.edge).max.value_or(1)) return {};
      run.back().from = step.edge;
      run.push_back({.node = NodeIndex{step.state / 2}, .from = {}, .to = step.edge});
      state = step.state;
    }
    std::reverse(run.begin(), run.end());
    return run;
  }

  const RuleContext& c_;
  Stage earlier_, later_;
  std::vector<std::pair<bool, std::optional<Step>>> came_;
  std::vector<std::uint32_t> open_;
};

/// The same where branches run side by side: a case that passes `later` only where no way leads to
/// it from `earlier`. Exact for cases that take no way back; others are no witness.
std::vector<RunStep> wrong_order_in_branches(const RuleContext& c, Stage earlier, Stage later,
                                             const std::vector<NodeIndex>& ends) {
  const std::vector<bool> after =
      reach(c.flow, c.facts.graph, carriers(c, earlier), Direction::forward, &c.facts.returns);
  PassesThrough question{{}, ends};
  for (const NodeIndex node : carriers(c, later)) {
    if (after[at(node)]) question.nodes.push_back(node);
  }
  const auto answer = cases_that_miss(c.flow, c.facts.answers, std::span(&question, 1));
  if (answer.empty() || !answer.front()) return {};
  const auto returning = [&](const RunStep& step) {
    return step.to && c.facts.returns[at(*step.to)];
  };
  const bool returns = std::any_of(answer.front()->begin(), answer.front()->end(), returning);
  return returns ? std::vector<RunStep>{} : *answer.front();
}

void check_order(const RuleContext& c, Reporter& report) {
  const bool parallel = std::any_of(c.flow.nodes.begin(), c.flow.nodes.end(), [](const Node& node) {
    return node.kind == NodeKind::parallel;
  });
  if (!judgeable(c)) return;
  const std::vector<NodeIndex> ends = granting_ends(c);
  std::vector<Stage> stages;
  for (const Stage stage : c.profile.required_stages) {
    if (c.facts.has(stage)) stages.push_back(stage);
  }
  for (std::size_t k = 1; k < stages.size(); ++k) {
    const std::vector<RunStep> run =
        parallel ? wrong_order_in_branches(c, stages[k - 1], stages[k], ends)
                 : WrongOrder(c, stages[k - 1], stages[k]).find(ends);
    if (run.empty() || excused(c, run)) continue;
    // Where the reader sees it: the later stage's box, which comes too early.
    const auto box = std::find_if(run.begin(), run.end(), [&](const RunStep& step) {
      return carries_out(c, step.node, stages[k]);
    });
    if (box == run.end()) continue;
    // Cases that leave stages out are the greater defect; asked last, as that takes longest.
    if (!bypasses(c).empty()) return;
    const Node& node = c.flow.node(box->node);
    const LocalizedText side_by_side{"“{node}”不等{earlier}就办，{earlier}之后没有{later}",
                                     "'{node}' does not wait for {earlier}, and no {later} "
                                     "follows it"};
    Diagnostic& finding = report.at(node.span, parallel ? side_by_side : stage_out_of_order.message,
                                    {{"node", node.label()},
                                     {"earlier", name_of(stages[k - 1])},
                                     {"later", name_of(stages[k])}},
                                    node.id());
    tell_choices(c, run, finding);
    return;  // what follows is out of order because of it
  }
}

}  // namespace

extern constinit const Rule stage_bypassed{
    .code = "C221",
    .name = "stage-bypassed",
    .severity = Severity::error,
    .source = {"行政许可法第三十二条、第三十四条、第三十七条、第四十四条（其他事项参照）",
               "Administrative Licensing Law, arts. 32, 34, 37, 44 (other items by analogy)"},
    .message = {"“{from}”选“{exit}”，不经过{stages}就能走到“{end}”",
                "'{from}' with '{exit}' leads to '{end}' without {stages}"},
    .help = {"把这个出口接到应办的环节；告知承诺、当场办理的在出口条件中写明",
             "lead this exit to the stage it leaves out; if the law lets it be left out (告知承诺, "
             "当场), say so in the exit's condition"},
    .domain = "R03",
    .check = &check_bypass,
};

extern constinit const Rule stage_out_of_order{
    .code = "C222",
    .name = "stage-out-of-order",
    .severity = Severity::warning,
    .source = {"行政许可法第三十二条至第四十四条（其他事项参照）",
               "Administrative Licensing Law, arts. 32 to 44 (other items by analogy)"},
    .message = {"“{node}”在{earlier}之前，{earlier}之后没有{later}",
                "'{node}' comes before {earlier}, and no {later} follows it"},
    .help = {"按受理、审查、决定、送达的顺序画；受理前的材料核对写 stage=\"收件\"",
             "draw 受理, 审查, 决定, 送达 in this order; checking papers before acceptance is "
             "stage=\"收件\""},
    .certainty = Certainty::inferred,
    .domain = "R01",
    .check = &check_order,
};

}  // namespace flowproof::rules
