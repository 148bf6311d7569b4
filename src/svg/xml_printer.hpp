// Prints XML element by element: escaping and the closing of elements are right by construction,
// and nothing is added between elements. A chart must not wait for the XML module, which prints
// flows and guides (src/xml/printer.hpp).
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace flowproof {

class XmlPrinter {
 public:
  void open(std::string_view name);
  /// Pre: nothing was printed since the element was opened but attributes.
  void attribute(std::string_view name, std::string_view value);
  /// Pre: nothing in the value needs to be escaped.
  void plain_attribute(std::string_view name, std::string_view value);
  void text(std::string_view text);
  void close();

  /// What was printed; the printer is empty then.
  [[nodiscard]] std::string take();

 private:
  void end_tag();

  bool in_tag_ = false;
  std::vector<std::string> open_;
  std::string out_;
};

}  // namespace flowproof
