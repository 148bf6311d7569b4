// 告知承诺: drawn where the guide offers it, and never the only way.
#include <algorithm>

#include "flowproof/run_queries.hpp"
#include "rules/rule_support.hpp"

namespace flowproof::rules {

namespace {

bool offers(const RuleContext& c, std::string_view text) {
  return !c.profile.phrase_in("commitment", text).empty() &&
         c.profile.phrase_in("no-commitment", text).empty();
}

bool drawn(const RuleContext& c) {
  const Flow& flow = c.flow;
  return offers(c, flow.title.value) ||
         std::any_of(flow.nodes.begin(), flow.nodes.end(),
                     [&](const Node& node) { return offers(c, words_of(node)); }) ||
         std::any_of(flow.edges.begin(), flow.edges.end(),
                     [&](const Edge& edge) { return offers(c, edge.when.value); }) ||
         std::any_of(flow.notes.begin(), flow.notes.end(),
                     [&](const Note& note) { return offers(c, note.text.value); });
}

/// Where the guide says that the applicant may commit himself; null if it does not.
const Text* offer_in(const RuleContext& c) {
  const Guide& guide = *c.guide;
  std::vector<const Text*> texts{&guide.procedure, &guide.promised.note};
  for (const Text& condition : guide.conditions) texts.push_back(&condition);
  for (const GuideStep& step : guide.steps) {
    texts.insert(texts.end(), {&step.stage, &step.name, &step.standard});
  }
  for (const GuideQuestion& question : guide.questions) texts.push_back(&question.answer);
  const auto found = std::find_if(texts.begin(), texts.end(),
                                  [&](const Text* text) { return offers(c, text->value); });
  return found == texts.end() ? nullptr : *found;
}

void check_guide(const RuleContext& c, Reporter& report) {
  const Text* offer = offer_in(c);
  if (offer != nullptr && !drawn(c)) report.at(offer->span, Arguments{});
}

void check_choice(const RuleContext& c, Reporter& report) {
  // A chart of this route alone says so in its title.
  if (c.facts.soundness.verdict != SoundnessVerdict::sound || offers(c, c.flow.title.value)) return;
  PassesThrough question;
  for (const NodeIndex i : every_node(c.flow)) {
    const Node& node = c.flow.node(i);
    const bool does = node.kind != NodeKind::start && node.kind != NodeKind::decision &&
                      node.kind != NodeKind::end;
    if (does && c.facts.reachable[at(i)] && offers(c, node.get(Attribute::text))) {
      question.nodes.push_back(i);
    }
  }
  for (const NodeIndex end : c.facts.ends) {
    if (c.facts.meanings[at(end)].is(Outcome::granted)) question.ends.push_back(end);
  }
  if (question.nodes.empty() || question.ends.empty()) return;
  if (cases_that_miss(c.flow, c.facts.answers, std::span(&question, 1)).front()) return;
  const Node& node = c.flow.node(question.nodes.front());
  report.at(node.span, {{"node", node.label()}}, node.id());
}

}  // namespace

extern constinit const Rule commitment_not_drawn{
    .code = "G408",
    .name = "commitment-not-drawn",
    .severity = Severity::warning,
    .source = {"上海市优化营商环境条例第二十七条；安阳市政务服务条例第二十五条",
               "Shanghai regulation on the business environment, art. 27; Anyang regulation, art. "
               "25"},
    .message =
        {"办事指南可以告知承诺办理，流程图没有画",
         "the guide offers handling by notice and commitment (告知承诺), the chart does not"},
    .help = {"在流程图上画出告知承诺的一路，或者从办事指南中删去",
             "draw the route of 告知承诺, or delete it from the guide"},
    .domain = "R41",
    .needs = Needs::guide,
    .check = &check_guide,
};

extern constinit const Rule commitment_without_choice{
    .code = "C217",
    .name = "commitment-without-choice",
    .severity = Severity::warning,
    .source =
        {"消防法第十五条；安阳市政务服务条例第二十六条：申请人可以不选择告知承诺",
         "Fire Protection Law, art. 15; Anyang regulation, art. 26: the applicant may decline"},
    .message =
        {"所有准予的走法都经过“{node}”，申请人不愿承诺就没有办法办理",
         "every granted case goes through '{node}': an applicant who does not commit himself "
         "has no way"},
    .help = {"加一个判断：采用告知承诺的和不采用的各走一路；只适用承诺方式的写进标题",
             "add a decision with a route for each; a chart of this route alone says so in its "
             "title"},
    .domain = "R41",
    .check = &check_choice,
};

}  // namespace flowproof::rules
