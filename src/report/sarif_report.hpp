// Findings as SARIF 2.1.0 (OASIS), for code hosts and editors. Columns count Unicode characters.
#pragma once

#include <string>

#include "flowproof/report.hpp"

namespace flowproof {

[[nodiscard]] std::string sarif_begin(const ReportOptions& options);
[[nodiscard]] std::string sarif_file(const ReportedFile& file, const ReportOptions& options,
                                     bool first);
[[nodiscard]] std::string sarif_end(const Tally& tally, const ReportOptions& options);

}  // namespace flowproof
