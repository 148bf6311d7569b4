#include "svg/xml_printer.hpp"

#include <gtest/gtest.h>

namespace flowproof {
namespace {

TEST(XmlPrinter, AddsNothingBetweenElements) {
  XmlPrinter printer;
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
  XmlPrinter printer;
  printer.open("a");
  printer.attribute("b", "<>&\"'\n\t\r一");
  printer.text("<>&\"'\n\t\r一");
  printer.close();
  EXPECT_EQ(printer.take(),
            "<a b=\"&lt;&gt;&amp;&quot;&apos;&#10;&#9;&#13;一\">&lt;&gt;&amp;\"'\n\t&#13;一</a>");
}

TEST(XmlPrinter, HasACharacterOfXmlForEachThatIsNone) {
  XmlPrinter printer;
  printer.open("a");
  printer.attribute("b", "受\x01理\xFF");
  printer.text("一\xEF\xBF\xBF\xE5\x8F");  // U+FFFF, and a character cut short
  printer.end_line();
  printer.close();
  EXPECT_EQ(printer.take(), "<a b=\"受\uFFFD理\uFFFD\">一\uFFFD\uFFFD\uFFFD\n</a>");
}

}  // namespace
}  // namespace flowproof
