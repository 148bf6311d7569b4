// The severity a profile gives a rule. Used by the rule tables of src/report.
#pragma once

#include "flowproof/profile.hpp"
#include "flowproof/rule.hpp"

namespace flowproof {

[[nodiscard]] inline Severity level_of(const Rule& rule, const Profile& profile) {
  const auto level = profile.levels.find(rule.name);
  return level == profile.levels.end() ? rule.severity : level->second;
}

}  // namespace flowproof
