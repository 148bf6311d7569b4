#include "analysis/loop_levels.hpp"

#include <algorithm>

namespace flowproof {

LoopLevels::LoopLevels(const ControlGraph& graph)
    : graph_(graph),
      region_(graph.node_count(), 0),
      entry_(graph.node_count(), 0),
      unit_(graph.node_count(), nothing),
      index_(graph.node_count(), 0),
      low_(graph.node_count(), 0),
      next_(graph.node_count(), 0) {}

Level LoopLevels::top() {
  Level level;
  level.entries = {graph_.source()};
  std::vector<bool> seen(graph_.node_count(), false);
  level.order = {graph_.source()};
  seen[graph_.source()] = true;
  for (std::size_t i = 0; i < level.order.size(); ++i) {
    for (const std::uint32_t edge : graph_.exits(level.order[i])) {
      const std::uint32_t to = graph_.to(edge);
      if (seen[to]) continue;
      seen[to] = true;
      level.order.push_back(to);
    }
  }
  enter(level);
  return level;
}

Level LoopLevels::inner(const Level& level, std::uint32_t unit) const {
  Level loop;
  loop.depth = level.depth + 1;
  loop.entries = entries_of(level, unit);
  loop.order.assign(level.nodes(unit).begin(), level.nodes(unit).end());
  return loop;
}

void LoopLevels::enter(Level& level) {
  ++current_;
  for (const std::uint32_t node : level.order) {
    region_[node] = current_;
    unit_[node] = nothing;
    index_[node] = 0;
    next_[node] = 0;
  }
  for (const std::uint32_t node : level.entries) entry_[node] = current_;
  sort(level);
}

void LoopLevels::visit(std::uint32_t node) {
  index_[node] = low_[node] = ++visited_;
  path_.push_back(node);
  open_.push_back(node);
}

// Tarjan's algorithm with its own stack. Components are closed in reverse topological order.
void LoopLevels::sort(Level& level) {
  const std::size_t size = level.order.size();
  level.order.clear();
  level.order.reserve(size);
  level.begin.clear();
  visited_ = 0;
  std::uint32_t units = 0;
  std::vector<std::uint32_t> ends;  // of the units in `order`, still reversed
  for (const std::uint32_t root : level.entries) {
    if (index_[root] == 0) visit(root);
    while (!path_.empty()) {
      const std::uint32_t node = path_.back();
      const auto exits = graph_.exits(node);
      if (next_[node] < exits.size()) {
        const std::uint32_t edge = exits[next_[node]++];
        ++work_;
        if (!inside(edge)) continue;
        const std::uint32_t to = graph_.to(edge);
        if (index_[to] == 0) {
          visit(to);
        } else if (unit_[to] == nothing) {
          low_[node] = std::min(low_[node], index_[to]);
        }
        continue;
      }
      path_.pop_back();
      if (!path_.empty()) low_[path_.back()] = std::min(low_[path_.back()], low_[node]);
      if (low_[node] != index_[node]) continue;
      std::uint32_t member = nothing;
      do {
        member = open_.back();
        open_.pop_back();
        unit_[member] = units;
        level.order.push_back(member);
      } while (member != node);
      ++units;
      ends.push_back(static_cast<std::uint32_t>(level.order.size()));
    }
  }
  std::reverse(level.order.begin(), level.order.end());
  const auto total = static_cast<std::uint32_t>(level.order.size());
  level.begin.reserve(units + 1);
  for (std::uint32_t u = units; u-- > 0;) level.begin.push_back(total - ends[u]);
  level.begin.push_back(total);
  for (const std::uint32_t node : level.order) unit_[node] = units - 1 - unit_[node];
}

bool LoopLevels::is_loop(const Level& level, std::uint32_t unit) const {
  const auto nodes = level.nodes(unit);
  if (nodes.size() > 1) return true;
  for (const std::uint32_t edge : graph_.exits(nodes.front())) {
    if (graph_.to(edge) == nodes.front() && inside(edge)) return true;
  }
  return false;
}

std::vector<std::uint32_t> LoopLevels::entries_of(const Level& level, std::uint32_t unit) const {
  std::vector<std::uint32_t> found;
  for (const std::uint32_t node : level.nodes(unit)) {
    for (const std::uint32_t edge : graph_.entries(node)) {
      if (contains(graph_.from(edge)) && unit_[graph_.from(edge)] == unit) continue;
      if (!contains(graph_.from(edge))) continue;  // nothing comes from where no case arrives
      found.push_back(node);
      break;
    }
  }
  return found;
}

}  // namespace flowproof
