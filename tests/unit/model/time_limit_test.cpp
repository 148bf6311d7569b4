#include "flowproof/time_limit.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <fstream>
#include <random>
#include <sstream>
#include <string>
#include <vector>

#include "model/numeral.hpp"
#include "model/time_words.hpp"
#include "support/cases.hpp"
#include "support/limit_text.hpp"

namespace flowproof {
namespace {

struct Example {
  std::string text, unit, reading;
};

std::string trimmed(const std::string& cell) {
  const std::size_t first = cell.find_first_not_of(' ');
  if (first == std::string::npos) return {};
  return cell.substr(first, cell.find_last_not_of(' ') + 1 - first);
}

// The rows of the page's tables: | `text` | unit | reading |
std::vector<Example> examples_of_the_page() {
  std::ifstream page(FLOWPROOF_SOURCE_DIR "/docs/time-limits.md");
  std::vector<Example> examples;
  for (std::string line; std::getline(page, line);) {
    if (!line.starts_with("| `")) continue;
    const std::size_t close = line.find("` |", 3);
    const std::size_t second = line.find('|', close + 3);
    if (close == std::string::npos || second == std::string::npos) continue;
    const std::size_t third = line.find('|', second + 1);
    examples.push_back({line.substr(3, close - 3),
                        trimmed(line.substr(close + 3, second - close - 3)),
                        trimmed(line.substr(second + 1, third - second - 1))});
  }
  return examples;
}

TEST(TimeLimitPage, EveryRowIsReadAsItSays) {
  const std::vector<Example> examples = examples_of_the_page();
  ASSERT_GT(examples.size(), 120U);
  for (const Example& example : examples) {
    EXPECT_EQ(test::limit_text(read_time_limit(example.text, example.unit)), example.reading)
        << "text: " << example.text << ", unit: " << example.unit;
  }
}

TEST(TimeLimit, NothingWrittenIsAbsent) {
  EXPECT_EQ(read_time_limit("").form, LimitForm::absent);
  EXPECT_EQ(read_time_limit(" \t\n　\u200b", "工作日").form, LimitForm::absent);
}

TEST(TimeLimit, BlanksAndControlsDoNotMatter) {
  const TimeLimit plain = read_time_limit("20个工作日");
  EXPECT_EQ(read_time_limit("  20 个 工作日 \n"), plain);
  EXPECT_EQ(read_time_limit("20\u00a0个工\u200b作\t日"), plain);
  EXPECT_EQ(read_time_limit("２０個工作日"), plain);
}

TEST(TimeLimit, EveryKindOfBracketIsABracket) {
  for (const char* text : {"5个工作日(不含公示)", "5个工作日（不含公示）", "5个工作日[不含公示]",
                           "5个工作日【不含公示】", "5个工作日〔不含公示〕",
                           "5个工作日［不含公示］", "5个工作日{不含公示}", "5个工作日〈不含公示〉",
                           "5个工作日「不含公示」", "5个工作日（不含公示"}) {
    EXPECT_EQ(test::limit_text(read_time_limit(text)), "5 working days, without 公示") << text;
  }
}

TEST(TimeLimit, BytesThatAreNoTextAreUnreadable) {
  const TimeLimit limit = read_time_limit("5个工作日\xff");
  EXPECT_EQ(limit.form, LimitForm::not_comparable);
  EXPECT_EQ(limit.reason, NotComparable::unreadable);
}

TEST(TimeLimit, NumbersOfALongPrefixDoNotCount) {
  EXPECT_EQ(test::limit_text(
                read_time_limit("涉及第三人利益的，依照本条例第二十三条第一款规定的十五种情形，"
                                "二级以上医疗机构自受理之日起二十个工作日内")),
            "20 working days, from acceptance");
}

TEST(Quantity, IsWrittenInBothLanguages) {
  EXPECT_EQ(quantity_zh({5000, TimeUnit::working_day}), "5个工作日");
  EXPECT_EQ(quantity_en({1000, TimeUnit::working_day}), "1 working day");
  EXPECT_EQ(quantity_en({500, TimeUnit::month}), "0.5 months");
  EXPECT_EQ(quantity_zh({1250, TimeUnit::hour}), "1.25小时");
  EXPECT_EQ(quantity_zh({-2001, TimeUnit::day}), "-2.001日");
  EXPECT_EQ(quantity_zh({INT64_MIN, TimeUnit::day}), "-9223372036854775.808日");
}

TEST(Quantity, IsReadBackAsWritten) {
  for (int unit = 0; unit <= static_cast<int>(TimeUnit::year); ++unit) {
    for (const std::int64_t milli : {500, 1000, 1500, 20000, 90125}) {
      const Quantity quantity{milli, static_cast<TimeUnit>(unit)};
      const TimeLimit zh = read_time_limit(quantity_zh(quantity));
      EXPECT_EQ(zh.form, LimitForm::amount) << quantity_zh(quantity);
      EXPECT_EQ(zh.amount, quantity) << quantity_zh(quantity);
      EXPECT_EQ(read_time_limit(quantity_en(quantity)).amount, quantity) << quantity_en(quantity);
    }
  }
}

std::u32string in_chinese(int value) {
  static const std::u32string digits = U"零一二三四五六七八九";
  std::u32string text;
  bool gap = false;
  for (const auto& [power, name] : std::vector<std::pair<int, char32_t>>{
           {1000, U'千'}, {100, U'百'}, {10, U'十'}, {1, U'\0'}}) {
    const int digit = value / power % 10;
    if (digit == 0) {
      gap = gap || !text.empty();
      continue;
    }
    if (gap) text += U'零';
    gap = false;
    if (!(power == 10 && digit == 1 && text.empty())) text += digits[static_cast<size_t>(digit)];
    if (name != U'\0') text += name;
  }
  return text;
}

TEST(Numeral, EveryChineseNumberBelowTenThousand) {
  for (int value = 1; value < 10000; ++value) {
    const Numeral read = read_numeral(in_chinese(value));
    ASSERT_EQ(read.fault, NumeralFault::none) << value;
    ASSERT_EQ(read.milli, value * 1000) << value;
  }
}

TEST(Numeral, RefusesWhatIsNoNumber) {
  for (const char32_t* run : {U"十百", U"百", U"一一百", U"一百二百", U"万", U"五一", U"1十",
                              U"一.五", U"1.", U"一百五", U"三千六", U"一万五", U"十十", U"点五"}) {
    EXPECT_NE(read_numeral(run).fault, NumeralFault::none) << std::u32string(run).size();
  }
  EXPECT_EQ(read_numeral(U"99999999999999999999").fault, NumeralFault::too_large);
  EXPECT_EQ(read_numeral(U"九千亿").fault, NumeralFault::too_large);
}

bool is_sound(const TimeLimit& limit) {
  if (limit.form == LimitForm::amount &&
      (limit.amount.milli < 0 || limit.amount.milli > 52'560'000'000)) {
    return false;
  }
  if (limit.lower && limit.has_amount() && limit.lower->milli > limit.amount.milli) return false;
  return (limit.form == LimitForm::not_comparable) == (limit.reason != NotComparable::none);
}

TEST(TimeLimitRobustness, RandomBytes) {
  std::mt19937 random(20190807);
  for (int round = 0; round < 50'000; ++round) {
    std::string text(random() % 48, '\0');
    for (char& c : text) c = static_cast<char>(random() & 0xFFU);
    ASSERT_TRUE(is_sound(read_time_limit(text, "工作日")));
  }
}

// Pieces of real limits in any order: the reader must stay sound on every mixture.
TEST(TimeLimitRobustness, RandomMixturesOfWords) {
  const std::vector<std::string> pieces{
      "5",    "十",   "半",     "个",           "工作日", "日",     "月",       "年",     "(",
      ")",    "（",   "）",     "，",           "。",     "不含",   "除外",     "不计入", "除",
      "外",   "自",   "之日起", "起",           "后",     "前",     "内",       "以上",   "至",
      "-",    "~",    "或者",   "、",           "当场",   "即办件", "不能当场", "约",     "原则上",
      "每",   "其中", "延长",   "有效期",       "不少于", "第",     "专家",     "受理",   "收到",
      "申请", "决定", "满",     "次",           "几",     "多",     "《",       "》",     "<",
      ">",    "br",   " ",      "working days", "2024",   "1.5",    "批次",     "无规定", "号",
      "\xE4", "１"};
  std::mt19937 random(7);
  for (int round = 0; round < 60'000; ++round) {
    std::string text;
    for (auto n = random() % 12; n > 0; --n) text += pieces[random() % pieces.size()];
    const TimeLimit limit = read_time_limit(text, round % 3 == 0 ? "工作日" : "");
    ASSERT_TRUE(is_sound(limit)) << text;
  }
}

// Whatever else is written: without any digit there is no amount but zero or a half.
TEST(TimeLimitRobustness, NoAmountWithoutDigits) {
  const std::vector<std::string> pieces{
      "个", "工作日", "日",     "月", "（",   "）",   "，",   "不含", "除外", "自", "之日起",
      "后", "受理",   "当场",   "至", "延长", "第",   "专家", "约",   "每",   "内", "days",
      "of", "a",      "随便写", "ⅷ",  "½",    "同一", "一般", "①",    "？"};
  std::mt19937 random(11);
  for (int round = 0; round < 40'000; ++round) {
    std::string text;
    for (auto n = random() % 10; n > 0; --n) text += pieces[random() % pieces.size()];
    const TimeLimit limit = read_time_limit(text, "日");
    ASSERT_NE(limit.form, LimitForm::amount) << text;
  }
}

// Every way to begin, every spelling of a number and every ending around it: always the same
// amount.
TEST(TimeLimit, StaysTheSameInEveryFrame) {
  const std::vector<std::pair<std::string, std::int64_t>> numbers{
      {"5", 5000},   {"０５", 5000}, {"十五", 15000},
      {"廿", 20000}, {"2.5", 2500},  {"一百二十", 120000}};
  const std::vector<std::pair<std::string, TimeUnit>> units{{"个工作日", TimeUnit::working_day},
                                                            {"工作日", TimeUnit::working_day},
                                                            {"日", TimeUnit::day},
                                                            {" 天", TimeUnit::day},
                                                            {"个自然日", TimeUnit::natural_day},
                                                            {"个月", TimeUnit::month},
                                                            {"（工作日）", TimeUnit::working_day},
                                                            {"小时", TimeUnit::hour}};
  const std::vector<std::string> before{"",
                                        "承诺办结时限：",
                                        "自受理之日起",
                                        "自收到申请，并缴纳十日费用之日起",
                                        "第三人同意的，",
                                        "《三十日规定》第八条：",
                                        "二级以上机构自年满十六周岁之日起",
                                        "不含公示七日时间，",
                                        "除听证二十日外，",
                                        "公示三日后",
                                        "一般程序以外，"};
  const std::vector<std::string> after{"",
                                       "内",
                                       "以内办结。",
                                       "（不含专家评审三十日）",
                                       "，公示七日不计入",
                                       "，可以延长十日",
                                       "，其中审查二日",
                                       "（含现场核查1日）",
                                       "，证件有效期五年",
                                       "，材料一次性告知",
                                       " "};
  for (const auto& [number, milli] : numbers) {
    for (const auto& [unit, meaning] : units) {
      for (const std::string& head : before) {
        for (const std::string& tail : after) {
          const std::string text = head + number + unit + tail;
          const TimeLimit limit = read_time_limit(text);
          ASSERT_EQ(limit.form, LimitForm::amount) << text;
          EXPECT_EQ(limit.amount, (Quantity{milli, meaning})) << text;
          EXPECT_TRUE(limit.counted) << text;
        }
      }
    }
  }
}

TEST(TimeLimitRobustness, AMegabyteOfAnyPieceTakesLinearTime) {
  for (const std::string piece :
       {"5个工作日", "(",     "（不含", "不计入", "自", "自受理之日起", "1",       "一",
        "、",        "5日，", "除",     "除外",   "<a", "《",           "专家",    "不含专家、",
        "当场或",    "5-",    "每",     " ",      "5 ", "9.",           "其中5日", "延长5日(",
        "a"}) {
    std::string text;
    constexpr std::size_t size = test::cases(1'000'000U);
    text.reserve(size + piece.size());
    while (text.size() < size) text += piece;
    const auto before = std::chrono::steady_clock::now();
    ASSERT_TRUE(is_sound(read_time_limit(text))) << piece;
    EXPECT_LT(std::chrono::steady_clock::now() - before, std::chrono::seconds(8)) << piece;
  }
}

}  // namespace
}  // namespace flowproof
