// HTML and XML written so that text can never become markup: escaping is not the caller's business.
//
// Used by the HTML and JUnit reports. Elements are closed in the order they were opened; what is
// written is well-formed XML too, so that one tool more can check it.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace flowproof {

/// Text without markup; characters XML cannot hold, invisible ones and those that reorder text are
/// shown by their names (U+202E), broken bytes as U+FFFD.
[[nodiscard]] std::string escaped(std::string_view text);

class Markup {
 public:
  using Attributes = std::initializer_list<std::pair<std::string_view, std::string_view>>;

  Markup& open(std::string_view name, Attributes attributes = {});
  Markup& text(std::string_view text);
  Markup& close();
  /// Elements without content have no end tag in HTML.
  Markup& empty(std::string_view name, Attributes attributes = {});
  Markup& element(std::string_view name, std::string_view text, Attributes attributes = {});
  /// Markup made by another writer (a chart, a style sheet).
  Markup& made(std::string_view markup);
  Markup& line_end();

  [[nodiscard]] std::string take();

 private:
  void tag(std::string_view name, Attributes attributes);

  std::string out_;
  std::vector<std::string> open_;
};

}  // namespace flowproof
