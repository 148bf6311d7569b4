// Options that commands share: which flows, which rules, which guide, which profile.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/arguments.hpp"
#include "flowproof/check.hpp"

namespace flowproof::cli {

void append_selection(std::vector<Option>& options, std::string& guide, std::string& profile,
                      CheckOptions& rules);

[[nodiscard]] Option flows_option(std::vector<std::string>& inputs);
[[nodiscard]] Option fail_on_option(std::string& level);

/// The error for the first name in --select or --ignore that no rule has.
[[nodiscard]] std::optional<Error> unknown_selection(const CheckOptions& rules);

/// The error for a rule that does not exist, with the nearest name.
[[nodiscard]] Error unknown_rule(std::string_view word);

/// "never" is Severity::off. Pre: one of the words of --fail-on.
[[nodiscard]] Severity severity_named(std::string_view word);

[[nodiscard]] Error no_input();

}  // namespace flowproof::cli
