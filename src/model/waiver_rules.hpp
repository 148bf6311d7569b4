// Rules about waivers (<waive rule="…" until="…" reason="…"/>), found by the check stage.
#pragma once

#include <span>

#include "flowproof/rule.hpp"

namespace flowproof {

extern const Rule unknown_waiver;
extern const Rule expired_waiver;
extern const Rule unused_waiver;

[[nodiscard]] std::span<const Rule* const> waiver_rules();

}  // namespace flowproof
