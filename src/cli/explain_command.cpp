#include "base/file.hpp"
#include "base/terminal.hpp"
#include "cli/commands.hpp"
#include "cli/selection.hpp"
#include "flowproof/report.hpp"

namespace flowproof::cli {

namespace {

/// The page as it is, line by line made safe for a terminal.
std::string page_text(std::string_view page) {
  TerminalText out(false);
  while (!page.empty()) {
    const std::size_t end = std::min(page.find('\n'), page.size());
    out << page.substr(0, end);
    out.line_end();
    page.remove_prefix(std::min(end + 1, page.size()));
  }
  return out.take();
}

}  // namespace

Exit run_explain(const Command& command, Context& context, Words arguments) {
  Console& console = context.console;
  std::vector<std::string> names;
  if (const auto done =
          begin_command(command, context,
                        {{"rule", "RULE", {"规则的名称或编号", "name or code of a rule"}, &names}},
                        std::move(arguments))) {
    return *done;
  }
  if (names.empty()) {
    return console.fail(usage_error({"没有指定规则", "no rule is given"}));
  }
  Exit exit = Exit::clean;
  const auto profiles = profiles_for({}, context, exit);
  if (!profiles) return exit;
  const ReportOptions options{console.language, console.color_out, Severity::error};
  for (const std::string& name : names) {
    const Rule* rule = find_rule(name);
    if (rule == nullptr) return console.fail(unknown_rule(name));
    constexpr std::size_t limit = 1U << 20;  // bytes; a page has a few thousand
    const Result<std::string> page =
        read_file(context.data() + "/rules/" + std::string(rule->name) + ".md", limit);
    if (!page) return console.fail(page.error());
    console.out(rule_text(*rule, profiles->set.profiles, options) + "\n" + page_text(*page));
  }
  return exit;
}

Exit run_rules(const Command& command, Context& context, Words arguments) {
  Console& console = context.console;
  std::string format = "text";
  if (const auto done = begin_command(command, context,
                                      {{"--format",
                                        "FORMAT",
                                        {"输出格式：text、json", "output: text, json"},
                                        &format,
                                        {"text", "json"}}},
                                      std::move(arguments))) {
    return *done;
  }
  Exit exit = Exit::clean;
  const auto profiles = profiles_for({}, context, exit);
  if (!profiles) return exit;
  const ReportOptions options{console.language, console.color_out, Severity::error};
  const auto table = format == "json" ? &rules_json : &rules_text;
  console.out(table(profiles->set.profiles, options));
  return exit;
}

}  // namespace flowproof::cli
