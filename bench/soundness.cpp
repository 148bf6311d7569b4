// flowproof_bench_soundness random N [SEED]   N random graphs against the token oracle
// flowproof_bench_soundness all K             every graph of up to K nodes, up to renaming of most
// of them flowproof_bench_soundness large N           time and growth on N and 2N nodes
#include <sys/resource.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>
#include <string>

#include "oracle/compare.hpp"
#include "oracle/random_graphs.hpp"

namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

class Tally {
 public:
  void count(const oracle::Graph& graph) {
    flowproof::Soundness said;
    const oracle::Comparison result = oracle::compare(graph, 20'000, &said);
    ++counts_[static_cast<std::size_t>(result)];
    ++total_;
    if (said.verdict == flowproof::SoundnessVerdict::unsound)
      ++defects_[static_cast<int>(said.defect)];
    if (result < oracle::Comparison::undecided || shown_ >= 20) return;
    ++shown_;
    std::printf("%s: %s\n", names[static_cast<std::size_t>(result)],
                oracle::to_text(graph).c_str());
  }

  int report() const {
    std::printf("%llu graphs:", static_cast<unsigned long long>(total_));
    for (std::size_t i = 0; i < 7; ++i) {
      std::printf(" %s %llu", names[i], static_cast<unsigned long long>(counts_[i]));
    }
    std::printf("\nunsound by defect:");
    for (const auto& [defect, count] : defects_) {
      std::printf(" %s %llu", defect_names[defect], static_cast<unsigned long long>(count));
    }
    std::printf("\n");
    return counts_[4] + counts_[5] + counts_[6] == 0 ? 0 : 1;
  }

 private:
  static constexpr const char* names[] = {"sound", "unsound", "capped", "undecided",
                                          "wrong", "no-run",  "bad-run"};
  static constexpr const char* defect_names[] = {"none",         "dead-end",   "livelock",
                                                 "unreachable",  "deadlock",   "loop-entry",
                                                 "lack-of-sync", "loop-emits", "end-in-parallel"};
  std::uint64_t counts_[7] = {};
  std::map<int, std::uint64_t> defects_;
  std::uint64_t total_ = 0;
  int shown_ = 0;
};

int run_random(std::uint64_t count, std::uint64_t seed) {
  Tally tally;
  const auto start = Clock::now();
  for (std::uint64_t i = 0; i < count; ++i) tally.count(oracle::RandomGraphs(seed + i).any());
  const int code = tally.report();
  std::printf("%.1f s\n", seconds_since(start));
  return code;
}

// Nodes: source 0, end 1, inner 2..k-1. Inner nodes are interchangeable, so only graphs whose inner
// nodes stand in ascending order of (gates, entry, exit) are looked at.
void all_of_size(int nodes, bool self_loops, Tally& tally) {
  const int inner = nodes - 2;
  std::vector<std::pair<int, int>> slots;
  for (int i = 0; i < inner; ++i) slots.emplace_back(0, 2 + i);
  for (int i = 0; i < inner; ++i) slots.emplace_back(2 + i, 1);
  for (int i = 0; i < inner; ++i) {
    for (int j = 0; j < inner; ++j) {
      if (i != j || self_loops) slots.emplace_back(2 + i, 2 + j);
    }
  }
  for (std::uint64_t mask = 1; mask < std::uint64_t{1} << slots.size(); ++mask) {
    oracle::Graph shape;
    for (int i = 0; i < nodes; ++i) shape.add();
    std::vector<unsigned> in(static_cast<std::size_t>(nodes)), out(static_cast<std::size_t>(nodes));
    for (std::size_t s = 0; s < slots.size(); ++s) {
      if ((mask >> s & 1) == 0) continue;
      shape.connect(slots[s].first, slots[s].second);
      ++out[static_cast<std::size_t>(slots[s].first)];
      ++in[static_cast<std::size_t>(slots[s].second)];
    }
    bool usable = in[1] > 0;
    std::vector<std::pair<std::size_t, bool>> gates;  // node, join?
    if (out[0] > 1) gates.emplace_back(0, false);
    for (std::size_t n = 2; n < static_cast<std::size_t>(nodes); ++n) {
      usable &= in[n] > 0 && out[n] > 0;
      if (in[n] > 1) gates.emplace_back(n, true);
      if (out[n] > 1) gates.emplace_back(n, false);
    }
    if (in[1] > 1) gates.emplace_back(1, true);
    if (!usable) continue;
    for (std::uint64_t kinds = 0; kinds < std::uint64_t{1} << gates.size(); ++kinds) {
      oracle::Graph graph = shape;
      for (std::size_t k = 0; k < gates.size(); ++k) {
        (gates[k].second ? graph.and_join : graph.and_split)[gates[k].first] = kinds >> k & 1;
      }
      bool ordered = true;
      int before = -1;
      for (int i = 0; i < inner && ordered; ++i) {
        const auto n = static_cast<std::size_t>(2 + i);
        const int key = static_cast<int>(in[n] * 64 + out[n] * 8) + (graph.and_join[n] ? 4 : 0) +
                        (graph.and_split[n] ? 2 : 0) + static_cast<int>(mask >> i & 1);
        ordered = key >= before;
        before = key;
      }
      if (!ordered) continue;
      graph.close();
      for (const bool swallow : {false, true}) {
        graph.swallow = swallow;
        tally.count(graph);
      }
    }
  }
}

int run_all(int nodes) {
  Tally tally;
  const auto start = Clock::now();
  for (int n = 2; n <= nodes; ++n) all_of_size(n, n <= 5, tally);
  const int code = tally.report();
  std::printf("%.1f s\n", seconds_since(start));
  return code;
}

// Permit-like blocks in a row: decision with a way back, parallel review, unstructured bridge.
flowproof::ControlGraph large(std::uint32_t nodes) {
  using flowproof::Gate;
  std::vector<flowproof::ControlNode> n{{}};
  std::vector<flowproof::ControlEdge> e;
  const auto add = [&](Gate join, Gate split) {
    n.push_back({join, split, false});
    return static_cast<std::uint32_t>(n.size() - 1);
  };
  constexpr Gate x = Gate::exclusive, a = Gate::parallel;
  std::uint32_t last = 0;
  while (n.size() + 8 < nodes) {
    const std::uint32_t merge = add(x, x), fork = add(x, a), left = add(x, x), right = add(x, x),
                        skip = add(x, x), join = add(a, x), check = add(x, x), next = add(x, x);
    e.insert(e.end(), {{last, merge},
                       {merge, fork},
                       {fork, left},
                       {fork, right},
                       {left, skip},
                       {left, skip},
                       {skip, join},
                       {right, join},
                       {join, check},
                       {check, merge},
                       {check, next}});
    last = next;
  }
  const std::uint32_t end = add(x, x);
  n[end].end = true;
  e.push_back({last, end});
  return {std::move(n), std::move(e), 0, flowproof::Ends::exclusive};
}

double timed(std::uint32_t nodes) {
  const auto start = Clock::now();
  const flowproof::ControlGraph graph = large(nodes);
  const flowproof::Soundness said = verify(graph);
  if (said.verdict != flowproof::SoundnessVerdict::sound) std::printf("not sound?\n");
  return seconds_since(start);
}

int run_large(std::uint32_t nodes) {
  double once = 1e9,
         twice = 1e9;  // interleaved, the best of each: the machine has other things to do
  for (int round = 0; round < 7; ++round) {
    once = std::min(once, timed(nodes));
    twice = std::min(twice, timed(2 * nodes));
  }
  const flowproof::ControlGraph graph = large(nodes);
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  std::printf(
      "%u nodes, %u edges generated and verified: %.3f s; twice the nodes: %.3f s, ratio %.2f, "
      "peak %.0f MiB\n",
      graph.node_count(), graph.edge_count(), once, twice, twice / once,
      static_cast<double>(usage.ru_maxrss) / 1024);
  return twice / once <= 2.3 ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  const std::string mode = argc > 2 ? argv[1] : "";
  const std::uint64_t number = argc > 2 ? std::strtoull(argv[2], nullptr, 10) : 0;
  if (mode == "random")
    return run_random(number, argc > 3 ? std::strtoull(argv[3], nullptr, 10) : 1);
  if (mode == "all") return run_all(static_cast<int>(number));
  if (mode == "large") return run_large(static_cast<std::uint32_t>(number));
  std::fprintf(stderr, "usage: flowproof_bench_soundness random N [SEED] | all K | large N\n");
  return 2;
}
