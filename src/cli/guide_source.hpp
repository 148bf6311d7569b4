// The guides of a file, whatever it is: one *.guide.xml, or records of a portal.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>

#include "cli/commands.hpp"
#include "flowproof/audit.hpp"

namespace flowproof::cli {

/// Field maps of the data folder, or the exit code after saying what is wrong.
[[nodiscard]] std::optional<FieldMapSet> field_maps_for(Context& context, Exit& exit);

/// Gives every record of the file in order, those in quarantine too, until `take` returns false.
[[nodiscard]] Result<Done> for_each_guide(const std::string& path, std::span<const FieldMap> maps,
                                          const std::function<bool(GuideRecord)>& take);

/// What a guide is known by: its code, else that of the catalogue. Empty if it has none.
[[nodiscard]] const std::string& key_of(const Guide& guide);

}  // namespace flowproof::cli
