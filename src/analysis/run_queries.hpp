// The questions of flowproof/run_queries.hpp on the control graph.
//
// Ref: verification 2.6. Backward "can complete without passing S" is a least fixed point; choices
// of the witness are positional.
#pragma once

#include <cstdint>
#include <vector>

#include "analysis/token_game.hpp"

namespace flowproof {

/// One bit a question, per node: it stands in the question's set; it is an end the question allows.
struct PassQuestions {
  std::vector<std::uint64_t> nodes;
  std::vector<std::uint64_t> ends;
};

/// Bits of the questions for which some run misses the nodes.
[[nodiscard]] std::uint64_t missed(const ControlGraph& graph, const PassQuestions& questions);

/// A complete run that misses the nodes of question `bit`; empty if there is none.
[[nodiscard]] std::vector<Firing> run_that_misses(const ControlGraph& graph,
                                                  const PassQuestions& questions, unsigned bit);

}  // namespace flowproof
