#include "support/rule_page.hpp"

#include <algorithm>
#include <filesystem>
#include <sstream>
#include <stdexcept>
#include <utility>

#include "support/judge.hpp"

namespace flowproof::test {

namespace {

constexpr std::string_view expect = "<!-- expect:";

bool is_severity(std::string_view word) {
  return word == "error" || word == "warning" || word == "info";
}

/// `a, b "text" c`: the claims of one comment.
void read_claims(std::string_view list, std::size_t source, std::size_t line,
                 std::vector<Claim>& claims) {
  for (std::size_t i = list.find_first_not_of(", "); i != std::string_view::npos;
       i = list.find_first_not_of(", ", i)) {
    if (list[i] == '"') {
      const std::size_t end = list.find('"', i + 1);
      if (end == std::string_view::npos || claims.empty()) throw std::runtime_error("bad claim");
      claims.back().text = list.substr(i + 1, end - i - 1);
      i = end + 1;
      continue;
    }
    const std::size_t end = std::min(list.find_first_of(", ", i), list.size());
    const std::string word(list.substr(i, end - i));
    if (is_severity(word) && !claims.empty()) {
      claims.back().severity = word;
    } else {
      claims.push_back({source, line, word, {}, {}});
    }
    i = end;
  }
}

std::vector<std::string> words_of(const std::string& line) {
  std::istringstream in(line);
  std::vector<std::string> words;
  for (std::string word; in >> word;) words.push_back(word);
  return words;
}

}  // namespace

std::vector<Claim> claims_in(std::string_view text, std::size_t source) {
  std::vector<Claim> claims;
  std::istringstream in{std::string(text)};
  std::string line;
  for (std::size_t number = 1; std::getline(in, line); ++number) {
    const std::string_view view = line;
    for (std::size_t at = view.find(expect); at != std::string_view::npos;
         at = view.find(expect, at + 1)) {
      const std::size_t from = at + expect.size();
      const std::size_t end = view.find("-->", from);
      if (end == std::string_view::npos) throw std::runtime_error("unclosed claim: " + line);
      read_claims(view.substr(from, end - from), source, number, claims);
    }
  }
  return claims;
}

RulePage read_rule_page(const std::string& path) {
  RulePage page;
  page.path = path;
  page.text = read_text(path);
  page.untestable = page.text.find("<!-- untestable here:") != std::string::npos;
  std::istringstream in(page.text);
  std::string line;
  std::getline(in, line);
  const auto heading = words_of(line);
  if (heading.size() == 3 && heading[0] == "#") {
    page.code = heading[1];
    page.name = heading[2];
  }
  std::optional<std::string> guide, layout;
  std::map<std::string, std::string> called;
  for (std::size_t number = 2; std::getline(in, line); ++number) {
    if (!line.starts_with("```xml") && !line.starts_with("```json layout")) continue;
    const auto kind = words_of(line);
    const std::size_t fence = number;
    std::string block;
    for (++number; std::getline(in, line) && line != "```"; ++number) block += line + '\n';
    if (kind.size() > 1 && (kind[1] == "guide" || kind[1] == "layout")) {
      (kind[1] == "guide" ? guide : layout) = std::move(block);
      continue;
    }
    if (kind.size() > 2 && kind[1] == "called") {
      called[kind[2]] = std::move(block);
      continue;
    }
    if (kind.size() > 1 && kind[1] == "record") guide = std::exchange(block, {});
    PageCase test{fence,
                  std::move(block),
                  std::exchange(guide, std::nullopt),
                  std::exchange(layout, std::nullopt),
                  std::exchange(called, {}),
                  kind.size() > 1 && kind[1] == "realistic",
                  {}};
    test.claims = claims_in(test.flow, 0);
    if (test.guide) {
      for (Claim& claim : claims_in(*test.guide, 1)) test.claims.push_back(std::move(claim));
    }
    page.cases.push_back(std::move(test));
  }
  return page;
}

std::vector<std::string> rule_pages() {
  std::vector<std::string> paths;
  for (const auto& entry :
       std::filesystem::directory_iterator(FLOWPROOF_SOURCE_DIR "/docs/rules")) {
    if (entry.path().extension() == ".md" && entry.path().stem() != "README") {
      paths.push_back(entry.path().string());
    }
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

}  // namespace flowproof::test
