#include "rules/soundness_story.hpp"

#include <vector>

#include "rules/case_story.hpp"

namespace flowproof::rules {

const std::string& outcome_of(const Flow& flow, EdgeIndex edge) {
  const Edge& exit = flow.edge(edge);
  return exit.when.empty() ? flow.node(exit.to).label() : exit.when.value;
}

std::string arrival_of(const Flow& flow, EdgeIndex edge) {
  const Edge& exit = flow.edge(edge);
  const std::string& label = flow.node(exit.from).label();
  return exit.when.empty() ? label : label + "=" + exit.when.value;
}

std::string way_of(const Flow& flow, std::span<const EdgeIndex> edges) {
  constexpr std::size_t kept = 4;  // boxes at each end of a long way
  std::vector<std::string> boxes;
  for (const EdgeIndex edge : edges) boxes.push_back(arrival_of(flow, edge));
  if (!edges.empty()) boxes.push_back(flow.node(flow.edge(edges.back()).to).label());
  std::string way;
  for (std::size_t i = 0; i < boxes.size(); ++i) {
    if (boxes.size() > 2 * kept + 1 && i == kept) {
      way += " → …";
      i = boxes.size() - kept;
    }
    if (!way.empty()) way += " → ";
    way += boxes[i];
  }
  return way;
}

void tell_way(const RuleContext& c, Diagnostic& finding, std::span<const EdgeIndex> edges,
              LocalizedText text, const Node& node) {
  if (edges.empty()) return;
  const Edge& last = c.flow.edge(edges.back());
  finding.witness.push_back({last.span,
                             {text, {{"way", way_of(c.flow, edges)}, {"node", node.label()}}},
                             c.flow.node(last.from).id()});
}

void tell_trunk(const RuleContext& c, Diagnostic& finding) {
  doubt_if_inconsistent(c, std::span<const RunStep>(c.facts.soundness.run), finding);
  const Soundness& told = c.facts.soundness;
  if (!told.split || told.trunk.empty()) return;
  const Node& split = c.flow.node(*told.split);
  finding.witness.push_back(
      {split.span,
       {{"办理走向：{way}", "the case goes: {way}"}, {{"way", way_of(c.flow, told.trunk)}}},
       split.id()});
}

}  // namespace flowproof::rules
