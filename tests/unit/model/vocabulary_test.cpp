#include "flowproof/vocabulary.hpp"

#include <gtest/gtest.h>

namespace flowproof {
namespace {

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
