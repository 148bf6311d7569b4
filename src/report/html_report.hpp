// Findings as one page of HTML for people who never see a terminal: an overview, then each chart
// with numbers at its findings and the list that explains them.
//
// The page needs nothing beside itself: no script, no font, no request; it prints on A4, each chart
// on a new sheet. The charts come with the files (ReportedFile::chart).
#pragma once

#include <string>

#include "flowproof/report.hpp"

namespace flowproof {

[[nodiscard]] std::string html_begin(const ReportOptions& options);
[[nodiscard]] std::string html_overview(const Tally& tally, const ReportOptions& options);
[[nodiscard]] std::string html_file(const ReportedFile& file, const ReportOptions& options,
                                    bool first);
[[nodiscard]] std::string html_end(const Tally& tally, const ReportOptions& options);

}  // namespace flowproof
