#include "flowproof/message.hpp"

#include <algorithm>
#include <cassert>

namespace flowproof {

namespace {

/// Adds the text of one argument.
struct ArgumentWriter {
  std::string& out;
  Language language;
  void operator()(const std::string& text) const { out += text; }
  void operator()(std::int64_t number) const { out += std::to_string(number); }
  void operator()(const Quantity& quantity) const { out += quantity_text(quantity, language); }
  void operator()(const LocalizedText& term) const { out += term.in(language); }
  template <class T>
  void operator()(const std::vector<T>& list) const {
    const std::size_t begin = out.size();
    for (const T& item : list) {
      if (out.size() > begin) out += language == Language::zh ? "、" : ", ";
      (*this)(item);
    }
  }
};

}  // namespace

std::string quantity_text(const Quantity& quantity, Language language) {
  return language == Language::zh ? quantity_zh(quantity) : quantity_en(quantity);
}

std::string render(const LocalizedText& text, const Arguments& arguments, Language language) {
  const std::string_view pattern = text.in(language);
  std::string out;
  for (std::size_t i = 0; i < pattern.size();) {
    const std::size_t open = pattern.find('{', i);
    out += pattern.substr(i, open == std::string_view::npos ? open : open - i);
    if (open == std::string_view::npos) break;
    const std::size_t close = pattern.find('}', open);
    const std::string_view name = pattern.substr(open + 1, close - open - 1);
    const auto found =
        std::find_if(arguments.begin(), arguments.end(),
                     [&](const Argument& argument) { return argument.name == name; });
    assert(found != arguments.end() && "a placeholder has no argument");
    if (found == arguments.end()) {
      out += pattern.substr(open, close - open + 1);
    } else {
      std::visit(ArgumentWriter{out, language}, found->value);
    }
    i = close + 1;
  }
  return out;
}

std::string render(const Message& message, Language language) {
  return render(message.text, message.arguments, language);
}

}  // namespace flowproof
