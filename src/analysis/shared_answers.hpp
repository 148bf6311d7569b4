// Decisions that ask the same question (Attribute::condition) get the same answer, as long as the
// case does not go back: then circumstances may have changed, so decisions in loops stay free.
//
// Each way to answer all shared questions is looked at by itself, so what every case does is exact
// again. Ref: verification 2.8. Too many ways to answer: one that rules nothing out, and findings
// say where their run contradicts itself.
#pragma once

#include "flowproof/facts.hpp"

namespace flowproof {

/// Pre: graph and component of `facts` are set.
[[nodiscard]] std::vector<Answers> consistent_answers(const Flow& flow, const Facts& facts);

}  // namespace flowproof
