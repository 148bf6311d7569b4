// The quick parser of plain documents against expat: what it accepts is well-formed and gives the
// same document, over the samples and many damaged copies of them.
#include "xml/plain_xml.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>

#include "xml/xml_document.hpp"

namespace flowproof {
namespace {

std::string text_of(Span span, const SourceText& source) {
  return std::to_string(span.offset) + "+" + std::to_string(span.length) + "=" +
         source.text.substr(span.offset, span.length);
}

/// Everything of a document, so that two can be compared.
std::string written(const XmlDocument& document, const SourceText& source) {
  std::ostringstream out;
  for (const XmlElement& e : document.elements) {
    out << "element " << e.name << '{' << e.name_space << '}' << text_of(e.span, source) << ' '
        << e.parent << ' ' << e.end << ' ' << e.first_attribute << ' ' << e.attribute_count << ' '
        << e.first_text << '\n';
  }
  for (const XmlAttribute& a : document.attributes) {
    out << "attribute " << a.name << '{' << a.name_space << "} " << a.value << ' '
        << text_of(a.name_span, source) << ' ' << text_of(a.value_span, source) << '\n';
  }
  for (const XmlText& t : document.texts) {
    out << "text " << t.value << ' ' << text_of(t.span, source) << ' ' << t.parent << '\n';
  }
  for (const XmlMarkup& m : document.markup) {
    out << "markup " << text_of(m.span, source) << ' ' << m.parent << '\n';
  }
  out << document.hidden.size() << " hidden";
  return out.str();
}

/// True if the quick parser took the document.
bool compare(const std::string& text) {
  Decoded decoded = decode("test", text, SourceIndex{3}, {});
  if (!decoded.readable) return false;
  const SourceText& source = decoded.source;
  bool taken = false;
  for (const KeepMarkup keep : {KeepMarkup::no, KeepMarkup::yes}) {
    const std::optional<XmlDocument> quick = parse_plain_xml(source, SourceIndex{3}, {}, keep);
    if (!quick) continue;
    taken = true;
    const Parsed<XmlDocument> strict = parse_with_expat(source, SourceIndex{3}, {}, keep);
    EXPECT_TRUE(strict.value && strict.diagnostics.empty()) << source.text;
    if (strict.value) {
      EXPECT_EQ(written(*quick, source), written(*strict.value, source)) << source.text;
    }
  }
  return taken;
}

std::vector<std::string> samples() {
  std::vector<std::string> texts;
  for (const char* folder : {"samples", "templates"}) {
    const auto all = std::filesystem::recursive_directory_iterator(
        std::filesystem::path(FLOWPROOF_SOURCE_DIR) / folder);
    for (const auto& entry : all) {
      if (entry.path().extension() != ".xml") continue;
      std::ifstream file(entry.path(), std::ios::binary);
      texts.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
    }
  }
  std::sort(texts.begin(), texts.end());
  return texts;
}

TEST(PlainXml, TakesSamplesAsTheyAre) {
  std::size_t taken = 0, all = 0;
  for (const std::string& text : samples()) {
    ++all;
    taken += compare(text) ? 1 : 0;
  }
  EXPECT_GT(all, 20U);
  EXPECT_GT(taken * 10, all * 9) << taken << " of " << all;
}

TEST(PlainXml, LeavesWhatIsNotPlain) {
  for (const char* text : {"<a>&amp;</a>",
                           "<a b='&lt;'/>",
                           "<a b='1' b='2'/>",
                           "<a b='1'c='2'/>",
                           "<a><b></a></b>",
                           "<a/><b/>",
                           "<a>x]]>y</a>",
                           "<a b='<'/>",
                           "<a b=\"x\ny\"/>",
                           "<!DOCTYPE a><a/>",
                           "<a>",
                           "<a></b>",
                           "<a x:y='1'/>",
                           "<x:a/>",
                           "<?pi?><a/>",
                           "<a><![CDATA[x]]></a>",
                           "x<a/>",
                           "<a/>x",
                           "<!-- a -- b --><a/>",
                           "<a><!-- a ---></a>",
                           "<a b=1/>",
                           "<a b/>",
                           "<a xmlns=''/>",
                           "<a xmlns='http://www.w3.org/2000/xmlns/'/>",
                           "<a xmlns='u'><b xmlns='v'/></a>",
                           "<1/>",
                           "< a/>",
                           "<a / >",
                           "</a>",
                           "<a b='\xE2\x80\x8B'/>",
                           "<a\xE4\xB8\x80/>",
                           "<a>x\ry</a>",
                           "",
                           " ",
                           "<",
                           "<a",
                           "<a b",
                           "<a b=",
                           "<a b='",
                           "<a b=''",
                           "<a b=''/",
                           "<!",
                           "<!--",
                           "<a><!-",
                           "<?xml version=\"1.1\"?><a/>",
                           " <?xml version=\"1.0\"?><a/>"}) {
    const SourceText source{"test", text};
    EXPECT_FALSE(parse_plain_xml(source, {}, {}, KeepMarkup::yes)) << text;
  }
}

TEST(PlainXml, KeepsLimits) {
  const SourceText source{"test", "<a b='1' c='2'><b/><c><d/></c></a>"};
  EXPECT_TRUE(parse_plain_xml(source, {}, {}, KeepMarkup::no));
  ReadLimits limits;
  limits.elements = 3;
  EXPECT_FALSE(parse_plain_xml(source, {}, limits, KeepMarkup::no));
  limits = {};
  limits.depth = 2;
  EXPECT_FALSE(parse_plain_xml(source, {}, limits, KeepMarkup::no));
  limits = {};
  limits.attributes = 1;
  EXPECT_FALSE(parse_plain_xml(source, {}, limits, KeepMarkup::no));
}

TEST(PlainXml, AgreesWithExpatOnDamagedCopies) {
  static constexpr const char* pieces[] = {
      "<",      ">",      "/",           "/>",          "</",       "\"",        "'",
      "=",      " ",      "\n",          "\r",          "\t",       "&",         "&amp;",
      "<!--",   "-->",    "--",          "-",           "]]>",      "<![CDATA[", "<?",
      "?>",     "<a>",    "</a>",        "<a/>",        "a",        "1",         ":",
      ".",      "_",      "xmlns=\"u\"", "xmlns:p='u'", " b=\"c\"", "\u4E00",    "\u00B7",
      "\u200B", "\u1100", "\U00020000"};
  const std::vector<std::string> texts = samples();
  std::mt19937 dice(20240607);
  const auto below = [&](std::size_t most) { return static_cast<std::size_t>(dice()) % most; };
  std::size_t taken = 0;
  for (int round = 0; round < 20'000; ++round) {
    std::string text = texts[below(texts.size())];
    if (text.size() > 3000) text.resize(3000);  // cut off: the end tags are missing
    if (below(2) == 0) {                        // a small one that is often right after all
      text = "<a xmlns=\"u\" b=\"c\"><d e=\"f\"/><!-- g --><h>i</h>\n</a>";
    }
    for (std::size_t changes = 1 + below(2); changes > 0; --changes) {
      const std::size_t at = below(text.size() + 1);
      text.replace(at, below(3), pieces[below(std::size(pieces))]);
    }
    taken += compare(text) ? 1 : 0;
    if (::testing::Test::HasFailure()) return;
  }
  EXPECT_GT(taken, 500U);
}

}  // namespace
}  // namespace flowproof
