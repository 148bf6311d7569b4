#include "report/markup.hpp"

#include <cassert>

#include "base/unicode.hpp"

namespace flowproof {

namespace {

std::string_view entity_of(std::string_view character) {
  constexpr std::pair<std::string_view, std::string_view> entities[] = {
      {"&", "&amp;"}, {"<", "&lt;"}, {">", "&gt;"}, {"\"", "&quot;"}};
  for (const auto& [plain, entity] : entities) {
    if (character == plain) return entity;
  }
  return {};
}

}  // namespace

std::string escaped(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    const CodePoint point = code_point_at(text, i);
    const std::string_view bytes = text.substr(i, point.length == 0 ? 1 : point.length);
    i += bytes.size();
    if (point.length == 0) {
      out += "\uFFFD";
    } else if (const std::string_view entity = entity_of(bytes); !entity.empty()) {
      out += entity;
    } else if (kind_of(point.value) != CharacterKind::ordinary) {
      out += code_point_name(point.value);
    } else {
      out += bytes;
    }
  }
  return out;
}

void Markup::tag(std::string_view name, Attributes attributes) {
  out_ += '<';
  out_ += name;
  for (const auto& [attribute, value] : attributes) {
    if (value.empty()) continue;
    out_ += ' ';
    out_ += attribute;
    out_ += "=\"" + escaped(value) + "\"";
  }
}

Markup& Markup::open(std::string_view name, Attributes attributes) {
  tag(name, attributes);
  out_ += '>';
  open_.emplace_back(name);
  return *this;
}

Markup& Markup::text(std::string_view text) {
  out_ += escaped(text);
  return *this;
}

Markup& Markup::close() {
  assert(!open_.empty());
  out_ += "</" + open_.back() + ">";
  open_.pop_back();
  return *this;
}

Markup& Markup::empty(std::string_view name, Attributes attributes) {
  tag(name, attributes);
  out_ += "/>";
  return *this;
}

Markup& Markup::element(std::string_view name, std::string_view text, Attributes attributes) {
  return open(name, attributes).text(text).close();
}

Markup& Markup::made(std::string_view markup) {
  out_ += markup;
  return *this;
}

Markup& Markup::line_end() {
  out_ += '\n';
  return *this;
}

std::string Markup::take() { return std::exchange(out_, {}); }

}  // namespace flowproof
