#include <algorithm>

#include "flowproof/report.hpp"
#include "report/json_report.hpp"
#include "report/text_report.hpp"

namespace flowproof {

static constexpr ReportFormat formats[] = {
    {"text",
     {"给人看：位置、原文、改法、依据", "for people: place, source line, help, clause"},
     &text_begin,
     &text_file,
     &text_end},
    {"json", {"给程序用", "for programs"}, &json_begin, &json_file, &json_end},
};

std::span<const ReportFormat> report_formats() { return formats; }

const ReportFormat* report_format_named(std::string_view name) {
  const auto* found = std::find_if(std::begin(formats), std::end(formats),
                                   [&](const ReportFormat& format) { return format.name == name; });
  return found == std::end(formats) ? nullptr : found;
}

}  // namespace flowproof
