#include "flowproof/time_limit.hpp"

#include <string>
#include <unordered_map>
#include <utility>

#include "model/time_amount.hpp"
#include "model/time_clauses.hpp"
#include "model/time_words.hpp"

namespace flowproof {

namespace {

using enum TokenKind;

// The unit of a field or column header: 工作日, "办理时限(工作日)". Two different ones are none.
std::optional<TimeUnit> read_unit(std::string_view text) {
  std::optional<TimeUnit> found;
  for (const Token& token : tokenize(text).list) {
    if (token.kind != unit) continue;
    const auto read = static_cast<TimeUnit>(token.value);
    if (found && *found != read) return std::nullopt;
    found = read;
  }
  return found;
}

// 日 says less than 工作日 or 自然日, 小时 less than 工作小时: together they mean the clearer one.
std::optional<TimeUnit> agreed(TimeUnit a, TimeUnit b) {
  if (a == b) return a;
  const auto clearer = [](TimeUnit open_unit, TimeUnit clear_unit) {
    return (open_unit == TimeUnit::day &&
            (clear_unit == TimeUnit::working_day || clear_unit == TimeUnit::natural_day)) ||
           (open_unit == TimeUnit::hour && clear_unit == TimeUnit::working_hour);
  };
  if (clearer(a, b)) return b;
  if (clearer(b, a)) return a;
  return std::nullopt;
}

TimeLimit refusal(NotComparable reason) {
  return {.form = LimitForm::not_comparable, .reason = reason};
}

/// Turns what was found into one reading.
class Verdict {
 public:
  Verdict(LimitFindings found, std::optional<TimeUnit> field_unit, bool digits)
      : found_(std::move(found)),
        field_(field_unit ? field_unit : found_.own_unit),
        digits_(digits) {
    for (Mention& m : found_.mentions) sort_in(m);
  }

  TimeLimit limit() {
    TimeLimit limit = bare();
    if (limit.form != LimitForm::not_comparable) limit.counted = found_.counted;
    limit.exclusions = std::move(found_.exclusions);
    limit.extension = found_.extension;
    if (limit.form == LimitForm::not_counted) limit.counted = false;
    if (limit.start == LimitStart::unsaid) limit.start = found_.last_start;
    if (limit.has_amount()) limit.vague = limit.vague || found_.vague;
    return limit;
  }

 private:
  void sort_in(Mention& m) {
    if (m.date && field_ == TimeUnit::month && m.upper.milli > 0) {
      m.fault = NotComparable::none;
      m.has_unit = true;
      m.date = false;
    }
    if (m.date) return;
    if (m.role == MentionRole::exclusion && m.has_unit) excluded_.push_back(&m);
    if (m.role != MentionRole::limit) return;
    (m.instant ? instants_ : m.has_unit ? amounts_ : numbers_).push_back(&m);
  }

  TimeLimit bare() {
    if (found_.recurring) return refusal(NotComparable::recurring);
    for (const Mention* m : amounts_) {
      if (m->fault != NotComparable::none) return refusal(m->fault);
    }
    if (!amounts_.empty()) return with_amounts();
    if (!instants_.empty()) {
      if (found_.no_limit) return refusal(NotComparable::several_values);
      return instant();
    }
    if (found_.excludes) return only_excluded();
    if (found_.no_limit) return {.form = LimitForm::none};
    if (found_.instant_kind && numbers_.empty()) return instant();
    return without_amount();
  }

  [[nodiscard]] TimeLimit instant() const {
    TimeLimit limit{.form = LimitForm::instant};
    limit.amount = {0, field_.value_or(TimeUnit::working_day)};
    return limit;
  }

  [[nodiscard]] TimeLimit with_amounts() const {
    if (found_.no_limit) return refusal(NotComparable::several_values);
    if (amounts_.size() == 2 && amounts_[0]->least != amounts_[1]->least) return between();
    const Mention& first = *amounts_.front();
    for (const Mention* m : amounts_) {
      if (m->upper != first.upper || m->lower != first.lower || m->ordinal != first.ordinal ||
          m->least != first.least) {
        return refusal(NotComparable::several_values);
      }
    }
    if (!instants_.empty() && (!found_.either || first.lower || first.least)) {
      return refusal(NotComparable::several_values);
    }
    TimeLimit limit = amount_of(first);
    if (!instants_.empty() && limit.form == LimitForm::amount) {
      limit.lower = Quantity{0, limit.amount.unit};
    }
    return limit;
  }

  // 不少于5日,不超过10日
  [[nodiscard]] TimeLimit between() const {
    const Mention& low = *amounts_[amounts_[0]->least ? 0 : 1];
    Mention high = *amounts_[amounts_[0]->least ? 1 : 0];
    if (low.upper.unit != high.upper.unit || low.upper.milli > high.upper.milli || low.lower ||
        high.lower || !instants_.empty()) {
      return refusal(NotComparable::several_values);
    }
    high.lower = low.upper;
    return amount_of(high);
  }

  [[nodiscard]] TimeLimit amount_of(const Mention& m) const {
    if (m.within_year && m.start == LimitStart::unsaid && found_.last_start == LimitStart::unsaid) {
      return refusal(NotComparable::calendar_date);  // 1年内: of which year is not said
    }
    const std::optional<TimeUnit> unit_agreed =
        field_ ? agreed(m.upper.unit, *field_) : m.upper.unit;
    if (!unit_agreed) return refusal(NotComparable::several_values);
    TimeLimit limit{.form = LimitForm::amount};
    limit.amount = {m.upper.milli, *unit_agreed};
    if (m.lower) limit.lower = Quantity{m.lower->milli, *unit_agreed};
    limit.ordinal = m.ordinal;
    limit.vague = m.vague;
    limit.start = m.start;
    if (m.least) {
      TimeLimit least_time = refusal(NotComparable::minimum);
      least_time.lower = limit.amount;
      least_time.start = m.start;
      return least_time;
    }
    return limit;
  }

  // "公示7日不计入" is a limit that does not count; "补正时间不计入" has no number.
  TimeLimit only_excluded() {
    if (excluded_.size() == 1 && excluded_.front()->fault == NotComparable::none &&
        numbers_.empty()) {
      found_.counted = false;
      return amount_of(*excluded_.front());
    }
    if (!excluded_.empty() || !numbers_.empty()) return from_numbers();
    return {.form = LimitForm::not_counted};
  }

  [[nodiscard]] TimeLimit without_amount() const {
    if (!numbers_.empty()) return from_numbers();
    if (found_.date) return refusal(NotComparable::calendar_date);
    if (found_.batch) return refusal(NotComparable::recurring);
    return refusal(digits_ ? NotComparable::unreadable : NotComparable::no_number);
  }

  // A number without unit counts only if nothing else is said; any other word may be what it
  // counts.
  [[nodiscard]] TimeLimit from_numbers() const {
    for (const Mention* m : numbers_) {
      if (m->fault != NotComparable::none) return refusal(m->fault);
    }
    if (numbers_.size() > 1) {
      const bool words_only = !digits_ && found_.foreign;
      return refusal(words_only ? NotComparable::no_number : NotComparable::several_values);
    }
    if (numbers_.empty()) return refusal(NotComparable::unreadable);
    Mention m = *numbers_.front();
    if (found_.date) return refusal(NotComparable::calendar_date);
    if (found_.foreign || !instants_.empty() || found_.no_limit) {
      return refusal(digits_ ? NotComparable::unreadable : NotComparable::no_number);
    }
    if (!field_) return refusal(NotComparable::no_unit);
    m.upper.unit = *field_;
    if (out_of_range(m.upper)) return refusal(NotComparable::out_of_range);
    return amount_of(m);
  }

  LimitFindings found_;
  std::optional<TimeUnit> field_;
  bool digits_;
  std::vector<const Mention*> amounts_, numbers_, instants_, excluded_;
};

TimeLimit read_words_of_limit(std::string_view text, std::string_view unit) {
  const Tokens tokens = tokenize(text);
  if (!tokens.valid) return refusal(NotComparable::unreadable);
  if (tokens.list.size() == 1) return {};
  if (!tokens.numbers && is_placeholder(text)) return {.form = LimitForm::none};
  return Verdict(read_clauses(text, tokens.list), read_unit(unit), tokens.digits).limit();
}

}  // namespace

// Flows and guides say 5个工作日 over and over: each thread remembers the short texts it has read.
TimeLimit read_time_limit(std::string_view text, std::string_view unit) {
  constexpr std::size_t longest = 48, most = 512;  // bytes, texts
  if (text.empty()) return {};
  if (text.size() + unit.size() > longest) return read_words_of_limit(text, unit);
  thread_local std::unordered_map<std::string, TimeLimit> known;
  std::string key;
  key.reserve(longest + 1);
  key += text;
  key += '\0';
  key += unit;
  if (const auto found = known.find(key); found != known.end()) return found->second;
  TimeLimit limit = read_words_of_limit(text, unit);
  if (known.size() < most) known.emplace(std::move(key), limit);
  return limit;
}

}  // namespace flowproof
