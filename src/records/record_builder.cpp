#include "records/record_builder.hpp"

#include <algorithm>

namespace flowproof {

RecordBuilder::RecordBuilder(const FieldMap& map) : map_(map) {
  for (const auto& [key, rule] : map.fields) fields_.emplace(key, &rule);
  for (const auto& [key, list] : map.lists) lists_.emplace(key, &list);
}

const FieldRule* RecordBuilder::field(std::string_view key) const {
  const auto found = fields_.find(key);
  return found == fields_.end() ? nullptr : found->second;
}

const FieldMap::List* RecordBuilder::list(std::string_view key) const {
  const auto found = lists_.find(key);
  return found == lists_.end() ? nullptr : found->second;
}

void RecordBuilder::assign(GuideRecord& record, Text& text, const FieldRule& rule,
                           std::string_view key, std::string_view value) {
  if (!text.empty()) return;
  text.value = clean_value(value);
  if (text.value.empty()) return;
  if (const auto code = rule.codes.find(text.value); code != rule.codes.end()) {
    text.value = code->second;
  }
  text.span.offset = static_cast<std::uint32_t>(record.fields.size());
  record.fields.emplace_back(key);
}

void RecordBuilder::set(GuideRecord& record, const FieldRule& rule, std::string_view key,
                        std::string_view value) {
  assign(record, rule.text(record.guide), rule, key, value);
}

void RecordBuilder::set(GuideRecord& record, const FieldMap::List& list, const FieldRule& rule,
                        std::string_view key, std::string_view value) {
  if (Text* text = list.list->element(record.guide, rule.to))
    assign(record, *text, rule, key, value);
}

void RecordBuilder::add_item(GuideRecord& record, const FieldMap::List& list, std::string_view key,
                             std::string_view value) {
  if (list.item.empty()) return;
  list.list->add(record.guide);
  set(record, list, FieldRule{list.item, nullptr, {}}, key, value);
  Text* kind = list.kind.empty() ? nullptr : list.list->element(record.guide, "kind");
  if (kind != nullptr) kind->value = list.kind;
}

void RecordBuilder::finish(GuideRecord& record) {
  Guide& guide = record.guide;
  constexpr std::uint32_t no_field = ~0U;  // what is missing stands nowhere
  guide.span.offset = no_field;
  for (GuideLimit* limit : {&guide.statutory, &guide.promised}) {
    limit->reading = read_time_limit(limit->value.value, limit->unit.value);
    limit->place = limit->value.span;
    if (!limit->given()) limit->place.offset = no_field;
  }
  // Portals fill special procedures with empty shells: none, not a record.
  std::erase_if(guide.specials,
                [](const GuideSpecial& s) { return s.kind.empty() && s.limit.empty(); });
  std::erase_if(guide.steps, [](const GuideStep& s) { return s.name.empty() && s.stage.empty(); });
  std::erase_if(guide.materials, [](const GuideMaterial& m) { return m.name.empty(); });
  std::erase_if(guide.results, [](const GuideResult& r) { return r.name.empty(); });
  std::erase_if(guide.contacts, [](const GuideEntry& e) { return e.text.empty(); });
  std::erase_if(guide.remedies, [](const GuideEntry& e) { return e.text.empty(); });
  std::erase_if(guide.questions, [](const GuideQuestion& q) { return q.answer.empty(); });
  std::erase_if(guide.conditions, [](const Text& text) { return text.empty(); });
  for (GuideStep& step : guide.steps)
    step.reading = read_time_limit(step.limit.value, step.unit.value);
  for (GuideSpecial& special : guide.specials)
    special.reading = read_time_limit(special.limit.value, special.unit.value);
}

}  // namespace flowproof
