// Reads a field map (urn:flowproof:fieldmap:1, docs/field-maps.md): which key of a portal's record
// is which element of a guide.
#include <algorithm>
#include <span>

#include "flowproof/readers.hpp"
#include "flowproof/records.hpp"
#include "xml/element_reader.hpp"

namespace flowproof {

namespace {

constexpr XmlFormat field_map_format{"fieldmap", "urn:flowproof:fieldmap:1", {}};

struct RootRow {
  Text name, title, source;
};
constexpr Field<RootRow> root_fields[] = {{"name", &RootRow::name, Required::yes},
                                          {"title", &RootRow::title, Required::yes},
                                          {"source", &RootRow::source}};
struct KeyRow {
  Text key, to, item, kind;
};
constexpr Field<KeyRow> key_fields[] = {{"key", &KeyRow::key, Required::yes}};
constexpr Field<KeyRow> field_fields[] = {{"key", &KeyRow::key, Required::yes},
                                          {"to", &KeyRow::to, Required::yes}};
constexpr Field<KeyRow> list_fields[] = {{"key", &KeyRow::key, Required::yes},
                                         {"to", &KeyRow::to, Required::yes},
                                         {"item", &KeyRow::item},
                                         {"kind", &KeyRow::kind}};
struct CodeRow {
  Text value, means;
};
constexpr Field<CodeRow> code_fields[] = {{"value", &CodeRow::value, Required::yes},
                                          {"means", &CodeRow::means, Required::yes}};

constexpr std::string_view root_children[] = {"recognise", "field", "list", "inside"};
constexpr std::string_view inside_children[] = {"recognise", "field", "list"};
constexpr std::string_view list_children[] = {"field"};
constexpr std::string_view field_children[] = {"code"};

class FieldMapReader {
 public:
  FieldMapReader(const XmlDocument& document, Diagnostics& out)
      : reader_(document, field_map_format, out) {}

  std::optional<FieldMap> read() {
    if (!reader_.check_root()) return std::nullopt;
    reader_.report_hidden();
    RootRow root;
    reader_.read(reader_.root(), root, root_fields);
    map_.name = root.name.value;
    map_.title = root.title.value;
    map_.source = root.source.value;
    reader_.for_each_child(reader_.root(), [&](const XmlElement& child) {
      if (child.name == "inside") return read_inside(child);
      read_child(reader_.root(), child, root_children, map_.top);
    });
    return std::move(map_);
  }

 private:
  template <std::size_t n>
  KeyRow keys(const XmlElement& element, const Field<KeyRow> (&fields)[n]) {
    KeyRow row;
    reader_.read(element, row, fields);
    reader_.expect_no_text(element);
    return row;
  }

  void read_inside(const XmlElement& element) {
    FieldMap::Section& section = map_.inside[keys(element, key_fields).key.value];
    reader_.for_each_child(element, [&](const XmlElement& child) {
      read_child(element, child, inside_children, section);
    });
  }

  void read_child(const XmlElement& parent, const XmlElement& child,
                  std::span<const std::string_view> known, FieldMap::Section& into) {
    if (child.name == "recognise") {
      into.recognise.push_back(keys(child, key_fields).key.value);
      reader_.expect_no_children(child);
    } else if (child.name == "field") {
      read_field(child, nullptr, into.fields);
    } else if (child.name == "list") {
      read_list(child, into.lists);
    } else {
      reader_.unknown_child(parent, child, known);
    }
  }

  void read_field(const XmlElement& element, const GuideList* list,
                  std::map<std::string, FieldRule, std::less<>>& into) {
    const KeyRow row = keys(element, field_fields);
    FieldRule rule{row.to.value, nullptr, {}, next_rank_++};
    if (list == nullptr) {
      rule.text = guide_text_named(row.to.value);
      if (rule.text == nullptr) return unknown_target(row.to);
    } else if (!has_element(*list, row.to.value)) {
      return unknown_target(row.to);
    }
    reader_.for_each_child(element, [&](const XmlElement& child) {
      if (child.name != "code") return reader_.unknown_child(element, child, field_children);
      CodeRow code;
      reader_.read(child, code, code_fields);
      rule.codes.insert_or_assign(code.value.value, code.means.value);
    });
    into.insert_or_assign(row.key.value, std::move(rule));
  }

  void read_list(const XmlElement& element,
                 std::map<std::string, FieldMap::List, std::less<>>& into) {
    const KeyRow row = keys(element, list_fields);
    FieldMap::List list{guide_list_named(row.to.value), row.item.value, row.kind.value, {}};
    if (list.list == nullptr) return unknown_target(row.to);
    if (!row.item.empty() && !has_element(*list.list, row.item.value)) unknown_target(row.item);
    if (!row.kind.empty() && !has_element(*list.list, "kind")) unknown_target(row.kind);
    reader_.for_each_child(element, [&](const XmlElement& child) {
      if (child.name != "field") return reader_.unknown_child(element, child, list_children);
      read_field(child, list.list, list.fields);
    });
    into.insert_or_assign(row.key.value, std::move(list));
  }

  static bool has_element(const GuideList& list, std::string_view name) {
    Guide guide;
    list.add(guide);
    return list.element(guide, name) != nullptr;
  }

  void unknown_target(const Text& to) {
    if (to.empty()) return;  // missing-attribute says it
    const std::vector<std::string> names = guide_text_names();
    const std::vector<std::string_view> known(names.begin(), names.end());
    reader_.unknown_value_at("to", to, known);
  }

  ElementReader reader_;
  FieldMap map_;
  std::uint32_t next_rank_ = 0;
};

}  // namespace

Parsed<FieldMap> read_field_map(const SourceText& source, SourceIndex index) {
  return read_document<FieldMap>(source, index, ReadLimits{},
                                 [](const XmlDocument& document, Diagnostics& out) {
                                   return FieldMapReader(document, out).read();
                                 });
}

}  // namespace flowproof
