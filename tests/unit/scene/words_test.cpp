#include "scene/words.hpp"

#include <gtest/gtest.h>

#include "support/drawn_chart.hpp"

namespace flowproof::scene {
namespace {

Source source_of(const test::DrawnChart& chart, Language language = Language::zh) {
  return {chart.flow, nullptr, chart.facts, chart.measured, chart.layout, chart.profile, language};
}

TEST(Words, DescribeADecisionWithItsExits) {
  test::DrawnChart chart = test::permit_chart();
  chart.facts.graph = Graph(chart.flow);
  const NodeIndex complete = *chart.flow.find("complete");
  EXPECT_EQ(
      node_sentence(source_of(chart), complete),
      "判断：材料是否齐全？ 综合窗口；是→出具受理通知书，可补正→一次性告知补正，无权→不予受理");
  EXPECT_EQ(node_sentence(source_of(chart, Language::en), complete),
            "Decision: 材料是否齐全？ 综合窗口; 是 → 出具受理通知书, 可补正 → 一次性告知补正, "
            "无权 → 不予受理");
}

TEST(Words, SayThatTheClockStandsStill) {
  const test::DrawnChart chart = test::permit_chart();
  EXPECT_EQ(node_sentence(source_of(chart), *chart.flow.find("experts")),
            "特别程序：专家评审。食品经营许可科，不计入时限");
}

TEST(Words, MakeATitle) {
  test::DrawnChart chart = test::permit_chart();
  chart.flow.title.value = "食品经营许可";
  EXPECT_EQ(title_of(source_of(chart)), "食品经营许可办理流程图");
  chart.flow.title.value = "食品经营许可流程图";
  EXPECT_EQ(title_of(source_of(chart)), "食品经营许可流程图");
  chart.flow.title.value.clear();
  EXPECT_EQ(title_of(source_of(chart)), "办理流程图");
}

TEST(Words, DescribeTheChart) {
  const test::DrawnChart chart = test::permit_chart();
  EXPECT_EQ(description_of(source_of(chart)),
            "食品经营许可（新办）办理流程图：共15个图形，其中判断2处、结束3处。"
            "法定时限：20个工作日。承诺时限：10个工作日。不计入时限：专家评审。");
}

TEST(Words, TakeLimitsFromTheGuideWhereTheFlowIsSilent) {
  test::DrawnChart chart = test::permit_chart();
  chart.flow.statutory.value.clear();
  Guide guide;
  guide.statutory.value.value = "20";
  guide.statutory.unit.value = "工作日";
  guide.contacts.push_back({{"咨询", {}}, {"000-00000101", {}}, {}});
  Source source = source_of(chart);
  const Source guided{source.flow,   &guide,         source.facts,   source.measured,
                      source.layout, source.profile, source.language};
  EXPECT_EQ(guided.statutory(), "20工作日");
  EXPECT_EQ(guided.contact({}, "咨询"), "000-00000101");
  EXPECT_EQ(guided.contact({}, "投诉"), "");
}

TEST(Words, ShowWhatWouldDeceive) {
  EXPECT_EQ(visible("受理\u202E理受"), "受理<U+202E>理受");
  EXPECT_EQ(visible("a\nb\tc"), "a b c");
  EXPECT_EQ(visible("a\x01"
                    "b"),
            "a<U+0001>b");
  EXPECT_EQ(visible("a\xFF"
                    "b"),
            "a\uFFFDb");
  EXPECT_EQ(visible("普通文字，（一）ABC 123"), "普通文字，（一）ABC 123");
}

TEST(Words, CutWhatIsBeyondAllMeasure) {
  std::string marks = "e";
  for (int i = 0; i < 100'000; ++i) marks += "\u0301";
  EXPECT_LT(visible(marks).size(), 100U);
  std::string endless;
  for (int i = 0; i < 10'000; ++i) endless += "长";
  EXPECT_EQ(visible(endless).size(), 2000U * 3 + 3);
}

}  // namespace
}  // namespace flowproof::scene
