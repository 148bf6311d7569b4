// Prints XML element by element: escaping and the closing of elements are right by construction.
//
// Used by the writers of flows, guides and canonical files, which give every element a line of its
// own, and by the SVG writer, which adds nothing of its own between elements.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace flowproof {

class XmlPrinter {
 public:
  enum class Style : std::uint8_t {
    compact,
    indented,  ///< an element a line, two blanks a level; content with text stays as it is
  };
  /// What stands before the next element, comment or instruction of the indented style.
  enum class Gap : std::uint8_t {
    line,
    none,  ///< on the line of what stands before it
    empty_line,
    joined,  ///< the line was ended already
  };

  explicit XmlPrinter(Style style) : style_(style) {}

  void open(std::string_view name);
  /// Pre: nothing was printed since the element was opened but attributes.
  void attribute(std::string_view name, std::string_view value);
  /// Pre: nothing in the value needs to be escaped.
  void plain_attribute(std::string_view name, std::string_view value);
  void text(std::string_view text);
  void close();
  void comment(std::string_view inside);
  void instruction(std::string_view inside);
  void gap(Gap gap) { gap_ = gap; }

  /// What was printed; the printer is empty then.
  [[nodiscard]] std::string take();

 private:
  void end_tag();
  void begin_node();
  void new_line();
  void indent();

  Style style_;
  Gap gap_ = Gap::line;
  bool in_tag_ = false;
  bool first_ = true;
  std::size_t text_level_ = 0;  // of the outermost open element that has text; 0: none
  std::vector<std::string> open_;
  std::string out_;
};

}  // namespace flowproof
