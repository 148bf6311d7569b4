// What holds for an input: the command line over its flowproof.xml over the defaults.
//
// The file is looked for in the input's folder and upward; the nearest one counts, whole. Each file
// is read once a run. A broken configuration is a wrong use: exit code 2, nothing is checked.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "cli/commands.hpp"
#include "flowproof/calendar.hpp"
#include "flowproof/check.hpp"
#include "flowproof/config.hpp"

namespace flowproof::cli {

/// What the command line says; empty: nothing.
struct SettingArguments {
  std::string profile, calendar, fail_on, config;
  CheckOptions rules;
  std::vector<std::string> fonts;
  bool no_config = false, show_config = false;
};
/// --config, --no-config, --show-config.
void append_config_options(std::vector<Option>& options, SettingArguments& given);

/// Shared by the inputs of one configuration.
struct Settings {
  std::string config;  ///< path of the configuration; empty: none
  ChosenProfiles profiles;
  CheckOptions rules;
  std::optional<Calendar> calendar;  ///< empty: the published one
  std::vector<std::string> fonts;
  Severity fail_on = Severity::error;

  [[nodiscard]] const Calendar* own_calendar() const { return calendar ? &*calendar : nullptr; }
};

class Configuration {
 public:
  /// Settings of every input, or the exit code after saying what is wrong; the language of the
  /// console becomes that of the first input's configuration. With --show-config it prints them,
  /// and the exit code is `clean`.
  [[nodiscard]] static std::optional<Configuration> of(const SettingArguments& given,
                                                       std::span<const std::string> inputs,
                                                       Context& context, Exit& exit);

  [[nodiscard]] const Settings& of(std::size_t input) const { return *settings_[input]; }
  /// Of the run: the first input's.
  [[nodiscard]] const Settings& front() const { return *settings_.front(); }

 private:
  std::vector<std::shared_ptr<const Settings>> settings_;  ///< per input
};

}  // namespace flowproof::cli
