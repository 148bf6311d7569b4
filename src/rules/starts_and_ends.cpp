#include <set>

#include "rules/rule_support.hpp"

namespace flowproof::rules {

static void check_start(const RuleContext& c, Reporter& report) {
  if (c.facts.starts.empty()) report.at(c.flow.span, {{"flow", name_of(c.flow)}});
}

static void check_starts(const RuleContext& c, Reporter& report) {
  if (c.facts.starts.size() < 2) return;
  std::set<std::string_view> channels;
  for (const NodeIndex start : c.facts.starts)
    channels.insert(c.flow.node(start).get(Attribute::text));
  // Channels (网上, 窗口) may each have their own start if the boxes say which is which.
  if (channels.size() == c.facts.starts.size() && !channels.contains("")) return;
  const Node& second = c.flow.node(c.facts.starts[1]);
  Diagnostic& finding = report.at(
      second.span,
      {{"count", static_cast<std::int64_t>(c.facts.starts.size())}, {"node", second.label()}},
      second.id());
  for (const NodeIndex start : c.facts.starts) {
    const Node& node = c.flow.node(start);
    finding.witness.push_back(
        {node.span, {{"开始：“{node}”", "start: '{node}'"}, {{"node", node.label()}}}, node.id()});
  }
}

static void check_end(const RuleContext& c, Reporter& report) {
  if (!c.facts.ends.empty() || c.flow.nodes.empty()) return;
  Diagnostic& finding = report.at(c.flow.span, {{"flow", name_of(c.flow)}});
  for (const NodeIndex i : every_node(c.flow)) {
    const Node& node = c.flow.node(i);
    if (node.incomplete || !c.facts.reachable[at(i)] || !c.facts.graph.exits(i).empty()) continue;
    finding.witness.push_back(
        {node.span,
         {{"图停在“{node}”", "the chart stops at '{node}'"}, {{"node", node.label()}}},
         node.id()});
  }
}

extern constinit const Rule missing_start{
    .code = "S101",
    .name = "missing-start",
    .severity = Severity::error,
    .source = {"GB/T 1526-1989（ISO 5807:1985）端点符",
               "GB/T 1526-1989 (ISO 5807:1985), terminator"},
    .message = {"“{flow}”没有开始", "'{flow}' has no start"},
    .help = {"加上 <start>，写明由谁提出申请", "add a <start> that says who applies"},
    .certainty = Certainty::knowledge,
    .domain = "R35",
    .check = &check_start,
};

extern constinit const Rule several_starts{
    .code = "S102",
    .name = "several-starts",
    .severity = Severity::error,
    .source = {"GB/T 1526-1989（ISO 5807:1985）端点符",
               "GB/T 1526-1989 (ISO 5807:1985), terminator"},
    .message = {"有 {count} 个开始，“{node}”是其中第二个",
                "there are {count} starts, '{node}' is the second"},
    .help =
        {"只留一个开始；确有网上、窗口等不同渠道的，在各自的 text 中写明渠道",
         "keep one start; if there are several channels, name the channel in each start's text"},
    .certainty = Certainty::knowledge,
    .domain = "R35",
    .check = &check_starts,
};

extern constinit const Rule missing_end{
    .code = "S103",
    .name = "missing-end",
    .severity = Severity::error,
    .source = {"GB/T 1526-1989（ISO 5807:1985）端点符",
               "GB/T 1526-1989 (ISO 5807:1985), terminator"},
    .message = {"“{flow}”没有结束", "'{flow}' has no end"},
    .help = {"加上 <end>，写明办理结果", "add an <end> that says what the result is"},
    .certainty = Certainty::knowledge,
    .domain = "R35",
    .check = &check_end,
};

}  // namespace flowproof::rules
