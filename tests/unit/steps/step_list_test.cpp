#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "flowproof/writer.hpp"
#include "support/drawn_chart.hpp"

namespace flowproof {
namespace {

using testing::HasSubstr;
using testing::Not;

Scene permit(Language language = Language::zh) {
  return test::permit_chart().scene({.language = language, .steps = true});
}

TEST(StepList, NumbersStepsAndNamesWhereTheyLead) {
  const std::string text = write_text(permit());
  EXPECT_THAT(text, testing::StartsWith(
                        "食品经营许可（新办）办理流程图\n\n实施机关：临河区市场监督管理局\n"));
  EXPECT_THAT(text, HasSubstr("\n1. 提出申请（开始；申请人）\n     → 2 接收申请材料\n2. "));
  EXPECT_THAT(text, HasSubstr("\n     可补正 → 4 一次性告知补正\n"));
  EXPECT_THAT(text, HasSubstr("说明：时间书面告知"));
  EXPECT_THAT(text, HasSubstr("不计入时限"));
  EXPECT_THAT(text, testing::EndsWith("日期：2019-09-16\n"));
}

// What the picture shows by its ruler, its dashes and its rules for ways back.
TEST(StepList, TellsStagesOutcomesAndWhenAnExitIsTaken) {
  test::DrawnChart chart = test::permit_chart();
  for (Node& node : chart.flow.nodes) {
    if (node.kind != NodeKind::end) continue;
    node.attributes.push_back({Attribute::stage, {"决定", {}}});
    node.attributes.push_back({Attribute::outcome, {"特别结果", {}}});
  }
  chart.flow.edges[0].timeout = true;
  chart.flow.edges[0].when.value = "视为受理";
  chart.flow.edges[0].max = 2;
  chart.flow.edges[1].timeout = true;
  chart.flow.edges[1].when.value = "逾期不告知";
  const std::string text = write_text(chart.scene({.steps = true}));
  EXPECT_THAT(text, HasSubstr("（结束；环节：决定；"));
  EXPECT_THAT(text, HasSubstr("办理结果：特别结果）"));
  EXPECT_THAT(text, HasSubstr("视为受理（逾期时，最多2次） → "));
  EXPECT_THAT(text, HasSubstr("逾期不告知 → "));
}

TEST(StepList, EveryExitLeadsToTheStepItNames) {
  const Scene scene = permit();
  std::size_t exits = 0;
  for (const Step& step : scene.steps) {
    for (const Step::Exit& exit : step.exits) {
      ++exits;
      ASSERT_LT(exit.to, scene.steps.size());
    }
  }
  EXPECT_EQ(exits, test::permit_chart().flow.edges.size());
}

TEST(StepList, SpeaksEnglish) {
  EXPECT_THAT(write_text(permit(Language::en)), HasSubstr("1. 提出申请 (start; 申请人)"));
}

TEST(StepList, NestsUnderNumbersOfAnyLength) {
  const std::string list = write_markdown(permit());
  EXPECT_THAT(list, testing::StartsWith("# 食品经营"));
  EXPECT_THAT(list, HasSubstr("\n9. **"));
  EXPECT_THAT(list, HasSubstr("\n10. **"));
  EXPECT_THAT(list, testing::ContainsRegex("\n   - → [0-9]+ [^\n]+\n10\\. "));
  EXPECT_THAT(list, testing::ContainsRegex("\n10\\. [^\n]+\n    - "));
}

TEST(StepList, KeepsHostileTextAsText) {
  Scene scene{.title = "a\\b", .language = "zh-CN"};
  scene.steps = {{.text = "<script>alert(1)</script>", .kind = "步骤"},
                 {.text = "[x](javascript:alert(1))", .kind = "步骤", .exits = {{"*a* | `b`", 0}}},
                 {.text = "&lt;", .kind = "步骤", .href = "https://example.org/a_b"}};
  const std::string list = write_markdown(scene);
  EXPECT_THAT(list, HasSubstr("# a\\\\b\n"));
  EXPECT_THAT(list, HasSubstr("1. **\\<script\\>alert(1)\\</script\\>**"));
  EXPECT_THAT(list, HasSubstr("2. **\\[x\\](javascript:alert(1))**"));
  EXPECT_THAT(list, HasSubstr("   - \\*a\\* \\| \\`b\\` → 1 \\<script\\>"));
  EXPECT_THAT(list, HasSubstr("3. [**\\&lt;**](<https://example.org/a_b>)"));
  EXPECT_THAT(write_text(scene), HasSubstr("3. &lt; <https://example.org/a_b>（步骤）\n"));
}

}  // namespace
}  // namespace flowproof
