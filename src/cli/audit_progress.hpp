// The line of progress of `audit`: records, rate, share and time left.
//
// The share is that of the bytes of all inputs, as packed as they are; without it (a pipe) nothing
// is foretold. Rate and time left are those since the first records of this run: what an earlier
// run has done was passed over much faster.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "cli/console.hpp"

namespace flowproof::cli {

struct AuditPace {
  std::uint64_t records = 0;           ///< so far
  std::uint64_t bytes = 0;             ///< so far, of all inputs
  std::optional<std::uint64_t> whole;  ///< bytes of all inputs
  std::chrono::milliseconds elapsed{0};
};

/// `first`: where the run began; counts of `now` go on from it.
[[nodiscard]] std::string audit_progress_text(const AuditPace& first, const AuditPace& now,
                                              std::string_view path, Language language);

class AuditProgress {
 public:
  AuditProgress(Console& console, const std::vector<std::string>& inputs);
  /// `bytes`: of this input. Shown on a terminal now and then.
  void show(std::uint64_t records, std::uint64_t bytes, const std::string& path);
  void end_input(std::uint64_t bytes) { before_ += bytes; }

 private:
  Console& console_;
  std::optional<std::uint64_t> whole_;
  std::uint64_t before_ = 0;  // bytes of the inputs that are done
  std::optional<AuditPace> first_;
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

}  // namespace flowproof::cli
