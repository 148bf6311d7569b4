#include "flowproof/vocabulary.hpp"

#include <gtest/gtest.h>

namespace flowproof {
namespace {

TEST(WordList, TheLongestWordAtTheFrontAndTheLastMeaning) {
  WordList<Stage> words;
  EXPECT_FALSE(words.at_front("受理"));
  EXPECT_FALSE(words.exactly("受理"));
  words.add("受理 受理决定 决定", Stage::accept);
  words.add("\n决定\t审查 ", Stage::decide);
  EXPECT_EQ(words.at_front("受理决定书")->word, "受理决定");
  EXPECT_EQ(words.at_front("受理登记")->word, "受理");
  EXPECT_EQ(words.at_front("决定")->meaning, Stage::decide);
  EXPECT_EQ(words.exactly("受理")->meaning, Stage::accept);
  EXPECT_FALSE(words.exactly("受"));
  EXPECT_FALSE(words.exactly(""));
  EXPECT_FALSE(words.at_front("受"));
  EXPECT_EQ(words.words().size(), 4U);
}

TEST(WordList, AddingToACopyLeavesTheOther) {
  WordList<Stage> more;
  {
    WordList<Stage> words;
    words.add("受理 审查", Stage::accept);
    more = words;
    more.add("审查 决定", Stage::review);
    EXPECT_EQ(words.exactly("审查")->meaning, Stage::accept);
    EXPECT_FALSE(words.exactly("决定"));
  }
  EXPECT_EQ(more.exactly("受理")->word, "受理");  // a text of the list that is gone
  EXPECT_EQ(more.exactly("审查")->meaning, Stage::review);
}

TEST(PhraseList, FindsTheFirstOfTheListAnywhere) {
  const PhraseList phrases("相关材料 其他材料\n等材料");
  EXPECT_EQ(phrases.first_in("身份证等材料和相关材料"), "相关材料");
  EXPECT_EQ(phrases.first_in("身份证等材料"), "等材料");
  EXPECT_EQ(phrases.first_in("材料"), "");
  EXPECT_EQ(PhraseList("复议").first_in("行政复议"), "复议");
  EXPECT_EQ(PhraseList(" ").first_in("行政复议"), "");
}

TEST(TermList, FindsTheLongestWordAtTheFront) {
  TermList terms;
  EXPECT_TRUE(terms.empty());
  EXPECT_EQ(terms.at_front("受理"), 0U);
  terms.add("受理 受理决定书 证");
  terms.add(" 决定\n受理决定 ");
  EXPECT_EQ(terms.at_front("受理决定书送达"), std::string_view("受理决定书").size());
  EXPECT_EQ(terms.at_front("受理决定"), std::string_view("受理决定").size());
  EXPECT_EQ(terms.at_front("受让"), 0U);
  EXPECT_EQ(terms.at_front("证"), 0U);  // a character is no word to keep
  EXPECT_EQ(terms.at_front(""), 0U);
}

TEST(TermList, AddingToACopyLeavesTheOther) {
  TermList terms;
  terms.add("受理");
  TermList more = terms;
  EXPECT_EQ(terms.at_front("决定"), 0U);
  more.add("决定");
  EXPECT_EQ(more.at_front("决定"), std::string_view("决定").size());
  EXPECT_EQ(more.at_front("受理"), std::string_view("受理").size());
  EXPECT_EQ(terms.at_front("决定"), 0U);
  terms.add("送达");
  EXPECT_EQ(terms.at_front("送达"), std::string_view("送达").size());
}

}  // namespace
}  // namespace flowproof
