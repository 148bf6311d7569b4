// Running the rules and deciding what counts.
//
// check runs every rule that has what it needs, applies levels (profile, selection) and waivers,
// and sorts by source, place and code. The same input gives the same findings in the same order.
#pragma once

#include <string>
#include <vector>

#include "flowproof/diagnostic.hpp"
#include "flowproof/rule.hpp"

namespace flowproof {

struct CheckOptions {
  std::vector<std::string>
      select;  ///< rule names, codes or beginnings of codes ("T", "T3"); empty: all
  std::vector<std::string> ignore;
  std::string today;  ///< YYYY-MM-DD for waivers with a date; empty: no waiver has run out
};

struct CheckResult {
  Diagnostics findings;
  std::size_t waived = 0;            ///< findings the author accepted
  std::vector<const Rule*> skipped;  ///< rules that lacked a guide or a drawing
};

/// `reading` are the readers' findings; they are levelled, waived and sorted with the others.
[[nodiscard]] CheckResult check(const RuleContext& context, Diagnostics reading,
                                const CheckOptions& options);

/// Levels and order for findings when no flow could be read at all.
[[nodiscard]] Diagnostics level_and_sort(Diagnostics findings, const Profile* profile,
                                         const CheckOptions& options);

/// Names in `select`, `ignore` and the profile's levels that no rule has.
[[nodiscard]] std::vector<std::string> unknown_rules(const CheckOptions& options,
                                                     const Profile* profile);

}  // namespace flowproof
