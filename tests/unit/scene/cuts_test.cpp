#include "scene/cuts.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace flowproof::scene {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr SheetRoom hundred{100, 100, 100, 100};

TEST(Cuts, LeaveAChartThatFitsWhole) {
  EXPECT_THAT(choose_cuts({{30, 1}, {60, 1}}, 100, hundred), IsEmpty());
}

TEST(Cuts, GoWhereFewLinesAreCut) {
  EXPECT_THAT(choose_cuts({{70, 3}, {80, 1}, {90, 3}}, 160, hundred), ElementsAre(80));
}

TEST(Cuts, FillSheetsEvenly) {
  EXPECT_THAT(choose_cuts({{20, 1}, {40, 1}, {60, 1}, {80, 1}, {100, 1}}, 120, hundred),
              ElementsAre(60));
}

TEST(Cuts, NeedAsFewSheetsAsPossibleWhateverTheyCut) {
  EXPECT_THAT(choose_cuts({{40, 0}, {95, 9}, {100, 9}, {160, 0}}, 200, hundred), ElementsAre(100));
}

TEST(Cuts, KnowThatTheLastSheetHasLessRoom) {
  EXPECT_THAT(choose_cuts({{80, 1}, {95, 1}}, 160, {100, 100, 100, 70}), ElementsAre(95));
}

TEST(Cuts, KeepAStretchWithoutAGapOnOneSheet) {
  EXPECT_THAT(choose_cuts({{50, 1}, {400, 1}}, 450, hundred), ElementsAre(50, 400));
  EXPECT_THAT(choose_cuts({}, 1000, hundred), IsEmpty());
}

}  // namespace
}  // namespace flowproof::scene
