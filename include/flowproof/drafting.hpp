// From a guide to its chart: a complete standard flow for one record.
//
// Used by `new --guide`. Stages come from the guide's steps, or from the profile if it has none;
// branches, limits and special procedures follow the law and the guide. No number is made up: what
// the guide does not say and the law wants drawn is marked in `remark` and told in a note.
#pragma once

#include "flowproof/flow.hpp"
#include "flowproof/guide.hpp"
#include "flowproof/profile.hpp"

namespace flowproof {

/// Pre: `profile` is the one of the guide's type. `Flow::guide` is left empty: it is a file name.
[[nodiscard]] Flow draft_flow(const Guide& guide, const Profile& profile);

/// The guide as its own file states it: a unit that stood in a field of its own joins its number,
/// rows get the kind the format asks for. What the format cannot hold is left out.
[[nodiscard]] Guide filed_guide(Guide guide);

}  // namespace flowproof
