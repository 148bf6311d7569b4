#include <charconv>

#include "cli/audit_progress.hpp"
#include "cli/audit_views.hpp"
#include "cli/commands.hpp"
#include "cli/configuration.hpp"
#include "cli/guide_source.hpp"
#include "cli/selection.hpp"
#include "flowproof/audit.hpp"
#include "flowproof/report.hpp"

namespace flowproof::cli {

namespace {

struct AuditArguments {
  std::vector<std::string> inputs;
  std::string output = "-", shard, least = "info";
  unsigned jobs = 1;
  bool resume = false, quiet = false;
  SettingArguments settings;
  ViewArguments view;
};

std::vector<Option> options_of(AuditArguments& given) {
  const std::vector<std::string_view> levels = {"error", "warning", "info"};
  std::vector<Option> options = {
      {"inputs",
       "FILE...",
       {"办事指南数据：JSON（每行一条或数组）、CSV、TSV，可为 .gz、.zst；“-”是标准输入",
        "guide records: JSON (one a line, or an array), CSV, TSV, also .gz and .zst; '-' is "
        "standard input"},
       &given.inputs},
      {"-o,--output",
       "FILE",
       {"结果文件：每条记录一行 JSON，或 .xlsx、.html",
        "results: one line of JSON a record, or .xlsx, .html"},
       &given.output},
      {"-j,--jobs", "N", {"同时检查的线程数", "threads"}, &given.jobs},
      {"--shard",
       "I/N",
       {"只处理 N 份中的第 I 份（从 0 数起）", "only part I of N (from 0)"},
       &given.shard},
      {"--resume",
       "",
       {"接着上次中断处继续（需要 -o）", "go on where an earlier run stopped (needs -o)"},
       &given.resume},
      {"--least",
       "LEVEL",
       {"只输出此级别以上的发现：error、warning、info",
        "leave out findings below: error, warning, info"},
       &given.least,
       levels},
      fail_on_option(given.settings.fail_on),
      {"-q,--quiet", "", {"不显示汇总", "do not print the summary"}, &given.quiet},
      {"--profile",
       "NAME",
       {"配置名称或文件；默认按事项类型", "profile, name or file; by default by item type"},
       &given.settings.profile},
      {"--select",
       "RULES",
       {"只运行这些规则（名称、编号或编号开头）",
        "run only these rules (names, codes, beginnings of codes)"},
       &given.settings.rules.select},
      {"--ignore",
       "RULES",
       {"不运行这些规则", "do not run these rules"},
       &given.settings.rules.ignore},
  };
  append_view_options(options, given.view);
  append_config_options(options, given.settings);
  return options;
}

/// "2/8": part 2 of 0…7. False if it is not that.
bool read_shard(std::string_view text, AuditOptions& options) {
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos) return false;
  const auto number = [](std::string_view digits, std::uint64_t& value) {
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return read.ec == std::errc() && read.ptr == digits.data() + digits.size();
  };
  return number(text.substr(0, slash), options.shard) &&
         number(text.substr(slash + 1), options.shards) && options.shards > 0 &&
         options.shard < options.shards;
}

/// Keys that were not read but look like one that is: by the key, over all inputs.
using Misspelt = std::map<std::string, AuditCounts::Misspelt>;

void note_misspelt(Misspelt& sum, const Misspelt& part) {
  for (const auto& [key, misspelt] : part) {
    sum[key].meant = misspelt.meant;
    sum[key].records += misspelt.records;
  }
}

void print_misspelt(Console& console, const Misspelt& misspelt) {
  for (const auto& [key, known] : misspelt) {
    console.note({{"{records} 条记录的字段“{key}”没有读，是不是“{meant}”",
                   "field '{key}' of {records} records is not read; did you mean '{meant}'"},
                  {{"records", static_cast<std::int64_t>(known.records)},
                   {"key", key},
                   {"meant", known.meant}}});
  }
}

/// One input after the other, each by its own configuration; empty if one of them could not be read
/// to its end.
std::optional<Error> audit_inputs(const AuditArguments& given, AuditOptions& options,
                                  const FieldMapSet& maps, const Configuration& configuration,
                                  AuditView& output, Misspelt& misspelt, Console& console) {
  AuditProgress line(console, given.inputs);
  for (std::size_t i = 0; i < given.inputs.size(); ++i) {
    const std::string& path = given.inputs[i];
    Result<RecordStream> stream = RecordStream::open(path, {});
    if (!stream) return stream.error();
    if (given.inputs.size() > 1) options.file = path;
    const Settings& settings = configuration.of(i);
    options.check = settings.rules;
    options.profile = settings.profiles.name;
    const auto write = [&](std::string_view lines) { return output.write(lines); };
    const auto progress = [&](const AuditCounts&) {
      line.show(output.tally().records, stream->bytes_read(), path);
    };
    Result<AuditCounts> counts =
        audit(*stream, maps.maps, settings.profiles.set, options, write, progress);
    if (!counts) return counts.error();
    if (output.failed()) return output.error();
    line.end_input(stream->bytes_read());
    options.first_index += counts->seen;
    options.skip -= counts->skipped;
    note_misspelt(misspelt, counts->misspelt);
  }
  return std::nullopt;
}

}  // namespace

Exit run_audit(const Command& command, Context& context, Words arguments) {
  Console& console = context.console;
  AuditArguments given;
  if (const auto done = begin_command(command, context, options_of(given), std::move(arguments))) {
    return *done;
  }
  if (given.inputs.empty()) return console.fail(no_input());
  AuditOptions options;
  options.threads = given.jobs;
  options.least = severity_named(given.least);
  if (!given.shard.empty() && !read_shard(given.shard, options)) {
    return console.fail(usage_error({"--shard 要写成 I/N，I 小于 N，如 0/4：“{shard}”",
                                     "--shard wants I/N with I below N, such as 0/4: '{shard}'"},
                                    {{"shard", given.shard}}));
  }
  if (given.resume && given.output == "-") {
    return console.fail(usage_error({"--resume 要用 -o 指定结果文件", "--resume needs -o FILE"}));
  }
  Exit exit = Exit::clean;
  const auto configuration = Configuration::of(given.settings, given.inputs, context, exit);
  if (!configuration) return exit;
  options.language = console.language;
  const auto maps = field_maps_for(context, exit);
  if (!maps) return exit;

  Result<AuditView> output =
      AuditView::open(given.view, given.output, given.resume, given.inputs, console);
  if (!output) return console.fail(output.error());
  options.skip = output->tally().records;
  Misspelt misspelt;
  if (const auto error =
          audit_inputs(given, options, *maps, *configuration, *output, misspelt, console)) {
    return console.fail(*error);
  }
  if (const auto error = output->finish()) return console.fail(*error);
  if (!given.quiet) {
    print_misspelt(console, misspelt);
    print_summary(console, output->tally(), output->changes());
  }
  return exit_for(output->tally(), configuration->front().fail_on);
}

}  // namespace flowproof::cli
