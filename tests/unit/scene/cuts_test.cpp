#include "scene/cuts.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace flowproof::scene {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr SheetRoom hundred{100, 100, 100, 100};

TEST(Cuts, LeaveAChartThatFitsWhole) {
  EXPECT_THAT(choose_cuts({{30, 1}, {60, 1}}, 100, hundred).at, IsEmpty());
}

TEST(Cuts, GoWhereFewLinesAreCut) {
  EXPECT_THAT(choose_cuts({{70, 3}, {80, 1}, {90, 3}}, 160, hundred).at, ElementsAre(80));
}

TEST(Cuts, FillSheetsEvenly) {
  EXPECT_THAT(choose_cuts({{20, 1}, {40, 1}, {60, 1}, {80, 1}, {100, 1}}, 120, hundred).at,
              ElementsAre(60));
}

TEST(Cuts, NeedAsFewSheetsAsPossibleWhateverTheyCut) {
  EXPECT_THAT(choose_cuts({{40, 0}, {95, 9}, {100, 9}, {160, 0}}, 200, hundred).at,
              ElementsAre(100));
}

TEST(Cuts, KnowThatTheLastSheetHasLessRoom) {
  EXPECT_THAT(choose_cuts({{80, 1}, {95, 1}}, 160, {100, 100, 100, 70}).at, ElementsAre(95));
}

TEST(Cuts, KeepAStretchWithoutAGapOnOneSheet) {
  EXPECT_THAT(choose_cuts({{50, 1}, {400, 1}}, 450, hundred).at, ElementsAre(50, 400));
  EXPECT_THAT(choose_cuts({}, 1000, hundred).at, IsEmpty());
}

}  // namespace
}  // namespace flowproof::scene
