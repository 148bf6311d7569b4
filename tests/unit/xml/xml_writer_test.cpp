#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/random_flow.hpp"
#include "support/readings.hpp"

namespace flowproof {
namespace {

using ::testing::IsEmpty;

TEST(FormatSource, WritesOneFormAndKeepsWhatItDoesNotKnow) {
  const SourceText source = test::source_of(
      "<?xml version='1.0' encoding='GBK'?><!--上--><?php 1?>\r\n"
      "<f:flow   title='a&#10;b' xmlns:f='urn:flowproof:flow:1' xmlns='urn:x'><f:step "
      "text='&lt;1>'\n"
      "id='s' zz='9'><f:to max='1' node='t'/></f:step> <!-- expect: x -->\n\n\n"
      "<q>文 <b>字</b><![CDATA[<c>]]></q></f:flow>\n<!--下-->");
  const std::string expected =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!--上-->\n<?php 1?>\n"
      "<f:flow xmlns:f=\"urn:flowproof:flow:1\" xmlns=\"urn:x\" title=\"a&#10;b\">\n"
      "  <f:step id=\"s\" text=\"&lt;1&gt;\" zz=\"9\">\n"
      "    <f:to node=\"t\" max=\"1\"/>\n"
      "  </f:step> <!-- expect: x -->\n"
      "\n"
      "  <q>文<b>字</b>&lt;c&gt;</q>\n"
      "</f:flow>\n"
      "<!--下-->\n";
  EXPECT_EQ(*format_source(source), expected);
  EXPECT_EQ(*format_source(test::source_of(expected)), expected);
}

TEST(WriteFlow, KeepsWaiversAndRootAttributes) {
  const SourceText source = test::source_of(
      "<flow xmlns='urn:flowproof:flow:1' title='t' item='i' type='x' handling='h' authority='a' "
      "guide='g' statutory='20日' promised='1日' version='v' date='d' consult='c' complaint='p' "
      "lang='zh-CN'><step id='a'><to node='b' timeout='是' max='3' when='w'/>"
      "<waive rule='r' until='2030-01-01' reason='q'/></step><end id='b'/>"
      "<note for='a'>n</note><note>m</note><waive rule='s' reason='z'/></flow>");
  const Parsed<Flow> first = read_flow(source, {});
  EXPECT_THAT(test::lines_of(first.diagnostics, source.text), IsEmpty());
  const Parsed<Flow> again = read_flow(test::source_of(*write_flow(*first.value)), {});
  EXPECT_EQ(test::dump(*again.value), test::dump(*first.value));
  EXPECT_EQ(again.value->waivers.size(), 2U);
}

TEST(WriteGuide, KeepsEverything) {
  const SourceText source = test::source_of(
      "<guide xmlns='urn:flowproof:guide:1' name='n' code='c' catalog='k' type='t' handling='h' "
      "authority='a' level='l' version='v' date='d'><statutory value='20' unit='工作日' note='x' "
      "basis='b'/><promised value='10个工作日' span='受理..决定'/><steps><step stage='受理' "
      "name='s' "
      "performer='p' limit='1日' result='r' standard='z'/></steps><special kind='听证' limit='5日' "
      "basis='b' counted='否'/><material name='m' need='later'/><result name='r' kind='证照'/>"
      "<remedy kind='行政复议'>六十日</remedy><contact kind='咨询'>1</contact>"
      "<condition>&lt;c&gt;</condition><question ask='q' answer='w'/><target kind='limit' "
      "value='5日'/><procedure>申请→受理</procedure></guide>");
  const Parsed<Guide> first = read_guide(source, {});
  EXPECT_THAT(test::lines_of(first.diagnostics, source.text), IsEmpty());
  const std::string written = *write_guide(*first.value);
  const Parsed<Guide> again = read_guide(test::source_of(written), {});
  EXPECT_EQ(*write_guide(*again.value), written);
  const Guide& guide = *again.value;
  EXPECT_EQ(guide.statutory.reading, first.value->statutory.reading);
  EXPECT_EQ(guide.statutory.reading.amount, (Quantity{20'000, TimeUnit::working_day}));
  EXPECT_EQ(guide.materials[0].reading, Need::later);
  EXPECT_EQ(guide.remedies[0].text.value, "六十日");
  EXPECT_EQ(guide.conditions[0].value, "<c>");
  EXPECT_EQ(guide.procedure.value, "申请→受理");
  EXPECT_EQ(guide.promised.span.value, "受理..决定");
  EXPECT_EQ(guide.steps[0].standard.value, "z");
  EXPECT_EQ(guide.specials[0].counted.value, "否");
  EXPECT_EQ(guide.targets.size(), 1U);
  EXPECT_EQ(guide.questions[0].answer.value, "w");
}

TEST(ReadGuide, ReportsWhatItDoesNotKnow) {
  const std::string text =
      "<guide xmlns='urn:flowproof:guide:1'>\n"
      "<statutory value='尽快'/><statutory value='1日'/>\n"
      "<step name='x'/><steps note='1'><stepp/></steps>\n"
      "<material name='m' need='maybe'/><special/>\n"
      "<target kind='cost' value='1'/><remedy kind='k'><b/></remedy></guide>";
  const Parsed<Guide> parsed = read_guide(test::source_of(text), {});
  EXPECT_THAT(
      test::lines_of(parsed.diagnostics, text),
      ::testing::ElementsAre(
          "1:2 missing-attribute error 'guide' lacks the attribute 'name'",
          "2:19 unreadable-limit warning the limit '尽快' cannot be compared: it has no number",
          "2:25 repeated-element error 'guide' may have only one 'statutory'",
          "3:2 unknown-element error 'guide' has no element 'step'",
          "3:24 unknown-attribute error 'steps' has no attribute 'note'",
          "3:34 unknown-element error 'steps' has no element 'stepp'",
          "4:26 unknown-value error 'maybe' is no value of 'need'",
          "4:35 missing-attribute error 'special' lacks the attribute 'kind'",
          "5:15 unknown-value error 'cost' is no value of 'kind'",
          "5:50 unknown-element error 'remedy' has no element 'b'"));
}

}  // namespace
}  // namespace flowproof
