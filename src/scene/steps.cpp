#include "scene/steps.hpp"

#include <algorithm>

#include "base/web_link.hpp"
#include "scene/chart.hpp"

namespace flowproof::scene {

namespace {

struct Captioned {
  Attribute attribute;
  LocalizedText pattern;
};

constexpr Captioned captioned[] = {
    {Attribute::material, {"材料：{text}", "Materials: {text}"}},
    {Attribute::output, {"文书或结果：{text}", "Produces: {text}"}},
    {Attribute::basis, {"依据：{text}", "Basis: {text}"}},
    {Attribute::remark, {"备注：{text}", "Remark: {text}"}},
};

std::vector<std::string> details_of(const Source& source, NodeIndex index) {
  const Node& node = source.flow.node(index);
  std::vector<std::string> details;
  const auto add = [&](std::string text) {
    if (!text.empty() && (details.empty() || details.back() != text)) {
      details.push_back(std::move(text));
    }
  };
  const auto named = [&](Attribute attribute, const LocalizedText& pattern) {
    const std::string& text = node.get(attribute);
    if (text.empty() || text == node.label()) return;
    add(visible(source.say(pattern, {{"text", text}})));
  };
  named(Attribute::stage, {"环节：{text}", "stage: {text}"});
  if (node.lane != no_lane && at(node.lane) < source.flow.lanes.size()) {
    add(visible(source.flow.lanes[at(node.lane)].name.value));
  }
  add(visible(node.get(Attribute::by)));
  add(visible(node.get(Attribute::limit)));
  if (clock_stopped(source, index)) add(source.say(clock_stopped_mark));
  named(Attribute::outcome, {"办理结果：{text}", "outcome: {text}"});
  return details;
}

// "可以补正（最多1次）", "逾期不告知，视为受理（逾期时）": what the dashed line and the rules know.
std::string condition_of(const Source& source, const Edge& edge) {
  std::string when = edge.when.value;
  std::string marks;
  if (edge.timeout && when.empty()) {
    when = source.say({"逾期未作出", "the limit passes"});
  } else if (edge.timeout && !edge.names_timeout()) {
    marks = source.say({"逾期时", "when the limit passes"});
  }
  if (edge.max) {
    if (!marks.empty()) marks += source.say({"，", ", "});
    marks += source.say({"最多{times}次", "at most {times} times"},
                        {{"times", static_cast<std::int64_t>(*edge.max)}});
  }
  if (marks.empty()) return visible(when);
  const bool zh = source.language == Language::zh;
  return visible(when + (zh ? "（" : when.empty() ? "(" : " (") + marks + (zh ? "）" : ")"));
}

}  // namespace

std::vector<Step> steps_of(const Source& source) {
  const std::vector<NodeIndex> order = reading_order(source);
  std::vector<std::size_t> place(source.flow.nodes.size());
  for (std::size_t i = 0; i < order.size(); ++i) place[at(order[i])] = i;
  std::vector<Step> steps(order.size());
  for (std::size_t i = 0; i < order.size(); ++i) {
    const Node& node = source.flow.node(order[i]);
    Step& step = steps[i];
    step.text = visible(called(source, order[i]));
    step.kind = source.say(kind_name(node.kind));
    step.details = details_of(source, order[i]);
    for (const Captioned& row : captioned) {
      const std::string& text = node.get(row.attribute);
      if (!text.empty()) step.remarks.push_back(visible(source.say(row.pattern, {{"text", text}})));
    }
    if (const std::string& href = node.get(Attribute::href); is_web_link(href)) step.href = href;
  }
  for (const Edge& edge : source.flow.edges) {
    steps[place[at(edge.from)]].exits.push_back({condition_of(source, edge), place[at(edge.to)]});
  }
  for (const Note& note : source.flow.notes) {
    if (!note.target) continue;
    steps[place[at(*note.target)]].remarks.push_back(
        visible(source.say({"说明：{text}", "Note: {text}"}, {{"text", note.text.value}})));
  }
  return steps;
}

}  // namespace flowproof::scene
