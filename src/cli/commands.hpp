// The commands of the program, as a table; help, lookup and "did you mean" read the same rows.
//
// A command gets its arguments and a Context, prints through the console and gives the exit code.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cli/arguments.hpp"
#include "cli/console.hpp"
#include "flowproof/profile_set.hpp"

namespace flowproof::cli {

/// What the surroundings say; read once in main, nowhere else.
struct Environment {
  std::string locale;             ///< LC_ALL, LC_MESSAGES or LANG
  std::string data_folder;        ///< FLOWPROOF_DATA
  std::string source_date_epoch;  ///< SOURCE_DATE_EPOCH
  bool no_color = false;          ///< NO_COLOR
};

struct Context {
  Console& console;
  const Environment& environment;
  std::string data_folder = {};  ///< --data
  std::string color = {};        ///< --color
  std::string language = {};     ///< --lang, already taken into account
  bool help = false;

  /// --data, else FLOWPROOF_DATA, else share/flowproof beside the program's bin.
  [[nodiscard]] std::string data() const;
};

using Words = std::vector<std::string>;

struct Command {
  std::string_view name;
  std::string_view usage;  ///< what follows the name: "[OPTIONS] FILE..."
  LocalizedText summary;
  LocalizedText example;
  Exit (*run)(const Command&, Context&, Words);
};

[[nodiscard]] std::span<const Command> commands();

Exit run_check(const Command& command, Context& context, Words arguments);
Exit run_render(const Command& command, Context& context, Words arguments);
Exit run_fmt(const Command& command, Context& context, Words arguments);
Exit run_export(const Command& command, Context& context, Words arguments);
Exit run_import(const Command& command, Context& context, Words arguments);
Exit run_audit(const Command& command, Context& context, Words arguments);
Exit run_merge(const Command& command, Context& context, Words arguments);
Exit run_explain(const Command& command, Context& context, Words arguments);
Exit run_rules(const Command& command, Context& context, Words arguments);
Exit run_new(const Command& command, Context& context, Words arguments);

/// Parses a command's own options together with those every command has. Empty: go on; else the
/// command is done (help was asked for, or the arguments are wrong).
[[nodiscard]] std::optional<Exit> begin_command(const Command& command, Context& context,
                                                std::vector<Option> options, Words arguments);

/// Profiles of the data folder and the one of --profile, or the exit code after saying what is
/// wrong.
struct ChosenProfiles {
  ProfileSet set;
  std::string name;  ///< of the profile asked for; empty: by type
};
[[nodiscard]] std::optional<ChosenProfiles> profiles_for(const std::string& wanted,
                                                         Context& context, Exit& exit);

}  // namespace flowproof::cli
