#include "text/terms.hpp"

#include "text/characters.hpp"

namespace flowproof::text {

namespace {

std::string_view first_character(std::string_view text) {
  std::size_t end = 0;
  static_cast<void>(next_code(text, end));
  return text.substr(0, end);
}

constexpr std::size_t slots = 1024;

std::size_t slot(std::string_view character) {
  std::size_t hash = 0;
  for (const char byte : character) hash = hash * 31 + static_cast<unsigned char>(byte);
  return hash % slots;
}

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

}  // namespace

Terms::Terms(const Profile& profile) : first_(slots) {
  const auto& stages = profile.vocabulary.stages.words();
  const auto& outcomes = profile.vocabulary.outcomes.words();
  words_.reserve(stages.size() + outcomes.size() + 500);
  for (const std::string& list : profile.terms) {
    const std::string_view all = list;
    for (std::size_t at = 0, end = 0; at < all.size(); at = end + 1) {
      for (end = at; end < all.size() && !is_blank(all[end]);) ++end;
      add(all.substr(at, end - at));
    }
  }
  for (const auto& [word, stage] : stages) add(word);
  for (const auto& [word, outcome] : outcomes) add(word);
}

void Terms::add(std::string_view word) {
  if (word.empty()) return;
  const std::string_view first = first_character(word);
  if (first.size() == word.size()) return;
  std::uint32_t& head = first_[slot(first)];
  words_.push_back({word, head});
  head = static_cast<std::uint32_t>(words_.size());
}

std::size_t Terms::at_front(std::string_view text) const {
  if (text.empty() || words_.empty()) return 0;
  std::size_t longest = 0;
  for (std::uint32_t i = first_[slot(first_character(text))]; i > 0; i = words_[i - 1].next) {
    const std::string_view word = words_[i - 1].text;
    if (word.size() > longest && text.starts_with(word)) longest = word.size();
  }
  return longest;
}

}  // namespace flowproof::text
