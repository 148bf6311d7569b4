#include "flowproof/profile.hpp"

#include <algorithm>

namespace flowproof {

const Clock* Profile::clock(std::string_view id) const {
  const auto found = std::find_if(clocks.begin(), clocks.end(),
                                  [&](const Clock& clock) { return clock.id == id; });
  return found == clocks.end() ? nullptr : &*found;
}

}  // namespace flowproof
