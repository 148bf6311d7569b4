// Reads a configuration (urn:flowproof:config:1, docs/configuration.md).
#include <algorithm>

#include "flowproof/config.hpp"
#include "flowproof/readers.hpp"
#include "flowproof/rule.hpp"
#include "xml/element_reader.hpp"

namespace flowproof {

namespace {

constexpr XmlFormat config_format{"flowproof", "urn:flowproof:config:1", {}};

constexpr Field<Config> root_fields[] = {
    {"profile", &Config::profile}, {"language", &Config::language}, {"select", &Config::select},
    {"ignore", &Config::ignore},   {"fail-on", &Config::fail_on},   {"calendar", &Config::calendar},
    {"font", &Config::font},
};
constexpr Field<Config::Level> level_fields[] = {
    {"rule", &Config::Level::rule, Required::yes},
    {"level", &Config::Level::level, Required::yes},
};
constexpr std::string_view root_children[] = {"severity"};
constexpr std::string_view languages[] = {"zh", "en"};
constexpr std::string_view thresholds[] = {"error", "warning", "info", "never"};
constexpr std::string_view levels[] = {"off", "info", "warning", "error"};

class ConfigReader {
 public:
  ConfigReader(const XmlDocument& document, Diagnostics& out)
      : reader_(document, config_format, out) {
    for (const Rule* rule : all_rules()) {
      rules_.push_back(rule->name);
      rules_.push_back(rule->code);
    }
  }

  std::optional<Config> read() {
    if (!reader_.check_root()) return std::nullopt;
    reader_.report_hidden();
    reader_.read(reader_.root(), config_, root_fields);
    reader_.expect_no_text(reader_.root());
    expect("language", config_.language, languages);
    expect("fail-on", config_.fail_on, thresholds);
    expect_rules(config_.select);
    expect_rules(config_.ignore);
    reader_.for_each_child(reader_.root(), [&](const XmlElement& child) { read_child(child); });
    return std::move(config_);
  }

 private:
  void read_child(const XmlElement& child) {
    if (child.name != "severity") {
      return reader_.unknown_child(reader_.root(), child, root_children);
    }
    Config::Level level;
    reader_.read(child, level, level_fields);
    reader_.expect_no_text(child);
    reader_.expect_no_children(child);
    expect_rule(level.rule);
    expect("level", level.level, levels);
    config_.levels.push_back(std::move(level));
  }

  void expect(std::string_view name, const Text& value, std::span<const std::string_view> known) {
    if (value.empty() || std::ranges::find(known, value.value) != known.end()) return;
    reader_.unknown_value_at(name, value, known);
  }

  /// All rules would be a list nobody reads: the nearest name, or where to look it up.
  void unknown_rule(const Text& name) {
    Diagnostic& finding = report_as(reader_.out(), unknown_value, name.span,
                                    {"没有规则“{value}”", "there is no rule '{value}'"},
                                    {{"value", excerpt(name.value)}});
    finding.help = {"用 flowproof rules 查看规则名称",
                    "look up the rule's name with flowproof rules"};
    suggest(finding, nearest_name(name.value, rules_));
  }

  void expect_rule(const Text& name) {
    if (!name.empty() && std::ranges::find(rules_, name.value) == rules_.end()) unknown_rule(name);
  }

  /// Beginnings of codes are as good as codes here.
  void expect_rules(const Text& list) {
    for (const std::string& part : parts_of(list)) {
      const bool known = std::ranges::any_of(all_rules(), [&](const Rule* rule) {
        return rule->name == part || rule->code.starts_with(part);
      });
      if (!known) unknown_rule({part, list.span});
    }
  }

  ElementReader reader_;
  std::vector<std::string_view> rules_;
  Config config_;
};

}  // namespace

std::vector<std::string> parts_of(const Text& list) {
  constexpr std::string_view blanks = " \t\r\n";
  std::vector<std::string> parts;
  std::string_view rest = list.value;
  while (!rest.empty()) {
    const std::size_t comma = std::min(rest.find(','), rest.size());
    std::string_view part = rest.substr(0, comma);
    rest.remove_prefix(std::min(comma + 1, rest.size()));
    const std::size_t begin = part.find_first_not_of(blanks);
    if (begin == std::string_view::npos) continue;
    part = part.substr(begin, part.find_last_not_of(blanks) - begin + 1);
    parts.emplace_back(part);
  }
  return parts;
}

Parsed<Config> read_config(const SourceText& source, SourceIndex index) {
  return read_document<Config>(source, index, ReadLimits{},
                               [](const XmlDocument& document, Diagnostics& out) {
                                 return ConfigReader(document, out).read();
                               });
}

}  // namespace flowproof
