// Running the rules and deciding what counts.
//
// check runs every rule that has what it needs, applies levels (profile, selection) and waivers,
// and sorts by source, place and code. The same input gives the same findings in the same order.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "flowproof/diagnostic.hpp"
#include "flowproof/rule.hpp"

namespace flowproof {

struct Guide;
struct Facts;
struct Profile;

struct CheckOptions {
  std::vector<std::string>
      select;  ///< rule names, codes or beginnings of codes ("T", "T3"); empty: all
  std::vector<std::string> ignore;
  std::string today;  ///< YYYY-MM-DD for waivers with a date; empty: no waiver has run out
  std::map<std::string_view, Severity> levels = {};  ///< by rule name; over the profile's
};

struct CheckResult {
  Diagnostics findings;
  std::size_t waived = 0;                 ///< findings the author accepted
  std::size_t known = 0;                  ///< findings taken out because a baseline has them
  std::vector<const Rule*> skipped = {};  ///< rules that lacked a guide or a drawing
  std::size_t ran = 0;                    ///< rules that judged the flow; others are off
  std::vector<const Rule*> held = {};     ///< those that found nothing, not even what is waived
};

/// `reading` are the readers' findings; they are levelled, waived and sorted with the others.
[[nodiscard]] CheckResult check(const RuleContext& context, Diagnostics reading,
                                const CheckOptions& options);

/// A rule that is switched on, and how its findings count.
struct ActiveRule {
  const Rule* rule = nullptr;
  Severity level = Severity::error;
};
/// The rules that judge a guide alone, for running them over many guides of one profile.
[[nodiscard]] std::vector<ActiveRule> rules_for_records(const Profile& profile,
                                                        const CheckOptions& options);
/// Their findings on one guide, sorted. Pre: the facts are those of the guide alone.
[[nodiscard]] Diagnostics check_record(const Guide& guide, const Facts& facts,
                                       const Profile& profile,
                                       const std::vector<ActiveRule>& rules);

/// Levels and order for findings when no flow could be read at all.
[[nodiscard]] Diagnostics level_and_sort(Diagnostics findings, const Profile* profile,
                                         const CheckOptions& options);

/// Names in `select`, `ignore` and the profile's levels that no rule has.
[[nodiscard]] std::vector<std::string> unknown_rules(const CheckOptions& options,
                                                     const Profile* profile);

}  // namespace flowproof
