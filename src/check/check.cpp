#include "flowproof/check.hpp"

#include <algorithm>
#include <set>
#include <tuple>

#include "check/waivers.hpp"
#include "flowproof/flow.hpp"
#include "flowproof/guide.hpp"
#include "flowproof/profile.hpp"
#include "model/reading_rules.hpp"

namespace flowproof {

namespace {

/// "T304" is meant by "T304", "T3", "T" and by its name.
bool is_meant(const Rule& rule, std::string_view word) {
  return !word.empty() && (rule.name == word || rule.code.starts_with(word));
}

bool any_meant(const Rule& rule, const std::vector<std::string>& words) {
  return std::any_of(words.begin(), words.end(),
                     [&](const std::string& word) { return is_meant(rule, word); });
}

Severity level_of(const Rule& rule, const Profile* profile, const CheckOptions& options) {
  if (!options.ignore.empty() && any_meant(rule, options.ignore)) return Severity::off;
  // What cannot be read is said whatever was selected.
  const bool always = rule.needs == Needs::reading && rule.severity == Severity::error;
  if (!always && !options.select.empty() && !any_meant(rule, options.select)) return Severity::off;
  if (!options.levels.empty()) {
    const auto level = options.levels.find(rule.name);
    if (level != options.levels.end()) return level->second;
  }
  if (profile == nullptr) return rule.severity;
  const auto level = profile->levels.find(rule.name);
  return level == profile->levels.end() ? rule.severity : level->second;
}

/// A reader may have lowered a finding itself; a level never raises it again.
void apply_levels(Diagnostics& findings, const Profile* profile, const CheckOptions& options) {
  for (Diagnostic& finding : findings) {
    const Severity level = level_of(*finding.rule, profile, options);
    finding.severity =
        finding.severity == finding.rule->severity ? level : std::min(level, finding.severity);
  }
  std::erase_if(findings, [](const Diagnostic& f) { return f.severity == Severity::off; });
}

void sort(Diagnostics& findings) {
  const auto key = [](const Diagnostic& f) {
    return std::tuple(f.span.source, f.span.offset, f.rule->code, f.span.length);
  };
  std::stable_sort(findings.begin(), findings.end(),
                   [&](const Diagnostic& a, const Diagnostic& b) { return key(a) < key(b); });
}

bool has_what_it_needs(const Rule& rule, const RuleContext& context) {
  switch (rule.needs) {
    case Needs::reading:
      return false;
    case Needs::flow:
      return true;
    case Needs::guide:
      return context.guide != nullptr;
    case Needs::drawing:
      return context.drawing != nullptr;
  }
  return false;
}

/// The unit of a limit may stand in a column of its own: a word, or a code the field map knows.
void report_unreadable(const Text& limit, const Text& unit, const TimeLimit& reading,
                       Reporter& report) {
  if (reading.reason != NotComparable::no_unit || unit.empty()) {
    report.at(limit.span, {{"limit", limit.value}, {"reason", reason_text(reading.reason)}});
    return;
  }
  Diagnostic& finding = report.at(limit.span,
                                  {"时限“{limit}”的单位填的是“{unit}”，不知道是什么单位，不作比较",
                                   "the unit of the limit '{limit}' is given as '{unit}', which is "
                                   "not known; it is compared with nothing"},
                                  {{"limit", limit.value}, {"unit", unit.value}});
  finding.help = {"填写单位的名称，如 工作日；若这是系统的代码，在字段对照表中写明它的意思",
                  "name the unit, such as 工作日; a code of your portal is explained in its field "
                  "map: <code value=… means=…/>"};
}

/// What read_guide says of a file, for records; of rows of one kind the first.
void check_limits_of_record(const Guide& guide, Reporter& report) {
  const auto unreadable = [](const auto& limited) {
    return limited.reading.form == LimitForm::not_comparable;
  };
  for (const GuideLimit* limit : {&guide.statutory, &guide.promised}) {
    if (unreadable(*limit)) report_unreadable(limit->value, limit->unit, limit->reading, report);
  }
  const auto first_of = [&](const auto& rows) {
    const auto row = std::find_if(rows.begin(), rows.end(), unreadable);
    if (row != rows.end()) report_unreadable(row->limit, row->unit, row->reading, report);
  };
  first_of(guide.steps);
  first_of(guide.specials);
}

}  // namespace

CheckResult check(const RuleContext& context, Diagnostics reading, const CheckOptions& options) {
  CheckResult result;
  result.findings = std::move(reading);
  apply_levels(result.findings, &context.profile, options);
  result.held.reserve(all_rules().size());
  for (const Rule* rule : all_rules()) {
    if (rule->check == nullptr) continue;
    const Severity level = level_of(*rule, &context.profile, options);
    if (level == Severity::off) continue;
    if (!has_what_it_needs(*rule, context)) {
      result.skipped.push_back(rule);
      continue;
    }
    const std::size_t before = result.findings.size();
    Reporter reporter(*rule, level, result.findings);
    rule->check(context, reporter);
    ++result.ran;
    if (result.findings.size() == before) result.held.push_back(rule);
  }
  const auto ran = [&](const Rule& rule) {
    const bool could = rule.needs == Needs::reading || has_what_it_needs(rule, context);
    return could && level_of(rule, &context.profile, options) != Severity::off;
  };
  result.waived = apply_waivers(context.flow, options, ran, result.findings);
  // Of rules that are off only what readers and waivers say is there.
  std::erase_if(result.findings, [&](const Diagnostic& finding) {
    return finding.rule->check == nullptr &&
           level_of(*finding.rule, &context.profile, options) == Severity::off;
  });
  sort(result.findings);
  return result;
}

std::vector<ActiveRule> rules_for_records(const Profile& profile, const CheckOptions& options) {
  std::vector<ActiveRule> active;
  for (const Rule* rule : all_rules()) {
    const Severity level = level_of(*rule, &profile, options);
    if (rule->on_records && level != Severity::off) active.push_back({rule, level});
  }
  return active;
}

Diagnostics check_record(const Guide& guide, const Facts& facts, const Profile& profile,
                         const std::vector<ActiveRule>& rules) {
  static const Flow no_flow;
  const RuleContext context{no_flow, &guide, facts, profile, nullptr};
  Diagnostics findings;
  for (const auto& [rule, level] : rules) {
    Reporter reporter(*rule, level, findings);
    if (rule == &unreadable_limit) {
      check_limits_of_record(guide, reporter);
    } else {
      rule->check(context, reporter);
    }
  }
  sort(findings);
  return findings;
}

Diagnostics level_and_sort(Diagnostics findings, const Profile* profile,
                           const CheckOptions& options) {
  apply_levels(findings, profile, options);
  sort(findings);
  return findings;
}

std::vector<std::string> unknown_rules(const CheckOptions& options, const Profile* profile) {
  std::vector<std::string> unknown;
  const auto look_up = [&](std::string_view word) {
    const auto rules = all_rules();
    if (std::none_of(rules.begin(), rules.end(),
                     [&](const Rule* rule) { return is_meant(*rule, word); })) {
      unknown.emplace_back(word);
    }
  };
  for (const std::string& word : options.select) look_up(word);
  for (const std::string& word : options.ignore) look_up(word);
  if (profile != nullptr) {
    std::set<std::string_view> names;  // the table's own order is not the same everywhere
    for (const auto& [name, level] : profile->levels) names.insert(name);
    for (const std::string_view name : names) look_up(name);
  }
  return unknown;
}

}  // namespace flowproof
