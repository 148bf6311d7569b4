// Findings the author accepts, in the source and with a reason: <waive rule="…" until="…"
// reason="…"/>.
#pragma once

#include "flowproof/check.hpp"
#include "flowproof/flow.hpp"

namespace flowproof {

/// Takes waived findings out and gives their number; adds findings about the waivers themselves:
/// unknown rule, run out, not needed.
std::size_t apply_waivers(const Flow& flow, const CheckOptions& options, Diagnostics& findings);

}  // namespace flowproof
