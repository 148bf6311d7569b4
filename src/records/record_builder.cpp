#include "records/record_builder.hpp"

#include <algorithm>
#include <iterator>

#include "base/nearest_name.hpp"

namespace flowproof {

RecordBuilder::Keys::Keys(const FieldMap::Section& section) {
  for (const auto& [key, rule] : section.fields) uses_[key].field = &rule;
  for (const auto& [key, list] : section.lists) uses_[key].list = &list;
  for (const auto& [key, use] : uses_) known_.push_back(key);
  std::sort(known_.begin(), known_.end());
}

const RecordBuilder::Use& RecordBuilder::Keys::use_of(std::string_view key) {
  if (const auto found = uses_.find(key); found != uses_.end()) return found->second;
  constexpr std::size_t most_unread = 4096;  // keys of hostile streams never end
  // Short names are near to one another by nature: 结果名称, 结果样本.
  constexpr std::ptrdiff_t shortest = 5;
  static constexpr Use nothing;
  constexpr std::size_t longest = 256;
  if (unread_ >= most_unread || key.size() > longest) return nothing;
  ++unread_;
  Use use;
  const auto characters = std::count_if(key.begin(), key.end(), [](char byte) {
    return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U;  // no continuation of UTF-8
  });
  if (characters >= shortest) use.meant = nearest_name(key, known_);
  return uses_.emplace(key, use).first->second;
}

RecordBuilder::RecordBuilder(const FieldMap& map) : map_(map), top_(map.top) {
  for (const std::string& key : map.top.recognise) wanted_.push_back({{}, key});
  for (const auto& [name, section] : map.inside) {
    for (const std::string& key : section.recognise) wanted_.push_back({name, key});
    top_.uses_[name].inside = &inside_.emplace(name, section).first->second;
  }
}

std::vector<RecordKey> RecordBuilder::lacks(std::span<const RecordKey> keys) const {
  std::vector<RecordKey> out;
  std::copy_if(wanted_.begin(), wanted_.end(), std::back_inserter(out), [&](const RecordKey& key) {
    return !std::binary_search(keys.begin(), keys.end(), key);
  });
  return out;
}

void refuse_unknown(GuideRecord& record, std::span<const RecordBuilder> builders,
                    std::span<const RecordKey> keys) {
  record.quarantine = Quarantine::no_map;
  const RecordBuilder* nearest = nullptr;
  std::vector<RecordKey> lacks;
  for (const RecordBuilder& builder : builders) {
    std::vector<RecordKey> own = builder.lacks(keys);
    if (own.size() == builder.wanted() || (nearest != nullptr && own.size() >= lacks.size()))
      continue;
    nearest = &builder;
    lacks = std::move(own);
  }
  if (nearest == nullptr) return;
  std::vector<std::string> names;
  for (const RecordKey& key : lacks) {
    names.push_back(std::string(key.inside) + (key.inside.empty() ? "" : "/") +
                    std::string(key.key));
  }
  record.detail = {{"最接近“{map}”，但缺少 {keys}", "nearest to '{map}', but lacks {keys}"},
                   {{"map", nearest->map().name}, {"keys", std::move(names)}}};
}

void RecordBuilder::assign(GuideRecord& record, Text& text, const FieldRule& rule,
                           std::string_view key, std::string_view value) {
  const bool taken = !text.empty();
  if (taken && record.ranks[text.span.offset] <= rule.rank) return;
  std::string clean = clean_value(value);
  if (clean.empty()) return;
  const auto code = rule.codes.find(clean);
  if (code != rule.codes.end()) {
    text.value = code->second;
  } else {
    text.value = std::move(clean);
  }
  if (taken) {
    record.fields[text.span.offset] = key;
    record.ranks[text.span.offset] = rule.rank;
    return;
  }
  text.span.offset = static_cast<std::uint32_t>(record.fields.size());
  record.fields.emplace_back(key);
  record.ranks.push_back(rule.rank);
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

void RecordBuilder::meet(GuideRecord& record, const FieldMap::List& list) {
  if (list.list->name == "contact") record.guide.tells_contacts = true;
}

void RecordBuilder::add_item(GuideRecord& record, const FieldMap::List& list, std::string_view key,
                             std::string_view value) {
  if (list.item.empty()) return;
  list.list->add(record.guide);
  set(record, list, FieldRule{list.item, nullptr, {}, 0}, key, value);
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
  for (GuideMaterial& material : guide.materials) {
    if (const NeedWord* known = need_word(material.need.value)) material.reading = known->need;
  }
  for (GuideStep& step : guide.steps)
    step.reading = read_time_limit(step.limit.value, step.unit.value);
  for (GuideSpecial& special : guide.specials)
    special.reading = read_time_limit(special.limit.value, special.unit.value);
}

}  // namespace flowproof
