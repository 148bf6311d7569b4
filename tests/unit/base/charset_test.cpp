#include "base/charset.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <iconv.h>

#include <string>

#include "base/nearest_name.hpp"
#include "base/unicode.hpp"
#include "support/readings.hpp"

namespace flowproof {
namespace {

using namespace std::string_literals;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::StartsWith;

struct Reading {
  bool readable = false;
  std::string text;
  std::vector<std::string> lines;
};

Reading read(std::string bytes) {
  Decoded decoded = decode("a.xml", std::move(bytes), {});
  return {decoded.readable, decoded.source.text,
          test::lines_of(decoded.diagnostics, decoded.source.text)};
}

// Independent of the code under test: what other programs would have written.
std::string encoded(const char* charset, std::string text) {
  std::string out(text.size() * 4 + 8, '\0');
  iconv_t converter = iconv_open(charset, "UTF-8");
  char* in = text.data();
  char* to = out.data();
  std::size_t in_left = text.size(), out_left = out.size();
  iconv(converter, &in, &in_left, &to, &out_left);
  iconv_close(converter);
  out.resize(out.size() - out_left);
  return out;
}

const std::string plain = "<a 名='受理𠮷'/>";

TEST(Decode, TakesUtf8WithAndWithoutByteOrderMark) {
  EXPECT_EQ(read(plain).text, plain);
  const Reading marked = read("\xEF\xBB\xBF" + plain);
  EXPECT_TRUE(marked.readable);
  EXPECT_EQ(marked.text, plain);
  EXPECT_THAT(marked.lines, IsEmpty());
}

TEST(Decode, TakesUtf16WithAndWithoutByteOrderMark) {
  for (const char* charset : {"UTF-16LE", "UTF-16BE"}) {
    for (const std::string& mark : {""s, "\uFEFF"s}) {
      const Reading reading = read(encoded(charset, mark + plain));
      EXPECT_TRUE(reading.readable) << charset;
      EXPECT_EQ(reading.text, plain) << charset;
      EXPECT_THAT(reading.lines, IsEmpty());
    }
  }
}

TEST(Decode, RefusesBrokenUtf16AtItsPlace) {
  EXPECT_THAT(read(encoded("UTF-16LE", "<a\n/>") + "x").lines,
              ElementsAre("2:3 invalid-encoding error the bytes 78 are not UTF-16"));
  EXPECT_THAT(read("<\0a\0\x01\xD8z\0"s).lines,
              ElementsAre("1:3 invalid-encoding error the bytes 01 D8 are not UTF-16"));
}

TEST(Decode, TakesDeclaredChineseCharsets) {
  for (const std::string name : {"GB2312", "gbk", "GB18030", "cp936"}) {
    const std::string text = "<?xml version='1.0' encoding='" + name + "'?>\n<a>受理，㐂</a>";
    const Reading reading = read(encoded("GB18030", text));
    EXPECT_TRUE(reading.readable);
    EXPECT_EQ(reading.text, text);
    EXPECT_THAT(reading.lines,
                ElementsAre("1:1 legacy-encoding info the file was decoded from GB18030"));
  }
  EXPECT_THAT(read("<?xml version='1.0' encoding='GBK'?><a/>").lines, IsEmpty());
}

TEST(Decode, RefusesBytesThatAreNotTheDeclaredCharset) {
  EXPECT_THAT(read("<?xml version='1.0' encoding='GBK'?>\n<a>\xCA\xDC\xFF\xFF</a>").lines,
              ElementsAre("2:5 invalid-encoding error the bytes FF FF are not GBK"));
  EXPECT_THAT(
      read("<?xml version='1.0' encoding='GB18030'?>\n<a>受理</a>").lines,
      ElementsAre(StartsWith("1:31 mislabelled-encoding error the file says it is GB18030 but "
                             "holds UTF-8: read as UTF-8 it says '受理', as GB18030 '")));
  EXPECT_THAT(read("<?xml version='1.0' encoding='Big5'?>\n<a>\xA4\xA4</a>").lines,
              ElementsAre("1:31 invalid-encoding error the declared encoding Big5 is not "
                          "supported"));
}

TEST(Decode, NamesTheLikelyCharsetOfUndeclaredBytes) {
  const Reading reading = read(encoded("GB18030", "<a>\n  <b t='受理窗口'/>\n</a>"));
  EXPECT_FALSE(reading.readable);
  EXPECT_THAT(reading.lines,
              ElementsAre("2:9 invalid-encoding error the bytes CA are not UTF-8; this looks like "
                          "GB18030 and would read '受理窗口'"));
}

TEST(Decode, FindsTheFirstWrongByteOfUtf8) {
  struct Case {
    std::string bytes;
    std::string line;
  };
  const Case cases[] = {
      {"<a>\xC0\xAF</a>", "1:4 invalid-encoding error the bytes C0 AF are not UTF-8"},
      {"<a>\xED\xA0\x80</a>", "1:4 invalid-encoding error the bytes ED A0 80 are not UTF-8"},
      {"<a>\xF4\x90\x80\x80</a>", "1:4 invalid-encoding error the bytes F4 90 80 80 are not UTF-8"},
      {"<a/>\n<!--受\xE5\x8F", "2:6 invalid-encoding error the bytes E5 8F are not UTF-8"},
      {"<a>受\xFF</a>", "1:5 invalid-encoding error the bytes FF are not UTF-8"},
  };
  for (const Case& c : cases) {
    const Reading reading = read(c.bytes);
    EXPECT_FALSE(reading.readable);
    EXPECT_THAT(reading.lines, ElementsAre(StartsWith(c.line)));
  }
}

TEST(Decode, NamesOtherKindsOfFiles) {
  const std::pair<std::string, std::string> cases[] = {
      {"\x1F\x8B\x08"s, "a gzip file"},
      {"PK\x03\x04"s, "a zip archive (docx, xlsx, vsdx are too)"},
      {"%PDF-1.4"s, "a PDF file"},
      {"\xFF\xFE\0\0<\0\0\0"s, "UTF-32 text"},
      {"\0\0\0<\0\0\0a"s, "UTF-32 text"},
      {"\x4C\x6F\xA7\x94\x93"s, "EBCDIC text"},
  };
  for (const auto& [bytes, format] : cases) {
    EXPECT_THAT(read(bytes).lines, ElementsAre("1:1 not-xml error this is not XML but " + format));
  }
}

TEST(Decode, RefusesEmptyFiles) {
  for (const std::string& bytes : {""s, "\xEF\xBB\xBF"s, " \r\n\t"s, "\xFF\xFE"s}) {
    const Reading reading = read(bytes);
    EXPECT_FALSE(reading.readable);
    EXPECT_THAT(reading.lines, ElementsAre("1:1 empty-document error the file is empty"));
  }
}

TEST(Decode, RefusesForbiddenCharactersWhereverTheyStand) {
  const Reading reading = read("<a\0>\n\x1B[0m</a>\0<lost/>\uFFFE"s);
  EXPECT_FALSE(reading.readable);
  EXPECT_THAT(
      reading.lines,
      ElementsAre("1:3 forbidden-character error the character U+0000 is not allowed in XML",
                  "2:1 forbidden-character error the character U+001B is not allowed in XML",
                  "2:9 forbidden-character error the character U+0000 is not allowed in XML",
                  "2:17 forbidden-character error the character U+FFFE is not allowed in XML"));
}

TEST(Decode, ShowsCharactersNoOneSees) {
  const Reading reading = read("<a>\u202E\u0085\uFEFF\u061C\u2066</a>");
  EXPECT_TRUE(reading.readable);
  EXPECT_EQ(reading.lines.size(), 5U);
  EXPECT_THAT(reading.lines[0],
              StartsWith("1:4 bidi-control error the bidirectional control U+202E"));
  EXPECT_THAT(reading.lines[1], StartsWith("1:5 control-character warning"));
  EXPECT_THAT(reading.lines[2], StartsWith("1:6 control-character warning"));
  EXPECT_THAT(reading.lines[3], StartsWith("1:7 bidi-control error"));
  EXPECT_THAT(reading.lines[4], StartsWith("1:8 bidi-control error"));
}

TEST(Decode, CountsManyCharactersInsteadOfListingThem) {
  std::string bytes = "<a>";
  for (int i = 0; i < 1000; ++i) bytes += "\u202E";
  const Reading reading = read(bytes + "</a>");
  ASSERT_EQ(reading.lines.size(), 21U);
  EXPECT_THAT(reading.lines.back(), StartsWith("1:24 bidi-control error another 980 such"));
}

TEST(Decode, RefusesMoreBytesThanTheLimit) {
  ReadLimits limits;
  limits.bytes = 10;
  const Decoded decoded = decode("a", "<a>12345678</a>", {}, limits);
  EXPECT_FALSE(decoded.readable);
  EXPECT_THAT(test::lines_of(decoded.diagnostics, decoded.source.text),
              ElementsAre("1:1 limit-exceeded error the size in bytes exceeds the limit of 10"));
}

TEST(NearestName, TakesTheLeastDistanceUpToTwo) {
  const std::string_view names[] = {"receive", "accept", "受理", "不予受理"};
  EXPECT_EQ(nearest_name("recieve", names), "receive");
  EXPECT_EQ(nearest_name("Accept", names), "accept");
  EXPECT_EQ(nearest_name("acceptt", names), "accept");
  EXPECT_EQ(nearest_name("受裡", names), "受理");
  EXPECT_EQ(nearest_name("不受理", names), "受理");
  EXPECT_EQ(nearest_name("decide", names), "");
  EXPECT_EQ(nearest_name("", names), "");
  EXPECT_EQ(nearest_name("x", names), "");
}

TEST(Unicode, NamesAndEncodesEveryLength) {
  for (const char32_t c : {U'a', U'é', U'受', U'\U00020BB7', U'\U0010FFFF'}) {
    std::string text;
    append_utf8(text, c);
    const CodePoint point = code_point_at(text, 0);
    EXPECT_EQ(point.value, c);
    EXPECT_EQ(point.length, text.size());
  }
  EXPECT_EQ(code_point_name(0x1B), "U+001B");
  EXPECT_EQ(code_point_name(0x20BB7), "U+20BB7");
}

}  // namespace
}  // namespace flowproof
