// "Did you mean": the known name closest to what was written.
#pragma once

#include <span>
#include <string_view>

namespace flowproof {

/// The candidate with the least edit distance (insert, delete, change, swap of neighbours; letter
/// case is ignored) of at most 2 and less than the name's length; empty if there is none. Ties go
/// to the first. One character is one change.
[[nodiscard]] std::string_view nearest_name(std::string_view name,
                                            std::span<const std::string_view> candidates);

}  // namespace flowproof
