// Prints XML element by element: escaping, the closing of elements and that there is nothing but
// characters of XML 1.0 are right by construction, and nothing is added between elements. A chart
// must not wait for the XML module, which prints flows and guides (src/xml/printer.hpp).
//
// Names are literals, which are copied by a move or two and live as long as the program.
#pragma once

#include <cassert>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/unicode.hpp"
#include "svg/text_buffer.hpp"

namespace flowproof {

class XmlPrinter {
 public:
  template <std::size_t size>
  void open(const char (&name)[size]) {
    end_tag();
    out_ += '<';
    out_ += name;
    open_.emplace_back(name, size - 1);
    in_tag_ = true;
  }
  /// Pre: nothing was printed since the element was opened but attributes.
  template <std::size_t size>
  void attribute(const char (&name)[size], std::string_view value) {
    begin_attribute(name);
    if (skip_unmarked(value) == value.size()) {
      out_ += value;
    } else {
      add_escaped(value, true);
    }
    end_attribute();
  }
  /// Pre: nothing in the value needs to be escaped.
  template <std::size_t size>
  void plain_attribute(const char (&name)[size], std::string_view value) {
    begin_attribute(name) += value;
    end_attribute();
  }
  /// For a value that is put together in place; nothing in it needs to be escaped.
  template <std::size_t size>
  TextBuffer& begin_attribute(const char (&name)[size]) {
    assert(in_tag_);
    out_ += ' ';
    out_ += name;
    out_ += "=\"";
    return out_;
  }
  void end_attribute() { out_ += '"'; }
  void text(std::string_view text) {
    end_tag();
    if (skip_unmarked(text) == text.size()) {
      out_ += text;
    } else {
      add_escaped(text, false);
    }
  }
  /// Pre: nothing in it needs to be escaped.
  void plain_text(std::string_view text) {
    end_tag();
    out_ += text;
  }
  void end_line() {
    end_tag();
    out_ += '\n';
  }
  void close() {
    assert(!open_.empty());
    if (std::exchange(in_tag_, false)) {
      out_ += "/>";
    } else {
      out_ += "</";
      out_ += open_.back();
      out_ += '>';
    }
    open_.pop_back();
  }

  /// What was printed; the printer is empty then. Pre: every element is closed.
  [[nodiscard]] std::string take();

 private:
  void end_tag() {
    if (in_tag_) out_ += '>';
    in_tag_ = false;
  }
  void add_escaped(std::string_view text, bool in_value);

  bool in_tag_ = false;
  std::vector<std::string_view> open_;
  TextBuffer out_{1U << 14U};  // a usual chart
};

}  // namespace flowproof
