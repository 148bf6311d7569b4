#include <algorithm>
#include <charconv>
#include <filesystem>
#include <map>
#include <set>

#include "base/file.hpp"
#include "cli/commands.hpp"
#include "cli/configuration.hpp"
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
  std::vector<std::string> inputs, outputs, formats;
  std::string folder, depfile, guide, paper, orientation, placer;
  unsigned jobs = 1, dpi = 144;
  bool strict = false, quiet = false, follow_symlinks = false;
  bool binding = false, pages = false, embed_font = false, findings = false, proof = false;
  SettingArguments settings;
};

template <class T>
struct Named {
  std::string_view name;
  T value;
};
constexpr Named<Paper> papers[] = {
    {"auto", Paper::automatic}, {"a4", Paper::a4}, {"a3", Paper::a3}};
constexpr Named<Orientation> orientations[] = {{"auto", Orientation::automatic},
                                               {"portrait", Orientation::portrait},
                                               {"landscape", Orientation::landscape}};

template <class T, std::size_t n>
std::vector<std::string_view> choices_of(const Named<T> (&rows)[n]) {
  std::vector<std::string_view> names;
  for (const Named<T>& row : rows) names.push_back(row.name);
  return names;
}

template <class T, std::size_t n>
std::optional<T> named(const std::string& name, const Named<T> (&rows)[n]) {
  for (const Named<T>& row : rows) {
    if (row.name == name) return row.value;
  }
  return std::nullopt;
}

std::vector<Option> options_of(RenderArguments& given) {
  std::vector<Option> options = {
      flows_option(given.inputs),
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
       {"格式：图、步骤清单（md、txt）或图形坐标（layout）；默认按文件名结尾",
        "format: drawing, list of steps (md, txt) or geometry (layout); by default the ending"},
       &given.formats},
      {"-j,--jobs", "N", {"同时绘制的文件数", "charts drawn at the same time"}, &given.jobs},
      {"--strict",
       "",
       {"有错误就不输出", "errors found: write nothing, exit with 1"},
       &given.strict},
      {"--layout",
       "PLACER",
       {"排版：own（默认）或 dot（Graphviz，用于比较）",
        "who places the boxes: own (default) or dot (Graphviz, to compare)"},
       &given.placer,
       {"own", "dot"}},
      {"--findings",
       "",
       {"在图上标出发现的编号，并在图下列出", "number findings on the chart and list them below"},
       &given.findings},
      {"--proof",
       "",
       {"输出此图的证明：核对了什么，怎样算的",
        "print the proof of the chart: what was verified, with its arithmetic"},
       &given.proof},
      {"-q,--quiet", "", {"不显示检查发现", "do not print findings"}, &given.quiet},
      {"--paper",
       "PAPER",
       {"纸张；auto：A4，字太小时用 A3", "paper; auto: A4, or A3 if text would be too small"},
       &given.paper,
       choices_of(papers)},
      {"--orientation",
       "WAY",
       {"纸张方向", "which way the paper is turned"},
       &given.orientation,
       choices_of(orientations)},
      {"--binding", "", {"留出 20 mm 装订边", "leave a binding edge of 20 mm"}, &given.binding},
      {"--pages",
       "",
       {"SVG 和 PNG 也分页，每页一个文件", "SVG and PNG on sheets too, a file for each page"},
       &given.pages},
      {"--font",
       "FONTS",
       {"所用字体（文件或名称），可给出多个", "fonts (files or names), the first ones first"},
       &given.settings.fonts},
      {"--embed-font",
       "",
       {"把用到的字嵌入 SVG", "embed the letters used in SVG"},
       &given.embed_font},
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
  append_selection(options, given.guide, given.settings.profile, given.settings.rules);
  append_config_options(options, given.settings);
  return options;
}

/// What becomes of one input: a file for each format, or one for each page of it.
struct Job {
  Input input;
  std::vector<std::string> outputs;
};
struct Plan {
  std::vector<Job> jobs;
  std::vector<const Writer*> formats;  ///< null: the layout
  std::string book = {};               ///< all charts become this one document
};

std::string without_ending(std::string name) {
  for (const std::string_view ending : {".flow.xml", ".bpmn", ".xml"}) {
    if (name.size() > ending.size() && name.ends_with(ending)) {
      name.erase(name.size() - ending.size());
      break;
    }
  }
  return name;
}

Result<Plan> plan_folder(const RenderArguments& given, std::vector<Input> inputs,
                         std::vector<const Writer*> formats) {
  Plan plan{{}, std::move(formats), {}};
  if (plan.formats.empty()) plan.formats.push_back(writer_named("svg"));
  std::set<std::string> taken;
  for (Input& input : inputs) {
    Job& job = plan.jobs.emplace_back();
    for (const Writer* writer : plan.formats) {
      job.outputs.push_back(given.folder + "/" + without_ending(input.name) +
                            std::string(writer == nullptr ? layout_ending : writer->ending));
    }
    if (!taken.insert(job.outputs.front()).second) {
      return usage_error({"两个输入都会写到“{path}”", "two inputs would be written to '{path}'"},
                         {{"path", job.outputs.front()}});
    }
    job.input = std::move(input);
  }
  return plan;
}

/// One document of several flows.
Result<Plan> plan_book(const RenderArguments& given, std::vector<Input> inputs,
                       const std::vector<const Writer*>& formats) {
  const Writer* writer = nullptr;
  if (given.outputs.size() == 1 && formats.size() <= 1) {
    writer = formats.empty() ? writer_for(given.outputs.front()) : formats.front();
  }
  if (writer != writer_named("pdf")) {
    return usage_error({"多个流程图要用 -d 指定输出文件夹，或用 -o 文件.pdf 合成一个文档",
                        "several flows need -d FOLDER, or -o FILE.pdf for one document"});
  }
  Plan plan{{}, {}, given.outputs.front()};
  for (Input& input : inputs) plan.jobs.push_back({std::move(input), {}});
  return plan;
}

Result<Plan> plan_files(const RenderArguments& given, std::vector<Input> inputs,
                        std::vector<const Writer*> formats) {
  if (inputs.size() > 1) return plan_book(given, std::move(inputs), formats);
  if (given.outputs.empty() && formats.empty()) {
    return usage_error(
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
        return usage_error({"从文件名“{path}”看不出格式，请用 --format",
                            "the name '{path}' does not tell a format; use --format"},
                           {{"path", output}});
      }
    }
  }
  if (formats.size() != outputs.size()) {
    return usage_error(
        {"--format 与 -o 的个数不一致", "--format and -o are not given as many times"});
  }
  return Plan{{{std::move(inputs.front()), std::move(outputs)}}, std::move(formats), {}};
}

Result<Plan> plan_of(const RenderArguments& given) {
  Result<std::vector<Input>> inputs = expand_inputs(given.inputs);
  if (!inputs) return std::move(inputs).error();
  if (inputs->empty()) return no_input();
  if (given.dpi == 0) return usage_error({"--dpi 至少为 1", "--dpi is at least 1"});
  std::vector<const Writer*> formats;
  for (const std::string& name : given.formats) {
    formats.push_back(name == layout_format ? nullptr : writer_named(name));
  }
  if (given.folder.empty()) return plan_files(given, *std::move(inputs), std::move(formats));
  if (!given.outputs.empty())
    return usage_error({"-o 与 -d 不能同时使用", "-o and -d exclude each other"});
  return plan_folder(given, *std::move(inputs), std::move(formats));
}

/// SOURCE_DATE_EPOCH: seconds since 1970; 0 if there is none.
Result<std::int64_t> date_in(const std::string& text) {
  constexpr std::int64_t last = 253'402'300'799;  // of the year 9999
  std::int64_t value = 0;
  if (text.empty()) return value;
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (code == std::errc{} && end == text.data() + text.size() && value >= 0 && value <= last) {
    return value;
  }
  return usage_error({"环境变量 SOURCE_DATE_EPOCH 应为自 1970 年起的秒数，而不是“{value}”",
                      "SOURCE_DATE_EPOCH takes seconds since 1970, not '{value}'"},
                     {{"value", text}});
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

std::vector<std::string> paths_of(const Sources& sources) {
  std::vector<std::string> paths;
  for (const SourceText& source : sources) paths.push_back(source.path);
  return paths;
}

/// "chart-2.svg" of "chart.svg".
std::string page_name(const std::string& path, std::size_t page) {
  if (path == "-") return path;
  const std::size_t dot = path.rfind('.'), slash = path.rfind('/');
  const std::size_t end =
      dot == std::string::npos || (slash != std::string::npos && dot < slash) ? path.size() : dot;
  return path.substr(0, end) + '-' + std::to_string(page) + path.substr(end);
}

/// The files that settings come from.
void add_settings(const Settings& settings, std::vector<std::string>& inputs) {
  for (std::string& path : paths_of(settings.profiles.set.sources)) {
    inputs.push_back(std::move(path));
  }
  if (!settings.config.empty()) inputs.push_back(settings.config);
}

class RenderRun {
 public:
  RenderRun(const RenderArguments& given, const Plan& plan, const Configuration& configuration,
            std::int64_t date)
      : given_(given), plan_(plan), configuration_(configuration) {
    render_.formats = plan.formats;
    render_.with_dot = given.placer == "dot";
    render_.findings = given.findings;
    // A quiet run that may not fail has no use for findings.
    render_.judge = !given.quiet || given.strict || given.findings || given.proof;
    render_.write.fonts = configuration.front().fonts;
    render_.write.dpi = given.dpi;
    render_.write.date = date;
    render_.write.embed_font = given.embed_font;
    render_.page = {named(given.paper, papers), named(given.orientation, orientations),
                    given.binding, given.pages};
    render_.bind = !plan.book.empty();
    for (std::size_t i = 0; i < plan.jobs.size(); ++i) look_up(configuration.of(i));
  }

  struct Outcome {
    std::optional<Checked> checked;
    std::optional<Error> error = {};
    std::optional<Scene> sheets = {};
    std::vector<std::vector<std::string>> outputs = {};  ///< by format, the bytes of its files
  };
  /// Draws one flow. Runs in any thread.
  [[nodiscard]] Outcome run(std::size_t number) const {
    const Job& job = plan_.jobs[number];
    const Settings& settings = configuration_.of(number);
    CaseOptions options{given_.guide, settings.profiles.name, settings.rules, {}};
    options.calendar = settings.own_calendar();
    RenderOptions render = render_;
    render.write.fonts = settings.fonts;
    Result<Rendered> rendered = render_file(job.input.path, settings.profiles.set, options, render);
    if (!rendered) return {std::nullopt, rendered.error(), {}};
    Outcome outcome{std::move(rendered->checked), {}, std::move(rendered->sheets), {}};
    const ReportedFile file{job.input.path, &*outcome.checked, nullptr};
    if (given_.strict && verdict_of(file, Severity::error) == FileVerdict::fail) {
      outcome.sheets.reset();
    } else {
      outcome.outputs = std::move(rendered->outputs);
    }
    return outcome;
  }

  /// Writes the files of one flow. To be called from one thread: several wait for one another in
  /// the kernel, which lets only one change a folder at a time.
  void write(std::size_t number, Outcome& outcome) {
    if (outcome.outputs.empty()) return;
    const Job& job = plan_.jobs[number];
    std::vector<std::string> names;
    std::vector<std::string_view> bytes;
    for (std::size_t i = 0; i < outcome.outputs.size(); ++i) {
      const bool numbered =
          given_.pages && plan_.formats[i] != nullptr && plan_.formats[i]->form == Form::picture;
      for (std::size_t page = 0; page < outcome.outputs[i].size(); ++page) {
        names.push_back(numbered ? page_name(job.outputs[i], page + 1) : job.outputs[i]);
        bytes.emplace_back(outcome.outputs[i][page]);
      }
    }
    const Result<Done> written = write_named(
        names, bytes, paths_of(outcome.checked->subject.sources), configuration_.of(number));
    if (!written) outcome.error = written.error();
  }

  /// Binds the charts of all flows and writes the document.
  [[nodiscard]] Result<Done> write_book(std::vector<Scene> charts,
                                        std::vector<std::string> inputs) {
    const std::vector<Scene> book = bind_charts(std::move(charts));
    const Result<std::string> bytes = write_pdf(book, render_.write);
    if (!bytes) return bytes.error();
    return write_named({plan_.book}, {*bytes}, std::move(inputs), configuration_.front());
  }

 private:
  /// The files of settings may not be written to; they are the same for all charts.
  void look_up(const Settings& settings) {
    const auto [known, fresh] = setting_files_.try_emplace(&settings);
    if (!fresh) return;
    std::vector<std::string> paths;
    add_settings(settings, paths);
    for (const std::string& path : paths) {
      if (const auto file = file_identity(path)) known->second.push_back(*file);
    }
  }

  /// Once for charts that follow each other in one folder.
  void make_folder(std::string folder) {
    if (folder == made_) return;
    std::error_code ignored;  // writing the file says what is wrong
    std::filesystem::create_directories(folder, ignored);
    made_ = std::move(folder);
  }

  [[nodiscard]] Result<Done> write_named(const std::vector<std::string>& names,
                                         const std::vector<std::string_view>& bytes,
                                         std::vector<std::string> inputs,
                                         const Settings& settings) {
    std::vector<OutputFile> files;
    for (std::size_t i = 0; i < names.size(); ++i) files.push_back({names[i], bytes[i]});
    std::string rule;
    if (!given_.depfile.empty()) {
      add_settings(settings, inputs);
      rule = make_rule(names, inputs);
      files.push_back({given_.depfile, rule});
    }
    if (!given_.folder.empty()) {
      for (const std::string& name : names) make_folder(directory_of(name));
    }
    return write_files(files, {inputs, given_.follow_symlinks, true, setting_files_.at(&settings)});
  }

  const RenderArguments& given_;
  const Plan& plan_;
  const Configuration& configuration_;
  RenderOptions render_;
  std::map<const Settings*, std::vector<FileIdentity>> setting_files_;
  std::string made_;  ///< the folder made last
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
  if (!given.depfile.empty() && plan->jobs.size() > 1 && plan->book.empty()) {
    return console.fail(usage_error({"--depfile 只用于一个流程图", "--depfile is for one flow"}));
  }
  const Result<std::int64_t> date = date_in(context.environment.source_date_epoch);
  if (!date) return console.fail(date.error());
  Exit exit = Exit::clean;
  std::vector<std::string> paths;
  for (const Job& job : plan->jobs) paths.push_back(job.input.path);
  const auto configuration = Configuration::of(given.settings, paths, context, exit);
  if (!configuration) return exit;

  RenderRun run(given, *plan, *configuration, *date);
  const ReportOptions report{console.language, console.color_err,
                             given.strict ? Severity::error : Severity::off};
  std::vector<Scene> charts;
  std::vector<std::string> sources;
  const auto& outputs = plan->jobs.front().outputs;
  const bool to_stdout =
      plan->book == "-" || std::find(outputs.begin(), outputs.end(), "-") != outputs.end();
  for_each_in_order(
      plan->jobs.size(), given.jobs, [&](std::size_t i) { return run.run(i); },
      [&](std::size_t i, RenderRun::Outcome&& outcome) {
        run.write(i, outcome);
        const ReportedFile file{plan->jobs[i].input.path,
                                outcome.checked ? &*outcome.checked : nullptr, nullptr};
        const FileVerdict verdict = verdict_of(file, report.fail_on);
        if (outcome.checked && (!given.quiet || verdict != FileVerdict::pass)) {
          console.err(report_format_named("text")->file(file, report, i == 0));
        }
        if (given.proof && outcome.checked) {
          const std::string proof = proof_text(file, {console.language, console.color_out});
          to_stdout ? console.err(proof) : static_cast<void>(console.out(proof));
        }
        if (verdict == FileVerdict::fail) exit = worse(exit, Exit::findings);
        if (verdict == FileVerdict::unreadable) exit = worse(exit, Exit::failure);
        if (outcome.error) exit = worse(exit, console.fail(*outcome.error));
        if (outcome.sheets) {
          charts.push_back(*std::move(outcome.sheets));
          for (std::string& path : paths_of(outcome.checked->subject.sources)) {
            sources.push_back(std::move(path));
          }
        }
        console.progress(i + 1, plan->jobs.size(), file.path);
        return true;
      });
  const bool refused = given.strict && exit != Exit::clean;
  if (!charts.empty() && !refused) {
    const auto written = run.write_book(std::move(charts), std::move(sources));
    if (!written) exit = worse(exit, console.fail(written.error()));
  }
  return exit;
}

}  // namespace flowproof::cli
