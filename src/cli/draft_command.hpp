// `new --guide`: standard flows for guides, one or all of a file.
#pragma once

#include "cli/configuration.hpp"

namespace flowproof::cli {

struct DraftArguments {
  std::string guide, record, folder;
  SettingArguments settings;  ///< profile and configuration; found by the guide's path
  bool all = false;

  /// Something is asked for that only a draft has.
  [[nodiscard]] bool given() const {
    return all || !guide.empty() || !record.empty() || !folder.empty();
  }
};

[[nodiscard]] std::vector<Option> options_of(DraftArguments& given);

/// `output`: the flow to write; `title`: instead of the item's name.
Exit run_draft(const DraftArguments& given, const std::string& output, const std::string& title,
               Context& context);

}  // namespace flowproof::cli
