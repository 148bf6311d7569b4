#include "support/judge.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <stdexcept>

#include "flowproof/readers.hpp"

namespace flowproof::test {

std::string read_text(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw std::runtime_error("cannot read " + path);
  return {std::istreambuf_iterator<char>(in), {}};
}

static Profile load_profile(const std::string& name) {
  const std::string path = FLOWPROOF_SOURCE_DIR "/templates/profiles/" + name + ".xml";
  const Decoded decoded = decode(path, read_text(path), SourceIndex{0});
  const std::string base = profile_base(decoded.source);
  const Profile* extended = base.empty() ? nullptr : &shipped_profile(base);
  Parsed<Profile> profile = read_profile(decoded.source, SourceIndex{0}, extended);
  if (!profile.value || !profile.diagnostics.empty()) throw std::runtime_error("bad " + path);
  return *std::move(profile.value);
}

const Profile& shipped_profile(std::string_view name) {
  static std::map<std::string, Profile, std::less<>> loaded;
  auto found = loaded.find(name);
  if (found == loaded.end()) {
    Profile profile = load_profile(std::string(name));
    found = loaded.emplace(name, std::move(profile)).first;
  }
  return found->second;
}

const Profile& profile_for(std::string_view type) {
  static const std::vector<const Profile*> all = [] {
    std::vector<std::string> names;
    for (const auto& entry :
         std::filesystem::directory_iterator(FLOWPROOF_SOURCE_DIR "/templates/profiles")) {
      names.push_back(entry.path().stem().string());
    }
    std::sort(names.begin(), names.end());
    std::vector<const Profile*> profiles;
    for (const std::string& name : names) profiles.push_back(&shipped_profile(name));
    return profiles;
  }();
  for (const Profile* profile : all) {
    const auto match = profile->vocabulary.item_types.exactly(type);
    if (match &&
        std::count(profile->applies_to.begin(), profile->applies_to.end(), match->meaning) != 0) {
      return *profile;
    }
  }
  return shipped_profile("lenient");
}

/// Decodes and reads one document; its findings are added to `out`.
template <class T>
static std::optional<T> read(std::string path, std::string bytes, Judged& judged,
                             Parsed<T> (*reader)(const SourceText&, SourceIndex,
                                                 const ReadLimits&)) {
  const auto index = static_cast<SourceIndex>(judged.sources.size());
  Decoded decoded = decode(std::move(path), std::move(bytes), index);
  judged.sources.push_back(std::move(decoded.source));
  const auto add = [&](Diagnostics& more) {
    judged.findings.insert(judged.findings.end(), more.begin(), more.end());
  };
  add(decoded.diagnostics);
  if (!decoded.readable) return std::nullopt;
  Parsed<T> parsed = reader(judged.sources.back(), index, {});
  add(parsed.diagnostics);
  return std::move(parsed.value);
}

Judged judge(std::string flow, std::optional<std::string> guide, const CheckOptions& options) {
  Judged judged;
  judged.flow = read<Flow>("a.flow.xml", std::move(flow), judged, &read_flow);
  if (guide) judged.guide = read<Guide>("a.guide.xml", *std::move(guide), judged, &read_guide);
  if (!judged.flow) {
    judged.findings = level_and_sort(judged.findings, nullptr, options);
    return judged;
  }
  const Guide* given = judged.guide ? &*judged.guide : nullptr;
  const std::string& type =
      judged.flow->type.empty() && given != nullptr ? given->type.value : judged.flow->type.value;
  const Profile& profile = profile_for(type);
  const Facts facts = analyse(*judged.flow, given, profile);
  const RuleContext context{*judged.flow, given, facts, profile, nullptr};
  judged.findings = check(context, judged.findings, options).findings;
  return judged;
}

}  // namespace flowproof::test
