// A well-formed XML document as flat arrays in document order; the only door to expat.
//
// Made by parse_xml, used by the readers of this folder. Elements stand in preorder: the children
// of element e are e+1, then each element that begins where the one before ends, up to
// elements[e].end. Names and values are views into the source text (which must outlive the
// document); values with references are views into a store of the document. Nothing is ever opened
// or fetched; a DOCTYPE is refused, so there are no entities but the five of XML 1.0.
#pragma once

#include <cstdint>
#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "flowproof/readers.hpp"
#include "flowproof/result.hpp"
#include "flowproof/source.hpp"

namespace flowproof {

struct XmlAttribute {
  std::string_view name;        ///< local name
  std::string_view name_space;  ///< empty if it has no prefix
  std::string_view value;       ///< normalised as XML 1.0 3.3.3 says
  Span name_span;               ///< with prefix
  Span value_span;              ///< between the quotes
};

struct XmlElement {
  std::string_view name;  ///< local name
  std::string_view name_space;
  Span span;                 ///< its name in the start tag, with prefix
  std::uint32_t parent = 0;  ///< the root's is itself
  std::uint32_t end = 0;     ///< one past its last descendant
  std::uint32_t first_attribute = 0, attribute_count = 0;
  std::uint32_t first_text = 0;  ///< its texts begin there, if it has any
};

/// A run of character data without blanks at its ends; blank runs are left out.
struct XmlText {
  std::string_view value;
  Span span;
  std::uint32_t parent = 0;
};

/// Comment or processing instruction, as written: "<!-- … -->".
struct XmlMarkup {
  Span span;
  std::uint32_t parent = 0;  ///< no_element outside the root
};

/// A zero-width character in a value; what it means depends on where the value stands.
struct XmlHidden {
  static constexpr std::uint32_t in_text = 0xFFFFFFFF;
  Span span;
  char32_t character = 0;
  std::uint32_t attribute = in_text;  ///< index of the attribute
};

struct XmlDocument {
  static constexpr std::uint32_t no_element = 0xFFFFFFFF;

  std::vector<XmlElement> elements;  ///< at least the root
  std::vector<XmlAttribute> attributes;
  std::vector<XmlText> texts;
  std::vector<XmlMarkup> markup;
  std::vector<XmlHidden> hidden;  ///< at most one a value
  std::deque<std::string> store;  ///< values that differ from the source; grows only

  [[nodiscard]] std::span<const XmlAttribute> attributes_of(const XmlElement& element) const {
    return {attributes.data() + element.first_attribute, element.attribute_count};
  }
};

/// yes: also comments, instructions and namespace declarations, for those who write the file again.
enum class KeepMarkup : bool { no, yes };

inline constexpr std::string_view declaration_space = "http://www.w3.org/2000/xmlns/";

/// Empty with findings if the text is not well-formed or a limit is exceeded. Findings beside a
/// value are about characters written as references. Pre: the source was decoded.
[[nodiscard]] Parsed<XmlDocument> parse_xml(const SourceText& source, SourceIndex index,
                                            const ReadLimits& limits, KeepMarkup keep);
/// What `read(document, diagnostics)` makes of a source; empty if it is no well-formed document.
template <class T, class Read>
Parsed<T> read_document(const SourceText& source, SourceIndex index, const ReadLimits& limits,
                        Read read) {
  Parsed<XmlDocument> document = parse_xml(source, index, limits, KeepMarkup::no);
  Parsed<T> result;
  result.diagnostics = std::move(document.diagnostics);
  if (document.value) result.value = read(*document.value, result.diagnostics);
  return result;
}
/// The same as parse_xml without the quick way for plain documents.
[[nodiscard]] Parsed<XmlDocument> parse_with_expat(const SourceText& source, SourceIndex index,
                                                   const ReadLimits& limits, KeepMarkup keep);

/// An attribute of the root, without namespace; what follows the root's start tag is not read.
/// Empty if there is none, or no root.
[[nodiscard]] std::string root_attribute(const SourceText& source, std::string_view name);

}  // namespace flowproof
