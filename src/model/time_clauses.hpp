// What the clauses of a limit's text say: amounts and their roles, start events, exclusions.
//
// One walk over the tokens, used by read_time_limit, which turns it into one reading.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "flowproof/time_limit.hpp"
#include "model/time_amount.hpp"
#include "model/time_words.hpp"

namespace flowproof {

/// Everything the text said, before it is judged.
struct LimitFindings {
  std::vector<Mention> mentions;
  std::vector<std::string> exclusions;
  std::optional<Quantity> extension;
  std::optional<TimeUnit> own_unit;  ///< in brackets, away from its number: "时限(工作日):5"
  LimitStart last_start = LimitStart::unsaid;
  bool counted = true;
  bool excludes = false;  ///< 不计入, 不含: something is not counted
  bool vague = false;
  bool either = false;  ///< 或, 不能当场: the spot or an amount
  bool instant_kind = false;
  bool batch = false;
  bool recurring = false;
  bool date = false;
  bool no_limit = false;
  bool foreign = false;  ///< words the grammar does not know
};

/// `tokens` are those of `text` and end with a stop.
[[nodiscard]] LimitFindings read_clauses(std::string_view text, const std::vector<Token>& tokens);

}  // namespace flowproof
