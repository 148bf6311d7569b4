// Severities: what a profile gives a rule, and the words people read. Used all over src/report.
#pragma once

#include "flowproof/baseline.hpp"
#include "flowproof/profile.hpp"
#include "flowproof/rule.hpp"

namespace flowproof {

/// "错误", "warning" in the reader's language.
[[nodiscard]] constexpr LocalizedText word_of(Severity severity) {
  constexpr LocalizedText words[] = {
      {"关闭", "off"}, {"提示", "info"}, {"警告", "warning"}, {"错误", "error"}};
  return words[static_cast<std::size_t>(severity)];
}

[[nodiscard]] constexpr LocalizedText word_of(FindingState state) {
  constexpr LocalizedText words[] = {
      {"—", "-"}, {"新增", "new"}, {"遗留", "remaining"}, {"已整改", "fixed"}};
  return words[static_cast<std::size_t>(state)];
}

[[nodiscard]] inline Severity level_of(const Rule& rule, const Profile& profile) {
  const auto level = profile.levels.find(rule.name);
  return level == profile.levels.end() ? rule.severity : level->second;
}

}  // namespace flowproof
