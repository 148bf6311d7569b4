#include "xml/plain_xml.hpp"

#include <algorithm>
#include <array>
#include <cstring>

#include "base/unicode.hpp"

namespace flowproof {

namespace {

// What a byte is to this parser; a sum of these.
enum : std::uint8_t { name_start = 1, name_part = 2, blank = 4, ends_value = 8 };

constexpr auto classes = [] {
  std::array<std::uint8_t, 256> table{};
  const auto mark = [&](std::string_view bytes, std::uint8_t bit) {
    for (const char c : bytes) table[static_cast<unsigned char>(c)] |= bit;
  };
  mark("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_", name_start | name_part);
  mark("0123456789-.", name_part);
  mark(" \t\r\n", blank);
  // A line end or tab in a value is read as a blank; that is left to expat.
  mark("\"'<\t\r\n", ends_value);
  table[0] = ends_value;  // the byte behind the text
  return table;
}();

// Other declarations are left to expat.
constexpr std::string_view declarations[] = {
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>", "<?xml version=\"1.0\" encoding=\"utf-8\"?>",
    "<?xml version=\"1.0\"?>", "<?xml version='1.0' encoding='UTF-8'?>"};

class PlainParser {
 public:
  PlainParser(const SourceText& source, SourceIndex index, const ReadLimits& limits,
              KeepMarkup keep)
      : text_(source.text),
        ordinary_(source.ordinary),
        index_(index),
        limits_(limits),
        keep_(keep) {}

  std::optional<XmlDocument> parse() {
    // Rough sizes of real files: an element each 100 bytes, an attribute each 35.
    document_.elements.reserve(text_.size() / 100 + 8);
    document_.attributes.reserve(text_.size() / 35 + 16);
    skip_declaration();
    while (read_content()) {
      if (at_ == text_.size()) {
        if (!open_.empty() || document_.elements.empty()) return std::nullopt;
        return std::move(document_);
      }
      if (!read_tag()) return std::nullopt;
    }
    return std::nullopt;
  }

  std::optional<XmlDocument> parse_root() {
    skip_declaration();
    while (document_.elements.empty()) {
      if (!read_content() || at_ == text_.size() || !read_tag()) return std::nullopt;
    }
    const std::string_view read = part(0, at_);
    if (read.find('&') != std::string_view::npos ||
        (!ordinary_ && skip_ordinary(read) != read.size())) {
      return std::nullopt;
    }
    return std::move(document_);
  }

 private:
  void skip_declaration() {
    for (const std::string_view declaration : declarations) {
      if (!std::string_view(text_).starts_with(declaration)) continue;
      at_ = declaration.size();
      return;
    }
  }
  // The byte behind the text is 0, which is in no class but ends_value.
  [[nodiscard]] bool is(std::uint8_t kind, std::size_t at) const {
    return (classes[static_cast<unsigned char>(text_[at])] & kind) != 0;
  }
  // The first place from `at` on that is not of the kind, or that is.
  [[nodiscard]] std::size_t behind(std::uint8_t kind, std::size_t at) const {
    const char* place = text_.data() + at;
    while ((classes[static_cast<unsigned char>(*place)] & kind) != 0) ++place;
    return static_cast<std::size_t>(place - text_.data());
  }
  [[nodiscard]] std::size_t before(std::uint8_t kind, std::size_t at) const {
    const char* place = text_.data() + at;
    while ((classes[static_cast<unsigned char>(*place)] & kind) == 0) ++place;
    return static_cast<std::size_t>(place - text_.data());
  }
  [[nodiscard]] Span span(std::size_t begin, std::size_t end) const {
    return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end - begin), index_};
  }
  [[nodiscard]] std::string_view part(std::size_t begin, std::size_t end) const {
    return std::string_view(text_).substr(begin, end - begin);
  }
  void skip_blanks() { at_ = behind(blank, at_); }
  // Leaves at_ behind the name; false if none stands there.
  bool read_name() {
    if (!is(name_start, at_)) return false;
    at_ = behind(name_part, at_ + 1);
    return true;
  }

  // Text up to the next tag or the end.
  bool read_content() {
    skip_blanks();
    if (text_[at_] == '<' || at_ == text_.size()) return true;
    if (open_.empty()) return false;
    const std::size_t begin = at_, tag = text_.find('<', at_);
    if (tag == std::string::npos) return false;
    at_ = tag;
    std::size_t end = tag;
    while (is(blank, end - 1)) --end;
    const std::string_view value = part(begin, end);
    if (value.find('\r') != std::string_view::npos || value.find("]]>") != std::string_view::npos) {
      return false;
    }
    document_.texts.push_back({value, span(begin, end), open_.back()});
    return true;
  }

  // Pre: at a '<'.
  bool read_tag() {
    const char next = text_[at_ + 1];
    if (next == '/') return read_end_tag();
    return next == '!' ? read_comment() : read_start_tag();
  }

  bool read_comment() {
    const std::size_t begin = at_;
    if (text_.compare(begin, 4, "<!--") != 0) return false;
    const std::size_t end = text_.find("--", begin + 4);
    if (end == std::string::npos || text_[end + 2] != '>') return false;
    at_ = end + 3;
    if (keep_ == KeepMarkup::yes) {
      document_.markup.push_back(
          {span(begin, at_), open_.empty() ? XmlDocument::no_element : open_.back()});
    }
    return true;
  }

  bool read_end_tag() {
    if (open_.empty()) return false;
    XmlElement& element = document_.elements[open_.back()];
    at_ += 2;
    if (text_.compare(at_, element.name.size(), element.name) != 0) return false;
    at_ += element.name.size();
    skip_blanks();
    if (text_[at_] != '>') return false;
    ++at_;
    close();
    return true;
  }
  void close() {
    document_.elements[open_.back()].end = static_cast<std::uint32_t>(document_.elements.size());
    open_.pop_back();
  }

  bool read_start_tag() {
    const auto self = static_cast<std::uint32_t>(document_.elements.size());
    // A second root, or more than is allowed: expat's parser says so.
    if ((self > 0 && open_.empty()) || self >= limits_.elements || open_.size() >= limits_.depth) {
      return false;
    }
    const std::size_t begin = ++at_;
    if (!read_name()) return false;
    XmlElement& element = document_.elements.emplace_back();
    element.name = part(begin, at_);
    element.span = span(begin, at_);
    element.parent = open_.empty() ? self : open_.back();
    element.first_attribute = static_cast<std::uint32_t>(document_.attributes.size());
    element.first_text = static_cast<std::uint32_t>(document_.texts.size());
    open_.push_back(self);
    if (!read_attributes(self == 0)) return false;
    element.name_space = space_;
    const std::size_t count = document_.attributes.size() - element.first_attribute;
    element.attribute_count = static_cast<std::uint32_t>(count);
    if (count > limits_.attributes || repeats(element)) return false;
    const bool empty = text_[at_] == '/';
    if (empty) ++at_;
    if (text_[at_] != '>') return false;
    ++at_;
    if (empty) close();
    return true;
  }

  // Up to the '/' or '>' that ends the tag.
  bool read_attributes(bool root) {
    for (;;) {
      const bool apart = is(blank, at_);
      skip_blanks();
      if (text_[at_] == '/' || text_[at_] == '>') return true;
      const std::size_t begin = at_;
      if (!apart || !read_name()) return false;
      const std::size_t end = at_;
      if (text_[at_] != '=') return false;
      const char quote = text_[++at_];
      if (quote != '"' && quote != '\'') return false;
      const std::size_t value = ++at_;
      const char other = quote == '"' ? '\'' : '"';
      while (text_[at_ = before(ends_value, at_)] == other) ++at_;
      if (text_[at_] != quote) return false;
      const std::string_view name = part(begin, end);
      if (name == "xmlns") {
        if (!root || !give_space(part(value, at_))) return false;
        if (keep_ == KeepMarkup::yes) {
          document_.attributes.push_back(
              {name, declaration_space, space_, span(begin, end), span(value, at_)});
        }
      } else {
        document_.attributes.push_back(
            {name, {}, part(value, at_), span(begin, end), span(value, at_)});
      }
      ++at_;
    }
  }

  // Some names of namespaces are reserved; expat knows which.
  bool give_space(std::string_view name) {
    if (!space_.empty() || name.empty() || name.starts_with("http://www.w3.org/")) return false;
    space_ = name;
    return true;
  }

  [[nodiscard]] bool repeats(const XmlElement& element) const {
    constexpr std::size_t most = 32;  // of more, expat's table is quicker
    const auto attributes = document_.attributes_of(element);
    if (attributes.size() > most) return true;
    for (std::size_t i = 1; i < attributes.size(); ++i) {
      for (std::size_t k = 0; k < i; ++k) {
        if (attributes[i].name == attributes[k].name) return true;
      }
    }
    return false;
  }

  const std::string& text_;
  bool ordinary_;
  SourceIndex index_;
  const ReadLimits& limits_;
  KeepMarkup keep_;
  std::size_t at_ = 0;
  std::string_view space_;
  std::vector<std::uint32_t> open_;
  XmlDocument document_;
};

}  // namespace

std::optional<XmlDocument> parse_plain_xml(const SourceText& source, SourceIndex index,
                                           const ReadLimits& limits, KeepMarkup keep) {
  const std::string& text = source.text;
  if (text.find('&') != std::string::npos ||
      (!source.ordinary && skip_ordinary(text) != text.size())) {
    return std::nullopt;
  }
  return PlainParser(source, index, limits, keep).parse();
}

std::optional<XmlDocument> parse_plain_root(const SourceText& source) {
  static constexpr ReadLimits limits;
  return PlainParser(source, {}, limits, KeepMarkup::no).parse_root();
}

}  // namespace flowproof
