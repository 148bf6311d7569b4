// The engine under test against the oracle, on one graph.
#pragma once

#include <string>

#include "analysis/soundness.hpp"
#include "oracle/token_oracle.hpp"

namespace oracle {

inline flowproof::ControlGraph to_control(const Graph& g) {
  using flowproof::Gate;
  std::vector<flowproof::ControlNode> nodes;
  for (std::size_t n = 0; n < g.and_join.size(); ++n) {
    nodes.push_back({g.and_join[n] ? Gate::parallel : Gate::exclusive,
                     g.and_split[n] ? Gate::parallel : Gate::exclusive, g.is_end[n] != 0});
  }
  std::vector<flowproof::ControlEdge> edges;
  for (const auto& [from, to] : g.edges) {
    edges.push_back({static_cast<std::uint32_t>(from), static_cast<std::uint32_t>(to)});
  }
  return {std::move(nodes), std::move(edges), static_cast<std::uint32_t>(g.source),
          g.swallow ? flowproof::Ends::swallowing : flowproof::Ends::exclusive};
}

enum class Comparison : std::uint8_t { sound, unsound, capped, undecided, wrong, no_run, bad_run };

/// wrong: the verdicts differ; no_run, bad_run: unsound but not shown.
inline Comparison compare(const Graph& graph, std::size_t cap,
                          flowproof::Soundness* out = nullptr) {
  const flowproof::Soundness said = verify(to_control(graph));
  if (out) *out = said;
  const Game::Verdict truth = Game(graph).explore(cap);
  if (truth.capped) return Comparison::capped;
  if (said.reason == flowproof::Undecided::no_end) {  // a finding of another rule
    return truth.sound ? Comparison::wrong : Comparison::unsound;
  }
  if (said.verdict == flowproof::SoundnessVerdict::undecided) return Comparison::undecided;
  if ((said.verdict == flowproof::SoundnessVerdict::sound) != truth.sound) return Comparison::wrong;
  if (truth.sound) return Comparison::sound;
  if (said.defect == flowproof::Defect::unreachable) return Comparison::unsound;
  const bool at_once =
      said.defect == flowproof::Defect::dead_end || said.defect == flowproof::Defect::livelock;
  if (said.run.empty() && !at_once) return Comparison::no_run;
  std::vector<Step> steps;
  for (const flowproof::RunStep& step : said.run) {
    steps.push_back({static_cast<int>(at(step.node)),
                     step.from ? static_cast<int>(at(*step.from)) : -1,
                     step.to ? static_cast<int>(at(*step.to)) : -1});
  }
  const std::optional<bool> shown = shows_defect(graph, steps, cap);
  if (!shown) return Comparison::capped;
  return *shown ? Comparison::unsound : Comparison::bad_run;
}

/// For messages of failing tests: one line.
inline std::string to_text(const Graph& g) {
  std::string text = g.swallow ? "swallow" : "exclusive";
  for (int n = 0; n < g.size(); ++n) {
    const auto u = static_cast<std::size_t>(n);
    text.append(" ").append(std::to_string(n));
    if (g.and_join[u]) text += 'j';
    if (g.and_split[u]) text += 's';
    if (g.is_end[u]) text += 'e';
  }
  for (const auto& [from, to] : g.edges) {
    text.append(" ").append(std::to_string(from)).append(">").append(std::to_string(to));
  }
  return text;
}

}  // namespace oracle
