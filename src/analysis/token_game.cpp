#include "analysis/token_game.hpp"

#include <cassert>

namespace flowproof {

TokenGame::TokenGame(const ControlGraph& graph)
    : graph_(graph), tokens_(graph.edge_count() + 1, 0), makers_(graph.edge_count() + 1) {
  tokens_[start_edge()] = 1;
}

bool TokenGame::enabled(std::uint32_t node) const {
  if (node == graph_.source()) return tokens_[start_edge()] > 0;
  const bool every = graph_.join(node) == Gate::parallel;
  for (const std::uint32_t edge : graph_.entries(node)) {
    if ((tokens_[edge] > 0) != every) return !every;
  }
  return every;
}

void TokenGame::take(std::uint32_t edge) {
  assert(tokens_[edge] > 0);
  --tokens_[edge];
  --token_count_;
  Makers& makers = makers_[edge];
  origin_.push_back({makers.older, edge});
  makers.older = makers.newer;
  makers.newer = nothing;
  if (doubled_ == edge) doubled_.reset();
}

void TokenGame::put(std::uint32_t edge) {
  const auto number = static_cast<std::uint32_t>(firings_.size()) - 1;
  Makers& makers = makers_[edge];
  (tokens_[edge] == 0 ? makers.older : makers.newer) = number;
  if (++tokens_[edge] == 2) doubled_ = edge;
  ++token_count_;
}

void TokenGame::fire(std::uint32_t node, std::uint32_t exit, std::uint32_t entry) {
  assert(enabled(node));
  Firing firing{.node = node};
  if (node == graph_.source()) {
    take(start_edge());
  } else if (graph_.join(node) == Gate::parallel) {
    for (const std::uint32_t edge : graph_.entries(node)) take(edge);
  } else {
    for (const std::uint32_t edge : graph_.entries(node)) {
      if (tokens_[edge] == 0 || (entry != nothing && edge != entry)) continue;
      firing.from = edge;
      take(edge);
      break;
    }
  }
  origin_begin_.push_back(static_cast<std::uint32_t>(origin_.size()));
  const bool every = graph_.split(node) == Gate::parallel;
  if (!every && !graph_.exits(node).empty()) firing.to = exit;
  firings_.push_back(firing);
  if (graph_.is_end(node)) ended_.push_back(static_cast<std::uint32_t>(firings_.size()) - 1);
  if (every) {
    for (const std::uint32_t edge : graph_.exits(node)) put(edge);
  } else if (firing.to != nothing) {
    put(firing.to);
  }
}

std::vector<std::uint32_t> TokenGame::makers(std::uint32_t edge) const {
  std::vector<std::uint32_t> found;
  if (tokens_[edge] > 0) found.push_back(makers_[edge].older);
  if (tokens_[edge] > 1) found.push_back(makers_[edge].newer);
  return found;
}

std::vector<TokenGame::Origin> TokenGame::origins(std::uint32_t number) const {
  return {origin_.begin() + origin_begin_[number], origin_.begin() + origin_begin_[number + 1]};
}

}  // namespace flowproof
