#include "xlsx/workbook.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdio>

namespace flowproof::xlsx {

namespace {

constexpr Column summary_columns[] = {{{"项目", "matter"}, 44}, {{"数值", "figure"}, 16}};
constexpr Column department_columns[] = {
    {{"部门", "department"}, 30},
    {{"记录", "records"}, 9},
    {{"无问题", "clean"}, 9},
    {{"有问题", "with findings"}, 9},
    {{"错误", "errors"}, 8},
    {{"警告", "warnings"}, 8},
    {{"提示", "notes"}, 8},
    {{"可比时限的事项", "comparable limits"}, 10},
    {{"承诺/法定平均", "mean promised/statutory"}, 10},
    {{"不超过一半的事项", "within half"}, 10},
    {{"占比", "share"}, 8},
    {{"新增", "new"}, 7},
    {{"遗留", "remaining"}, 9},
    {{"已整改", "fixed"}, 8},
};
constexpr std::size_t compared_columns = 3;  // the last ones of the table above
constexpr Column rule_columns[] = {{{"规则", "rule"}, 8},     {{"名称", "name"}, 26},
                                   {{"次数", "findings"}, 8}, {{"错误", "errors"}, 8},
                                   {{"警告", "warnings"}, 8}, {{"提示", "notes"}, 8},
                                   {{"依据", "source"}, 36},  {{"示例", "example"}, 50}};
constexpr Column finding_columns[] = {
    {{"序号", "no."}, 6},          {{"部门", "department"}, 15}, {{"事项名称", "item"}, 19},
    {{"实施编码", "code"}, 14},    {{"要素", "element"}, 9},     {{"级别", "severity"}, 6},
    {{"规则", "rule"}, 6},         {{"问题", "finding"}, 31},    {{"原文摘录", "excerpt"}, 16},
    {{"依据", "clause"}, 18},      {{"修改建议", "mend"}, 24},   {{"处理情况", "handling"}, 10},
    {{"责任人", "responsible"}, 9}};
constexpr lxw_col_t handling_column = 11;
constexpr Column state_column{{"状态", "state"}, 7};
// The shape of the suggestion table that departments hand in (实体性要素修改建议汇总).
constexpr Column suggestion_columns[] = {{{"序号", "no."}, 6},
                                         {{"单位", "authority"}, 16},
                                         {{"事项名称", "item"}, 22},
                                         {{"实施编码", "code"}, 15},
                                         {{"要素名称", "element"}, 12},
                                         {{"现行内容", "now"}, 22},
                                         {{"修改建议", "suggestion"}, 34},
                                         {{"修改理由及依据", "reason and clause"}, 34},
                                         {{"备注", "remark"}, 12}};
constexpr Column quarantine_columns[] = {{{"序号", "no."}, 6},     {{"文件", "file"}, 26},
                                         {{"行", "line"}, 9},      {{"原因", "reason"}, 28},
                                         {{"说明", "detail"}, 30}, {{"开头", "beginning"}, 40}};

// What clerks put into 处理情况; other words are taken as well.
constexpr const char* handling_zh[] = {"待处理", "已整改", "不予采纳", "需协调", nullptr};
constexpr const char* handling_en[] = {"open", "mended", "not accepted", "to be discussed",
                                       nullptr};

constexpr LocalizedText severity_words[] = {
    {"关闭", "off"}, {"提示", "info"}, {"警告", "warning"}, {"错误", "error"}};
constexpr LocalizedText state_words[] = {
    {"—", "-"}, {"新增", "new"}, {"遗留", "remaining"}, {"已整改", "fixed"}};

std::size_t index(Severity severity) { return static_cast<std::size_t>(severity); }
std::size_t index(FindingState state) { return static_cast<std::size_t>(state); }

std::span<const Column> department_heads(bool compared) {
  const std::span<const Column> all = department_columns;
  return compared ? all : all.first(all.size() - compared_columns);
}

double part_of(std::uint64_t part, std::uint64_t whole) {
  return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}

/// The message with its witness below.
std::string whole_message(const AuditedFinding& finding) {
  std::string text = finding.message;
  for (const std::string& step : finding.witness) text += "\n· " + step;
  return text;
}

Error write_error(const std::string& path, lxw_error error) {
  return {ErrorKind::output,
          {{"写不了“{path}”：{reason}", "cannot write '{path}': {reason}"},
           {{"path", path}, {"reason", std::string(lxw_strerror(error))}}}};
}

/// The same with the system's number, which the program has words for.
Error write_error(const std::string& path, int number) {
  return {ErrorKind::output,
          {{"写不了“{path}”：{reason}", "cannot write '{path}': {reason}"},
           {{"path", path}, {"reason", static_cast<std::int64_t>(number)}}}};
}

/// The library does not look whether what it puts together arrives on the disk, so as much is
/// written there before, and given back: 0, or the system's number.
int make_room(std::string folder, std::int64_t bytes) {
  std::FILE* trial = lxw_tmpfile(folder.data());
  if (trial == nullptr) return errno;
  const std::vector<char> zeros(1U << 16);
  errno = 0;
  bool fits = true;
  for (; fits && bytes > 0; bytes -= static_cast<std::int64_t>(zeros.size())) {
    fits = std::fwrite(zeros.data(), 1, zeros.size(), trial) == zeros.size();
  }
  fits = std::fflush(trial) == 0 && fits;
  const int number = fits ? 0 : errno != 0 ? errno : ENOSPC;
  std::fclose(trial);
  return number;
}

}  // namespace

Result<Workbook*> Workbook::create(const std::string& path, bool compared, Language language) {
  lxw_workbook_options options{};
  options.constant_memory = LXW_TRUE;
  options.use_zip64 = LXW_FALSE;
  // Where the workbook goes there has to be room anyway; a folder for temporary files may be small.
  const std::size_t slash = path.rfind('/');
  std::string folder = slash == std::string::npos ? "." : path.substr(0, slash + 1);
  options.tmpdir = folder.data();
  lxw_workbook* workbook = workbook_new_opt(path.c_str(), &options);
  if (workbook == nullptr) return write_error(path, LXW_ERROR_MEMORY_MALLOC_FAILED);
  auto created = std::unique_ptr<Workbook>(
      new Workbook(workbook, path, std::move(folder), compared, language));
  if (const int number = created->summary_->lost(); number != 0) return write_error(path, number);
  return created.release();
}

Workbook::Workbook(lxw_workbook* workbook, std::string path, std::string folder, bool compared,
                   Language language)
    : workbook_(workbook),
      path_(std::move(path)),
      folder_(std::move(folder)),
      compared_(compared),
      language_(language),
      formats_(add_formats(workbook)),
      finding_columns_(std::begin(finding_columns), std::end(finding_columns)),
      findings_{{"问题清单", "findings"}, {}, {}, {}},
      suggestions_{{"修改建议汇总", "suggestions"},
                   suggestion_columns,
                   {"实体性要素修改建议汇总表", "Suggested changes to guide elements"},
                   {}},
      quarantined_{{"无法使用的记录", "unusable records"}, quarantine_columns, {}, {}},
      fixed_{{"已整改", "fixed"}, {}, {}, {}} {
  lxw_doc_properties properties{};
  std::string title(say({"办事指南检查工作单", "Worklist on service guides"}));
  properties.title = title.data();
  properties.created = 946684800;  // 2000-01-01: the bytes depend on the findings only
  workbook_set_properties(workbook, &properties);
  if (compared) finding_columns_.push_back(state_column);
  findings_.columns = finding_columns_;
  fixed_.columns = finding_columns_;
  const auto sheet = [&](const LocalizedText& name, std::span<const Column> columns,
                         const LocalizedText& heading = {}) {
    return std::make_unique<Sheet>(workbook, formats_, std::string(say(name)), columns, language,
                                   heading);
  };
  summary_ =
      sheet({"汇总", "summary"}, summary_columns, {"办事指南检查汇总", "Audit of service guides"});
  departments_ = sheet({"按部门", "departments"}, department_heads(compared));
  rules_ = sheet({"按规则", "rules"}, rule_columns);
  for (Table* table : {&findings_, &suggestions_, &quarantined_}) open_part(*table);
  if (compared) open_part(fixed_);
}

Workbook::~Workbook() {
  if (workbook_ != nullptr) lxw_workbook_free(workbook_);
}

void Workbook::open_part(Table& table) {
  // Sheets have the name of their table, and a number from the second on.
  std::string name(say(table.name));
  if (!table.parts.empty()) name += std::to_string(table.parts.size() + 1);
  table.parts.push_back(
      std::make_unique<Sheet>(workbook_, formats_, name, table.columns, language_, table.title));
}

Sheet& Workbook::next_row(Table& table) {
  if (table.parts.back()->full()) open_part(table);
  Sheet& sheet = *table.parts.back();
  sheet.begin_row();
  return sheet;
}

void Workbook::add(const AuditedRecord& record) {
  if (record.status == AuditStatus::quarantined) {
    Sheet& sheet = next_row(quarantined_);
    sheet.number(record.number + 1);
    sheet.text(record.file);
    sheet.number(record.line);
    for (const std::string* text : {&record.reason, &record.detail, &record.excerpt}) {
      sheet.text(*text);
    }
    return;
  }
  for (const AuditedFinding& finding : record.findings) {
    put_finding(findings_, record, finding);
    if (!finding.help.empty()) add_suggestion(record, finding);
  }
}

void Workbook::add_fixed(const AuditedRecord& record, const AuditedFinding& finding) {
  put_finding(fixed_, record, finding);
}

void Workbook::put_finding(Table& table, const AuditedRecord& record,
                           const AuditedFinding& finding) {
  Sheet& sheet = next_row(table);
  sheet.number(++table.rows);
  sheet.text(record.department);
  sheet.text(record.item);
  sheet.text(record.key);
  sheet.text(say(element_name(finding.element)));
  sheet.text(say(severity_words[index(finding.severity)]),
             formats_.severity[index(finding.severity)]);
  sheet.text(finding.rule);
  sheet.text(whole_message(finding));
  for (const std::string* text : {&finding.excerpt, &finding.source, &finding.help}) {
    sheet.text(*text);
  }
  sheet.text({});
  sheet.text({});
  if (compared_) sheet.text(say(state_words[index(finding.state)]));
}

void Workbook::add_suggestion(const AuditedRecord& record, const AuditedFinding& finding) {
  Sheet& sheet = next_row(suggestions_);
  sheet.number(++suggestions_.rows);
  sheet.text(record.department);
  sheet.text(record.item);
  sheet.text(record.key);
  sheet.text(say(element_name(finding.element)));
  sheet.text(finding.excerpt);
  sheet.text(finding.help);
  sheet.text(finding.source.empty() ? finding.message : finding.message + "\n" + finding.source);
  sheet.text({});
}

void Workbook::write_summary(const AuditOverview& overview) {
  const AuditSums& total = overview.total();
  const auto put = [&](const LocalizedText& label, std::uint64_t count) {
    summary_->begin_row();
    summary_->text(say(label));
    summary_->number(count);
  };
  put({"记录", "records"}, total.records);
  put({"无问题的记录", "clean records"}, total.clean);
  put({"有问题的记录", "records with findings"}, total.with_findings);
  put({"无法使用的记录", "unusable records"}, total.quarantined);
  put({"错误", "errors"}, total.of(Severity::error));
  put({"警告", "warnings"}, total.of(Severity::warning));
  put({"提示", "notes"}, total.of(Severity::info));
  if (compared_) {
    put({"与上次比较：新增问题", "since the earlier run: new"}, total.of(FindingState::fresh));
    put({"与上次比较：遗留问题", "since the earlier run: remaining"},
        total.of(FindingState::remaining));
    put({"与上次比较：已整改问题", "since the earlier run: fixed"}, total.of(FindingState::fixed));
  }
  const Reduction& reduction = total.reduction;
  put({"双减半：法定、承诺时限可比的事项", "items with comparable limits"}, reduction.comparable);
  put({"双减半：缺少时限或单位不同、不可比的事项", "items whose limits cannot be compared"},
      reduction.not_comparable);
  summary_->begin_row();
  summary_->text(say({"双减半：承诺时限与法定时限之比的平均值", "mean of promised/statutory"}));
  summary_->share(reduction.mean());
  put({"双减半：承诺时限不超过法定时限一半的事项", "items promised within half"},
      reduction.within_half);
  for (std::size_t band = 0; band < Reduction::bands; ++band) {
    const std::string label = std::string(say({"承诺时限占法定时限：", "promised/statutory: "})) +
                              std::string(say(band_name(band)));
    summary_->begin_row();
    summary_->text(label);
    summary_->number(reduction.by_band[band]);
  }
  for (const auto& [reason, count] : overview.reasons()) {
    summary_->begin_row();
    summary_->text(std::string(say({"无法使用：", "unusable: "})) + reason);
    summary_->number(count);
  }
}

void Workbook::write_departments(const AuditOverview& overview) {
  for (const auto& [name, sums] : overview.departments()) {
    Sheet& sheet = *departments_;
    sheet.begin_row();
    sheet.text(name.empty() ? say({"（未写部门）", "(no department)"}) : name);
    for (const std::uint64_t count :
         {sums->records, sums->clean, sums->with_findings, sums->of(Severity::error),
          sums->of(Severity::warning), sums->of(Severity::info), sums->reduction.comparable}) {
      sheet.number(count);
    }
    const Reduction& reduction = sums->reduction;
    if (reduction.comparable == 0) {
      for (int i = 0; i < 3; ++i) sheet.text({});  // no ratio is not a ratio of nothing
    } else {
      sheet.share(reduction.mean());
      sheet.number(reduction.within_half);
      sheet.share(part_of(reduction.within_half, reduction.comparable));
    }
    if (!compared_) continue;
    for (const FindingState state :
         {FindingState::fresh, FindingState::remaining, FindingState::fixed}) {
      sheet.number(sums->of(state));
    }
  }
}

void Workbook::write_rules(const AuditOverview& overview) {
  for (const RuleSums* rule : overview.rules()) {
    rules_->begin_row();
    rules_->text(rule->rule);
    rules_->text(rule->name);
    for (const std::uint64_t count : {rule->findings, rule->of(Severity::error),
                                      rule->of(Severity::warning), rule->of(Severity::info)}) {
      rules_->number(count);
    }
    rules_->text(rule->source);
    rules_->text(rule->example);
  }
}

Result<Done> Workbook::finish(const AuditOverview& overview) {
  write_summary(overview);
  write_departments(overview);
  write_rules(overview);
  const char* const* choices = language_ == Language::zh ? handling_zh : handling_en;
  lxw_error error = LXW_NO_ERROR;
  int lost = 0;
  std::int64_t longest = 0;
  const auto close = [&](Sheet& sheet) {
    sheet.finish();
    if (error == LXW_NO_ERROR) error = sheet.error();
    if (lost == 0) lost = sheet.lost();
    longest = std::max(longest, sheet.bytes());
  };
  for (Sheet* sheet : {summary_.get(), departments_.get(), rules_.get()}) close(*sheet);
  for (Table* table : {&findings_, &suggestions_, &quarantined_, &fixed_}) {
    for (const auto& part : table->parts) {
      if (table == &findings_) part->offer(handling_column, choices);
      close(*part);
    }
  }
  // A sheet is put together once more before it is packed; the rest of a workbook is small.
  constexpr std::int64_t rest = 256 << 10;
  if (lost == 0) lost = make_room(folder_, longest + rest);
  if (lost != 0) return write_error(path_, lost);
  lxw_workbook* workbook = std::exchange(workbook_, nullptr);
  const lxw_error closed = workbook_close(workbook);
  if (error == LXW_NO_ERROR) error = closed;
  if (error != LXW_NO_ERROR) return write_error(path_, error);
  return Done{};
}

}  // namespace flowproof::xlsx
