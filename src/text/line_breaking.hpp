// Breaks a text into lines by the rules of Chinese typesetting (禁则), balanced and in linear time.
//
// Used by measure. No line begins with 、。，） or ends with （《; a number keeps its unit; 《…》
// and known words stay whole where they fit. A pause at the end of a line may hang over.
#pragma once

#include <cstdint>
#include <forward_list>
#include <string_view>
#include <vector>

#include "flowproof/layout.hpp"
#include "flowproof/profile.hpp"
#include "text/characters.hpp"

namespace flowproof::text {

/// Widths in em.
struct BrokenLine {
  std::uint32_t from = 0, to = 0;  ///< bytes
  double width = 0;
  double visible = 0;  ///< without what of a pause at the end may hang over
};
struct BrokenText {
  std::vector<BrokenLine> lines;
  bool torn = false;  ///< through a word, or one character alone on a line
};

/// The empty part of a pause at the end of a line, and its margin: that much may hang over, in em.
inline constexpr double hang = 0.8;

enum class Prefer : std::uint8_t {
  whole_words,
  few_lines,  ///< rather tear a word than take another line
};

/// A text, looked at once and broken at as many widths as are tried. Points into the text and the
/// profile.
class Paragraph {
 public:
  Paragraph(std::string_view utf8, const Profile& profile);

  /// Lines no wider than `max_em`, broken between words and of about the same width: as few as
  /// that allows. A piece that cannot be broken and is wider is broken between characters. Stays
  /// as long as the paragraph.
  [[nodiscard]] const BrokenText& lines(double max_em, Prefer prefer = Prefer::whole_words);
  /// As much on every line as it holds.
  [[nodiscard]] BrokenText full_lines(double max_em) const;
  [[nodiscard]] bool empty() const { return all_.empty(); }
  [[nodiscard]] double width() const { return width_; }  ///< of the text on one line, in em

  [[nodiscard]] std::string_view words_of(const BrokenLine& line) const {
    return utf8_.substr(line.from, line.to - line.from);
  }

 private:
  struct Piece;
  struct Way;

  [[nodiscard]] BrokenText broken(double max_em, Prefer prefer);
  [[nodiscard]] std::size_t end_of_title(std::size_t open, double max_em) const;
  [[nodiscard]] Piece piece_of(std::size_t first, std::size_t last) const;
  [[nodiscard]] std::vector<Piece> pieces_of(double max_em) const;
  void price_breaks(double max_em);
  [[nodiscard]] std::size_t word_at(std::size_t i, std::string_view text) const;
  [[nodiscard]] std::size_t inner_word(std::size_t first, std::size_t end) const;
  [[nodiscard]] std::vector<Way> best_ways(const std::vector<Piece>& pieces, double max_em,
                                           Prefer prefer) const;
  [[nodiscard]] BrokenLine line_of(const std::vector<Piece>& pieces, std::size_t start,
                                   std::size_t end) const;

  std::string_view utf8_;
  const Profile& profile_;
  std::vector<Character> all_;
  double width_ = 0;
  std::vector<float> costs_;  // of a break before each character
  std::size_t room_ = 0;      // of a line they are for, in characters; 0: none
  struct Tried {
    double max_em;
    Prefer prefer;
    BrokenText text;
  };
  std::forward_list<Tried> tried_;
};

}  // namespace flowproof::text
