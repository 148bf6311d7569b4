// Arithmetic of the token-count fingerprint: three independent values in GF(2^61-1).
//
// A polynomial over the outcomes of decisions is represented by its values at three random points;
// different polynomials of degree d agree at one with probability <= d/2^61 (Schwartz-Zippel), so
// the verdict "sound" is wrong with a chance below 1e-18 for a million nodes.
// The points come from a hash of the graph itself: repeatable, and not known to who draws the graph
// before it is drawn. The hash is a mixing function (splitmix64), not a cryptographic one.
#pragma once

#include <array>
#include <cstdint>

#include "analysis/control_graph.hpp"

namespace flowproof {

class Fingerprint {
 public:
  constexpr Fingerprint() = default;
  static constexpr Fingerprint one() { return Fingerprint({1, 1, 1}); }
  /// Uniform enough; depends on seed and key only.
  static Fingerprint random(std::uint64_t seed, std::uint64_t key);

  Fingerprint& operator+=(const Fingerprint& other) {
    for (std::size_t i = 0; i < rounds; ++i) value_[i] = add(value_[i], other.value_[i]);
    return *this;
  }
  Fingerprint& operator-=(const Fingerprint& other) {
    for (std::size_t i = 0; i < rounds; ++i) value_[i] = add(value_[i], prime - other.value_[i]);
    return *this;
  }
  friend Fingerprint operator*(const Fingerprint& a, const Fingerprint& b) {
    Fingerprint product;
    for (std::size_t i = 0; i < rounds; ++i) product.value_[i] = multiply(a.value_[i], b.value_[i]);
    return product;
  }
  friend bool operator==(const Fingerprint&, const Fingerprint&) = default;

 private:
  static constexpr std::size_t rounds = 3;
  static constexpr std::uint64_t prime = (std::uint64_t{1} << 61) - 1;
  __extension__ using Wide = unsigned __int128;

  constexpr explicit Fingerprint(std::array<std::uint64_t, rounds> value) : value_(value) {}

  static std::uint64_t add(std::uint64_t a, std::uint64_t b) {
    const std::uint64_t sum = a + b;  // at most 2^62 - 2
    return sum >= prime ? sum - prime : sum;
  }
  static std::uint64_t multiply(std::uint64_t a, std::uint64_t b) {
    const Wide product = static_cast<Wide>(a) * b;
    const std::uint64_t sum =
        static_cast<std::uint64_t>(product & prime) + static_cast<std::uint64_t>(product >> 61);
    return sum >= prime ? sum - prime : sum;
  }

  std::array<std::uint64_t, rounds> value_{};
};

/// What has come to one node or loop: the sum at an exclusive join, what all bring at a parallel.
struct ArrivedTokens {
  Fingerprint value;
  std::uint32_t arrived = 0;
  bool unequal = false;

  void receive(const Fingerprint& tokens, Gate join) {
    if (join == Gate::exclusive) {
      value += tokens;
    } else if (arrived == 0) {
      value = tokens;
    } else if (tokens != value) {
      unequal = true;
    }
    ++arrived;
  }
};

/// A hash of the normalised graph; the seed of every random choice made about it.
[[nodiscard]] std::uint64_t seed_of(const ControlGraph& graph);

/// splitmix64's finaliser.
[[nodiscard]] constexpr std::uint64_t mix(std::uint64_t x) {
  x += 0x9E3779B97F4A7C15;
  x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
  x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
  return x ^ (x >> 31);
}

}  // namespace flowproof
