// All profiles at hand: those of a data folder (templates/profiles/*.xml) and one given as a file.
//
// Made once per run by load_profiles, then only read: every flow of a run chooses from it, in any
// thread. A defect in a profile is a configuration error; its findings belong to `sources` here.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "flowproof/flow.hpp"
#include "flowproof/profile.hpp"
#include "flowproof/result.hpp"
#include "flowproof/source.hpp"

namespace flowproof {

struct ProfileSet {
  std::vector<Profile> profiles;  ///< sorted by name, `extends` resolved
  Sources sources;                ///< of the profile files, for `findings`
  Diagnostics findings;
  std::string file_name;  ///< name of the profile that was given as a file; empty: none

  /// Null if there is none.
  [[nodiscard]] const Profile* named(std::string_view name) const;
  /// The first profile that says it applies to a type written with these words; else `lenient`;
  /// else the first. Null only if there are no profiles.
  [[nodiscard]] const Profile* for_type(std::string_view type) const;
};

/// `file` is a profile outside the folder that may extend those inside it and hides one of its name
/// there; empty: none.
[[nodiscard]] Result<ProfileSet> load_profiles(const std::string& data_folder,
                                               const std::string& file);

}  // namespace flowproof
