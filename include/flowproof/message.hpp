// Messages in two languages: a text with {placeholders} and the arguments that fill them.
//
// No stage writes sentences: it picks a LocalizedText and gives arguments; the report chooses the
// language when it prints. An argument is the user's own text, a number, a quantity of time, a term
// of ours with both languages, or a list of user texts. Never a word of one language.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "flowproof/time_limit.hpp"

namespace flowproof {

enum class Language : std::uint8_t { zh, en };
/// "5个工作日" / "5 working days".
[[nodiscard]] std::string quantity_text(const Quantity& quantity, Language language);

/// Chinese and English of one text. A missing language or different {placeholders} in the two is a
/// compile error.
struct LocalizedText {
  std::string_view zh;
  std::string_view en;

  constexpr LocalizedText() = default;
  consteval LocalizedText(const char* chinese, const char* english) : zh(chinese), en(english) {
    if (zh.empty() || en.empty()) throw "a language is missing";
    if (!holds_placeholders_of(zh, en) || !holds_placeholders_of(en, zh)) {
      throw "zh and en have different {placeholders}";
    }
  }

  [[nodiscard]] constexpr std::string_view in(Language language) const {
    return language == Language::zh ? zh : en;
  }
  [[nodiscard]] constexpr bool empty() const { return zh.empty(); }
  friend bool operator==(const LocalizedText&, const LocalizedText&) = default;

 private:
  static constexpr bool holds_placeholders_of(std::string_view text, std::string_view other) {
    for (std::size_t i = other.find('{'); i != std::string_view::npos; i = other.find('{', i + 1)) {
      const std::size_t end = other.find('}', i);
      if (end == std::string_view::npos) return false;
      if (text.find(other.substr(i, end - i + 1)) == std::string_view::npos) return false;
    }
    return true;
  }
};

using ArgumentValue = std::variant<std::string, std::int64_t, Quantity, LocalizedText,
                                   std::vector<std::string>, std::vector<LocalizedText>>;

struct Argument {
  std::string_view name;  ///< of a placeholder; static text
  ArgumentValue value;

  friend bool operator==(const Argument&, const Argument&) = default;
};

using Arguments = std::vector<Argument>;

struct Message {
  LocalizedText text;
  Arguments arguments;

  friend bool operator==(const Message&, const Message&) = default;
};

/// Fills the placeholders. A placeholder without argument is a bug of ours (asserted) and is kept.
[[nodiscard]] std::string render(const Message& message, Language language);
[[nodiscard]] std::string render(const LocalizedText& text, const Arguments& arguments,
                                 Language language);

}  // namespace flowproof
