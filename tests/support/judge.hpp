// Judges texts as the program does: decode, read, choose the profile by the item's type, analyse,
// check. Sources are in memory; profiles are those the program ships.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "flowproof/check.hpp"
#include "flowproof/facts.hpp"
#include "flowproof/flow.hpp"
#include "flowproof/guide.hpp"
#include "flowproof/profile.hpp"

namespace flowproof::test {

[[nodiscard]] std::string read_text(const std::string& path);

/// A profile of templates/profiles by its file's name.
[[nodiscard]] const Profile& shipped_profile(std::string_view name);
/// The one the program would choose for a type.
[[nodiscard]] const Profile& profile_for(std::string_view type);

struct Judged {
  Sources sources;  ///< flow, then guide
  std::optional<Flow> flow;
  std::optional<Guide> guide;
  Facts facts;
  Diagnostics findings;
  std::size_t waived = 0;
  std::vector<const Rule*> skipped;
};

/// The flow with files beside it, from a folder of its own as the program would find them.
[[nodiscard]] Judged judge_beside(const std::string& flow, const std::optional<std::string>& guide,
                                  const std::map<std::string, std::string>& files,
                                  const CheckOptions& options);

/// With `drawing` the chart is judged too: as the program lays it out, or placed by the JSON of
/// `render --format layout` if it is not empty.
[[nodiscard]] Judged judge(std::string flow, std::optional<std::string> guide = std::nullopt,
                           const CheckOptions& options = {},
                           const std::optional<std::string>& drawing = std::nullopt);

/// A guide alone, by the rules that run on records. It is source 1, as in a pair.
[[nodiscard]] Judged judge_record(std::string guide, const CheckOptions& options = {});

}  // namespace flowproof::test
