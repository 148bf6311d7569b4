#include "support/judge.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include "flowproof/drawing.hpp"
#include "flowproof/pipeline.hpp"
#include "flowproof/profile_set.hpp"
#include "flowproof/readers.hpp"
#include "support/layout_json.hpp"

namespace flowproof::test {

std::string read_text(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw std::runtime_error("cannot read " + path);
  return {std::istreambuf_iterator<char>(in), {}};
}

static const ProfileSet& shipped_profiles() {
  static const ProfileSet profiles = [] {
    Result<ProfileSet> loaded = load_profiles(FLOWPROOF_SOURCE_DIR, {});
    if (!loaded || !loaded->findings.empty()) throw std::runtime_error("bad profiles");
    return *std::move(loaded);
  }();
  return profiles;
}

const Profile& shipped_profile(std::string_view name) {
  const Profile* profile = shipped_profiles().named(name);
  if (profile == nullptr) throw std::runtime_error("no profile " + std::string(name));
  return *profile;
}

const Profile& profile_for(std::string_view type) { return *shipped_profiles().for_type(type); }

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

Judged judge(std::string flow, std::optional<std::string> guide, const CheckOptions& options,
             const std::optional<std::string>& drawing) {
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
  judged.facts = analyse(*judged.flow, given, profile);
  const Measured measured = drawing ? measure(*judged.flow, profile) : Measured{};
  std::optional<Layout> layout;
  std::optional<DrawingFacts> found;
  if (drawing) {
    layout = drawing->empty() ? lay_out(*judged.flow, judged.facts, measured, profile.layout)
                              : read_layout_json(*judged.flow, *drawing);
    if (!layout) throw std::runtime_error("no layout: " + *drawing);
    found = {
        inspect(*judged.flow, judged.facts, measured, *layout),
        plan_paper(*judged.flow, given, judged.facts, measured, *layout, profile, {.paged = true})
            .fit,
        layout->main_line};
  }
  std::optional<Drawing> seen;
  if (drawing) seen.emplace(Drawing{measured, *layout, *found});
  const RuleContext context{*judged.flow, given, judged.facts, profile, seen ? &*seen : nullptr};
  CheckResult result = check(context, std::move(judged.findings), options);
  judged.findings = std::move(result.findings);
  judged.waived = result.waived;
  judged.skipped = std::move(result.skipped);
  return judged;
}

Judged judge_beside(const std::string& flow, const std::optional<std::string>& guide,
                    const std::map<std::string, std::string>& files, const CheckOptions& options) {
  namespace fs = std::filesystem;
  const fs::path folder = fs::path(testing::TempDir()) / ("beside" + std::to_string(::getpid()));
  fs::remove_all(folder);
  fs::create_directories(folder);
  const auto write = [&](const std::string& name, const std::string& text) {
    std::ofstream(folder / name, std::ios::binary) << text;
    return (folder / name).string();
  };
  for (const auto& [name, text] : files) write(name, text);
  CaseOptions how;
  how.check = options;
  if (guide) how.guide = write("a.guide.xml", *guide);
  Result<Checked> checked = check_file(write("a.flow.xml", flow), shipped_profiles(), how);
  fs::remove_all(folder);
  if (!checked) throw std::runtime_error("cannot check " + folder.string());
  Judged judged;
  judged.sources = std::move(checked->subject.sources);
  judged.flow = std::move(checked->subject.flow);
  judged.guide = std::move(checked->subject.guide);
  judged.facts = std::move(checked->subject.facts);
  judged.findings = std::move(checked->result.findings);
  judged.waived = checked->result.waived;
  return judged;
}

Judged judge_record(std::string guide, const CheckOptions& options) {
  Judged judged;
  judged.sources.push_back({"no.flow.xml", {}});
  judged.guide = read<Guide>("a.guide.xml", std::move(guide), judged, &read_guide);
  if (!judged.guide) return judged;
  const Profile& profile = profile_for(judged.guide->type.value);
  const Facts facts = analyse(*judged.guide, profile);
  for (Diagnostic& finding :
       check_record(*judged.guide, facts, profile, rules_for_records(profile, options))) {
    judged.findings.push_back(std::move(finding));
  }
  return judged;
}

}  // namespace flowproof::test
