// The field's closed sets: stages, outcomes, item types, handling types.
//
// The sets are code, the words for them are data: a profile lists which words mean which member
// (受理: 受理, 接收受理, 受理决定 …), so an office can add its own without touching C++.
#pragma once

#include <array>
#include <bitset>
#include <cstdint>
#include <forward_list>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "flowproof/message.hpp"

namespace flowproof {

/// Canonical stages (环节), in the order of a procedure; domain model of GB/T 39046 and the
/// portals.
enum class Stage : std::uint8_t {
  apply,       ///< 申请
  precheck,    ///< 预审, outside every clock
  receive,     ///< 收件
  accept,      ///< 受理
  supplement,  ///< 补正
  review,      ///< 审查
  site,        ///< 现场核查
  special,     ///< 特别程序 (行政许可法 45 and the like)
  decide,      ///< 决定
  certify,     ///< 制证
  deliver,     ///< 送达
  publish,     ///< 公示, 公开
  archive,     ///< 归档, 事后监管
  withdraw,    ///< 撤回
  suspend,     ///< 中止, 恢复
  extend,      ///< 延期
  terminate,   ///< 终止
  forward,     ///< 转报
};

/// What an exit of the procedure means for the applicant.
enum class Outcome : std::uint8_t {
  granted,       ///< 准予, 办结 with the thing applied for
  not_accepted,  ///< 不予受理, 不受理
  refused,       ///< 不予许可, 不予决定
  supplement,    ///< 补正告知
  withdrawn,     ///< 撤回, 视为撤回
  terminated,    ///< 终止
  forwarded,     ///< 转报, 上报
};

/// 事项类型, GB/T 39046 A.1.
enum class ItemType : std::uint8_t {
  licence,         ///< 行政许可
  penalty,         ///< 行政处罚
  coercion,        ///< 行政强制
  levy,            ///< 行政征收
  benefit,         ///< 行政给付
  inspection,      ///< 行政检查
  confirmation,    ///< 行政确认
  reward,          ///< 行政奖励
  adjudication,    ///< 行政裁决
  other_power,     ///< 其他行政权力
  public_service,  ///< 公共服务
  part,            ///< 子流程: no item of its own, called by one (ours, not of the standard)
};

/// 办件类型, GB/T 39046 A.6 and the values of real systems.
enum class Handling : std::uint8_t { instant, promised, joint, forwarded, other };

[[nodiscard]] LocalizedText name_of(Stage stage);
[[nodiscard]] LocalizedText name_of(Outcome outcome);
[[nodiscard]] LocalizedText name_of(ItemType type);
[[nodiscard]] LocalizedText name_of(Handling handling);

/// Identifier in data files ("accept", "not-accepted"); the other direction is empty if unknown.
[[nodiscard]] std::string_view id_of(Stage stage);
[[nodiscard]] std::string_view id_of(Outcome outcome);
[[nodiscard]] std::string_view id_of(ItemType type);
[[nodiscard]] std::string_view id_of(Handling handling);
[[nodiscard]] std::string_view id_of(TimeUnit unit);  ///< "working-day"
[[nodiscard]] std::optional<Stage> stage_of_id(std::string_view id);
[[nodiscard]] std::optional<Outcome> outcome_of_id(std::string_view id);
[[nodiscard]] std::optional<ItemType> item_type_of_id(std::string_view id);
[[nodiscard]] std::optional<Handling> handling_of_id(std::string_view id);

/// One word found in a text: what it means and which word it was, so that a match can be explained.
template <class T>
struct Match {
  T meaning{};
  std::string_view word;  ///< points into the vocabulary
};

/// Of the first character of a text, which is not empty; three bytes are one Chinese character.
template <std::size_t slots>
[[nodiscard]] std::size_t slot_of(std::string_view text) {
  const auto byte = [&](std::size_t i) -> std::size_t {
    return static_cast<unsigned char>(text[i]);
  };
  if (byte(0) < 0x80 || text.size() < 3) return byte(0) % slots;
  return ((byte(0) * 31 + byte(1)) * 31 + byte(2)) % slots;
}

/// Where words of a list may begin: most characters of a text begin none.
template <std::size_t slots>
class WordStarts {
 public:
  void add(std::string_view word) { slots_.set(slot_of<slots>(word)); }
  /// Pre: neither text is empty.
  [[nodiscard]] bool may_begin(std::string_view text) const {
    return slots_.test(slot_of<slots>(text));
  }

 private:
  std::bitset<slots> slots_;
};

/// Calls visit(word) for each word of a list separated by white space, as profiles write them.
template <class Visit>
void for_each_word(std::string_view list, Visit visit) {
  const auto is_blank = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; };
  for (std::size_t at = 0, end = 0;; at = end) {
    while (at < list.size() && is_blank(list[at])) ++at;
    if (at == list.size()) return;
    for (end = at; end < list.size() && !is_blank(list[end]);) ++end;
    visit(list.substr(at, end - at));
  }
}

/// Words found by their first character; they are kept elsewhere.
template <std::size_t slots>
class WordIndex {
 public:
  /// The word's number is how many were added before.
  void add(std::string_view word) {
    std::uint32_t& head = first_[slot_of<slots>(word)];
    words_.push_back({word, head});
    head = static_cast<std::uint32_t>(words_.size());
  }
  void reserve(std::size_t words) { words_.reserve(words); }
  [[nodiscard]] std::size_t size() const { return words_.size(); }
  [[nodiscard]] std::string_view word(std::size_t number) const { return words_[number].text; }

  /// The number of the longest word that stands at the front of the text.
  [[nodiscard]] std::optional<std::size_t> at_front(std::string_view text) const {
    std::optional<std::size_t> longest;
    for (std::uint32_t i = text.empty() ? 0 : first_[slot_of<slots>(text)]; i > 0;) {
      const Word& entry = words_[--i];
      if ((!longest || entry.text.size() > word(*longest).size()) && text.starts_with(entry.text)) {
        longest = i;
      }
      i = entry.next;
    }
    return longest;
  }
  /// The number of the word that is the whole text.
  [[nodiscard]] std::optional<std::size_t> exactly(std::string_view text) const {
    for (std::uint32_t i = text.empty() ? 0 : first_[slot_of<slots>(text)]; i > 0;) {
      const Word& entry = words_[--i];
      if (entry.text == text) return i;
      i = entry.next;
    }
    return std::nullopt;
  }

 private:
  struct Word {
    std::string_view text;
    std::uint32_t next;  // place from 1 of one that may begin with the same character; 0: none
  };
  std::vector<Word> words_;
  std::array<std::uint32_t, slots> first_{};  // by slot of a first character: place from 1
};

/// Words of one closed set, from the profile. Profiles that extend one another share what they do
/// not change: a copy is a pointer.
template <class T>
class WordList {
 public:
  /// Words separated by white space. One given again means what was said last.
  void add(std::string words, T meaning) {
    if (!list_ || list_.use_count() > 1) own();
    for_each_word(list_->texts.emplace_front(std::move(words)), [&](std::string_view word) {
      if (const auto known = list_->index.exactly(word)) {
        list_->meanings[*known] = meaning;
      } else {
        list_->index.add(word);
        list_->meanings.push_back(meaning);
      }
    });
  }
  /// In the order they were first given.
  [[nodiscard]] std::vector<std::pair<std::string_view, T>> words() const {
    std::vector<std::pair<std::string_view, T>> all;
    for (std::size_t i = 0; list_ && i < list_->index.size(); ++i) {
      all.emplace_back(list_->index.word(i), list_->meanings[i]);
    }
    return all;
  }

  /// The whole text is a word of the list.
  [[nodiscard]] std::optional<Match<T>> exactly(std::string_view text) const {
    return list_ ? match(list_->index.exactly(text)) : std::nullopt;
  }
  /// The longest word that stands at the front of the text.
  [[nodiscard]] std::optional<Match<T>> at_front(std::string_view text) const {
    return list_ ? match(list_->index.at_front(text)) : std::nullopt;
  }
  /// The very same list, not only one of the same words.
  friend bool operator==(const WordList&, const WordList&) = default;

 private:
  struct List {
    std::shared_ptr<const List> base;  // its texts are pointed to as well
    std::forward_list<std::string> texts;
    WordIndex<512> index;
    std::vector<T> meanings;  // by number of the word
  };
  void own() {
    auto list = std::make_shared<List>();
    if (list_) {
      list->index = list_->index;
      list->meanings = list_->meanings;
      list->base = std::move(list_);
    }
    list_ = std::move(list);
  }
  [[nodiscard]] std::optional<Match<T>> match(std::optional<std::size_t> number) const {
    if (!number) return std::nullopt;
    return Match<T>{list_->meanings[*number], list_->index.word(*number)};
  }

  std::shared_ptr<List> list_;
};

/// Phrases in the order of the profile; shared as the words of a WordList are.
class PhraseList {
 public:
  /// Phrases separated by white space.
  explicit PhraseList(std::string phrases);
  /// The first phrase of the list that stands anywhere in the text; empty if none does.
  [[nodiscard]] std::string_view first_in(std::string_view text) const;

 private:
  struct List;
  std::shared_ptr<const List> list_;
};

/// Words that a line break should not divide, for Chinese is written without spaces; shared as the
/// words of a WordList are.
class TermList {
 public:
  /// Words separated by white space.
  void add(std::string words);
  [[nodiscard]] bool empty() const { return list_ == nullptr; }
  /// Bytes of the longest word of two characters or more at the front of the text; 0: none.
  [[nodiscard]] std::size_t at_front(std::string_view text) const;
  /// The very same list, not only one of the same words.
  friend bool operator==(const TermList&, const TermList&) = default;

 private:
  struct List;
  std::shared_ptr<List> list_;
};

struct Vocabulary {
  WordList<Stage> stages;
  WordList<Outcome> outcomes;
  WordList<ItemType> item_types;
  WordList<Handling> handlings;
};

/// What a text says: every stage word in it, left to right and the longest at each place, up to the
/// first outcome word ("不予受理决定书" is an outcome; the words 受理 and 决定 in it mean nothing
/// more).
struct Reading {
  std::uint32_t stages = 0;           ///< one bit a Stage
  std::optional<Match<Stage>> stage;  ///< the first one
  std::optional<Match<Outcome>> outcome;
};
[[nodiscard]] Reading read_words(const Vocabulary& vocabulary, std::string_view text);

constexpr std::uint32_t bit_of(Stage stage) { return 1U << static_cast<unsigned>(stage); }

}  // namespace flowproof
