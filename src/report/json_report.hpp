// Findings for programs: the JSON contract, version 1.
//
// {"version":1,"files":[{"path","item","verdict","findings":[…]}],"summary":{…}}; one file a line.
// A finding or witness that stands in another file than the flow (its guide) has a "path" of its
// own; a file that could not be read has an "error". Only this file knows nlohmann-json.
#pragma once

#include <string>

#include "flowproof/report.hpp"

namespace flowproof {

[[nodiscard]] std::string json_begin(const ReportOptions& options);
[[nodiscard]] std::string json_file(const ReportedFile& file, const ReportOptions& options,
                                    bool first);
[[nodiscard]] std::string json_end(const Tally& tally, const ReportOptions& options);

}  // namespace flowproof
