// The longest way of a clock against the enumeration of every way, on small random flows.
//
// Shares nothing with the analysis but the flow: the flow is made from a list of stretches, and the
// oracle walks its own edges.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "flowproof/facts.hpp"
#include "oracle/random_graphs.hpp"
#include "support/cases.hpp"

namespace {

using namespace flowproof;

struct OracleEdge {
  int from, to;
  int max;  // 0: no way back; -1: a way back without bound
};

struct Case {
  Flow flow;
  std::vector<std::int64_t> weight;  // days, what the clock is to count
  std::vector<OracleEdge> edges;
  std::vector<int> spine;  // each lies on every way from start to end, in this order
  int accept = 0, decide = 0;
};

int add_node(Case& c, NodeKind kind, const char* stage, std::int64_t days, bool counts) {
  Node node;
  node.kind = kind;
  const int index = static_cast<int>(c.flow.nodes.size());
  node.attributes.push_back({Attribute::id, {"n" + std::to_string(index), {}}});
  if (*stage != '\0') node.attributes.push_back({Attribute::stage, {stage, {}}});
  node.limit.form = LimitForm::amount;
  node.limit.amount = {days * 1000, TimeUnit::working_day};
  c.flow.nodes.push_back(std::move(node));
  c.weight.push_back(counts ? days : 0);
  return index;
}

/// Start, acceptance, 1-5 stretches (a box, or two branches), decision, end; some ways back.
Case draw(oracle::Dice& dice) {
  Case c;
  const auto days = [&] { return static_cast<std::int64_t>(dice.below(10)); };
  const auto join_to = [&](int node) {
    c.edges.push_back({c.spine.back(), node, 0});
    c.spine.push_back(node);
  };
  c.spine.push_back(add_node(c, NodeKind::start, "", 0, false));
  c.accept = add_node(c, NodeKind::step, "受理", days(), false);
  join_to(c.accept);
  for (auto stretches = dice.below(5) + 1; stretches > 0; --stretches) {
    if (dice.chance(50)) {
      const bool excluded = dice.chance(20);
      const int box = add_node(c, NodeKind::step, "审查", days(), !excluded);
      if (excluded) {
        c.flow.nodes.back().attributes.push_back({Attribute::counted, {"no", {}}});
      }
      join_to(box);
      continue;
    }
    const bool parallel = dice.chance(50);
    const int split = add_node(c, parallel ? NodeKind::parallel : NodeKind::decision, "", 0, true);
    join_to(split);
    const int meet = add_node(c, parallel ? NodeKind::join : NodeKind::step, "", 0, true);
    for (auto branches = dice.below(2) + 2; branches > 0; --branches) {
      int last = split;
      for (auto boxes = dice.below(3); boxes > 0; --boxes) {
        const int box = add_node(c, NodeKind::step, "审查", days(), true);
        c.edges.push_back({last, box, 0});
        last = box;
      }
      c.edges.push_back({last, meet, 0});
    }
    c.spine.push_back(meet);
  }
  c.decide = add_node(c, NodeKind::step, "决定", days(), true);
  join_to(c.decide);
  join_to(add_node(c, NodeKind::end, "", 0, false));
  for (auto backs = dice.below(3); backs > 0; --backs) {
    const std::size_t to = dice.below(static_cast<std::uint32_t>(c.spine.size() - 3)) + 1;
    const std::size_t from = to + dice.below(static_cast<std::uint32_t>(c.spine.size() - 1 - to));
    c.edges.push_back(
        {c.spine[from], c.spine[to], dice.chance(20) ? -1 : static_cast<int>(dice.below(2)) + 1});
  }
  std::stable_sort(c.edges.begin(), c.edges.end(),
                   [](const OracleEdge& a, const OracleEdge& b) { return a.from < b.from; });
  for (const OracleEdge& edge : c.edges) {
    Edge& made = c.flow.edges.emplace_back();
    made.from = NodeIndex{static_cast<std::uint32_t>(edge.from)};
    made.to = NodeIndex{static_cast<std::uint32_t>(edge.to)};
    if (edge.max > 0) made.max = edge.max;
  }
  return c;
}

std::size_t on_spine(const Case& c, int node) {
  return static_cast<std::size_t>(std::find(c.spine.begin(), c.spine.end(), node) -
                                  c.spine.begin());
}

/// Loops that share a box are gone through again as often as their ways back allow together.
struct Loop {
  std::size_t first, last;
  int rounds;
};
std::vector<Loop> loops_of(const Case& c) {
  std::vector<Loop> loops;
  for (const OracleEdge& edge : c.edges) {
    if (edge.max == 0) continue;
    loops.push_back({on_spine(c, edge.to), on_spine(c, edge.from), std::max(edge.max, 0)});
  }
  std::sort(loops.begin(), loops.end(),
            [](const Loop& a, const Loop& b) { return a.first < b.first; });
  std::vector<Loop> merged;
  for (const Loop& loop : loops) {
    if (!merged.empty() && loop.first <= merged.back().last) {
      merged.back().last = std::max(merged.back().last, loop.last);
      merged.back().rounds += loop.rounds;
    } else {
      merged.push_back(loop);
    }
  }
  return merged;
}

class Oracle {
 public:
  explicit Oracle(const Case& c) : c_(c), loops_(loops_of(c)) {}

  std::int64_t longest(bool with_rounds) {
    with_rounds_ = with_rounds;
    best_ = -1;
    walk(c_.accept, 0);
    return best_;
  }

 private:
  void walk(int node, std::int64_t length) {
    length += c_.weight[static_cast<std::size_t>(node)];
    if (node == c_.decide) best_ = std::max(best_, length);
    for (const OracleEdge& edge : c_.edges) {
      if (edge.from != node) continue;
      if (edge.max == 0) {
        walk(edge.to, length);
      } else if (with_rounds_ && edge.max > 0) {
        Loop& loop = loop_at(on_spine(c_, edge.to));
        if (loop.rounds == 0) continue;
        --loop.rounds;
        walk(edge.to, length);
        ++loop.rounds;
      }
    }
  }

  Loop& loop_at(std::size_t position) {
    return *std::find_if(loops_.begin(), loops_.end(), [&](const Loop& loop) {
      return loop.first <= position && position <= loop.last;
    });
  }

  const Case& c_;
  std::vector<Loop> loops_;
  bool with_rounds_ = false;
  std::int64_t best_ = -1;
};

TEST(ClockOracle, TheLongestWayIsTheLongestOfAllWays) {
  const Profile profile = oracle::small_profile();
  for (std::uint64_t seed = 1; seed <= test::cases(3000U); ++seed) {
    oracle::Dice dice(seed);
    const Case c = draw(dice);
    const Facts facts = analyse(c.flow, nullptr, profile);
    Oracle oracle(c);
    const std::int64_t straight = oracle.longest(false);
    const std::int64_t with_rounds = oracle.longest(true);
    const ClockFacts& clock = facts.decision;
    ASSERT_TRUE(clock.longest) << "seed " << seed;
    EXPECT_EQ(clock.longest->total.milli, straight * 1000) << "seed " << seed;
    const TimedPath& most = clock.repeating ? *clock.repeating : *clock.longest;
    EXPECT_EQ(most.total.milli, with_rounds * 1000) << "seed " << seed;
    std::int64_t sum = 0;
    for (const TimedPath::Step& step : most.steps) sum += step.milli;
    EXPECT_EQ(sum, most.total.milli) << "seed " << seed;
    if (HasFailure()) return;
  }
}

}  // namespace
