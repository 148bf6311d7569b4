#include "svg/xml_printer.hpp"

#include <array>
#include <cassert>
#include <cstring>
#include <utility>

namespace flowproof {

namespace {

// Of the bytes up to '>', behind which none needs one. Empty: the byte stands for itself.
using References = std::array<std::string_view, '>' + 1>;

// In text, a carriage return as such would be read as a line end.
constexpr References text_references = [] {
  References table{};
  table['&'] = "&amp;";
  table['<'] = "&lt;";
  table['>'] = "&gt;";
  table['\r'] = "&#13;";
  return table;
}();

// In values, readers turn line ends and tabs into blanks (XML 1.0 3.3.3).
constexpr References value_references = [] {
  References table = text_references;
  table['"'] = "&quot;";
  table['\''] = "&apos;";
  table['\n'] = "&#10;";
  table['\t'] = "&#9;";
  return table;
}();

void add_escaped(TextBuffer& out, std::string_view text, const References& references) {
  std::size_t copied = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte >= references.size() || references[byte].empty()) continue;
    out += text.substr(copied, i - copied);
    out += references[byte];
    copied = i + 1;
  }
  out += text.substr(copied);
}

}  // namespace

void XmlPrinter::end_tag() {
  if (in_tag_) out_ += '>';
  in_tag_ = false;
}

void XmlPrinter::open(std::string_view name) {
  end_tag();
  out_ += '<';
  open_.push_back({out_.size(), name.size()});
  out_ += name;
  in_tag_ = true;
}

void XmlPrinter::attribute(std::string_view name, std::string_view value) {
  add_escaped(begin_attribute(name), value, value_references);
  end_attribute();
}

void XmlPrinter::text(std::string_view text) {
  end_tag();
  add_escaped(out_, text, text_references);
}

void XmlPrinter::close() {
  assert(!open_.empty());
  if (std::exchange(in_tag_, false)) {
    out_ += "/>";
  } else {
    const Name name = open_.back();
    out_ += "</";
    char* const end = out_.room_for(name.size);
    std::memcpy(end, end - out_.size() + name.offset, name.size);
    out_.advance(name.size);
    out_ += '>';
  }
  open_.pop_back();
}

std::string XmlPrinter::take() {
  std::string text(out_.view());
  out_.clear();
  return text;
}

}  // namespace flowproof
