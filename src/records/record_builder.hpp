// Puts the values of one record into a Guide, by a field map. Shared by the JSON and CSV readers.
#pragma once

#include <unordered_map>

#include "flowproof/records.hpp"

namespace flowproof {

/// A field map prepared for looking up many keys.
class RecordBuilder {
 public:
  explicit RecordBuilder(const FieldMap& map);

  [[nodiscard]] const FieldMap& map() const { return map_; }
  /// The rule of a key, null if the map does not know it.
  [[nodiscard]] const FieldRule* field(std::string_view key) const;
  [[nodiscard]] const FieldMap::List* list(std::string_view key) const;

  /// Sets an element of the guide; the first key that has a value wins.
  static void set(GuideRecord& record, const FieldRule& rule, std::string_view key,
                  std::string_view value);
  /// Sets an element of the list's last row.
  static void set(GuideRecord& record, const FieldMap::List& list, const FieldRule& rule,
                  std::string_view key, std::string_view value);
  /// Adds a row that has only the list's item element, as a bare string does.
  static void add_item(GuideRecord& record, const FieldMap::List& list, std::string_view key,
                       std::string_view value);
  /// Reads limits and drops rows without content; call when all values are in.
  static void finish(GuideRecord& record);

 private:
  static void assign(GuideRecord& record, Text& text, const FieldRule& rule, std::string_view key,
                     std::string_view value);

  const FieldMap& map_;
  std::unordered_map<std::string_view, const FieldRule*> fields_;
  std::unordered_map<std::string_view, const FieldMap::List*> lists_;
};

}  // namespace flowproof
