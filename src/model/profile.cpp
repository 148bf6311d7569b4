#include "flowproof/profile.hpp"

#include <algorithm>

namespace flowproof {

const Clock* Profile::clock(std::string_view id, std::string_view item) const {
  const Clock* general = nullptr;
  for (const Clock& clock : *clocks) {
    if (clock.id != id) continue;
    if (clock.items.empty()) general = &clock;
    for (const std::string& word : clock.items) {
      if (item.find(word) != std::string_view::npos) return &clock;
    }
  }
  return general;
}

std::string_view Profile::phrase_in(std::string_view list, std::string_view text) const {
  const auto found = phrases->find(list);
  return found == phrases->end() ? std::string_view() : found->second.first_in(text);
}

const ExcludedKind* Profile::excluded_by_law(std::string_view text) const {
  const auto found =
      std::find_if(excluded->begin(), excluded->end(), [&](const ExcludedKind& kind) {
        return !kind.source.empty() && text.find(kind.word) != std::string_view::npos;
      });
  return found == excluded->end() ? nullptr : &*found;
}

}  // namespace flowproof
