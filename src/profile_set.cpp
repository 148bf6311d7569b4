#include "flowproof/profile_set.hpp"

#include <algorithm>

#include "base/file.hpp"
#include "flowproof/readers.hpp"

namespace flowproof {

namespace {

constexpr std::string_view fallback_profile = "lenient";
constexpr std::string_view ending = ".xml";

struct ProfileFile {
  std::string name;  ///< what `extends` calls it
  std::string base;
  SourceIndex source{};
};

std::string stem_of(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  std::string_view name = slash == std::string_view::npos ? path : path.substr(slash + 1);
  if (name.ends_with(ending)) name.remove_suffix(ending.size());
  return std::string(name);
}

/// Reads the bytes of a profile; its text goes to `set.sources`.
Result<ProfileFile> open_profile(const std::string& path, ProfileSet& set) {
  constexpr std::size_t limit = 1U << 20;  // bytes; the largest profile has a few thousand
  Result<std::string> bytes = read_file(path, limit);
  if (!bytes) return std::move(bytes).error();
  const auto index = static_cast<SourceIndex>(set.sources.size());
  Decoded decoded = decode(path, *std::move(bytes), index);
  set.findings.insert(set.findings.end(), decoded.diagnostics.begin(), decoded.diagnostics.end());
  set.sources.push_back(std::move(decoded.source));
  if (!decoded.readable) return ProfileFile{};
  return ProfileFile{stem_of(path), profile_base(set.sources.back()), index};
}

/// Reads a profile whose base is read; the set stays sorted by name.
void add_profile(const ProfileFile& file, const Profile* base, ProfileSet& set) {
  Parsed<Profile> parsed =
      read_profile(set.sources[static_cast<std::size_t>(file.source)], file.source, base);
  set.findings.insert(set.findings.end(), parsed.diagnostics.begin(), parsed.diagnostics.end());
  if (!parsed.value) return;
  parsed.value->name = file.name;
  const auto place = std::lower_bound(
      set.profiles.begin(), set.profiles.end(), file.name,
      [](const Profile& profile, const std::string& name) { return profile.name < name; });
  set.profiles.insert(place, *std::move(parsed.value));
}

/// Bases before those that extend them, whatever the names; what remains extends nothing known.
Result<Done> add_in_order(std::vector<ProfileFile> waiting, ProfileSet& set) {
  while (!waiting.empty()) {
    const auto ready = std::find_if(waiting.begin(), waiting.end(), [&](const ProfileFile& file) {
      return file.base.empty() || set.named(file.base) != nullptr;
    });
    if (ready == waiting.end()) {
      return Error{
          ErrorKind::usage,
          {{"配置“{name}”所继承的配置“{base}”不存在，或相互继承",
            "profile '{name}' extends '{base}', which does not exist or extends it in turn"},
           {{"name", waiting.front().name}, {"base", waiting.front().base}}}};
    }
    const ProfileFile file = *ready;
    waiting.erase(ready);
    add_profile(file, file.base.empty() ? nullptr : set.named(file.base), set);
    if (set.named(file.name) == nullptr) break;  // unreadable: its findings say why
  }
  return Done{};
}

}  // namespace

const Profile* ProfileSet::named(std::string_view name) const {
  const auto found = std::find_if(profiles.begin(), profiles.end(),
                                  [&](const Profile& profile) { return profile.name == name; });
  return found == profiles.end() ? nullptr : &*found;
}

const Profile* ProfileSet::for_type(std::string_view type) const {
  for (const Profile& profile : profiles) {
    const auto match = profile.vocabulary.item_types.exactly(type);
    if (match && std::find(profile.applies_to.begin(), profile.applies_to.end(), match->meaning) !=
                     profile.applies_to.end()) {
      return &profile;
    }
  }
  const Profile* fallback = named(fallback_profile);
  return fallback != nullptr || profiles.empty() ? fallback : &profiles.front();
}

Result<ProfileSet> load_profiles(const std::string& data_folder, const std::string& file) {
  ProfileSet set;
  Result<std::vector<std::string>> paths = list_files(data_folder + "/templates/profiles", ending);
  if (!paths) return std::move(paths).error();
  if (!file.empty()) {
    set.file_name = stem_of(file);
    std::erase_if(*paths, [&](const std::string& path) { return stem_of(path) == set.file_name; });
    paths->push_back(file);
  }
  std::vector<ProfileFile> files;
  for (const std::string& path : *paths) {
    Result<ProfileFile> profile = open_profile(path, set);
    if (!profile) return std::move(profile).error();
    if (!profile->name.empty()) files.push_back(*std::move(profile));
  }
  Result<Done> added = add_in_order(std::move(files), set);
  if (!added) return std::move(added).error();
  return set;
}

}  // namespace flowproof
