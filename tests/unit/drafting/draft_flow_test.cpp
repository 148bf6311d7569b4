// Flows drafted from guides: what they draw, and that they hold against the guide they come from.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "flowproof/drafting.hpp"
#include "flowproof/readers.hpp"
#include "flowproof/rule.hpp"
#include "support/cases.hpp"
#include "support/judge.hpp"

namespace flowproof {
namespace {

using testing::AnyOf;
using testing::Each;
using testing::ElementsAre;
using testing::Eq;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

std::string guide_of(const std::string& type, const std::string& promised, const std::string& rows,
                     const std::string& more = {}) {
  return R"(<guide xmlns="urn:flowproof:guide:1" name="取水许可" code="1199" type=")" + type + R"(">
  <statutory value="20个工作日"/><promised value=")" +
         promised + R"("/><steps>)" + rows + "</steps>" + more + "</guide>";
}
std::string row(const std::string& name, const std::string& limit = {},
                const std::string& by = {}) {
  return R"(<step name=")" + name + R"(" performer=")" + by + R"(" limit=")" + limit + R"("/>)";
}

struct Drafted {
  Flow flow;
  std::string xml;
  std::vector<std::string> findings;  ///< of the pair, notes left out: names of rules
};

Drafted draft(const std::string& guide_xml) {
  const SourceText source{"x.guide.xml", guide_xml};
  const Parsed<Guide> guide = read_guide(source, {});
  EXPECT_TRUE(guide.value) << guide_xml;
  for (const Diagnostic& finding : guide.diagnostics) {
    EXPECT_STREQ(finding.rule->name.data(), "unreadable-limit") << guide_xml;
  }
  Drafted out{draft_flow(*guide.value, test::profile_for(guide.value->type.value)), {}, {}};
  out.xml = *write_flow(out.flow);
  const test::Judged judged = test::judge(out.xml, *write_guide(filed_guide(*guide.value)));
  for (const Diagnostic& finding : judged.findings) {
    // What a guide does not say (contacts, limits, results) a draft cannot know.
    if (finding.severity > Severity::info && finding.rule->name != "incomplete-step")
      out.findings.emplace_back(finding.rule->name);
  }
  return out;
}

std::vector<std::string> ids(const Flow& flow) {
  std::vector<std::string> out;
  for (const Node& node : flow.nodes) out.push_back(node.id());
  return out;
}

TEST(DraftFlow, draws_what_the_law_requires_of_a_licence_without_steps) {
  const Drafted drafted = draft(guide_of("行政许可", "8个工作日", ""));
  EXPECT_THAT(drafted.findings, IsEmpty());
  EXPECT_THAT(ids(drafted.flow),
              ElementsAre("apply", "complete", "supplement", "not-accepted", "accept", "review",
                          "decide", "refused", "deliver", "granted"));
  EXPECT_THAT(drafted.xml, HasSubstr("推定：办事指南没有列出“受理、审查、决定、送达”"));
  EXPECT_THAT(drafted.xml, HasSubstr("总时限全部记在“审查”"));
  const auto limit_of = [&](const char* id) {
    return drafted.flow.node(*drafted.flow.find(id)).get(Attribute::limit);
  };
  EXPECT_EQ(limit_of("review"), "8个工作日");
  EXPECT_EQ(limit_of("decide"), "");
  EXPECT_EQ(limit_of("deliver"), "10个工作日") << "行政许可法 44";
}

TEST(DraftFlow, lacks_nothing_that_the_draft_itself_can_say) {
  for (const char* type : {"行政许可", "行政确认", "行政给付", "其他行政权力", "公共服务"}) {
    const Guide guide = *read_guide({"x.guide.xml", guide_of(type, "8个工作日", "")}, {}).value;
    const std::string flow = *write_flow(draft_flow(guide, test::profile_for(type)));
    for (const Diagnostic& finding : test::judge(flow, *write_guide(filed_guide(guide))).findings) {
      EXPECT_NE(finding.rule->name, "incomplete-step") << type << '\n' << flow;
    }
  }
}

TEST(DraftFlow, takes_the_steps_of_the_guide_with_their_people_and_limits) {
  const Drafted drafted =
      draft(guide_of("行政许可", "10个工作日",
                     row("收件", "当场", "窗口") + row("受理", "1个工作日", "窗口") +
                         row("审查", "4个工作日", "承办人") + row("审批", "2个工作日", "局长") +
                         row("颁证", "1个工作日", "窗口")));
  EXPECT_THAT(drafted.findings, IsEmpty());
  const Node& decision = drafted.flow.node(*drafted.flow.find("decide"));
  EXPECT_EQ(decision.kind, NodeKind::decision);
  EXPECT_EQ(decision.get(Attribute::by), "局长");
  EXPECT_EQ(decision.get(Attribute::limit), "2个工作日");
  EXPECT_EQ(drafted.flow.lanes.size(), 4U);  // the decider is another one than the reviewer
  EXPECT_THAT(drafted.xml, Not(HasSubstr("推定")));
  // Supplements go back to where materials are received.
  EXPECT_THAT(drafted.xml, HasSubstr(R"(<to node="receive" max="1"/>)"));
}

TEST(DraftFlow, takes_the_name_of_a_step_for_more_particular_than_its_column) {
  const auto filed = [](const std::string& stage, const std::string& name, const std::string& by) {
    return R"(<step stage=")" + stage + R"(" name=")" + name + R"(" performer=")" + by +
           R"(" limit="1个工作日"/>)";
  };
  const Drafted drafted = draft(
      guide_of("行政许可", "10个工作日",
               filed("申请与受理", "收件", "窗口") + filed("申请与受理", "受理", "窗口") +
                   filed("审查与决定", "审查", "承办人") + filed("审查与决定", "决定", "局长") +
                   filed("颁证与送达", "制证", "窗口") + filed("颁证与送达", "送达", "窗口")));
  EXPECT_THAT(drafted.findings, IsEmpty());
  EXPECT_THAT(ids(drafted.flow),
              ElementsAre("apply", "receive", "complete", "supplement", "not-accepted", "accept",
                          "review", "decide", "refused", "certify", "deliver", "granted"));
  EXPECT_EQ(drafted.flow.node(*drafted.flow.find("review")).get(Attribute::stage), "审查");
  EXPECT_EQ(drafted.flow.lanes.back().name.value, "决定人");
}

TEST(DraftFlow, draws_special_procedures_and_pauses_before_the_decision) {
  const Drafted drafted = draft(guide_of(
      "行政许可", "10个工作日",
      row("受理", "1个工作日") + row("审查", "4个工作日") + row("中止") + row("终止") +
          row("决定", "5个工作日") + row("送达"),
      R"(<special kind="专家评审" limit="30个工作日" counted="no" basis="行政许可法第四十五条"/>)"));
  EXPECT_THAT(drafted.findings, IsEmpty());
  const auto ask = drafted.flow.find("special-needed");
  ASSERT_TRUE(ask);
  std::vector<std::string> ways;
  for (const Edge& edge : drafted.flow.edges) {
    if (edge.from == *ask) ways.push_back(edge.when.value);
  }
  EXPECT_THAT(ways, ElementsAre("不需要", "中止", "专家评审"));
  const auto stopped = drafted.flow.find("terminate");
  ASSERT_TRUE(stopped);
  EXPECT_EQ(drafted.flow.node(*stopped).get(Attribute::outcome), "终止");
}

TEST(DraftFlow, splits_the_basis_from_the_name_of_a_special_procedure) {
  const auto filed = [](const std::string& kind) {
    const std::string xml = guide_of("行政许可", "10个工作日", "",
                                     "<special kind=\"" + kind + "\" limit=\"15个工作日\"/>");
    return filed_guide(*read_guide({"x.guide.xml", xml}, {}).value).specials.at(0);
  };
  const GuideSpecial named = filed("机构评审： 《固定资产投资项目节能审查办法》第八条 应委托评审");
  EXPECT_EQ(named.kind.value, "机构评审");
  EXPECT_EQ(named.basis.value, "《固定资产投资项目节能审查办法》第八条 应委托评审");
  EXPECT_EQ(filed("依据《文物保护法》").kind.value, "依据");
  EXPECT_EQ(filed("《文物保护法》第二十条").kind.value, "特别程序");
  EXPECT_EQ(filed("《文物保护法》第二十条").basis.value, "《文物保护法》第二十条");
  EXPECT_EQ(filed("专家评审").basis.value, "");
  EXPECT_THAT(draft(guide_of("行政许可", "10个工作日", "",
                             R"(<special kind="机构评审：《节能审查办法》" limit="15个工作日"/>)"))
                  .findings,
              ElementsAre("special-inside-promise"));
}

TEST(DraftFlow, draws_steps_side_by_side_if_the_promise_holds_only_so) {
  const std::string rows = row("受理", "1个工作日", "窗口") + row("审查", "5个工作日", "甲科") +
                           row("联合审查", "5个工作日", "乙科") + row("决定", "2个工作日", "局长") +
                           row("送达", "", "窗口");
  const Drafted together = draft(guide_of("行政许可", "8个工作日", rows));
  EXPECT_TRUE(together.flow.find("fork") && together.flow.find("meet"));
  EXPECT_THAT(together.findings, IsEmpty());
  EXPECT_THAT(together.xml, HasSubstr("按同时办理画"));
  EXPECT_FALSE(draft(guide_of("行政许可", "15个工作日", rows)).flow.find("fork"));
  // No order of the steps keeps this promise: the guide contradicts itself.
  EXPECT_THAT(draft(guide_of("行政许可", "3个工作日", rows)).findings,
              ElementsAre("path-over-promise"));
}

TEST(DraftFlow, asks_little_of_public_services_and_of_what_is_handled_at_once) {
  const Drafted service = draft(guide_of("公共服务", "1个工作日", ""));
  EXPECT_THAT(service.findings, IsEmpty());
  EXPECT_THAT(ids(service.flow),
              ElementsAre("apply", "complete", "supplement", "decide", "granted"));
  const Drafted instant = draft(guide_of("行政许可", "即办", ""));
  EXPECT_THAT(instant.findings, IsEmpty());
  EXPECT_FALSE(instant.flow.find("review"));
}

TEST(DraftFlow, speaks_of_what_the_item_is) {
  const auto drawn = [](std::string name, const std::string& type, const std::string& more = {}) {
    std::string guide = guide_of(type, "5个工作日", "", more);
    guide.replace(guide.find("取水许可"), std::string("取水许可").size(), name);
    const Drafted draft_of = draft(guide);
    EXPECT_THAT(draft_of.findings, IsEmpty()) << name;
    return draft_of.xml;
  };
  EXPECT_THAT(drawn("法律顾问备案（变更）", "其他行政权力"),
              testing::AllOf(HasSubstr("是否符合备案条件？"), HasSubstr("不予备案")));
  EXPECT_THAT(drawn("停业登记", "其他行政权力"), HasSubstr("予以登记"));
  EXPECT_THAT(drawn("学籍确定", "其他行政权力"), HasSubstr("是否符合办理条件？"));
  EXPECT_THAT(drawn("权属争议调处", "行政裁决"),
              testing::AllOf(HasSubstr("审理双方的主张和证据"), HasSubstr("请求是否成立？")));
  const std::string papers = R"(<material name="申请表"/>)";
  EXPECT_THAT(drawn("名单查询", "公共服务"), HasSubstr("申请内容是否完整？"));
  EXPECT_THAT(drawn("证明补办", "公共服务", papers), HasSubstr("材料是否齐全？"));
}

/// Whatever a guide lists, also twice, what its flow is told is what the guide itself contradicts
/// or leaves out.
TEST(DraftFlow, says_only_what_the_guide_lacks) {
  const std::vector<std::string> names = {
      "申请", "收件",     "受理", "审查", "审核",     "决定",     "审批",       "办结",
      "制证", "送达",     "颁证", "公示", "现场核查", "专家评审", "补正",       "初审",
      "转报", "不予受理", "中止", "归档", "撤回",     "终止",     "受理与审查", "缴费"};
  const std::vector<std::string> limits = {
      "",  "当场",  "0.5个工作日",        "2个工作日",
      "5", "1周内", "不计算在办理期限内", "自受理后第15个工作日完成",
      "无"};
  const std::vector<std::string> types = {"行政许可",     "行政确认", "行政奖励", "行政裁决",
                                          "其他行政权力", "公共服务", "行政检查", ""};
  const std::vector<std::string> promises = {"10个工作日", "5", "当场", "30天", "15个工作日"};
  std::mt19937 random(20190701);
  const auto one_of = [&](const std::vector<std::string>& list) {
    return list[random() % list.size()];
  };
  for (int round = 0; round < test::cases(3000); ++round) {
    std::string rows;
    for (unsigned i = random() % 8; i > 0; --i) {
      const std::string name = one_of(names);
      rows += row(name, one_of(limits), one_of({"", "窗口", "承办人", "局长"}));
    }
    const std::string guide = guide_of(one_of(types), one_of(promises), rows);
    const Drafted drafted = draft(guide);
    EXPECT_THAT(
        drafted.findings,
        Each(AnyOf(Eq("path-over-promise"), Eq("path-over-statutory"), Eq("promise-over-statutory"),
                   Eq("limits-not-comparable"), Eq("unreadable-limit"), Eq("stage-not-in-guide"),
                   Eq("missing-acceptance"), Eq("missing-review"), Eq("missing-decision"),
                   Eq("missing-delivery"), Eq("incomplete-special"), Eq("materials-asked-again"),
                   Eq("hearing-times"), Eq("late-first-review"), Eq("stage-out-of-order"),
                   Eq("late-delivery"), Eq("late-supplement-notice"), Eq("special-inside-promise"),
                   Eq("excluded-without-basis"), Eq("guide-step-repeated"), Eq("repeated-step"))))
        << guide << '\n'
        << drafted.xml;
  }
}

}  // namespace
}  // namespace flowproof
