// Reads *.guide.xml (urn:flowproof:guide:1, docs/formats.md) into a Guide.
#include <algorithm>
#include <array>

#include "flowproof/readers.hpp"
#include "xml/element_reader.hpp"

namespace flowproof {

namespace {

constexpr std::string_view id_attributes[] = {"code", "catalog"};
constexpr XmlFormat guide_format{"guide", "urn:flowproof:guide:1", id_attributes};

constexpr Field<Guide> root_fields[] = {
    {"name", &Guide::name, Required::yes},
    {"code", &Guide::code},
    {"catalog", &Guide::catalog},
    {"type", &Guide::type},
    {"handling", &Guide::handling},
    {"authority", &Guide::authority},
    {"level", &Guide::level},
    {"version", &Guide::version},
    {"date", &Guide::date},
};
constexpr Field<GuideLimit> statutory_fields[] = {
    {"value", &GuideLimit::value, Required::yes},
    {"unit", &GuideLimit::unit},
    {"note", &GuideLimit::note},
    {"basis", &GuideLimit::basis},
};
constexpr Field<GuideLimit> promised_fields[] = {
    {"value", &GuideLimit::value, Required::yes},
    {"unit", &GuideLimit::unit},
    {"note", &GuideLimit::note},
    {"basis", &GuideLimit::basis},
    {"span", &GuideLimit::span},
};
constexpr Field<GuideStep> step_fields[] = {
    {"stage", &GuideStep::stage},         {"name", &GuideStep::name, Required::yes},
    {"performer", &GuideStep::performer}, {"limit", &GuideStep::limit},
    {"result", &GuideStep::result},       {"standard", &GuideStep::standard},
};
constexpr Field<GuideSpecial> special_fields[] = {
    {"kind", &GuideSpecial::kind, Required::yes},
    {"limit", &GuideSpecial::limit},
    {"basis", &GuideSpecial::basis},
    {"counted", &GuideSpecial::counted},
};
constexpr Field<GuideMaterial> material_fields[] = {
    {"name", &GuideMaterial::name, Required::yes},
    {"need", &GuideMaterial::need},
};
constexpr Field<GuideResult> result_fields[] = {
    {"name", &GuideResult::name, Required::yes},
    {"kind", &GuideResult::kind},
};
constexpr Field<GuideEntry> entry_fields[] = {{"kind", &GuideEntry::kind, Required::yes}};
constexpr Field<GuideQuestion> question_fields[] = {
    {"ask", &GuideQuestion::ask, Required::yes},
    {"answer", &GuideQuestion::answer, Required::yes},
};
constexpr Field<GuideTarget> target_fields[] = {
    {"kind", &GuideTarget::kind, Required::yes},
    {"value", &GuideTarget::value, Required::yes},
};

constexpr std::string_view target_kinds[] = {"limit", "materials", "visits"};

class GuideReader {
 public:
  GuideReader(const XmlDocument& document, Diagnostics& out)
      : reader_(document, guide_format, out) {}

  std::optional<Guide> read() {
    if (!reader_.check_root()) return std::nullopt;
    reader_.report_hidden();
    const XmlElement& root = reader_.root();
    guide_.span = root.span;
    reader_.read(root, guide_, root_fields);
    reader_.expect_no_text(root);
    reader_.for_each_child(root, [&](const XmlElement& child) { read_child(child); });
    return std::move(guide_);
  }

 private:
  struct Row {
    std::string_view name;
    void (GuideReader::*read)(const XmlElement&);
  };
  static const Row rows[12];
  static const Row step_rows[1];

  template <std::size_t n>
  void dispatch(const XmlElement& parent, const XmlElement& child, const Row (&table)[n]) {
    for (const Row& row : table) {
      if (row.name == child.name) return (this->*row.read)(child);
    }
    std::array<std::string_view, n> known;
    std::transform(table, table + n, known.begin(), [](const Row& row) { return row.name; });
    reader_.unknown_child(parent, child, known);
  }
  void read_child(const XmlElement& child) { dispatch(reader_.root(), child, rows); }

  // An element without text and children, added to a list of the guide.
  template <class T, std::size_t n>
  T& add(std::vector<T>& list, const XmlElement& element, const Field<T> (&fields)[n]) {
    T& item = list.emplace_back();
    item.span = element.span;
    reader_.read(element, item, fields);
    reader_.expect_no_text(element);
    reader_.expect_no_children(element);
    return item;
  }

  template <std::size_t n>
  void read_limit(const XmlElement& element, GuideLimit& limit,
                  const Field<GuideLimit> (&fields)[n]) {
    if (limit.place.length != 0) {
      report(reader_.out(), repeated_element, element.span,
             {{"parent", std::string(guide_format.root)}, {"name", std::string(element.name)}})
          .witness.push_back({limit.place,
                              {{"“{name}”已写在这里", "'{name}' stands here already"},
                               {{"name", std::string(element.name)}}}});
      return;
    }
    limit.place = element.span;
    reader_.read(element, limit, fields);
    reader_.expect_no_text(element);
    reader_.expect_no_children(element);
    limit.reading = reader_.limit(limit.value, limit.unit.value);
  }
  void read_statutory(const XmlElement& element) {
    read_limit(element, guide_.statutory, statutory_fields);
  }
  void read_promised(const XmlElement& element) {
    read_limit(element, guide_.promised, promised_fields);
  }
  void read_steps(const XmlElement& element) {
    reader_.read(element, guide_, no_fields);
    reader_.expect_no_text(element);
    reader_.for_each_child(element,
                           [&](const XmlElement& child) { dispatch(element, child, step_rows); });
  }
  void read_step(const XmlElement& element) {
    GuideStep& step = add(guide_.steps, element, step_fields);
    step.reading = reader_.limit(step.limit);
  }
  void read_special(const XmlElement& element) {
    GuideSpecial& special = add(guide_.specials, element, special_fields);
    special.reading = reader_.limit(special.limit);
    if (!special.counted.empty()) (void)reader_.yes_or_no("counted", special.counted);
  }
  void read_material(const XmlElement& element) {
    GuideMaterial& material = add(guide_.materials, element, material_fields);
    if (material.need.empty()) return;
    if (const NeedWord* found = need_word(material.need.value)) {
      material.reading = found->need;
      return;
    }
    std::vector<std::string_view> known;
    for (const NeedWord& row : need_words) known.push_back(row.word);
    reader_.unknown_value_at("need", material.need, known);
  }
  void read_result(const XmlElement& element) { add(guide_.results, element, result_fields); }
  void read_entry(const XmlElement& element, std::vector<GuideEntry>& list) {
    GuideEntry& entry = list.emplace_back();
    entry.span = element.span;
    reader_.read(element, entry, entry_fields);
    reader_.expect_no_children(element);
    entry.text = reader_.content(element);
  }
  void read_remedy(const XmlElement& element) { read_entry(element, guide_.remedies); }
  void read_contact(const XmlElement& element) { read_entry(element, guide_.contacts); }
  Text read_text(const XmlElement& element) {
    reader_.read(element, guide_, no_fields);
    reader_.expect_no_children(element);
    return reader_.content(element);
  }
  void read_condition(const XmlElement& element) {
    guide_.conditions.push_back(read_text(element));
  }
  void read_procedure(const XmlElement& element) {
    if (!guide_.procedure.empty()) {
      report(reader_.out(), repeated_element, element.span,
             {{"parent", std::string(guide_format.root)}, {"name", std::string(element.name)}});
      return;
    }
    guide_.procedure = read_text(element);
  }
  void read_question(const XmlElement& element) { add(guide_.questions, element, question_fields); }
  void read_target(const XmlElement& element) {
    GuideTarget& target = add(guide_.targets, element, target_fields);
    if (target.kind.value == "limit") {
      target.reading = reader_.limit(target.value);
    } else if (!target.kind.empty() && std::find(std::begin(target_kinds), std::end(target_kinds),
                                                 target.kind.value) == std::end(target_kinds)) {
      reader_.unknown_value_at("kind", target.kind, target_kinds);
    }
  }

  static constexpr std::span<const Field<Guide>> no_fields{};

  ElementReader reader_;
  Guide guide_;
};

const GuideReader::Row GuideReader::rows[] = {
    {"statutory", &GuideReader::read_statutory}, {"promised", &GuideReader::read_promised},
    {"steps", &GuideReader::read_steps},         {"special", &GuideReader::read_special},
    {"material", &GuideReader::read_material},   {"result", &GuideReader::read_result},
    {"remedy", &GuideReader::read_remedy},       {"contact", &GuideReader::read_contact},
    {"condition", &GuideReader::read_condition}, {"question", &GuideReader::read_question},
    {"target", &GuideReader::read_target},       {"procedure", &GuideReader::read_procedure},
};
const GuideReader::Row GuideReader::step_rows[] = {{"step", &GuideReader::read_step}};

}  // namespace

Parsed<Guide> read_guide(const SourceText& source, SourceIndex index, const ReadLimits& limits) {
  return read_document<Guide>(source, index, limits,
                              [](const XmlDocument& document, Diagnostics& out) {
                                return GuideReader(document, out).read();
                              });
}

}  // namespace flowproof
