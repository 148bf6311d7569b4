#include "cli/draft_command.hpp"

#include <filesystem>
#include <map>

#include "base/file.hpp"
#include "base/terminal.hpp"
#include "cli/guide_source.hpp"
#include "cli/inputs.hpp"
#include "flowproof/drafting.hpp"
#include "flowproof/readers.hpp"

namespace flowproof::cli {

namespace {

/// A code as a file name on any system: what could lead elsewhere or is not allowed becomes '_'.
std::string file_name_of(const GuideRecord& record) {
  constexpr std::size_t longest = 120;  // bytes; names with endings have to fit into 255
  const std::string& key = key_of(record.guide);
  std::string name;
  for (const char c : key.empty() ? record.guide.name.value : key) {
    const bool plain = static_cast<unsigned char>(c) > ' ' && c != '\x7f';
    const bool allowed = plain && std::string_view("/\\:*?\"<>|").find(c) == std::string::npos;
    name += allowed && !(c == '.' && name.empty()) ? c : '_';
  }
  if (name.size() > longest) {
    std::size_t end = longest;
    while (end > 0 && (static_cast<unsigned char>(name[end]) & 0xC0U) == 0x80U) --end;
    name.resize(end);
  }
  return name.empty() ? "record-" + std::to_string(record.line) : name;
}

/// Drafts flows of one run and writes them beside their guides.
class Drafting {
 public:
  Drafting(const Settings& settings, const std::string& title)
      : settings_(settings), title_(title) {}

  /// Writes STEM.flow.xml and STEM.guide.xml; neither replaces a file.
  [[nodiscard]] Result<Done> write(const Guide& guide, const std::string& flow_path,
                                   std::vector<std::string>& written) {
    const std::string guide_path = guide_beside(flow_path);
    Flow flow = draft_flow(guide, profile_for(guide));
    flow.guide.value = guide_path.substr(directory_of(guide_path).size());
    if (!title_.empty()) flow.title.value = title_;
    const Result<std::string> flow_bytes = write_flow(flow);
    if (!flow_bytes) return flow_bytes.error();
    const Result<std::string> guide_bytes = write_guide(filed_guide(guide));
    if (!guide_bytes) return guide_bytes.error();
    const std::vector<OutputFile> files{{flow_path, *flow_bytes}, {guide_path, *guide_bytes}};
    Result<Done> done = write_files(files, {{}, false, false});
    for (const OutputFile& file : files) written.push_back(file.path);
    return done;
  }

 private:
  /// What the configuration says of rules decides what is drawn, as it decides what is found.
  [[nodiscard]] const Profile& profile_for(const Guide& guide) {
    const ChosenProfiles& chosen = settings_.profiles;
    const Profile* profile =
        chosen.name.empty() ? chosen.set.for_type(guide.type.value) : chosen.set.named(chosen.name);
    if (settings_.rules.levels.empty()) return *profile;
    const auto [own, is_new] = levelled_.try_emplace(profile, *profile);
    if (is_new) {
      for (const auto& [rule, level] : settings_.rules.levels) {
        own->second.levels.insert_or_assign(std::string(rule), level);
      }
    }
    return own->second;
  }

  const Settings& settings_;
  const std::string& title_;
  std::map<const Profile*, Profile> levelled_;
};

/// The record asked for, or the only one.
Result<Guide> chosen_guide(const DraftArguments& given, const FieldMapSet& maps) {
  std::optional<GuideRecord> found;
  std::size_t records = 0;
  const Result<Done> read = for_each_guide(given.guide, maps.maps, [&](GuideRecord record) {
    ++records;
    const bool wanted = given.record.empty() || key_of(record.guide) == given.record;
    if (wanted && !found) found = std::move(record);
    return given.record.empty() ? records < 2 : !found;
  });
  if (!read) return read.error();
  if (given.record.empty() && records > 1) {
    return usage_error(
        {"“{path}”有多条记录；用 --record 选一条，或用 --all -d 文件夹",
         "'{path}' holds several records; choose one with --record, or --all -d FOLDER"},
        {{"path", given.guide}});
  }
  if (!found) {
    return usage_error({"“{path}”中没有编码为“{key}”的记录", "'{path}' has no record '{key}'"},
                       {{"path", given.guide}, {"key", given.record}});
  }
  if (found->quarantine == Quarantine::none) return std::move(found->guide);
  return Error{ErrorKind::input,
               {{"“{path}”第 {line} 行的记录不能用：{reason}",
                 "the record at line {line} of '{path}' cannot be used: {reason}"},
                {{"path", given.guide},
                 {"line", static_cast<std::int64_t>(found->line)},
                 {"reason", name_of(found->quarantine)}}}};
}

struct Sum {
  std::int64_t records = 0, written = 0, kept = 0, repeated = 0, unusable = 0;
};

void print_sum(const Sum& sum, Console& console) {
  console.out_line(
      render({"{records} 条记录：新画 {written} 张流程图，保留已有 {kept} 张，重复 {repeated} "
              "条，不能用 {unusable} 条",
              "{records} records: {written} flows written, {kept} already there, {repeated} "
              "repeated, {unusable} unusable"},
             {{"records", sum.records},
              {"written", sum.written},
              {"kept", sum.kept},
              {"repeated", sum.repeated},
              {"unusable", sum.unusable}},
             console.language));
}

Exit draft_all(const DraftArguments& given, const FieldMapSet& maps, Drafting& drafting,
               Console& console) {
  std::error_code ignored;  // a folder that is not there fails the first write
  std::filesystem::create_directories(given.folder, ignored);
  Sum sum;
  std::map<std::string, std::uint64_t, std::less<>> lines;  // of the names in use
  std::optional<Error> failure;
  const Result<Done> read = for_each_guide(given.guide, maps.maps, [&](GuideRecord record) {
    const auto line = static_cast<std::int64_t>(record.line);
    ++sum.records;
    if (console.progress_due()) {
      TerminalText shown(false);
      shown << "[" << static_cast<std::size_t>(sum.records) << "] " << given.guide;
      console.show_progress(shown.take());
    }
    if (record.quarantine != Quarantine::none) {
      ++sum.unusable;
      console.tell({"{path}:{line}：不能用：{reason}", "{path}:{line}: cannot be used: {reason}"},
                   {{"path", given.guide}, {"line", line}, {"reason", name_of(record.quarantine)}});
      return true;
    }
    const std::string name = file_name_of(record);
    const auto [first, is_new] = lines.try_emplace(name, record.line);
    if (!is_new) {
      ++sum.repeated;
      console.tell({"{path}:{line}：与第 {first} 行的“{name}”重复，没有再画",
                    "{path}:{line}: repeats '{name}' of line {first}; not drawn again"},
                   {{"path", given.guide},
                    {"line", line},
                    {"first", static_cast<std::int64_t>(first->second)},
                    {"name", name}});
      return true;
    }
    const std::string target = given.folder + "/" + name + std::string(flow_ending);
    if (file_identity(target)) {
      ++sum.kept;  // somebody may have worked on it
      return true;
    }
    std::vector<std::string> written;
    const Result<Done> done = drafting.write(record.guide, target, written);
    if (!done) failure = done.error();
    sum.written += done ? 1 : 0;
    return !failure;
  });
  if (!read) return console.fail(read.error());
  if (failure) return console.fail(*failure);
  print_sum(sum, console);
  return sum.unusable + sum.repeated > 0 ? Exit::findings : Exit::clean;
}

Exit draft_one(const DraftArguments& given, std::string output, const FieldMapSet& maps,
               Drafting& drafting, Console& console) {
  Result<Guide> guide = chosen_guide(given, maps);
  if (!guide) return console.fail(guide.error());
  if (output.empty()) {
    GuideRecord named;
    named.guide = *guide;
    output = file_name_of(named) + std::string(flow_ending);
  }
  std::vector<std::string> written;
  const Result<Done> done = drafting.write(*guide, output, written);
  if (!done) return console.fail(done.error());
  for (const std::string& path : written) console.out_line(path);
  return Exit::clean;
}

}  // namespace

std::vector<Option> options_of(DraftArguments& given) {
  std::vector<Option> options{
      {"--guide",
       "FILE",
       {"按办事指南（*.guide.xml 或数据记录 JSON、CSV）起草标准流程图",
        "draft the standard flow of a guide (*.guide.xml, or records: JSON, CSV)"},
       &given.guide},
      {"--record",
       "CODE",
       {"用 --guide 文件中这个编码的记录", "the record of the guide file with this code"},
       &given.record},
      {"--all",
       "",
       {"--guide 文件的每条记录各起草一张（需要 -d）", "a flow for every record (needs -d)"},
       &given.all},
      {"-d,--folder",
       "FOLDER",
       {"--all 的输出文件夹", "folder for the flows of --all"},
       &given.folder},
      {"--profile",
       "NAME|FILE",
       {"配置；默认按事项类型选择", "the profile; by default chosen by the item's type"},
       &given.settings.profile}};
  append_config_options(options, given.settings);
  return options;
}

Exit run_draft(const DraftArguments& given, const std::string& output, const std::string& title,
               Context& context) {
  Console& console = context.console;
  if (given.all == given.folder.empty()) {
    return console.fail(
        usage_error({"--all 和 -d 文件夹要一起用", "--all and -d FOLDER belong together"}));
  }
  if (given.all && (!output.empty() || !given.record.empty() || !title.empty())) {
    return console.fail(usage_error(
        {"--all 不能与 -o、--record、--title 同用", "--all excludes -o, --record and --title"}));
  }
  Exit exit = Exit::clean;
  const auto configuration =
      Configuration::of(given.settings, std::span(&given.guide, 1), context, exit);
  if (!configuration) return exit;
  const auto maps = field_maps_for(context, exit);
  if (!maps) return exit;
  Drafting drafting(configuration->front(), title);
  return given.all ? draft_all(given, *maps, drafting, console)
                   : draft_one(given, output, *maps, drafting, console);
}

}  // namespace flowproof::cli
