#include "records/json_records.hpp"

#include <simdjson.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <set>

namespace flowproof {

namespace {

constexpr std::size_t greatest_depth = 64;
constexpr std::size_t first_capacity = 64U << 10;

/// Text of a scalar; numbers as JSON wrote them but for trailing zeros of fractions.
std::string_view scalar(simdjson::dom::element value, std::array<char, 32>& buffer) {
  using simdjson::dom::element_type;
  const auto written = [&](auto number) {
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number);
    return std::string_view(buffer.data(), static_cast<std::size_t>(end.ptr - buffer.data()));
  };
  switch (value.type()) {
    case element_type::STRING:
      return value.get_string().value_unsafe();
    case element_type::INT64:
      return written(value.get_int64().value_unsafe());
    case element_type::UINT64:
      return written(value.get_uint64().value_unsafe());
    case element_type::DOUBLE:
      return written(value.get_double().value_unsafe());
    case element_type::BOOL:
      return value.get_bool().value_unsafe() ? "true" : "false";
    default:
      return {};
  }
}

Quarantine reason_of(simdjson::error_code error, std::string_view json) {
  const std::size_t first = json.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
  if (first != std::string_view::npos && json[first] == '<') return Quarantine::markup;
  if (error == simdjson::UTF8_ERROR) return Quarantine::encoding;
  return Quarantine::not_json;
}

}  // namespace

struct JsonRecordReader::State {
  explicit State(std::span<RecordBuilder> maps) : builders(maps) {
    for (const RecordBuilder& builder : maps) {
      for (const auto& [key, section] : builder.map().inside) holders.insert(key);
    }
  }

  std::span<RecordBuilder> builders;
  std::set<std::string_view> holders;  ///< keys of objects that some map looks into
  simdjson::dom::parser parser;
  RecordBuilder* last = nullptr;  // records of one portal follow one another
  std::vector<RecordKey> keys;    // of the record at hand, sorted
  std::array<char, 32> buffer{};

  bool collect_keys(simdjson::dom::object object, GuideRecord& record);
  RecordBuilder* builder_of_keys();
  void fill(simdjson::dom::object object, std::string_view inside, RecordBuilder::Keys& known,
            GuideRecord& record);
  void fill_list(simdjson::dom::element value, const FieldMap::List& list, std::string_view key,
                 GuideRecord& record);
};

namespace {

/// An object, or the first of an array of them: portals hand over a row of a table either way.
std::optional<simdjson::dom::object> row_in(simdjson::dom::element value) {
  simdjson::dom::array rows;
  if (value.get_array().get(rows) == simdjson::SUCCESS) {
    if (rows.begin() == rows.end()) return std::nullopt;
    value = *rows.begin();
  }
  simdjson::dom::object object;
  if (value.get_object().get(object) != simdjson::SUCCESS) return std::nullopt;
  return object;
}

}  // namespace

bool JsonRecordReader::State::collect_keys(simdjson::dom::object object, GuideRecord& record) {
  keys.clear();
  for (const auto field : object) {
    keys.push_back({{}, field.key});
    if (!holders.contains(field.key)) continue;
    if (const auto row = row_in(field.value)) {
      for (const auto held : *row) keys.push_back({field.key, held.key});
    }
  }
  std::sort(keys.begin(), keys.end());
  const auto twice = std::adjacent_find(keys.begin(), keys.end());
  if (twice == keys.end()) return true;
  record.quarantine = Quarantine::repeated_key;
  record.detail = {{"{key}", "{key}"}, {{"key", std::string(twice->key)}}};
  return false;
}

RecordBuilder* JsonRecordReader::State::builder_of_keys() {
  if (last != nullptr && last->recognises(keys)) return last;
  const auto found = std::find_if(builders.begin(), builders.end(),
                                  [&](const RecordBuilder& one) { return one.recognises(keys); });
  last = found == builders.end() ? nullptr : &*found;
  return last;
}

void JsonRecordReader::State::fill_list(simdjson::dom::element value, const FieldMap::List& list,
                                        std::string_view key, GuideRecord& record) {
  RecordBuilder::meet(record, list);
  simdjson::dom::array rows;
  if (value.get_array().get(rows) != simdjson::SUCCESS) {
    RecordBuilder::add_item(record, list, key, scalar(value, buffer));
    return;
  }
  for (const simdjson::dom::element row : rows) {
    simdjson::dom::object object;
    if (row.get_object().get(object) != simdjson::SUCCESS) {
      RecordBuilder::add_item(record, list, key, scalar(row, buffer));
      continue;
    }
    list.list->add(record.guide);
    for (const auto field : object) {
      const auto rule = list.fields.find(field.key);
      if (rule == list.fields.end()) continue;
      RecordBuilder::set(record, list, rule->second, rule->first, scalar(field.value, buffer));
    }
  }
}

void JsonRecordReader::State::fill(simdjson::dom::object object, std::string_view inside,
                                   RecordBuilder::Keys& known, GuideRecord& record) {
  for (const auto field : object) {
    const RecordBuilder::Use& use = known.use_of(field.key);
    if (use.field != nullptr) {
      RecordBuilder::set(record, *use.field, field.key, scalar(field.value, buffer));
    } else if (use.list != nullptr) {
      fill_list(field.value, *use.list, field.key, record);
    } else if (use.inside != nullptr) {
      if (const auto row = row_in(field.value)) fill(*row, field.key, *use.inside, record);
    } else if (!use.meant.empty() &&
               !std::binary_search(keys.begin(), keys.end(), RecordKey{inside, use.meant})) {
      record.misspelt.push_back({std::string(field.key), std::string(use.meant)});
    }
  }
}

JsonRecordReader::JsonRecordReader(std::span<RecordBuilder> builders)
    : state_(std::make_unique<State>(builders)) {
  // Sets the depth; a failure shows when the first record is parsed.
  if (state_->parser.allocate(first_capacity, greatest_depth) != simdjson::SUCCESS) return;
}
JsonRecordReader::~JsonRecordReader() = default;
JsonRecordReader::JsonRecordReader(JsonRecordReader&&) noexcept = default;

GuideRecord JsonRecordReader::read(std::string_view json, std::uint64_t line) {
  GuideRecord record;
  record.line = line;
  if (json.starts_with("\xEF\xBB\xBF")) json.remove_prefix(3);
  State& state = *state_;
  simdjson::dom::object object;
  const simdjson::error_code error =
      state.parser.parse(json.data(), json.size(), true).get_object().get(object);
  if (error != simdjson::SUCCESS) {
    record.quarantine = reason_of(error, json);
    record.detail = {{"{reason}", "{reason}"}, {{"reason", simdjson::error_message(error)}}};
    return record;
  }
  if (!state.collect_keys(object, record)) return record;
  RecordBuilder* builder = state.builder_of_keys();
  if (builder == nullptr) {
    refuse_unknown(record, state.builders, state.keys);
    return record;
  }
  record.guide.tells_contacts = false;
  state.fill(object, {}, builder->top(), record);
  RecordBuilder::finish(record);
  return record;
}

}  // namespace flowproof
