// Findings as rows: CSV for spreadsheets, JUnit XML for build servers.
#pragma once

#include <string>

#include "flowproof/report.hpp"

namespace flowproof {

/// RFC 4180 with a byte order mark, so that spreadsheets read Chinese; no cell is taken for a
/// formula.
[[nodiscard]] std::string csv_begin(const ReportOptions& options);
[[nodiscard]] std::string csv_file(const ReportedFile& file, const ReportOptions& options,
                                   bool first);
[[nodiscard]] std::string csv_end(const Tally& tally, const ReportOptions& options);

/// One suite a file, one case a finding; a file without findings is one case that passed.
[[nodiscard]] std::string junit_begin(const ReportOptions& options);
[[nodiscard]] std::string junit_file(const ReportedFile& file, const ReportOptions& options,
                                     bool first);
[[nodiscard]] std::string junit_end(const Tally& tally, const ReportOptions& options);

}  // namespace flowproof
