// A configuration file, flowproof.xml: what an office wants for all files of a folder.
//
// Found upward from the input by the command line, which overrides it. Made by read_config
// (src/xml); every text keeps its place, so that --show-config can tell where a value comes from.
// Names of files in it are relative to its folder.
#pragma once

#include <vector>

#include "flowproof/flow.hpp"
#include "flowproof/result.hpp"

namespace flowproof {

struct Config {
  struct Level {
    Text rule;   ///< name or code
    Text level;  ///< off | info | warning | error
  };
  Text profile, language, select, ignore, fail_on, calendar, font;
  std::vector<Level> levels;
};

inline constexpr std::string_view config_file_name = "flowproof.xml";

/// Words that are none of a setting's values, and rules that do not exist, are findings.
[[nodiscard]] Parsed<Config> read_config(const SourceText& source, SourceIndex index);

/// The parts of a list of a configuration: separated by commas, without blanks at their ends.
[[nodiscard]] std::vector<std::string> parts_of(const Text& list);

}  // namespace flowproof
