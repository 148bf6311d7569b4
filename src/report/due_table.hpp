// The table of due dates below a flow's findings, as text and as JSON rows.
#pragma once

#include <string>

#include "flowproof/pipeline.hpp"
#include "flowproof/report.hpp"

namespace flowproof {

/// Empty if no due dates were asked for.
[[nodiscard]] std::string due_text(const Checked& checked, const ReportOptions& options);

/// What stands for a row in its table: the box's label, or the name of the limit.
[[nodiscard]] std::string label_of(const DueRow& row, const Flow& flow, Language language);
/// The date of a row, or what stands for one.
[[nodiscard]] std::string day_of(const DueRow& row, Language language);
/// What has to be said of a row or, without one, of the table; empty if nothing has.
[[nodiscard]] std::string remark_on(const DueRow& row, Language language);
[[nodiscard]] std::string remark_on(const DueDates& due, Language language);
/// Nothing is 当场.
[[nodiscard]] std::string quantity_in(const Quantity& quantity, Language language);

}  // namespace flowproof
