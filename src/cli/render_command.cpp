#include <algorithm>
#include <charconv>
#include <filesystem>
#include <set>

#include "base/file.hpp"
#include "cli/commands.hpp"
#include "cli/inputs.hpp"
#include "cli/parallel.hpp"
#include "cli/selection.hpp"
#include "flowproof/pipeline.hpp"
#include "flowproof/report.hpp"

namespace flowproof::cli {

namespace {

constexpr std::string_view layout_format = "layout";
constexpr std::string_view layout_ending = ".layout.json";

struct RenderArguments {
  std::vector<std::string> inputs, outputs, formats, fonts;
  std::string folder, depfile, guide, profile;
  unsigned jobs = 1, dpi = 144;
  bool strict = false, quiet = false, follow_symlinks = false;
  CheckOptions rules;
};

std::vector<Option> options_of(RenderArguments& given) {
  std::vector<Option> options = {
      {"inputs",
       "FILE|FOLDER...",
       {"流程图（*.flow.xml）；“-”是标准输入", "flows (*.flow.xml); '-' is standard input"},
       &given.inputs},
      {"-o,--output",
       "FILE",
       {"输出文件，可多次给出；“-”是标准输出",
        "output, may be given again; '-' is standard output"},
       &given.outputs},
      {"-d,--folder",
       "FOLDER",
       {"多个流程图的输出文件夹", "folder for the charts of several flows"},
       &given.folder},
      {"--format",
       "FORMATS",
       {"svg、pdf、png 或 layout（图形坐标）；默认按文件名结尾",
        "svg, pdf, png or layout (the geometry); by default the output's ending"},
       &given.formats},
      {"-j,--jobs", "N", {"同时绘制的文件数", "charts drawn at the same time"}, &given.jobs},
      {"--strict",
       "",
       {"有错误就不输出", "errors found: write nothing, exit with 1"},
       &given.strict},
      {"-q,--quiet", "", {"不显示检查发现", "do not print findings"}, &given.quiet},
      {"--font",
       "FONTS",
       {"PDF 和 PNG 所用字体（文件或名称）", "fonts for PDF and PNG (files or names)"},
       &given.fonts},
      {"--dpi", "N", {"PNG 分辨率，默认 144", "resolution of PNG, 144 by default"}, &given.dpi},
      {"--depfile",
       "FILE",
       {"写出 make 依赖文件", "write the inputs as a make rule"},
       &given.depfile},
      {"--follow-symlinks",
       "",
       {"输出文件是符号链接时写到它所指的文件", "write to the file an output link points to"},
       &given.follow_symlinks},
  };
  for (const Writer& writer : writers()) options[3].choices.push_back(writer.name);
  options[3].choices.push_back(layout_format);
  append_selection(options, given.guide, given.profile, given.rules);
  return options;
}

/// What becomes of one input: a file for each format.
struct Job {
  Input input;
  std::vector<std::string> outputs;
};
struct Plan {
  std::vector<Job> jobs;
  std::vector<const Writer*> formats;  ///< null: the layout
};

Error usage(const LocalizedText& text, flowproof::Arguments arguments = {}) {
  return {ErrorKind::usage, {text, std::move(arguments)}};
}

std::string without_ending(std::string name) {
  for (const std::string_view ending : {".flow.xml", ".bpmn", ".xml"}) {
    if (name.size() > ending.size() && name.ends_with(ending)) {
      name.resize(name.size() - ending.size());
      break;
    }
  }
  return name;
}

Result<Plan> plan_folder(const RenderArguments& given, std::vector<Input> inputs,
                         std::vector<const Writer*> formats) {
  Plan plan{{}, std::move(formats)};
  if (plan.formats.empty()) plan.formats.push_back(writer_named("svg"));
  std::set<std::string> taken;
  for (Input& input : inputs) {
    Job& job = plan.jobs.emplace_back();
    for (const Writer* writer : plan.formats) {
      job.outputs.push_back(given.folder + "/" + without_ending(input.name) +
                            std::string(writer == nullptr ? layout_ending : writer->ending));
    }
    if (!taken.insert(job.outputs.front()).second) {
      return usage({"两个输入都会写到“{path}”", "two inputs would be written to '{path}'"},
                   {{"path", job.outputs.front()}});
    }
    job.input = std::move(input);
  }
  return plan;
}

Result<Plan> plan_files(const RenderArguments& given, std::vector<Input> inputs,
                        std::vector<const Writer*> formats) {
  if (inputs.size() > 1) {
    return usage({"多个流程图要用 -d 指定输出文件夹",
                  "several flows need a folder for their charts: -d FOLDER"});
  }
  if (given.outputs.empty() && formats.empty()) {
    return usage(
        {"没有指定输出：用 -o 文件 或 -d 文件夹", "no output is given: use -o FILE or -d FOLDER"});
  }
  std::vector<std::string> outputs = given.outputs;
  if (outputs.empty()) outputs.emplace_back("-");
  if (formats.empty()) {
    for (const std::string& output : outputs) {
      if (output.ends_with(layout_ending)) {
        formats.push_back(nullptr);
      } else if (const Writer* writer = writer_for(output)) {
        formats.push_back(writer);
      } else {
        return usage({"从文件名“{path}”看不出格式，请用 --format",
                      "the name '{path}' does not tell a format; use --format"},
                     {{"path", output}});
      }
    }
  }
  if (formats.size() != outputs.size()) {
    return usage({"--format 与 -o 的个数不一致", "--format and -o are not given as many times"});
  }
  return Plan{{{std::move(inputs.front()), std::move(outputs)}}, std::move(formats)};
}

Result<Plan> plan_of(const RenderArguments& given) {
  Result<std::vector<Input>> inputs = expand_inputs(given.inputs);
  if (!inputs) return std::move(inputs).error();
  if (inputs->empty()) return no_input();
  std::vector<const Writer*> formats;
  for (const std::string& name : given.formats) {
    formats.push_back(name == layout_format ? nullptr : writer_named(name));
  }
  if (given.folder.empty()) return plan_files(given, *std::move(inputs), std::move(formats));
  if (!given.outputs.empty())
    return usage({"-o 与 -d 不能同时使用", "-o and -d exclude each other"});
  return plan_folder(given, *std::move(inputs), std::move(formats));
}

std::int64_t number_in(const std::string& text) {
  std::int64_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

/// A file name in a make rule.
std::string make_word(std::string_view path) {
  std::string word;
  for (const char c : path) {
    if (c == ' ' || c == '#' || c == '\\' || c == ':') word += '\\';
    if (c == '$') word += '$';
    word += c;
  }
  return word;
}

std::string make_rule(const std::vector<std::string>& outputs,
                      const std::vector<std::string>& inputs) {
  std::string rule;
  for (const std::string& output : outputs) rule += (rule.empty() ? "" : " ") + make_word(output);
  rule += ":";
  for (const std::string& input : inputs) rule += " \\\n  " + make_word(input);
  return rule + "\n";
}

class RenderRun {
 public:
  RenderRun(const RenderArguments& given, const Plan& plan, const ProfileSet& profiles,
            CaseOptions options, const Environment& environment)
      : given_(given), plan_(plan), profiles_(profiles), options_(std::move(options)) {
    render_.formats = plan.formats;
    render_.write.fonts = given.fonts;
    render_.write.dpi = given.dpi;
    render_.write.date = number_in(environment.source_date_epoch);
  }

  /// Draws one flow and writes its files. Runs in any thread.
  struct Outcome {
    std::optional<Checked> checked;
    std::optional<Error> error;
  };
  [[nodiscard]] Outcome run(const Job& job) const {
    Result<Rendered> rendered = render_file(job.input.path, profiles_, options_, render_);
    if (!rendered) return {std::nullopt, rendered.error()};
    Outcome outcome{std::move(rendered->checked), std::nullopt};
    const ReportedFile file{job.input.path, &*outcome.checked, nullptr};
    if (rendered->outputs.empty()) return outcome;
    if (given_.strict && verdict_of(file, Severity::error) == FileVerdict::fail) return outcome;
    if (Result<Done> written = write(job, *outcome.checked, rendered->outputs); !written) {
      outcome.error = written.error();
    }
    return outcome;
  }

 private:
  [[nodiscard]] Result<Done> write(const Job& job, const Checked& checked,
                                   const std::vector<std::string>& bytes) const {
    std::vector<std::string> inputs;
    for (const SourceText& source : checked.subject.sources) inputs.push_back(source.path);
    for (const SourceText& source : profiles_.sources) inputs.push_back(source.path);
    std::vector<OutputFile> files;
    for (std::size_t i = 0; i < bytes.size(); ++i) files.push_back({job.outputs[i], bytes[i]});
    const std::string rule = make_rule(job.outputs, inputs);
    if (!given_.depfile.empty()) files.push_back({given_.depfile, rule});
    if (!given_.folder.empty()) {
      for (const std::string& output : job.outputs) {
        std::error_code ignored;  // writing the file says what is wrong
        std::filesystem::create_directories(directory_of(output), ignored);
      }
    }
    return write_files(files, {inputs, given_.follow_symlinks, true});
  }

  const RenderArguments& given_;
  const Plan& plan_;
  const ProfileSet& profiles_;
  CaseOptions options_;
  RenderOptions render_;
};

}  // namespace

Exit run_render(const Command& command, Context& context, Words arguments) {
  Console& console = context.console;
  RenderArguments given;
  if (const auto done = begin_command(command, context, options_of(given), std::move(arguments))) {
    return *done;
  }
  const Result<Plan> plan = plan_of(given);
  if (!plan) return console.fail(plan.error());
  if (!given.depfile.empty() && plan->jobs.size() > 1) {
    return console.fail(usage({"--depfile 只用于一个流程图", "--depfile is for one flow"}));
  }
  if (const auto unknown = unknown_selection(given.rules)) return console.fail(*unknown);
  Exit exit = Exit::clean;
  const auto profiles = profiles_for(given.profile, context, exit);
  if (!profiles) return exit;

  const RenderRun run(given, *plan, profiles->set, {given.guide, profiles->name, given.rules, {}},
                      context.environment);
  const ReportOptions report{console.language, console.color_err,
                             given.strict ? Severity::error : Severity::off};
  for_each_in_order(
      plan->jobs.size(), given.jobs, [&](std::size_t i) { return run.run(plan->jobs[i]); },
      [&](std::size_t i, RenderRun::Outcome outcome) {
        const ReportedFile file{plan->jobs[i].input.path,
                                outcome.checked ? &*outcome.checked : nullptr, nullptr};
        const FileVerdict verdict = verdict_of(file, report.fail_on);
        if (outcome.checked && (!given.quiet || verdict != FileVerdict::pass)) {
          console.err(report_format_named("text")->file(file, report, i == 0));
        }
        if (verdict == FileVerdict::fail) exit = worse(exit, Exit::findings);
        if (verdict == FileVerdict::unreadable) exit = worse(exit, Exit::failure);
        if (outcome.error) exit = worse(exit, console.fail(*outcome.error));
        console.progress(i + 1, plan->jobs.size(), file.path);
        return true;
      });
  return exit;
}

}  // namespace flowproof::cli
