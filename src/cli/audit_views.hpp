// What becomes of the lines of `audit` and `merge`: the lines themselves, a worklist, a dashboard.
//
// A row of a table that --format, the output's ending and --help read. Every view also counts, so
// that the summary and the exit code do not depend on the format.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/arguments.hpp"
#include "cli/audit_output.hpp"
#include "flowproof/audit_report.hpp"
#include "flowproof/records.hpp"

namespace flowproof::cli {

// A line holds a record's findings, which quote it.
inline constexpr RecordLimits greatest_line{64U << 20};

struct ViewArguments {
  std::string format, compare;
};
void append_view_options(std::vector<Option>& options, ViewArguments& given);

class AuditView {
 public:
  /// The view --format asks for, else the one of the output's ending, else lines.
  [[nodiscard]] static Result<AuditView> open(const ViewArguments& given, const std::string& output,
                                              bool resume, const std::vector<std::string>& inputs,
                                              Console& console);

  /// Whole lines. False: stop, see error().
  [[nodiscard]] bool write(std::string_view lines);
  [[nodiscard]] const Error& error() const { return *error_; }
  [[nodiscard]] bool failed() const { return error_.has_value(); }
  [[nodiscard]] std::optional<Error> finish();

  [[nodiscard]] const AuditTally& tally() const { return lines_ ? lines_->tally() : tally_; }
  /// Null without --compare.
  [[nodiscard]] const AuditSums* changes() const {
    return compare_.empty() ? nullptr : &overview_.total();
  }

 private:
  explicit AuditView(Console& console) : console_(&console) {}
  [[nodiscard]] std::optional<Error> learn();
  [[nodiscard]] std::optional<Error> tell_fixed();
  [[nodiscard]] std::optional<Error> finish_file();

  Console* console_;
  std::string output_, compare_;
  std::vector<std::string> inputs_;
  std::optional<AuditOutput> lines_;  // format "ndjson"
  std::optional<Worklist> worklist_;  // format "xlsx"
  AuditTally tally_;
  AuditOverview overview_;
  AuditComparison comparison_;
  std::optional<Error> error_;
};

}  // namespace flowproof::cli
