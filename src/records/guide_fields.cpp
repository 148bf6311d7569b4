#include <algorithm>

#include "flowproof/records.hpp"

namespace flowproof {

namespace {

struct TextRow {
  std::string_view name;
  GuideText text;
};

// A capture-free lambda is the address of an element: tables stay data.
constexpr TextRow text_rows[] = {
    {"name", [](Guide& g) -> Text& { return g.name; }},
    {"code", [](Guide& g) -> Text& { return g.code; }},
    {"catalog", [](Guide& g) -> Text& { return g.catalog; }},
    {"type", [](Guide& g) -> Text& { return g.type; }},
    {"handling", [](Guide& g) -> Text& { return g.handling; }},
    {"authority", [](Guide& g) -> Text& { return g.authority; }},
    {"level", [](Guide& g) -> Text& { return g.level; }},
    {"version", [](Guide& g) -> Text& { return g.version; }},
    {"date", [](Guide& g) -> Text& { return g.date; }},
    {"statutory.value", [](Guide& g) -> Text& { return g.statutory.value; }},
    {"statutory.unit", [](Guide& g) -> Text& { return g.statutory.unit; }},
    {"statutory.note", [](Guide& g) -> Text& { return g.statutory.note; }},
    {"statutory.basis", [](Guide& g) -> Text& { return g.statutory.basis; }},
    {"promised.value", [](Guide& g) -> Text& { return g.promised.value; }},
    {"promised.unit", [](Guide& g) -> Text& { return g.promised.unit; }},
    {"promised.note", [](Guide& g) -> Text& { return g.promised.note; }},
    {"promised.basis", [](Guide& g) -> Text& { return g.promised.basis; }},
    {"promised.span", [](Guide& g) -> Text& { return g.promised.span; }},
    {"procedure", [](Guide& g) -> Text& { return g.procedure; }},
};

template <class Row>
struct Element {
  std::string_view name;
  Text Row::*member;
};

constexpr Element<GuideStep> step_elements[] = {
    {"stage", &GuideStep::stage},         {"name", &GuideStep::name},
    {"performer", &GuideStep::performer}, {"limit", &GuideStep::limit},
    {"unit", &GuideStep::unit},           {"result", &GuideStep::result},
    {"standard", &GuideStep::standard},
};
constexpr Element<GuideSpecial> special_elements[] = {
    {"kind", &GuideSpecial::kind},       {"limit", &GuideSpecial::limit},
    {"unit", &GuideSpecial::unit},       {"basis", &GuideSpecial::basis},
    {"counted", &GuideSpecial::counted},
};
constexpr Element<GuideMaterial> material_elements[] = {
    {"name", &GuideMaterial::name},
    {"need", &GuideMaterial::need},
};
constexpr Element<GuideResult> result_elements[] = {
    {"name", &GuideResult::name},
    {"kind", &GuideResult::kind},
};
constexpr Element<GuideEntry> entry_elements[] = {
    {"kind", &GuideEntry::kind},
    {"text", &GuideEntry::text},
};
constexpr Element<GuideQuestion> question_elements[] = {
    {"ask", &GuideQuestion::ask},
    {"answer", &GuideQuestion::answer},
};

template <auto rows, const auto& elements>
Text* element_of(Guide& guide, std::string_view name) {
  for (const auto& element : elements) {
    if (element.name == name) return &((guide.*rows).back().*element.member);
  }
  return nullptr;
}

template <auto rows>
void add_row(Guide& guide) {
  (guide.*rows).emplace_back();
}

Text* condition_of(Guide& guide, std::string_view name) {
  return name == "text" ? &guide.conditions.back() : nullptr;
}

template <auto rows, const auto& elements>
GuideElement find_in(const Guide& guide, std::uint32_t field) {
  for (const auto& row : guide.*rows) {
    for (const auto& element : elements) {
      const Text& text = row.*element.member;
      if (!text.empty() && text.span.offset == field) return {{}, element.name, &text};
    }
  }
  return {};
}

GuideElement find_condition(const Guide& guide, std::uint32_t field) {
  const auto found =
      std::ranges::find(guide.conditions, field, [](const Text& text) { return text.span.offset; });
  return found == guide.conditions.end() ? GuideElement{} : GuideElement{{}, "text", &*found};
}

struct FindRow {
  std::string_view list;
  GuideElement (*find)(const Guide&, std::uint32_t field);
};
constexpr FindRow find_rows[] = {
    {"step", &find_in<&Guide::steps, step_elements>},
    {"special", &find_in<&Guide::specials, special_elements>},
    {"material", &find_in<&Guide::materials, material_elements>},
    {"result", &find_in<&Guide::results, result_elements>},
    {"remedy", &find_in<&Guide::remedies, entry_elements>},
    {"contact", &find_in<&Guide::contacts, entry_elements>},
    {"question", &find_in<&Guide::questions, question_elements>},
    {"condition", &find_condition},
};

constexpr GuideList list_rows[] = {
    {"step", &add_row<&Guide::steps>, &element_of<&Guide::steps, step_elements>},
    {"special", &add_row<&Guide::specials>, &element_of<&Guide::specials, special_elements>},
    {"material", &add_row<&Guide::materials>, &element_of<&Guide::materials, material_elements>},
    {"result", &add_row<&Guide::results>, &element_of<&Guide::results, result_elements>},
    {"remedy", &add_row<&Guide::remedies>, &element_of<&Guide::remedies, entry_elements>},
    {"contact", &add_row<&Guide::contacts>, &element_of<&Guide::contacts, entry_elements>},
    {"question", &add_row<&Guide::questions>, &element_of<&Guide::questions, question_elements>},
    {"condition", &add_row<&Guide::conditions>, &condition_of},
};

}  // namespace

GuideText guide_text_named(std::string_view name) {
  const auto* found = std::find_if(std::begin(text_rows), std::end(text_rows),
                                   [&](const TextRow& row) { return row.name == name; });
  return found == std::end(text_rows) ? nullptr : found->text;
}

const GuideList* guide_list_named(std::string_view name) {
  const auto* found = std::find_if(std::begin(list_rows), std::end(list_rows),
                                   [&](const GuideList& row) { return row.name == name; });
  return found == std::end(list_rows) ? nullptr : found;
}

GuideElement guide_element_at(const Guide& guide, std::uint32_t field) {
  for (const TextRow& row : text_rows) {
    // The table gives places to write to; nothing is written here.
    const Text& text = row.text(const_cast<Guide&>(guide));
    if (!text.empty() && text.span.offset == field) return {{}, row.name, &text};
  }
  for (const FindRow& row : find_rows) {
    GuideElement element = row.find(guide, field);
    if (element.text == nullptr) continue;
    element.list = row.list;
    return element;
  }
  return {};
}

std::vector<std::string> guide_text_names() {
  std::vector<std::string> names;
  for (const TextRow& row : text_rows) names.emplace_back(row.name);
  return names;
}

}  // namespace flowproof
