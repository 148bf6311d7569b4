#include "model/time_amount.hpp"

#include "model/numeral.hpp"

namespace flowproof {

namespace {

using enum TokenKind;

NotComparable meaning_of(std::uint8_t fault) {
  switch (static_cast<NumeralFault>(fault)) {
    case NumeralFault::none:
      return NotComparable::none;
    case NumeralFault::malformed:
      return NotComparable::unreadable;
    case NumeralFault::too_fine:
    case NumeralFault::too_large:
      return NotComparable::out_of_range;
  }
  return NotComparable::unreadable;
}

/// Reads forward from a number; every function leaves `at_` behind what it took.
class AmountReader {
 public:
  AmountReader(const std::vector<Token>& tokens, std::size_t at) : tokens_(tokens), at_(at) {}

  std::optional<Mention> read() {
    const std::size_t begin = at_;
    if (std::optional<Mention> date = calendar_date()) return date;
    at_ = begin;
    Mention mention = single();
    mention.begin = begin;
    if (mention.has_unit && mention.upper.unit == TimeUnit::year) add_months(mention);
    extend_to_range(mention);
    mention.end = at_;
    if (mention.fault == NotComparable::none && mention.has_unit && out_of_range(mention.upper)) {
      mention.fault = NotComparable::out_of_range;
    }
    look_behind(mention);
    if (mention.has_unit) look_ahead(mention);
    return mention;
  }

 private:
  [[nodiscard]] const Token& token(std::size_t i) const {
    return tokens_[i < tokens_.size() ? i : tokens_.size() - 1];
  }
  [[nodiscard]] TokenKind kind(std::size_t i) const { return token(i).kind; }
  [[nodiscard]] bool is_unit(std::size_t i, TimeUnit wanted) const {
    return kind(i) == TokenKind::unit && token(i).value == static_cast<std::int64_t>(wanted);
  }
  [[nodiscard]] bool is_number_up_to(std::size_t i, std::int64_t most_whole) const {
    return kind(i) == number && token(i).fault == 0 && token(i).value % 1000 == 0 &&
           token(i).value <= most_whole * 1000;
  }
  [[nodiscard]] bool is_day_of_month(std::size_t i) const {
    return is_number_up_to(i, 31) && (is_unit(i + 1, TimeUnit::day) || kind(i + 1) == date);
  }

  // 2024年, 2024年5月1日, 5月1日, and 3月, which is March as long as nobody says 3个月.
  std::optional<Mention> calendar_date() {
    Mention found{.begin = at_, .date = true, .fault = NotComparable::calendar_date};
    const bool year = kind(at_) == number && token(at_).fault == 0 &&
                      token(at_).value >= 1900'000 && is_unit(at_ + 1, TimeUnit::year);
    if (year) at_ += 2;
    const std::int64_t month_number = token(at_).value;
    const bool month =
        is_number_up_to(at_, 12) && is_unit(at_ + 1, TimeUnit::month) && !token(at_ + 1).latin;
    if (month) at_ += 2;
    if (!year && !month) return std::nullopt;
    if (month && is_day_of_month(at_)) {
      at_ += 2;
    } else if (!year) {
      found.upper = {month_number, TimeUnit::month};
    }
    if (kind(at_) == most) ++at_;
    found.end = at_;
    return found;
  }

  // A number and, if there is one, its unit: 5个工作日, 5(工作日), 五（5）个工作日, 一个半月.
  Mention single() {
    Mention mention;
    const Token& first = token(at_++);
    mention.upper.milli = first.kind == half ? 500 : first.value;
    mention.fault = meaning_of(first.fault);
    take_repetition(mention);
    if (kind(at_) == rough) {
      mention.vague = true;
      ++at_;
    } else if (kind(at_) == indefinite) {
      mention.fault = NotComparable::no_number;
      ++at_;
    }
    take_unit(mention);
    return mention;
  }

  // 五（5）: the same number once more; another number is a contradiction.
  void take_repetition(Mention& mention) {
    if (kind(at_) != open || kind(at_ + 1) != number || kind(at_ + 2) != close) return;
    if (kind(at_ + 3) != TokenKind::unit && kind(at_ + 3) != counter) return;
    if (token(at_ + 1).value != mention.upper.milli) mention.fault = NotComparable::several_values;
    at_ += 3;
  }

  void take_unit(Mention& mention) {
    std::size_t i = at_;
    std::size_t depth = 0;
    bool halved = false;
    for (std::size_t steps = 0; steps < 4 && kind(i) != TokenKind::unit; ++steps, ++i) {
      if (kind(i) == open) {
        ++depth;
      } else if (kind(i) == close && depth > 0) {
        --depth;
      } else if (kind(i) == half && kind(i - 1) == counter && !halved) {
        halved = true;
      } else if (kind(i) != counter) {
        break;
      }
    }
    if (kind(i) != TokenKind::unit) {
      if (kind(at_) == counter) ++at_;
      return;
    }
    mention.has_unit = true;
    mention.upper.unit = static_cast<TimeUnit>(token(i).value);
    if (halved) mention.upper.milli += 500;
    // 两个半月 is two and a half, 两个半天 as likely two halves.
    if (halved && mention.upper.unit == TimeUnit::day) blame(mention, NotComparable::unreadable);
    at_ = i + 1;
    if (depth > 0 && kind(at_) == close) ++at_;
    const bool half_follows = kind(at_) == half && !halved && kind(at_ + 1) != TokenKind::unit &&
                              kind(at_ + 1) != counter;
    if (half_follows) {
      mention.upper.milli += 500;
      ++at_;
    }
  }

  // 1年6个月 is exactly 18 months; no other two units make one.
  void add_months(Mention& mention) {
    if (kind(at_) != number) return;
    const std::size_t before_months = at_;
    const Mention months = single();
    if (months.has_unit && months.upper.unit == TimeUnit::month &&
        months.fault == NotComparable::none && !out_of_range(mention.upper)) {
      mention.upper = {mention.upper.milli * 12 + months.upper.milli, TimeUnit::month};
    } else {
      at_ = before_months;
    }
  }

  void extend_to_range(Mention& mention) {
    if (kind(at_) != range && kind(at_) != minus) return;
    const std::size_t before_range = at_++;
    if (kind(at_) == ordinal) ++at_;
    if (kind(at_) != number && kind(at_) != half) {
      at_ = before_range;
      return;
    }
    const Mention second = single();
    if (mention.has_unit && second.has_unit && mention.upper.unit != second.upper.unit) {
      at_ = before_range;
      return;
    }
    const std::int64_t from = mention.upper.milli;
    const NotComparable fault = mention.fault != NotComparable::none ? mention.fault : second.fault;
    const bool lost_unit = mention.has_unit && !second.has_unit;
    const bool chained = (kind(at_) == range || kind(at_) == minus) && kind(at_ + 1) == number;
    mention.has_unit = mention.has_unit || second.has_unit;
    mention.vague = mention.vague || second.vague;
    mention.upper = second.upper;
    mention.lower = Quantity{from, second.upper.unit};
    mention.fault = fault != NotComparable::none                        ? fault
                    : from > second.upper.milli || lost_unit || chained ? NotComparable::unreadable
                                                                        : NotComparable::none;
  }

  static void blame(Mention& mention, NotComparable fault) {
    if (mention.fault == NotComparable::none) mention.fault = fault;
  }

  // What stands right before a number can make it another number, or none.
  void look_behind(Mention& mention) const {
    if (mention.begin == 0) return;
    const std::size_t last = mention.begin - 1;
    const Token& previous = token(last);
    const bool touches = !token(mention.begin).blank_before;
    const bool number_before = last > 0 && kind(last - 1) == number;
    switch (previous.kind) {
      case ordinal:
        mention.ordinal = true;
        break;
      case minus:
        blame(mention, number_before ? NotComparable::unreadable : NotComparable::out_of_range);
        break;
      case number:
      case TokenKind::unit:  // 2天4小时, 工作日5天
        blame(mention, NotComparable::several_values);
        break;
      case indefinite:
        blame(mention, NotComparable::no_number);
        break;
      case before:
        blame(mention, NotComparable::calendar_date);
        break;
      case every:
        blame(mention, NotComparable::recurring);
        break;
      case about:
        mention.vague = true;
        break;
      case condition:
        mention.role = MentionRole::aside;
        break;
      case link:
      case list:
      case alternative:
      case range:
        if (number_before) blame(mention, NotComparable::several_values);
        break;
      case comma:
        if (number_before && token(last - 1).latin && token(mention.begin).latin) {
          blame(mention, NotComparable::several_values);
        }
        break;
      case other:
        if (previous.latin && touches) blame(mention, NotComparable::unreadable);
        break;
      default:
        break;
    }
  }

  void look_ahead(Mention& mention) const {
    std::size_t next = mention.end;
    if (kind(next) == most) {
      mention.within_year = mention.upper.unit == TimeUnit::year &&
                            mention.upper.milli % 1000 == 0 && !token(next).latin &&
                            !token(next - 1).latin;
      ++next;
    }
    switch (kind(next)) {
      case before:
        blame(mention, NotComparable::calendar_date);
        break;
      case above:
        mention.least = true;
        break;
      case after:
        mention.role = MentionRole::aside;
        break;
      case times:
        blame(mention, NotComparable::recurring);
        break;
      case number:
        if (kind(next + 1) == times) blame(mention, NotComparable::recurring);
        break;
      default:
        break;
    }
  }

  const std::vector<Token>& tokens_;
  std::size_t at_;
};

}  // namespace

bool out_of_range(const Quantity& quantity) {
  constexpr std::int64_t century = 36'500;
  std::int64_t most_whole = century;
  switch (quantity.unit) {
    case TimeUnit::minute:
      most_whole = century * 24 * 60;
      break;
    case TimeUnit::hour:
    case TimeUnit::working_hour:
      most_whole = century * 24;
      break;
    case TimeUnit::working_day:
    case TimeUnit::day:
    case TimeUnit::natural_day:
      break;
    case TimeUnit::week:
      most_whole = century / 7;
      break;
    case TimeUnit::month:
      most_whole = 1'200;
      break;
    case TimeUnit::year:
      most_whole = 100;
      break;
  }
  return quantity.milli < 0 || quantity.milli > most_whole * 1000;
}

std::optional<Mention> read_mention(const std::vector<Token>& tokens, std::size_t at) {
  return AmountReader(tokens, at).read();
}

}  // namespace flowproof
