#include "flowproof/baseline.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "flowproof/rule.hpp"

namespace flowproof {

namespace {

std::string key_of(std::string_view rule, std::string_view element) {
  return std::string(rule) + "\n" + std::string(element);
}

/// How many findings of a kind are still to be met: "rule\nelement" -> number.
using Open = std::map<std::string, std::size_t, std::less<>>;

Open open_of(const std::vector<EarlierFinding>& earlier) {
  Open open;
  for (const EarlierFinding& finding : earlier) ++open[key_of(finding.name, finding.element)];
  return open;
}

bool take(Open& open, std::string_view rule, std::string_view element) {
  const auto known = open.find(key_of(rule, element));
  if (known == open.end() || known->second == 0) return false;
  --known->second;
  return true;
}

std::string word(const nlohmann::json& object, const char* name) {
  const auto found = object.is_object() ? object.find(name) : object.end();
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

}  // namespace

std::string_view name_of(FindingState state) {
  constexpr std::string_view names[] = {"", "new", "remaining", "fixed"};
  return names[static_cast<std::size_t>(state)];
}

Result<Baseline> Baseline::read(std::string_view text, const std::string& path) {
  const Error not_a_report{ErrorKind::usage,
                           {{"“{path}”不是 flowproof check --format json 的结果",
                             "'{path}' is not what flowproof check --format json writes"},
                            {{"path", path}}}};
  const auto json = nlohmann::json::parse(text, nullptr, false);
  if (!json.is_object() || !json.contains("version") || json["version"] != 1 ||
      !json.contains("files") || !json["files"].is_array()) {
    return not_a_report;
  }
  Baseline baseline;
  for (const auto& file : json["files"]) {
    if (!file.is_object() || !file.contains("findings")) return not_a_report;
    std::vector<EarlierFinding>& known = baseline.files_[word(file, "path")];
    for (const auto& finding : file["findings"]) {
      known.push_back({word(finding, "rule"), word(finding, "name"), word(finding, "element"),
                       word(finding, "message")});
    }
  }
  return baseline;
}

std::size_t Baseline::remove_known(std::string_view file, Diagnostics& findings) const {
  const auto found = files_.find(file);
  if (found == files_.end()) return 0;
  Open open = open_of(found->second);
  return std::erase_if(findings, [&](const Diagnostic& finding) {
    return take(open, finding.rule->name, finding.element);
  });
}

Changes Baseline::compare(std::string_view file, const Diagnostics& findings) const {
  Changes result;
  const auto found = files_.find(file);
  Open open = found == files_.end() ? Open() : open_of(found->second);
  for (const Diagnostic& finding : findings) {
    const bool known = take(open, finding.rule->name, finding.element);
    result.states.push_back(known ? FindingState::remaining : FindingState::fresh);
  }
  if (found == files_.end()) return result;
  for (const EarlierFinding& earlier : found->second) {
    if (take(open, earlier.name, earlier.element)) result.fixed.push_back(earlier);
  }
  return result;
}

}  // namespace flowproof
