#include <utility>

#include "flowproof/rule.hpp"

namespace flowproof {

Diagnostic& Reporter::at(Span span, LocalizedText message, Arguments arguments,
                         std::string element) {
  Diagnostic& finding = out_.emplace_back();
  finding.rule = &rule_;
  finding.severity = severity_;
  finding.span = span;
  finding.message = {message, std::move(arguments)};
  finding.help = rule_.help;
  finding.element = std::move(element);
  return finding;
}

Diagnostic& Reporter::at(Span span, Arguments arguments, std::string element) {
  return at(span, rule_.message, std::move(arguments), std::move(element));
}

}  // namespace flowproof
