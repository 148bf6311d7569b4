// Reading portal records: cleaning, field maps, CSV, quarantine.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "flowproof/audit.hpp"
#include "records/csv_records.hpp"
#include "records/json_records.hpp"

namespace flowproof {
namespace {

using testing::ElementsAre;

TEST(CleanValue, TakesDirtOff) {
  EXPECT_EQ(clean_value("  20个工作日\t"), "20个工作日");
  EXPECT_EQ(clean_value("\u3000材料\u00A0"), "材料");
  EXPECT_EQ(clean_value("甲&amp;amp;乙"), "甲&乙");
  EXPECT_EQ(clean_value("第一步<br>第二步</p>"), "第一步 第二步");
  EXPECT_EQ(clean_value("&#20116;&#x65E5;"), "五日");
  EXPECT_EQ(clean_value("a\x01\x1F"
                        "b"),
            "a  b");
}

TEST(CleanValue, KeepsWhatIsNoMarkup) {
  EXPECT_EQ(clean_value("面积<50平方米"), "面积<50平方米");
  EXPECT_EQ(clean_value("A&B公司"), "A&B公司");
  EXPECT_EQ(clean_value("&unknown; &#xD800; &"), "&unknown; &#xD800; &");
}

TEST(CleanValue, TakesPlaceholdersForEmpty) {
  for (const char* text : {"无", "暂无", "无。", "/", "-", "——", "null", " 无 ", ""}) {
    EXPECT_EQ(clean_value(text), "") << text;
  }
  EXPECT_EQ(clean_value("无条件受理"), "无条件受理");
}

TEST(SplitRow, FollowsRfc4180) {
  std::vector<std::string> cells;
  EXPECT_TRUE(split_row("a,\"b,c\",\"d\"\"e\",", ',', cells));
  EXPECT_THAT(cells, ElementsAre("a", "b,c", "d\"e", ""));
  EXPECT_TRUE(split_row("\"two\nlines\"", ',', cells));
  EXPECT_THAT(cells, ElementsAre("two\nlines"));
  EXPECT_FALSE(split_row("a,\"open", ',', cells));
  EXPECT_EQ(separator_of("甲\t乙"), '\t');
  EXPECT_EQ(separator_of("甲;乙;丙,"), ';');
}

class Records : public testing::Test {
 protected:
  void SetUp() override {
    Result<FieldMapSet> loaded = load_field_maps(FLOWPROOF_SOURCE_DIR);
    ASSERT_TRUE(loaded);
    ASSERT_TRUE(loaded->findings.empty()) << "a field map we ship has findings";
    maps_ = *std::move(loaded);
    for (const FieldMap& map : maps_.maps) builders_.emplace_back(map);
  }
  GuideRecord read(std::string_view json) { return JsonRecordReader(builders_).read(json, 1); }

  FieldMapSet maps_;
  std::vector<RecordBuilder> builders_;
};

TEST_F(Records, ReadsAPortalRecordWithItsTables) {
  const GuideRecord record = read(R"({
    "TASK_NAME": "食品经营许可", "DEPT_NAME": "临河区市场监督管理局", "PROJECT_TYPE_TEXT": "承诺件",
    "ANTICIPATE_DAY": 20, "ANTICIPATE_TYPE_TEXT": "工作日", "PROMISE_DAY": "10",
    "PROMISE_TYPE_TEXT": "工作日", "CRBJSXSM": "自受理之日起",
    "AUDIT_ITEM_FLOWSHEET": [
      {"UNTI_LINK_TEXT": "申请与受理", "STEP_TEXT": "受理", "TRANSACT_TIME_LIMIT": "0.5个工作日"},
      {"STEP_TEXT": "审查", "TRANSACTOR": "审查人员"}],
    "AUDIT_SPECIAL_TIME": [{"SHIXIAN": "", "SXDW_TEXT": ""}],
    "AUDIT_MATERIAL": [{"MATERIAL_NAME": "申请书", "IS_NEED": 3}]})");
  ASSERT_EQ(record.quarantine, Quarantine::none);
  const Guide& guide = record.guide;
  EXPECT_EQ(guide.name.value, "食品经营许可");
  EXPECT_EQ(guide.statutory.reading.amount, (Quantity{20000, TimeUnit::working_day}));
  EXPECT_EQ(guide.promised.reading.amount, (Quantity{10000, TimeUnit::working_day}));
  EXPECT_EQ(record.fields.at(guide.promised.value.span.offset), "PROMISE_DAY");
  ASSERT_EQ(guide.steps.size(), 2U);
  EXPECT_EQ(guide.steps[0].reading.amount, (Quantity{500, TimeUnit::working_day}));
  EXPECT_TRUE(guide.specials.empty()) << "an empty shell is no special procedure";
  ASSERT_EQ(guide.materials.size(), 1U);
  EXPECT_EQ(guide.materials[0].need.value, "容缺后补");
}

TEST_F(Records, ReadsTheCrawledFormWithItsMisleadingNames) {
  const GuideRecord record = read(
      R"json({"TASK_CODE":"1","TASK_NAME":"甲","handle_time":"30(工作日)","handle_time_limit":"7(工作日)",
          "material_intro":["申请书","无"]})json");
  EXPECT_EQ(record.guide.statutory.reading.amount, (Quantity{30000, TimeUnit::working_day}));
  EXPECT_EQ(record.guide.promised.reading.amount, (Quantity{7000, TimeUnit::working_day}));
  EXPECT_EQ(record.guide.materials.size(), 1U);
}

TEST_F(Records, LooksIntoObjectsOfTheRecord) {
  const GuideRecord record = read(R"json({
    "AUDIT_ITEM": [{"TASK_CODE": "shared", "ITEM_ID": "own", "TASK_NAME": "甲类", "CATANAME": "甲",
                    "PROMISE_DAY": 9, "PROMISE_TYPE_TEXT": "工作日"}, {"ITEM_ID": "second row"}],
    "AUDIT_ITEM_FLOWSHEET": [{"STEP_TEXT": "受理"}]})json");
  ASSERT_EQ(record.quarantine, Quarantine::none);
  EXPECT_EQ(record.guide.code.value, "own") << "the key that stands first in the map";
  EXPECT_EQ(record.guide.name.value, "甲");
  EXPECT_EQ(record.fields.at(record.guide.name.span.offset), "CATANAME");
  EXPECT_EQ(record.guide.promised.reading.amount, (Quantity{9000, TimeUnit::working_day}));
  EXPECT_EQ(record.guide.steps.size(), 1U);
  EXPECT_EQ(read(R"({"AUDIT_ITEM": {"PROMISE_DAY": 1, "PROMISE_DAY": 2}})").quarantine,
            Quarantine::repeated_key);
  for (const char* empty : {"[]", "null", "7", "[7]"}) {
    EXPECT_EQ(read(R"({"AUDIT_ITEM": )" + std::string(empty) + "}").quarantine, Quarantine::no_map);
  }
}

TEST_F(Records, TellsTheNearestMapAndKeysThatLookMisspelt) {
  const GuideRecord unknown = read(R"({"TASK_CODE": "1", "handle_time": "5日"})");
  EXPECT_EQ(render(unknown.detail, Language::en),
            "nearest to 'guangdong-crawl', but lacks handle_time_limit");
  const GuideRecord misspelt =
      read(R"({"事项名称": "甲", "承诺办结时间": "5日", "结果样本": "乙"})");
  ASSERT_EQ(misspelt.misspelt.size(), 1U);
  EXPECT_EQ(misspelt.misspelt[0].key, "承诺办结时间");
  EXPECT_EQ(misspelt.misspelt[0].meant, "承诺办结时限");
  EXPECT_TRUE(
      read(R"({"事项名称": "甲", "承诺办结时间": "5日", "承诺办结时限": "5日"})").misspelt.empty())
      << "what it would be meant for is there";
}

TEST_F(Records, PutsWhatItCannotUseIntoQuarantine) {
  EXPECT_EQ(read("<html>502</html>").quarantine, Quarantine::markup);
  EXPECT_EQ(read("{\"a\":1,}").quarantine, Quarantine::not_json);
  EXPECT_EQ(read("{\"a\":NaN}").quarantine, Quarantine::not_json);
  EXPECT_EQ(read("{\"a\":\"\\ud800\"}").quarantine, Quarantine::not_json);
  EXPECT_EQ(read("[1]").quarantine, Quarantine::not_json);
  EXPECT_EQ(read("").quarantine, Quarantine::not_json);
  EXPECT_EQ(read("{\"a\":\"\xFF\"}").quarantine, Quarantine::encoding);
  EXPECT_EQ(read("{\"a\":" + std::string(100000, '[')).quarantine, Quarantine::not_json);
  EXPECT_EQ(read("{\"a\":1}").quarantine, Quarantine::no_map);
  const GuideRecord twice = read(R"({"TASK_CODE":"1","TASK_CODE":"2"})");
  EXPECT_EQ(twice.quarantine, Quarantine::repeated_key);
  EXPECT_EQ(render(twice.detail, Language::en), "TASK_CODE");
}

TEST_F(Records, ReadsCsvByItsHeader) {
  const CsvRecordReader reader(builders_,
                               "事项名称,法定办结时限,法定办结时限单位,承诺办结时限,特别程序");
  const GuideRecord record = reader.read("\"甲,乙\",20,工作日,5个工作日,专家评审", 2);
  ASSERT_EQ(record.quarantine, Quarantine::none);
  EXPECT_EQ(record.guide.name.value, "甲,乙");
  EXPECT_EQ(record.guide.statutory.reading.amount, (Quantity{20000, TimeUnit::working_day}));
  ASSERT_EQ(record.guide.specials.size(), 1U);
  EXPECT_EQ(record.guide.specials[0].kind.value, "专家评审");
  EXPECT_EQ(reader.read("甲,20", 3).quarantine, Quarantine::wrong_columns);
  EXPECT_EQ(reader.read("\"甲,20", 4).quarantine, Quarantine::cut_off);
}

}  // namespace
}  // namespace flowproof
