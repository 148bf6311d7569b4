#include "text/text_memory.hpp"

#include <algorithm>

namespace flowproof::text {

TextMemory& TextMemory::of(const Profile& profile) {
  constexpr std::size_t most = 8;  // profiles in use, and drawing closer
  thread_local std::list<TextMemory> all;
  const auto same = [&](const TextMemory& memory) { return memory.fits(profile); };
  const auto known = std::find_if(all.begin(), all.end(), same);
  if (known != all.end()) {
    all.splice(all.begin(), all, known);
  } else {
    if (all.size() == most) all.pop_back();
    all.push_front(TextMemory(profile));
  }
  return all.front();
}

}  // namespace flowproof::text
