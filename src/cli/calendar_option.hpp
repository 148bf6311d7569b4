// --calendar and --accepted-on: what they say, read and checked.
#pragma once

#include <optional>
#include <string>

#include "flowproof/calendar.hpp"

namespace flowproof::cli {

/// The published calendar with the years of a file. Empty path: none, which stands for the
/// published one; it is made only if it is needed.
[[nodiscard]] Result<std::optional<Calendar>> open_calendar(const std::string& path);

/// Empty text: no date. The date is one of the calendar (null: the published one).
[[nodiscard]] Result<std::optional<Date>> read_accepted_on(const std::string& text,
                                                           const Calendar* own);

}  // namespace flowproof::cli
