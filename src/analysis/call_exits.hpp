// Which exit of a call is for which end of the flow called, by the words of their author.
#pragma once

#include "flowproof/facts.hpp"

namespace flowproof {

/// Sets the exits of all calls, and the stages of calls that name none: those their flow passes.
/// Pre: graph and meanings are set.
void match_exits(const Flow& flow, const Profile& profile, Facts& facts);

}  // namespace flowproof
