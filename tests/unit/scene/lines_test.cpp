#include "scene/lines.hpp"

#include <gtest/gtest.h>

namespace flowproof::scene {
namespace {

TEST(Lines, EndOnTheOutline) {
  const Port from{Shape::document, {0, 0, 90, 40}}, to{Shape::data, {0, 100, 90, 40}};
  const Polyline path = attach({{45, 40}, {45, 70}, {-20, 70}, {-20, 120}, {0, 120}}, from, to);
  EXPECT_DOUBLE_EQ(path.front().y, 40 - 3.5);  // the wave is halfway in the middle
  EXPECT_DOUBLE_EQ(path.back().x, 6);          // half of the slant
}

TEST(Lines, StopShortOfTheArrowhead) {
  const Path path = line_path({{0, 0}, {0, 50}}, {}, 6);
  ASSERT_EQ(path.size(), 2U);
  EXPECT_DOUBLE_EQ(std::get<LineTo>(path[1]).to.y, 44);
}

TEST(Lines, RiseOverBridges) {
  const Path path = line_path({{0, 0}, {100, 0}}, {{50, 0}}, 0);
  ASSERT_EQ(path.size(), 5U);
  EXPECT_DOUBLE_EQ(std::get<LineTo>(path[1]).to.x, 46);
  EXPECT_DOUBLE_EQ(std::get<CurveTo>(path[2]).to.y, -4);
  EXPECT_DOUBLE_EQ(std::get<CurveTo>(path[3]).to.x, 54);
}

TEST(Lines, TakeCloseBridgesTogether) {
  const Path path = line_path({{0, 0}, {100, 0}}, {{56, 0}, {50, 0}}, 0);
  ASSERT_EQ(path.size(), 5U);
  EXPECT_DOUBLE_EQ(std::get<CurveTo>(path[3]).to.x, 60);
}

TEST(Lines, LeaveOutABridgeAtACorner) {
  EXPECT_EQ(line_path({{0, 0}, {100, 0}, {100, 50}}, {{98, 0}}, 0).size(), 3U);
}

TEST(Lines, ArrowheadsPointWhereTheLineGoes) {
  const Path head = arrowhead({{0, 0}, {0, 50}}, 7);
  EXPECT_DOUBLE_EQ(std::get<MoveTo>(head[0]).to.y, 50);
  EXPECT_DOUBLE_EQ(std::get<LineTo>(head[1]).to.y, 43);
}

TEST(Lines, HeavyOnesHaveLargerHeads) {
  EXPECT_DOUBLE_EQ(arrow_length(1), 7);
  EXPECT_GT(arrow_length(1.6), 9);
  EXPECT_GT(arrow_length(0), 0);
}

TEST(Lines, AreCutWhereAPageEnds) {
  const std::vector<Piece> pieces = cut({{0, 0}, {0, 250}, {30, 250}, {30, 50}}, {100, 200});
  ASSERT_EQ(pieces.size(), 5U);
  const std::size_t bands[] = {0, 1, 2, 1, 0};
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    EXPECT_EQ(pieces[i].band, bands[i]);
    if (i > 0) {
      EXPECT_EQ(pieces[i].path.front(), pieces[i - 1].path.back());
    }
  }
  EXPECT_EQ(pieces[2].path, (Polyline{{0, 200}, {0, 250}, {30, 250}, {30, 200}}));
}

TEST(Lines, WithoutCutsStayWhole) {
  const Polyline path{{0, 0}, {0, 250}};
  ASSERT_EQ(cut(path, {}).size(), 1U);
  EXPECT_EQ(cut(path, {}).front().path, path);
}

}  // namespace
}  // namespace flowproof::scene
