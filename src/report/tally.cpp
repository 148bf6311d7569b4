#include <algorithm>

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

void Tally::add(const ReportedFile& file, Severity fail_on) {
  const FileVerdict verdict = verdict_of(file, fail_on);
  ++files;
  failed += verdict == FileVerdict::fail ? 1 : 0;
  unreadable += verdict == FileVerdict::unreadable ? 1 : 0;
  if (file.checked == nullptr) return;
  const CheckResult& result = file.checked->result;
  for (const Diagnostic& finding : result.findings) {
    if (finding.severity == Severity::error) ++errors;
    if (finding.severity == Severity::warning) ++warnings;
    if (finding.severity == Severity::info) ++infos;
    ++by_rule[finding.rule->code];
  }
  waived += result.waived;
  known += result.known;
  skipped += static_cast<std::size_t>(
      std::count_if(result.skipped.begin(), result.skipped.end(),
                    [](const Rule* rule) { return rule->needs == Needs::guide; }));
}

}  // namespace flowproof
