#include "flowproof/baseline.hpp"

#include <nlohmann/json.hpp>

#include "flowproof/rule.hpp"

namespace flowproof {

static std::string key_of(std::string_view rule, std::string_view element) {
  return std::string(rule) + "\n" + std::string(element);
}

Result<Baseline> Baseline::read(std::string_view text, const std::string& path) {
  const Error not_a_report{ErrorKind::usage,
                           {{"“{path}”不是 flowproof check --format json 的结果",
                             "'{path}' is not what flowproof check --format json writes"},
                            {{"path", path}}}};
  const auto json = nlohmann::json::parse(text, nullptr, false);
  if (!json.is_object() || json.value("version", 0) != 1 || !json.contains("files") ||
      !json["files"].is_array()) {
    return not_a_report;
  }
  const auto word = [](const nlohmann::json& object, const char* name) {
    const auto found = object.is_object() ? object.find(name) : object.end();
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
  };
  Baseline baseline;
  for (const auto& file : json["files"]) {
    if (!file.is_object() || !file.contains("findings")) return not_a_report;
    Known& known = baseline.files_[word(file, "path")];
    for (const auto& finding : file["findings"]) {
      ++known[key_of(word(finding, "name"), word(finding, "element"))];
    }
  }
  return baseline;
}

std::size_t Baseline::remove_known(std::string_view file, Diagnostics& findings) const {
  const auto found = files_.find(file);
  if (found == files_.end()) return 0;
  Known left = found->second;
  return std::erase_if(findings, [&](const Diagnostic& finding) {
    const auto known = left.find(key_of(finding.rule->name, finding.element));
    if (known == left.end() || known->second == 0) return false;
    --known->second;
    return true;
  });
}

}  // namespace flowproof
