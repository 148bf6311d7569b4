#include "text/line_breaking.hpp"

#include <algorithm>

#include "text/characters.hpp"

namespace flowproof::text {

namespace {

// A run of characters that stays on one line.
struct Piece {
  std::size_t first = 0, last = 0;  // characters, half open
  double width = 0;                 // in em, without the space behind it
  double space = 0;                 // white space behind it
};

bool may_break(const Character& left, const Character& right) {
  if (right.kind == Break::glue || right.kind == Break::closing || right.kind == Break::space) {
    return false;
  }
  if (left.kind == Break::opening) return false;
  if (left.kind == Break::space) return true;
  const auto in_word = [](Break kind) { return kind == Break::letter || kind == Break::digit; };
  // A full stop inside a number or a file name.
  if (left.code < 0x80 && left.kind == Break::closing && in_word(right.kind)) return false;
  return !(in_word(left.kind) && in_word(right.kind));
}

Piece piece_of(const std::vector<Character>& all, std::size_t first, std::size_t last) {
  Piece piece{first, last, 0, 0};
  for (std::size_t i = first; i < last; ++i) {
    if (all[i].kind == Break::space) {
      piece.space += std::max(double{all[i].advance}, 0.256);
    } else {
      piece.width += piece.space + double{all[i].advance};
      piece.space = 0;
    }
  }
  return piece;
}

// 《…》 is one piece if it fits on a line.
std::size_t end_of_title(const std::vector<Character>& all, std::size_t open, double max_em) {
  double width = 0;
  for (std::size_t i = open; i < all.size() && width <= max_em; ++i) {
    width += double{all[i].advance};
    if (all[i].code == U'》') return width <= max_em ? i + 1 : open;
  }
  return open;
}

std::vector<Piece> pieces_of(const std::vector<Character>& all, double max_em) {
  std::vector<Piece> pieces;
  std::size_t first = 0;
  std::size_t whole_until = 0;
  double width = 0;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (all[i].code == U'《' && i >= whole_until) whole_until = end_of_title(all, i, max_em);
    width += double{all[i].advance};
    const bool last = i + 1 == all.size();
    const bool allowed = last || (i + 1 >= whole_until && may_break(all[i], all[i + 1]));
    // A mark never leaves its letter, so a piece may stay too wide for its sake.
    const bool forced = !last && width + double{all[i + 1].advance} > max_em &&
                        i + 1 >= whole_until && all[i + 1].advance > 0 &&
                        all[i + 1].kind != Break::closing && all[i].kind != Break::opening;
    if (!allowed && !forced) continue;
    pieces.push_back(piece_of(all, first, i + 1));
    first = i + 1;
    width = 0;
  }
  return pieces;
}

// Calls start(i) with the first piece of every line.
template <class Start>
void fill(const std::vector<Piece>& pieces, double max_em, Start start) {
  double width = 0;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    if (i == 0 || width + pieces[i].width > max_em + 1e-6) {
      start(i);
      width = 0;
    }
    width += pieces[i].width + pieces[i].space;
  }
}

std::size_t count_lines(const std::vector<Piece>& pieces, double max_em) {
  std::size_t lines = 0;
  fill(pieces, max_em, [&](std::size_t) { ++lines; });
  return lines;
}

}  // namespace

std::vector<TextLine> break_lines(std::string_view utf8, double max_width, LineStyle style) {
  const std::vector<Character> all = characters_of(utf8);
  const double max_em = std::max(max_width / style.size, 1.0);
  const std::vector<Piece> pieces = pieces_of(all, max_em);
  const std::size_t least = count_lines(pieces, max_em);
  // The narrowest width with as few lines makes them even.
  double low = max_em / 2;
  double high = max_em;
  for (int round = 0; round < 7 && least > 1; ++round) {
    const double middle = (low + high) / 2;
    (count_lines(pieces, middle) > least ? low : high) = middle;
  }
  std::vector<std::size_t> starts;
  starts.reserve(least);
  fill(pieces, high, [&](std::size_t first) { starts.push_back(first); });
  std::vector<TextLine> lines;
  for (std::size_t k = 0; k < starts.size(); ++k) {
    const std::size_t end = k + 1 < starts.size() ? starts[k + 1] : pieces.size();
    double width = 0;
    for (std::size_t i = starts[k]; i < end; ++i) {
      width += pieces[i].width + (i + 1 < end ? pieces[i].space : 0);
    }
    std::size_t first = pieces[starts[k]].first;
    std::size_t last = pieces[end - 1].last;
    while (last > first && all[last - 1].kind == Break::space) --last;
    const std::size_t from = all[first].offset;
    const std::size_t to = last < all.size() ? all[last].offset : utf8.size();
    if (from < to) {
      lines.push_back(
          {std::string(utf8.substr(from, to - from)), width * style.size, style.size, style.muted});
    }
  }
  return lines;
}

}  // namespace flowproof::text
