#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <tuple>

#include "base/unicode.hpp"
#include "flowproof/layout.hpp"
#include "support/permit_flow.hpp"
#include "text/line_breaking.hpp"

namespace flowproof {
namespace {

std::vector<std::string> lines_of(std::string_view words, double em) {
  std::vector<std::string> out;
  const Profile profile;
  text::Paragraph paragraph(words, profile);
  for (const text::BrokenLine& line : paragraph.lines(em).lines) {
    out.emplace_back(paragraph.words_of(line));
  }
  return out;
}

using Lines = std::vector<std::string>;

TEST(TextWidth, CountsChineseAsOneEm) {
  EXPECT_DOUBLE_EQ(text_width("材料齐全", 10), 40);
  EXPECT_DOUBLE_EQ(text_width("，", 10), 10);
  EXPECT_DOUBLE_EQ(text_width("", 10), 0);
  EXPECT_NEAR(text_width("𠀀", 10), 10, 1e-9);
}

TEST(TextWidth, IsGenerousForLatinAndDigits) {
  EXPECT_GE(text_width("0123456789", 10), 55);
  EXPECT_LE(text_width("0123456789", 10), 70);
  EXPECT_LT(text_width("iiii", 10), text_width("MMMM", 10));
}

TEST(TextWidth, MarksThatCombineTakeNoRoom) {
  EXPECT_DOUBLE_EQ(text_width("e\xCC\x81", 10), text_width("e", 10));
  EXPECT_DOUBLE_EQ(text_width("\xE2\x80\x8B", 10), 0);
}

TEST(TextWidth, WhatIsShownByItsNameHasRoomForIt) {
  for (char32_t code = 0x20; code <= 0x10FFFF; ++code) {
    const CharacterKind kind = kind_of(code);
    if (kind != CharacterKind::control && kind != CharacterKind::bidi &&
        kind != CharacterKind::byte_order_mark) {
      continue;
    }
    std::string text;
    append_utf8(text, code);
    const std::string name = '<' + code_point_name(code) + '>';
    EXPECT_GE(text_width(text, 10), text_width(name, 10)) << name;
    EXPECT_LE(text_width(text, 10), text_width(name, 10) * 1.1) << name;
  }
}

TEST(LineBreaking, BalancesLines) {
  EXPECT_EQ(lines_of("材料是否齐全符合法定形式", 10), (Lines{"材料是否齐全", "符合法定形式"}));
}

TEST(LineBreaking, NoLineBeginsWithClosingPunctuation) {
  for (int em = 3; em < 12; ++em) {
    for (const std::string& line : lines_of("申请材料齐全、符合法定形式，决定受理（当场）。", em)) {
      for (const char* mark : {"、", "，", "。", "）", "！", "？", "：", "；", "》"}) {
        EXPECT_FALSE(line.starts_with(mark)) << line << " at " << em;
      }
      EXPECT_FALSE(line.ends_with("（")) << line << " at " << em;
    }
  }
}

TEST(LineBreaking, NumberKeepsItsUnit) {
  for (int em = 6; em < 12; ++em) {
    std::string all;
    for (const std::string& line : lines_of("自受理之日起5个工作日内作出决定", em)) {
      all += line + '|';
    }
    EXPECT_NE(all.find("5个工作日"), std::string::npos) << all;
  }
  for (const std::string& line : lines_of("依据第四十五条办理有关事项", 6)) {
    EXPECT_FALSE(line.ends_with("第")) << line;
    EXPECT_FALSE(line.ends_with("第四十")) << line;
  }
}

TEST(LineBreaking, TitlesStayWholeWhereTheyFit) {
  for (int em = 8; em < 14; ++em) {
    std::string all;
    for (const std::string& line : lines_of("出具《受理通知书》并送达申请人", em))
      all += line + '|';
    EXPECT_NE(all.find("《受理通知书》"), std::string::npos) << all;
  }
}

TEST(LineBreaking, WordsStayWholeAndSpacesVanishAtLineEnds) {
  EXPECT_EQ(lines_of("submit the application", 8), (Lines{"submit the", "application"}));
}

TEST(LineBreaking, LongWordsBreakSomewhere) {
  const Lines lines = lines_of(std::string(200, 'm'), 10);
  EXPECT_GT(lines.size(), 10U);
  for (const std::string& line : lines) EXPECT_LE(text_width(line, 10), 100 + 1e-3);
}

// Words that are known to the profile stay whole wherever a line has room for them.
TEST(LineBreaking, KeepsKnownWordsWhole) {
  Profile profile;
  profile.terms.add("书面 说明 理由 告知 复议 诉讼 权利 批准 文件 可以 兴建 取水 工程");
  const auto torn = [&](std::string_view words, double em) {
    text::Paragraph paragraph(words, profile);
    const text::BrokenText& broken = paragraph.lines(em);
    std::string all;
    for (const text::BrokenLine& line : broken.lines) {
      all += std::string(paragraph.words_of(line)) + '|';
    }
    for (const std::string_view word : {"书面", "说明", "理由", "告知", "复议", "诉讼", "权利",
                                        "批准", "文件", "可以", "兴建", "取水", "工程"}) {
      EXPECT_EQ(words.find(word) != std::string_view::npos, all.find(word) != std::string::npos)
          << all << " at " << em;
    }
    return broken.torn;
  };
  for (int em = 4; em < 14; ++em) {
    EXPECT_FALSE(torn("书面说明理由，告知复议和诉讼权利", em));
    EXPECT_FALSE(torn("取得批准文件，可以兴建取水工程", em));
  }
  EXPECT_TRUE(text::Paragraph("说明理由", profile).lines(1).torn);
}

TEST(LineBreaking, KeepsWordsForStagesAndOutcomesWhole) {
  Profile profile;
  profile.vocabulary.stages.add("受理登记", Stage::accept);
  profile.vocabulary.outcomes.add("准予许可", Outcome::granted);
  const std::string words = "可以受理登记并准予许可";
  text::Paragraph paragraph(words, profile);
  std::string all;
  for (const text::BrokenLine& line : paragraph.lines(5).lines) {
    all += std::string(paragraph.words_of(line)) + '|';
  }
  EXPECT_NE(all.find("受理登记"), std::string::npos) << all;
  EXPECT_NE(all.find("准予许可"), std::string::npos) << all;
}

TEST(LineBreaking, RatherTearsAWordThanTakesAnotherLineIfTold) {
  Profile profile;
  profile.terms.add("一次性告知 需要 补正 内容");
  text::Paragraph paragraph("一次性告知需要补正的内容", profile);
  EXPECT_EQ(paragraph.lines(6, text::Prefer::few_lines).lines.size(), 2U);
  EXPECT_EQ(paragraph.lines(6, text::Prefer::whole_words).lines.size(), 3U);
}

// What must be torn is torn between the shorter words it is made of.
TEST(LineBreaking, TearsALongWordBetweenTheShorterOnes) {
  Profile profile;
  profile.terms.add("一次性 告知 一次性告知 书面 需要 补正 营业 营业执照 许可证 经营 经营许可证");
  const auto lines = [&](std::string_view words, double em) {
    text::Paragraph paragraph(words, profile);
    Lines out;
    for (const text::BrokenLine& line : paragraph.lines(em, text::Prefer::few_lines).lines) {
      out.emplace_back(paragraph.words_of(line));
    }
    return out;
  };
  EXPECT_EQ(lines("书面一次性告知需要补正", 6), (Lines{"书面一次性", "告知需要补正"}));
  EXPECT_EQ(lines("经营许可证", 3), (Lines{"经营", "许可证"}));
  EXPECT_EQ(lines("营业执照", 2), (Lines{"营业", "执照"}));
}

TEST(LineBreaking, CountsNumbersAsWords) {
  Profile profile;
  profile.terms.add("人员 一次性 告知 核查");
  for (int em = 5; em < 9; ++em) {
    text::Paragraph paragraph("现场核查（2名以上人员），一次性告知", profile);
    std::string all;
    for (const text::BrokenLine& line : paragraph.lines(em).lines) {
      all += std::string(paragraph.words_of(line)) + '|';
    }
    EXPECT_NE(all.find("2名以上"), std::string::npos) << all;
    EXPECT_NE(all.find("一次性"), std::string::npos) << all;
  }
}

// A title is a word, too: torn only where no line holds it, and then between its words.
TEST(LineBreaking, TitlesAreTornLast) {
  Profile profile;
  profile.terms.add("出生 医学 证明 领取");
  text::Paragraph paragraph("领取《出生医学证明》", profile);
  EXPECT_TRUE(paragraph.lines(6).torn);
  EXPECT_FALSE(paragraph.lines(8.2).torn);
  EXPECT_EQ(paragraph.words_of(paragraph.lines(8.2).lines.front()), "领取");
  std::string all;
  for (const text::BrokenLine& line : paragraph.lines(5).lines) {
    all += std::string(paragraph.words_of(line)) + '|';
  }
  for (const char* word : {"出生", "医学", "证明"}) {
    EXPECT_NE(all.find(word), std::string::npos) << all;
  }
  const std::string open(3000, 'x');
  EXPECT_FALSE(text::Paragraph("《《《《" + open, profile).lines(20).lines.empty());
}

TEST(LineBreaking, LeavesNoCharacterAlone) {
  for (int count = 4; count < 40; ++count) {
    std::string words;
    for (int i = 0; i < count; ++i) words += "事";
    for (int em = 3; em < 12; ++em) {
      for (const std::string& line : lines_of(words, em)) EXPECT_GE(line.size(), 6U) << count;
    }
  }
}

TEST(BreakText, FillsTheLinesOfAParagraph) {
  const Profile profile;
  const auto full = [&](std::string_view text, double width) {
    return break_text(text, 10, width, Fill::full, profile);
  };
  EXPECT_EQ(full("自受理之日起决定", 100), (Lines{"自受理之日起决定"}));
  EXPECT_EQ(full("自受理之日起作出决定。不含专家评审的时间", 100),
            (Lines{"自受理之日起作出决", "定。不含专家评审的时", "间"}));
  EXPECT_EQ(full("the promised limit is longer", 80), (Lines{"the promised", "limit is longer"}));
  EXPECT_EQ(full("", 80), (Lines{""}));
}

TEST(BreakText, TitlesComeOutEvenAndInsideTheirWidth) {
  Profile profile;
  profile.terms.add("建设工程 规划 许可证 核发 变更 延续");
  const std::string title = "建设工程规划许可证核发、变更、延续办理流程图";
  for (double width = 80; width < 200; width += 10) {
    std::string all;
    for (const std::string& line : break_text(title, 10, width, Fill::even, profile)) {
      EXPECT_LE(text_width(line, 10), width + 1e-3) << line;
      EXPECT_FALSE(line.starts_with("、")) << line;
      all += line;
    }
    EXPECT_EQ(all, title);
  }
  EXPECT_EQ(break_text(title, 10, 130, Fill::even, profile),
            (Lines{"建设工程规划许可证核发、", "变更、延续办理流程图"}));
}

TEST(LineBreaking, KeepsEveryCharacter) {
  const std::string words = "材料（复印件）1份、《章程》2份,共3页。";
  for (int em = 1; em < 20; ++em) {
    std::string all;
    for (const std::string& line : lines_of(words, em)) all += line;
    EXPECT_EQ(all, words);
  }
}

TEST(LineBreaking, TakesHostileTexts) {
  std::string marks = "e";
  for (int i = 0; i < 10000; ++i) marks += "\xCC\x81";
  EXPECT_EQ(lines_of(marks, 10).size(), 1U);
  std::string opened;
  for (int i = 0; i < 10000; ++i) opened += "《";
  EXPECT_FALSE(lines_of(opened, 10).empty());
  EXPECT_FALSE(lines_of("\xFF\xFE\xC0", 10).empty());
  EXPECT_TRUE(lines_of("", 10).empty());
  EXPECT_TRUE(lines_of("   ", 10).empty());
}

Node node_of(NodeKind kind, std::string label) {
  Node node;
  node.kind = kind;
  node.attributes.push_back({Attribute::text, {std::move(label), {}}});
  return node;
}

TEST(Measure, BoxesOfAKindAreEquallyWide) {
  Flow flow;
  flow.nodes = {node_of(NodeKind::step, "收件"),
                node_of(NodeKind::step, "征求利害关系人的意见和建议"),
                node_of(NodeKind::decision, "通过?"),
                node_of(NodeKind::decision, "材料是否齐全、符合法定形式?")};
  const Measured measured = measure(flow, Profile{});
  EXPECT_EQ(measured.node_sizes[0].width, measured.node_sizes[1].width);
  EXPECT_EQ(measured.node_sizes[2].width, measured.node_sizes[3].width);
}

TEST(Measure, PerformerIsLeftOutWhenItIsTheLane) {
  Flow flow;
  Lane lane;
  lane.name.value = "窗口";
  flow.lanes.push_back(lane);
  Node node = node_of(NodeKind::step, "收件");
  node.lane = LaneIndex{0};
  node.attributes.push_back({Attribute::by, {"窗口", {}}});
  node.attributes.push_back({Attribute::limit, {"当场", {}}});
  flow.nodes.push_back(node);
  const Measured measured = measure(flow, Profile{});
  ASSERT_EQ(measured.nodes[0].lines.size(), 2U);
  EXPECT_EQ(measured.nodes[0].lines[1].text, "当场");
  EXPECT_TRUE(measured.nodes[0].lines[1].muted);
}

TEST(Measure, TimeoutIsALabel) {
  Flow flow;
  flow.nodes = {node_of(NodeKind::decision, "?"), node_of(NodeKind::end, "视为同意")};
  Edge edge;
  edge.to = NodeIndex{1};
  edge.timeout = true;
  flow.edges.push_back(edge);
  const Measured measured = measure(flow, Profile{});
  ASSERT_EQ(measured.labels[0].lines.size(), 1U);
  EXPECT_EQ(measured.labels[0].lines[0].text, "超时");
}

TEST(Measure, NoTextIsSmallerThanNinePoints) {
  Flow flow;
  Profile profile;
  profile.theme.font_size = 4;
  profile.theme.label_size = 4;
  flow.nodes = {node_of(NodeKind::step, "收件")};
  EXPECT_GE(measure(flow, profile).nodes[0].lines[0].size, 9);
}

Flow with_lanes(std::size_t lanes) {
  Flow flow;
  for (std::size_t i = 0; i < lanes; ++i) {
    Lane lane;
    lane.name.value = "市场监督管理局";
    flow.lanes.push_back(lane);
  }
  flow.nodes = {node_of(NodeKind::step, "现场核查经营场所（2名以上核查人员）"),
                node_of(NodeKind::decision, "材料是否齐全、符合法定形式？"),
                node_of(NodeKind::decision, "是否受理？"), node_of(NodeKind::parallel, "")};
  for (Node& node : flow.nodes) node.lane = LaneIndex{0};
  for (const std::uint32_t node : {1U, 0U, 3U}) {
    flow.notes.push_back({NodeIndex{node}, {"所需时间书面告知申请人", {}}, {}});
  }
  flow.notes.push_back({std::nullopt, {"节假日顺延", {}}, {}});
  return flow;
}

TEST(Measure, ListsNotesBelowWhereLanesAreMany) {
  const Measured few = measure(with_lanes(1), Profile{});
  EXPECT_EQ(few.note_signs, (Lines{"", "", "", ""}));
  const Measured many = measure(with_lanes(2), Profile{});
  EXPECT_EQ(many.note_signs, (Lines{"①", "②", "", ""}));
  std::string step;
  for (const TextLine& line : many.nodes[0].lines) step += line.text;
  EXPECT_EQ(step, "现场核查经营场所（2名以上核查人员）②");
}

TEST(Measure, DrawsNarrowWhereLanesAreMany) {
  const Measured few = measure(with_lanes(1), Profile{});
  const Measured many = measure(with_lanes(2), Profile{});
  for (std::size_t node = 0; node < 3; ++node) {
    EXPECT_LT(many.node_sizes[node].width, few.node_sizes[node].width);
    EXPECT_LE(many.nodes[node].size.width, many.node_sizes[node].width);
    EXPECT_LE(many.nodes[node].size.height, many.node_sizes[node].height);
    EXPECT_LE(many.nodes[node].lines.size(), 3U);
  }
  // A short question has the room of the long one: it stays whole.
  EXPECT_EQ(many.nodes[2].lines.size(), 1U);
  EXPECT_EQ(many.lanes[0].lines.size(), 2U);
}

// A label is rather a little wider than that a word of it is torn between its letters.
TEST(Measure, TearsNoLongWordOfALabel) {
  Flow flow = with_lanes(2);
  flow.edges.push_back({NodeIndex{1}, NodeIndex{0}, {"not our responsibility", {}}, {}, false, {}});
  const TextBlock label = measure(flow, Profile{}).labels[0];
  ASSERT_EQ(label.lines.size(), 2U);
  EXPECT_EQ(label.lines[1].text, "responsibility");
}

TEST(Measure, TearsNoLimitInAShortQuestion) {
  for (const std::string limit : {"1个工作日", "15个工作日", "30个自然日", "当场"}) {
    for (const std::string text : {"材料齐全？", "合格？", "是否符合条件？"}) {
      Flow flow = with_lanes(3);
      flow.nodes.push_back(node_of(NodeKind::decision, text));
      flow.nodes.back().attributes.push_back({Attribute::limit, {limit, {}}});
      const Measured measured = measure(flow, Profile{});
      const TextBlock& block = measured.nodes.back();
      EXPECT_EQ(block.lines.back().text, limit) << text;
      EXPECT_LE(block.size.width, measured.node_sizes.back().width);
    }
  }
}

TEST(Measure, SaysThatTheClockIsStoppedWhereTheSymbolDoesNot) {
  Flow flow;
  flow.nodes = {node_of(NodeKind::step, "完成筹建"), node_of(NodeKind::step, "完成筹建"),
                node_of(NodeKind::special, "专家评审")};
  for (Node& node : flow.nodes) node.attributes.push_back({Attribute::counted, {"no", {}}});
  flow.nodes[1].attributes.push_back({Attribute::limit, {"不计入办理时限", {}}});
  const Measured measured = measure(flow, Profile{});
  EXPECT_EQ(measured.nodes[0].lines.back().text, "不计入时限");
  EXPECT_EQ(measured.nodes[1].lines.back().text, "不计入办理时限");
  EXPECT_EQ(measured.nodes[2].lines.size(), 1U);
}

using Shown = std::vector<std::tuple<std::string, double, double, bool>>;

Shown shown(const Measured& measured) {
  Shown all;
  for (const auto* blocks : {&measured.nodes, &measured.labels, &measured.lanes, &measured.notes}) {
    for (const TextBlock& block : *blocks) {
      for (const TextLine& line : block.lines) {
        all.emplace_back(line.text, line.width, line.size, line.muted);
      }
      all.emplace_back("", block.size.width, block.size.height, false);
    }
  }
  for (const Size& size : measured.node_sizes) all.emplace_back("", size.width, size.height, false);
  return all;
}

// The same words under other profiles and in charts of other widths, in one thread and in a new
// one.
TEST(Measure, GivesTheSameWhateverWasMeasuredBefore) {
  std::vector<Profile> profiles(4, test::permit_profile());
  profiles[0] = {};
  profiles[1].terms.add("申请人 审查意见");
  profiles[2].theme.font_size = 14;
  profiles[3].layout.box_width = 150;
  for (std::uint64_t seed = 1; seed <= 24; ++seed) {
    const Flow flow = test::permit_flow(seed);
    for (const Profile& profile : profiles) {
      const Measured after_others = measure(flow, profile);
      Measured alone;
      std::thread([&] { alone = measure(flow, profile); }).join();
      EXPECT_EQ(shown(after_others), shown(alone)) << seed;
    }
  }
}

}  // namespace
}  // namespace flowproof
