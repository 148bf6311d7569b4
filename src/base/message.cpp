#include "flowproof/message.hpp"

#include <algorithm>
#include <cassert>

namespace flowproof {

namespace {

/// The text of one argument.
struct Visitor {
  Language language;
  std::string operator()(const std::string& text) const { return text; }
  std::string operator()(std::int64_t number) const { return std::to_string(number); }
  std::string operator()(const Quantity& quantity) const {
    return language == Language::zh ? quantity_zh(quantity) : quantity_en(quantity);
  }
  std::string operator()(const LocalizedText& term) const { return std::string(term.in(language)); }
  std::string operator()(const std::vector<std::string>& list) const { return join(list); }
  std::string operator()(const std::vector<LocalizedText>& list) const { return join(list); }
  template <class T>
  std::string join(const std::vector<T>& list) const {
    std::string joined;
    for (const T& item : list) {
      if (!joined.empty()) joined += language == Language::zh ? "、" : ", ";
      joined += (*this)(item);
    }
    return joined;
  }
};

}  // namespace

static std::string to_text(const ArgumentValue& value, Language language) {
  return std::visit(Visitor{language}, value);
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
    out += found == arguments.end() ? std::string(pattern.substr(open, close - open + 1))
                                    : to_text(found->value, language);
    i = close + 1;
  }
  return out;
}

std::string render(const Message& message, Language language) {
  return render(message.text, message.arguments, language);
}

}  // namespace flowproof
