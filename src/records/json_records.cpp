#include "records/json_records.hpp"

#include <algorithm>
#include <optional>
#include <set>

#include "records/module.hpp"

namespace flowproof {

namespace {

using records::JsonFault;
using records::JsonValue;
using Kind = JsonValue::Kind;

Quarantine reason_of(JsonFault fault, std::string_view json) {
  const std::size_t first = json.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
  if (first != std::string_view::npos && json[first] == '<') return Quarantine::markup;
  if (fault == JsonFault::not_utf8) return Quarantine::encoding;
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
  std::unique_ptr<records::JsonParser> parser;
  std::vector<JsonValue> values;  // of the record at hand; the first is the record itself
  RecordBuilder* last = nullptr;  // records of one portal follow one another
  std::vector<RecordKey> keys;    // of the record at hand, sorted

  template <class Visit>
  void for_each_in(std::size_t holder, Visit visit) const {
    for (std::size_t i = holder + 1; i < values[holder].end; i = values[i].end) visit(i);
  }
  [[nodiscard]] std::optional<std::size_t> row_in(std::size_t value) const;
  bool collect_keys(GuideRecord& record);
  RecordBuilder* builder_of_keys();
  void fill(std::size_t object, std::string_view inside, RecordBuilder::Keys& known,
            GuideRecord& record) const;
  void fill_list(const JsonValue& value, const FieldMap::List& list, GuideRecord& record) const;
};

/// An object, or the first of an array of them: portals hand over a row of a table either way.
std::optional<std::size_t> JsonRecordReader::State::row_in(std::size_t value) const {
  if (values[value].kind == Kind::array && value + 1 < values[value].end) ++value;
  if (values[value].kind != Kind::object) return std::nullopt;
  return value;
}

bool JsonRecordReader::State::collect_keys(GuideRecord& record) {
  keys.clear();
  for_each_in(0, [&](std::size_t field) {
    const std::string_view key = values[field].key;
    keys.push_back({{}, key});
    if (!holders.contains(key)) return;
    if (const auto row = row_in(field)) {
      for_each_in(*row, [&](std::size_t held) { keys.push_back({key, values[held].key}); });
    }
  });
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

void JsonRecordReader::State::fill_list(const JsonValue& value, const FieldMap::List& list,
                                        GuideRecord& record) const {
  RecordBuilder::meet(record, list);
  if (value.kind != Kind::array) {
    RecordBuilder::add_item(record, list, value.key, value.text);
    return;
  }
  for_each_in(static_cast<std::size_t>(&value - values.data()), [&](std::size_t row) {
    if (values[row].kind != Kind::object) {
      RecordBuilder::add_item(record, list, value.key, values[row].text);
      return;
    }
    list.list->add(record.guide);
    for_each_in(row, [&](std::size_t field) {
      const auto rule = list.fields.find(values[field].key);
      if (rule == list.fields.end()) return;
      RecordBuilder::set(record, list, rule->second, rule->first, values[field].text);
    });
  });
}

void JsonRecordReader::State::fill(std::size_t object, std::string_view inside,
                                   RecordBuilder::Keys& known, GuideRecord& record) const {
  for_each_in(object, [&](std::size_t i) {
    const JsonValue& value = values[i];
    const RecordBuilder::Use& use = known.use_of(value.key);
    if (use.field != nullptr) {
      RecordBuilder::set(record, *use.field, value.key, value.text);
    } else if (use.list != nullptr) {
      fill_list(value, *use.list, record);
    } else if (use.inside != nullptr) {
      if (const auto row = row_in(i)) fill(*row, value.key, *use.inside, record);
    } else if (!use.meant.empty() &&
               !std::binary_search(keys.begin(), keys.end(), RecordKey{inside, use.meant})) {
      record.misspelt.push_back({std::string(value.key), std::string(use.meant)});
    }
  });
}

JsonRecordReader::JsonRecordReader(std::span<RecordBuilder> builders)
    : state_(std::make_unique<State>(builders)) {
  // Whoever opened the stream has asked whether the module is there.
  if (const auto& module = records::module()) state_->parser = (*module)->json_parser();
}
JsonRecordReader::~JsonRecordReader() = default;
JsonRecordReader::JsonRecordReader(JsonRecordReader&&) noexcept = default;

GuideRecord JsonRecordReader::read(std::string_view json, std::uint64_t line) {
  GuideRecord record;
  record.line = line;
  if (json.starts_with("\xEF\xBB\xBF")) json.remove_prefix(3);
  State& state = *state_;
  const records::JsonParser::Outcome outcome =
      state.parser == nullptr ? records::JsonParser::Outcome{JsonFault::other, "?"}
                              : state.parser->read(json, state.values);
  if (outcome.fault != JsonFault::none) {
    record.quarantine = reason_of(outcome.fault, json);
    record.detail = {{"{reason}", "{reason}"}, {{"reason", std::string(outcome.detail)}}};
    return record;
  }
  if (!state.collect_keys(record)) return record;
  RecordBuilder* builder = state.builder_of_keys();
  if (builder == nullptr) {
    refuse_unknown(record, state.builders, state.keys);
    return record;
  }
  record.guide.tells_contacts = false;
  state.fill(0, {}, builder->top(), record);
  RecordBuilder::finish(record);
  return record;
}

}  // namespace flowproof
