// The field's closed sets: stages, outcomes, item types, handling types.
//
// The sets are code, the words for them are data: a profile lists which words mean which member
// (受理: 受理, 接收受理, 受理决定 …), so an office can add its own without touching C++.
#pragma once

#include <algorithm>
#include <bitset>
#include <cstdint>
#include <iterator>
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

/// Words of one closed set, from the profile. Profiles that extend one another share what they do
/// not change: a copy is a pointer.
template <class T>
class WordList {
 public:
  using Row = std::pair<std::string, T>;

  /// A word given again means what was said last. Many at once are quicker than one by one.
  void add(std::vector<Row> rows) {
    std::erase_if(rows, [](const Row& row) { return row.first.empty(); });
    if (rows.empty()) return;
    const auto by_word = [](const Row& a, const Row& b) { return a.first < b.first; };
    std::stable_sort(rows.begin(), rows.end(), by_word);
    auto list = std::make_shared<List>();
    std::vector<Row>& all = list->words;
    all.reserve(words().size() + rows.size());
    std::merge(words().begin(), words().end(), std::make_move_iterator(rows.begin()),
               std::make_move_iterator(rows.end()), std::back_inserter(all), by_word);
    // The last of equal ones stays: unique from behind.
    const auto same = [](const Row& a, const Row& b) { return a.first == b.first; };
    all.erase(all.begin(), std::unique(all.rbegin(), all.rend(), same).base());
    for (const Row& row : all) list->starts.add(row.first);
    list_ = std::move(list);
  }
  /// Sorted by word.
  [[nodiscard]] const std::vector<Row>& words() const { return list_->words; }

  /// The whole text is a word of the list.
  [[nodiscard]] std::optional<Match<T>> exactly(std::string_view text) const {
    const auto found = behind(text);
    if (found == words().begin() || std::prev(found)->first != text) return std::nullopt;
    return Match<T>{std::prev(found)->second, std::prev(found)->first};
  }

  /// The longest word that stands at the front of the text.
  [[nodiscard]] std::optional<Match<T>> at_front(std::string_view text) const {
    if (text.empty() || !list_->starts.may_begin(text)) return std::nullopt;
    // A word sorts before its extensions: going down from the text, the first prefix is the
    // longest.
    for (auto word = behind(text); word != words().begin();) {
      --word;
      if (text.starts_with(word->first)) return Match<T>{word->second, word->first};
      if (word->first.front() != text.front()) break;
    }
    return std::nullopt;
  }

 private:
  // The first word that sorts behind the text.
  [[nodiscard]] auto behind(std::string_view text) const {
    return std::upper_bound(words().begin(), words().end(), text,
                            [](std::string_view a, const Row& b) { return a < b.first; });
  }

  struct List {
    std::vector<Row> words;
    WordStarts<1024> starts;
  };
  static std::shared_ptr<const List> empty_list() {
    static const auto empty = std::make_shared<const List>();
    return empty;
  }
  std::shared_ptr<const List> list_ = empty_list();
};

/// Phrases in the order of the profile; shared as the words of a WordList are.
class PhraseList {
 public:
  PhraseList() = default;
  explicit PhraseList(std::vector<std::string> phrases);

  [[nodiscard]] std::span<const std::string> phrases() const {
    return list_ ? std::span<const std::string>(list_->phrases) : std::span<const std::string>();
  }
  /// The first phrase of the list that stands anywhere in the text; empty if none does.
  [[nodiscard]] std::string_view first_in(std::string_view text) const;

 private:
  struct List {
    std::vector<std::string> phrases;
    WordStarts<256> starts;
  };
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
