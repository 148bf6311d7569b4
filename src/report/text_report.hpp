// Findings for people: place, rule, message, the source line, the witness, how to mend it, the
// clause.
#pragma once

#include <string>

#include "flowproof/report.hpp"

namespace flowproof {

[[nodiscard]] std::string text_begin(const ReportOptions& options);
[[nodiscard]] std::string text_file(const ReportedFile& file, const ReportOptions& options,
                                    bool first);
[[nodiscard]] std::string text_end(const Tally& tally, const ReportOptions& options);

}  // namespace flowproof
