#include "analysis/concurrency.hpp"

#include <bit>

namespace flowproof {

namespace {

constexpr std::size_t edge_limit = 24'000;  // 72 MB of bits

class Pairs {
 public:
  Pairs(const ControlGraph& graph, const LoopLevels& levels, const Level& level);
  PairTest run();

 private:
  using Word = std::uint64_t;
  struct Unit {
    std::vector<std::uint32_t> entries, exits;  // numbers of this class
  };

  [[nodiscard]] bool concurrent(std::uint32_t a, std::uint32_t b) const {
    return (row(a)[b / 64] >> (b % 64) & 1U) != 0;
  }
  void relate(std::uint32_t a, std::uint32_t b) {
    bits_[a * words_ + b / 64] |= Word{1} << (b % 64);
    bits_[b * words_ + a / 64] |= Word{1} << (a % 64);
  }
  [[nodiscard]] const Word* row(std::uint32_t edge) const { return bits_.data() + edge * words_; }
  [[nodiscard]] bool splits_parallel(std::uint32_t unit) const;
  [[nodiscard]] bool joins_parallel(std::uint32_t unit) const;
  [[nodiscard]] bool meets(std::uint32_t unit, std::uint32_t& a, std::uint32_t& b) const;
  void pass(std::uint32_t unit);
  [[nodiscard]] Meeting trace(std::uint32_t unit, std::uint32_t a, std::uint32_t b) const;

  const ControlGraph& graph_;
  const Level& level_;
  std::vector<Unit> units_;
  std::vector<std::uint32_t> edge_, from_;  // per number: edge of the graph, unit it leaves
  std::size_t words_ = 0;
  std::vector<Word> bits_;
};

Pairs::Pairs(const ControlGraph& graph, const LoopLevels& levels, const Level& level)
    : graph_(graph), level_(level), units_(level.unit_count()) {
  for (std::uint32_t unit = 0; unit < level.unit_count(); ++unit) {
    for (const std::uint32_t node : level.nodes(unit)) {
      for (const std::uint32_t edge : graph.exits(node)) {
        if (!levels.leaves(edge)) continue;
        const auto number = static_cast<std::uint32_t>(edge_.size());
        edge_.push_back(edge);
        from_.push_back(unit);
        units_[unit].exits.push_back(number);
        units_[levels.unit_of(graph.to(edge))].entries.push_back(number);
      }
    }
  }
  words_ = (edge_.size() + 63) / 64;
}

bool Pairs::splits_parallel(std::uint32_t unit) const {
  const auto nodes = level_.nodes(unit);
  return nodes.size() == 1 && graph_.split(nodes.front()) == Gate::parallel;
}

bool Pairs::joins_parallel(std::uint32_t unit) const {
  const auto nodes = level_.nodes(unit);
  return nodes.size() == 1 && graph_.join(nodes.front()) == Gate::parallel;
}

bool Pairs::meets(std::uint32_t unit, std::uint32_t& a, std::uint32_t& b) const {
  const std::vector<std::uint32_t>& entries = units_[unit].entries;
  if (entries.size() < 2 || joins_parallel(unit)) return false;
  if (graph_.is_end(level_.nodes(unit).front())) return false;  // it swallows both
  std::vector<Word> all(words_, 0);
  for (const std::uint32_t entry : entries) all[entry / 64] |= Word{1} << (entry % 64);
  for (const std::uint32_t entry : entries) {
    for (std::size_t w = 0; w < words_; ++w) {
      const Word common = row(entry)[w] & all[w];
      if (common == 0) continue;
      a = entry;
      b = static_cast<std::uint32_t>(w * 64) + static_cast<std::uint32_t>(std::countr_zero(common));
      return true;
    }
  }
  return false;
}

// A token that passes the unit stays concurrent to whatever its entries were concurrent to.
void Pairs::pass(std::uint32_t unit) {
  const Unit& here = units_[unit];
  std::vector<Word> beside(words_, 0);
  bool first = true;
  for (const std::uint32_t entry : here.entries) {
    for (std::size_t w = 0; w < words_; ++w) {
      const Word word = row(entry)[w];
      beside[w] = first || !joins_parallel(unit) ? beside[w] | word : beside[w] & word;
    }
    first = false;
  }
  for (const std::uint32_t exit : here.exits) {
    for (std::size_t w = 0; w < words_; ++w) {
      for (Word rest = beside[w]; rest != 0; rest &= rest - 1) {
        relate(exit, static_cast<std::uint32_t>(w * 64) +
                         static_cast<std::uint32_t>(std::countr_zero(rest)));
      }
    }
  }
  if (!splits_parallel(unit)) return;
  for (const std::uint32_t a : here.exits) {
    for (const std::uint32_t b : here.exits) {
      if (a < b) relate(a, b);
    }
  }
}

// Walks both tokens back to the split that made them, then on to the start.
Meeting Pairs::trace(std::uint32_t unit, std::uint32_t a, std::uint32_t b) const {
  Meeting meeting{.unit = unit, .choices = std::vector<std::uint32_t>(units_.size(), nothing)};
  while (from_[a] != from_[b]) {
    if (from_[a] < from_[b]) std::swap(a, b);  // a leaves the later unit
    meeting.choices[from_[a]] = edge_[a];
    for (const std::uint32_t entry : units_[from_[a]].entries) {
      if (!concurrent(entry, b)) continue;
      a = entry;
      break;
    }
  }
  for (std::uint32_t back = from_[a]; !units_[back].entries.empty();) {
    const std::uint32_t entry = units_[back].entries.front();
    back = from_[entry];
    meeting.choices[back] = edge_[entry];
  }
  return meeting;
}

PairTest Pairs::run() {
  if (edge_.size() > edge_limit) return {.too_large = true, .meeting = {}};
  bits_.assign(words_ * edge_.size(), 0);
  for (std::uint32_t unit = 0; unit < units_.size(); ++unit) {
    std::uint32_t a = nothing, b = nothing;
    if (meets(unit, a, b)) return {.too_large = false, .meeting = trace(unit, a, b)};
    pass(unit);
  }
  return {};
}

}  // namespace

PairTest test_pairs(const ControlGraph& graph, const LoopLevels& levels, const Level& level) {
  return Pairs(graph, levels, level).run();
}

}  // namespace flowproof
