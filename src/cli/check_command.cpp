#include <algorithm>

#include "base/file.hpp"
#include "cli/calendar_option.hpp"
#include "cli/commands.hpp"
#include "cli/configuration.hpp"
#include "cli/guide_pairs.hpp"
#include "cli/inputs.hpp"
#include "cli/parallel.hpp"
#include "cli/selection.hpp"
#include "flowproof/baseline.hpp"
#include "flowproof/pipeline.hpp"
#include "flowproof/report.hpp"

namespace flowproof::cli {

namespace {

struct CheckArguments {
  std::vector<std::string> inputs;
  std::string format = "text";
  std::string guide, guides, baseline, compare, accepted_on;
  unsigned jobs = 1;
  bool statistics = false, drawing = false;
  SettingArguments settings;
};

std::vector<Option> options_of(CheckArguments& given) {
  std::vector<Option> options = {
      flows_option(given.inputs),
      {"--format",
       "FORMAT",
       {"输出格式：text、json、sarif、junit、csv、html",
        "output: text, json, sarif, junit, csv, html"},
       &given.format},
      fail_on_option(given.settings.fail_on),
      {"-j,--jobs", "N", {"同时检查的文件数", "files checked at the same time"}, &given.jobs},
      {"--baseline",
       "FILE",
       {"不再报告这份 JSON 结果里已有的问题", "leave out what this earlier JSON report has"},
       &given.baseline},
      {"--compare",
       "OLD",
       {"与上次的 JSON 结果比较：新增、遗留、已整改",
        "compare with an earlier JSON report: new, remaining, fixed"},
       &given.compare},
      {"--drawing",
       "",
       {"也画出图来，检查图形（D 类规则）", "draw the chart too and check it (rules D)"},
       &given.drawing},
      {"--statistics",
       "",
       {"最后列出各规则的次数", "end with a count for each rule"},
       &given.statistics},
  };
  for (const ReportFormat& format : report_formats()) options[1].choices.push_back(format.name);
  append_selection(options, given.guide, given.settings.profile, given.settings.rules);
  options.push_back({"--guides",
                     "FILE",
                     {"办事指南数据（JSON、CSV），按事项编码与流程图对应",
                      "guide records (JSON, CSV), paired with the flows by item code"},
                     &given.guides});
  options.push_back({"--calendar",
                     "FILE",
                     {"放假安排（JSON），补充或代替自带的 2007–2026 年",
                      "holidays (JSON) beside or instead of the built-in ones of 2007-2026"},
                     &given.settings.calendar});
  options.push_back({"--accepted-on",
                     "DATE",
                     {"列出该日受理的最迟办结日期（YYYY-MM-DD）",
                      "tell the days a case accepted on that day is due (YYYY-MM-DD)"},
                     &given.accepted_on});
  append_config_options(options, given.settings);
  return options;
}

/// Without --baseline one that knows nothing; empty with the exit code if it cannot be read.
std::optional<Baseline> baseline_of(const std::string& path, Console& console, Exit& exit) {
  constexpr std::size_t greatest = 256U << 20;
  if (path.empty()) return Baseline();
  const Result<std::string> text = read_file(path, greatest);
  Result<Baseline> baseline = text ? Baseline::read(*text, path) : Result<Baseline>(text.error());
  if (baseline) return *std::move(baseline);
  exit = console.fail(baseline.error());
  return std::nullopt;
}

/// What a run needs: everything that could go wrong with it has been tried.
struct Task {
  std::vector<Input> inputs;
  Configuration configuration;
  Baseline baseline, earlier;
  std::optional<Date> accepted_on;
  GuidePairs pairs;
  const ReportFormat& format;
  ReportOptions report;
};

std::optional<Error> clash_of(const CheckArguments& given) {
  if (!given.baseline.empty() && !given.compare.empty()) {
    return usage_error(
        {"--baseline 和 --compare 不能同用", "--baseline and --compare exclude each other"});
  }
  if (!given.guide.empty() && !given.guides.empty()) {
    return usage_error({"--guide 和 --guides 不能同用", "--guide and --guides exclude each other"});
  }
  return std::nullopt;
}

/// Otherwise the exit code, after saying what is wrong.
std::optional<Task> prepare(const CheckArguments& given, Context& context, Exit& exit) {
  Console& console = context.console;
  const auto fail = [&](const Error& error) {
    exit = console.fail(error);
    return std::nullopt;
  };
  Result<std::vector<Input>> inputs = expand_inputs(given.inputs);
  if (!inputs) return fail(inputs.error());
  if (inputs->empty()) return fail(no_input());
  if (const auto clash = clash_of(given)) return fail(*clash);
  auto configuration = Configuration::of(given.settings, paths_of(*inputs), context, exit);
  if (!configuration) return std::nullopt;
  auto baseline = baseline_of(given.baseline, console, exit);
  if (!baseline) return std::nullopt;
  auto earlier = baseline_of(given.compare, console, exit);
  if (!earlier) return std::nullopt;
  const Result<std::optional<Date>> accepted_on =
      read_accepted_on(given.accepted_on, configuration->front().own_calendar());
  if (!accepted_on) return fail(accepted_on.error());
  auto pairs = GuidePairs::read(given.guides, context, exit);
  if (!pairs) return std::nullopt;
  const ReportOptions report{console.language, console.color_out, configuration->front().fail_on,
                             !given.compare.empty()};
  return Task{*std::move(inputs),
              *std::move(configuration),
              *std::move(baseline),
              *std::move(earlier),
              *accepted_on,
              *std::move(pairs),
              *report_format_named(given.format),
              report};
}

/// The chart of a file with marks that link to its findings. Empty if there is none to draw, or one
/// that no page could show.
std::string chart_of(const Checked& checked, std::size_t number) {
  constexpr std::size_t most_boxes = 1000;
  const std::optional<Flow>& flow = checked.subject.flow;
  if (!flow || flow->nodes.empty() || flow->nodes.size() > most_boxes) return {};
  const Scene scene = draw_case(
      checked.subject, {.marks = marks_of(checked.result.findings, "#" + finding_anchor(number))});
  WriteOptions options;
  options.id_prefix = "c" + std::to_string(number) + "-";
  return write_svg(scene, options);
}

struct Outcome {
  Result<Checked> checked;
  std::string chart = {};
  std::optional<Changes> comparison = {};
};

/// Runs in any thread.
Outcome judge(const Task& task, const CheckArguments& given, std::size_t i) {
  const std::string& path = task.inputs[i].path;
  const Settings& settings = task.configuration.of(i);
  const CaseOptions options{given.guide,
                            settings.profiles.name,
                            settings.rules,
                            {},
                            settings.own_calendar(),
                            &task.pairs.documents(),
                            task.accepted_on,
                            given.drawing};
  Outcome outcome{check_file(path, settings.profiles.set, options)};
  if (!outcome.checked) return outcome;
  Checked& checked = *outcome.checked;
  checked.result.known = task.baseline.remove_known(path, checked.result.findings);
  if (task.report.compared && checked.subject.flow) {
    outcome.comparison = task.earlier.compare(path, checked.result.findings);
  }
  if (task.format.charts) outcome.chart = chart_of(checked, i + 1);
  return outcome;
}

/// Prints the report, file by file.
class Telling {
 public:
  Telling(Task& task, Console& console) : task_(task), console_(console) {
    tally_.keep_rows = task.format.overview != nullptr;
    console_.out(task.format.begin(task.report));
  }

  /// False once nobody reads any more.
  bool tell(std::size_t i, const Outcome& outcome) {
    const std::string& path = task_.inputs[i].path;
    const Result<Checked>& checked = outcome.checked;
    const ReportedFile file{path,
                            checked ? &*checked : nullptr,
                            checked ? nullptr : &checked.error(),
                            i + 1,
                            outcome.chart,
                            outcome.comparison ? &*outcome.comparison : nullptr};
    if (!checked) exit_ = worse(exit_, console_.fail(checked.error()));
    const FileVerdict verdict = verdict_of(file, task_.report.fail_on);
    if (verdict == FileVerdict::fail) exit_ = worse(exit_, Exit::findings);
    if (verdict == FileVerdict::unreadable) exit_ = worse(exit_, Exit::failure);
    tally_.add(file, task_.report.fail_on);
    if (checked && checked->subject.flow) task_.pairs.take(path, *checked->subject.flow);
    console_.progress(i + 1, task_.inputs.size(), path);
    const std::string text = task_.format.file(file, task_.report, first_);
    first_ = first_ && text.empty();
    if (task_.format.overview == nullptr) return console_.out(text);
    waiting_ += text;
    return true;
  }

  Exit end(bool statistics) {
    const ReportFormat& format = task_.format;
    const ReportOptions& report = task_.report;
    if (format.overview != nullptr) console_.out(format.overview(tally_, report) + waiting_);
    console_.out(format.end(tally_, report));
    if (statistics) console_.err(statistics_text(tally_, report));
    const bool counts = report.fail_on == Severity::warning || report.fail_on == Severity::info;
    if (task_.pairs.tell_unpaired(console_) > 0 && counts) exit_ = worse(exit_, Exit::findings);
    return exit_;
  }

 private:
  Task& task_;
  Console& console_;
  Tally tally_;
  Exit exit_ = Exit::clean;
  bool first_ = true;
  std::string waiting_;  // files, for the overview
};

}  // namespace

Exit run_check(const Command& command, Context& context, Words arguments) {
  CheckArguments given;
  if (const auto done = begin_command(command, context, options_of(given), std::move(arguments))) {
    return *done;
  }
  Exit exit = Exit::clean;
  std::optional<Task> task = prepare(given, context, exit);
  if (!task) return exit;
  Telling report(*task, context.console);
  for_each_in_order(
      task->inputs.size(), given.jobs, [&](std::size_t i) { return judge(*task, given, i); },
      [&](std::size_t i, const Outcome& outcome) { return report.tell(i, outcome); });
  return report.end(given.statistics);
}

}  // namespace flowproof::cli
