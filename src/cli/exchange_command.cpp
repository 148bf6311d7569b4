// import and export: flows from and to the formats of other programs, as rows of a table.
#include <algorithm>

#include "base/file.hpp"
#include "cli/commands.hpp"
#include "cli/selection.hpp"
#include "flowproof/dot.hpp"
#include "flowproof/readers.hpp"
#include "flowproof/report.hpp"

namespace flowproof::cli {

namespace {

struct Exchange {
  std::string_view name, ending;
  Result<std::string> (*write)(const Flow&);
  Result<Flow> (*read)(const SourceText&);
};
constexpr Exchange formats[] = {
    {"dot", ".dot", &write_dot, &read_dot},
    {"gv", ".gv", &write_dot, &read_dot},
};

struct ExchangeArguments {
  std::string input, output = "-", format;
};

std::vector<Option> options_of(ExchangeArguments& given, const Option& format) {
  std::vector<Option> options = {
      {"input", "FILE", {"输入文件；“-”是标准输入", "input; '-' is standard input"}, &given.input},
      {"-o,--output",
       "FILE",
       {"输出文件，默认标准输出", "output; by default standard output"},
       &given.output},
      format,
  };
  for (const Exchange& row : formats) options.back().choices.push_back(row.name);
  return options;
}

/// By name, else by the ending of the path.
Result<const Exchange*> chosen(const std::string& name, const std::string& path,
                               std::string_view option) {
  const auto* found =
      std::find_if(std::begin(formats), std::end(formats), [&](const Exchange& row) {
        return name.empty() ? path.ends_with(row.ending) : row.name == name;
      });
  if (found != std::end(formats)) return found;
  return usage_error({"从文件名“{path}”看不出格式，请用 {option}",
                      "the name '{path}' does not tell a format; use {option}"},
                     {{"path", path}, {"option", std::string(option)}});
}

Exit write_output(Console& console, const ExchangeArguments& given, const std::string& bytes) {
  if (given.output == "-") {
    console.out(bytes);
    return Exit::clean;
  }
  const OutputFile file{given.output, bytes};
  const std::vector<std::string> inputs{given.input};
  const Result<Done> written = write_files({&file, 1}, {.inputs = inputs});
  return written ? Exit::clean : console.fail(written.error());
}

/// The decoded document, or the exit code after saying why there is none.
std::optional<SourceText> open_input(Console& console, const std::string& path, Exit& exit) {
  if (path.empty()) {
    exit = console.fail(no_input());
    return std::nullopt;
  }
  Result<std::string> bytes = read_file(path, ReadLimits{}.bytes);
  if (!bytes) {
    exit = console.fail(bytes.error());
    return std::nullopt;
  }
  Decoded decoded = decode(path, *std::move(bytes), {});
  if (decoded.readable) return std::move(decoded.source);
  console.err(findings_text(decoded.diagnostics, {decoded.source},
                            {console.language, console.color_err, Severity::error}));
  exit = Exit::failure;
  return std::nullopt;
}

/// What both directions begin with; otherwise the exit code says how it ended.
struct Task {
  ExchangeArguments given;
  const Exchange* exchange = nullptr;
  SourceText source;
};

std::optional<Task> begin_task(const Command& command, Context& context, Words arguments,
                               std::string_view option, const LocalizedText& summary,
                               std::string ExchangeArguments::*side, Exit& exit) {
  Task task;
  const Option format{std::string(option), "FORMAT", summary, &task.given.format};
  if (const auto done =
          begin_command(command, context, options_of(task.given, format), std::move(arguments))) {
    exit = *done;
    return std::nullopt;
  }
  const Result<const Exchange*> exchange = chosen(task.given.format, task.given.*side, option);
  if (!exchange) {
    exit = context.console.fail(exchange.error());
    return std::nullopt;
  }
  task.exchange = *exchange;
  std::optional<SourceText> source = open_input(context.console, task.given.input, exit);
  if (!source) return std::nullopt;
  task.source = *std::move(source);
  return task;
}

}  // namespace

Exit run_export(const Command& command, Context& context, Words arguments) {
  Console& console = context.console;
  Exit exit = Exit::clean;
  const std::optional<Task> task =
      begin_task(command, context, std::move(arguments), "--to",
                 {"格式：dot，默认按输出文件名结尾", "format: dot; by default the output's ending"},
                 &ExchangeArguments::output, exit);
  if (!task) return exit;
  const Parsed<Flow> flow = read_flow(task->source, {});
  if (!flow.value) {
    console.err(findings_text(flow.diagnostics, {task->source},
                              {console.language, console.color_err, Severity::error}));
    return Exit::failure;
  }
  const Result<std::string> bytes = task->exchange->write(*flow.value);
  return bytes ? write_output(console, task->given, *bytes) : console.fail(bytes.error());
}

Exit run_import(const Command& command, Context& context, Words arguments) {
  Console& console = context.console;
  Exit exit = Exit::clean;
  const std::optional<Task> task =
      begin_task(command, context, std::move(arguments), "--from",
                 {"格式：dot，默认按输入文件名结尾", "format: dot; by default the input's ending"},
                 &ExchangeArguments::input, exit);
  if (!task) return exit;
  const Result<Flow> flow = task->exchange->read(task->source);
  if (!flow) return console.fail(flow.error());
  const Result<std::string> written = write_flow(*flow);
  return written ? write_output(console, task->given, *written) : console.fail(written.error());
}

}  // namespace flowproof::cli
