#include "text/line_breaking.hpp"

#include <algorithm>
#include <utility>

namespace flowproof::text {

namespace {

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

// What a break costs, in squares of an em of room left empty. A word torn apart or a character
// alone on a line is worse than another line, a long word torn between the shorter ones it is made
// of a little less so; where words are not known, one cut is as good as another.
constexpr float after_pause = 0, between_words = 4, beside_unknown = 8, among_unknown = 15;
constexpr float wrong_side = 20, torn_long_word = 60, torn_word = 100, lone_character = 100;
constexpr double usual_width = 16;  // from here on a wide line makes a bad break weigh more
constexpr std::size_t longest_word = 5;
constexpr double rounding = 1e-6;

// A line rather begins than ends with the first, and rather ends than begins with the second.
constexpr CharacterSet connectives(U"并或和与及由经向对在为按将以");
constexpr CharacterSet clinging(U"的了者后前内中时等性化");
constexpr CharacterSet pauses(U"、，。；：");

double hang_of(const Character& last) {
  return last.kind == Break::closing && pauses.has(last.code) ? hang : 0;
}

// How a character stands to the word it is in; `inner`: a shorter word begins inside a long one.
enum class Place : std::uint8_t { unknown, begins, inner, inside };

float cost_between(const Character& left, Place at_left, const Character& right, Place at_right) {
  // What belongs to a number is a word like any other.
  const bool counted = left.kind == Break::glue && left.advance > 0;
  if ((left.kind != Break::ideograph && !counted) || right.kind != Break::ideograph) {
    return after_pause;
  }
  if (at_right == Place::inside) return torn_word;
  if (at_right == Place::inner) return torn_long_word;
  const bool left_unknown = at_left == Place::unknown && !counted;
  const bool right_unknown = at_right == Place::unknown;
  if (left_unknown && connectives.has(left.code)) return wrong_side;
  if (right_unknown && clinging.has(right.code)) return wrong_side;
  if (right_unknown && connectives.has(right.code)) return between_words;
  if (left_unknown && clinging.has(left.code)) return between_words;
  if (left_unknown && right_unknown) return among_unknown;
  return left_unknown || right_unknown ? beside_unknown : between_words;
}

}  // namespace

// A run of characters that stays on one line.
struct Paragraph::Piece {
  std::size_t first = 0, last = 0;  // characters, half open
  double width = 0;                 // in em, without the space behind it
  double space = 0;                 // white space behind it
  double hanging = 0;               // what of it may hang over the end of a line
  unsigned weight = 0;              // a line of less than two is a character alone
  bool torn = false;                // off the letters before it, which leave it no room
};

// The best way to break the text in front of a piece.
struct Paragraph::Way {
  std::size_t lines = 0;
  double cost = 0;
  std::size_t start = 0;  // of the last line
  bool torn = false;
};

Paragraph::Paragraph(std::string_view utf8, const Profile& profile)
    : utf8_(utf8), profile_(profile), all_(characters_of(utf8)) {
  if (!all_.empty()) width_ = piece_of(0, all_.size()).width;
}

Paragraph::Piece Paragraph::piece_of(std::size_t first, std::size_t last) const {
  Piece piece{first, last};
  for (std::size_t i = first; i < last; ++i) {
    const Break kind = all_[i].kind;
    if (kind == Break::space) {
      piece.space += std::max(double{all_[i].advance}, 0.256);
      continue;
    }
    piece.width += piece.space + double{all_[i].advance};
    piece.space = 0;
    const bool in_word = kind == Break::letter || kind == Break::digit;
    piece.weight += in_word ? 2U : kind != Break::closing && kind != Break::glue ? 1U : 0U;
  }
  piece.hanging = hang_of(all_[last - 1]);
  return piece;
}

// 《…》 is one piece if it fits on a line.
std::size_t Paragraph::end_of_title(std::size_t open, double max_em) const {
  double width = 0;
  for (std::size_t i = open; i < all_.size() && width <= max_em; ++i) {
    width += double{all_[i].advance};
    if (all_[i].code == U'》') return width <= max_em ? i + 1 : open;
  }
  return open;
}

std::vector<Paragraph::Piece> Paragraph::pieces_of(double max_em) const {
  std::vector<Piece> pieces;
  pieces.reserve(all_.size());
  std::size_t first = 0;
  std::size_t whole_until = 0;
  double width = 0;
  bool torn = false;
  for (std::size_t i = 0; i < all_.size(); ++i) {
    if (all_[i].code == U'《' && i >= whole_until) whole_until = end_of_title(i, max_em);
    width += double{all_[i].advance};
    const bool last = i + 1 == all_.size();
    const bool allowed = last || (i + 1 >= whole_until && may_break(all_[i], all_[i + 1]));
    // A mark never leaves its letter, so a piece may stay too wide for its sake.
    const bool forced = !last && width + double{all_[i + 1].advance} > max_em &&
                        i + 1 >= whole_until && all_[i + 1].advance > 0 &&
                        all_[i + 1].kind != Break::closing && all_[i].kind != Break::opening;
    if (!allowed && !forced) continue;
    pieces.push_back(piece_of(first, i + 1));
    pieces.back().torn = torn;
    torn = !allowed && all_[i].kind == Break::letter && all_[i + 1].kind == Break::letter;
    first = i + 1;
    width = 0;
  }
  return pieces;
}

// What a break before each character costs. A long word is made of shorter ones; so is every word
// of more characters than a line holds.
void Paragraph::price_breaks(double max_em) {
  const auto room = std::clamp<std::size_t>(static_cast<std::size_t>(max_em), 1, longest_word);
  if (room == std::exchange(room_, room)) return;
  costs_.assign(all_.size(), 0);
  std::size_t behind = 0, inner = 0;  // the word found last and the shorter one at its end
  std::size_t title_end = 0;
  Place before = Place::unknown;
  for (std::size_t i = 0; i < all_.size(); ++i) {
    const std::size_t from = all_[i].offset;
    Place place = from == inner ? Place::inner : Place::inside;
    if (from >= behind) {
      const std::size_t end = i + room < all_.size() ? all_[i + room].offset : utf8_.size();
      const std::size_t length = word_at(i, utf8_.substr(from, end - from));
      behind = from + length;
      inner = inner_word(i, behind);
      place = length > 0 ? Place::begins : Place::unknown;
    }
    if (i > 0) costs_[i] = cost_between(all_[i - 1], before, all_[i], place);
    if (from < title_end) costs_[i] += torn_word;
    if (all_[i].code == U'《' && from >= title_end) {
      const std::size_t close = utf8_.find("》", from);
      title_end = close == std::string_view::npos ? 0 : close;
    }
    before = place;
  }
}

// How long the known word is that begins with a character.
std::size_t Paragraph::word_at(std::size_t i, std::string_view text) const {
  const Vocabulary& words = profile_.vocabulary;
  std::size_t length = profile_.terms.at_front(text);
  const auto longer = [&](const auto& match) {
    const bool is_word =
        match && i + 1 < all_.size() && all_[i].offset + match->word.size() > all_[i + 1].offset;
    if (is_word) length = std::max(length, match->word.size());
  };
  longer(words.stages.at_front(text));
  longer(words.outcomes.at_front(text));
  return length;
}

// Where the second of the words begins that a long one is made of: 一次性告知, 经营许可证.
std::size_t Paragraph::inner_word(std::size_t first, std::size_t end) const {
  std::size_t last = first;
  while (last < all_.size() && all_[last].offset < end) ++last;
  if (last - first < 4) return 0;
  const std::size_t from = all_[first].offset;
  const std::size_t length =
      profile_.terms.at_front(utf8_.substr(from, all_[last - 2].offset - from));
  return length == 0 ? 0 : from + length;
}

// To every piece the cheapest way, or the cheapest of those with the fewest lines.
std::vector<Paragraph::Way> Paragraph::best_ways(const std::vector<Piece>& pieces, double max_em,
                                                 Prefer prefer) const {
  const auto better = [prefer](const Way& a, const Way& b) {
    if (b.lines == 0) return true;
    if (prefer == Prefer::few_lines && a.lines != b.lines) return a.lines < b.lines;
    return a.cost < b.cost;
  };
  const double weight_of_cost = std::max(max_em / usual_width, 1.0);
  std::vector<Way> ways(pieces.size() + 1);
  for (std::size_t end = 1; end <= pieces.size(); ++end) {
    const double hanging = pieces[end - 1].hanging;
    double width = 0;
    unsigned weight = 0;
    for (std::size_t start = end; start-- > 0;) {
      const Piece& first = pieces[start];
      width += first.width + (start + 1 < end ? first.space : 0);
      weight += first.weight;
      if (width - hanging > max_em + rounding && start + 1 < end) break;
      const bool alone = weight < 2 && (start > 0 || end < pieces.size());
      const Way& before = ways[start];
      const float cost = costs_[first.first];
      const double empty = std::max(max_em - (width - hanging), 0.0);
      const Way way{before.lines + 1,
                    before.cost + empty * empty + weight_of_cost * double{cost} +
                        (alone ? lone_character : 0),
                    start, before.torn || cost >= torn_long_word || alone || first.torn};
      if (better(way, ways[end])) ways[end] = way;
    }
  }
  return ways;
}

BrokenLine Paragraph::line_of(const std::vector<Piece>& pieces, std::size_t start,
                              std::size_t end) const {
  BrokenLine line;
  for (std::size_t i = start; i < end; ++i) {
    line.width += pieces[i].width + (i + 1 < end ? pieces[i].space : 0);
  }
  const std::size_t first = pieces[start].first;
  std::size_t last = pieces[end - 1].last;
  while (last > first && all_[last - 1].kind == Break::space) --last;
  line.from = all_[first].offset;
  line.to = last < all_.size() ? all_[last].offset : static_cast<std::uint32_t>(utf8_.size());
  line.visible = line.width - (last > first ? hang_of(all_[last - 1]) : 0);
  return line;
}

const BrokenText& Paragraph::lines(double max_em, Prefer prefer) {
  max_em = std::max(max_em, 1.0);
  for (const Tried& tried : tried_) {
    if (tried.max_em == max_em && tried.prefer == prefer) return tried.text;
  }
  return tried_.emplace_front(Tried{max_em, prefer, broken(max_em, prefer)}).text;
}

BrokenText Paragraph::full_lines(double max_em) const {
  BrokenText broken;
  const std::vector<Piece> pieces = pieces_of(std::max(max_em, 1.0));
  for (std::size_t start = 0, end = 0; start < pieces.size(); start = end) {
    double width = pieces[start].width;
    for (end = start + 1; end < pieces.size(); ++end) {
      width += pieces[end - 1].space + pieces[end].width;
      if (width > max_em + rounding) break;
    }
    broken.lines.push_back(line_of(pieces, start, end));
  }
  return broken;
}

BrokenText Paragraph::broken(double max_em, Prefer prefer) {
  BrokenText broken;
  if (empty()) return broken;
  std::vector<Piece> pieces;
  const auto add = [&](std::size_t start, std::size_t end) {
    const BrokenLine line = line_of(pieces, start, end);
    if (line.from < line.to) broken.lines.push_back(line);
  };
  // Then no other way is cheaper: two lines leave more room empty than one.
  if (width_ - hang_of(all_.back()) <= max_em + rounding) {
    pieces.push_back(piece_of(0, all_.size()));
  } else {
    pieces = pieces_of(max_em);
  }
  if (pieces.size() == 1) {
    add(0, 1);
    return broken;
  }
  price_breaks(max_em);
  const std::vector<Way> ways = best_ways(pieces, max_em, prefer);
  broken.torn = ways.back().torn;
  broken.lines.reserve(ways.back().lines);
  for (std::size_t end = pieces.size(); end > 0; end = ways[end].start) add(ways[end].start, end);
  std::reverse(broken.lines.begin(), broken.lines.end());
  return broken;
}

}  // namespace flowproof::text
