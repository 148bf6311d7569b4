#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

#include "flowproof/writer.hpp"
#include "support/command.hpp"
#include "support/drawn_chart.hpp"

namespace flowproof {
namespace {

using testing::HasSubstr;
using testing::Not;

Scene one_group(Group group) {
  Scene scene{.title = "图", .description = "说明", .language = "zh-CN"};
  scene.pages.push_back({{100, 50}, {std::move(group)}});
  return scene;
}

void expect_valid(const std::string& svg, const std::string& name) {
  const std::string path = testing::TempDir() + "flowproof_" + name + ".svg";
  test::write_file(path, svg);
  const test::Ran checked = test::run("xmllint --noout '" + path + "'");
  EXPECT_EQ(checked.status, 0) << checked.output;
}

TEST(SvgWriter, WritesShortPaths) {
  Group group{.items = {PathItem{
                  .steps = {MoveTo{{10, 20}}, LineTo{{110.254, 20}}, LineTo{{110.254, 60}},
                            LineTo{{-0.5, -0.001}}, CurveTo{{1, 2}, {3, -4}, {5, 6}}, ClosePath{}},
                  .stroke = Color{}}}};
  EXPECT_THAT(write_svg(one_group(group), {}),
              HasSubstr(R"(d="M10 20H110.25V60L-.5 0C1 2 3-4 5 6Z")"));
}

TEST(SvgWriter, SaysWhatItIs) {
  const std::string svg = write_svg(test::permit_chart().scene(), {});
  EXPECT_THAT(svg, HasSubstr(R"(role="img" aria-labelledby="title desc")"));
  EXPECT_THAT(svg, HasSubstr(R"(lang="zh-CN")"));
  EXPECT_THAT(svg, HasSubstr("<title id=\"title\">食品经营许可（新办）办理流程图</title>"));
  EXPECT_THAT(svg, HasSubstr("<desc id=\"desc\">"));
  EXPECT_THAT(svg, HasSubstr(R"(<g id="complete" class="node decision" aria-label="判断：)"));
  expect_valid(svg, "permit");
}

TEST(SvgWriter, StaysSmall) {
  EXPECT_LE(write_svg(test::permit_chart().scene(), {}).size(), 14'000U);
}

TEST(SvgWriter, KeepsHostileTextAsText) {
  const std::string hostile =
      "<b>&amp;lt;</b><script>alert(1)</script> ]]> \"'\\N {a|b} %s%n $(rm) `x`";
  Group group{.id = hostile,
              .css_class = "node",
              .name = hostile,
              .href = "javascript:alert(1)",
              .items = {TextItem{.at = {1, 2}, .text = hostile}}};
  const std::string svg = write_svg(one_group(group), {});
  EXPECT_THAT(svg, Not(HasSubstr("<script")));
  EXPECT_THAT(svg, Not(HasSubstr("javascript:")));
  expect_valid(svg, "hostile");
  const std::string path = testing::TempDir() + "flowproof_hostile.svg";
  const test::Ran text = test::run("xmllint --xpath \"string(//*[local-name()='text'])\" " + path);
  EXPECT_EQ(text.output, hostile + "\n");
}

TEST(SvgWriter, ReplacesWhatXmlForbids) {
  Group group{.items = {TextItem{.text = std::string("a\x01\0b\xFF\xED\xA0\x80", 8)}}};
  const std::string svg = write_svg(one_group(group), {});
  EXPECT_THAT(svg, HasSubstr("a\uFFFD\uFFFDb\uFFFD"));
  expect_valid(svg, "forbidden");
}

TEST(SvgWriter, MakesEveryIdUniqueAndLegal) {
  Scene scene = one_group({.id = "a b"});
  for (const char* id : {"a_b", "a b", "title", "1", "受理"}) {
    scene.pages.front().groups.push_back({.id = id});
  }
  const std::string svg = write_svg(scene, {.id_prefix = "c1."});
  for (const char* id : {"c1.a_b", "c1.a_b-2", "c1.a_b-3", "c1.title-2", "c1.1", "c1.受理"}) {
    EXPECT_THAT(svg, HasSubstr("<g id=\"" + std::string(id) + "\""));
  }
  EXPECT_THAT(write_svg(one_group({.id = "1"}), {}), HasSubstr("id=\"_1\""));
  // What reorders or hides text is not left in an id either.
  EXPECT_THAT(write_svg(one_group({.id = "a\u202Eb\u200Bc\xFF"}), {}), HasSubstr("id=\"a_b_c_\""));
}

TEST(SvgWriter, LinksToTheWeb) {
  Group group{.href = "https://example.org/?a=1&b=2", .items = {TextItem{.text = "x"}}};
  EXPECT_THAT(write_svg(one_group(group), {}),
              HasSubstr("<a href=\"https://example.org/?a=1&amp;b=2\">"));
}

TEST(SvgWriter, KeepsSpacesThatViewersWouldDrop) {
  Group group{.items = {TextItem{.text = "a  b"}, TextItem{.text = "a b"}}};
  const std::string svg = write_svg(one_group(group), {});
  EXPECT_THAT(svg, HasSubstr("xml:space=\"preserve\">a  b<"));
  EXPECT_THAT(svg, HasSubstr("y=\"0\">a b<"));
}

TEST(SvgWriter, SurvivesNumbersThatAreNone) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const double infinite = std::numeric_limits<double>::infinity();
  Group group{.items = {PathItem{.steps = {MoveTo{{nan, infinite}}, LineTo{{-infinite, 1e300}}},
                                 .stroke = Color{},
                                 .stroke_width = nan}}};
  const std::string svg = write_svg(one_group(group), {});
  EXPECT_THAT(svg, Not(HasSubstr("nan")));
  EXPECT_THAT(svg, Not(HasSubstr("inf")));
}

TEST(SvgWriter, WritesTheSameBytesAgain) {
  EXPECT_EQ(write_svg(test::permit_chart().scene(), {}),
            write_svg(test::permit_chart().scene(), {}));
}

TEST(SvgWriter, EmbedsFontsInTheOrderTheyAreAsked) {
  const std::vector<std::string> fonts{"one", std::string("\0\xff\x10", 3) + "t"};
  const std::string svg = write_svg(one_group({.items = {TextItem{.text = "受理"}}}), {}, fonts);
  EXPECT_THAT(svg, HasSubstr("@font-face{font-family:flowproof-1;"
                             "src:url(data:font/otf;base64,b25l)}"));
  EXPECT_THAT(svg, HasSubstr("base64,AP8QdA==)}"));
  EXPECT_THAT(svg, HasSubstr("font-family=\"flowproof-1,flowproof-2,"));
  expect_valid(svg, "embedded");
}

TEST(SvgWriter, IsDrawnByOthers) {
  const std::string path = testing::TempDir() + "flowproof_drawn.svg";
  test::write_file(path, write_svg(test::permit_chart().scene(), {}));
  const test::Ran drawn = test::run("rsvg-convert '" + path + "' -o '" + path + ".png'");
  EXPECT_EQ(drawn.status, 0) << drawn.output;
  EXPECT_EQ(drawn.output, "");
}

TEST(Writers, AreFoundByNameAndEnding) {
  ASSERT_NE(writer_named("pdf"), nullptr);
  EXPECT_EQ(writer_named("doc"), nullptr);
  EXPECT_EQ(writer_for("x/y.SVG"), writer_named("svg"));
  EXPECT_EQ(writer_for(".svg"), nullptr);
  EXPECT_EQ(writer_for("a.doc"), nullptr);
  EXPECT_EQ(writer_for("a.txt"), writer_named("txt"));
}

TEST(Svg, RefusesAPageTheSceneDoesNotHave) {
  const Scene scene = test::permit_chart().scene();
  const Writer* svg = writer_named("svg");
  ASSERT_NE(svg, nullptr);
  EXPECT_TRUE(svg->write(scene, {.page = 0}));
  EXPECT_FALSE(svg->write(scene, {.page = 1}));
  EXPECT_FALSE(svg->write(Scene{}, {}));
}

}  // namespace
}  // namespace flowproof
