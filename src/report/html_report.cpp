#include "report/html_report.hpp"

#include <algorithm>

#include "report/due_table.hpp"
#include "report/html_page.hpp"
#include "report/levels.hpp"
#include "report/places.hpp"

namespace flowproof {

namespace {

std::string decimal(std::size_t number) { return std::to_string(number); }

constexpr LocalizedText word_of(FileVerdict verdict) {
  constexpr LocalizedText words[] = {
      {"通过", "passed"}, {"不通过", "failed"}, {"无法读取", "unreadable"}};
  return words[static_cast<std::size_t>(verdict)];
}

constexpr LocalizedText word_of(SoundnessVerdict verdict) {
  constexpr LocalizedText words[] = {
      {"流程结构正确", "process sound"},
      {"流程结构有缺陷", "process unsound"},
      {"流程结构未能判定", "soundness undecided"},
  };
  return words[static_cast<std::size_t>(verdict)];
}

struct SumRow {
  std::size_t Tally::*count;
  LocalizedText label;
  std::string_view css_class;
  bool always;  ///< shown when nothing was counted, too
};
constexpr SumRow sum_rows[] = {
    {&Tally::files, {"个流程图", "charts"}, "", true},
    {&Tally::failed, {"不通过", "failed"}, "error", true},
    {&Tally::unreadable, {"无法读取", "unreadable"}, "error", false},
    {&Tally::errors, {"错误", "errors"}, "error", true},
    {&Tally::warnings, {"警告", "warnings"}, "warning", true},
    {&Tally::infos, {"提示", "notes"}, "info", true},
    {&Tally::waived, {"已豁免", "waived"}, "", false},
    {&Tally::known, {"在基线中", "in the baseline"}, "", false},
    {&Tally::fresh, {"新增", "new"}, "error", false},
    {&Tally::remaining, {"遗留", "remaining"}, "warning", false},
    {&Tally::fixed, {"已整改", "fixed"}, "pass", false},
};

constexpr LocalizedText file_heads[] = {{"流程图", "chart"},  {"文件", "file"},
                                        {"结论", "verdict"},  {"错误", "errors"},
                                        {"警告", "warnings"}, {"提示", "notes"}};
constexpr LocalizedText rule_heads[] = {{"规则", "rule"}, {"依据", "source"}, {"次数", "findings"}};

void put_heads(Markup& html, std::span<const LocalizedText> heads, std::size_t first_number,
               Language language) {
  html.open("thead").open("tr");
  for (std::size_t i = 0; i < heads.size(); ++i) {
    html.element("th", heads[i].in(language), {{"class", i < first_number ? "" : "n"}});
  }
  html.close().close().line_end();
}

void put_files(Markup& html, const Tally& tally, Language language) {
  html.element("h3", LocalizedText{"各流程图", "Charts"}.in(language)).open("table");
  put_heads(html, file_heads, 3, language);
  html.open("tbody");
  for (std::size_t i = 0; i < tally.rows.size(); ++i) {
    const Tally::Row& row = tally.rows[i];
    html.open("tr").open("td").open("a", {{"href", "#file" + decimal(i + 1)}});
    html.text(decimal(i + 1) + ". " + (row.title.empty() ? row.path : row.title)).close().close();
    html.element("td", row.path);
    html.element("td", word_of(row.verdict).in(language), {{"class", name_of(row.verdict)}});
    for (const std::size_t count : {row.errors, row.warnings, row.infos}) {
      html.element("td", decimal(count), {{"class", "n"}});
    }
    html.close().line_end();
  }
  html.close().close().line_end();
}

void put_rules(Markup& html, const Tally& tally, Language language) {
  html.element("h3", LocalizedText{"各规则", "Rules"}.in(language)).open("table");
  put_heads(html, rule_heads, 2, language);
  html.open("tbody");
  for (const auto& [code, count] : most_frequent(tally)) {
    const Rule& rule = *find_rule(code);
    html.open("tr").element("td", std::string(code) + " " + std::string(rule.name));
    html.element("td", rule.source.in(language));
    html.element("td", decimal(count), {{"class", "n"}}).close().line_end();
  }
  html.close().close().line_end();
}

void put_labelled(Markup& html, const LocalizedText& label, std::string_view text,
                  Language language) {
  if (text.empty()) return;
  html.open("p").element("span", label.in(language), {{"class", "label"}}).text(text).close();
}

/// One file of the report: its facts, its chart, its findings.
class FileSection {
 public:
  FileSection(const Checked& checked, const ReportedFile& file, const ReportOptions& options)
      : checked_(checked),
        file_(file),
        language_(options.language),
        places_(checked.subject.sources) {}

  std::string write() {
    const CheckResult& result = checked_.result;
    put_facts();
    if (result.findings.empty()) {
      html_.element("p", LocalizedText{"没有发现问题", "no findings"}.in(language_),
                    {{"class", "pass"}});
    }
    if (!file_.chart.empty()) html_.open("figure").made(file_.chart).close().line_end();
    if (!result.findings.empty()) {
      html_.open("ol", {{"class", "findings"}}).line_end();
      for (std::size_t i = 0; i < result.findings.size(); ++i) put(result.findings[i], i + 1);
      html_.close();
    }
    put_fixed();
    put_remarks();
    put_due_dates();
    return html_.take();
  }

 private:
  void put_facts() {
    if (!checked_.subject.flow) return;
    const Flow& flow = *checked_.subject.flow;
    const std::pair<LocalizedText, const Text*> facts[] = {
        {{"事项编码：", "item: "}, &flow.item},
        {{"事项类型：", "type: "}, &flow.type},
        {{"办件类型：", "handling: "}, &flow.handling},
        {{"实施机关：", "authority: "}, &flow.authority},
        {{"法定时限：", "statutory limit: "}, &flow.statutory},
        {{"承诺时限：", "promised limit: "}, &flow.promised},
    };
    html_.open("p", {{"class", "facts"}});
    for (const auto& [label, text] : facts) {
      if (!text->empty()) {
        html_.element("span", std::string(label.in(language_)) + text->value).text(" ");
      }
    }
    html_.element("span", word_of(checked_.subject.facts.verdict()).in(language_));
    html_.close().line_end();
  }

  void put(const Diagnostic& finding, std::size_t number) {
    const Rule& rule = *finding.rule;
    html_.open("li", {{"id", finding_anchor(file_.number) + decimal(number)},
                      {"class", name_of(finding.severity)}});
    html_.open("span", {{"class", "no"}}).element("i", decimal(number)).close();
    html_.open("p")
        .element("b", word_of(finding.severity).in(language_),
                 {{"class", name_of(finding.severity)}})
        .text(" ");
    if (const FindingState state = file_.state_of(number - 1); state != FindingState::unknown) {
      html_.text("[" + std::string(word_of(state).in(language_)) + "] ");
    }
    html_.element("span", render(finding.message, language_), {{"class", "what"}}).close();
    if (!finding.witness.empty()) {
      html_.open("ul");
      for (const Remark& remark : finding.witness) {
        html_.open("li", {{"class", "quiet"}}).text(render(remark.message, language_) + " ");
        html_.text("(" + place_of(remark.span) + ")").close();
      }
      html_.close();
    }
    if (!finding.help.empty()) {
      put_labelled(html_, {"改法：", "mend: "},
                   render(finding.help, finding.message.arguments, language_), language_);
    }
    put_labelled(html_, {"依据：", "source: "}, rule.source.in(language_), language_);
    html_.element(
        "p", std::string(rule.code) + " " + std::string(rule.name) + " · " + place_of(finding.span),
        {{"class", "quiet"}});
    html_.close().line_end();
  }

  void put_fixed() {
    if (file_.comparison == nullptr || file_.comparison->fixed.empty()) return;
    html_.element("h3", LocalizedText{"已整改", "Fixed since the earlier report"}.in(language_));
    html_.open("ul");
    for (const EarlierFinding& gone : file_.comparison->fixed) {
      html_.element("li", gone.rule + " " + gone.message, {{"class", "pass"}});
    }
    html_.close().line_end();
  }

  std::string place_of(const Span& span) {
    const Place place = places_.at(span);
    return places_.source_of(span).path + ":" + decimal(place.line) + ":" + decimal(place.column);
  }

  void put_remarks() {
    const CheckResult& result = checked_.result;
    const std::pair<std::size_t, LocalizedText> rows[] = {
        {result.waived, {"另有 {n} 个发现已豁免", "waived findings: {n}"}},
        {result.known, {"另有 {n} 个发现在基线中", "findings in the baseline: {n}"}},
    };
    for (const auto& [count, text] : rows) {
      if (count == 0) continue;
      html_.element("p", render(text, {{"n", static_cast<std::int64_t>(count)}}, language_),
                    {{"class", "quiet"}});
    }
  }

  void put_due_dates() {
    if (!checked_.due) return;
    html_.element("h3",
                  render({"{date} 受理的最迟办结日期", "accepted on {date}: due at the latest"},
                         {{"date", date_text(checked_.due->accepted_on)}}, language_));
    if (const std::string remark = remark_on(*checked_.due, language_); !remark.empty()) {
      html_.element("p", remark, {{"class", "quiet"}});
    }
    html_.open("table").open("tbody");
    for (const DueRow& row : checked_.due->rows) {
      html_.open("tr").element("td", label_of(row, *checked_.subject.flow, language_));
      html_.element("td", quantity_in(row.limit, language_));
      html_.element("td", day_of(row, language_));
      html_.element("td", remark_on(row, language_)).close().line_end();
    }
    html_.close().close().line_end();
  }

  const Checked& checked_;
  const ReportedFile& file_;
  Language language_;
  Places places_;
  Markup html_;
};

}  // namespace

std::string finding_anchor(std::size_t number) { return "f" + decimal(number) + "-"; }

std::string html_begin(const ReportOptions& options) {
  constexpr LocalizedText title{"流程图检查报告", "Report on process charts"};
  return page_begin(title.in(options.language), options.language);
}

std::string html_overview(const Tally& tally, const ReportOptions& options) {
  Markup html;
  html.open("ul", {{"class", "figures"}});
  for (const SumRow& row : sum_rows) {
    const std::size_t count = tally.*row.count;
    if (count == 0 && !row.always) continue;
    put_figure(html, decimal(count), row.label.in(options.language),
               count == 0 ? "" : row.css_class);
  }
  html.close().line_end();
  if (tally.rows.size() > 1) {
    put_files(html, tally, options.language);
    if (!tally.by_rule.empty()) put_rules(html, tally, options.language);
  }
  if (tally.skipped > 0) {
    html.element(
        "p",
        render({"因没有办事指南，{n} 条规则未检查", "rules not run for want of a guide: {n}"},
               {{"n", static_cast<std::int64_t>(tally.skipped)}}, options.language),
        {{"class", "quiet"}});
  }
  return html.take();
}

std::string html_file(const ReportedFile& file, const ReportOptions& options, bool /*first*/) {
  const FileVerdict verdict = verdict_of(file, options.fail_on);
  const std::string title = chart_title(file);
  Markup html;
  html.open("section", {{"class", "file"}, {"id", "file" + decimal(file.number)}}).open("h2");
  html.text(decimal(file.number) + ". " + (title.empty() ? std::string(file.path) : title) + " ");
  html.element("span", word_of(verdict).in(options.language), {{"class", name_of(verdict)}});
  html.close();
  if (!title.empty()) html.element("p", file.path, {{"class", "facts"}});
  if (file.error != nullptr) {
    html.element("p", render(file.error->message, options.language), {{"class", "error"}});
  } else {
    html.made(FileSection(*file.checked, file, options).write());
  }
  html.close().line_end();
  return html.take();
}

std::string html_end(const Tally& /*tally*/, const ReportOptions& /*options*/) {
  return page_end();
}

}  // namespace flowproof
