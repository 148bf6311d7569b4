// Dirt of real exports: entities encoded twice, tags, control characters, placeholders.
#include <algorithm>
#include <charconv>

#include "base/unicode.hpp"
#include "flowproof/records.hpp"

namespace flowproof {

namespace {

struct Entity {
  std::string_view name;
  std::string_view text;
};
constexpr Entity entities[] = {
    {"amp", "&"},   {"lt", "<"},     {"gt", ">"},    {"quot", "\""},  {"apos", "'"},
    {"nbsp", " "},  {"middot", "·"}, {"ldquo", "“"}, {"rdquo", "”"},  {"lsquo", "‘"},
    {"rsquo", "’"}, {"mdash", "—"},  {"ndash", "–"}, {"hellip", "…"}, {"times", "×"},
    {"bull", "•"},  {"ensp", " "},   {"emsp", " "},  {"yen", "¥"},    {"copy", "©"},
};

/// What empty fields of portals hold (Hunan's list and those seen elsewhere).
constexpr std::string_view placeholders[] = {"无",   "无。",   "暂无", "暂无信息", "/",    "-",
                                             "--",   "—",      "——",   "null",     "NULL", "none",
                                             "None", "(null)", "空",   "暂无。"};

/// Appends the character that "&name;" or "&#123;" at the front of `text` stands for; its length,
/// or 0.
std::size_t append_entity(std::string& out, std::string_view text) {
  const std::size_t end = text.substr(0, 12).find(';');
  if (end == std::string_view::npos || end < 2) return 0;
  const std::string_view name = text.substr(1, end - 1);
  if (name.front() == '#') {
    const bool hex = name.size() > 1 && (name[1] == 'x' || name[1] == 'X');
    const std::string_view digits = name.substr(hex ? 2 : 1);
    std::uint32_t code = 0;
    const auto read =
        std::from_chars(digits.data(), digits.data() + digits.size(), code, hex ? 16 : 10);
    const bool valid = read.ec == std::errc() && read.ptr == digits.data() + digits.size() &&
                       code >= 0x20 && code < 0x110000 && (code < 0xD800 || code > 0xDFFF);
    if (!valid) return 0;
    append_utf8(out, static_cast<char32_t>(code));
    return end + 1;
  }
  for (const Entity& entity : entities) {
    if (entity.name != name) continue;
    out += entity.text;
    return end + 1;
  }
  return 0;
}

std::string decode_entities(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t length = text[i] == '&' ? append_entity(out, text.substr(i)) : 0;
    if (length == 0) out += text[i];
    i += std::max<std::size_t>(length, 1);
  }
  return out;
}

/// "<br>", "</p>", "<span style=…>": a letter or slash follows the bracket; "<5个工作日" stays.
std::string without_tags(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '<' && i + 1 < text.size()) {
      const char next = text[i + 1];
      const bool tag = next == '/' || next == '!' || (next >= 'a' && next <= 'z') ||
                       (next >= 'A' && next <= 'Z');
      const std::size_t end = tag ? text.find('>', i) : std::string_view::npos;
      if (end != std::string_view::npos) {
        out += ' ';
        i = end;
        continue;
      }
    }
    out += text[i];
  }
  return out;
}

void replace_controls(std::string& text) {
  for (char& byte : text) {
    if (static_cast<unsigned char>(byte) < 0x20 || byte == 0x7F) byte = ' ';
  }
}

std::string_view trim(std::string_view text) {
  constexpr std::string_view wide_space = "\u3000";
  constexpr std::string_view no_break = "\u00A0";
  for (;;) {
    if (text.starts_with(' ')) {
      text.remove_prefix(1);
    } else if (text.ends_with(' ')) {
      text.remove_suffix(1);
    } else if (text.starts_with(wide_space)) {
      text.remove_prefix(wide_space.size());
    } else if (text.ends_with(wide_space)) {
      text.remove_suffix(wide_space.size());
    } else if (text.starts_with(no_break)) {
      text.remove_prefix(no_break.size());
    } else if (text.ends_with(no_break)) {
      text.remove_suffix(no_break.size());
    } else {
      return text;
    }
  }
}

bool is_placeholder(std::string_view text) {
  return text.size() <= 12 && std::find(std::begin(placeholders), std::end(placeholders), text) !=
                                  std::end(placeholders);
}

}  // namespace

std::string clean_value(std::string_view raw) {
  const bool plain = std::none_of(raw.begin(), raw.end(), [](char byte) {
    return byte == '&' || byte == '<' || static_cast<unsigned char>(byte) < 0x20 || byte == 0x7F;
  });
  std::string text;
  if (!plain) {
    text = std::string(raw);
    for (int round = 0; round < 2 && text.find('&') != std::string::npos; ++round) {
      text = decode_entities(text);
    }
    text = without_tags(text);
    replace_controls(text);
    raw = text;
  }
  const std::string_view trimmed = trim(raw);
  return is_placeholder(trimmed) ? std::string() : std::string(trimmed);
}

}  // namespace flowproof
