#include "xml/xml_document.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <ctime>
#include <string>

#include "support/readings.hpp"

namespace flowproof {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::StartsWith;

std::vector<std::string> lines_of(const std::string& text, const ReadLimits& limits = {}) {
  const SourceText source = test::source_of(text);
  return test::lines_of(parse_xml(source, {}, limits, KeepMarkup::no).diagnostics, text);
}

TEST(XmlDocument, GivesThePlaceOfEveryNameAndValue) {
  const SourceText source = test::source_of(
      "<?xml version='1.0' encoding='GBK'?>\n<p:a xmlns:p='urn:p'\n  b = \"1 &amp; "
      "2\"\tp:c='>'><d/>"
      "<e>x<![CDATA[<y>]]>&lt;</e></p:a>\n");
  const Parsed<XmlDocument> parsed = parse_xml(source, {}, {}, KeepMarkup::no);
  ASSERT_TRUE(parsed.value);
  const XmlDocument& document = *parsed.value;
  const auto text_at = [&](const Span& span) {
    return source.text.substr(span.offset, span.length);
  };
  ASSERT_EQ(document.elements.size(), 3U);
  const XmlElement& root = document.elements[0];
  EXPECT_EQ(root.name, "a");
  EXPECT_EQ(root.name_space, "urn:p");
  EXPECT_EQ(text_at(root.span), "p:a");
  EXPECT_EQ(root.end, 3U);
  EXPECT_EQ(document.elements[1].end, 2U);
  EXPECT_EQ(document.elements[2].name_space, "");
  const auto attributes = document.attributes_of(root);
  ASSERT_EQ(attributes.size(), 2U);
  EXPECT_EQ(attributes[0].value, "1 & 2");
  EXPECT_EQ(text_at(attributes[0].value_span), "1 &amp; 2");
  EXPECT_EQ(text_at(attributes[0].name_span), "b");
  EXPECT_EQ(attributes[1].name, "c");
  EXPECT_EQ(attributes[1].name_space, "urn:p");
  EXPECT_EQ(attributes[1].value, ">");
  ASSERT_EQ(document.texts.size(), 1U);
  EXPECT_EQ(document.texts[0].value, "x<y><");
  EXPECT_EQ(text_at(document.texts[0].span), "x<![CDATA[<y>]]>&lt;");
}

TEST(XmlDocument, NormalisesValuesAsXmlSays) {
  const SourceText source = test::source_of("<a b='1\r\n2\t3&#10;4'>\r\n x\r\ny </a>");
  const Parsed<XmlDocument> parsed = parse_xml(source, {}, {}, KeepMarkup::no);
  EXPECT_EQ(parsed.value->attributes[0].value, "1 2 3\n4");
  EXPECT_EQ(parsed.value->texts[0].value, "x\ny");
}

TEST(XmlDocument, RefusesDoctypesUnread) {
  const char* doctypes[] = {
      "<!DOCTYPE a [<!ENTITY x '&#x3C;b/>'>]>",
      "<!DOCTYPE a SYSTEM \"file:///etc/passwd\">",
      "<!DOCTYPE a [<!ENTITY l0 'lol'><!ENTITY l1 '&l0;&l0;&l0;'>]>",
      "<!DOCTYPE a [<!ENTITY % p SYSTEM 'http://example.org/x'> %p;]>",
  };
  for (const char* doctype : doctypes) {
    EXPECT_THAT(lines_of("<!-- <!DOCTYPE -->\n" + std::string(doctype) + "<a>&x;</a>"),
                ElementsAre("2:1 doctype error the file has a DOCTYPE, which flowproof does not "
                            "read"));
  }
}

TEST(XmlDocument, SaysWhatIsNotWellFormed) {
  const std::pair<const char*, const char*> cases[] = {
      {"<a>\n <b></a>", "2:7 malformed-xml error the end tag 'a' does not match the start tag 'b'"},
      {"<a>\n<b>", "2:4 malformed-xml error the file ends but 'b' is not closed"},
      {"<a>\n<b c='", "2:1 malformed-xml error a tag is not finished"},
      {"<a/><b/>", "1:5 malformed-xml error there is content after the root element"},
      {"<a/>x", "1:5 malformed-xml error there is content after the root element"},
      {"<a>1 & 2</a>", "1:6 malformed-xml error '&' begins no entity"},
      {"<a b='R&D'/>", "1:8 malformed-xml error '&' begins no entity"},
      {"<a>1 < 2</a>", "1:6 malformed-xml error '<' begins no tag here"},
      {"<a b='<'/>", "1:7 malformed-xml error '<' begins no tag here"},
      {"<a b='1' b='2'/>", "1:10 malformed-xml error an attribute is given twice"},
      {"<a xmlns:p='u' xmlns:q='u' p:b='1' q:b='2'/>",
       "1:1 malformed-xml error an attribute is given twice"},
      {"<p:a/>", "1:1 malformed-xml error a namespace prefix is not declared"},
      {"<a>&nbsp;</a>", "1:4 undeclared-entity error the entity '&nbsp;' is not defined"},
      {"<a b='&copy;'/>", "1:7 undeclared-entity error the entity '&copy;' is not defined"},
      {"<a>&#0;</a>",
       "1:4 malformed-xml error the character reference names no character allowed "
       "in XML"},
      {"<a>&#27;</a>",
       "1:4 malformed-xml error the character reference names no character allowed "
       "in XML"},
      {"<a>&#xD800;</a>",
       "1:4 malformed-xml error the character reference names no character "
       "allowed in XML"},
      {"<a>&#x100000041;</a>",
       "1:4 malformed-xml error the character reference names no character "
       "allowed in XML"},
      {"<a>&#;</a>", "1:4 malformed-xml error '&' begins no entity"},
      {" <?xml version='1.0'?><a/>",
       "1:2 malformed-xml error <?xml …?> may stand only at the very beginning"},
      {"<!-- only -->", "1:14 malformed-xml error the file has no root element"},
      {"just text", "1:1 malformed-xml error the XML syntax is wrong here"},
      {"<a><![CDATA[x</a>", "1:18 malformed-xml error a CDATA section is not closed"},
  };
  for (const auto& [text, line] : cases) EXPECT_THAT(lines_of(text), ElementsAre(line)) << text;
}

TEST(XmlDocument, CitesTheOpeningTag) {
  const std::string text = "<a>\n <b>\n</c></a>";
  const SourceText source = test::source_of(text);
  const Diagnostics findings = parse_xml(source, {}, {}, KeepMarkup::no).diagnostics;
  ASSERT_EQ(findings.size(), 1U);
  ASSERT_EQ(findings[0].witness.size(), 1U);
  EXPECT_EQ(place_of(text, findings[0].witness[0].span.offset), (Place{2, 3}));
}

TEST(XmlDocument, KeepsToItsLimits) {
  std::string deep;
  for (int i = 0; i < 100'000; ++i) deep += "<a>";
  const std::clock_t begin = std::clock();
  EXPECT_THAT(
      lines_of(deep),
      ElementsAre("1:770 limit-exceeded error the depth of nesting exceeds the limit of 256"));
  for (int i = 0; i < 100'000; ++i) deep += "</a>";
  EXPECT_EQ(lines_of(deep).size(), 1U);
  EXPECT_LT(std::clock() - begin, 5 * CLOCKS_PER_SEC);  // also under sanitizers
  ReadLimits limits;
  limits.elements = 3;
  EXPECT_THAT(
      lines_of("<a><b/><b/><c/></a>", limits),
      ElementsAre("1:13 limit-exceeded error the number of elements exceeds the limit of 3"));
  limits.attributes = 2;
  EXPECT_THAT(lines_of("<a a='1' b='2' c='3'/>", limits),
              ElementsAre("1:2 limit-exceeded error the number of attributes of an element exceeds "
                          "the limit of 2"));
}

TEST(XmlDocument, SurvivesManyAttributes) {
  std::string text = "<a";
  for (int i = 0; i < 200'000; ++i) text += " a" + std::to_string(i) + "='1'";
  const std::clock_t begin = std::clock();
  EXPECT_EQ(lines_of(text + "/>").size(), 1U);
  EXPECT_LT(std::clock() - begin, 10 * CLOCKS_PER_SEC);
}

TEST(XmlDocument, SeesHiddenCharactersWrittenAsReferences) {
  EXPECT_THAT(lines_of("<a b='x&#x202E;y'/>"),
              ElementsAre(StartsWith("1:7 bidi-control error the bidirectional control U+202E")));
  const SourceText source = test::source_of("<a b='受\u200B理' c='👩\u200D👧'>\u200Bx</a>");
  const Parsed<XmlDocument> parsed = parse_xml(source, {}, {}, KeepMarkup::no);
  EXPECT_THAT(parsed.diagnostics, IsEmpty());
  ASSERT_EQ(parsed.value->hidden.size(), 2U);
  EXPECT_EQ(parsed.value->hidden[0].character, 0x200BU);
  EXPECT_EQ(parsed.value->hidden[0].attribute, 0U);
  EXPECT_EQ(parsed.value->hidden[1].attribute, XmlHidden::in_text);
}

}  // namespace
}  // namespace flowproof
