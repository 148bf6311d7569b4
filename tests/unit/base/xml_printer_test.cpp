#include "base/xml_printer.hpp"

#include <gtest/gtest.h>

namespace flowproof {
namespace {

using Gap = XmlPrinter::Gap;
using Style = XmlPrinter::Style;

TEST(XmlPrinter, PutsAnElementOnALine) {
  XmlPrinter printer(Style::indented);
  printer.instruction("xml version=\"1.0\"");
  printer.open("a");
  printer.attribute("b", "c");
  printer.open("d");
  printer.close();
  printer.gap(Gap::empty_line);
  printer.open("e");
  printer.open("f");
  printer.text("g");
  printer.close();
  printer.gap(Gap::none);
  printer.comment(" h ");
  printer.close();
  printer.close();
  EXPECT_EQ(
      printer.take(),
      "<?xml version=\"1.0\"?>\n<a b=\"c\">\n  <d/>\n\n  <e>\n    <f>g</f> <!-- h -->\n  </e>\n"
      "</a>\n");
}

TEST(XmlPrinter, AddsNothingWhereTextStands) {
  XmlPrinter printer(Style::indented);
  printer.open("a");
  printer.text("b");
  printer.open("c");
  printer.text("d");
  printer.close();
  printer.open("e");
  printer.close();
  printer.close();
  EXPECT_EQ(printer.take(), "<a>b<c>d</c><e/></a>\n");
}

TEST(XmlPrinter, IsCompactIfAsked) {
  XmlPrinter printer(Style::compact);
  printer.open("a");
  printer.open("b");
  printer.text("");
  printer.close();
  printer.open("c");
  printer.close();
  printer.close();
  EXPECT_EQ(printer.take(), "<a><b></b><c/></a>");
}

TEST(XmlPrinter, EscapesWhatWouldBeReadAsSomethingElse) {
  XmlPrinter printer(Style::compact);
  printer.open("a");
  printer.attribute("b", "<>&\"'\n\t\r一");
  printer.text("<>&\"'\n\t\r一");
  printer.close();
  EXPECT_EQ(printer.take(),
            "<a b=\"&lt;&gt;&amp;&quot;&apos;&#10;&#9;&#13;一\">&lt;&gt;&amp;\"'\n\t&#13;一</a>");
}

}  // namespace
}  // namespace flowproof
