// A page of docs/rules: explanation and test in one.
//
//   # S105 dead-end                          heading: code and name
//   ```xml                                   a flow; findings of this page's rule must be as
//   claimed
//   ```xml realistic                         the same for findings of all rules
//   ```xml guide                             the guide of the next flow
//   ```json layout                           where the boxes and lines of the next flow stand
//   ```xml called b.flow.xml                 a file beside the next flow, which is then read as one
//   ```xml record                           a guide judged alone, as audit judges portal records
//   <!-- expect: dead-end -->                on a line: one finding of that rule on that line
//   <!-- expect: a "text", b -->             its message holds the text; several claims
//   <!-- expect: a info "text" -->           it is told as info (or error, warning)
//   <!-- untestable here: why -->            the rule needs bytes a page cannot hold
#pragma once

#include <compare>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace flowproof::test {

struct Claim {
  std::size_t source = 0;  ///< 0 the flow, 1 its guide
  std::size_t line = 0;    ///< in its block, from 1
  std::string rule;
  std::string text;      ///< part of the message; may be empty
  std::string severity;  ///< "warning"; empty: any

  friend auto operator<=>(const Claim&, const Claim&) = default;
};

struct PageCase {
  std::size_t line = 0;  ///< of the flow's fence in the page
  std::string flow;      ///< empty: the guide is judged alone
  std::optional<std::string> guide;
  std::optional<std::string> layout;
  std::map<std::string, std::string> called;  ///< by name
  bool realistic = false;
  std::vector<Claim> claims;
};

struct RulePage {
  std::string path, code, name;
  std::string text;
  std::vector<PageCase> cases;
  bool untestable = false;
};

/// Claims on the lines of a document.
[[nodiscard]] std::vector<Claim> claims_in(std::string_view text, std::size_t source);

[[nodiscard]] RulePage read_rule_page(const std::string& path);
/// Paths of all pages, sorted.
[[nodiscard]] std::vector<std::string> rule_pages();

}  // namespace flowproof::test
