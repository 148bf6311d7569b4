// Puts the values of one record into a Guide, by a field map. Shared by the JSON and CSV readers.
#pragma once

#include <span>
#include <unordered_map>

#include "flowproof/records.hpp"

namespace flowproof {

/// A key of a record and the object inside the record that has it; empty: the record itself.
struct RecordKey {
  std::string_view inside, key;
  // clang-tidy 14 takes the 0 that <=> compares with for a pointer.
  friend auto operator<=>(const RecordKey&,
                          const RecordKey&) = default;  // NOLINT(modernize-use-nullptr)
};

/// A field map prepared for looking up many keys; one a thread, as it learns keys that are not
/// read.
class RecordBuilder {
 public:
  class Keys;
  /// What becomes of a key; all empty: nothing.
  struct Use {
    const FieldRule* field = nullptr;
    const FieldMap::List* list = nullptr;
    Keys* inside = nullptr;
    std::string_view meant;  ///< not read, but nearly this key, which is
  };
  /// The keys of a record, or of an object inside it.
  class Keys {
   public:
    explicit Keys(const FieldMap::Section& section);
    [[nodiscard]] const Use& use_of(std::string_view key);

   private:
    friend class RecordBuilder;
    struct Hash : std::hash<std::string_view> {
      using is_transparent = void;
    };
    std::unordered_map<std::string, Use, Hash, std::equal_to<>> uses_;
    std::vector<std::string_view> known_;
    std::size_t unread_ = 0;
  };

  explicit RecordBuilder(const FieldMap& map);
  RecordBuilder(RecordBuilder&&) = default;
  RecordBuilder(const RecordBuilder&) = delete;  // keys point to one another

  [[nodiscard]] const FieldMap& map() const { return map_; }
  [[nodiscard]] Keys& top() { return top_; }
  /// Whether a record with these keys, sorted, is one of this map.
  [[nodiscard]] bool recognises(std::span<const RecordKey> keys) const {
    return lacks(keys).empty();
  }
  /// Keys the map asks for that are not among these.
  [[nodiscard]] std::vector<RecordKey> lacks(std::span<const RecordKey> keys) const;
  [[nodiscard]] std::size_t wanted() const { return wanted_.size(); }

  /// Sets an element of the guide.
  static void set(GuideRecord& record, const FieldRule& rule, std::string_view key,
                  std::string_view value);
  /// Sets an element of the list's last row.
  static void set(GuideRecord& record, const FieldMap::List& list, const FieldRule& rule,
                  std::string_view key, std::string_view value);
  /// The record has that list, empty or not.
  static void meet(GuideRecord& record, const FieldMap::List& list);
  /// Adds a row that has only the list's item element, as a bare string does.
  static void add_item(GuideRecord& record, const FieldMap::List& list, std::string_view key,
                       std::string_view value);
  /// Reads limits and drops rows without content; call when all values are in.
  static void finish(GuideRecord& record);

 private:
  static void assign(GuideRecord& record, Text& text, const FieldRule& rule, std::string_view key,
                     std::string_view value);

  const FieldMap& map_;
  std::vector<RecordKey> wanted_;
  Keys top_;
  std::map<std::string_view, Keys> inside_;  // addresses stay
};

/// Puts a record that none of the maps recognises into quarantine; says which map is nearest.
void refuse_unknown(GuideRecord& record, std::span<const RecordBuilder> builders,
                    std::span<const RecordKey> keys);

}  // namespace flowproof
