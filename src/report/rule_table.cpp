#include <algorithm>

#include "base/terminal.hpp"
#include "flowproof/report.hpp"
#include "report/levels.hpp"

namespace flowproof {

namespace {

struct CertaintyRow {
  std::string_view name;
  LocalizedText text;
};
// By Certainty.
constexpr CertaintyRow certainties[] = {
    {"found", {"见于所引原文", "read in the cited text"}},
    {"partial", {"只读到所引原文的一部分", "the cited text was read in part"}},
    {"knowledge", {"业务常识，未见原文", "general knowledge of the field; the text was not read"}},
    {"inferred", {"推断", "inferred"}},
};

constexpr LocalizedText severity_label{"级别：", "severity: "};
constexpr LocalizedText clause_label{"依据：", "source: "};
constexpr LocalizedText certainty_label{"可靠程度：", "certainty: "};

}  // namespace

std::string_view name_of(Severity severity) {
  constexpr std::string_view names[] = {"off", "info", "warning", "error"};
  return names[static_cast<std::size_t>(severity)];
}

std::string_view name_of(Needs needs) {
  constexpr std::string_view names[] = {"reading", "flow", "guide", "drawing"};
  return names[static_cast<std::size_t>(needs)];
}

std::string_view name_of(Certainty certainty) {
  return certainties[static_cast<std::size_t>(certainty)].name;
}

std::string rules_text(std::span<const Profile> profiles, const ReportOptions& options) {
  constexpr LocalizedText heads[] = {{"编号", "code"}, {"名称", "name"}, {"默认", "default"}};
  constexpr LocalizedText last_head{"依据", "source"};
  std::vector<std::vector<std::string>> rows(1);
  for (const LocalizedText& head : heads) rows[0].emplace_back(head.in(options.language));
  for (const Profile& profile : profiles) rows[0].push_back(profile.name);
  rows[0].emplace_back(last_head.in(options.language));
  for (const Rule* rule : all_rules()) {
    std::vector<std::string>& row = rows.emplace_back();
    row = {std::string(rule->code), std::string(rule->name), std::string(name_of(rule->severity))};
    for (const Profile& profile : profiles) row.emplace_back(name_of(level_of(*rule, profile)));
    row.emplace_back(rule->source.in(options.language));
  }
  std::vector<std::size_t> widths(rows[0].size());
  for (const auto& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i)
      widths[i] = std::max(widths[i], terminal_columns(row[i]));
  }
  TerminalText out(options.color);
  for (const auto& row : rows) {
    if (&row == rows.data()) out << Style::strong;
    for (std::size_t i = 0; i + 1 < row.size(); ++i) {
      out << row[i];
      out.blanks(widths[i] - terminal_columns(row[i]) + 2);
    }
    out << row.back();
    if (&row == rows.data()) out << Style::plain;
    out.line_end();
  }
  return out.take();
}

std::string rule_text(const Rule& rule, std::span<const Profile> profiles,
                      const ReportOptions& options) {
  const Language language = options.language;
  TerminalText out(options.color);
  out << Style::strong << rule.code << " " << rule.name << Style::plain;
  out.line_end() << severity_label.in(language) << name_of(rule.severity);
  for (const Profile& profile : profiles) {
    out << (&profile == profiles.data() ? " (" : ", ") << profile.name << ": "
        << name_of(level_of(rule, profile));
  }
  if (!profiles.empty()) out << ")";
  out.line_end();
  if (!rule.source.empty()) {
    out << clause_label.in(language) << rule.source.in(language);
    out.line_end();
  }
  out << certainty_label.in(language)
      << certainties[static_cast<std::size_t>(rule.certainty)].text.in(language);
  out.line_end();
  return out.take();
}

}  // namespace flowproof
