#include "text/terms.hpp"

namespace flowproof::text {

namespace {

constexpr std::size_t slots = 1024;

// Of a first character. Three bytes are one Chinese character.
std::size_t slot(std::string_view text) {
  const auto byte = [&](std::size_t i) -> std::size_t {
    return static_cast<unsigned char>(text[i]);
  };
  if (byte(0) < 0x80 || text.size() < 3) return byte(0) % slots;
  return ((byte(0) * 31 + byte(1)) * 31 + byte(2)) % slots;
}

bool is_one_character(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text.front());
  return text.size() <= (lead < 0x80U ? 1U : lead < 0xE0U ? 2U : lead < 0xF0U ? 3U : 4U);
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
  if (word.empty() || is_one_character(word)) return;
  std::uint32_t& head = first_[slot(word)];
  words_.push_back({word, head});
  head = static_cast<std::uint32_t>(words_.size());
}

std::size_t Terms::at_front(std::string_view text) const {
  if (text.empty() || words_.empty()) return 0;
  std::size_t longest = 0;
  for (std::uint32_t i = first_[slot(text)]; i > 0; i = words_[i - 1].next) {
    const std::string_view word = words_[i - 1].text;
    if (word.size() > longest && text.starts_with(word)) longest = word.size();
  }
  return longest;
}

}  // namespace flowproof::text
