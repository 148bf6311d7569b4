#include "flowproof/vocabulary.hpp"

#include <algorithm>
#include <atomic>
#include <mutex>

namespace flowproof {

namespace {

template <class T>
struct Term {
  T value;
  std::string_view id;
  LocalizedText name;
};

constexpr Term<Stage> stage_terms[] = {
    {Stage::apply, "apply", {"申请", "application"}},
    {Stage::precheck, "precheck", {"预审", "pre-check"}},
    {Stage::receive, "receive", {"收件", "receipt"}},
    {Stage::accept, "accept", {"受理", "acceptance"}},
    {Stage::supplement, "supplement", {"补正", "supplementing materials"}},
    {Stage::review, "review", {"审查", "review"}},
    {Stage::site, "site", {"现场核查", "site inspection"}},
    {Stage::special, "special", {"特别程序", "special procedure"}},
    {Stage::decide, "decide", {"决定", "decision"}},
    {Stage::certify, "certify", {"制证", "licence making"}},
    {Stage::deliver, "deliver", {"送达", "delivery"}},
    {Stage::publish, "publish", {"公示公开", "publication"}},
    {Stage::archive, "archive", {"归档监管", "filing and supervision"}},
    {Stage::withdraw, "withdraw", {"撤回", "withdrawal"}},
    {Stage::suspend, "suspend", {"中止", "suspension"}},
    {Stage::extend, "extend", {"延期", "extension"}},
    {Stage::terminate, "terminate", {"终止", "termination"}},
    {Stage::forward, "forward", {"转报", "forwarding"}},
};

constexpr Term<Outcome> outcome_terms[] = {
    {Outcome::granted, "granted", {"准予", "granted"}},
    {Outcome::not_accepted, "not-accepted", {"不予受理", "not accepted"}},
    {Outcome::refused, "refused", {"不予决定", "refused"}},
    {Outcome::supplement, "supplement", {"补正告知", "told to supplement"}},
    {Outcome::withdrawn, "withdrawn", {"撤回", "withdrawn"}},
    {Outcome::terminated, "terminated", {"终止", "terminated"}},
    {Outcome::forwarded, "forwarded", {"转报", "forwarded"}},
};

constexpr Term<ItemType> item_type_terms[] = {
    {ItemType::licence, "licence", {"行政许可", "administrative licence"}},
    {ItemType::penalty, "penalty", {"行政处罚", "administrative penalty"}},
    {ItemType::coercion, "coercion", {"行政强制", "administrative coercion"}},
    {ItemType::levy, "levy", {"行政征收", "administrative levy"}},
    {ItemType::benefit, "benefit", {"行政给付", "administrative benefit"}},
    {ItemType::inspection, "inspection", {"行政检查", "administrative inspection"}},
    {ItemType::confirmation, "confirmation", {"行政确认", "administrative confirmation"}},
    {ItemType::reward, "reward", {"行政奖励", "administrative reward"}},
    {ItemType::adjudication, "adjudication", {"行政裁决", "administrative adjudication"}},
    {ItemType::other_power, "other-power", {"其他行政权力", "other administrative power"}},
    {ItemType::public_service, "public-service", {"公共服务", "public service"}},
    {ItemType::part, "part", {"子流程", "part of a procedure"}},
};

constexpr Term<Handling> handling_terms[] = {
    {Handling::instant, "instant", {"即办件", "handled on the spot"}},
    {Handling::promised, "promised", {"承诺件", "handled within a promised limit"}},
    {Handling::joint, "joint", {"联办件", "handled jointly"}},
    {Handling::forwarded, "forwarded", {"上报件", "forwarded to a higher body"}},
    {Handling::other, "other", {"其他", "other"}},
};

std::size_t utf8_length(char first) {
  const auto byte = static_cast<unsigned char>(first);
  return byte < 0xC0 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
}

// Every table lists its enumerators in order, so that the value is the index.
template <class T, std::size_t n>
constexpr bool in_order(const Term<T> (&terms)[n]) {
  for (std::size_t i = 0; i < n; ++i) {
    if (static_cast<std::size_t>(terms[i].value) != i) return false;
  }
  return true;
}
static_assert(in_order(stage_terms) && in_order(outcome_terms) && in_order(item_type_terms) &&
              in_order(handling_terms));

template <class T, std::size_t n>
std::optional<T> by_id(const Term<T> (&terms)[n], std::string_view id) {
  const auto* found = std::find_if(std::begin(terms), std::end(terms),
                                   [&](const Term<T>& t) { return t.id == id; });
  if (found == std::end(terms)) return std::nullopt;
  return found->value;
}

}  // namespace

LocalizedText name_of(Stage stage) { return stage_terms[static_cast<std::size_t>(stage)].name; }
LocalizedText name_of(Outcome o) { return outcome_terms[static_cast<std::size_t>(o)].name; }
LocalizedText name_of(ItemType type) {
  return item_type_terms[static_cast<std::size_t>(type)].name;
}
LocalizedText name_of(Handling h) { return handling_terms[static_cast<std::size_t>(h)].name; }
std::string_view id_of(Stage stage) { return stage_terms[static_cast<std::size_t>(stage)].id; }
std::string_view id_of(Outcome o) { return outcome_terms[static_cast<std::size_t>(o)].id; }
std::string_view id_of(ItemType type) { return item_type_terms[static_cast<std::size_t>(type)].id; }
std::string_view id_of(Handling h) { return handling_terms[static_cast<std::size_t>(h)].id; }
std::string_view id_of(TimeUnit unit) {
  switch (unit) {
    case TimeUnit::minute:
      return "minute";
    case TimeUnit::working_hour:
      return "working-hour";
    case TimeUnit::hour:
      return "hour";
    case TimeUnit::working_day:
      return "working-day";
    case TimeUnit::day:
      return "day";
    case TimeUnit::natural_day:
      return "natural-day";
    case TimeUnit::week:
      return "week";
    case TimeUnit::month:
      return "month";
    case TimeUnit::year:
      return "year";
  }
  return {};
}
std::optional<Stage> stage_of_id(std::string_view id) { return by_id(stage_terms, id); }
std::optional<Outcome> outcome_of_id(std::string_view id) { return by_id(outcome_terms, id); }
std::optional<ItemType> item_type_of_id(std::string_view id) { return by_id(item_type_terms, id); }
std::optional<Handling> handling_of_id(std::string_view id) { return by_id(handling_terms, id); }

// What most runs never ask for is made when it is first asked for, by whichever thread.
template <class T>
class Lazy {
 public:
  template <class Make>
  const T& get(Make make) const {
    if (!made_.load(std::memory_order_acquire)) {
      std::call_once(once_, [&] {
        make(value_);
        made_.store(true, std::memory_order_release);
      });
    }
    return value_;
  }
  [[nodiscard]] bool made() const { return made_.load(std::memory_order_acquire); }

 private:
  mutable std::once_flag once_;
  mutable std::atomic<bool> made_ = false;
  mutable T value_;
};

struct PhraseList::List {
  struct Phrases {
    std::vector<std::string_view> all;
    WordStarts<256> starts;
  };
  std::string text;
  Lazy<Phrases> split;

  explicit List(std::string phrases) : text(std::move(phrases)) {}
  const Phrases& phrases() const {
    return split.get([&](Phrases& phrases) {
      for_each_word(text, [&](std::string_view phrase) {
        phrases.all.push_back(phrase);
        phrases.starts.add(phrase);
      });
    });
  }
};

PhraseList::PhraseList(std::string phrases)
    : list_(std::make_shared<const List>(std::move(phrases))) {}

std::string_view PhraseList::first_in(std::string_view text) const {
  const List::Phrases& phrases = list_->phrases();
  const std::vector<std::string_view>& all = phrases.all;
  std::size_t first = all.size();
  if (first <= 2) {  // the library's search is quicker for one phrase
    for (const std::string_view phrase : all) {
      if (text.find(phrase) != std::string_view::npos) return phrase;
    }
    return {};
  }
  while (!text.empty() && first > 0) {
    if (phrases.starts.may_begin(text)) {
      for (std::size_t i = 0; i < first; ++i) {
        if (text.starts_with(all[i])) first = i;
      }
    }
    text.remove_prefix(std::min(utf8_length(text.front()), text.size()));
  }
  return first < all.size() ? all[first] : std::string_view();
}

struct TermList::List {
  static constexpr std::size_t usual_word = 7;  // bytes, with a blank

  std::vector<std::string> texts;
  Lazy<WordIndex<1024>> index;

  const WordIndex<1024>& words() const {
    return index.get([&](WordIndex<1024>& words) {
      std::size_t bytes = 0;
      for (const std::string& text : texts) bytes += text.size();
      words.reserve(bytes / usual_word);
      for (const std::string& text : texts) {
        for_each_word(text, [&](std::string_view word) {
          if (word.size() > utf8_length(word.front())) words.add(word);
        });
      }
    });
  }
};

void TermList::add(std::string words) {
  if (!list_ || list_.use_count() > 1 || list_->index.made()) {
    auto list = std::make_shared<List>();
    if (list_) list->texts = list_->texts;
    list_ = std::move(list);
  }
  list_->texts.push_back(std::move(words));
}

std::size_t TermList::at_front(std::string_view text) const {
  if (!list_) return 0;
  const WordIndex<1024>& words = list_->words();
  const std::optional<std::size_t> longest = words.at_front(text);
  return longest ? words.word(*longest).size() : 0;
}

Reading read_words(const Vocabulary& vocabulary, std::string_view text) {
  Reading reading;
  while (!text.empty()) {
    const auto stage = vocabulary.stages.at_front(text);
    const auto outcome = vocabulary.outcomes.at_front(text);
    std::size_t step = utf8_length(text.front());
    // The longer word is the one meant; a word of both lists means both.
    if (stage && (!outcome || stage->word.size() >= outcome->word.size())) {
      reading.stages |= bit_of(stage->meaning);
      if (!reading.stage) reading.stage = stage;
      step = stage->word.size();
    }
    if (outcome && (!stage || outcome->word.size() >= stage->word.size())) {
      reading.outcome = outcome;
      break;
    }
    text.remove_prefix(std::min(step, text.size()));
  }
  return reading;
}

}  // namespace flowproof
