// Old stock: findings that an earlier JSON report already told.
//
// A finding is known by its file, rule and element, not by its line, so edits elsewhere in the file
// do not bring it back; two of one kind need two entries. Used by `check --baseline`, which leaves
// them out, and `check --compare`, which tells what is new, remaining and fixed.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "flowproof/diagnostic.hpp"
#include "flowproof/result.hpp"

namespace flowproof {

/// What became of a finding since an earlier run.
enum class FindingState : std::uint8_t { unknown, fresh, remaining, fixed };
/// "new", "remaining", "fixed"; empty for unknown.
[[nodiscard]] std::string_view name_of(FindingState state);

/// A finding of the earlier report, in its words.
struct EarlierFinding {
  std::string rule, name, element, message;
};

/// A file's findings now, held against the earlier report.
struct Changes {
  std::vector<FindingState> states;   ///< parallel to the findings: fresh or remaining
  std::vector<EarlierFinding> fixed;  ///< in the earlier report's order
};

class Baseline {
 public:
  /// `text` is what `check --format json` wrote; `path` is for the error.
  [[nodiscard]] static Result<Baseline> read(std::string_view text, const std::string& path);

  /// Takes the known findings of a file out and gives their number.
  std::size_t remove_known(std::string_view file, Diagnostics& findings) const;
  [[nodiscard]] Changes compare(std::string_view file, const Diagnostics& findings) const;

 private:
  std::map<std::string, std::vector<EarlierFinding>, std::less<>> files_;
};

}  // namespace flowproof
