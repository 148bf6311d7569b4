#include "svg/xml_printer.hpp"

#include <algorithm>

namespace flowproof {

namespace {

/// What stands for a character; empty: it stands for itself.
std::string_view reference_to(char32_t character, bool in_value) {
  switch (character) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '\r':  // in text, as such it would be read as a line end
      return "&#13;";
    case '"':
      return in_value ? "&quot;" : "";
    case '\'':
      return in_value ? "&apos;" : "";
    case '\n':  // in values, readers turn it and tabs into blanks (XML 1.0 3.3.3)
      return in_value ? "&#10;" : "";
    case '\t':
      return in_value ? "&#9;" : "";
    default:
      return kind_of(character) == CharacterKind::forbidden ? "\xEF\xBF\xBD" : "";
  }
}

}  // namespace

void XmlPrinter::add_escaped(std::string_view text, bool in_value) {
  for (std::size_t i = 0; i < text.size();) {
    const CodePoint point = code_point_at(text, i);
    const std::size_t length = std::max<std::size_t>(point.length, 1);
    const std::string_view reference =
        point.length == 0 ? "\xEF\xBF\xBD" : reference_to(point.value, in_value);
    out_ += reference.empty() ? text.substr(i, length) : reference;
    i += length;
  }
}

std::string XmlPrinter::take() {
  std::string text(out_.view());
  out_.clear();
  return text;
}

}  // namespace flowproof
