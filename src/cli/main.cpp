// The program: its surroundings made safe, one command run, one exit code.
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <exception>

#include "base/file.hpp"
#include "base/terminal.hpp"
#include "cli/commands.hpp"

namespace flowproof::cli {

namespace {

/// A file opened later must not become standard output by taking a free number. The wrong direction
/// makes use of a stream that the caller closed fail instead of vanish.
void reserve_standard_streams() {
  for (const int descriptor : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (::fcntl(descriptor, F_GETFD) >= 0) continue;
    (void)::open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY);
  }
}

void on_fatal_signal(int number) {
  remove_temporaries();
  ::signal(number, SIG_DFL);
  ::raise(number);
}

void install_signal_handlers() {
  ::signal(SIGPIPE, SIG_IGN);  // the console sees EPIPE and decides
  ::signal(SIGXFSZ, SIG_IGN);  // a file that may not grow is a write error like a full disk
  for (const int number : {SIGINT, SIGTERM, SIGHUP}) {
    struct sigaction old {};
    // nohup and shells in the background have it ignored; that stays.
    if (::sigaction(number, nullptr, &old) == 0 && old.sa_handler == SIG_IGN) continue;
    struct sigaction action {};
    action.sa_handler = &on_fatal_signal;
    ::sigaction(number, &action, nullptr);
  }
}

std::string variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string() : std::string(value);
}

Environment read_environment() {
  Environment environment;
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    if (environment.locale.empty()) environment.locale = variable(name);
  }
  environment.data_folder = variable("FLOWPROOF_DATA");
  environment.source_date_epoch = variable("SOURCE_DATE_EPOCH");
  environment.no_color = !variable("NO_COLOR").empty();
  return environment;
}

/// Wherever --lang stands, so that errors about other arguments are in that language too.
Language choose_language(const Words& arguments, const Environment& environment) {
  std::string wanted = environment.locale;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    if (arguments[i] == "--") break;
    if (arguments[i].starts_with("--lang=")) wanted = arguments[i].substr(7);
    if (arguments[i] == "--lang" && i + 1 < arguments.size()) wanted = arguments[i + 1];
  }
  return wanted.starts_with("zh") ? Language::zh : Language::en;
}

Exit print_overview(Console& console) {
  constexpr LocalizedText about{"检查并绘制政务服务事项办理流程图",
                                "checks and draws flowcharts of government services"};
  constexpr LocalizedText usage{"用法：flowproof 命令 [选项] ...",
                                "usage: flowproof COMMAND [OPTIONS] ..."};
  constexpr LocalizedText heading{"命令：", "commands:"};
  constexpr LocalizedText more{
      "flowproof 命令 --help 显示该命令的选项；--lang zh|en 选择语言；--version 显示版本",
      "flowproof COMMAND --help shows its options; --lang zh|en chooses the language; --version"};
  constexpr LocalizedText first{"先试试：", "try first:"};
  constexpr LocalizedText exits{
      "退出码：0 没有问题，1 有发现，2 用法或配置错误，3 读写错误",
      "exit codes: 0 clean, 1 findings, 2 usage or configuration, 3 input or output"};
  const Language language = console.language;
  TerminalText out(false);
  out << "flowproof " FLOWPROOF_VERSION " - " << about.in(language);
  out.line_end() << usage.in(language);
  out.line_end().line_end() << heading.in(language);
  out.line_end();
  constexpr std::size_t column = 10;
  for (const Command& command : commands()) {
    out << "  " << command.name;
    out.blanks(column - command.name.size()) << command.summary.in(language);
    out.line_end();
  }
  out.line_end() << first.in(language);
  out.line_end();
  for (const Command& command : commands().first(3)) {
    out << "  " << command.example.in(language);
    out.line_end();
  }
  out.line_end() << more.in(language);
  out.line_end() << exits.in(language);
  out.line_end();
  console.out(out.take());
  return Exit::clean;
}

Exit run_program(Words arguments, const Environment& environment, Console& console) {
  console.language = choose_language(arguments, environment);
  // `flowproof --lang zh check …` is as good as `flowproof check --lang zh …`.
  auto name_at = arguments.begin();
  while (name_at != arguments.end() && (*name_at == "--lang" || name_at->starts_with("--lang="))) {
    name_at += std::min<std::ptrdiff_t>(*name_at == "--lang" ? 2 : 1, arguments.end() - name_at);
  }
  if (name_at == arguments.end()) {
    print_overview(console);
    return Exit::usage;
  }
  std::rotate(arguments.begin(), name_at, name_at + 1);
  const std::string name = arguments.front();
  if (name == "--help" || name == "-h" || name == "help") return print_overview(console);
  if (name == "--version" || name == "-V") {
    console.out("flowproof " FLOWPROOF_VERSION "\n");
    return Exit::clean;
  }
  arguments.erase(arguments.begin());
  std::vector<std::string_view> names;
  for (const Command& command : commands()) {
    if (command.name == name) {
      Context context{console, environment};
      return command.run(command, context, std::move(arguments));
    }
    names.push_back(command.name);
  }
  return console.fail(unknown_word({"命令", "command"}, name, names));
}

}  // namespace

}  // namespace flowproof::cli

int main(int count, char** words) {
  using namespace flowproof::cli;
  reserve_standard_streams();
  install_signal_handlers();
  Console console;
  Exit exit = Exit::failure;
  try {
    exit =
        run_program(Words(words + std::min(count, 1), words + count), read_environment(), console);
  } catch (const std::exception& error) {
    // bad_alloc, and what a library throws against its promise
    const std::string reason = error.what();
    exit =
        console.fail({flowproof::ErrorKind::internal,
                      {{"内部错误：{reason}", "internal error: {reason}"}, {{"reason", reason}}}});
  }
  return static_cast<int>(console.finish(exit));
}
