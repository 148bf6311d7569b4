#include "svg/xml_printer.hpp"

#include <array>
#include <cassert>
#include <utility>

namespace flowproof {

namespace {

// Empty: the byte stands for itself.
using References = std::array<std::string_view, 256>;

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

void add_escaped(std::string& out, std::string_view text, const References& references) {
  std::size_t copied = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::string_view reference = references[static_cast<unsigned char>(text[i])];
    if (reference.empty()) continue;
    out.append(text, copied, i - copied);
    out += reference;
    copied = i + 1;
  }
  out.append(text, copied);
}

}  // namespace

void XmlPrinter::end_tag() {
  if (in_tag_) out_ += '>';
  in_tag_ = false;
}

void XmlPrinter::open(std::string_view name) {
  end_tag();
  out_ += '<';
  out_ += name;
  open_.emplace_back(name);
  in_tag_ = true;
}

void XmlPrinter::attribute(std::string_view name, std::string_view value) {
  assert(in_tag_);
  out_ += ' ';
  out_ += name;
  out_ += "=\"";
  add_escaped(out_, value, value_references);
  out_ += '"';
}

void XmlPrinter::plain_attribute(std::string_view name, std::string_view value) {
  assert(in_tag_);
  out_ += ' ';
  out_ += name;
  out_ += "=\"";
  out_ += value;
  out_ += '"';
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
    out_ += "</" + open_.back() + '>';
  }
  open_.pop_back();
}

std::string XmlPrinter::take() { return std::exchange(out_, {}); }

}  // namespace flowproof
