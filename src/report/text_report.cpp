#include "report/text_report.hpp"

#include <algorithm>

#include "base/terminal.hpp"
#include "report/due_table.hpp"
#include "report/excerpt.hpp"
#include "report/levels.hpp"
#include "report/places.hpp"

namespace flowproof {

namespace {

// By Severity.
constexpr Style styles[] = {Style::plain, Style::info, Style::warning, Style::error};

constexpr LocalizedText help_label{"改法：", "help: "};
constexpr LocalizedText source_label{"依据：", "source: "};

class FindingPrinter {
 public:
  FindingPrinter(const Sources& sources, const ReportOptions& options)
      : places_(sources), options_(options), out_(options.color) {}

  void print(const Diagnostic& finding, FindingState state = FindingState::unknown) {
    const Style style = styles[static_cast<std::size_t>(finding.severity)];
    const Rule& rule = *finding.rule;
    const Place place = places_.at(finding.span);
    out_ << Style::strong;
    print_place(finding.span, place);
    out_ << Style::plain << style;
    out_.ours(word_of(finding.severity).in(options_.language)) << Style::plain;
    out_.ours(" ");
    if (state != FindingState::unknown) out_ << "[" << word_of(state).in(options_.language) << "] ";
    out_.ours(rule.code).ours(" ").ours(rule.name).ours(": ")
        << Style::strong << render(finding.message, options_.language) << Style::plain;
    out_.line_end();
    print_excerpt(finding.span, place.line);
    for (const Remark& remark : finding.witness) {
      out_ << "  → ";
      print_place(remark.span, places_.at(remark.span));
      out_ << render(remark.message, options_.language);
      out_.line_end();
    }
    if (!finding.help.empty()) {
      print_label(help_label) << render(finding.help, finding.message.arguments, options_.language);
      out_.line_end();
    }
    if (rule.source.empty()) return;
    print_label(source_label).ours(rule.source.in(options_.language)).line_end();
  }
  void print_fixed(std::string_view path, const EarlierFinding& finding) {
    out_ << Style::quiet << path << ": [" << word_of(FindingState::fixed).in(options_.language)
         << "] " << finding.rule << " " << finding.name << ": " << finding.message << Style::plain;
    out_.line_end();
  }
  [[nodiscard]] std::string take() { return out_.take(); }

 private:
  void print_place(const Span& span, const Place& place) {
    (out_ << places_.source_of(span).path).ours(":") << std::size_t{place.line};
    (out_.ours(":") << std::size_t{place.column}).ours(": ");
  }

  TerminalText& print_label(const LocalizedText& label) {
    out_.blanks(2) << Style::quiet;
    return out_.ours(label.in(options_.language)) << Style::plain;
  }

  void print_excerpt(const Span& span, std::uint32_t line) {
    const std::string& text = places_.source_of(span).text;
    if (text.empty()) return;
    const Excerpt excerpt = excerpt_of(text, span);
    const std::string number = std::to_string(line);
    constexpr std::size_t gutter = 5;
    out_ << Style::quiet;
    out_.blanks(number.size() < gutter ? gutter - number.size() : 0).ours(number).ours(" | ")
        << Style::plain << excerpt.text;
    out_.line_end() << Style::quiet;
    out_.blanks(std::max(gutter, number.size())).ours(" | ") << Style::plain;
    out_.blanks(excerpt.mark_column) << Style::mark;
    out_.ours("^").repeat('~', excerpt.mark_width - 1) << Style::plain;
    out_.line_end();
  }

  Places places_;
  const ReportOptions& options_;
  TerminalText out_;
};

/// "2 errors", "2 个错误"; empty for none.
std::string counted(std::size_t count, const LocalizedText& one, const LocalizedText& many,
                    Language language) {
  return render(count == 1 ? one : many, {{"n", static_cast<std::int64_t>(count)}}, language);
}

struct SumRow {
  std::size_t Tally::*count;
  LocalizedText one, many;
};
constexpr SumRow findings_rows[] = {
    {&Tally::errors, {"{n} 个错误", "{n} error"}, {"{n} 个错误", "{n} errors"}},
    {&Tally::warnings, {"{n} 个警告", "{n} warning"}, {"{n} 个警告", "{n} warnings"}},
    {&Tally::infos, {"{n} 个提示", "{n} note"}, {"{n} 个提示", "{n} notes"}},
};
constexpr SumRow remark_rows[] = {
    {&Tally::unreadable,
     {"{n} 个文件无法读取", "{n} file could not be read"},
     {"{n} 个文件无法读取", "{n} files could not be read"}},
    {&Tally::waived,
     {"另有 {n} 个发现已豁免", "{n} finding waived"},
     {"另有 {n} 个发现已豁免", "{n} findings waived"}},
    {&Tally::known,
     {"另有 {n} 个发现在基线中", "{n} finding in the baseline"},
     {"另有 {n} 个发现在基线中", "{n} findings in the baseline"}},
    {&Tally::skipped,
     {"因没有办事指南，{n} 条规则未检查", "{n} rule not run for want of a guide"},
     {"因没有办事指南，{n} 条规则未检查", "{n} rules not run for want of a guide"}},
};

template <std::size_t count>
std::string joined(const SumRow (&rows)[count], const Tally& tally, std::string_view separator,
                   Language language) {
  std::string text;
  for (const SumRow& row : rows) {
    if (tally.*row.count == 0) continue;
    if (!text.empty()) text += separator;
    text += counted(tally.*row.count, row.one, row.many, language);
  }
  return text;
}

}  // namespace

std::string findings_text(const Diagnostics& findings, const Sources& sources,
                          const ReportOptions& options) {
  FindingPrinter printer(sources, options);
  for (const Diagnostic& finding : findings) printer.print(finding);
  return printer.take();
}

std::string text_begin(const ReportOptions& /*options*/) { return {}; }

std::string text_file(const ReportedFile& file, const ReportOptions& options, bool /*first*/) {
  if (file.checked == nullptr) return {};  // the error goes to standard error
  FindingPrinter printer(file.checked->subject.sources, options);
  const Diagnostics& findings = file.checked->result.findings;
  for (std::size_t i = 0; i < findings.size(); ++i) printer.print(findings[i], file.state_of(i));
  if (file.comparison != nullptr) {
    for (const EarlierFinding& gone : file.comparison->fixed) printer.print_fixed(file.path, gone);
  }
  return printer.take() + due_text(*file.checked, options);
}

std::string text_end(const Tally& tally, const ReportOptions& options) {
  const Language language = options.language;
  const bool zh = language == Language::zh;
  const std::string_view comma = zh ? "，" : ", ";
  const std::string_view semicolon = zh ? "；" : "; ";
  constexpr LocalizedText nothing{"没有发现问题", "no findings"};
  std::string findings = joined(findings_rows, tally, comma, language);
  std::string remarks = joined(remark_rows, tally, semicolon, language);
  // "No findings" about files nobody could read would be a lie.
  if (findings.empty() && tally.unreadable < tally.files) findings = nothing.in(language);
  if (findings.empty()) std::swap(findings, remarks);
  TerminalText out(options.color);
  out << Style::strong
      << counted(tally.files, {"{n} 个文件：", "{n} file: "}, {"{n} 个文件：", "{n} files: "},
                 language)
      << findings << Style::plain;
  if (!remarks.empty()) out << semicolon << remarks;
  out.line_end();
  if (options.compared) {
    const auto number = [](std::size_t n) { return static_cast<std::int64_t>(n); };
    out << render({"与上次相比：新增 {new}，遗留 {left}，已整改 {fixed}",
                   "since the earlier report: {new} new, {left} remaining, {fixed} fixed"},
                  {{"new", number(tally.fresh)},
                   {"left", number(tally.remaining)},
                   {"fixed", number(tally.fixed)}},
                  language);
    out.line_end();
  }
  return out.take();
}

std::string statistics_text(const Tally& tally, const ReportOptions& options) {
  TerminalText out(options.color);
  for (const auto& [code, count] : most_frequent(tally)) {
    const std::string number = std::to_string(count);
    out.blanks(number.size() < 7 ? 7 - number.size() : 0)
        << number << "  " << code << " " << find_rule(code)->name;
    out.line_end();
  }
  return out.take();
}

}  // namespace flowproof
