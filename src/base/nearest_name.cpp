#include "base/nearest_name.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "base/unicode.hpp"

namespace flowproof {

static constexpr std::size_t most_changes = 2;
// Nobody means a known name with a text longer than this; bounds the work on hostile names.
static constexpr std::size_t longest_name = 64;

static std::u32string folded(std::string_view text) {
  std::u32string out;
  for (std::size_t i = 0; i < text.size();) {
    const CodePoint point = code_point_at(text, i);
    const bool capital = point.value >= U'A' && point.value <= U'Z';
    out += capital ? point.value - U'A' + U'a' : point.value;
    i += std::max<std::size_t>(point.length, 1);
  }
  return out;
}

// Optimal string alignment distance, rows of the usual table.
static std::size_t distance(const std::u32string& a, const std::u32string& b) {
  std::vector<std::size_t> before(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t change = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, change});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) row[j] = std::min(row[j], before[j - 2] + 1);
    }
    std::swap(before, last);
    std::swap(last, row);
  }
  return last[b.size()];
}

std::string_view nearest_name(std::string_view name, std::span<const std::string_view> candidates) {
  if (name.empty() || name.size() > longest_name) return {};
  const std::u32string wanted = folded(name);
  std::string_view nearest;
  std::size_t least = std::min(most_changes + 1, wanted.size());
  for (const std::string_view candidate : candidates) {
    if (candidate.size() > longest_name + most_changes * 4) continue;
    const std::u32string known = folded(candidate);
    // No fewer changes than characters more or less.
    const auto [shorter, longer] = std::minmax({wanted.size(), known.size()});
    if (longer - shorter >= least) continue;
    const std::size_t changes = distance(wanted, known);
    if (changes < least) {
      least = changes;
      nearest = candidate;
    }
  }
  return nearest;
}

}  // namespace flowproof
