// Calls of other flows: that they can be followed, what they end with, how long they take.
//
// What is wrong inside a called file is told when that file is checked; here only what concerns the
// caller.
#include <algorithm>

#include "rules/judgement.hpp"

namespace flowproof::rules {

namespace {

/// Calls of flows that could be summed up, that a case comes to.
template <class Check>
void each_call(const RuleContext& c, Check check) {
  for (const Call& call : c.facts.calls.calls) {
    const Node& node = c.flow.node(call.node);
    if (!call.flow || !c.facts.reachable[at(call.node)] || node.incomplete) continue;
    check(call, node, c.facts.calls.flows[*call.flow]);
  }
}

void check_cycle(const RuleContext& c, Reporter& report) {
  for (const Call& call : c.facts.calls.calls) {
    if (call.cycle.empty()) continue;
    const Node& node = c.flow.node(call.node);
    Diagnostic& finding =
        report.at(node.place(Attribute::href), {{"node", node.label()}}, node.id());
    for (const CallSite& site : call.cycle) {
      finding.witness.push_back({site.place,
                                 {{"“{node}”调用 {path}", "'{node}' calls {path}"},
                                  {{"node", site.label}, {"path", site.path}}}});
    }
  }
}

void check_soundness(const RuleContext& c, Reporter& report) {
  each_call(c, [&](const Call&, const Node& node, const CalledFlow& called) {
    if (called.soundness != SoundnessVerdict::unsound) return;
    Diagnostic& finding = report.at(node.place(Attribute::href),
                                    {{"node", node.label()}, {"title", called.title}}, node.id());
    finding.witness.push_back(
        {called.place, {{"所调用的流程在这里", "the flow called begins here"}, {}}});
    if (called.defect_label.empty()) return;
    finding.witness.push_back({called.defect_place,
                               {{"问题出在其中的“{node}”", "what is wrong shows at '{node}'"},
                                {{"node", called.defect_label}}}});
  });
}

/// The name an end is known by to the reader of a message.
const std::string& name_of_end(const CalledEnd& end) {
  return end.outcome_text.empty() ? end.label : end.outcome_text;
}

void tell_ends(const std::vector<const CalledEnd*>& ends, Diagnostic& finding) {
  for (const CalledEnd* end : ends) {
    finding.witness.push_back(
        {end->place,
         {{"所调用的流程在这里结束：{end}", "the flow called ends here: {end}"},
          {{"end", end->label}}}});
  }
}

std::vector<std::string> names_of(const std::vector<const CalledEnd*>& ends) {
  std::vector<std::string> names;
  for (const CalledEnd* end : ends) {
    if (std::find(names.begin(), names.end(), name_of_end(*end)) == names.end()) {
      names.push_back(name_of_end(*end));
    }
  }
  return names;
}

/// The box a reader sees next: bars without a text have no name.
const std::string& next_label(const RuleContext& c, NodeIndex node) {
  for (int bars = 0; bars < 8; ++bars) {
    const Node& box = c.flow.node(node);
    const auto exits = c.facts.graph.exits(node);
    if (!is_bar(box.kind) || box.has(Attribute::text) || exits.empty()) break;
    node = c.flow.edge(exits.front()).to;
  }
  return c.flow.node(node).label();
}

/// A single exit takes refusals with it, if the flow called can end otherwise too.
void check_single_exit(const RuleContext& c, Reporter& report, const Call& call, const Node& node,
                       const CalledFlow& called) {
  std::vector<const CalledEnd*> refusals;
  bool others = false;
  for (const CalledEnd& end : called.ends) {
    if (end.refuses()) refusals.push_back(&end);
    others = others || (!end.refuses() && !end.at_any_time());
  }
  if (refusals.empty() || !others) return;
  const Edge& exit = c.flow.edge(call.exits.front().edge);
  Diagnostic& finding = report.at(
      exit.span,
      {"“{node}”以“{outcomes}”结束的，也照样走到“{next}”",
       "'{node}' can end with '{outcomes}', and even then goes on to '{next}'"},
      {{"node", node.label()}, {"outcomes", names_of(refusals)}, {"next", next_label(c, exit.to)}},
      node.id());
  finding.severity = std::min(finding.severity, Severity::warning);
  tell_ends(refusals, finding);
}

void check_handled(const RuleContext& c, Reporter& report) {
  each_call(c, [&](const Call& call, const Node& node, const CalledFlow& called) {
    if (called.soundness == SoundnessVerdict::unsound || call.exits.empty()) return;
    if (call.exits.size() == 1 && c.flow.edge(call.exits[0].edge).when.empty()) {
      check_single_exit(c, report, call, node, called);
      return;
    }
    std::vector<bool> taken(called.ends.size());
    for (const CallExit& exit : call.exits) {
      // A condition in words of its own may be for any end.
      if (!exit.understood && !c.flow.edge(exit.edge).timeout) return;
      for (const std::uint32_t end : exit.ends) taken[end] = true;
    }
    std::vector<const CalledEnd*> left;
    for (std::size_t k = 0; k < taken.size(); ++k) {
      if (!taken[k] && !called.ends[k].at_any_time()) left.push_back(&called.ends[k]);
    }
    if (left.empty()) return;
    tell_ends(left, report.at(node.span, {{"node", node.label()}, {"outcomes", names_of(left)}},
                              node.id()));
  });
}

void check_possible(const RuleContext& c, Reporter& report) {
  each_call(c, [&](const Call& call, const Node& node, const CalledFlow& called) {
    // An end whose words say nothing to us may be the one that is meant.
    const bool known = std::all_of(called.ends.begin(), called.ends.end(),
                                   [](const CalledEnd& end) { return end.outcome.has_value(); });
    if (called.soundness == SoundnessVerdict::unsound || called.ends.empty() || !known) return;
    for (const CallExit& exit : call.exits) {
      const Edge& edge = c.flow.edge(exit.edge);
      if (!exit.understood || !exit.ends.empty() || edge.timeout || edge.when.empty()) continue;
      std::vector<const CalledEnd*> ends;
      for (const CalledEnd& end : called.ends) ends.push_back(&end);
      tell_ends(ends, report.at(edge.when.span, {{"node", node.label()}, {"exit", edge.when.value}},
                                node.id()));
    }
  });
}

void check_limit(const RuleContext& c, Reporter& report) {
  each_call(c, [&](const Call&, const Node& node, const CalledFlow& called) {
    const CalledEnd* slowest = called.slowest();
    if (!node.limit.has_amount() || node.limit.ordinal || !called.timed || slowest == nullptr) {
      return;
    }
    const Quantity longest{slowest->longest.milli, called.unit};
    const Quantity shortest{
        std::min_element(called.ends.begin(), called.ends.end(),
                         [](const auto& a, const auto& b) { return a.shortest < b.shortest; })
            ->shortest,
        called.unit};
    const Judgement judgement = judge(c, longest, node.limit.amount);
    if (judgement.order != Order::over) return;
    Diagnostic& finding = report.at(node.place(Attribute::limit),
                                    {{"node", node.label()},
                                     {"limit", node.limit.amount},
                                     {"title", called.title},
                                     {"longest", longest}},
                                    node.id());
    tell_called_time(slowest->longest, finding);
    finding.witness.push_back(
        {called.place,
         {{"依所走的路，{shortest} 至 {longest}", "depending on the way, {shortest} to {longest}"},
          {{"shortest", shortest}, {"longest", longest}}}});
    cite_dates(judgement, node.place(Attribute::limit), finding);
  });
}

}  // namespace

// Reported by the pipeline, which opens the files a flow calls.
extern constinit const Rule unreadable_subflow{
    .code = "X052",
    .name = "unreadable-subflow",
    .severity = Severity::error,
    .source = {"flowproof 流程图格式，subflow 的 href", "flowproof flow format, href of subflow"},
    .message = {"子流程“{path}”无法读取：{reason}",
                "the subflow '{path}' cannot be read: {reason}"},
    .help = {"改正 href 中的文件名；子流程的文件要放在本流程图所在的文件夹或其下",
             "correct the file name in href; the file stands in this flow's folder or below it"},
    .needs = Needs::reading,
};

extern constinit const Rule subflow_cycle{
    .code = "S130",
    .name = "subflow-cycle",
    .severity = Severity::error,
    .source = {"GB/T 1526-1989（ISO 5807:1985）特定处理",
               "GB/T 1526-1989 (ISO 5807:1985), predefined process"},
    .message = {"“{node}”调用的流程又调用正在办理的流程，没有尽头",
                "'{node}' calls a flow that calls one already being run: it has no end"},
    .help = {"断开其中一次调用；要重办的画成回到前面环节的线，写明 max",
             "break one of the calls; draw what is done again as a way back with max"},
    .check = &check_cycle,
};

extern constinit const Rule unsound_subflow{
    .code = "S131",
    .name = "unsound-subflow",
    .severity = Severity::error,
    .source = {"GB/T 1526-1989（ISO 5807:1985）特定处理；docs/soundness.md",
               "GB/T 1526-1989 (ISO 5807:1985), predefined process; docs/soundness.md"},
    .message = {"“{node}”调用的“{title}”有的办理到不了结束",
                "'{node}' calls '{title}', in which a case may not come to its end"},
    .help = {"检查并改正所调用的流程图", "check the flow called and mend it"},
    .check = &check_soundness,
};

extern constinit const Rule unhandled_outcome{
    .code = "S132",
    .name = "unhandled-outcome",
    .severity = Severity::error,
    .source = {"GB/T 1526-1989（ISO 5807:1985）特定处理、判断",
               "GB/T 1526-1989 (ISO 5807:1985), predefined process and decision"},
    .message = {"“{node}”可能以“{outcomes}”结束，没有出口接它",
                "'{node}' can end with '{outcomes}', and no exit is for that"},
    .help = {"给子流程的每种结果画一个出口，when 写结果名称（其余的可写“其他”）",
             "draw an exit for each outcome of the subflow, named in when ('otherwise' takes the "
             "rest)"},
    .check = &check_handled,
};

extern constinit const Rule impossible_outcome{
    .code = "S133",
    .name = "impossible-outcome",
    .severity = Severity::error,
    .source = {"GB/T 1526-1989（ISO 5807:1985）特定处理、判断",
               "GB/T 1526-1989 (ISO 5807:1985), predefined process and decision"},
    .message = {"“{node}”不会以“{exit}”结束，这个出口走不到",
                "'{node}' never ends with '{exit}': no case takes this exit"},
    .help = {"删去这个出口，或在所调用的流程里画出这种结果",
             "delete the exit, or draw this outcome in the flow called"},
    .check = &check_possible,
};

extern constinit const Rule subflow_over_limit{
    .code = "T318",
    .name = "subflow-over-limit",
    .severity = Severity::error,
    .source = {"行政许可案卷评查标准：各级审查总和不得超过承诺时限",
               "case review standard: the sum of all reviews must not exceed the promise"},
    .message = {"“{node}”写的是 {limit}，所调用的“{title}”最长要 {longest}",
                "'{node}' says {limit}, '{title}', which it calls, takes up to {longest}"},
    .help = {"使子流程框的时限与所调用的流程一致；不写 limit 时按所调用的流程计算",
             "make the box agree with the flow called; without limit its time is taken from there"},
    .certainty = Certainty::inferred,
    .domain = "R12",
    .check = &check_limit,
};

}  // namespace flowproof::rules
