// The chart as a list of steps: its text alternative.
#pragma once

#include <vector>

#include "flowproof/scene.hpp"
#include "scene/words.hpp"

namespace flowproof::scene {

/// In reading order. Everything a box says, and its exits.
[[nodiscard]] std::vector<Step> steps_of(const Source& source);

}  // namespace flowproof::scene
