// Reading a document that stands in the test, and findings as one line of text each.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "flowproof/diagnostic.hpp"
#include "flowproof/readers.hpp"
#include "flowproof/rule.hpp"

namespace flowproof::test {

inline SourceText source_of(std::string_view text) { return {"test.xml", std::string(text)}; }

/// "3:5 duplicate-id error the id 'a' is taken already"
inline std::string line_of(const Diagnostic& finding, std::string_view text) {
  static constexpr std::string_view severities[] = {"off", "info", "warning", "error"};
  const Place place = place_of(text, finding.span.offset);
  std::string out = std::to_string(place.line) + ":" + std::to_string(place.column) + " ";
  out += finding.rule->name;
  out += ' ';
  out += severities[static_cast<std::size_t>(finding.severity)];
  return out + " " + render(finding.message, Language::en);
}

/// All findings; also renders every text in both languages, so that a missing argument asserts.
inline std::vector<std::string> lines_of(const Diagnostics& findings, std::string_view text) {
  std::vector<std::string> lines;
  for (const Diagnostic& finding : findings) {
    for (const Language language : {Language::zh, Language::en}) {
      (void)render(finding.message, language);
      (void)render(finding.help, finding.message.arguments, language);
      for (const Remark& remark : finding.witness) (void)render(remark.message, language);
    }
    lines.push_back(line_of(finding, text));
  }
  return lines;
}

}  // namespace flowproof::test
