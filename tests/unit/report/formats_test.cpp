// Reports for programs: well-formed whatever the findings quote, and complete.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <tinyxml2.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "flowproof/baseline.hpp"
#include "flowproof/report.hpp"
#include "report/markup.hpp"
#include "support/judge.hpp"

namespace flowproof {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr const char* hostile = R"(<flow xmlns="urn:flowproof:flow:1" title="t" type="公共服务">
  <start id="a" text="申请"><to node="b"/></start>
  <step id="b" text="受理 ]]&gt; &lt;b&gt;&quot;引号&quot; =cmd ::error::"/>
</flow>)";
constexpr const char* clean =
    R"(<flow xmlns="urn:flowproof:flow:1" title="t" type="公共服务" consult="1" complaint="2">
  <start id="a" text="申请"><to node="b"/></start>
  <step id="b" stage="受理" text="受理" by="窗口" limit="当场" output="单"><to node="c"/></step>
  <end id="c" text="办结"/>
</flow>)";

Checked checked(const char* flow) {
  test::Judged judged = test::judge(flow);
  Checked result;
  result.subject.sources = std::move(judged.sources);
  result.subject.flow = std::move(judged.flow);
  result.result.findings = std::move(judged.findings);
  return result;
}

/// A report over a clean file, one with findings, and one that could not be read.
std::string report(std::string_view name, ReportOptions options = {}) {
  const ReportFormat& format = *report_format_named(name);
  const Checked good = checked(clean);
  const Checked bad = checked(hostile);
  const Error error{ErrorKind::input,
                    {{"打不开“{path}”", "cannot open '{path}'"}, {{"path", "x<&\""}}}};
  Tally tally;
  tally.keep_rows = true;
  std::string text;
  bool first = true;
  for (const ReportedFile& file :
       {ReportedFile{"=good.flow.xml", &good, nullptr},
        ReportedFile{"目录/bad file.flow.xml", &bad, nullptr, 2, "<svg/>"},
        ReportedFile{"none.flow.xml", nullptr, &error, 3}}) {
    const std::string part = format.file(file, options, first);
    first = first && part.empty();
    tally.add(file, options.fail_on);
    text += part;
  }
  const std::string overview = format.overview != nullptr ? format.overview(tally, options) : "";
  return format.begin(options) + overview + text + format.end(tally, options);
}

TEST(Formats, JunitFailsNoFindingIfNoneIsToFail) {
  const std::string finding = "<failure type=\"S103\"";
  EXPECT_THAT(report("junit"), HasSubstr(finding));
  EXPECT_THAT(report("junit", {.fail_on = Severity::off}), Not(HasSubstr(finding)));
}

TEST(Tally, CountsTheFindingsOfEachFile) {
  const Checked bad = checked(hostile);
  Tally tally;
  tally.keep_rows = true;
  for (int file = 0; file < 2; ++file) tally.add({"a.flow.xml", &bad, nullptr}, Severity::error);
  ASSERT_EQ(tally.rows.size(), 2U);
  EXPECT_GT(tally.errors, 0U);
  EXPECT_GT(tally.infos, 0U);
  for (const Tally::Row& row : tally.rows) {
    EXPECT_EQ(2 * row.errors, tally.errors);
    EXPECT_EQ(2 * row.warnings, tally.warnings);
    EXPECT_EQ(2 * row.infos, tally.infos);
  }
}

TEST(Formats, SarifIsOneRunWithEveryFinding) {
  const auto sarif = nlohmann::json::parse(report("sarif"));
  EXPECT_EQ(sarif["version"], "2.1.0");
  const auto& run = sarif["runs"].at(0);
  const auto& results = run["results"];
  ASSERT_EQ(results.size(), checked(hostile).result.findings.size() + 1);
  for (const auto& result : results) {
    const auto& place = result["locations"].at(0)["physicalLocation"];
    EXPECT_FALSE(result["message"]["text"].get<std::string>().empty());
    EXPECT_FALSE(place["artifactLocation"]["uri"].get<std::string>().empty());
    if (!result.contains("ruleId")) continue;
    EXPECT_EQ(run["tool"]["driver"]["rules"].at(result["ruleIndex"].get<std::size_t>())["id"],
              result["ruleId"]);
    EXPECT_GE(place["region"]["startLine"], 1);
  }
  EXPECT_EQ(run["invocations"].at(0)["executionSuccessful"], false);
}

TEST(Formats, SarifEncodesPaths) {
  Checked bad = checked(hostile);
  bad.subject.sources[0].path = "目录/a b.flow.xml";
  const std::string text = report_format_named("sarif")->file({"x", &bad, nullptr}, {}, true);
  EXPECT_THAT(text, HasSubstr("\"uri\":\"%E7%9B%AE%E5%BD%95/a%20b.flow.xml\""));
}

TEST(Formats, JunitIsXmlAndCountsFailures) {
  tinyxml2::XMLDocument document;
  const std::string text = report("junit");
  ASSERT_EQ(document.Parse(text.c_str()), tinyxml2::XML_SUCCESS) << text;
  int suites = 0;
  for (const auto* suite = document.RootElement()->FirstChildElement(); suite != nullptr;
       suite = suite->NextSiblingElement()) {
    ++suites;
    int tests = 0;
    int failures = 0;
    for (const auto* test = suite->FirstChildElement(); test != nullptr;
         test = test->NextSiblingElement()) {
      ++tests;
      failures += test->FirstChildElement("failure") != nullptr ? 1 : 0;
    }
    EXPECT_EQ(suite->IntAttribute("tests"), tests);
    EXPECT_EQ(suite->IntAttribute("failures"), failures);
  }
  EXPECT_EQ(suites, 3);
}

TEST(Formats, CsvQuotesCellsAndDefusesFormulas) {
  Checked bad = checked(hostile);
  bad.subject.sources[0].path = "=cmd|calc.flow.xml";
  const ReportFormat& csv = *report_format_named("csv");
  const std::string rows = csv.file({"x", &bad, nullptr}, {}, true);
  EXPECT_THAT(rows, HasSubstr("\"'=cmd|calc.flow.xml\""));
  EXPECT_THAT(rows, HasSubstr("\"\"引号\"\""));
  EXPECT_THAT(csv.begin({}), testing::StartsWith("\xEF\xBB\xBF\"file\""));
}

// tinyxml2 passes over the doctype.
TEST(Formats, HtmlIsWellFormedAndLetsNoTextBecomeMarkup) {
  const std::string html = report("html", {.language = Language::zh});
  tinyxml2::XMLDocument document;
  ASSERT_EQ(document.Parse(html.c_str()), tinyxml2::XML_SUCCESS) << document.ErrorStr();
  EXPECT_THAT(html, HasSubstr("受理 ]]&gt; &lt;b&gt;&quot;引号&quot;"));
  EXPECT_THAT(html, HasSubstr("x&lt;&amp;&quot;"));
  EXPECT_THAT(html, Not(HasSubstr("<b>\"")));
}

TEST(Formats, HtmlNeedsNothingBesideItself) {
  const std::string html = report("html");
  for (const char* foreign : {"<script", "<link", "<img", "<iframe", "url(", "@import", "http:"}) {
    EXPECT_THAT(html, Not(HasSubstr(foreign)));
  }
}

TEST(Formats, HtmlBeginsWithTheOverviewAndNumbersFindings) {
  const std::string html = report("html");
  const std::size_t overview = html.find("class=\"figures\"");
  const std::size_t finding = html.find("id=\"f2-1\"");
  ASSERT_NE(finding, std::string::npos);
  EXPECT_LT(overview, finding);
  EXPECT_LT(html.find("href=\"#file3\""), finding);
  EXPECT_LT(html.find("<figure><svg/></figure>"), finding);
  EXPECT_EQ(html.find("id=\"f1-"), std::string::npos);  // the clean file
  EXPECT_LT(finding, html.find("id=\"file3\""));
}

TEST(Formats, HtmlShowsCharactersThatReorderText) {
  Markup html;
  html.element("p",
               "a\u202Eb\u200Bc\x01"
               "\xff",
               {{"title", "\u2066\"<"}});
  EXPECT_EQ(html.take(), "<p title=\"U+2066&quot;&lt;\">aU+202EbU+200BcU+0001\uFFFD</p>");
}

TEST(Baseline, KnowsFindingsByElementNotByLine) {
  const Checked before = checked(hostile);
  const ReportFormat& json = *report_format_named("json");
  const std::string report =
      json.begin({}) + json.file({"a", &before, nullptr}, {}, true) + json.end({}, {});
  const Result<Baseline> baseline = Baseline::read(report, "base.json");
  ASSERT_TRUE(baseline);
  Checked moved = checked(("\n\n" + std::string(hostile)).c_str());
  const std::size_t all = moved.result.findings.size();
  ASSERT_GT(all, 0U);
  Diagnostics twice = moved.result.findings;
  twice.push_back(twice.back());
  EXPECT_EQ(baseline->remove_known("a", moved.result.findings), all);
  EXPECT_TRUE(moved.result.findings.empty());
  EXPECT_EQ(baseline->remove_known("a", twice), all);
  EXPECT_EQ(twice.size(), 1U) << "one entry excuses one finding";
  EXPECT_EQ(baseline->remove_known("b", twice), 0U);
}

TEST(Baseline, TellsWhatIsNewRemainingAndFixed) {
  const Checked before = checked(hostile);
  const ReportFormat& json = *report_format_named("json");
  const std::string report =
      json.begin({}) + json.file({"a", &before, nullptr}, {}, true) + json.end({}, {});
  const Result<Baseline> earlier = Baseline::read(report, "old.json");
  ASSERT_TRUE(earlier);
  Diagnostics now = before.result.findings;
  ASSERT_FALSE(now.empty());
  now.push_back(now.back());  // a second one of its kind
  const Changes more = earlier->compare("a", now);
  ASSERT_EQ(more.states.size(), now.size());
  EXPECT_EQ(more.states.back(), FindingState::fresh);
  EXPECT_EQ(std::ranges::count(more.states, FindingState::fresh), 1);
  EXPECT_TRUE(more.fixed.empty());
  const Changes gone = earlier->compare("a", {});
  ASSERT_EQ(gone.fixed.size(), before.result.findings.size());
  EXPECT_EQ(gone.fixed.front().name, before.result.findings.front().rule->name);
  EXPECT_FALSE(gone.fixed.front().message.empty());
  EXPECT_TRUE(earlier->compare("b", {}).fixed.empty()) << "a file that was not there before";
}

TEST(Baseline, RefusesOtherFiles) {
  for (const char* text : {"", "{}", "[]", "{\"version\":1,\"files\":1}", "not json"}) {
    EXPECT_FALSE(Baseline::read(text, "x")) << text;
  }
}

}  // namespace
}  // namespace flowproof
