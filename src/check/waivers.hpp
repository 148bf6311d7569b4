// Findings the author accepts, in the source and with a reason: <waive rule="…" until="…"
// reason="…"/>.
#pragma once

#include <functional>

#include "flowproof/check.hpp"
#include "flowproof/flow.hpp"

namespace flowproof {

/// Whether a rule ran: of one that did not, nobody knows if its waiver is needed.
using RuleRan = std::function<bool(const Rule&)>;

/// Takes waived findings out and gives their number; adds findings about the waivers themselves:
/// unknown rule, run out, not needed.
std::size_t apply_waivers(const Flow& flow, const CheckOptions& options, const RuleRan& ran,
                          Diagnostics& findings);

}  // namespace flowproof
