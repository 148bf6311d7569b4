// --calendar and --accepted-on: what they say, read and checked.
#pragma once

#include <optional>
#include <string>

#include "flowproof/calendar.hpp"

namespace flowproof::cli {

/// The published calendar with the years of a file; empty path: only the published one.
[[nodiscard]] Result<Calendar> open_calendar(const std::string& path);

/// Empty text: no date. The date is one of the calendar.
[[nodiscard]] Result<std::optional<Date>> read_accepted_on(const std::string& text,
                                                           const Calendar& calendar);

}  // namespace flowproof::cli
