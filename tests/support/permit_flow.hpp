// Generated flows in the manner of permit procedures, for property tests and measurements.
//
// One seed, one flow: 5 to 60 boxes, 0 to 6 lanes, exceptions that end, go back or join again,
// detours, parallel blocks, notes, long and short texts. Every flow is sound: one start, every box
// reachable, every box leads to an end.
#pragma once

#include <cstdint>

#include "flowproof/flow.hpp"
#include "flowproof/profile.hpp"

namespace flowproof::test {

[[nodiscard]] Flow permit_flow(std::uint64_t seed);

/// Knows the words of these flows.
[[nodiscard]] Profile permit_profile();

/// The same manner with about `nodes` boxes, for growth.
[[nodiscard]] Flow large_flow(std::uint64_t seed, std::size_t nodes, std::size_t lanes);

}  // namespace flowproof::test
