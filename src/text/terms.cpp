#include "text/terms.hpp"

#include <algorithm>

#include "text/characters.hpp"

namespace flowproof::text {

namespace {

std::string_view first_character(std::string_view text) {
  std::size_t end = 0;
  static_cast<void>(next_code(text, end));
  return text.substr(0, end);
}

std::size_t slot(std::string_view character) {
  std::size_t hash = 0;
  for (const char byte : character) hash = hash * 31 + static_cast<unsigned char>(byte);
  return hash % 1024;
}

}  // namespace

Terms::Terms(const Profile& profile) {
  for (const std::string& list : profile.terms) {
    const std::string_view all = list;
    for (std::size_t at = 0; at < all.size();) {
      const std::size_t end = std::min(all.find_first_of(" \t\r\n", at), all.size());
      add(all.substr(at, end - at));
      at = end + 1;
    }
  }
  for (const auto& [word, stage] : profile.vocabulary.stages.words()) add(word);
  for (const auto& [word, outcome] : profile.vocabulary.outcomes.words()) add(word);
  std::sort(words_.begin(), words_.end(), [](std::string_view a, std::string_view b) {
    const int order = first_character(a).compare(first_character(b));
    return order != 0 ? order < 0 : a.size() > b.size();
  });
}

void Terms::add(std::string_view word) {
  if (word.empty()) return;
  const std::string_view first = first_character(word);
  if (first.size() == word.size()) return;
  words_.push_back(word);
  starts_.set(slot(first));
}

std::size_t Terms::at_front(std::string_view text) const {
  if (text.empty() || words_.empty()) return 0;
  const std::string_view first = first_character(text);
  if (!starts_.test(slot(first))) return 0;
  auto word = std::partition_point(words_.begin(), words_.end(), [&](std::string_view each) {
    return first_character(each) < first;
  });
  for (; word != words_.end() && word->starts_with(first); ++word) {
    if (text.starts_with(*word)) return word->size();
  }
  return 0;
}

}  // namespace flowproof::text
