#include "cli/configuration.hpp"

#include <algorithm>
#include <filesystem>

#include "base/file.hpp"
#include "base/terminal.hpp"
#include "cli/calendar_option.hpp"
#include "cli/selection.hpp"
#include "flowproof/readers.hpp"
#include "flowproof/report.hpp"
#include "flowproof/rule.hpp"

namespace flowproof::cli {

namespace {

namespace fs = std::filesystem;

/// A configuration file that was read; no path: there is none.
struct ConfigFile {
  std::string path;
  Sources sources;
  Config config;

  [[nodiscard]] std::string folder() const { return directory_of(path); }
};

Error not_a_file(const std::string& path) {
  return usage_error(
      {"“{path}”不是普通文件，不能作配置", "the configuration '{path}' is not a regular file"},
      {{"path", path}});
}

/// The nearest flowproof.xml, seen from where the program was started; empty if there is none.
std::string nearest_config(const std::string& folder) {
  std::error_code ignored;
  const fs::path here = fs::current_path(ignored);
  const fs::path start = (here / folder).lexically_normal();
  for (fs::path at = start;; at = at.parent_path()) {
    const fs::path candidate = at / config_file_name;
    // What the name stands for is judged when it is read; here it only has to be there.
    if (fs::exists(fs::symlink_status(candidate, ignored))) {
      return candidate.lexically_proximate(here).native();
    }
    if (!at.has_relative_path()) return {};
  }
}

Result<ConfigFile> read_file_of(const std::string& path, Context& context) {
  constexpr std::size_t most_bytes = 1U << 20;
  ConfigFile file;
  file.path = path;
  if (path.empty()) return file;
  if (!file_identity(path)) {
    std::error_code ignored;
    if (fs::exists(path, ignored)) return not_a_file(path);
  }
  Result<std::string> bytes = read_file(path, most_bytes);
  if (!bytes) return Error{ErrorKind::usage, bytes.error().message};
  Decoded decoded = decode(path, *std::move(bytes), {});
  Diagnostics findings = std::move(decoded.diagnostics);
  file.sources.push_back(std::move(decoded.source));
  if (decoded.readable) {
    Parsed<Config> parsed = read_config(file.sources.front(), {});
    findings.insert(findings.end(), parsed.diagnostics.begin(), parsed.diagnostics.end());
    if (parsed.value) file.config = *std::move(parsed.value);
  }
  const ReportOptions report{context.console.language, context.console.color_err, Severity::error};
  context.console.err(findings_text(findings, file.sources, report));
  if (std::ranges::none_of(findings, [](const Diagnostic& finding) {
        return finding.severity == Severity::error;
      })) {
    return file;
  }
  return usage_error({"配置“{path}”有错误", "the configuration '{path}' has errors"},
                     {{"path", path}});
}

/// A file that the configuration names stands where the configuration says, not where the program
/// was started.
std::string beside(const ConfigFile& file, const std::string& name) {
  return name.empty() || name.starts_with('/') ? name : file.folder() + name;
}

bool is_file_name(std::string_view word) { return word.find('/') != std::string_view::npos; }

std::string profile_of(const ConfigFile& file) {
  const std::string& name = file.config.profile.value;
  return is_file_name(name) || name.ends_with(".xml") ? beside(file, name) : name;
}

std::string font_of(const ConfigFile& file, const std::string& name) {
  return is_file_name(name) ? beside(file, name) : name;
}

std::string joined(const std::vector<std::string>& parts) {
  std::string text;
  for (const std::string& part : parts) text += (text.empty() ? "" : ",") + part;
  return text;
}

struct ShownRow {
  std::string name, value;
  const Text* text = nullptr;  ///< of the configuration
  bool given = false;          ///< on the command line
};

void show(const ConfigFile& file, const SettingArguments& given, const std::string& first,
          std::size_t inputs, Context& context) {
  constexpr LocalizedText heading{"{first}：{config}", "{first}: {config}"};
  constexpr LocalizedText heading_of_many{"{first} 等 {n} 个输入：{config}",
                                          "{first} ({n} inputs): {config}"};
  constexpr LocalizedText no_file{"没有 flowproof.xml", "no flowproof.xml"};
  constexpr LocalizedText by_line{"命令行", "command line"};
  constexpr LocalizedText by_default{"默认", "default"};
  constexpr LocalizedText by_type{"（按事项类型）", "(by type)"};
  constexpr LocalizedText published{"（自带）", "(built in)"};
  constexpr LocalizedText all{"（全部）", "(all)"};
  constexpr LocalizedText none{"（无）", "(none)"};
  const Language language = context.console.language;
  const Config& config = file.config;
  const auto row = [&](std::string_view name, const std::string& line, const Text& text,
                       std::string value, std::string_view otherwise) {
    const bool is_given = !line.empty();
    if (is_given) value = line;
    if (value.empty()) value = otherwise;
    return ShownRow{std::string(name), std::move(value), text.empty() ? nullptr : &text, is_given};
  };
  std::vector<ShownRow> rows = {
      row("profile", given.profile, config.profile, profile_of(file), by_type.in(language)),
      row("language", context.language, config.language, config.language.value,
          language == Language::zh ? "zh" : "en"),
      row("select", joined(given.rules.select), config.select, config.select.value,
          all.in(language)),
      row("ignore", joined(given.rules.ignore), config.ignore, config.ignore.value,
          none.in(language)),
      row("fail-on", given.fail_on, config.fail_on, config.fail_on.value, "error"),
      row("calendar", given.calendar, config.calendar, beside(file, config.calendar.value),
          published.in(language)),
      row("font", joined(given.fonts), config.font, config.font.value, by_default.in(language)),
  };
  for (const Config::Level& level : config.levels) {
    rows.push_back({"severity " + level.rule.value, level.level.value, &level.level, false});
  }
  TerminalText out(context.console.color_out);
  out << render(inputs == 1 ? heading : heading_of_many,
                {{"first", first},
                 {"n", static_cast<std::int64_t>(inputs)},
                 {"config", file.path.empty() ? std::string(no_file.in(language)) : file.path}},
                language);
  out.line_end();
  for (const ShownRow& shown : rows) {
    out << "  " << shown.name << ": " << shown.value << "  ";
    out << Style::quiet;
    if (shown.given) {
      out << by_line.in(language);
    } else if (shown.text == nullptr) {
      out << by_default.in(language);
    } else {
      const Place place = place_of(file.sources.front().text, shown.text->span.offset);
      out << file.path << ":" << std::size_t{place.line} << ":" << std::size_t{place.column};
    }
    out << Style::plain;
    out.line_end();
  }
  context.console.out(out.take());
}

std::shared_ptr<const Settings> settle(const ConfigFile& file, const SettingArguments& given,
                                       Context& context, Exit& exit) {
  const Config& config = file.config;
  auto settings = std::make_shared<Settings>();
  settings->config = file.path;
  auto profiles =
      profiles_for(given.profile.empty() ? profile_of(file) : given.profile, context, exit);
  if (!profiles) return nullptr;
  settings->profiles = *std::move(profiles);
  settings->rules = given.rules;
  if (given.rules.select.empty()) settings->rules.select = parts_of(config.select);
  if (given.rules.ignore.empty()) settings->rules.ignore = parts_of(config.ignore);
  for (const Config::Level& level : config.levels) {
    const Rule* rule = find_rule(level.rule.value);
    if (rule != nullptr) settings->rules.levels[rule->name] = severity_named(level.level.value);
  }
  Result<std::optional<Calendar>> calendar =
      open_calendar(given.calendar.empty() ? beside(file, config.calendar.value) : given.calendar);
  if (!calendar) {
    exit = context.console.fail(calendar.error());
    return nullptr;
  }
  settings->calendar = *std::move(calendar);
  settings->fonts = given.fonts;
  if (given.fonts.empty()) {
    for (const std::string& font : parts_of(config.font)) {
      settings->fonts.push_back(font_of(file, font));
    }
  }
  const std::string& threshold = given.fail_on.empty() ? config.fail_on.value : given.fail_on;
  settings->fail_on = severity_named(threshold.empty() ? "error" : threshold);
  return settings;
}

/// Which configuration an input has, by its path; each folder is looked up once.
class Lookup {
 public:
  explicit Lookup(const SettingArguments& given) : given_(given) {}

  const std::string& path_for(const std::string& input) {
    if (!given_.config.empty() || given_.no_config) return given_.config;
    const std::string folder = input == "-" ? std::string() : directory_of(input);
    const auto known = found_.find(folder);
    return known != found_.end() ? known->second
                                 : found_.emplace(folder, nearest_config(folder)).first->second;
  }

 private:
  const SettingArguments& given_;
  std::map<std::string, std::string> found_;
};

}  // namespace

void append_config_options(std::vector<Option>& options, SettingArguments& given) {
  options.push_back({"--config",
                     "FILE",
                     {"配置文件；默认从输入文件所在文件夹向上找最近的 flowproof.xml",
                      "the configuration; by default the nearest flowproof.xml in the input's "
                      "folder and upward"},
                     &given.config});
  options.push_back(
      {"--no-config", "", {"不用 flowproof.xml", "use no flowproof.xml"}, &given.no_config});
  options.push_back({"--show-config",
                     "",
                     {"列出各项设置及其来源，不检查", "tell the settings and where they come from"},
                     &given.show_config});
}

std::optional<Configuration> Configuration::of(const SettingArguments& given,
                                               std::span<const std::string> inputs,
                                               Context& context, Exit& exit) {
  const auto fail = [&](const Error& error) {
    exit = context.console.fail(error);
    return std::nullopt;
  };
  if (given.no_config && !given.config.empty()) {
    return fail(usage_error(
        {"--config 和 --no-config 不能同用", "--config and --no-config exclude each other"}));
  }
  if (const auto unknown = unknown_selection(given.rules)) return fail(*unknown);
  struct Found {
    ConfigFile file;
    std::shared_ptr<const Settings> settings;
    std::string first;
    std::size_t inputs = 0;
  };
  Lookup lookup(given);
  std::map<std::string, Found> found;
  std::vector<std::string> order;
  Configuration configuration;
  for (const std::string& input : inputs) {
    const std::string& path = lookup.path_for(input);
    auto known = found.find(path);
    if (known == found.end()) {
      Result<ConfigFile> file = read_file_of(path, context);
      if (!file) return fail(file.error());
      const std::string& language = file->config.language.value;
      if (found.empty() && context.language.empty() && !language.empty()) {
        context.console.language = language == "zh" ? Language::zh : Language::en;
      }
      auto settings = settle(*file, given, context, exit);
      if (!settings) return std::nullopt;
      order.push_back(path);
      known = found.emplace(path, Found{*std::move(file), std::move(settings), input, 0}).first;
    }
    ++known->second.inputs;
    configuration.settings_.push_back(known->second.settings);
  }
  if (!given.show_config) return configuration;
  for (const std::string& path : order) {
    const Found& shown = found.at(path);
    show(shown.file, given, shown.first, shown.inputs, context);
  }
  exit = Exit::clean;
  return std::nullopt;
}

}  // namespace flowproof::cli
