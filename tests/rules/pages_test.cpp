// Every page of docs/rules is a test: what it claims is found, and nothing else.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "flowproof/report.hpp"
#include "support/judge.hpp"
#include "support/rule_page.hpp"

namespace flowproof::test {
namespace {

// Pages about waivers with a date are written for this day.
const CheckOptions page_options{.select = {}, .ignore = {}, .today = "2024-06-01"};

struct Finding {
  Claim place;
  std::string zh, en;
};

std::vector<Finding> findings_of(const Judged& judged) {
  std::vector<Finding> findings;
  for (const Diagnostic& finding : judged.findings) {
    const auto source = static_cast<std::size_t>(finding.span.source);
    const Place place = place_of(judged.sources.at(source).text, finding.span.offset);
    // Rendering the help and the witness as well: a missing argument is caught here.
    (void)render(finding.help, finding.message.arguments, Language::zh);
    for (const Remark& remark : finding.witness) (void)render(remark.message, Language::en);
    findings.push_back({{source,
                         place.line,
                         std::string(finding.rule->name),
                         {},
                         std::string(name_of(finding.severity))},
                        render(finding.message, Language::zh),
                        render(finding.message, Language::en)});
  }
  return findings;
}

bool fulfils(const Finding& finding, const Claim& claim) {
  const auto holds = [&](const std::string& message) {
    return message.find(claim.text) != std::string::npos;
  };
  return finding.place.source == claim.source && finding.place.line == claim.line &&
         finding.place.rule == claim.rule &&
         (claim.severity.empty() || finding.place.severity == claim.severity) &&
         (holds(finding.zh) || holds(finding.en));
}

/// One line for each claim not met and each finding not claimed.
std::string differences(const RulePage& page, const PageCase& test) {
  // Rules about the drawing look at the program's own one where the page gives none.
  std::optional<std::string> drawing = test.layout;
  if (!drawing && page.code.starts_with('D')) drawing.emplace();
  const auto judge_case = [&] {
    if (test.flow.empty() && test.guide) return judge_record(*test.guide, page_options);
    if (!test.called.empty()) {
      return judge_beside(test.flow, test.guide, test.called, page_options);
    }
    return judge(test.flow, test.guide, page_options, drawing);
  };
  std::vector<Finding> findings = findings_of(judge_case());
  std::string text;
  std::set<std::string> judged{page.name};
  for (const Claim& claim : test.claims) {
    judged.insert(claim.rule);
    const auto met = std::find_if(findings.begin(), findings.end(),
                                  [&](const Finding& f) { return fulfils(f, claim); });
    if (met == findings.end()) {
      text += "line " + std::to_string(test.line + claim.line) + ": no " + claim.rule + " " +
              claim.severity + " \"" + claim.text + "\"\n";
    } else {
      findings.erase(met);
    }
  }
  for (const Finding& finding : findings) {
    if (!test.realistic && !judged.contains(finding.place.rule)) continue;
    text += "line " + std::to_string(test.line + finding.place.line) +
            (finding.place.source == 1 ? " (of the guide)" : "") + ": unexpected " +
            finding.place.rule + " " + finding.place.severity + ": " + finding.zh + " / " +
            finding.en + "\n";
  }
  return text;
}

class Page : public testing::TestWithParam<std::string> {};

TEST_P(Page, FindsWhatItClaims) {
  const RulePage page = read_rule_page(GetParam());
  for (const PageCase& test : page.cases) {
    const std::string different = differences(page, test);
    EXPECT_TRUE(different.empty()) << page.path << ", block at line " << test.line << '\n'
                                   << different;
  }
}

INSTANTIATE_TEST_SUITE_P(Rules, Page, testing::ValuesIn(rule_pages()), [](const auto& page) {
  std::string name = std::filesystem::path(page.param).stem().string();
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
});

}  // namespace
}  // namespace flowproof::test
