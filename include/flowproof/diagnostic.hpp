// Findings about the user's document.
//
// Made by readers and rules, sorted and levelled by src/check, printed by src/report.
// A finding holds no sentence of any language: it names its rule, its place and its arguments.
#pragma once

#include <string>
#include <vector>

#include "flowproof/message.hpp"
#include "flowproof/source.hpp"

namespace flowproof {

struct Rule;

enum class Severity : std::uint8_t { off, info, warning, error };

/// A further place that belongs to a finding: a step of the witness path, the other side of a
/// contradiction, an addend.
struct Remark {
  Span span;
  Message message;
  std::string element = {};  ///< id of the flow element it names, if any

  friend bool operator==(const Remark&, const Remark&) = default;
};

struct Diagnostic {
  const Rule* rule = nullptr;  ///< never null
  Severity severity = Severity::error;
  Span span;
  Message message;              ///< the rule's text, or a variant of it
  LocalizedText help;           ///< how to mend it; same arguments as the message
  std::vector<Remark> witness;  ///< path, sum or run, in order
  std::string element = {};     ///< id of the element it is about; key for waivers and baselines

  friend bool operator==(const Diagnostic&, const Diagnostic&) = default;
};

using Diagnostics = std::vector<Diagnostic>;

}  // namespace flowproof
