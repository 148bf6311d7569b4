#include "cli/audit_views.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <functional>

#include "base/file.hpp"
#include "flowproof/audit.hpp"

namespace flowproof::cli {

namespace {

struct ViewRow {
  std::string_view name, ending;
};
constexpr ViewRow views[] = {{"ndjson", ".ndjson"}, {"xlsx", ".xlsx"}, {"html", ".html"}};

std::string_view view_of(const std::string& format, const std::string& output) {
  if (!format.empty()) return format;
  const auto* row = std::find_if(std::begin(views), std::end(views), [&](const ViewRow& view) {
    return output.ends_with(view.ending);
  });
  return row == std::end(views) ? views[0].name : row->name;
}

/// Calls `use` with every record of an earlier result.
std::optional<Error> each_record(const std::string& path,
                                 const std::function<void(AuditedRecord&)>& use) {
  Result<RecordStream> stream = RecordStream::open(path, greatest_line);
  if (!stream) return stream.error();
  RawRecord raw;
  while (stream->next(raw)) {
    Result<AuditedRecord> record = read_audit_line(raw.text);
    if (!record) {
      return usage_error({"“{path}”第 {line} 行不是 audit 的结果",
                          "line {line} of '{path}' is not a result of audit"},
                         {{"path", path}, {"line", static_cast<std::int64_t>(raw.line)}});
    }
    use(*record);
  }
  if (const Error* error = stream->error()) return *error;
  return std::nullopt;
}

}  // namespace

void append_view_options(std::vector<Option>& options, ViewArguments& given) {
  options.push_back({"--format",
                     "FORMAT",
                     {"ndjson（每条记录一行）、xlsx（工作单）或 html（总览）；默认按文件名结尾",
                      "ndjson (a line a record), xlsx (worklist) or html (dashboard); by default "
                      "the output's ending"},
                     &given.format});
  for (const ViewRow& view : views) options.back().choices.push_back(view.name);
  options.push_back({"--compare",
                     "OLD",
                     {"与上次的 ndjson 结果比较：新增、遗留、已整改",
                      "compare with an earlier ndjson result: new, remaining, fixed"},
                     &given.compare});
}

Result<AuditView> AuditView::open(const ViewArguments& given, const std::string& output,
                                  bool resume, const std::vector<std::string>& inputs,
                                  Console& console) {
  AuditView view(console);
  view.output_ = output;
  view.compare_ = given.compare;
  view.inputs_ = inputs;
  if (!given.compare.empty()) view.inputs_.push_back(given.compare);
  const std::string_view name = view_of(given.format, output);
  if (resume && name != "ndjson") {
    return usage_error({"--resume 只用于 ndjson", "--resume is for ndjson only"});
  }
  if (name == "xlsx" && output == "-") {
    return usage_error({"xlsx 要用 -o 指定文件", "xlsx needs -o FILE"});
  }
  if (name == "ndjson") {
    Result<AuditOutput> lines = AuditOutput::open(output, resume, view.inputs_);
    if (!lines) return lines.error();
    view.lines_.emplace(*std::move(lines));
  } else if (auto error = refuse_input(output, view.inputs_)) {
    return *error;
  }
  if (auto error = view.learn()) return *error;
  if (name == "xlsx") {
    Result<Worklist> worklist =
        Worklist::create(part_of(output), !given.compare.empty(), console.language);
    if (!worklist) return worklist.error();
    view.worklist_.emplace(*std::move(worklist));
  }
  return view;
}

std::optional<Error> AuditView::learn() {
  if (compare_.empty()) return std::nullopt;
  return each_record(compare_, [&](AuditedRecord& record) { comparison_.learn(record); });
}

bool AuditView::write(std::string_view lines) {
  if (lines_ && !lines_->write(lines)) error_ = lines_->error();
  if (lines_ && compare_.empty()) return !error_;
  if (!lines_) tally_.add(lines);
  while (!lines.empty() && !error_) {
    const std::string_view line = lines.substr(0, lines.find('\n'));
    lines.remove_prefix(std::min(lines.size(), line.size() + 1));
    Result<AuditedRecord> record = read_audit_line(line);
    if (!record) {
      error_ = record.error();
      break;
    }
    if (!compare_.empty()) comparison_.judge(*record);
    overview_.add(*record);
    if (worklist_) worklist_->add(*record);
  }
  return !error_;
}

std::optional<Error> AuditView::tell_fixed() {
  if (compare_.empty()) return std::nullopt;
  return each_record(compare_, [&](AuditedRecord& record) {
    comparison_.keep_fixed(record);
    for (const AuditedFinding& finding : record.findings) {
      overview_.add_fixed(record, finding);
      if (worklist_) worklist_->add_fixed(record, finding);
    }
  });
}

std::optional<Error> AuditView::finish() {
  if (error_) return error_;
  if (auto error = tell_fixed()) return error;
  if (lines_) return lines_->finish();
  return finish_file();
}

std::optional<Error> AuditView::finish_file() {
  if (worklist_) {
    const Result<Done> written = worklist_->finish(overview_);
    if (!written) {
      std::remove(part_of(output_).c_str());
      return written.error();
    }
    if (std::rename(part_of(output_).c_str(), output_.c_str()) == 0) return std::nullopt;
    return write_error(output_, errno);
  }
  const std::string page = audit_page(overview_, !compare_.empty(), console_->language);
  if (output_ == "-") {
    console_->out(page);
    return std::nullopt;
  }
  const OutputFile file{output_, page};
  const Result<Done> written = write_files({&file, 1}, {inputs_, false, true});
  if (!written) return written.error();
  return std::nullopt;
}

}  // namespace flowproof::cli
