#include "rules/soundness_story.hpp"

namespace flowproof::rules {

namespace {

void tell_branches(const RuleContext& c, Diagnostic& finding, const Node& node) {
  const Soundness& told = c.facts.soundness;
  constexpr LocalizedText text{"一路：{way}", "one branch: {way}"};
  tell_trunk(c, finding);
  tell_way(c, finding, told.left, text, node);
  tell_way(c, finding, told.right, text, node);
}

void check_merge(const RuleContext& c, Reporter& report) {
  const Soundness& told = c.facts.soundness;
  if (told.defect != Defect::lack_of_synchronisation || !told.node || !told.split) return;
  const Node& node = c.flow.node(*told.node);
  Arguments arguments{{"node", node.label()}, {"split", c.flow.node(*told.split).label()}};
  const LocalizedText twice{"“{split}”分出的几路都各自走到“{node}”，一件事会办结两次",
                            "branches of '{split}' come to '{node}' one by one: the case would be "
                            "closed twice"};
  tell_branches(c,
                node.kind == NodeKind::end
                    ? report.at(node.span, twice, std::move(arguments), node.id())
                    : report.at(node.span, std::move(arguments), node.id()),
                node);
}

void check_end(const RuleContext& c, Reporter& report) {
  const Soundness& told = c.facts.soundness;
  if (told.defect != Defect::end_in_parallel || !told.node || !told.split) return;
  const Node& node = c.flow.node(*told.node);
  Arguments arguments{{"node", node.label()}, {"split", c.flow.node(*told.split).label()}};
  tell_branches(c, report.at(node.span, std::move(arguments), node.id()), node);
}

void check_split(const RuleContext& c, Reporter& report) {
  const Soundness& told = c.facts.soundness;
  if (told.defect != Defect::loop_emits || !told.node || !told.edge) return;
  const Node& node = c.flow.node(*told.node);
  const Edge& out = c.flow.edge(*told.edge);
  Diagnostic& finding = report.at(
      node.span, {{"node", node.label()}, {"target", c.flow.node(out.to).label()}}, node.id());
  tell_trunk(c, finding);
  tell_way(c, finding, told.right, {"转一轮：{way}", "one round: {way}"}, node);
  finding.witness.push_back({out.span,
                             {{"每一轮都由此再出一路，到“{target}”",
                               "each round sends another branch this way, to '{target}'"},
                              {{"target", c.flow.node(out.to).label()}}},
                             node.id()});
}

}  // namespace

extern constinit const Rule unsynchronised_merge{
    .code = "S122",
    .name = "unsynchronised-merge",
    .severity = Severity::error,
    .source = {"GB/T 1526-1989（ISO 5807:1985）并行方式",
               "GB/T 1526-1989 (ISO 5807:1985), parallel mode"},
    .message = {"“{split}”分出的几路都各自走到“{node}”，没有汇合，之后的环节会重复办理",
                "branches of '{split}' come to '{node}' one by one without a join: what follows is "
                "done more than once"},
    .help = {"在“{node}”之前用 <join> 汇合；只走一路的，把“{split}”改为 <decision>",
             "join the branches with a <join> before '{node}'; if only one of them is taken, make "
             "'{split}' a <decision>"},
    .certainty = Certainty::knowledge,
    .domain = "R39",
    .check = &check_merge,
};

extern constinit const Rule end_in_parallel{
    .code = "S123",
    .name = "end-in-parallel",
    .severity = Severity::error,
    .source = {"GB/T 1526-1989（ISO 5807:1985）并行方式",
               "GB/T 1526-1989 (ISO 5807:1985), parallel mode"},
    .message = {"“{split}”分出的一路到“{node}”就结束了，另一路还没办完",
                "one branch of '{split}' ends at '{node}' while another is still going on"},
    .help = {"各路先用 <join> 汇合再结束；只走一路的，把“{split}”改为 <decision>",
             "join the branches with a <join> before the end; if only one of them is taken, make "
             "'{split}' a <decision>"},
    .certainty = Certainty::knowledge,
    .domain = "R39",
    .check = &check_end,
};

extern constinit const Rule split_leaves_loop{
    .code = "S124",
    .name = "split-leaves-loop",
    .severity = Severity::error,
    .source = {"GB/T 1526-1989（ISO 5807:1985）并行方式",
               "GB/T 1526-1989 (ISO 5807:1985), parallel mode"},
    .message = {"“{node}”在往回的循环里分路，每转一轮就多出一路“{target}”",
                "'{node}' splits inside a loop: each round starts another '{target}'"},
    .help = {"往回之前先用 <join> 汇合，或到循环之后再分路",
             "join the branches before the way back, or split after the loop"},
    .certainty = Certainty::knowledge,
    .domain = "R39",
    .check = &check_split,
};

}  // namespace flowproof::rules
