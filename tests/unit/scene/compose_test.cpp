#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <set>

#include "flowproof/drawing.hpp"
#include "flowproof/rule.hpp"
#include "flowproof/scene.hpp"
#include "scene/stages.hpp"
#include "support/drawn_chart.hpp"
#include "support/permit_flow.hpp"

namespace flowproof {
namespace {

using test::DrawnChart;
using test::permit_chart;

struct Extent {
  double left = 1e9, top = 1e9, right = -1e9, bottom = -1e9;
  void add(Point point) {
    left = std::min(left, point.x);
    right = std::max(right, point.x);
    top = std::min(top, point.y);
    bottom = std::max(bottom, point.y);
  }
};

Extent extent_of(const ScenePage& page) {
  Extent extent;
  for (const Group& group : page.groups) {
    for (const Item& item : group.items) {
      if (const auto* text = std::get_if<TextItem>(&item)) {
        const double before = text->anchor == Anchor::start    ? 0
                              : text->anchor == Anchor::middle ? text->width / 2
                                                               : text->width;
        extent.add({text->at.x - before, text->at.y - text->size});
        extent.add({text->at.x - before + text->width, text->at.y});
        continue;
      }
      for (const PathStep& step : std::get<PathItem>(item).steps) {
        if (const auto* move = std::get_if<MoveTo>(&step)) extent.add(move->to);
        if (const auto* line = std::get_if<LineTo>(&step)) extent.add(line->to);
      }
    }
  }
  return extent;
}

std::vector<std::string> texts_of(const Scene& scene) {
  std::vector<std::string> texts;
  for (const ScenePage& page : scene.pages) {
    for (const Group& group : page.groups) {
      for (const Item& item : group.items) {
        if (const auto* text = std::get_if<TextItem>(&item)) texts.push_back(text->text);
      }
    }
  }
  return texts;
}

std::vector<std::string> ids_of(const Scene& scene, std::string_view css_class) {
  std::vector<std::string> ids;
  for (const ScenePage& page : scene.pages) {
    for (const Group& group : page.groups) {
      if (group.css_class.starts_with(css_class)) ids.push_back(group.id);
    }
  }
  return ids;
}

/// Rows of boxes, each with a line to the next: as tall as wanted.
DrawnChart tower(int rows) {
  DrawnChart chart;
  chart.flow.title = {"高塔", {}};
  chart.layout.lane_header = 20;
  chart.layout.size = {200, 40 + rows * 80.0};
  chart.lane("only", "窗口", {0, 0, 200, chart.layout.size.height});
  std::vector<NodeIndex> boxes;
  for (int i = 0; i < rows; ++i) {
    boxes.push_back(chart.box(NodeKind::step, std::string(1, 'n').append(std::to_string(i)),
                              {"步骤"}, {50, 30 + i * 80.0, 100, 40}, 0));
  }
  for (std::size_t i = 0; i + 1 < boxes.size(); ++i) {
    const double y = 70 + static_cast<double>(i) * 80;
    chart.line(boxes[i], boxes[i + 1], {{100, y}, {100, y + 40}});
  }
  return chart;
}

TEST(Compose, KeepsEverythingOnTheSheet) {
  DrawnChart chart = permit_chart();
  for (const bool paged : {false, true}) {
    for (const Orientation way :
         {Orientation::automatic, Orientation::portrait, Orientation::landscape}) {
      chart.profile.page.orientation = way;
      const Scene scene = chart.scene({.paged = paged});
      for (const ScenePage& page : scene.pages) {
        const Extent extent = extent_of(page);
        EXPECT_GE(extent.left, 0);
        EXPECT_GE(extent.top, 0);
        EXPECT_LE(extent.right, page.size.width);
        EXPECT_LE(extent.bottom, page.size.height);
      }
    }
  }
}

TEST(Compose, ReadsInTheOrderOfTheProcess) {
  const Scene scene = permit_chart().scene();
  EXPECT_THAT(ids_of(scene, "node"),
              testing::ElementsAre("apply", "receive", "complete", "supplement", "not-accepted",
                                   "accept", "fork", "review", "experts", "meet", "register",
                                   "decide", "print", "granted", "denied"));
  const std::vector<Group>& groups = scene.pages.front().groups;
  EXPECT_EQ(groups.front().css_class, "title");
  EXPECT_EQ(groups.back().css_class, "footer");
}

TEST(Compose, SaysWhatTheTitleBlockAndFooterMust) {
  const std::vector<std::string> texts = texts_of(permit_chart().scene());
  for (const char* text :
       {"食品经营许可（新办）办理流程图", "法定办结时限：20个工作日", "承诺办结时限：10个工作日",
        "实施机关：临河区市场监督管理局", "咨询电话：000-00000101", "监督投诉电话：000-00000199"}) {
    EXPECT_THAT(texts, testing::Contains(text));
  }
}

TEST(Compose, ExplainsOnlySymbolsThatOccur) {
  EXPECT_THAT(texts_of(permit_chart().scene()), testing::Contains("并行办理"));
  const std::vector<std::string> plain = texts_of(tower(2).scene());
  EXPECT_THAT(plain, testing::Not(testing::Contains("图例")));
}

TEST(Compose, SpeaksTheLanguageAskedFor) {
  const Scene scene = permit_chart().scene({.language = Language::en});
  EXPECT_EQ(scene.language, "en");
  EXPECT_THAT(texts_of(scene), testing::Contains("Promised limit: 10个工作日"));
}

TEST(Compose, PutsAChartThatFitsOnOneSheet) {
  const Scene scene = tower(8).scene({.paged = true});
  ASSERT_EQ(scene.pages.size(), 1U);
  EXPECT_LT(scene.pages.front().size.width, scene.pages.front().size.height);
  EXPECT_THAT(texts_of(scene), testing::Contains("第 1/1 页"));
}

TEST(Compose, CutsATallChartWithPairedConnectors) {
  const int rows = 40;
  const Scene scene = tower(rows).scene({.paged = true});
  ASSERT_GE(scene.pages.size(), 3U);
  EXPECT_EQ(ids_of(scene, "node").size(), static_cast<std::size_t>(rows));
  EXPECT_EQ(ids_of(scene, "lane").size(), scene.pages.size());
  std::multiset<std::string> letters;
  for (const std::string& text : texts_of(scene)) {
    if (text.size() == 1) letters.insert(text);
  }
  EXPECT_EQ(letters.size(), 2 * (scene.pages.size() - 1));
  for (const std::string& letter : letters) EXPECT_EQ(letters.count(letter), 2U);
  EXPECT_THAT(texts_of(scene), testing::Contains("→第2页"));
  EXPECT_THAT(texts_of(scene), testing::Contains("←第1页"));
}

// Its pages have numbers of their own.
TEST(Compose, CountsTheSheetsOfAChartInABook) {
  const DrawnChart chart = tower(40);
  const Scene scene = chart.scene({.paged = true, .in_book = true});
  const std::vector<std::string> texts = texts_of(scene);
  const std::string sheets = std::to_string(scene.pages.size());
  for (const std::string& text : {std::string("→第2张"), "第 1/" + sheets + " 张"}) {
    EXPECT_THAT(texts, testing::Contains(text));
  }
  EXPECT_THAT(texts, testing::Not(testing::Contains(testing::HasSubstr("页"))));
  const std::vector<std::string> english =
      texts_of(chart.scene({.language = Language::en, .paged = true, .in_book = true}));
  for (const std::string& text : {std::string("← sheet 1"), "Sheet 1/" + sheets}) {
    EXPECT_THAT(english, testing::Contains(text));
  }
}

TEST(Compose, TurnsTheSheetForAWideChart) {
  DrawnChart chart = tower(3);
  chart.layout.size.width = 760;
  chart.layout.lanes.front().width = 760;
  const Scene scene = chart.scene({.paged = true});
  ASSERT_EQ(scene.pages.size(), 1U);
  EXPECT_GT(scene.pages.front().size.width, scene.pages.front().size.height);
}

// Two boxes in one row: no cut makes such a chart narrower.
DrawnChart broad(double width) {
  DrawnChart chart;
  chart.layout.lane_header = 20;
  chart.layout.size = {width, 100};
  chart.lane("only", "窗口", {0, 0, width, 100});
  const NodeIndex first = chart.box(NodeKind::step, "n0", {"步骤"}, {5, 40, 90, 40}, 0);
  const NodeIndex last = chart.box(NodeKind::step, "n1", {"步骤"}, {width - 95, 40, 90, 40}, 0);
  chart.line(first, last, {{95, 60}, {width - 95, 60}});
  return chart;
}

TEST(Compose, TakesALargerSheetOnlyForTextTooSmallToRead) {
  const auto width_on = [&](double chart_width, Paper paper) {
    DrawnChart chart = broad(chart_width);
    chart.profile.page.paper = paper;
    return chart.scene({.paged = true}).pages.front().size.width;
  };
  constexpr double a4 = 595.276, a4_long = 841.89, a3_long = 1190.55;
  EXPECT_EQ(width_on(500, Paper::automatic), a4);
  EXPECT_EQ(width_on(1000, Paper::automatic), a4_long);
  EXPECT_EQ(width_on(1300, Paper::automatic), a3_long);
  EXPECT_EQ(width_on(1300, Paper::a4), a4_long);
  EXPECT_EQ(width_on(500, Paper::a3), a4_long);
}

TEST(Compose, TakesThePageAskedForInsteadOfTheProfiles) {
  const PageSetup page{.paper = Paper::a3, .orientation = Orientation::landscape};
  const Scene scene = tower(3).scene({.paged = true, .page = page});
  EXPECT_EQ(scene.pages.front().size, (Size{1190.55, 841.89}));
}

TEST(Compose, FillsSheetsEvenlyAtOneScale) {
  const Scene scene = tower(24).scene({.paged = true});
  ASSERT_GE(scene.pages.size(), 2U);
  std::vector<std::size_t> boxes;
  std::set<double> sizes;
  for (const ScenePage& page : scene.pages) {
    boxes.push_back(0);
    for (const Group& group : page.groups) {
      if (!group.css_class.starts_with("node")) continue;
      ++boxes.back();
      sizes.insert(std::get<TextItem>(group.items.back()).size);
    }
  }
  EXPECT_EQ(sizes.size(), 1U);
  const auto [least, most] = std::minmax_element(boxes.begin(), boxes.end());
  EXPECT_LE(*most - *least, 2U);
}

// Nine points for boxes however long the chart is; a sheet takes only what fits at that size.
TEST(Compose, PrintsNoTextTooSmallToRead) {
  for (const int rows : {1, 9, 10, 12, 30}) {
    DrawnChart chart = tower(rows);
    const Scene scene = chart.scene({.paged = true});
    for (const ScenePage& page : scene.pages) {
      for (const Group& group : page.groups) {
        for (const Item& item : group.items) {
          const auto* text = std::get_if<TextItem>(&item);
          if (text == nullptr) continue;
          const double least = group.css_class.starts_with("node") ? good_text_size : 7.5;
          EXPECT_GE(text->size, least - 1e-6) << rows << " rows: " << text->text;
        }
      }
    }
  }
}

TEST(Compose, EndsATitleThatWouldFillTheSheet) {
  test::DrawnChart chart = test::permit_chart();
  for (int i = 0; i < 500; ++i) chart.flow.title.value += "某某许可";
  const Scene scene = chart.scene({.paged = true});
  const Group& title = scene.pages.front().groups.front();
  ASSERT_EQ(title.role, Role::heading);
  ASSERT_EQ(title.items.size(), 10U);
  EXPECT_TRUE(std::get<TextItem>(title.items.back()).text.ends_with("…"));
}

TEST(Compose, LinksOnlyToTheWeb) {
  for (const auto& [href, kept] :
       std::initializer_list<std::pair<const char*, bool>>{{"https://example.org/a?b=1&c=2", true},
                                                           {"http://example.org/", true},
                                                           {"HTTPS://example.org", true},
                                                           {"http://example.org?a@b", true},
                                                           {"https://", false},
                                                           {"https:///a", false},
                                                           {"https://gov.cn@evil.example", false},
                                                           {"ftps://example.org", false},
                                                           {"javascript:alert(1)", false},
                                                           {"javascript://a/%0Aalert(1)", false},
                                                           {" javascript:alert(1)", false},
                                                           {"data:text/html,x", false},
                                                           {"//evil.example", false},
                                                           {"https://a'b", false},
                                                           {"other.flow.xml", false}}) {
    DrawnChart chart = tower(1);
    chart.flow.nodes.front().attributes.push_back({Attribute::href, {href, {}}});
    const Scene scene = chart.scene();
    std::string found;
    for (const Group& group : scene.pages.front().groups) found += group.href;
    EXPECT_EQ(found, kept ? href : "");
  }
}

TEST(Compose, DrawsAnEmptyFlow) {
  const DrawnChart chart;
  for (const bool paged : {false, true}) {
    const Scene scene = chart.scene({.paged = paged});
    ASSERT_EQ(scene.pages.size(), 1U);
    EXPECT_THAT(texts_of(scene), testing::Contains("办理流程图"));
  }
}

TEST(Compose, RulesTheStagesOfTheMainLine) {
  DrawnChart chart = tower(5);
  const char* stages[] = {"收件", "受理", "受理", "决定", "送达"};
  for (std::size_t i = 0; i < 5; ++i) {
    Node& node = chart.flow.nodes[i];
    node.attributes.push_back({Attribute::stage, {stages[i], {}}});
    node.limit.form = LimitForm::amount;
    node.limit.amount = {static_cast<std::int64_t>(i) * 1000, TimeUnit::working_day};
    chart.layout.main_line.push_back(NodeIndex{static_cast<std::uint32_t>(i)});
  }
  chart.flow.nodes[4].limit.form = LimitForm::not_comparable;
  chart.facts = analyse(chart.flow, nullptr, chart.profile);
  const Scene scene = chart.scene();
  std::vector<std::string> names;
  for (const Group& group : scene.pages.front().groups) {
    if (group.css_class == "stage" && !group.name.empty()) names.push_back(group.name);
  }
  EXPECT_THAT(names, testing::ElementsAre("环节：收件，0个工作日", "环节：受理，3个工作日",
                                          "环节：决定，3个工作日", "环节：送达"));
  EXPECT_TRUE(ids_of(tower(5).scene(), "stage").empty());
}

// Only what grants, or ends the main line without a refusal, wears the colour of success.
TEST(Compose, ColoursEndsThatGrantOnly) {
  DrawnChart chart = tower(1);
  NodeStyle& style = chart.profile.theme.nodes[static_cast<std::size_t>(NodeKind::end)];
  style.fill = {1, 2, 3};
  style.stroke = {4, 5, 6};
  chart.profile.theme.line = {7, 8, 9};
  chart.profile.vocabulary.outcomes.add("准予", Outcome::granted);
  chart.profile.vocabulary.outcomes.add("不予许可", Outcome::refused);
  const auto end = [&](const char* id, const char* text) {
    return chart.box(NodeKind::end, id, {text}, {60, 40, 60, 30}, 0);
  };
  const NodeIndex goal = end("goal", "领取");
  const NodeIndex refused = end("refused", "不予许可");
  end("granted", "准予");
  end("failed", "未通过");
  const auto coloured = [&] {
    chart.facts = analyse(chart.flow, nullptr, chart.profile);
    const Scene scene = chart.scene();
    std::vector<std::string> ids;
    for (const Group& group : scene.pages.front().groups) {
      if (group.css_class != "node end") continue;
      const auto& outline = std::get<PathItem>(group.items.front());
      const bool is_coloured = outline.fill == style.fill;
      EXPECT_EQ(outline.stroke, is_coloured ? style.stroke : chart.profile.theme.line);
      if (is_coloured) ids.push_back(group.id);
    }
    return ids;
  };
  chart.layout.main_line = {NodeIndex{0}, goal};
  EXPECT_THAT(coloured(), testing::UnorderedElementsAre("goal", "granted"));
  chart.layout.main_line = {NodeIndex{0}, refused};
  EXPECT_THAT(coloured(), testing::ElementsAre("granted"));
}

TEST(Compose, RulesAStageOfTwoWaysByTheLongerOne) {
  DrawnChart chart = tower(4);
  chart.flow.edges.clear();
  const NodeIndex aside = chart.box(NodeKind::step, "aside", {"核查"}, {160, 110, 30, 40}, 0);
  const NodeIndex refused = chart.box(NodeKind::step, "refused", {"退件"}, {160, 115, 30, 40}, 0);
  const auto index = [](std::uint32_t i) { return NodeIndex{i}; };
  // 0 → 1 → 2 → 3, 0 → aside → 2, 0 → refused; the stage in the middle has 1, aside and refused.
  for (const auto& [from, to] : {std::pair{index(0), index(1)},
                                 {index(0), aside},
                                 {index(0), refused},
                                 {index(1), index(2)},
                                 {index(2), index(3)},
                                 {aside, index(2)}}) {
    chart.flow.edges.push_back({from, to, {}, std::nullopt, false, {}});
  }
  const char* stages[] = {"受理", "审查", "决定", "送达", "审查", "审查"};
  const std::int64_t days[] = {1, 2, 3, 4, 15, 90};
  for (std::size_t i = 0; i < chart.flow.nodes.size(); ++i) {
    Node& node = chart.flow.nodes[i];
    node.attributes.push_back({Attribute::stage, {stages[i], {}}});
    node.limit.form = LimitForm::amount;
    node.limit.amount = {days[i] * 1000, TimeUnit::working_day};
    if (i < 4) chart.layout.main_line.push_back(index(static_cast<std::uint32_t>(i)));
  }
  chart.facts = analyse(chart.flow, nullptr, chart.profile);
  EXPECT_THAT(texts_of(chart.scene()),
              testing::IsSupersetOf({"1个", "15个", "3个", "4个", "工作日"}));
}

// A refusal with a row to itself stands beside its own stage, whether that comes before or after,
// or beside none.
TEST(Compose, RulesRefusalsIntoTheirOwnStage) {
  for (const char* refused : {"受理", "决定", "公示"}) {
    DrawnChart chart = tower(4);
    chart.box(NodeKind::end, "refused", {"退件"}, {160, 155, 30, 30}, 0);
    const char* stages[] = {"收件", "受理", "决定", "送达", refused};
    for (std::size_t i = 0; i < 5; ++i) {
      chart.flow.nodes[i].attributes.push_back({Attribute::stage, {stages[i], {}}});
      if (i < 4) chart.layout.main_line.push_back(NodeIndex{static_cast<std::uint32_t>(i)});
    }
    chart.facts = analyse(chart.flow, nullptr, chart.profile);
    const scene::Source source{chart.flow,   nullptr,       chart.facts, chart.measured,
                               chart.layout, chart.profile, Language::zh};
    const std::vector<scene::StageBand> bands = scene::stage_bands(source);
    if (std::string_view(refused) == "公示") {
      ASSERT_EQ(bands.size(), 5U);
      EXPECT_EQ(bands[2].name, "");
      EXPECT_LE(bands[2].top, 155);
      EXPECT_GE(bands[2].bottom, 185);
      continue;
    }
    ASSERT_EQ(bands.size(), 4U);
    const double between = bands[1].bottom;  // of the boxes at 110 … 150 and 190 … 230
    EXPECT_DOUBLE_EQ(between, bands[2].top);
    EXPECT_EQ(between > 185, bands[1].name == refused);
    EXPECT_EQ(between < 155, bands[2].name == refused);
  }
}

// 0 → 1; from there 2, 3, 4, 5 side by side, of which the main line takes the one that ends there;
// the others go on to 6 and 7.
TEST(Compose, RulesWaysThatGoOnBesideTheMainLine) {
  DrawnChart chart = tower(2);
  for (std::uint32_t i = 0; i < 3; ++i) {
    chart.box(NodeKind::step, "way" + std::to_string(i), {"核查"}, {160 + 60.0 * i, 190, 40, 40},
              0);
  }
  chart.box(NodeKind::end, "cancelled", {"注销"}, {60, 190, 40, 40}, 0);
  chart.box(NodeKind::step, "made", {"制证"}, {160, 270, 40, 40}, 0);
  chart.box(NodeKind::end, "granted", {"准予"}, {160, 350, 40, 40}, 0);
  const auto index = [](std::uint32_t i) { return NodeIndex{i}; };
  chart.flow.edges.clear();
  for (const auto& [from, to] :
       {std::pair{0, 1}, {1, 2}, {1, 3}, {1, 4}, {1, 5}, {2, 6}, {3, 6}, {4, 6}, {6, 7}}) {
    chart.flow.edges.push_back({index(static_cast<std::uint32_t>(from)),
                                index(static_cast<std::uint32_t>(to)),
                                {},
                                std::nullopt,
                                false,
                                {}});
  }
  const char* stages[] = {"申请", "受理", "审查", "审查", "审查", "决定", "制证", "送达"};
  for (std::size_t i = 0; i < 8; ++i) {
    chart.flow.nodes[i].attributes.push_back({Attribute::stage, {stages[i], {}}});
  }
  chart.flow.nodes[7].attributes.push_back({Attribute::outcome, {"准予许可", {}}});
  chart.layout.main_line = {index(0), index(1), index(5)};
  chart.facts = analyse(chart.flow, nullptr, test::permit_profile());
  const scene::Source source{chart.flow,   nullptr,       chart.facts, chart.measured,
                             chart.layout, chart.profile, Language::zh};
  std::vector<std::string> names;
  for (const scene::StageBand& band : scene::stage_bands(source)) names.push_back(band.name);
  EXPECT_THAT(names, testing::ElementsAre("申请", "受理", "审查", "制证", "送达"));
}

// 公示 asks a question at once and waits for days that are not counted; 受理 and 送达 are outside
// the promise.
TEST(Compose, RulesWhatIsNotCountedAndWhatIsPromised) {
  DrawnChart chart = tower(6);
  for (const auto& [word, stage] : {std::pair{"受理", Stage::accept},
                                    {"审查", Stage::review},
                                    {"决定", Stage::decide},
                                    {"送达", Stage::deliver}}) {
    chart.profile.vocabulary.stages.add(word, stage);
  }
  const char* stages[] = {"受理", "审查", "公示", "公示", "决定", "送达"};
  const std::int64_t days[] = {5, 6, 10, 0, 4, 2};
  for (std::size_t i = 0; i < 6; ++i) {
    Node& node = chart.flow.nodes[i];
    node.attributes.push_back({Attribute::stage, {stages[i], {}}});
    node.limit.form = days[i] == 0 ? LimitForm::instant : LimitForm::amount;
    node.limit.amount = {days[i] * 1000, TimeUnit::working_day};
    chart.layout.main_line.push_back(NodeIndex{static_cast<std::uint32_t>(i)});
  }
  chart.flow.nodes[2].kind = NodeKind::special;
  chart.flow.nodes[2].attributes.push_back({Attribute::counted, {"no", {}}});
  chart.flow.nodes[3].kind = NodeKind::decision;
  chart.flow.promised.value = "10个工作日";
  const auto drawn = [&] {
    chart.facts = analyse(chart.flow, nullptr, chart.profile);
    const scene::Source source{chart.flow,   nullptr,       chart.facts, chart.measured,
                               chart.layout, chart.profile, Language::zh};
    std::vector<std::string> bands;
    for (const scene::StageBand& band : scene::stage_bands(source)) {
      bands.push_back(band.name + " " + band.limit + (band.promised ? " !" : ""));
    }
    return bands;
  };
  EXPECT_THAT(drawn(), testing::ElementsAre("受理 5个工作日", "审查 6个工作日 !", "公示 不计入时限",
                                            "决定 4个工作日 !", "送达 2个工作日"));
  EXPECT_THAT(texts_of(chart.scene()), testing::Contains("计入承诺时限的环节"));
  // Its key is as narrow as the line it explains.
  const Scene scene = chart.scene();
  const auto legend =
      std::ranges::find(scene.pages.front().groups, "legend",
                        [](const Group& group) { return std::string_view(group.css_class); });
  ASSERT_NE(legend, scene.pages.front().groups.end());
  const auto& caption = std::get<TextItem>(legend->items.at(0));
  const auto& meaning = std::get<TextItem>(legend->items.at(2));
  EXPECT_LT(meaning.at.x - caption.at.x - caption.width, 30);
  // Nothing to tell apart.
  for (const std::size_t i : {0U, 5U}) chart.flow.nodes[i].limit.amount.milli = 0;
  EXPECT_THAT(drawn(), testing::Each(testing::Not(testing::HasSubstr("!"))));
}

// The box on the left is reached from the one on its right.
TEST(Compose, ReadsBoxesSideBySideInTheOrderOfTheProcess) {
  DrawnChart chart;
  const NodeIndex wait = chart.box(NodeKind::step, "wait", {"补正"}, {0, 100, 40, 40});
  const NodeIndex tell = chart.box(NodeKind::document, "tell", {"告知"}, {80, 95, 40, 50});
  const NodeIndex ask = chart.box(NodeKind::start, "ask", {"申请"}, {80, 10, 40, 40});
  chart.layout.size = {200, 200};
  chart.line(tell, wait, {{80, 120}, {40, 120}});
  chart.line(ask, tell, {{100, 50}, {100, 95}});
  chart.facts = analyse(chart.flow, nullptr, chart.profile);
  EXPECT_THAT(ids_of(chart.scene(), "node"), testing::ElementsAre("ask", "tell", "wait"));
}

TEST(Compose, MarksBoxesAndLanesWithFindings) {
  DrawnChart chart = tower(3);
  const std::vector<Mark> marks{{"n0", "1, 3–5", Severity::error, "#f1"},
                                {"n9", "7", Severity::info},
                                {"only", "2", Severity::warning}};
  const Scene scene = chart.scene({.marks = marks});
  std::vector<std::string> names;
  for (const Group& group : scene.pages.front().groups) {
    if (group.css_class == "mark") names.push_back(group.name + group.href);
  }
  EXPECT_THAT(names, testing::ElementsAre("发现 2", "发现 1, 3–5#f1"));
}

TEST(Compose, AMarkOnPaperIsOnThePageOfItsBox) {
  const DrawnChart chart = tower(40);
  const Scene scene = chart.scene({.paged = true, .marks = {{"n39", "1"}}});
  ASSERT_GT(scene.pages.size(), 1U);
  for (const ScenePage& page : scene.pages) {
    const bool marked = std::ranges::any_of(
        page.groups, [](const Group& group) { return group.css_class == "mark"; });
    const bool box =
        std::ranges::any_of(page.groups, [](const Group& group) { return group.id == "n39"; });
    EXPECT_EQ(marked, box);
  }
}

// A finding without an element is about the whole chart: its number stands beside the title, inside
// the sheet.
TEST(Compose, MarksTheTitleWithFindingsOfTheWholeChart) {
  const std::vector<Mark> marks{{{}, "2", Severity::error, "#f1"}};
  for (const bool paged : {false, true}) {
    const Scene scene = tower(40).scene({.paged = paged, .marks = marks});
    std::size_t count = 0;
    for (const ScenePage& page : scene.pages) {
      for (const Group& group : page.groups) {
        if (group.css_class != "mark") continue;
        ++count;
        EXPECT_EQ(&page, &scene.pages.front());
        const auto& text = std::get<TextItem>(group.items.back());
        EXPECT_EQ(text.text, "2");
        EXPECT_LT(text.at.x, page.size.width);
        EXPECT_LT(text.at.y, 80);
      }
    }
    EXPECT_EQ(count, 1U);
  }
}

// The list of findings stands below the chart if there is room, else on a sheet of its own.
TEST(Compose, ListsFindingsBelowAChartWithRoom) {
  Diagnostics findings(2);
  Rule rule;
  rule.code = "T000";
  for (Diagnostic& finding : findings) {
    finding.rule = &rule;
    finding.message = {{"没有写明", "not stated"}, {}};
  }
  EXPECT_EQ(tower(4).scene({.paged = true, .findings = &findings}).pages.size(), 1U);
  const std::size_t sheets = tower(40).scene({.paged = true}).pages.size();
  Diagnostics many(400, findings.front());
  const Scene scene = tower(40).scene({.paged = true, .findings = &many});
  EXPECT_GT(scene.pages.size(), sheets);
  std::size_t listed = 0;
  for (const ScenePage& page : scene.pages) {
    for (const Group& group : page.groups) {
      if (group.css_class != "finding") continue;
      ++listed;
      EXPECT_LT(std::get<TextItem>(group.items.back()).at.y, page.size.height - 50);
    }
  }
  EXPECT_EQ(listed, many.size());
}

TEST(Marks, GatherTheNumbersOfAnElement) {
  const auto finding = [](std::string element, Severity severity) {
    Diagnostic made;
    made.severity = severity;
    made.element = std::move(element);
    return made;
  };
  const Diagnostics findings{finding("b", Severity::info),    finding("a", Severity::warning),
                             finding({}, Severity::error),    finding("a", Severity::error),
                             finding("a", Severity::info),    finding("a", Severity::info),
                             finding("b", Severity::warning), finding("b", Severity::info)};
  const std::vector<Mark> marks = marks_of(findings, "#f2-");
  ASSERT_EQ(marks.size(), 3U);
  EXPECT_EQ(marks[0].element, "");  // about the whole chart
  EXPECT_EQ(marks[0].text, "3");
  EXPECT_EQ(marks[1].element, "a");
  EXPECT_EQ(marks[1].text, "2, 4–6");
  EXPECT_EQ(marks[1].severity, Severity::error);
  EXPECT_EQ(marks[1].href, "#f2-2");
  EXPECT_EQ(marks[2].text, "1, 7, 8");
  EXPECT_EQ(marks[2].severity, Severity::warning);
  EXPECT_TRUE(marks_of(findings).front().href.empty());
}

TEST(Compose, PutsLooseNotesBelow) {
  DrawnChart chart = tower(1);
  chart.flow.notes.push_back({std::nullopt, {"节假日顺延", {}}, {}});
  chart.measured.notes.emplace_back();
  chart.layout.notes.emplace_back();
  EXPECT_THAT(texts_of(chart.scene()), testing::Contains("注：节假日顺延"));
}

}  // namespace
}  // namespace flowproof
