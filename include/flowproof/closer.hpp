// A chart drawn closer than usual: the same words at the same size, with less room between them.
//
// Sheets take it where it saves one (src/pipeline.cpp); a chart that is not on sheets never does.
// What a reader needs to tell lines apart and to see an arrow is kept on paper at the least scale.
#pragma once

#include "flowproof/facts.hpp"
#include "flowproof/flow.hpp"
#include "flowproof/layout.hpp"
#include "flowproof/profile.hpp"

namespace flowproof {

/// A chart with the geometry of everything in it.
struct Drawn {
  Measured measured;
  Layout layout;
};

/// Everything times a factor: text, boxes and lines.
[[nodiscard]] Drawn scaled(Drawn drawn, double factor);

struct Closeness {
  double share;  ///< of the usual room
  bool refusals_above_next_stage = true;
};

/// What is tried, in order.
inline constexpr Closeness closer_drawings[] = {{0.84},        {0.78},       {0.7},
                                                {0.64},        {1, false},   {0.84, false},
                                                {0.78, false}, {0.7, false}, {0.64, false}};

/// Post: what holds of measure and lay_out; text as large as theirs.
[[nodiscard]] Drawn draw_closer(const Flow& flow, const Facts& facts, const Profile& profile,
                                Closeness closeness);

}  // namespace flowproof
