#include <algorithm>
#include <functional>

#include "flowproof/report.hpp"

namespace flowproof {

std::string_view name_of(FileVerdict verdict) {
  constexpr std::string_view names[] = {"pass", "fail", "unreadable"};
  return names[static_cast<std::size_t>(verdict)];
}

FileVerdict verdict_of(const ReportedFile& file, Severity fail_on) {
  if (file.checked == nullptr || !file.checked->subject.flow) return FileVerdict::unreadable;
  const Diagnostics& findings = file.checked->result.findings;
  const bool failed = fail_on != Severity::off &&
                      std::any_of(findings.begin(), findings.end(), [&](const Diagnostic& finding) {
                        return finding.severity >= fail_on;
                      });
  return failed ? FileVerdict::fail : FileVerdict::pass;
}

std::string chart_title(const ReportedFile& file) {
  if (file.checked == nullptr || !file.checked->subject.flow) return {};
  const Case& subject = file.checked->subject;
  return subject.flow->title.empty() && subject.guide ? subject.guide->name.value
                                                      : subject.flow->title.value;
}

std::vector<std::pair<std::string_view, std::size_t>> most_frequent(const Tally& tally) {
  std::vector<std::pair<std::string_view, std::size_t>> rows(tally.by_rule.begin(),
                                                             tally.by_rule.end());
  std::ranges::stable_sort(rows, std::greater(), &std::pair<std::string_view, std::size_t>::second);
  return rows;
}

void Tally::add(const ReportedFile& file, Severity fail_on) {
  const FileVerdict verdict = verdict_of(file, fail_on);
  ++files;
  failed += verdict == FileVerdict::fail ? 1 : 0;
  unreadable += verdict == FileVerdict::unreadable ? 1 : 0;
  if (keep_rows) rows.push_back({std::string(file.path), chart_title(file), verdict});
  if (file.checked == nullptr) return;
  const CheckResult& result = file.checked->result;
  const std::size_t before[] = {errors, warnings, infos};
  for (const Diagnostic& finding : result.findings) {
    if (finding.severity == Severity::error) ++errors;
    if (finding.severity == Severity::warning) ++warnings;
    if (finding.severity == Severity::info) ++infos;
    ++by_rule[finding.rule->code];
  }
  if (keep_rows) {
    rows.back().errors = errors - before[0];
    rows.back().warnings = warnings - before[1];
    rows.back().infos = infos - before[2];
  }
  if (file.comparison != nullptr) {
    const auto& states = file.comparison->states;
    fresh += static_cast<std::size_t>(std::ranges::count(states, FindingState::fresh));
    remaining += static_cast<std::size_t>(std::ranges::count(states, FindingState::remaining));
    fixed += file.comparison->fixed.size();
  }
  waived += result.waived;
  known += result.known;
  skipped += static_cast<std::size_t>(
      std::count_if(result.skipped.begin(), result.skipped.end(),
                    [](const Rule* rule) { return rule->needs == Needs::guide; }));
}

}  // namespace flowproof
