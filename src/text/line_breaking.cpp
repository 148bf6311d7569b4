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

// What a break costs, in squares of an em of room left empty. A word torn apart or a character
// alone on a line is worse than another line; where words are not known, one cut is as good as
// another.
constexpr double after_pause = 0, between_words = 4, beside_unknown = 8, among_unknown = 15;
constexpr double wrong_side = 20, torn_word = 100, lone_character = 100;
constexpr std::size_t longest_word = 5;
constexpr double hang = 0.8;  // the empty part of a pause at the end of a line, and its margin

// A line rather begins than ends with the first, and rather ends than begins with the second.
constexpr std::u32string_view connectives = U"并或和与及由经向对在为按将以";
constexpr std::u32string_view clinging = U"的了者后前内中时等性化";

bool among(std::u32string_view set, const Character& character) {
  return set.find(static_cast<char32_t>(character.code)) != std::u32string_view::npos;
}

bool hangs(const Character& character) { return among(U"、，。；：", character); }

// Per character: how it stands to the word it is in.
enum class Place : std::uint8_t { unknown, begins, inside };

std::vector<Place> places_of(std::string_view utf8, const std::vector<Character>& all,
                             double max_em, const Terms& terms) {
  std::vector<Place> places(all.size(), Place::unknown);
  // A long word is made of shorter ones.
  const auto room = std::clamp<std::size_t>(static_cast<std::size_t>(max_em), 1, longest_word);
  for (std::size_t i = 0; i < all.size();) {
    const std::size_t end = i + room < all.size() ? all[i + room].offset : utf8.size();
    const std::size_t length = terms.at_front(utf8.substr(all[i].offset, end - all[i].offset));
    const std::size_t behind = all[i].offset + length;
    if (length > 0) places[i] = Place::begins;
    for (++i; i < all.size() && all[i].offset < behind; ++i) places[i] = Place::inside;
  }
  return places;
}

double cost_before(std::size_t i, const std::vector<Character>& all,
                   const std::vector<Place>& places) {
  const Character &left = all[i - 1], &right = all[i];
  if (left.kind != Break::ideograph || right.kind != Break::ideograph) return after_pause;
  if (places[i] == Place::inside) return torn_word;
  const bool left_unknown = places[i - 1] == Place::unknown;
  const bool right_unknown = places[i] == Place::unknown;
  if (left_unknown && among(connectives, left)) return wrong_side;
  if (right_unknown && among(clinging, right)) return wrong_side;
  if (right_unknown && among(connectives, right)) return between_words;
  if (left_unknown && among(clinging, left)) return between_words;
  if (left_unknown && right_unknown) return among_unknown;
  return left_unknown || right_unknown ? beside_unknown : between_words;
}

// The best way to break the text in front of a piece.
struct Way {
  std::size_t lines = 0;
  double cost = 0;
  std::size_t start = 0;  // of the last line
  bool torn = false;
};

Way with_line(const Way& before, const std::vector<Character>& all, const Piece& first,
              const Piece& last, double empty, double cost_of_break, std::size_t start) {
  Way way{before.lines + 1, before.cost + empty * empty + cost_of_break, start,
          before.torn || cost_of_break >= torn_word};
  const bool whole = start == 0 && last.last == all.size();
  std::size_t characters = 0;
  for (std::size_t i = first.first; i < last.last && characters < 2; ++i) {
    const Break kind = all[i].kind;
    characters += kind != Break::closing && kind != Break::glue && kind != Break::space ? 1U : 0U;
    if (kind == Break::letter || kind == Break::digit) characters = 2;
  }
  if (!whole && characters < 2) {
    way.cost += lone_character;
    way.torn = true;
  }
  return way;
}

// To every piece the cheapest way, or the cheapest of those with the fewest lines.
std::vector<Way> best_ways(const std::vector<Character>& all, const std::vector<Piece>& pieces,
                           const std::vector<Place>& places, double max_em, bool fewest) {
  const auto better = [fewest](const Way& a, const Way& b) {
    if (b.lines == 0) return true;
    if (fewest && a.lines != b.lines) return a.lines < b.lines;
    return a.cost < b.cost;
  };
  std::vector<Way> ways(pieces.size() + 1);
  for (std::size_t end = 1; end <= pieces.size(); ++end) {
    const Piece& last = pieces[end - 1];
    const double hanging = hangs(all[last.last - 1]) ? hang : 0;
    double width = 0;
    for (std::size_t start = end; start-- > 0;) {
      width += pieces[start].width + (start + 1 < end ? pieces[start].space : 0);
      if (width - hanging > max_em + 1e-6 && start + 1 < end) break;
      const double cost = start == 0 ? 0 : cost_before(pieces[start].first, all, places);
      const Way next = with_line(ways[start], all, pieces[start], last,
                                 std::max(max_em - (width - hanging), 0.0), cost, start);
      if (better(next, ways[end])) ways[end] = next;
    }
  }
  return ways;
}

// Then no other way is cheaper: two lines leave more room empty than one.
bool fits_one_line(const std::vector<Character>& all, const std::vector<Piece>& pieces,
                   double max_em) {
  double width = hangs(all.back()) ? -hang : 0;
  for (std::size_t i = pieces.size(); i-- > 0;) {
    width += pieces[i].width + (i + 1 < pieces.size() ? pieces[i].space : 0);
  }
  return pieces.size() == 1 || width <= max_em + 1e-6;
}

TextLine line_of(std::string_view utf8, const std::vector<Character>& all,
                 const std::vector<Piece>& pieces, std::size_t start, std::size_t end,
                 LineStyle style) {
  double width = 0;
  for (std::size_t i = start; i < end; ++i) {
    width += pieces[i].width + (i + 1 < end ? pieces[i].space : 0);
  }
  const std::size_t first = pieces[start].first;
  std::size_t last = pieces[end - 1].last;
  while (last > first && all[last - 1].kind == Break::space) --last;
  const std::size_t from = all[first].offset;
  const std::size_t to = last < all.size() ? all[last].offset : utf8.size();
  return {std::string(utf8.substr(from, to - from)), width * style.size, style.size, style.muted};
}

}  // namespace

BrokenText break_lines(std::string_view utf8, double max_width, LineStyle style,
                       const Terms& terms) {
  BrokenText broken;
  if (utf8.empty()) return broken;
  const std::vector<Character> all = characters_of(utf8);
  const double max_em = std::max(max_width / style.size, 1.0);
  const std::vector<Piece> pieces = pieces_of(all, max_em);
  if (fits_one_line(all, pieces, max_em)) {
    TextLine line = line_of(utf8, all, pieces, 0, pieces.size(), style);
    if (!line.text.empty()) broken.lines.push_back(std::move(line));
    return broken;
  }
  const std::vector<Way> ways =
      best_ways(all, pieces, places_of(utf8, all, max_em, terms), max_em, style.fewest);
  broken.torn = ways.back().torn;
  for (std::size_t end = pieces.size(); end > 0; end = ways[end].start) {
    TextLine line = line_of(utf8, all, pieces, ways[end].start, end, style);
    if (!line.text.empty()) broken.lines.push_back(std::move(line));
  }
  std::reverse(broken.lines.begin(), broken.lines.end());
  return broken;
}

double visible_width(const TextLine& line) {
  constexpr std::size_t pause = 3;  // bytes
  if (line.text.size() < pause) return line.width;
  std::size_t offset = line.text.size() - pause;
  const Character last{0, next_code(line.text, offset), 1, Break::closing};
  return line.width - (hangs(last) ? hang * line.size : 0);
}

}  // namespace flowproof::text
