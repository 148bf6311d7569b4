// Guide records as portals export them, read as they are.
//
// A field map (templates/fieldmaps/*.xml) says which key of a record is which element of a guide; a
// new portal is a new file. Records come as JSON (one object a line, or an array) or as CSV/TSV.
// Used by `audit`, which streams any number of them in flat memory, and by whatever needs one
// record as a Guide.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "flowproof/guide.hpp"
#include "flowproof/message.hpp"
#include "flowproof/profile.hpp"
#include "flowproof/result.hpp"

namespace flowproof {

/// An element of a guide by its name in field maps: "statutory.value", "authority".
using GuideText = Text& (*)(Guide&);
[[nodiscard]] GuideText guide_text_named(std::string_view name);

/// A list of a guide ("step", "material" …): adds a row and gives its elements by name.
struct GuideList {
  std::string_view name;
  void (*add)(Guide&);
  Text* (*element)(Guide&, std::string_view name);  ///< of the row added last; null if unknown
};
[[nodiscard]] const GuideList* guide_list_named(std::string_view name);
[[nodiscard]] std::vector<std::string> guide_text_names();

/// The element of a guide that a field became: "promised.value", "step.limit".
struct GuideElement {
  std::string_view list, name;  ///< the list is empty for an element outside lists
  const Text* text = nullptr;   ///< null: there is none, or its row was dropped as empty
};
/// By the number of the field, which is the offset of the text's place (see GuideRecord).
[[nodiscard]] GuideElement guide_element_at(const Guide& guide, std::uint32_t field);

/// What becomes of one key of a record.
struct FieldRule {
  std::string to;            ///< "statutory.value"; inside a list, the element's name
  GuideText text = nullptr;  ///< outside lists
  std::map<std::string, std::string, std::less<>> codes;  ///< "1" -> 工作日
  std::uint32_t rank = 0;  ///< of several keys for one element the lowest with a value wins
};

struct FieldMap {
  struct List {
    const GuideList* list = nullptr;
    std::string item;  ///< element that a bare string of the array becomes
    std::string kind;  ///< what the rows of such strings are, if the key alone says it: 咨询
    std::map<std::string, FieldRule, std::less<>> fields;
  };
  struct Section {
    std::vector<std::string> recognise;  ///< keys that a record of this portal has
    std::map<std::string, FieldRule, std::less<>> fields;
    std::map<std::string, List, std::less<>> lists;
  };
  std::string name, title, source;
  Section top;
  std::map<std::string, Section, std::less<>> inside;  ///< objects that the record holds, by key
};

[[nodiscard]] Parsed<FieldMap> read_field_map(const SourceText& source, SourceIndex index);

/// A value as portals write it, made clean: entities (also encoded twice), tags, control
/// characters, blanks at the ends; placeholders (无, 暂无, /, -, null) become empty.
[[nodiscard]] std::string clean_value(std::string_view raw);

/// Why a record could not be used.
enum class Quarantine : std::uint8_t {
  none,
  not_json,  ///< no object, broken syntax, too deep
  markup,    ///< an HTML page in the stream
  encoding,  ///< bytes that are no UTF-8
  too_long,
  repeated_key,
  no_map,         ///< no field map recognises it
  wrong_columns,  ///< CSV: more or fewer than the header has
  cut_off,        ///< the last line ends in the middle
};
[[nodiscard]] LocalizedText name_of(Quarantine reason);

/// One record. Places of its texts are field numbers: span.offset indexes `fields`.
struct GuideRecord {
  std::uint64_t line = 0;  ///< where it begins, from 1
  Quarantine quarantine = Quarantine::none;
  Message detail;  ///< of the quarantine
  Guide guide;
  std::vector<std::string> fields;   ///< names of the fields used
  std::vector<std::uint32_t> ranks;  ///< theirs, see FieldRule
  struct Misspelt {
    std::string key, meant;
  };
  std::vector<Misspelt> misspelt;  ///< keys that are not read but look like one that is missing
};

/// Limits of a stream of records.
struct RecordLimits {
  std::size_t bytes = 1U << 20;  ///< one record
};

}  // namespace flowproof
