#include "report/table_reports.hpp"

#include "report/levels.hpp"
#include "report/markup.hpp"
#include "report/places.hpp"

namespace flowproof {

namespace {

/// Quoted always. A spreadsheet takes = + - @ at the beginning for a formula.
void append_cell(std::string& row, std::string_view text) {
  row += row.empty() || row.ends_with('\n') ? "\"" : ",\"";
  if (!text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos) {
    row += '\'';
  }
  for (const char byte : text) {
    if (byte == '"') row += '"';
    row += byte;
  }
  row += '"';
}

std::string witness_text(const Diagnostic& finding, Language language) {
  std::string text;
  for (const Remark& remark : finding.witness) {
    if (!text.empty()) text += language == Language::zh ? "；" : "; ";
    text += render(remark.message, language);
  }
  return text;
}

std::string attribute(std::string_view name, std::string_view value) {
  return " " + std::string(name) + "=\"" + escaped(value) + "\"";
}

std::string junit_case(const Diagnostic& finding, Places& places, const ReportOptions& options) {
  const Place place = places.at(finding.span);
  const std::string at = places.source_of(finding.span).path + ":" + std::to_string(place.line) +
                         ":" + std::to_string(place.column);
  const std::string message = render(finding.message, options.language);
  std::string text = "    <testcase" + attribute("classname", finding.rule->name) +
                     attribute("name", at + " " + message);
  if (finding.severity < options.fail_on || options.fail_on == Severity::off) return text + "/>\n";
  text += "><failure" + attribute("type", finding.rule->code) + attribute("message", message) + ">";
  text += escaped(at + "\n" + witness_text(finding, options.language) + "\n" +
                  render(finding.help, finding.message.arguments, options.language));
  return text + "</failure></testcase>\n";
}

}  // namespace

std::string csv_begin(const ReportOptions& options) {
  constexpr LocalizedText headings[] = {{"文件", "file"}, {"事项编码", "item"}, {"行", "line"},
                                        {"列", "column"}, {"级别", "severity"}, {"规则", "rule"},
                                        {"名称", "name"}, {"问题", "message"},  {"证据", "witness"},
                                        {"改法", "help"}, {"依据", "source"}};
  std::string row;
  for (const LocalizedText& heading : headings) append_cell(row, heading.in(options.language));
  if (options.compared) append_cell(row, LocalizedText{"状态", "state"}.in(options.language));
  return "\xEF\xBB\xBF" + row + "\r\n";
}

std::string csv_file(const ReportedFile& file, const ReportOptions& options, bool /*first*/) {
  std::string rows;
  if (file.error != nullptr) {
    for (const std::string_view cell :
         {file.path, std::string_view(), std::string_view("1"), std::string_view("1"),
          std::string_view("error"), std::string_view(), std::string_view()}) {
      append_cell(rows, cell);
    }
    append_cell(rows, render(file.error->message, options.language));
    return rows + ",\"\",\"\",\"\"" + (options.compared ? ",\"\"" : "") + "\r\n";
  }
  Places places(file.checked->subject.sources);
  const std::optional<Flow>& flow = file.checked->subject.flow;
  const std::string_view item = flow ? std::string_view(flow->item.value) : std::string_view();
  const Diagnostics& findings = file.checked->result.findings;
  for (std::size_t i = 0; i < findings.size(); ++i) {
    const Diagnostic& finding = findings[i];
    const Place place = places.at(finding.span);
    append_cell(rows, places.source_of(finding.span).path);
    append_cell(rows, item);
    append_cell(rows, std::to_string(place.line));
    append_cell(rows, std::to_string(place.column));
    append_cell(rows, name_of(finding.severity));
    append_cell(rows, finding.rule->code);
    append_cell(rows, finding.rule->name);
    append_cell(rows, render(finding.message, options.language));
    append_cell(rows, witness_text(finding, options.language));
    append_cell(rows, render(finding.help, finding.message.arguments, options.language));
    append_cell(rows, finding.rule->source.in(options.language));
    if (options.compared) append_cell(rows, word_of(file.state_of(i)).in(options.language));
    rows += "\r\n";
  }
  if (file.comparison == nullptr) return rows;
  for (const EarlierFinding& gone : file.comparison->fixed) {
    const std::string_view state = word_of(FindingState::fixed).in(options.language);
    for (const std::string_view cell :
         {file.path, item, std::string_view(), std::string_view(), std::string_view(),
          std::string_view(gone.rule), std::string_view(gone.name), std::string_view(gone.message),
          std::string_view(), std::string_view(), std::string_view(), state}) {
      append_cell(rows, cell);
    }
    rows += "\r\n";
  }
  return rows;
}

std::string csv_end(const Tally& /*tally*/, const ReportOptions& /*options*/) { return {}; }

std::string junit_begin(const ReportOptions& /*options*/) {
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"flowproof\">\n";
}

std::string junit_file(const ReportedFile& file, const ReportOptions& options, bool /*first*/) {
  std::string cases;
  std::size_t tests = 0;
  std::size_t failures = 0;
  if (file.error != nullptr) {
    tests = failures = 1;
    cases = "    <testcase classname=\"flowproof\"" + attribute("name", file.path) + "><failure" +
            attribute("message", render(file.error->message, options.language)) + "/></testcase>\n";
  } else {
    Places places(file.checked->subject.sources);
    for (const Diagnostic& finding : file.checked->result.findings) {
      ++tests;
      if (options.fail_on != Severity::off && finding.severity >= options.fail_on) ++failures;
      cases += junit_case(finding, places, options);
    }
    if (tests == 0) {
      tests = 1;
      cases = "    <testcase classname=\"flowproof\"" + attribute("name", file.path) + "/>\n";
    }
  }
  return "  <testsuite" + attribute("name", file.path) + attribute("tests", std::to_string(tests)) +
         attribute("failures", std::to_string(failures)) + ">\n" + cases + "  </testsuite>\n";
}

std::string junit_end(const Tally& /*tally*/, const ReportOptions& /*options*/) {
  return "</testsuites>\n";
}

}  // namespace flowproof
