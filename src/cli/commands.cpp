#include "cli/commands.hpp"

#include <unistd.h>

#include <algorithm>
#include <climits>

#include "base/file.hpp"
#include "base/terminal.hpp"
#include "flowproof/report.hpp"

namespace flowproof::cli {

static constexpr Command table[] = {
    {"new",
     "TEMPLATE -o FILE | --guide FILE (-o FILE | --all -d FOLDER)",
     {"从模板或办事指南新建流程图", "start a flow from a template, or draft it from a guide"},
     {"flowproof new licence --title 取水许可办理流程图 -o my.flow.xml",
      "flowproof new licence --title 'Water abstraction permit' -o my.flow.xml"},
     &run_new},
    {"check",
     "FILE|FOLDER...",
     {"检查流程图是否完整、合法，并与办事指南一致",
      "check flows: complete, lawful, in agreement with their guide"},
     {"flowproof check my.flow.xml", "flowproof check my.flow.xml"},
     &run_check},
    {"render",
     "FILE|FOLDER... (-o FILE | -d FOLDER)",
     {"画出标准流程图（SVG、PDF、PNG）", "draw the standard flowchart (SVG, PDF, PNG)"},
     {"flowproof render my.flow.xml -o my.pdf", "flowproof render my.flow.xml -o my.pdf"},
     &run_render},
    {"fmt",
     "FILE...",
     {"把流程图、办事指南和配置写成规范格式",
      "write flows, guides and configurations in the canonical form"},
     {"flowproof fmt --write my.flow.xml", "flowproof fmt --write my.flow.xml"},
     &run_fmt},
    {"import",
     "FILE [-o FILE]",
     {"把 Graphviz 的 DOT 图转成流程图文件", "make a flow of a Graphviz DOT drawing"},
     {"flowproof import my.dot -o my.flow.xml", "flowproof import my.dot -o my.flow.xml"},
     &run_import},
    {"export",
     "FILE [-o FILE] [--to FORMAT]",
     {"把流程图转成 Graphviz 的 DOT", "write a flow as Graphviz DOT"},
     {"flowproof export my.flow.xml -o my.dot", "flowproof export my.flow.xml -o my.dot"},
     &run_export},
    {"audit",
     "FILE... [-o FILE]",
     {"批量检查办事指南数据（JSON、CSV）", "check guide records in bulk (JSON, CSV)"},
     {"flowproof audit guides.jsonl -o findings.ndjson",
      "flowproof audit guides.jsonl -o findings.ndjson"},
     &run_audit},
    {"merge",
     "FILE... -o FILE",
     {"合并 audit --shard 的各份结果", "merge the results of audit --shard"},
     {"flowproof merge part0.ndjson part1.ndjson -o findings.ndjson",
      "flowproof merge part0.ndjson part1.ndjson -o findings.ndjson"},
     &run_merge},
    {"explain",
     "RULE",
     {"说明一条规则：含义、依据、例子", "explain a rule: meaning, clause, examples"},
     {"flowproof explain dead-end", "flowproof explain dead-end"},
     &run_explain},
    {"rules",
     "",
     {"列出全部规则及各配置中的级别", "list all rules and their severity in each profile"},
     {"flowproof rules", "flowproof rules"},
     &run_rules},
};

std::span<const Command> commands() { return table; }

std::string Context::data() const {
  if (!data_folder.empty()) return data_folder;
  if (!environment.data_folder.empty()) return environment.data_folder;
  std::string program(PATH_MAX, '\0');
  const ssize_t length = ::readlink("/proc/self/exe", program.data(), program.size());
  program.resize(length < 0 ? 0 : static_cast<std::size_t>(length));
  const std::string bin = directory_of(program);  // "/usr/bin/"
  return directory_of(bin.substr(0, bin.size() - 1)) + "share/flowproof";
}

static Exit print_help(const Command& command, Context& context, std::span<const Option> options) {
  constexpr LocalizedText usage{"用法：", "usage: "};
  constexpr LocalizedText example{"例：", "example: "};
  constexpr LocalizedText heading{"选项：", "options:"};
  const Language language = context.console.language;
  TerminalText out(context.console.color_out);
  out << usage.in(language) << Style::strong << "flowproof " << command.name << Style::plain
      << (command.usage.empty() ? "" : " ") << command.usage;
  out.line_end() << command.summary.in(language);
  out.line_end() << example.in(language) << command.example.in(language);
  out.line_end().line_end() << heading.in(language);
  out.line_end();
  context.console.out(out.take() + options_help(options, language));
  return Exit::clean;
}

std::optional<Exit> begin_command(const Command& command, Context& context,
                                  std::vector<Option> options, Words arguments) {
  const std::vector<Option> common = {
      {"--color",
       "WHEN",
       {"颜色：auto、always、never", "colour: auto, always, never"},
       &context.color,
       {"auto", "always", "never"}},
      {"--lang",
       "LANG",
       {"输出语言：zh、en", "language of the output: zh, en"},
       &context.language,
       {"zh", "en"}},
      {"--data",
       "FOLDER",
       {"模板、配置和规则说明所在的文件夹", "folder of templates, profiles and rule pages"},
       &context.data_folder},
      {"-h,--help", "", {"显示本帮助", "show this help"}, &context.help},
  };
  options.insert(options.end(), common.begin(), common.end());
  const Result<Done> parsed = parse_arguments(options, std::move(arguments));
  Console& console = context.console;
  const bool automatic = context.color != "always" && context.color != "never";
  const bool wanted = automatic ? !context.environment.no_color : context.color == "always";
  console.color_out = wanted && (!automatic || ::isatty(STDOUT_FILENO) != 0);
  console.color_err = wanted && (!automatic || ::isatty(STDERR_FILENO) != 0);
  if (!parsed) return console.fail(parsed.error());
  if (context.help) return print_help(command, context, options);
  return std::nullopt;
}

std::optional<ChosenProfiles> profiles_for(const std::string& wanted, Context& context,
                                           Exit& exit) {
  const bool is_file = wanted.find('/') != std::string::npos || wanted.ends_with(".xml");
  Result<ProfileSet> loaded = load_profiles(context.data(), is_file ? wanted : std::string());
  if (!loaded) {
    exit = context.console.fail(loaded.error());
    return std::nullopt;
  }
  ChosenProfiles chosen{*std::move(loaded), wanted};
  const ReportOptions report{context.console.language, context.console.color_err, Severity::error};
  if (!chosen.set.findings.empty()) {
    context.console.err(findings_text(chosen.set.findings, chosen.set.sources, report));
  }
  if (std::any_of(chosen.set.findings.begin(), chosen.set.findings.end(),
                  [](const Diagnostic& finding) { return finding.severity == Severity::error; })) {
    exit = Exit::usage;
    return std::nullopt;
  }
  if (is_file) chosen.name = chosen.set.file_name;
  if (chosen.name.empty() || chosen.set.named(chosen.name) != nullptr) return chosen;
  std::vector<std::string_view> names;
  for (const Profile& profile : chosen.set.profiles) names.push_back(profile.name);
  exit = context.console.fail(unknown_word({"配置", "profile"}, wanted, names));
  return std::nullopt;
}

}  // namespace flowproof::cli
