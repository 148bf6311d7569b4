// Words that a line break should not divide: those of the profile, and its words for stages and
// outcomes.
//
// Made once a chart by measure, used by line breaking. Chinese is written without spaces, so a word
// has to be known to be kept whole.
#pragma once

#include <cstdint>
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

  struct Word {
    std::string_view text;
    std::uint32_t next;  // place of one whose first character may be the same, from 1; 0: none
  };
  std::vector<Word> words_;
  std::vector<std::uint32_t> first_;  // by slot of a first character: place from 1; 0: none
};

}  // namespace flowproof::text
