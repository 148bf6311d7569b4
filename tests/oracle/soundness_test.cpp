// The soundness engine against the definition. bench/soundness.cpp runs the same at full size.
#include <gtest/gtest.h>

#include "oracle/compare.hpp"
#include "oracle/random_graphs.hpp"
#include "support/cases.hpp"

namespace {

using flowproof::test::cases;

constexpr std::size_t state_cap = 5'000;

void expect_agreement(const oracle::Graph& graph) {
  const oracle::Comparison result = oracle::compare(graph, state_cap);
  EXPECT_LE(result, oracle::Comparison::capped)
      << "result " << static_cast<int>(result) << " on " << oracle::to_text(graph);
}

TEST(SoundnessOracle, KnowsItsOwnDefinition) {
  oracle::Graph g;  // 0 splits in parallel into 1 and 2, which meet in 3
  const int fork = g.add(false, true), left = g.add(), right = g.add(), meet = g.add(true);
  g.connect(fork, left);
  g.connect(fork, right);
  g.connect(left, meet);
  g.connect(right, meet);
  g.close();
  EXPECT_TRUE(oracle::Game(g).explore(100).sound);
  g.and_join[static_cast<std::size_t>(meet)] = 0;  // both tokens end
  EXPECT_FALSE(oracle::Game(g).explore(100).sound);
  g.swallow = true;
  EXPECT_TRUE(oracle::Game(g).explore(100).sound);
  g.and_join[static_cast<std::size_t>(meet)] = 1;
  g.and_split[static_cast<std::size_t>(fork)] = 0;  // one token, a join of two
  EXPECT_FALSE(oracle::Game(g).explore(100).sound);
}

TEST(SoundnessOracle, AgreesOnRandomGraphsAndEveryCounterexampleReplays) {
  int sound = 0;
  for (std::uint64_t seed = 1; seed <= cases(20'000U); ++seed) {
    const oracle::Graph graph = oracle::RandomGraphs(seed).any();
    expect_agreement(graph);
    sound += verify(oracle::to_control(graph)).verdict == flowproof::SoundnessVerdict::sound;
    if (HasFailure()) break;
  }
  EXPECT_GT(sound, cases(4'000));  // both verdicts have to be common for this to say anything
  EXPECT_LT(sound, cases(16'000));
}

// Source 0, end 1, three nodes between them, self-loops included; every choice of gates.
TEST(SoundnessOracle, AgreesOnEveryGraphOfThreeInnerNodes) {
  constexpr int inner = 3;
  std::vector<std::pair<int, int>> slots;
  for (int i = 2; i < 2 + inner; ++i) {
    slots.emplace_back(0, i);
    slots.emplace_back(i, 1);
    for (int j = 2; j < 2 + inner; ++j) slots.emplace_back(i, j);
  }
  // All shapes would take minutes; a stride that is coprime to their number samples them evenly.
  constexpr std::uint64_t stride = 37 * flowproof::test::share_of_cases;
  for (std::uint64_t mask = 1; mask < std::uint64_t{1} << slots.size(); mask += stride) {
    for (std::uint32_t gates = 0; gates < 256; gates += 3) {
      oracle::Graph graph;
      for (unsigned n = 0; n < 2 + inner; ++n) {
        graph.add(n > 0 && (gates >> (n - 1) & 1U) != 0,
                  n != 1 && (gates >> (4 + n / 2) & 1U) != 0);
      }
      for (std::size_t s = 0; s < slots.size(); ++s) {
        if ((mask >> s & 1U) != 0) graph.connect(slots[s].first, slots[s].second);
      }
      graph.close();
      graph.swallow = (mask & 1U) != 0;
      expect_agreement(graph);
    }
    if (HasFailure()) break;
  }
}

}  // namespace
