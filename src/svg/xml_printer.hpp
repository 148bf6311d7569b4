// Prints XML element by element: escaping and the closing of elements are right by construction,
// and nothing is added between elements. A chart must not wait for the XML module, which prints
// flows and guides (src/xml/printer.hpp).
#pragma once

#include <cassert>
#include <string>
#include <string_view>
#include <vector>

#include "svg/text_buffer.hpp"

namespace flowproof {

class XmlPrinter {
 public:
  void open(std::string_view name);
  /// Pre: nothing was printed since the element was opened but attributes.
  void attribute(std::string_view name, std::string_view value);
  /// Pre: nothing in the value needs to be escaped.
  void plain_attribute(std::string_view name, std::string_view value) {
    begin_attribute(name) += value;
    end_attribute();
  }
  /// For a value that is put together in place; nothing in it needs to be escaped.
  [[nodiscard]] TextBuffer& begin_attribute(std::string_view name) {
    assert(in_tag_);
    out_ += ' ';
    out_ += name;
    out_ += "=\"";
    return out_;
  }
  void end_attribute() { out_ += '"'; }
  void text(std::string_view text);
  void close();

  /// What was printed; the printer is empty then. Pre: every element is closed.
  [[nodiscard]] std::string take();

 private:
  void end_tag();

  struct Name {
    std::size_t offset, size;  // in what is printed
  };
  bool in_tag_ = false;
  std::vector<Name> open_;
  TextBuffer out_{1U << 14U};  // a usual chart
};

}  // namespace flowproof
