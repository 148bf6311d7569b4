#include "rules/soundness_story.hpp"

namespace flowproof::rules {

namespace {

void check_loop(const RuleContext& c, Reporter& report) {
  const Soundness& told = c.facts.soundness;
  if (told.defect != Defect::livelock || !told.node) return;
  const Node& node = c.flow.node(*told.node);
  Diagnostic& finding = report.at(node.span, {{"node", node.label()}}, node.id());
  tell_way(c, finding, told.trunk, {"办理走向：{way}", "the case goes: {way}"}, node);
}

// BPMN has no place to say it.
void check_unbounded(const RuleContext& c, Reporter& report) {
  if (c.flow.ends == Ends::swallowing) return;
  for (const EdgeIndex e : c.facts.unbounded) {
    const Edge& edge = c.flow.edge(e);
    const Node& node = c.flow.node(edge.from);
    if (!c.facts.reachable[at(edge.from)] || !c.facts.finishing[at(edge.from)]) continue;
    report.at(edge.span,
              {{"node", arrival_of(c.flow, e)}, {"target", c.flow.node(edge.to).label()}},
              node.id());
  }
}

void check_undecided(const RuleContext& c, Reporter& report) {
  const Arguments arguments{{"flow", name_of(c.flow)}};
  switch (c.facts.soundness.reason) {
    case Undecided::too_deep:
      report.at(c.flow.span, arguments);
      break;
    case Undecided::too_concurrent:
      report.at(c.flow.span,
                {"“{flow}”同时进行的分支太多，没有判定能否走完",
                 "'{flow}' has too many parallel branches: not judged whether it completes"},
                arguments);
      break;
    case Undecided::too_entangled:
      report.at(c.flow.span,
                {"“{flow}”的循环与并行分支交织太多，没有判定能否走完",
                 "'{flow}' has loops and parallel branches too entangled: not judged whether it "
                 "completes"},
                arguments);
      break;
    case Undecided::none:
    case Undecided::no_start:    // missing-start says it
    case Undecided::no_end:      // missing-end
    case Undecided::incomplete:  // dangling-reference
      break;
  }
}

}  // namespace

extern constinit const Rule endless_loop{
    .code = "S125",
    .name = "endless-loop",
    .severity = Severity::error,
    .source = {"GB/T 1526-1989（ISO 5807:1985）流程图惯例",
               "GB/T 1526-1989 (ISO 5807:1985) conventions"},
    .message = {"到了“{node}”就只能循环，走不到任何结束",
                "from '{node}' there is only a loop: no end can be reached"},
    .help = {"给循环加一个出口，接到后面的步骤或结束",
             "give the loop an exit to a later step or an end"},
    .certainty = Certainty::knowledge,
    .domain = "R35",
    .check = &check_loop,
};

extern constinit const Rule unbounded_loop{
    .code = "S127",
    .name = "unbounded-loop",
    .severity = Severity::warning,
    .source = {"行政许可法第四十二条：办理期限须有终点（其他事项参照）",
               "Administrative Licensing Law, art. 42: the time of a case has an end (other items "
               "by analogy)"},
    .message = {"从“{node}”退回“{target}”没有写最多几次，办理时间没有上限",
                "the way back from '{node}' to '{target}' does not say how often it may be taken: "
                "the time of a case has no limit"},
    .help = {"在这一出口上写明次数，如 max=\"1\"",
             "state how often in this exit, such as max=\"1\""},
    .certainty = Certainty::inferred,
    .check = &check_unbounded,
};

extern constinit const Rule soundness_undecided{
    .code = "S126",
    .name = "soundness-undecided",
    .severity = Severity::info,
    .source = {"docs/soundness.md", "docs/soundness.md"},
    .message = {"“{flow}”的循环嵌套太深，没有判定能否走完",
                "'{flow}' has loops nested too deeply: not judged whether it completes"},
    .help = {"把流程分成几个子流程", "divide the flow into subflows"},
    .certainty = Certainty::knowledge,
    .check = &check_undecided,
};

}  // namespace flowproof::rules
