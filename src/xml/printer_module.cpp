// The XML module: tinyxml2 prints and escapes. The only file with tinyxml2.
#include <tinyxml2.h>

#include <algorithm>
#include <deque>
#include <string>

#include "xml/printer.hpp"

namespace flowproof::xml {

namespace {

// XMLPrinter with our indentation, and with line ends and tabs kept as references: a reader of XML
// turns those that stand in a value as such into blanks (XML 1.0 3.3.3).
class Paper : public tinyxml2::XMLPrinter {
 public:
  Printer::Gap gap = Printer::Gap::line;
  /// Of these bytes, in what is being pushed, references are written.
  const char* referenced = "";

 protected:
  void PrintSpace(int depth) override {
    if (gap == Printer::Gap::empty_line) XMLPrinter::Putc('\n');
    if (gap != Printer::Gap::none) {
      for (int i = 0; i < depth; ++i) XMLPrinter::Write("  ", 2);
    }
    gap = Printer::Gap::line;
  }
  void Putc(char c) override {
    if (c == '\n' && gap == Printer::Gap::joined) return;
    XMLPrinter::Putc(c == '\n' && gap == Printer::Gap::none ? ' ' : c);
  }
  void Write(const char* data, std::size_t size) override {
    const std::string_view all(data, size);
    for (std::size_t begin = 0; begin < size;) {
      const std::size_t end = std::min(all.find_first_of(referenced, begin), size);
      XMLPrinter::Write(data + begin, end - begin);
      if (end < size) {
        const std::string reference = "&#" + std::to_string(static_cast<int>(data[end])) + ';';
        XMLPrinter::Write(reference.data(), reference.size());
      }
      begin = end + 1;
    }
  }
};

class TinyPrinter final : public Printer {
 public:
  void open(std::string_view name) override {
    paper_.OpenElement(names_.emplace_back(name).c_str());
    paper_.gap = Gap::line;
  }
  void attribute(std::string_view name, std::string_view value) override {
    paper_.referenced = "\n\t\r";
    paper_.PushAttribute(std::string(name).c_str(), std::string(value).c_str());
    paper_.referenced = "";
  }
  void text(std::string_view text) override {
    paper_.referenced = "\r";
    paper_.PushText(std::string(text).c_str());
    paper_.referenced = "";
  }
  void close() override {
    paper_.CloseElement();
    names_.pop_back();
  }
  void comment(std::string_view inside) override {
    paper_.PushComment(std::string(inside).c_str());
    paper_.gap = Gap::line;
  }
  void instruction(std::string_view inside) override {
    paper_.PushDeclaration(std::string(inside).c_str());
    paper_.gap = Gap::line;
  }
  void gap(Gap gap) override { paper_.gap = gap; }
  [[nodiscard]] std::string document() const override { return paper_.CStr(); }

 private:
  Paper paper_;
  std::deque<std::string> names_;  // of the open elements: XMLPrinter keeps pointers to them
};

std::unique_ptr<Printer> printer() { return std::make_unique<TinyPrinter>(); }

constexpr Module module_table{module_version, printer};

}  // namespace

extern "C" __attribute__((visibility("default"))) const Module* flowproof_xml_module();
const Module* flowproof_xml_module() { return &module_table; }

}  // namespace flowproof::xml
