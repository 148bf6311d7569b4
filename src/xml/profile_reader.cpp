// Reads profiles (urn:flowproof:profile:1, docs/formats.md). What a profile says replaces what the
// one it extends says: words, clocks, excluded kinds and rule levels one by one, others as a whole.
#include <algorithm>
#include <array>
#include <charconv>

#include "flowproof/readers.hpp"
#include "xml/element_reader.hpp"

namespace flowproof {

namespace {

constexpr std::string_view id_attributes[] = {"id", "name", "extends"};
constexpr XmlFormat profile_format{"profile", "urn:flowproof:profile:1", id_attributes};

template <class T>
struct Named {
  std::string_view name;
  T value;
};

constexpr Named<Severity> level_names[] = {{"off", Severity::off},
                                           {"info", Severity::info},
                                           {"warning", Severity::warning},
                                           {"error", Severity::error}};
constexpr Named<Shape> shape_names[] = {{"terminator", Shape::terminator},
                                        {"process", Shape::process},
                                        {"decision", Shape::decision},
                                        {"document", Shape::document},
                                        {"data", Shape::data},
                                        {"predefined", Shape::predefined},
                                        {"parallel", Shape::parallel},
                                        {"suspended", Shape::suspended}};
constexpr Named<Paper> paper_names[] = {
    {"automatic", Paper::automatic}, {"A4", Paper::a4}, {"A3", Paper::a3}};
constexpr Named<Orientation> orientation_names[] = {{"automatic", Orientation::automatic},
                                                    {"portrait", Orientation::portrait},
                                                    {"landscape", Orientation::landscape}};
constexpr Named<Typeface> typeface_names[] = {
    {"sans", Typeface::sans}, {"serif", Typeface::serif}, {"fangsong", Typeface::fangsong}};

// A length or size: which member of T it sets.
template <class T>
struct NumberField {
  std::string_view name;
  double T::*member;
};
constexpr NumberField<Theme> theme_numbers[] = {{"font-size", &Theme::font_size},
                                                {"title-size", &Theme::title_size},
                                                {"label-size", &Theme::label_size},
                                                {"line-width", &Theme::line_width}};
constexpr NumberField<NodeStyle> style_numbers[] = {{"stroke-width", &NodeStyle::stroke_width}};
constexpr NumberField<PageSetup> page_numbers[] = {{"margin", &PageSetup::margin},
                                                   {"binding", &PageSetup::binding_margin}};
constexpr NumberField<LayoutOptions> layout_numbers[] = {
    {"rank-gap", &LayoutOptions::rank_gap},
    {"node-gap", &LayoutOptions::node_gap},
    {"line-gap", &LayoutOptions::line_gap},
    {"box-width", &LayoutOptions::box_width},
    {"max-text-width", &LayoutOptions::max_text_width}};

template <class T>
struct ColorField {
  std::string_view name;
  Color T::*member;
};
constexpr ColorField<Theme> theme_colors[] = {{"background", &Theme::background},
                                              {"line", &Theme::line},
                                              {"lane-fill", &Theme::lane_fill},
                                              {"lane-line", &Theme::lane_line},
                                              {"muted", &Theme::muted}};
constexpr ColorField<NodeStyle> style_colors[] = {
    {"fill", &NodeStyle::fill}, {"stroke", &NodeStyle::stroke}, {"text", &NodeStyle::text}};

// Attributes of the elements, before their values are read.
struct Given {
  Text id, words, source, types, stages, outcomes, span, limit, extension, approver, name, level,
      items;
};
constexpr Field<Given> applies_fields[] = {{"types", &Given::types, Required::yes},
                                           {"source", &Given::source}};
constexpr Field<Given> word_fields[] = {{"id", &Given::id, Required::yes},
                                        {"words", &Given::words, Required::yes},
                                        {"source", &Given::source}};
constexpr Field<Given> required_fields[] = {
    {"stages", &Given::stages}, {"outcomes", &Given::outcomes}, {"source", &Given::source}};
constexpr Field<Given> promise_fields[] = {{"span", &Given::span, Required::yes},
                                           {"source", &Given::source}};
constexpr Field<Given> clock_fields[] = {{"id", &Given::id, Required::yes},
                                         {"span", &Given::span, Required::yes},
                                         {"limit", &Given::limit, Required::yes},
                                         {"extension", &Given::extension},
                                         {"approver", &Given::approver},
                                         {"items", &Given::items},
                                         {"source", &Given::source}};
constexpr Field<Given> excluded_fields[] = {{"words", &Given::words, Required::yes},
                                            {"source", &Given::source}};
constexpr Field<Given> repealed_fields[] = {{"words", &Given::words, Required::yes},
                                            {"source", &Given::source, Required::yes}};
constexpr Field<Given> rule_fields[] = {{"name", &Given::name, Required::yes},
                                        {"level", &Given::level, Required::yes},
                                        {"source", &Given::source}};

constexpr std::string_view root_attributes[] = {"name", "title", "extends"};
constexpr std::string_view node_child[] = {"node"};

// No length of a chart is longer than ten A3 sheets.
constexpr std::int64_t most_points = 12'000;
constexpr double points_per_mm = 72 / 25.4;

// The words of a list, each with its place.
template <class Visit>
void for_each_text(const Text& list, Visit visit) {
  for_each_word(list.value, [&](std::string_view word) {
    Text text{std::string(word), list.span};
    // References make the value shorter than its source; then the whole value is the place.
    if (list.span.length == list.value.size()) {
      text.span.offset += static_cast<std::uint32_t>(word.data() - list.value.data());
      text.span.length = static_cast<std::uint32_t>(word.size());
    }
    visit(std::move(text));
  });
}

std::optional<Color> read_color(std::string_view text) {
  if (text.size() != 7 || text.front() != '#') return std::nullopt;
  std::uint32_t value = 0;
  const auto [end, error] = std::from_chars(text.data() + 1, text.data() + 7, value, 16);
  if (error != std::errc() || end != text.data() + 7) return std::nullopt;
  return Color{static_cast<std::uint8_t>(value >> 16U), static_cast<std::uint8_t>(value >> 8U),
               static_cast<std::uint8_t>(value)};
}

class ProfileReader {
 public:
  ProfileReader(const XmlDocument& document, const Profile* base, Diagnostics& out)
      : reader_(document, profile_format, out) {
    if (base != nullptr) profile_ = *base;
    profile_.applies_to.clear();  // one profile is chosen for a type, not those that extend it too
  }

  std::optional<Profile> read() {
    if (!reader_.check_root()) return std::nullopt;
    reader_.report_hidden();
    const XmlElement& root = reader_.root();
    bool named = false;
    reader_.for_each_attribute(root, [&](const XmlAttribute& attribute) {
      if (attribute.name == "name") {
        named = reader_.check_id(ElementReader::text_of(attribute));
        profile_.name = attribute.value;
      } else if (attribute.name == "title") {
        profile_.title = attribute.value;
      } else if (attribute.name != "extends") {
        reader_.unknown_attribute_at(root, attribute, root_attributes);
      }
    });
    if (!named) reader_.missing(root, "name");
    reader_.expect_no_text(root);
    reader_.for_each_child(root, [&](const XmlElement& child) { read_child(child); });
    return std::move(profile_);
  }

 private:
  struct Row {
    std::string_view name;
    void (ProfileReader::*read)(const XmlElement&);
  };
  static const Row rows[16];

  void read_child(const XmlElement& child) {
    for (const Row& row : rows) {
      if (row.name == child.name) return (this->*row.read)(child);
    }
    std::vector<std::string_view> known;
    for (const Row& row : rows) known.push_back(row.name);
    reader_.unknown_child(reader_.root(), child, known);
  }

  template <std::size_t n>
  Given given(const XmlElement& element, const Field<Given> (&fields)[n]) {
    Given values;
    reader_.read(element, values, fields);
    reader_.expect_no_text(element);
    reader_.expect_no_children(element);
    return values;
  }

  // The member of a closed set of ours with this identifier.
  template <class T>
  std::optional<T> member(std::string_view attribute, const Text& id,
                          std::optional<T> (*of_id)(std::string_view)) {
    const std::optional<T> found = of_id(id.value);
    if (found || id.empty()) return found;
    std::vector<std::string_view> known;
    for (int i = 0;; ++i) {
      const std::string_view name = id_of(static_cast<T>(i));
      known.push_back(name);
      if (i + 1 == count_of(T{})) break;
    }
    reader_.unknown_value_at(attribute, id, known);
    return std::nullopt;
  }
  // One more than the last member.
  static constexpr int count_of(Stage) { return static_cast<int>(Stage::forward) + 1; }
  static constexpr int count_of(Outcome) { return static_cast<int>(Outcome::forwarded) + 1; }
  static constexpr int count_of(ItemType) { return static_cast<int>(ItemType::part) + 1; }
  static constexpr int count_of(Handling) { return static_cast<int>(Handling::other) + 1; }

  template <class T, std::size_t n>
  std::optional<T> named(std::string_view attribute, const Text& value,
                         const Named<T> (&table)[n]) {
    for (const Named<T>& row : table) {
      if (row.name == value.value) return row.value;
    }
    std::array<std::string_view, n> known;
    std::transform(table, table + n, known.begin(), [](const Named<T>& row) { return row.name; });
    reader_.unknown_value_at(attribute, value, known);
    return std::nullopt;
  }

  template <class T>
  void read_list(std::string_view attribute, const Text& list, std::vector<T>& into,
                 std::optional<T> (*of_id)(std::string_view)) {
    if (list.span.offset == 0) return;  // not given: the base's list stays
    into.clear();
    for_each_text(list, [&](const Text& id) {
      if (const std::optional<T> found = member(attribute, id, of_id)) into.push_back(*found);
    });
  }

  template <class T>
  void read_words(const XmlElement& element, WordList<T>& words,
                  std::optional<T> (*of_id)(std::string_view)) {
    Given values = given(element, word_fields);
    if (const auto meaning = member("id", values.id, of_id)) {
      words.add(std::move(values.words.value), *meaning);
    }
  }

  std::optional<StageSpan> read_stage_span(const Text& text) {
    const std::size_t dots = text.value.find("..");
    const auto end = [&](std::size_t from, std::size_t length) {
      return member("span", Text{text.value.substr(from, length), text.span}, &stage_of_id);
    };
    if (dots == std::string::npos || dots == 0 || dots + 2 == text.value.size()) {
      static constexpr std::string_view form[] = {"accept..decide"};
      if (!text.empty()) reader_.unknown_value_at("span", text, form);
      return std::nullopt;
    }
    const std::optional<Stage> from = end(0, dots), to = end(dots + 2, std::string::npos);
    if (!from || !to) return std::nullopt;
    return StageSpan{*from, *to};
  }

  void read_applies(const XmlElement& element) {
    read_list("types", given(element, applies_fields).types, profile_.applies_to, &item_type_of_id);
  }
  void read_stage(const XmlElement& element) {
    read_words(element, profile_.vocabulary.stages, &stage_of_id);
  }
  void read_outcome(const XmlElement& element) {
    read_words(element, profile_.vocabulary.outcomes, &outcome_of_id);
  }
  void read_type(const XmlElement& element) {
    read_words(element, profile_.vocabulary.item_types, &item_type_of_id);
  }
  void read_handling(const XmlElement& element) {
    read_words(element, profile_.vocabulary.handlings, &handling_of_id);
  }
  void read_required(const XmlElement& element) {
    const Given values = given(element, required_fields);
    read_list("stages", values.stages, profile_.required_stages, &stage_of_id);
    read_list("outcomes", values.outcomes, profile_.required_outcomes, &outcome_of_id);
  }
  void read_promise(const XmlElement& element) {
    const std::optional<StageSpan> span = read_stage_span(given(element, promise_fields).span);
    if (span) profile_.promise_span = *span;
  }

  void read_clock(const XmlElement& element) {
    Given values = given(element, clock_fields);
    Clock clock;
    clock.limit = reader_.limit(values.limit);
    const TimeLimit extension = reader_.limit(values.extension);
    if (extension.has_amount()) clock.extension = extension.amount;
    clock.approver = std::move(values.approver.value);
    clock.source = std::move(values.source.value);
    const std::optional<StageSpan> span = read_stage_span(values.span);
    if (!span || values.id.empty() || !reader_.check_id(values.id)) return;
    clock.span = *span;
    clock.id = std::move(values.id.value);
    for_each_word(values.items.value,
                  [&](std::string_view word) { clock.items.emplace_back(word); });
    std::vector<Clock>& clocks = profile_.clocks.own();
    const auto same = std::find_if(clocks.begin(), clocks.end(), [&](const Clock& other) {
      return other.id == clock.id && other.items == clock.items;
    });
    if (same != clocks.end()) {
      *same = std::move(clock);
    } else {
      clocks.push_back(std::move(clock));
    }
  }

  void read_excluded(const XmlElement& element) {
    const Given values = given(element, excluded_fields);
    std::vector<ExcludedKind>& kinds = profile_.excluded.own();
    for_each_word(values.words.value, [&](std::string_view word) {
      const auto same = std::find_if(kinds.begin(), kinds.end(),
                                     [&](const ExcludedKind& other) { return other.word == word; });
      if (same != kinds.end()) {
        same->source = values.source.value;
      } else {
        kinds.push_back({std::string(word), values.source.value});
      }
    });
  }

  void read_repealed(const XmlElement& element) {
    const Given values = given(element, repealed_fields);
    std::vector<RepealedLaw>& laws = profile_.repealed.own();
    for_each_word(values.words.value, [&](std::string_view word) {
      laws.push_back({std::string(word), values.source.value});
    });
  }

  void read_phrases(const XmlElement& element) {
    Given values = given(element, word_fields);
    if (values.id.empty() || !reader_.check_id(values.id)) return;
    profile_.phrases.own().insert_or_assign(std::move(values.id.value),
                                            PhraseList(std::move(values.words.value)));
  }

  void read_terms(const XmlElement& element) {
    profile_.terms.add(std::move(given(element, excluded_fields).words.value));
  }

  void read_rule(const XmlElement& element) {
    const Given values = given(element, rule_fields);
    if (values.name.empty() || values.level.empty()) return;
    if (const auto level = named("level", values.level, level_names)) {
      profile_.levels.insert_or_assign(values.name.value, *level);
    }
  }

  // "12", "12pt" or "12mm" in points.
  void read_number(const XmlAttribute& attribute, double& into) {
    const std::string_view text = attribute.value;
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    const std::string_view unit = text.substr(static_cast<std::size_t>(end - text.data()));
    const bool known_unit = unit.empty() || unit == "pt" || unit == "mm";
    if (unit == "mm") value *= points_per_mm;
    // Written so that "nan" fails as well.
    if (error == std::errc() && known_unit && value >= 0 &&
        value <= static_cast<double>(most_points)) {
      into = value;
      return;
    }
    report(reader_.out(), bad_number, attribute.value_span,
           {{"name", std::string(attribute.name)},
            {"value", excerpt(text)},
            {"least", std::int64_t{0}},
            {"most", most_points}});
  }

  // An element whose attributes are numbers, colours and whatever `other` takes.
  template <class T, class Other>
  void read_look(const XmlElement& element, T& into, std::span<const NumberField<T>> numbers,
                 std::span<const ColorField<T>> colors, std::span<const std::string_view> others,
                 Other other) {
    reader_.expect_no_text(element);
    reader_.for_each_attribute(element, [&](const XmlAttribute& attribute) {
      for (const NumberField<T>& field : numbers) {
        if (field.name == attribute.name) return read_number(attribute, into.*field.member);
      }
      for (const ColorField<T>& field : colors) {
        if (field.name != attribute.name) continue;
        static constexpr std::string_view form[] = {"#RRGGBB"};
        const std::optional<Color> color = read_color(attribute.value);
        if (color)
          into.*field.member = *color;
        else
          reader_.unknown_value_at(attribute.name, ElementReader::text_of(attribute), form);
        return;
      }
      if (std::find(others.begin(), others.end(), attribute.name) != others.end()) {
        return other(attribute);
      }
      std::vector<std::string_view> known(others.begin(), others.end());
      for (const NumberField<T>& field : numbers) known.push_back(field.name);
      for (const ColorField<T>& field : colors) known.push_back(field.name);
      reader_.unknown_attribute_at(element, attribute, known);
    });
  }

  void read_theme(const XmlElement& element) {
    static constexpr std::string_view others[] = {"name", "typeface"};
    read_look<Theme>(element, profile_.theme, theme_numbers, theme_colors, others,
                     [&](const XmlAttribute& attribute) {
                       const Text text = ElementReader::text_of(attribute);
                       if (attribute.name == "name") {
                         profile_.theme.name = text.value;
                       } else if (const auto typeface = named("typeface", text, typeface_names)) {
                         profile_.theme.typeface = *typeface;
                       }
                     });
    reader_.for_each_child(element, [&](const XmlElement& child) {
      if (child.name == "node")
        read_style(child);
      else
        reader_.unknown_child(element, child, node_child);
    });
  }

  void read_style(const XmlElement& element) {
    static constexpr std::string_view others[] = {"kind", "shape"};
    std::optional<NodeKind> kind;
    bool given_kind = false;
    for (const XmlAttribute& attribute : reader_.attributes_of(element)) {
      if (attribute.name != "kind" || !attribute.name_space.empty()) continue;
      given_kind = true;
      kind = node_kind_named(attribute.value);
      if (kind) continue;
      std::vector<std::string_view> known;
      for (std::size_t i = 0; i < node_kind_count; ++i) {
        known.push_back(name_of(static_cast<NodeKind>(i)));
      }
      reader_.unknown_value_at("kind", ElementReader::text_of(attribute), known);
    }
    if (!given_kind) reader_.missing(element, "kind");
    NodeStyle ignored;
    NodeStyle& style = kind ? profile_.theme.nodes[static_cast<std::size_t>(*kind)] : ignored;
    read_look<NodeStyle>(element, style, style_numbers, style_colors, others,
                         [&](const XmlAttribute& attribute) {
                           if (attribute.name != "shape") return;
                           const Text text = ElementReader::text_of(attribute);
                           if (const auto shape = named("shape", text, shape_names)) {
                             style.shape = *shape;
                           }
                         });
    reader_.expect_no_children(element);
  }

  void read_page(const XmlElement& element) {
    static constexpr std::string_view others[] = {"paper", "orientation"};
    read_look<PageSetup>(
        element, profile_.page, page_numbers, {}, others, [&](const XmlAttribute& attribute) {
          const Text text = ElementReader::text_of(attribute);
          if (attribute.name == "paper") {
            const auto paper = named("paper", text, paper_names);
            if (paper) profile_.page.paper = *paper;
          } else if (const auto turned = named("orientation", text, orientation_names)) {
            profile_.page.orientation = *turned;
          }
        });
    reader_.expect_no_children(element);
  }

  void read_layout(const XmlElement& element) {
    read_look<LayoutOptions>(element, profile_.layout, layout_numbers, {}, {},
                             [](const XmlAttribute&) {});
    reader_.expect_no_children(element);
  }

  ElementReader reader_;
  Profile profile_;
};

const ProfileReader::Row ProfileReader::rows[] = {
    {"applies", &ProfileReader::read_applies},   {"stage", &ProfileReader::read_stage},
    {"outcome", &ProfileReader::read_outcome},   {"type", &ProfileReader::read_type},
    {"handling", &ProfileReader::read_handling}, {"required", &ProfileReader::read_required},
    {"promise", &ProfileReader::read_promise},   {"clock", &ProfileReader::read_clock},
    {"excluded", &ProfileReader::read_excluded}, {"repealed", &ProfileReader::read_repealed},
    {"phrases", &ProfileReader::read_phrases},   {"rule", &ProfileReader::read_rule},
    {"theme", &ProfileReader::read_theme},       {"terms", &ProfileReader::read_terms},
    {"page", &ProfileReader::read_page},         {"layout", &ProfileReader::read_layout},
};

}  // namespace

Parsed<Profile> read_profile(const SourceText& source, SourceIndex index, const Profile* base,
                             const ReadLimits& limits) {
  return read_document<Profile>(source, index, limits,
                                [&](const XmlDocument& document, Diagnostics& out) {
                                  return ProfileReader(document, base, out).read();
                                });
}

std::string profile_base(const SourceText& source) { return root_attribute(source, "extends"); }

}  // namespace flowproof
