// A run of the token game that shows why a graph is not sound.
//
// The analysis gives decisions (which outcomes keep the token counts wrong); the driver plays them,
// takes every other decision towards the nearest end and fires only what is needed until the defect
// is there. What it returns has been replayed from the start on a fresh game.
#pragma once

#include <vector>

#include "analysis/soundness.hpp"
#include "analysis/token_game.hpp"

namespace flowproof {

/// The defect, its places and its run. What no run shows is no defect: then the verdict is that of
/// the search through all runs, or undecided if they are too many.
[[nodiscard]] Soundness explain(const ControlGraph& graph, const Failure& failure);
/// The same if the choices of `graph` are some of those of `whole`, on which the story is told.
[[nodiscard]] Soundness explain(const ControlGraph& graph, const Failure& failure,
                                const ControlGraph& whole);

/// Plays firings on a fresh game. False if one of them was not enabled.
[[nodiscard]] bool replay(TokenGame& game, const std::vector<Firing>& firings);

/// What is wrong with the state of a game: two tokens on an edge; tokens left and nothing enabled;
/// a second end (exclusive ends); a token that can reach no end.
enum class Violation : std::uint8_t { none, doubled, stuck, second_end, trapped };
[[nodiscard]] Violation violation_of(const ControlGraph& graph, const TokenGame& game,
                                     const std::vector<std::uint32_t>& to_end);

/// Fills in kind, places and the branches of the story from a game that shows a violation.
[[nodiscard]] Soundness story_of(const ControlGraph& graph, const TokenGame& game,
                                 Violation violation, const Failure& failure);

}  // namespace flowproof
