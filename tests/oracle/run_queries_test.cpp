// Completeness questions against a search through all states in which the nodes never fire.
#include "analysis/run_queries.hpp"

#include <gtest/gtest.h>

#include <unordered_set>

#include "oracle/compare.hpp"
#include "oracle/random_graphs.hpp"
#include "support/cases.hpp"

namespace {

using flowproof::test::cases;

using oracle::State;

struct Question {
  std::vector<bool> barred;  // never fire
  std::vector<bool> ends;    // the only ends allowed
};

// Is there such a run?
bool exists(const oracle::Graph& graph, const Question& q) {
  const oracle::Game game(graph);
  std::vector<State> states{{}};
  std::unordered_set<State, oracle::StateHash> seen{{}};
  for (std::size_t i = 0; i < states.size(); ++i) {
    if (game.complete(states[i])) return true;
    const State here = states[i];
    game.each_step(here, [&](int node, int, int, const State& after, bool) {
      const auto n = static_cast<std::size_t>(node);
      if (q.barred[n] || (graph.is_end[n] && !q.ends[n])) return;
      if (seen.insert(after).second) states.push_back(after);
    });
  }
  return false;
}

std::vector<bool> draw(oracle::Dice& dice, std::size_t size, std::uint32_t percent) {
  std::vector<bool> drawn(size);
  for (std::size_t i = 0; i < size; ++i) drawn[i] = dice.chance(percent);
  return drawn;
}

template <class F>
void for_sound_graphs(int count, F f) {
  for (std::uint64_t seed = 1; count > 0; ++seed) {
    oracle::RandomGraphs random(seed + 900'000);
    oracle::Graph graph = random.any();
    graph.swallow = false;
    const oracle::Game::Verdict truth = oracle::Game(graph).explore(3'000);
    if (truth.capped || !truth.sound) continue;
    --count;
    f(graph, random.dice());
    if (testing::Test::HasFailure()) return;
  }
}

TEST(RunQueries, MissedIsExactAndItsRunShowsIt) {
  int yes = 0, no = 0;
  for_sound_graphs(cases(4'000), [&](const oracle::Graph& graph, oracle::Dice& dice) {
    const std::size_t size = graph.and_join.size();
    const flowproof::ControlGraph control = oracle::to_control(graph);
    flowproof::PassQuestions asked{std::vector<std::uint64_t>(size),
                                   std::vector<std::uint64_t>(size)};
    std::vector<Question> questions;
    for (unsigned k = 0; k < 8; ++k) {
      Question q{draw(dice, size, 12), draw(dice, size, k < 4 ? 100 : 60)};
      for (std::size_t n = 0; n < size; ++n) {
        if (q.barred[n]) asked.nodes[n] |= std::uint64_t{1} << k;
        if (q.ends[n]) asked.ends[n] |= std::uint64_t{1} << k;
      }
      questions.push_back(q);
    }
    const std::uint64_t bits = missed(control, asked);
    for (unsigned k = 0; k < 8; ++k) {
      const bool truth = exists(graph, questions[k]);
      EXPECT_EQ((bits >> k & 1U) != 0, truth) << oracle::to_text(graph);
      const std::vector<flowproof::Firing> run = run_that_misses(control, asked, k);
      EXPECT_EQ(!run.empty(), truth) << oracle::to_text(graph);
      for (const flowproof::Firing& firing : run) EXPECT_FALSE(questions[k].barred[firing.node]);
      if (!run.empty()) {
        EXPECT_TRUE(graph.is_end[run.back().node] && questions[k].ends[run.back().node]);
      }
      ++(truth ? yes : no);
    }
  });
  EXPECT_GT(yes, cases(3'000));
  EXPECT_GT(no, cases(3'000));
}

}  // namespace
