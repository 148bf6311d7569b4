#include "check/waivers.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "model/waiver_rules.hpp"

namespace flowproof {

namespace {

/// Rule and element; no element: the whole flow.
using Scope = std::pair<const Rule*, std::string>;

Scope scope_of(const Waiver& waiver, const Rule& rule, const Flow& flow) {
  return {&rule, waiver.target ? flow.node(*waiver.target).id() : std::string()};
}

bool has_run_out(const Waiver& waiver, const CheckOptions& options) {
  return !options.today.empty() && !waiver.until.empty() && waiver.until.value < options.today;
}

}  // namespace

std::size_t apply_waivers(const Flow& flow, const CheckOptions& options, const RuleRan& ran,
                          Diagnostics& findings) {
  std::map<Scope, bool> used;  // looked up only: its order of addresses never shows
  for (const Waiver& waiver : flow.waivers) {
    const Rule* rule = find_rule(waiver.rule.value);
    if (rule != nullptr && !has_run_out(waiver, options)) {
      used.emplace(scope_of(waiver, *rule, flow), false);
    }
  }
  const auto use = [&](const Scope& scope) {
    const auto found = used.find(scope);
    return found != used.end() && (found->second = true);
  };
  const std::size_t waived = std::erase_if(findings, [&](const Diagnostic& finding) {
    const bool here = !finding.element.empty() && use({finding.rule, finding.element});
    const bool everywhere = use({finding.rule, {}});
    return here || everywhere;
  });
  const auto report = [&](const Rule& rule, Span span, Arguments arguments) {
    Reporter(rule, rule.severity, findings).at(span, std::move(arguments));
  };
  for (const Waiver& waiver : flow.waivers) {
    const std::string& name = waiver.rule.value;
    const Rule* rule = find_rule(name);
    if (rule == nullptr) {
      report(unknown_waiver, waiver.rule.span, {{"rule", name}});
    } else if (has_run_out(waiver, options)) {
      report(expired_waiver, waiver.until.span, {{"rule", name}, {"until", waiver.until.value}});
    } else if (!used[scope_of(waiver, *rule, flow)] && ran(*rule)) {
      report(unused_waiver, waiver.span, {{"rule", name}});
    }
  }
  return waived;
}

}  // namespace flowproof
