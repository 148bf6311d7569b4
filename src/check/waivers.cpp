#include "check/waivers.hpp"

#include <algorithm>

#include "model/waiver_rules.hpp"

namespace flowproof {

namespace {

bool covers(const Waiver& waiver, const Rule& rule, const Flow& flow, const Diagnostic& finding) {
  if (finding.rule != &rule) return false;
  return !waiver.target || finding.element == flow.node(*waiver.target).id();
}

}  // namespace

std::size_t apply_waivers(const Flow& flow, const CheckOptions& options, Diagnostics& findings) {
  const std::size_t before = findings.size();
  Diagnostics about_waivers;
  const auto report = [&](const Rule& rule, Span span, Arguments arguments) {
    Reporter(rule, rule.severity, about_waivers).at(span, std::move(arguments));
  };
  for (const Waiver& waiver : flow.waivers) {
    const std::string& name = waiver.rule.value;
    const Rule* rule = find_rule(name);
    if (rule == nullptr) {
      report(unknown_waiver, waiver.rule.span, {{"rule", name}});
      continue;
    }
    if (!options.today.empty() && !waiver.until.empty() && waiver.until.value < options.today) {
      report(expired_waiver, waiver.until.span, {{"rule", name}, {"until", waiver.until.value}});
      continue;
    }
    const std::size_t waived = std::erase_if(
        findings, [&](const Diagnostic& f) { return covers(waiver, *rule, flow, f); });
    if (waived == 0) report(unused_waiver, waiver.span, {{"rule", name}});
  }
  const std::size_t waived = before - findings.size();
  for (Diagnostic& finding : about_waivers) findings.push_back(std::move(finding));
  return waived;
}

}  // namespace flowproof
