// The values of a JSON object in preorder; simdjson's only home.
#include <simdjson.h>

#include <array>
#include <charconv>
#include <deque>

#include "records/module_parts.hpp"

namespace flowproof::records {

namespace {

using simdjson::dom::element;
using simdjson::dom::element_type;

constexpr std::size_t greatest_depth = 64;
constexpr std::size_t first_capacity = 64U << 10;

class Parser final : public JsonParser {
 public:
  Parser() {
    // Sets the depth; a failure shows when the first record is parsed.
    if (parser_.allocate(first_capacity, greatest_depth) != simdjson::SUCCESS) return;
  }

  Outcome read(std::string_view json, std::vector<JsonValue>& values) override {
    values.clear();
    used_ = 0;
    element document;
    simdjson::error_code error = parser_.parse(json.data(), json.size(), true).get(document);
    if (error == simdjson::SUCCESS) error = document.get_object().error();
    if (error != simdjson::SUCCESS) {
      return {error == simdjson::UTF8_ERROR ? JsonFault::not_utf8 : JsonFault::other,
              simdjson::error_message(error)};
    }
    add({}, document, values);
    return {};
  }

 private:
  // As deep as the parser lets a document be, greatest_depth.
  void add(std::string_view key, element value, std::vector<JsonValue>& values) {
    const std::size_t self = values.size();
    values.push_back({JsonValue::Kind::scalar, 0, key, {}});
    simdjson::dom::object object;
    simdjson::dom::array array;
    if (value.get_object().get(object) == simdjson::SUCCESS) {
      values[self].kind = JsonValue::Kind::object;
      for (const auto field : object) add(field.key, field.value, values);
    } else if (value.get_array().get(array) == simdjson::SUCCESS) {
      values[self].kind = JsonValue::Kind::array;
      for (const element item : array) add({}, item, values);
    } else {
      values[self].text = scalar(value);
    }
    values[self].end = static_cast<std::uint32_t>(values.size());
  }

  std::string_view scalar(element value) {
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

  template <class Number>
  std::string_view written(Number number) {
    if (used_ == numbers_.size()) numbers_.emplace_back();
    std::array<char, 32>& digits = numbers_[used_++];
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number);
    return {digits.data(), static_cast<std::size_t>(end.ptr - digits.data())};
  }

  simdjson::dom::parser parser_;
  std::deque<std::array<char, 32>> numbers_;  // of the last object; used again for the next
  std::size_t used_ = 0;
};

}  // namespace

std::unique_ptr<JsonParser> json_parser() { return std::make_unique<Parser>(); }

}  // namespace flowproof::records
