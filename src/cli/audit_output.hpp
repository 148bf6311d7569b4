// Where the lines of `audit` and `merge` go: standard output, or FILE.part that becomes FILE at the
// end.
//
// Every record gives exactly one line, so the lines written are the journal of the run: --resume
// cuts off a half line and goes on after the last whole one. The summary is counted from the lines,
// so that a run, a resumed run and a merge of shards tell the same.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/console.hpp"
#include "flowproof/audit_report.hpp"
#include "flowproof/result.hpp"

namespace flowproof::cli {

struct AuditTally {
  std::uint64_t records = 0, clean = 0, with_findings = 0, quarantined = 0;
  std::uint64_t errors = 0, warnings = 0, infos = 0;

  /// Whole lines as audit writes them.
  void add(std::string_view lines);
};

/// Where FILE is written until it is whole.
[[nodiscard]] inline std::string part_of(const std::string& path) { return path + ".part"; }
[[nodiscard]] Error write_error(const std::string& path, int number);
/// The error if a path is one of the inputs by another name.
[[nodiscard]] std::optional<Error> refuse_input(const std::string& target,
                                                const std::vector<std::string>& inputs);

/// `changes` may be null.
void print_summary(Console& console, const AuditTally& tally, const AuditSums* changes);
[[nodiscard]] Exit exit_for(const AuditTally& tally, Severity fail_on);

class AuditOutput {
 public:
  [[nodiscard]] static Result<AuditOutput> open(const std::string& path, bool resume,
                                                const std::vector<std::string>& inputs);
  AuditOutput(AuditOutput&& other) noexcept;
  AuditOutput& operator=(AuditOutput&&) = delete;
  ~AuditOutput();

  [[nodiscard]] bool write(std::string_view lines);
  [[nodiscard]] bool failed() const { return error_.has_value(); }
  [[nodiscard]] const Error& error() const { return *error_; }
  /// Closes and renames; what is unfinished otherwise stays as FILE.part.
  [[nodiscard]] std::optional<Error> finish();
  [[nodiscard]] const AuditTally& tally() const { return tally_; }

 private:
  AuditOutput(std::string path, int descriptor) : path_(std::move(path)), descriptor_(descriptor) {}
  void count_earlier_lines();

  std::string path_;
  int descriptor_ = -1;
  AuditTally tally_;
  std::optional<Error> error_;
};

}  // namespace flowproof::cli
