// Options of a command as a table: parsing, checking and help read the same rows.
//
// Only arguments.cpp knows CLI11.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "flowproof/result.hpp"

namespace flowproof::cli {

/// One option, or the positional arguments if the names hold no '-'.
struct Option {
  std::string names;       ///< "-o,--output"
  std::string_view value;  ///< what stands for the value in the help; empty: a flag
  LocalizedText summary;
  std::variant<bool*, std::string*, std::vector<std::string>*, unsigned*> target;
  std::vector<std::string_view> choices = {};  ///< the values it takes; empty: any
};

/// Fills the targets. A list takes one value each time and splits it at commas, but for
/// positionals.
[[nodiscard]] Result<Done> parse_arguments(std::span<const Option> options,
                                           std::vector<std::string> arguments);

/// One line for each option, the summaries in one column.
[[nodiscard]] std::string options_help(std::span<const Option> options, Language language);

/// The error of a wrong command line: exit code 2.
[[nodiscard]] Error usage_error(const LocalizedText& text, Arguments arguments = {});

/// The error for a word that is none of the candidates ("option", "rule"), with the nearest of
/// them.
[[nodiscard]] Error unknown_word(const LocalizedText& kind, std::string_view word,
                                 std::span<const std::string_view> candidates);

}  // namespace flowproof::cli
