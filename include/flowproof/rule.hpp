// A rule: one constant, one function, one file in src/rules, one page in docs/rules that is its
// test.
//
// Codes by family: X reading, S structure, C completeness, T time, G agreement with the guide,
// L wording, D drawing. A code is never used again for something else. Names state the defect.
#pragma once

#include <span>
#include <string_view>

#include "flowproof/diagnostic.hpp"

namespace flowproof {

struct Flow;
struct Guide;
struct Facts;
struct Profile;
struct Drawing;
class Calendar;

/// What a rule looks at. Without it the rule is skipped, and counted as skipped.
enum class Needs : std::uint8_t {
  reading,  ///< found by a reader; no check function
  flow,
  guide,    ///< flow and guide
  drawing,  ///< the finished geometry
};

/// How sure the facts behind a rule are; tags of the domain collection.
enum class Certainty : std::uint8_t {
  found,      ///< read in the cited text
  partial,    ///< partly read
  knowledge,  ///< general knowledge of the field
  inferred,
};

struct RuleContext {
  const Flow& flow;
  const Guide* guide;  ///< null if there is none
  const Facts& facts;
  const Profile& profile;
  const Drawing* drawing;              ///< null unless drawing rules run
  const Calendar* calendar = nullptr;  ///< null: the published one
};

class Reporter;

struct Rule {
  std::string_view code;                ///< "S105"
  std::string_view name;                ///< "dead-end"
  Severity severity = Severity::error;  ///< default; a profile overrides it
  LocalizedText source;                 ///< standard or law, and clause
  LocalizedText message;
  LocalizedText help;
  Certainty certainty = Certainty::found;
  std::string_view domain = {};  ///< "R13" of the domain catalogue, if any
  Needs needs = Needs::flow;
  void (*check)(const RuleContext&, Reporter&) = nullptr;
  bool on_records = false;  ///< judges a guide alone too: the flow of the context is then empty
};

/// Collects the findings of one rule. Filled in by src/check; a rule knows nothing of levels or
/// output.
class Reporter {
 public:
  Reporter(const Rule& rule, Severity severity, Diagnostics& out)
      : rule_(rule), severity_(severity), out_(out) {}

  /// Adds a finding with the rule's own message. The reference is good until the next call.
  Diagnostic& at(Span span, Arguments arguments, std::string element = {});
  /// The same with another wording of the message (a variant of the defect).
  Diagnostic& at(Span span, LocalizedText message, Arguments arguments, std::string element = {});
  [[nodiscard]] Severity severity() const { return severity_; }

 private:
  const Rule& rule_;
  Severity severity_;
  Diagnostics& out_;
};

/// Every rule of the program, sorted by code.
[[nodiscard]] std::span<const Rule* const> all_rules();
/// By code or name; null if there is none.
[[nodiscard]] const Rule* find_rule(std::string_view code_or_name);

}  // namespace flowproof
