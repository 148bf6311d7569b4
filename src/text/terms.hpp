// Words that a line break should not divide: those of the profile, and its words for stages and
// outcomes.
//
// Made once a chart by measure, used by line breaking. Chinese is written without spaces, so a word
// has to be known to be kept whole.
#pragma once

#include <bitset>
#include <string_view>
#include <vector>

#include "flowproof/profile.hpp"

namespace flowproof::text {

class Terms {
 public:
  Terms() = default;
  /// Points into the profile.
  explicit Terms(const Profile& profile);

  /// Bytes of the longest word of two characters or more at the front of the text; 0: none.
  [[nodiscard]] std::size_t at_front(std::string_view text) const;

 private:
  void add(std::string_view word);

  // By their first character, of those the longest first.
  std::vector<std::string_view> words_;
  std::bitset<1024> starts_;
};

}  // namespace flowproof::text
