// import and export: flows from and to the formats of other programs, as rows of a table.
#include <algorithm>

#include "base/file.hpp"
#include "cli/commands.hpp"
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

Error usage(const LocalizedText& text, flowproof::Arguments arguments = {}) {
  return {ErrorKind::usage, {text, std::move(arguments)}};
}

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
  return usage({"从文件名“{path}”看不出格式，请用 {option}",
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
    exit = console.fail(usage({"没有指定输入文件", "no input file is given"}));
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

}  // namespace

Exit run_export(const Command& command, Context& context, Words arguments) {
  Console& console = context.console;
  ExchangeArguments given;
  const Option format{
      "--to",
      "FORMAT",
      {"格式：dot，默认按输出文件名结尾", "format: dot; by default the output's ending"},
      &given.format};
  if (const auto done =
          begin_command(command, context, options_of(given, format), std::move(arguments))) {
    return *done;
  }
  const Result<const Exchange*> exchange = chosen(given.format, given.output, "--to");
  if (!exchange) return console.fail(exchange.error());
  Exit exit = Exit::clean;
  const std::optional<SourceText> source = open_input(console, given.input, exit);
  if (!source) return exit;
  const Parsed<Flow> flow = read_flow(*source, {});
  if (!flow.value) {
    console.err(findings_text(flow.diagnostics, {*source},
                              {console.language, console.color_err, Severity::error}));
    return Exit::failure;
  }
  const Result<std::string> bytes = (*exchange)->write(*flow.value);
  return bytes ? write_output(console, given, *bytes) : console.fail(bytes.error());
}

Exit run_import(const Command& command, Context& context, Words arguments) {
  Console& console = context.console;
  ExchangeArguments given;
  const Option format{
      "--from",
      "FORMAT",
      {"格式：dot，默认按输入文件名结尾", "format: dot; by default the input's ending"},
      &given.format};
  if (const auto done =
          begin_command(command, context, options_of(given, format), std::move(arguments))) {
    return *done;
  }
  const Result<const Exchange*> exchange = chosen(given.format, given.input, "--from");
  if (!exchange) return console.fail(exchange.error());
  Exit exit = Exit::clean;
  const std::optional<SourceText> source = open_input(console, given.input, exit);
  if (!source) return exit;
  const Result<Flow> flow = (*exchange)->read(*source);
  if (!flow) return console.fail(flow.error());
  const Result<std::string> written = write_flow(*flow);
  return written ? write_output(console, given, *written) : console.fail(written.error());
}

}  // namespace flowproof::cli
