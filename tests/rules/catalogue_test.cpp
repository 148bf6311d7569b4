// The catalogue of rules, its pages and its sources agree.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>
#include <sstream>

#include "flowproof/rule.hpp"
#include "support/judge.hpp"
#include "support/rule_page.hpp"

namespace flowproof::test {
namespace {

std::map<std::string, RulePage> pages_by_name() {
  std::map<std::string, RulePage> pages;
  for (const std::string& path : rule_pages()) {
    pages.emplace(std::filesystem::path(path).stem().string(), read_rule_page(path));
  }
  return pages;
}

/// Codes of the rule constants written in a folder's sources.
std::multiset<std::string> codes_written_in(const std::string& folder, std::string_view ending) {
  constexpr std::string_view field = ".code = \"";
  std::multiset<std::string> codes;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (!entry.path().string().ends_with(ending)) continue;
    const std::string text = read_text(entry.path().string());
    for (std::size_t at = text.find(field); at != std::string::npos;
         at = text.find(field, at + 1)) {
      const std::size_t from = at + field.size();
      codes.insert(text.substr(from, text.find('"', from) - from));
    }
  }
  return codes;
}

TEST(Catalogue, CodesAndNamesAreUnique) {
  std::set<std::string_view> codes, names;
  for (const Rule* rule : all_rules()) {
    EXPECT_TRUE(codes.insert(rule->code).second) << rule->code;
    EXPECT_TRUE(names.insert(rule->name).second) << rule->name;
    EXPECT_EQ(find_rule(rule->code), rule);
    EXPECT_EQ(find_rule(rule->name), rule);
  }
}

/// They are merged, not sorted, so each list of them has to be in order.
TEST(Catalogue, RulesAreInTheOrderOfTheirCodes) {
  const auto rules = all_rules();
  EXPECT_TRUE(std::is_sorted(rules.begin(), rules.end(),
                             [](const Rule* a, const Rule* b) { return a->code < b->code; }));
}

TEST(Catalogue, CodesNameTheFamilyAndNamesAreKebabCase) {
  for (const Rule* rule : all_rules()) {
    EXPECT_THAT(std::string(rule->code), testing::MatchesRegex("[XSCTGLD][0-9][0-9][0-9]"));
    EXPECT_THAT(std::string(rule->name), testing::MatchesRegex("[a-z]+(-[a-z]+)*"));
  }
}

TEST(Catalogue, EveryRuleSaysWhatWhyAndHowInBothLanguages) {
  for (const Rule* rule : all_rules()) {
    for (const LocalizedText& text : {rule->source, rule->message, rule->help}) {
      EXPECT_FALSE(text.zh.empty()) << rule->code;
      EXPECT_FALSE(text.en.empty()) << rule->code;
      EXPECT_FALSE(text.zh.ends_with("。")) << rule->code << ' ' << text.zh;
      EXPECT_FALSE(text.en.ends_with('.')) << rule->code << ' ' << text.en;
    }
    EXPECT_EQ(rule->check == nullptr, rule->needs == Needs::reading) << rule->code;
  }
}

TEST(Catalogue, EveryRuleWrittenIsRegistered) {
  std::set<std::string> registered;
  for (const Rule* rule : all_rules()) registered.emplace(rule->code);
  for (const auto& [folder, ending] :
       {std::pair{"/src/rules", ".cpp"}, {"/src/model", "_rules.cpp"}}) {
    for (const std::string& code :
         codes_written_in(FLOWPROOF_SOURCE_DIR + std::string(folder), ending)) {
      EXPECT_TRUE(registered.contains(code)) << code << " in " << folder;
    }
  }
}

TEST(Catalogue, EveryRuleHasAPageAndEveryPageARule) {
  const auto pages = pages_by_name();
  for (const auto& [name, page] : pages) {
    EXPECT_EQ(page.name, name) << page.path;
    const Rule* rule = find_rule(name);
    ASSERT_NE(rule, nullptr) << page.path << ": there is no such rule";
    EXPECT_EQ(page.code, rule->code) << page.path;
    EXPECT_NE(page.text.find("\n## 中文\n"), std::string::npos) << page.path;
  }
  for (const Rule* rule : all_rules()) {
    EXPECT_TRUE(pages.contains(std::string(rule->name))) << rule->code << ' ' << rule->name;
  }
}

TEST(Catalogue, EveryPageHasAFailingAndAPassingCase) {
  for (const auto& [name, page] : pages_by_name()) {
    if (page.untestable) continue;
    const auto claims_it = [&name = name](const PageCase& test) {
      return std::any_of(test.claims.begin(), test.claims.end(),
                         [&](const Claim& claim) { return claim.rule == name; });
    };
    EXPECT_TRUE(std::any_of(page.cases.begin(), page.cases.end(), claims_it)) << page.path;
    EXPECT_FALSE(std::all_of(page.cases.begin(), page.cases.end(), claims_it)) << page.path;
  }
}

TEST(Catalogue, EveryClaimNamesARule) {
  for (const auto& [name, page] : pages_by_name()) {
    for (const PageCase& test : page.cases) {
      for (const Claim& claim : test.claims) {
        EXPECT_NE(find_rule(claim.rule), nullptr) << page.path << ": " << claim.rule;
      }
    }
  }
}

/// Rows "| R01 | … | [name](name.md), … |" of the index.
std::map<std::string, std::string> coverage_rows() {
  std::map<std::string, std::string> rows;
  std::istringstream in(read_text(FLOWPROOF_SOURCE_DIR "/docs/rules/README.md"));
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("| R")) rows.emplace(line.substr(2, 3), line);
  }
  return rows;
}

TEST(Catalogue, TheCoverageTableSaysWhichRuleMakesWhichCheck) {
  const auto rows = coverage_rows();
  EXPECT_EQ(rows.size(), 50U);
  for (const Rule* rule : all_rules()) {
    if (rule->domain.empty()) continue;
    const auto row = rows.find(std::string(rule->domain));
    ASSERT_NE(row, rows.end()) << rule->name;
    EXPECT_THAT(row->second, testing::HasSubstr("[" + std::string(rule->name) + "]"));
  }
  for (const auto& [check, row] : rows) {
    for (std::size_t at = row.find('['); at != std::string::npos; at = row.find('[', at + 1)) {
      const std::string name = row.substr(at + 1, row.find(']', at) - at - 1);
      EXPECT_NE(find_rule(name), nullptr) << check << ": " << name;
    }
  }
}

}  // namespace
}  // namespace flowproof::test
