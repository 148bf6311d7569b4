#include "model/time_clauses.hpp"

#include <algorithm>
#include <array>

#include "model/time_words.hpp"

namespace flowproof {

namespace {

using enum TokenKind;

constexpr std::size_t nowhere = static_cast<std::size_t>(-1);

/// A clause between commas, or inside a bracket. `prior` is the clause it may refer back to.
struct Clause {
  std::size_t begin = 0;
  std::size_t prior_begin = 0, prior_end = 0;
  std::size_t object = nowhere;  // after 不含
  std::size_t except = nowhere;  // after 除
  bool excluding = false, extending = false, aside = false, part = false, least = false;
};

bool adds_nothing(TokenKind kind) {
  return kind == plain || kind == most || kind == itself || kind == open || kind == close ||
         kind == counter || kind == comma || kind == stop;
}

// Days off are no working days anyway: "不含节假日" excludes no procedure.
bool is_day_off(std::string_view text) {
  static constexpr std::array<std::string_view, 10> words{
      "节假日", "法定节假日", "法定假日", "法定休假日", "双休日",
      "周末",   "休息日",     "公休日",   "节日",       "法定节假日时间"};
  return std::find(words.begin(), words.end(), text) != words.end();
}

/// Goes over the tokens once and gives every mention its role.
class Walk {
 public:
  Walk(std::string_view text, const std::vector<Token>& tokens) : text_(text), tokens_(tokens) {}

  LimitFindings go() {
    for (std::size_t i = 0; i < tokens_.size();) {
      const TokenKind kind = tokens_[i].kind;
      const bool instantly = kind == instant;
      if (kind == number || kind == half || instantly) {
        std::optional<Mention> mention = instantly
                                             ? Mention{.begin = i, .end = i + 1, .instant = true}
                                             : read_mention(tokens_, i);
        i = mention->end;
        add(*mention);
      } else {
        take(i);
        ++i;
      }
    }
    return std::move(found_);
  }

 private:
  void add(Mention mention) {
    if (mention.role == MentionRole::limit) {
      if (clause_.extending) {
        mention.role = MentionRole::extension;
        if (mention.has_unit && mention.fault == NotComparable::none && !found_.extension) {
          found_.extension = mention.upper;
        }
      } else if (clause_.part || clause_.aside || clause_.excluding) {
        mention.role = MentionRole::aside;
      }
    }
    mention.least = mention.least || clause_.least;
    mention.start = start_;
    found_.date = found_.date || mention.fault == NotComparable::calendar_date;
    found_.mentions.push_back(mention);
  }

  void take(std::size_t i) {
    switch (tokens_[i].kind) {
      case open:
        open_bracket(i);
        break;
      case close:
        close_bracket(i);
        break;
      case comma:
        next_clause(i, false);
        break;
      case stop:
        next_clause(i, true);
        break;
      case exclude:
        if (ends_clause(i + 1)) {
          exclude_subject(i);
        } else {
          open_exclusion(i + 1);
        }
        break;
      case excluded:
        if (tokens_[i + 1].kind == link) {  // 不计入：专家评审
          open_exclusion(i + 2);
        } else {
          exclude_subject(i);
        }
        break;
      case except:
        if (i == clause_.begin) clause_.except = i + 1;
        break;
      case outside:
        exclude_between(i);
        break;
      case part:
        clause_.part = true;
        clause_.begin = i + 1;
        break;
      case extend:
        clause_.extending = true;
        break;
      case validity:
        clause_.aside = true;
        break;
      case least:
        clause_.least = true;
        break;
      case start_open:
        open_start_ = i;
        before_event_ = clause_;
        events_ = 0;
        break;
      case start_close:
        close_event(i);
        break;
      case after:
        if (i > clause_.begin || open_start_ != nowhere) close_event(i);
        break;
      case event_got:
        events_ |= got;
        break;
      case event_application:
        events_ |= application;
        break;
      case event_acceptance:
        events_ |= acceptance;
        break;
      case event_decision:
        events_ |= decision;
        break;
      default:
        note(i);
    }
  }

  void note(std::size_t i) {
    switch (tokens_[i].kind) {
      case vague:
        found_.vague = found_.vague || !clause_.excluding;
        break;
      case alternative:
      case not_instant:
        found_.either = true;
        break;
      case instant_kind:
        found_.instant_kind = true;
        break;
      case batch:
        found_.batch = true;
        break;
      case every:
        found_.recurring = found_.recurring || unit_follows(i + 1);
        break;
      case date:
        found_.date = true;
        break;
      case no_limit:
        found_.no_limit = true;
        break;
      case unit: {
        const bool enclosed = i > 0 && tokens_[i - 1].kind == open && tokens_[i + 1].kind == close;
        if (enclosed && !found_.own_unit) {
          found_.own_unit = static_cast<TimeUnit>(tokens_[i].value);
        } else {
          found_.foreign = true;
        }
        break;
      }
      case times:
      case other:
        found_.foreign = true;
        break;
      default:
        break;
    }
  }

  void open_exclusion(std::size_t object) {
    clause_.excluding = true;
    clause_.object = object;
    found_.excludes = true;
  }

  [[nodiscard]] bool unit_follows(std::size_t i) const {
    if (tokens_[i].kind == counter) ++i;
    return tokens_[i].kind == unit;
  }
  [[nodiscard]] bool ends_clause(std::size_t i) const {
    const TokenKind kind = tokens_[i].kind;
    return kind == comma || kind == stop || kind == close;
  }

  void open_bracket(std::size_t i) {
    constexpr std::size_t deepest = 16;  // deeper ones say nothing, but must not cost memory
    if (outer_.size() == deepest) {
      ++too_deep_;
      return;
    }
    outer_.push_back(clause_);
    clause_.prior_begin = clause_.begin;
    clause_.prior_end = i;
    clause_.begin = i + 1;
    clause_.object = nowhere;
    clause_.except = nowhere;
  }
  void close_bracket(std::size_t i) {
    if (too_deep_ > 0) {
      --too_deep_;
      return;
    }
    end_clause(i);
    if (outer_.empty()) return;
    clause_ = outer_.back();
    outer_.pop_back();
  }
  void next_clause(std::size_t i, bool sentence) {
    end_clause(i);
    const std::size_t begin = clause_.begin;
    const bool part = clause_.part && !sentence;
    clause_ = {.begin = i + 1, .prior_begin = begin, .prior_end = i, .part = part};
  }
  void end_clause(std::size_t i) {
    if (clause_.object != nowhere) exclude_tokens(clause_.object, i);
    // English says the start last: "20 days from acceptance".
    if (open_start_ != nowhere && tokens_[open_start_].latin) {
      found_.last_start = classify();
      open_start_ = nowhere;
    }
    if (open_start_ == nowhere) events_ = 0;
  }

  [[nodiscard]] LimitStart classify() const {
    if ((events_ & got) != 0) {
      return (events_ & application) != 0 ? LimitStart::receipt : LimitStart::other;
    }
    if ((events_ & acceptance) != 0) return LimitStart::acceptance;
    if ((events_ & decision) != 0) return LimitStart::decision;
    return (events_ & application) != 0 ? LimitStart::receipt : LimitStart::other;
  }

  // 自 … 之日起: numbers between them belong to the event.
  void close_event(std::size_t i) {
    start_ = found_.last_start = classify();
    const bool opened = open_start_ != nowhere;
    if (opened) set_role_since(open_start_, MentionRole::aside);
    // 延长 or 有效期 in the event's own words says nothing about the limit that follows.
    clause_.extending = opened && before_event_.extending;
    clause_.aside = opened && before_event_.aside;
    clause_.least = opened && before_event_.least;
    open_start_ = nowhere;
    events_ = 0;
    if (clause_.object == nowhere && clause_.except == nowhere) clause_.begin = i + 1;
  }

  // 除 … 外
  void exclude_between(std::size_t i) {
    if (clause_.except == nowhere) return;
    found_.excludes = true;
    exclude_tokens(clause_.except, i);
    set_role_since(clause_.except, MentionRole::aside);
    clause_.except = nowhere;
    clause_.begin = i + 1;
  }

  void set_role_since(std::size_t from, MentionRole role) {
    for (auto m = found_.mentions.rbegin(); m != found_.mentions.rend() && m->begin >= from; ++m) {
      if (m->role == MentionRole::limit) m->role = role;
    }
  }

  // … 不计入, … 除外: what stands before it in the clause, or the limit itself.
  void exclude_subject(std::size_t i) {
    found_.excludes = true;
    std::size_t begin = clause_.begin;
    const Mention* last = found_.mentions.empty() ? nullptr : &found_.mentions.back();
    const bool amount = last != nullptr && last->begin >= begin;
    if (amount && says_something(last->end, i)) {
      begin = last->end;
      while (adds_nothing(tokens_[begin].kind)) ++begin;
      exclude_tokens(begin, i);
    } else if (amount && says_something(begin, first_mention_since(begin))) {
      exclude_tokens(begin, i);
      set_role_since(begin, MentionRole::exclusion);
    } else if (!amount && says_something(begin, i)) {
      exclude_tokens(begin, i);
    } else if (!amount && last != nullptr && last->begin >= clause_.prior_begin) {
      found_.counted = false;
    } else if (!amount && says_something(clause_.prior_begin, clause_.prior_end)) {
      exclude_tokens(clause_.prior_begin, clause_.prior_end);
    } else {
      found_.counted = false;
    }
    clause_.prior_begin = begin;
    clause_.prior_end = i;
    clause_.begin = i + 1;
  }

  [[nodiscard]] std::size_t first_mention_since(std::size_t begin) const {
    std::size_t first = begin;
    for (auto m = found_.mentions.rbegin(); m != found_.mentions.rend() && m->begin >= begin; ++m) {
      first = m->begin;
    }
    return first;
  }
  [[nodiscard]] bool says_something(std::size_t begin, std::size_t end) const {
    for (std::size_t i = begin; i < end; ++i) {
      if (!adds_nothing(tokens_[i].kind)) return true;
    }
    return false;
  }

  // One exclusion for every member of an enumeration.
  void exclude_tokens(std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i <= end; ++i) {
      const TokenKind kind = tokens_[i].kind;
      if (i < end && kind != list && kind != link && kind != alternative) continue;
      if (i > begin) exclude_text(tokens_[begin].begin, tokens_[i - 1].end);
      begin = i + 1;
    }
  }
  void exclude_text(std::size_t begin, std::size_t end) {
    std::string_view text = text_.substr(begin, end - begin);
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) return;
    text = text.substr(first, text.find_last_not_of(" \t\r\n") + 1 - first);
    if (!is_day_off(text)) found_.exclusions.emplace_back(text);
  }

  static constexpr unsigned got = 1, application = 2, acceptance = 4, decision = 8;

  std::string_view text_;
  const std::vector<Token>& tokens_;
  LimitFindings found_;
  Clause clause_;
  std::vector<Clause> outer_;
  std::size_t too_deep_ = 0;
  std::size_t open_start_ = nowhere;
  Clause before_event_;  // the clause as it was at open_start_
  unsigned events_ = 0;
  LimitStart start_ = LimitStart::unsaid;
};

}  // namespace

LimitFindings read_clauses(std::string_view text, const std::vector<Token>& tokens) {
  return Walk(text, tokens).go();
}

}  // namespace flowproof
