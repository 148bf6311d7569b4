// What the readers of our own formats share: tables of attributes, unknown things, text, ids.
//
// A format is a namespace, a root element and tables of fields; nothing of a document is passed
// over in silence. Used by flow_reader, guide_reader, profile_reader.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/nearest_name.hpp"
#include "flowproof/flow.hpp"
#include "model/reading_rules.hpp"
#include "model/text_fields.hpp"
#include "xml/xml_document.hpp"

namespace flowproof {

struct XmlFormat {
  std::string_view root;
  std::string_view name_space;
  std::span<const std::string_view> id_attributes;  ///< hidden characters in them are errors
};

class ElementReader {
 public:
  ElementReader(const XmlDocument& document, const XmlFormat& format, Diagnostics& out)
      : document_(document), format_(format), out_(out) {}

  /// False if the root is not the format's; a finding says what it is.
  [[nodiscard]] bool check_root();
  /// Hidden characters, once for the document.
  void report_hidden();

  [[nodiscard]] const XmlElement& root() const { return document_.elements.front(); }
  [[nodiscard]] Diagnostics& out() { return out_; }
  [[nodiscard]] std::span<const XmlAttribute> attributes_of(const XmlElement& element) const {
    return document_.attributes_of(element);
  }
  [[nodiscard]] static Text text_of(const XmlAttribute& attribute) {
    return {std::string(attribute.value), attribute.value_span};
  }

  /// Calls visit(child) for each child of the format's namespace; others are findings.
  template <class Visit>
  void for_each_child(const XmlElement& element, Visit visit) {
    const auto self = static_cast<std::uint32_t>(&element - document_.elements.data());
    for (std::uint32_t i = self + 1; i < element.end; i = document_.elements[i].end) {
      const XmlElement& child = document_.elements[i];
      if (child.name_space == format_.name_space) {
        visit(child);
      } else {
        unknown_child(element, child, {});
      }
    }
  }
  /// Calls visit(attribute) for each attribute without namespace; others are findings, but for
  /// xml:… and xsi:…, which XML itself and schemas use.
  template <class Visit>
  void for_each_attribute(const XmlElement& element, Visit visit) {
    for (const XmlAttribute& attribute : document_.attributes_of(element)) {
      if (attribute.name_space.empty()) {
        visit(attribute);
      } else if (!is_common(attribute.name_space)) {
        report_foreign(element, attribute);
      }
    }
  }

  /// Reads the attributes of an element that has no others than these.
  template <class T>
  void read(const XmlElement& element, T& into, std::span<const Field<T>> fields) {
    for_each_attribute(element, [&](const XmlAttribute& attribute) {
      for (const Field<T>& field : fields) {
        if (field.name != attribute.name) continue;
        into.*field.member = text_of(attribute);
        return;
      }
      std::vector<std::string_view> known;
      for (const Field<T>& field : fields) known.push_back(field.name);
      unknown_attribute_at(element, attribute, known);
    });
    for (const Field<T>& field : fields) {
      if (field.required == Required::yes && (into.*field.member).empty()) {
        missing(element, field.name);
      }
    }
  }
  template <class T, std::size_t n>
  void read(const XmlElement& element, T& into, const Field<T> (&fields)[n]) {
    read(element, into, std::span<const Field<T>>(fields));
  }

  /// The element's text, all runs joined; its place is that of the first.
  [[nodiscard]] Text content(const XmlElement& element) const;
  /// Findings for text in an element that has none.
  void expect_no_text(const XmlElement& element);
  /// Findings for elements inside one that has none.
  void expect_no_children(const XmlElement& element);

  void unknown_child(const XmlElement& parent, const XmlElement& child,
                     std::span<const std::string_view> known);
  void unknown_attribute_at(const XmlElement& element, const XmlAttribute& attribute,
                            std::span<const std::string_view> known);
  void missing(const XmlElement& element, std::string_view attribute, std::string id = {});
  void unknown_value_at(std::string_view name, const Text& value,
                        std::span<const std::string_view> known);
  /// yes/no, 是/否, true/false; empty with a finding if it is none of them.
  [[nodiscard]] std::optional<bool> yes_or_no(std::string_view name, const Text& value);
  /// A whole number from 1 on; empty with a finding if it is none.
  [[nodiscard]] std::optional<std::int32_t> count(std::string_view name, const Text& value);
  /// An id may hold letters of any script, digits, - _ . and :. False with a finding if it does
  /// not.
  bool check_id(const Text& id);
  /// A finding if the limit cannot be read.
  TimeLimit limit(const Text& value, std::string_view unit = {}, std::string element = {});

 private:
  static bool is_common(std::string_view name_space) {
    return name_space == "http://www.w3.org/XML/1998/namespace" ||
           name_space == "http://www.w3.org/2001/XMLSchema-instance";
  }
  void report_foreign(const XmlElement& element, const XmlAttribute& attribute);
  [[nodiscard]] std::span<const XmlText> texts_within(const XmlElement& element) const;

  const XmlDocument& document_;
  const XmlFormat& format_;
  Diagnostics& out_;
};

/// A list for a finding.
[[nodiscard]] std::vector<std::string> listed(std::span<const std::string_view> names);

/// Enough of a text to recognise it in a message.
[[nodiscard]] std::string excerpt(std::string_view text);

}  // namespace flowproof
