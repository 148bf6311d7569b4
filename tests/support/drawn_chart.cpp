#include "support/drawn_chart.hpp"

#include <algorithm>
#include <utility>

namespace flowproof::test {

namespace {

TextBlock block(const std::vector<std::string>& lines, double size, bool mute_rest) {
  TextBlock text;
  for (const std::string& line : lines) {
    if (line.empty()) continue;
    const bool muted = mute_rest && !text.lines.empty();
    const double line_size = muted ? size - 1.5 : size;
    text.lines.push_back({line, text_width(line, line_size), line_size, muted});
    text.size.width = std::max(text.size.width, text.lines.back().width);
    text.size.height += line_size * 1.3;
  }
  return text;
}

Text text(std::string value) { return {std::move(value), {}}; }

}  // namespace

NodeIndex DrawnChart::box(NodeKind kind, const std::string& id, std::vector<std::string> lines,
                          Rect area, std::uint32_t lane) {
  Node node;
  node.kind = kind;
  node.lane = LaneIndex{lane};
  node.attributes.push_back({Attribute::id, text(id)});
  if (!lines.empty()) node.attributes.push_back({Attribute::text, text(lines.front())});
  if (kind == NodeKind::special) node.attributes.push_back({Attribute::counted, text("no")});
  measured.nodes.push_back(block(lines, profile.theme.font_size, true));
  measured.node_sizes.push_back({area.width, area.height});
  layout.nodes.push_back(area);
  flow.nodes.push_back(std::move(node));
  return NodeIndex{static_cast<std::uint32_t>(flow.nodes.size() - 1)};
}

EdgeIndex DrawnChart::line(NodeIndex from, NodeIndex to, Polyline path, const std::string& when,
                           Rect label, std::vector<Point> bridges) {
  flow.edges.push_back({from, to, text(when), std::nullopt, false, {}});
  measured.labels.push_back(block({when}, profile.theme.label_size, false));
  EdgeLayout edge{std::move(path), std::nullopt, std::move(bridges)};
  if (!when.empty()) edge.label = label;
  layout.edges.push_back(std::move(edge));
  return EdgeIndex{static_cast<std::uint32_t>(flow.edges.size() - 1)};
}

void DrawnChart::lane(const std::string& id, const std::string& name, Rect area) {
  flow.lanes.push_back({text(id), text(name), {}});
  measured.lanes.push_back(block({name}, profile.theme.font_size, false));
  layout.lanes.push_back(area);
}

void DrawnChart::note(NodeIndex target, const std::string& words, Rect area) {
  flow.notes.push_back({target, text(words), {}});
  measured.notes.push_back(block({words}, profile.theme.label_size, false));
  layout.notes.push_back(area);
}

Scene DrawnChart::scene(const ComposeOptions& options) const {
  return compose(flow, nullptr, facts, measured, layout, profile, options);
}

DrawnChart permit_chart() {
  using enum NodeKind;
  DrawnChart chart;
  Flow& flow = chart.flow;
  flow.title = text("食品经营许可（新办）办理流程图");
  flow.item = text("11990000MB0000001X4000131016001");
  flow.authority = text("临河区市场监督管理局");
  flow.type = text("行政许可");
  flow.handling = text("承诺件");
  flow.statutory = text("20个工作日");
  flow.promised = text("10个工作日");
  flow.version = text("V3.0");
  flow.date = text("2019-09-16");
  flow.consult = text("000-00000101");
  flow.complaint = text("000-00000199");
  chart.layout.lane_header = 24;
  chart.layout.size = {620, 720};
  chart.lane("applicant", "申请人", {0, 0, 150, 720});
  chart.lane("window", "综合窗口", {150, 0, 190, 720});
  chart.lane("office", "食品经营许可科", {340, 0, 280, 720});

  const auto apply = chart.box(start, "apply", {"提出申请"}, {20, 40, 110, 30}, 0);
  const auto receive = chart.box(step, "receive", {"接收申请材料", "当场"}, {190, 36, 110, 38}, 1);
  const auto complete =
      chart.box(decision, "complete", {"材料是否齐全？", "5个工作日"}, {165, 110, 160, 70}, 1);
  const auto supplement =
      chart.box(document, "supplement", {"一次性告知补正", "补正通知书"}, {20, 122, 110, 46}, 0);
  const auto accept = chart.box(document, "accept", {"出具受理通知书"}, {190, 230, 110, 40}, 1);
  const auto refused = chart.box(end, "not-accepted", {"不予受理"}, {20, 215, 110, 30}, 0);
  const auto fork = chart.box(parallel, "fork", {}, {360, 300, 240, 6}, 2);
  const auto review = chart.box(step, "review", {"书面审查", "2个工作日"}, {360, 340, 100, 38}, 2);
  const auto experts =
      chart.box(special, "experts", {"专家评审", "15个工作日"}, {480, 334, 120, 52}, 2);
  const auto meet = chart.box(NodeKind::join, "meet", {}, {360, 420, 240, 6}, 2);
  const auto base = chart.box(data, "register", {"登记入库"}, {425, 455, 110, 30}, 2);
  const auto decide = chart.box(decision, "decide", {"是否准予？"}, {400, 515, 160, 60}, 2);
  const auto print = chart.box(subflow, "print", {"制证"}, {190, 600, 110, 34}, 1);
  const auto granted = chart.box(end, "granted", {"领取许可证"}, {20, 602, 110, 30}, 0);
  const auto denied = chart.box(end, "denied", {"不予许可"}, {425, 640, 110, 30}, 2);

  chart.line(apply, receive, {{130, 55}, {190, 55}});
  chart.line(receive, complete, {{245, 74}, {245, 110}});
  chart.line(complete, accept, {{245, 180}, {245, 230}}, "是", {248, 182, 12, 12});
  chart.line(complete, supplement, {{165, 145}, {130, 145}}, "可补正", {133, 131, 28, 12});
  chart.line(complete, refused, {{325, 145}, {332, 145}, {332, 200}, {75, 200}, {75, 215}}, "无权",
             {80, 186, 20, 12}, {{245, 200}});
  chart.line(supplement, receive, {{75, 122}, {75, 92}, {160, 92}, {160, 62}, {190, 62}});
  chart.line(accept, fork, {{300, 250}, {480, 250}, {480, 300}});
  chart.line(fork, review, {{410, 306}, {410, 340}});
  chart.line(fork, experts, {{540, 306}, {540, 334}});
  chart.line(review, meet, {{410, 378}, {410, 420}});
  chart.line(experts, meet, {{540, 386}, {540, 420}});
  chart.line(meet, base, {{480, 426}, {480, 455}});
  chart.line(base, decide, {{480, 485}, {480, 515}});
  chart.line(decide, print, {{400, 545}, {245, 545}, {245, 600}}, "准予", {375, 531, 20, 12});
  chart.line(decide, denied, {{480, 575}, {480, 640}}, "不准予", {483, 578, 28, 12});
  chart.line(print, granted, {{190, 617}, {130, 617}});
  chart.note(experts, "时间书面告知", {545, 394, 70, 14});
  chart.layout.main_line = {apply, receive, complete, accept, fork,   review,
                            meet,  base,    decide,   print,  granted};
  chart.facts.graph = {};
  return chart;
}

}  // namespace flowproof::test
