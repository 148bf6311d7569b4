#include <algorithm>
#include <array>
#include <set>
#include <string_view>

#include "layout/passes.hpp"

namespace flowproof::layout {

namespace {

struct Denial {
  std::string_view word;
  int strength;
};

// Words that begin the condition of an exception; the first row that fits counts. A bare answer
// says less than 不符合, for it may be the good one (是否超期? 否); 不需要 only leaves a detour
// out.
constexpr std::array<Denial, 19> denials{{{"不需", 1},
                                          {"不涉及", 1},
                                          {"不必", 1},
                                          {"无需", 2},
                                          {"无须", 2},
                                          {"无异议", 0},
                                          {"没有异议", 0},
                                          {"否", 2},
                                          {"无", 2},
                                          {"不", clear_denial},
                                          {"未", clear_denial},
                                          {"退回", clear_denial},
                                          {"驳回", clear_denial},
                                          {"补正", clear_denial},
                                          {"超", clear_denial},
                                          {"no", 2},
                                          {"No", 2},
                                          {"reject", clear_denial},
                                          {"return", clear_denial}}};

// What these say no to is the application itself; others may deny that anything happened
// (未提出异议) or was wanted (不要求听证).
constexpr std::array<std::string_view, 12> refusals{"不符",   "不合",   "不通过", "未通过",
                                                    "不同意", "不予",   "不准",   "不批准",
                                                    "不齐",   "不完整", "退回",   "驳回"};

constexpr int timeout_strength = clear_denial + 1;
constexpr int detour_strength = clear_denial - 1;  // no refusal, but not the usual way
constexpr std::size_t longest_detour = 24;         // boxes
constexpr std::size_t most_exits = 8;              // of a box whose exits are compared

int denial(const Edge& edge) {
  if (edge.timeout) return timeout_strength;
  const auto found = std::find_if(denials.begin(), denials.end(), [&](const Denial& each) {
    return edge.when.value.starts_with(each.word);
  });
  return found == denials.end() ? 0 : found->strength;
}

bool refuses(const Edge& edge) {
  return std::any_of(refusals.begin(), refusals.end(),
                     [&](std::string_view word) { return edge.when.value.starts_with(word); });
}

class ExitJudging {
 public:
  explicit ExitJudging(const Chart& chart) : chart_(chart) {
    for (const Edge& edge : chart.flow.edges) strength_.push_back(denial(edge));
  }

  std::vector<int> run() {
    find_hope();
    find_sure_stages();
    for (const NodeIndex node : chart_.facts.order) {
      const auto exits = chart_.facts.graph.exits(node);
      const bool fork = chart_.flow.node(node).kind == NodeKind::parallel;
      if (fork || exits.size() < 2 || exits.size() > most_exits) continue;
      for (const EdgeIndex direct : exits) judge_detours(node, direct);
    }
    return std::move(strength_);
  }

 private:
  // From where the application can still be granted.
  void find_hope() {
    const auto good = [&](bool granted) {
      std::vector<NodeIndex> ends;
      for (const NodeIndex end : chart_.facts.ends) {
        const Meaning& meaning = chart_.facts.meanings[at(end)];
        if (granted ? meaning.is(Outcome::granted) : !meaning.adverse()) ends.push_back(end);
      }
      return ends;
    };
    std::vector<NodeIndex> ends = good(true);
    if (ends.empty()) ends = good(false);
    hope_ = reach(chart_.flow, chart_.facts.graph, std::move(ends), Direction::backward,
                  &chart_.facts.returns);
  }

  // Stages that every way to the box has passed, and every hopeful way from it will. The box where
  // ways part only asks about a stage (是否现场核查？), so it does not count before.
  void find_sure_stages() {
    constexpr std::uint32_t all = ~0U;
    before_.assign(chart_.flow.nodes.size(), all);
    after_.assign(chart_.flow.nodes.size(), all);
    const auto& order = chart_.facts.order;
    for (const NodeIndex node : order) {
      std::uint32_t& stages = before_[at(node)];
      for (const EdgeIndex entry : chart_.facts.graph.entries(node)) {
        const NodeIndex from = chart_.flow.edge(entry).from;
        if (!chart_.goes_back(entry)) stages &= before_[at(from)] | chart_.usual_stages(from);
      }
      if (stages == all) stages = 0;
    }
    for (auto node = order.rbegin(); node != order.rend(); ++node) {
      std::uint32_t& stages = after_[at(*node)];
      for (const EdgeIndex exit : chart_.facts.graph.exits(*node)) {
        const NodeIndex to = chart_.flow.edge(exit).to;
        if (!chart_.goes_back(exit) && hope_[at(to)]) stages &= after_[at(to)];
      }
      stages = (stages == all ? 0 : stages) | chart_.usual_stages(*node);
    }
  }

  // Another exit comes to the same box later. If it does nothing on its way that a case must go
  // through, it is the exception, whatever the words say.
  void judge_detours(NodeIndex node, EdgeIndex direct) {
    const Edge& edge = chart_.flow.edge(direct);
    const NodeIndex goal = edge.to;
    if (chart_.goes_back(direct) || edge.timeout || refuses(edge) || !hope_[at(goal)]) return;
    if (chart_.facts.graph.entries(goal).size() < 2) return;
    for (const EdgeIndex other : chart_.facts.graph.exits(node)) {
      if (other == direct || chart_.goes_back(other) || !is_detour(other, goal)) continue;
      strength_[at(direct)] = 0;
      strength_[at(other)] = std::max(strength_[at(other)], detour_strength);
    }
  }

  bool is_detour(EdgeIndex exit, NodeIndex goal) const {
    const Edge& edge = chart_.flow.edge(exit);
    const std::uint32_t last = chart_.position[at(goal)];
    if (chart_.position[at(edge.to)] >= last) return false;
    std::set<std::uint32_t> open{chart_.position[at(edge.to)]};
    std::vector<std::uint32_t> seen;  // positions, growing
    while (!open.empty()) {
      if (seen.size() == longest_detour) return false;
      seen.push_back(*open.begin());
      open.erase(open.begin());
      for_each_next(seen.back(), [&](std::uint32_t next) {
        if (next < last) open.insert(next);
      });
    }
    std::set<std::uint32_t> returns{last};
    std::uint32_t stages = 0;
    for (auto position = seen.rbegin(); position != seen.rend(); ++position) {
      bool comes_back = false;
      for_each_next(*position, [&](std::uint32_t next) {
        comes_back = comes_back || returns.count(next) > 0;
      });
      if (!comes_back) continue;
      returns.insert(*position);
      stages |= chart_.usual_stages(chart_.facts.order[*position]);
    }
    const std::uint32_t otherwise = before_[at(edge.from)] | after_[at(goal)];
    return returns.count(seen.front()) > 0 && (stages & ~otherwise) == 0;
  }

  template <class Visit>
  void for_each_next(std::uint32_t position, Visit visit) const {
    for (const EdgeIndex exit : chart_.facts.graph.exits(chart_.facts.order[position])) {
      if (!chart_.goes_back(exit)) visit(chart_.position[at(chart_.flow.edge(exit).to)]);
    }
  }

  const Chart& chart_;
  std::vector<int> strength_;                  // per edge
  std::vector<bool> hope_;                     // per node
  std::vector<std::uint32_t> before_, after_;  // per node; itself included after
};

}  // namespace

std::vector<int> judge_exits(const Chart& chart) { return ExitJudging(chart).run(); }

}  // namespace flowproof::layout
