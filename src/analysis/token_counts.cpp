#include "analysis/token_counts.hpp"

namespace flowproof {

// Entries are outcomes of one virtual decision, so one pass covers all of them.
void TokenCounts::open(const Level& level, std::uint32_t entry) {
  Fingerprint rest = Fingerprint::one();
  for (std::size_t i = 0; i < level.entries.size(); ++i) {
    const std::uint32_t node = level.entries[i];
    ArrivedTokens& slot = slots_[levels_.unit_of(node)];
    if (entry != nothing) {
      slot.value = node == entry ? Fingerprint::one() : Fingerprint();
      continue;
    }
    const bool last = i + 1 == level.entries.size();
    slot.value = last ? rest : Fingerprint::random(seed_, ~std::uint64_t{node});
    rest -= slot.value;
  }
}

void TokenCounts::send(std::uint32_t edge, const Fingerprint& value) {
  ++work_;
  if (!levels_.inside(edge)) {
    sum_ += value;
    return;
  }
  const std::uint32_t to = graph_.to(edge);
  slots_[levels_.unit_of(to)].receive(value, graph_.join(to));
}

// Outcomes of a decision, or ways out of a loop: their weights sum to 1.
void TokenCounts::leave_by_one(const Level& level, std::uint32_t unit, const Fingerprint& value,
                               std::uint32_t chosen) {
  Fingerprint rest = Fingerprint::one();
  std::uint32_t held = nothing;  // the last one gets what is left
  for (const std::uint32_t node : level.nodes(unit)) {
    for (const std::uint32_t edge : graph_.exits(node)) {
      if (!levels_.leaves(edge)) continue;
      if (chosen != nothing) {
        send(edge, edge == chosen ? value : Fingerprint());
        continue;
      }
      if (held != nothing) {
        const Fingerprint weight = Fingerprint::random(seed_, held);
        send(held, value * weight);
        rest -= weight;
      }
      held = edge;
    }
  }
  if (held != nothing) send(held, value * rest);
}

void TokenCounts::leave(const Level& level, std::uint32_t unit, std::uint32_t chosen) {
  const Fingerprint value = slots_[unit].value;
  const auto nodes = level.nodes(unit);
  const std::uint32_t node = nodes.front();
  if (nodes.size() == 1 && graph_.is_end(node)) {
    sum_ += value;
  } else if (nodes.size() == 1 && graph_.split(node) == Gate::parallel) {
    for (const std::uint32_t edge : graph_.exits(node)) send(edge, value);
  } else if (nodes.size() == 1 && graph_.exits(node).size() == 1) {
    send(graph_.exits(node).front(), value);
  } else {
    leave_by_one(level, unit, value, chosen);
  }
}

CountCheck TokenCounts::run(const Level& level, const Choices& choices,
                            const std::vector<bool>& cone, std::uint32_t last, bool boundary) {
  slots_.assign(level.unit_count(), {});
  sum_ = {};
  open(level, choices.entry);
  for (std::uint32_t unit = 0; unit < level.unit_count() && unit <= last; ++unit) {
    if (!cone.empty() && !cone[unit]) continue;
    const std::uint32_t node = level.nodes(unit).front();
    const ArrivedTokens& slot = slots_[unit];
    if (level.nodes(unit).size() == 1 && graph_.join(node) == Gate::parallel &&
        (slot.unequal || (slot.arrived > 0 && slot.arrived < graph_.entries(node).size() &&
                          slot.value != Fingerprint()))) {
      return {CountCheck::Result::unequal_join, unit};
    }
    leave(level, unit, choices.exit.empty() ? nothing : choices.exit[unit]);
  }
  if (boundary && sum_ != Fingerprint::one()) return {CountCheck::Result::wrong_sum, nothing};
  return {};
}

}  // namespace flowproof
