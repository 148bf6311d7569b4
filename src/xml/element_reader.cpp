#include "xml/element_reader.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>

#include "base/unicode.hpp"

namespace flowproof {

namespace {

constexpr std::size_t excerpt_characters = 24;

constexpr std::string_view yes_words[] = {"yes", "是", "true"};
constexpr std::string_view no_words[] = {"no", "否", "false"};
constexpr std::string_view yes_no_words[] = {"yes", "no", "是", "否"};

}  // namespace

std::vector<std::string> listed(std::span<const std::string_view> names) {
  return {names.begin(), names.end()};
}

std::string excerpt(std::string_view text) {
  std::size_t end = 0;
  for (std::size_t n = 0; end < text.size(); ++n) {
    if (n == excerpt_characters) return std::string(text.substr(0, end)) + "…";
    end += std::max<std::size_t>(code_point_at(text, end).length, 1);
  }
  return std::string(text);
}

bool ElementReader::check_root() {
  const XmlElement& root = this->root();
  if (root.name == format_.root && root.name_space == format_.name_space) return true;
  Arguments arguments{{"name", std::string(root.name)},
                      {"expected", std::string(format_.root)},
                      {"namespace", std::string(format_.name_space)}};
  if (root.name != format_.root) {
    report(out_, wrong_root, root.span, std::move(arguments));
    return false;
  }
  if (root.name_space.empty()) {
    report_as(out_, wrong_root, root.span,
              {"根元素“{name}”没有命名空间", "the root element '{name}' has no namespace"},
              std::move(arguments));
  } else {
    arguments.push_back({"other", std::string(root.name_space)});
    report_as(out_, wrong_root, root.span,
              {"根元素“{name}”的命名空间是“{other}”",
               "the root element '{name}' is of the namespace '{other}'"},
              std::move(arguments));
  }
  return false;
}

void ElementReader::report_hidden() {
  for (const XmlHidden& hidden : document_.hidden) {
    const bool in_id =
        hidden.attribute != XmlHidden::in_text &&
        std::find(format_.id_attributes.begin(), format_.id_attributes.end(),
                  document_.attributes[hidden.attribute].name) != format_.id_attributes.end();
    Diagnostic& finding = report(out_, zero_width_character, hidden.span,
                                 {{"character", code_point_name(hidden.character)}});
    if (!in_id) continue;
    finding.severity = Severity::error;
    finding.message.text = {"id 中有零宽字符 {character}",
                            "an id holds the zero-width character {character}"};
  }
}

std::span<const XmlText> ElementReader::texts_within(const XmlElement& element) const {
  const std::size_t end = element.end < document_.elements.size()
                              ? document_.elements[element.end].first_text
                              : document_.texts.size();
  return std::span(document_.texts).subspan(element.first_text, end - element.first_text);
}

Text ElementReader::content(const XmlElement& element) const {
  const auto self = static_cast<std::uint32_t>(&element - document_.elements.data());
  Text text;
  for (const XmlText& run : texts_within(element)) {
    if (run.parent != self) continue;
    if (text.empty()) text.span = run.span;
    // Runs are split by comments only; the blanks around a comment are one.
    if (!text.empty()) text.value += ' ';
    text.value += run.value;
    text.span.length = run.span.offset + run.span.length - text.span.offset;
  }
  if (text.empty()) text.span = element.span;
  return text;
}

void ElementReader::expect_no_text(const XmlElement& element) {
  const auto self = static_cast<std::uint32_t>(&element - document_.elements.data());
  for (const XmlText& run : texts_within(element)) {
    if (run.parent != self) continue;
    report(out_, misplaced_text, run.span,
           {{"parent", std::string(element.name)}, {"text", excerpt(run.value)}});
  }
}

void ElementReader::expect_no_children(const XmlElement& element) {
  for_each_child(element, [&](const XmlElement& child) { unknown_child(element, child, {}); });
}

void ElementReader::unknown_child(const XmlElement& parent, const XmlElement& child,
                                  std::span<const std::string_view> known) {
  Arguments arguments{{"parent", std::string(parent.name)},
                      {"name", excerpt(child.name)},
                      {"known", listed(known)}};
  if (child.name_space != format_.name_space) {
    arguments.push_back({"other", std::string(child.name_space)});
    report_as(out_, unknown_element, child.span,
              {"元素“{name}”属于命名空间“{other}”，不会被读取",
               "the element '{name}' of the namespace '{other}' is not read"},
              std::move(arguments))
        .help = {"删去这个元素", "remove the element"};
    return;
  }
  Diagnostic& finding = report(out_, unknown_element, child.span, std::move(arguments));
  if (known.empty()) {
    finding.help = {"“{parent}”里没有元素", "'{parent}' has no elements inside"};
  }
  suggest(finding, nearest_name(child.name, known));
}

void ElementReader::unknown_attribute_at(const XmlElement& element, const XmlAttribute& attribute,
                                         std::span<const std::string_view> known) {
  suggest(report(out_, unknown_attribute, attribute.name_span,
                 {{"parent", std::string(element.name)},
                  {"name", excerpt(attribute.name)},
                  {"known", listed(known)}}),
          nearest_name(attribute.name, known));
}

void ElementReader::report_foreign(const XmlElement& element, const XmlAttribute& attribute) {
  report_as(out_, unknown_attribute, attribute.name_span,
            {"“{parent}”的属性“{name}”属于命名空间“{other}”，不会被读取",
             "the attribute '{name}' of '{parent}' is of the namespace '{other}' and is not read"},
            {{"parent", std::string(element.name)},
             {"name", excerpt(attribute.name)},
             {"other", std::string(attribute.name_space)}})
      .help = {"删去这个属性", "remove the attribute"};
}

void ElementReader::missing(const XmlElement& element, std::string_view attribute, std::string id) {
  report(out_, missing_attribute, element.span,
         {{"parent", std::string(element.name)}, {"name", std::string(attribute)}}, std::move(id));
}

void ElementReader::unknown_value_at(std::string_view name, const Text& value,
                                     std::span<const std::string_view> known) {
  suggest(
      report(
          out_, unknown_value, value.span,
          {{"name", std::string(name)}, {"value", excerpt(value.value)}, {"known", listed(known)}}),
      nearest_name(value.value, known));
}

std::optional<bool> ElementReader::yes_or_no(std::string_view name, const Text& value) {
  const auto is_one_of = [&](std::span<const std::string_view> words) {
    return std::find(words.begin(), words.end(), value.value) != words.end();
  };
  if (is_one_of(yes_words)) return true;
  if (is_one_of(no_words)) return false;
  unknown_value_at(name, value, yes_no_words);
  return std::nullopt;
}

std::optional<std::int32_t> ElementReader::count(std::string_view name, const Text& value) {
  std::int32_t number = 0;
  const char* end = value.value.data() + value.value.size();
  const auto [stop, error] = std::from_chars(value.value.data(), end, number);
  if (error == std::errc() && stop == end && number >= 1) return number;
  report(out_, bad_number, value.span,
         {{"name", std::string(name)},
          {"value", excerpt(value.value)},
          {"least", std::int64_t{1}},
          {"most", std::int64_t{std::numeric_limits<std::int32_t>::max()}}});
  return std::nullopt;
}

bool ElementReader::check_id(const Text& id) {
  static constexpr std::u32string_view marks = U"-_.:";
  static constexpr std::u32string_view wide_blanks = U"\u00A0\u3000\u2002\u2003\u2009";
  for (std::size_t i = 0; i < id.value.size();) {
    const CodePoint point = code_point_at(id.value, i);
    const char32_t c = point.value;
    const bool letter = c >= 0x80 ? wide_blanks.find(c) == std::u32string_view::npos
                                  : (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z') ||
                                        (c >= U'0' && c <= U'9') ||
                                        marks.find(c) != std::u32string_view::npos;
    if (!letter) {
      const bool blank = c <= U' ' || c >= 0x80;
      const LocalizedText blank_name{"空白", "a blank"};
      report(out_, invalid_id, id.span,
             {{"id", excerpt(id.value)},
              {"character", blank ? ArgumentValue(blank_name)
                                  : ArgumentValue(id.value.substr(i, point.length))}});
      return false;
    }
    i += std::max<std::size_t>(point.length, 1);
  }
  return true;
}

TimeLimit ElementReader::limit(const Text& value, std::string_view unit, std::string element) {
  TimeLimit limit = read_time_limit(value.value, unit);
  if (limit.form == LimitForm::not_comparable) {
    report(out_, unreadable_limit, value.span,
           {{"limit", excerpt(value.value)}, {"reason", reason_text(limit.reason)}},
           std::move(element));
  }
  return limit;
}

}  // namespace flowproof
