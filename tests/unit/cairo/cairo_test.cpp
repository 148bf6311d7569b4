// The PDF and PNG writers, judged by poppler and qpdf.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "flowproof/writer.hpp"
#include "support/command.hpp"
#include "support/drawn_chart.hpp"

namespace flowproof {
namespace {

using testing::HasSubstr;
using testing::Not;

const std::string noto = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc";

Scene permit() { return test::permit_chart().scene({.paged = true}); }

Scene with_text(const std::string& text, const std::string& href = {}) {
  Scene scene{.title = "图", .language = "zh-CN"};
  Group group{.role = Role::paragraph, .href = href};
  group.items.emplace_back(TextItem{.at = {200, 100}, .text = text});
  scene.pages.push_back({{400, 200}, {std::move(group)}});
  return scene;
}

std::string written(const Scene& scene, const WriteOptions& options = {}) {
  const Result<std::string> pdf = write_pdf({&scene, 1}, options);
  EXPECT_TRUE(pdf) << (pdf ? "" : render(pdf.error().message, Language::en));
  return pdf ? *pdf : std::string();
}

std::string saved(const std::string& bytes, const std::string& name) {
  const std::string path = testing::TempDir() + "flowproof_" + name;
  test::write_file(path, bytes);
  return path;
}

std::string text_of(const std::string& bytes, const std::string& name) {
  return test::run("pdftotext -raw '" + saved(bytes, name) + "' -").output;
}

std::vector<std::string> labels_of(const Scene& scene) {
  std::vector<std::string> labels;
  for (const ScenePage& page : scene.pages) {
    for (const Group& group : page.groups) {
      for (const Item& item : group.items) {
        if (const auto* text = std::get_if<TextItem>(&item)) labels.push_back(text->text);
      }
    }
  }
  return labels;
}

TEST(Pdf, GivesBackEveryLabel) {
  const Scene scene = permit();
  const std::string text = text_of(written(scene), "labels.pdf");
  for (const std::string& label : labels_of(scene)) EXPECT_THAT(text, HasSubstr(label));
}

TEST(Pdf, IsSound) {
  const std::string path = saved(written(permit()), "sound.pdf");
  const test::Ran checked = test::run("qpdf --check '" + path + "'");
  EXPECT_EQ(checked.status, 0) << checked.output;
}

TEST(Pdf, RepeatsItsBytes) {
  EXPECT_EQ(written(permit(), {.date = 1'568'592'000}), written(permit(), {.date = 1'568'592'000}));
}

TEST(Pdf, SaysWhatItIs) {
  const std::string path = saved(written(permit(), {.date = 1'568'592'000}), "info.pdf");
  const std::string info = test::run("TZ=UTC pdfinfo '" + path + "'").output;
  EXPECT_THAT(info, testing::ContainsRegex("Title: +食品经营许可（新办）办理流程图"));
  EXPECT_THAT(info, testing::ContainsRegex("Author: +临河区市场监督管理局"));
  EXPECT_THAT(info, testing::ContainsRegex("CreationDate: +Mon Sep 16 00:00:00 2019"));
  EXPECT_THAT(info, testing::ContainsRegex("Tagged: +yes"));
  EXPECT_THAT(info, HasSubstr("(A4)"));
  const std::string undated = saved(written(permit()), "undated.pdf");
  EXPECT_THAT(test::run("pdfinfo '" + undated + "'").output, Not(HasSubstr("CreationDate")));
}

TEST(Pdf, ReadsInTheOrderOfTheProcess) {
  const std::string path = saved(written(permit()), "tags.pdf");
  const std::string tags = test::run("pdfinfo -struct-text '" + path + "'").output;
  EXPECT_LT(tags.find("办理流程图"), tags.find("接收申请材料"));
  EXPECT_LT(tags.find("接收申请材料"), tags.find("领取许可证"));
}

TEST(Pdf, EmbedsItsFont) {
  const std::string path = saved(written(permit(), {.fonts = {noto}}), "fonts.pdf");
  const std::string fonts = test::run("pdffonts '" + path + "'").output;
  EXPECT_THAT(fonts, testing::ContainsRegex("NotoSansCJKsc-Regular.* yes yes yes"));
}

TEST(Pdf, CarriesRareCharacters) {
  const std::string rare = "㐂𠀋𠮷€①";
  EXPECT_THAT(text_of(written(with_text(rare)), "rare.pdf"), HasSubstr(rare));
}

TEST(Pdf, TakesACharacterFromAnotherFont) {
  const std::string mixed = "受理ب理";
  EXPECT_THAT(text_of(written(with_text(mixed), {.fonts = {noto}}), "mixed.pdf"),
              HasSubstr("受理"));
}

TEST(Pdf, DrawsScriptsThatRunLeftward) {
  for (const char* label : {"שלום", "مرحبا", "ئۇيغۇر"}) {
    const std::string path = saved(written(with_text(label)), "leftward.pdf");
    std::string text = test::run("pdftotext '" + path + "' -").output;
    for (const char* mark : {"\u202A", "\u202B", "\u202C"}) {
      for (std::size_t at; (at = text.find(mark)) != std::string::npos;) text.erase(at, 3);
    }
    EXPECT_THAT(text, HasSubstr(label));
  }
}

TEST(Pdf, DrawsMarksOnTheirLetters) {
  EXPECT_THAT(text_of(written(with_text("e\u0301a\u0308")), "marks.pdf"),
              testing::AnyOf(HasSubstr("éä"), HasSubstr("e\u0301a\u0308")));
}

TEST(Pdf, IsTheSameFromManyThreads) {
  const std::string expected = written(permit());
  std::vector<std::string> results(8);
  std::vector<std::thread> threads;
  for (std::string& result : results) {
    threads.emplace_back([&result] {
      for (int i = 0; i < 10; ++i) result = written(permit());
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const std::string& result : results) EXPECT_EQ(result, expected);
}

TEST(Pdf, NamesCharactersNoFontHas) {
  const Scene scene = with_text("受理\U0010FFFD");
  const Result<std::string> pdf = write_pdf({&scene, 1}, {});
  ASSERT_FALSE(pdf);
  EXPECT_THAT(render(pdf.error().message, Language::zh), HasSubstr("U+10FFFD"));
}

TEST(Pdf, NamesAFontThatIsNotThere) {
  const Scene scene = with_text("受理");
  const Result<std::string> pdf = write_pdf({&scene, 1}, {.fonts = {"No Such Font"}});
  ASSERT_FALSE(pdf);
  EXPECT_EQ(render(pdf.error().message, Language::en), "cannot find the font 'No Such Font'");
  EXPECT_EQ(pdf.error().kind, ErrorKind::usage);
}

TEST(Pdf, RefusesAFileThatIsNoFont) {
  const Scene scene = with_text("受理");
  const std::string path = saved("this is no font", "broken.ttf");
  const Result<std::string> pdf = write_pdf({&scene, 1}, {.fonts = {path}});
  ASSERT_FALSE(pdf);
  EXPECT_THAT(render(pdf.error().message, Language::zh), HasSubstr("不是可用的字体文件"));
}

TEST(Pdf, FindsFontsByName) {
  const auto drawn_with = [](const char* name) {
    const std::string path = saved(written(with_text("受理"), {.fonts = {name}}), "named.pdf");
    return test::run("pdffonts '" + path + "'").output;
  };
  // Of a family the regular font, whatever others there are; any other by its own name.
  for (const char* name : {"Noto Serif CJK SC", "NotoSerifCJK-Regular", "notoserifcjksc"}) {
    EXPECT_THAT(drawn_with(name), HasSubstr("NotoSerifCJKsc-Regular")) << name;
  }
  for (const char* name : {"Noto Serif CJK SC Bold", "NotoSerifCJKsc-Bold"}) {
    EXPECT_THAT(drawn_with(name), HasSubstr("NotoSerifCJKsc-Bold")) << name;
  }
}

TEST(Pdf, LinksOnlyToTheWeb) {
  const auto uris = [](const char* href) {
    const std::string path = saved(written(with_text("受理", href)), "link.pdf");
    return test::run("qpdf --qdf --object-streams=disable '" + path + "' -").output;
  };
  EXPECT_THAT(uris("https://example.org/a"), HasSubstr("(https://example.org/a)"));
  EXPECT_THAT(uris("javascript:alert(1)"), Not(HasSubstr("javascript")));
  EXPECT_THAT(uris("https://a' dest='b"), Not(HasSubstr("/URI")));
}

TEST(Pdf, HoldsManyCharts) {
  const std::vector<Scene> scenes{permit(), permit()};
  const Result<std::string> pdf = write_pdf(scenes, {});
  ASSERT_TRUE(pdf);
  const std::string path = saved(*pdf, "many.pdf");
  EXPECT_THAT(test::run("pdfinfo '" + path + "'").output, testing::ContainsRegex("Pages: +4"));
  EXPECT_EQ(test::run("qpdf --check '" + path + "'").status, 0);
}

TEST(Pdf, BindsChartsBehindATableOfContents) {
  Scene second = permit();
  second.title = "取水许可办理流程图";
  const std::vector<Scene> book = bind_charts({permit(), second});
  ASSERT_EQ(book.size(), 3U);
  const Result<std::string> pdf = write_pdf(book, {});
  ASSERT_TRUE(pdf);
  const std::string path = saved(*pdf, "book.pdf");
  EXPECT_EQ(test::run("qpdf --check '" + path + "'").status, 0);
  const std::string contents = test::run("pdftotext -layout -l 1 '" + path + "' -").output;
  EXPECT_THAT(contents, testing::ContainsRegex("1\\. +食品经营许可（新办）办理流程图 +2"));
  EXPECT_THAT(contents, testing::ContainsRegex("2\\. +取水许可办理流程图 +4"));
  const std::string named = test::run("pdfinfo -dests '" + path + "'").output;
  EXPECT_THAT(named, testing::ContainsRegex("2 .*\"chart-1\""));
  EXPECT_THAT(named, testing::ContainsRegex("4 .*\"chart-2\""));
  const std::string tags = test::run("pdfinfo -struct-text '" + path + "'").output;
  EXPECT_LT(tags.find("1.食品经营许可"), tags.find("2.取水许可"));
  EXPECT_EQ(tags.find("办理流程图目录"), tags.rfind("办理流程图目录"));
  EXPECT_THAT(test::run("pdftotext -raw -f 3 '" + path + "' -").output, HasSubstr("– 3 –"));
}

TEST(Pdf, RefusesAPageNoPdfCanHold) {
  Scene scene = with_text("受理");
  scene.pages.front().size.height = 20'000;
  EXPECT_FALSE(write_pdf({&scene, 1}, {}));
}

TEST(Pdf, WritesHundredsInOneProcess) {
  const std::string first = written(permit());
  for (int i = 0; i < 200; ++i) {
    const Scene other = with_text(std::string("另一图").append(std::to_string(i)));
    const std::string bytes = written(other);
    if (i % 50 == 0) {
      EXPECT_THAT(text_of(bytes, "other.pdf"), HasSubstr("另一图"));
    }
  }
  EXPECT_EQ(written(permit()), first);
}

std::uint32_t number_at(const std::string& bytes, std::size_t offset) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    value = value << 8U | static_cast<unsigned char>(bytes[offset + i]);
  }
  return value;
}

TEST(FontSubsets, HaveTheLettersAndLittleElse) {
  const Result<std::vector<std::string>> fonts = font_subsets(with_text("受理𠮷"), {});
  ASSERT_TRUE(fonts);
  ASSERT_GE(fonts->size(), 1U);
  for (const std::string& font : *fonts) {
    EXPECT_LT(font.size(), 20'000U);
    EXPECT_THAT(font, testing::AnyOf(testing::StartsWith("OTTO"),
                                     testing::StartsWith(std::string("\0\1\0\0", 4))));
  }
  EXPECT_EQ(*font_subsets(with_text("受理𠮷"), {}), *fonts);
  EXPECT_FALSE(font_subsets(with_text("受理"), {.fonts = {"no such font"}}));
}

TEST(Png, HasTheSizeOfItsResolution) {
  const Result<std::string> png = write_png(with_text("受理"), {.dpi = 144});
  ASSERT_TRUE(png);
  EXPECT_EQ(png->substr(1, 3), "PNG");
  EXPECT_EQ(number_at(*png, 16), 800U);
  EXPECT_EQ(number_at(*png, 20), 400U);
}

TEST(Png, TellsItsResolution) {
  const Result<std::string> png = write_png(with_text("受理"), {.dpi = 300});
  ASSERT_TRUE(png);
  EXPECT_EQ(png->substr(33, 8), std::string("\0\0\0\x09pHYs", 8));
  EXPECT_EQ(number_at(*png, 41), 11811U);  // 300 dots an inch, in dots a metre
  EXPECT_EQ(number_at(*png, 45), 11811U);
  EXPECT_EQ(png->at(49), 1);
  EXPECT_EQ(number_at(*png, 50), 0x78A53F76U);  // the check sum, as libpng finds it
}

TEST(Png, RefusesAPictureThatIsTooLarge) {
  const Result<std::string> huge = write_png(with_text("受理"), {.dpi = 14400});
  ASSERT_FALSE(huge);
  EXPECT_EQ(render(huge.error().message, Language::en),
            "a picture of 80000 × 40000 pixels is too large; lower --dpi, or draw sheets with "
            "--pages");
  EXPECT_FALSE(write_png(with_text("受理"), {.dpi = 1e9}));
  EXPECT_FALSE(write_png(with_text("受理"), {.dpi = 0}));
  EXPECT_FALSE(write_png(with_text("受理"), {.page = 3}));
}

}  // namespace
}  // namespace flowproof
