#include <algorithm>

#include "flowproof/report.hpp"
#include "report/html_report.hpp"
#include "report/json_report.hpp"
#include "report/sarif_report.hpp"
#include "report/table_reports.hpp"
#include "report/text_report.hpp"

namespace flowproof {

static constexpr ReportFormat formats[] = {
    {"text",
     {"给人看：位置、原文、改法、依据", "for people: place, source line, help, clause"},
     &text_begin,
     &text_file,
     &text_end},
    {"json", {"给程序用", "for programs"}, &json_begin, &json_file, &json_end},
    {"sarif",
     {"给代码平台和编辑器（SARIF 2.1.0）", "for code hosts and editors (SARIF 2.1.0)"},
     &sarif_begin,
     &sarif_file,
     &sarif_end},
    {"junit", {"给构建服务器", "for build servers"}, &junit_begin, &junit_file, &junit_end},
    {"csv", {"给电子表格", "for spreadsheets"}, &csv_begin, &csv_file, &csv_end},
    {"html",
     {"给领导看和打印：带编号的流程图和问题清单",
      "to read and print: charts with numbered findings"},
     &html_begin,
     &html_file,
     &html_end,
     &html_overview,
     true},
};

std::span<const ReportFormat> report_formats() { return formats; }

const ReportFormat* report_format_named(std::string_view name) {
  const auto* found = std::find_if(std::begin(formats), std::end(formats),
                                   [&](const ReportFormat& format) { return format.name == name; });
  return found == std::end(formats) ? nullptr : found;
}

}  // namespace flowproof
