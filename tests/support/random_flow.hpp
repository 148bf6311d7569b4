// Random flows that look like permits: the same seed gives the same flow on every machine.
//
// They are right by construction: one start, every node on a way from it to an end, decisions with
// distinct labelled exits, parallel blocks joined, ways back bounded. Used by property tests and
// benches.
#pragma once

#include <cstdint>
#include <string>

#include "flowproof/flow.hpp"

namespace flowproof::test {

/// splitmix64: small, and the same everywhere.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next() {
    std::uint64_t z = (state_ += 0x9E3779B97F4A7C15U);
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
    return z ^ (z >> 31U);
  }
  /// 0 .. count-1. Pre: count > 0.
  std::size_t below(std::size_t count) { return static_cast<std::size_t>(next() % count); }
  /// first .. last.
  std::size_t between(std::size_t first, std::size_t last) {
    return first + below(last - first + 1);
  }
  bool chance(unsigned percent) { return below(100) < percent; }

 private:
  std::uint64_t state_;
};

struct RandomFlowOptions {
  std::size_t least_nodes = 5, most_nodes = 60;
  std::size_t most_lanes = 6;
  bool hostile_texts = false;  ///< markup, quotes, line ends, rare characters in texts
};

[[nodiscard]] Flow random_flow(std::uint64_t seed, const RandomFlowOptions& options = {});

/// Everything but places, one line an element: equal texts mean equal flows.
[[nodiscard]] std::string dump(const Flow& flow);

}  // namespace flowproof::test
