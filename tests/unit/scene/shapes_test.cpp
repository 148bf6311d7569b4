#include "scene/shapes.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "flowproof/shape.hpp"

namespace flowproof::scene {
namespace {

constexpr Shape all_shapes[] = {Shape::terminator, Shape::process,  Shape::decision,
                                Shape::document,   Shape::data,     Shape::predefined,
                                Shape::parallel,   Shape::suspended};

// The curve's points, lines and cubics in 64 parts each.
std::vector<Point> traced(const Path& path) {
  std::vector<Point> points;
  Point at, start;
  for (const PathStep& step : path) {
    if (const auto* move = std::get_if<MoveTo>(&step)) {
      at = start = move->to;
      points.push_back(at);
      continue;
    }
    Point c1 = at, c2 = start, to = start;
    if (const auto* line = std::get_if<LineTo>(&step)) c2 = to = line->to;
    if (const auto* curve = std::get_if<CurveTo>(&step)) {
      c1 = curve->control1;
      c2 = curve->control2;
      to = curve->to;
    }
    for (int i = 1; i <= 64; ++i) {
      const double t = i / 64.0, u = 1 - t;
      const auto mix = [&](double a, double b, double c, double d) {
        return u * u * u * a + 3 * u * u * t * b + 3 * u * t * t * c + t * t * t * d;
      };
      points.push_back({mix(at.x, c1.x, c2.x, to.x), mix(at.y, c1.y, c2.y, to.y)});
    }
    at = to;
  }
  return points;
}

double distance_to(const std::vector<Point>& points, Point place) {
  double least = 1e9;
  for (std::size_t i = 1; i < points.size(); ++i) {
    const Point a = points[i - 1], b = points[i];
    const double length = std::hypot(b.x - a.x, b.y - a.y);
    const double along =
        length > 0 ? std::clamp(((place.x - a.x) * (b.x - a.x) + (place.y - a.y) * (b.y - a.y)) /
                                    (length * length),
                                0.0, 1.0)
                   : 0.0;
    least = std::min(least, std::hypot(a.x + along * (b.x - a.x) - place.x,
                                       a.y + along * (b.y - a.y) - place.y));
  }
  return least;
}

TEST(Shapes, StayInsideTheirBox) {
  for (const Shape shape : all_shapes) {
    const Rect box{10, 20, 120, 50};
    const Symbol symbol = symbol_of(shape, box);
    for (const Path* path : {&symbol.outline, &symbol.details, &symbol.frame}) {
      for (const Point point : traced(*path)) {
        EXPECT_GE(point.x, box.x - 0.01);
        EXPECT_LE(point.x, box.right() + 0.01);
        EXPECT_GE(point.y, box.y - 0.01);
        EXPECT_LE(point.y, box.bottom() + 0.01);
      }
    }
  }
}

TEST(Shapes, InsetLeadsFromTheBoxToTheOutline) {
  for (const Shape shape : {Shape::terminator, Shape::process, Shape::decision, Shape::document,
                            Shape::data, Shape::predefined}) {
    const Rect box{10, 20, 120, 50};
    const std::vector<Point> outline = traced(symbol_of(shape, box).outline);
    for (const double share : {0.2, 0.35, 0.5, 0.65, 0.8}) {
      const double x = box.x + box.width * share, y = box.y + box.height * share;
      const Point drawn[] = {{x, box.y + inset(shape, box, Side::top, x)},
                             {x, box.bottom() - inset(shape, box, Side::bottom, x)},
                             {box.x + inset(shape, box, Side::left, y), y},
                             {box.right() - inset(shape, box, Side::right, y), y}};
      for (const Point& point : drawn) {
        EXPECT_LT(distance_to(outline, point), 0.1)
            << "shape " << static_cast<int>(shape) << " share " << share;
      }
    }
  }
}

TEST(Shapes, LinesMeetDecisionsAtTheirCorners) {
  const Rect box{0, 0, 100, 60};
  EXPECT_DOUBLE_EQ(inset(Shape::decision, box, Side::left, 30), 0);
  EXPECT_DOUBLE_EQ(inset(Shape::decision, box, Side::bottom, 50), 0);
  EXPECT_DOUBLE_EQ(inset(Shape::decision, box, Side::left, 15), 25);
}

TEST(Shapes, OnlyAStoppedClockHasAFrame) {
  for (const Shape shape : all_shapes) {
    EXPECT_EQ(symbol_of(shape, {0, 0, 100, 40}).frame.empty(), shape != Shape::suspended);
  }
}

TEST(Shapes, SmallAndEmptyBoxesGiveFinitePaths) {
  for (const Shape shape : all_shapes) {
    for (const Rect& box : {Rect{0, 0, 0, 0}, Rect{5, 5, 3, 1}, Rect{0, 0, 1, 400}}) {
      const Symbol symbol = symbol_of(shape, box);
      for (const Path* path : {&symbol.outline, &symbol.details, &symbol.frame}) {
        for (const Point point : traced(*path)) {
          EXPECT_TRUE(std::isfinite(point.x) && std::isfinite(point.y));
        }
      }
      for (const Side side : {Side::top, Side::right, Side::bottom, Side::left}) {
        EXPECT_TRUE(std::isfinite(inset(shape, box, side, 1)));
      }
    }
  }
}

TEST(Shapes, RoomForTextIsInsideTheOutline) {
  for (const Shape shape : all_shapes) {
    const TextBlock block{{{"", 80, 30 / line_height}}, {80, 30}};
    const Size text = block.size;
    const Size outline = outline_size(shape, text);
    const Rect box{0, 0, outline.width, outline.height};
    const Point center = text_center(shape, box, block);
    for (const double side : {-1.0, 1.0}) {
      const double x = center.x + side * text.width / 2;
      for (const double end : {-1.0, 1.0}) {
        const double y = center.y + end * text.height / 2;
        EXPECT_GE(x, inset(shape, box, Side::left, y)) << static_cast<int>(shape);
        EXPECT_LE(x, box.width - inset(shape, box, Side::right, y)) << static_cast<int>(shape);
        EXPECT_GE(y, inset(shape, box, Side::top, x)) << static_cast<int>(shape);
        EXPECT_LE(y, box.height - inset(shape, box, Side::bottom, x)) << static_cast<int>(shape);
      }
    }
  }
}

TextBlock random_text(std::mt19937& random, double size) {
  TextBlock text;
  for (std::size_t lines = 1 + random() % 5; lines > 0; --lines) {
    const double own = lines > 2 ? size : size - 1.5;
    text.lines.push_back({"", 5.0 + static_cast<double>(random() % 120), own});
    text.size.width = std::max(text.size.width, text.lines.back().width);
    text.size.height += own * line_height;
  }
  return text;
}

// The corners of what is printed of a line are inside the arcs with a margin, in a terminator made
// for the text or in a larger one.
TEST(Shapes, LinesOfATerminatorKeepClearOfItsArcs) {
  std::mt19937 random(11);
  for (int round = 0; round < 500; ++round) {
    const TextBlock text = random_text(random, round % 2 == 0 ? 10.5 : 12.5);
    const double least_height = text.size.height + 1 + static_cast<double>(random() % 12);
    const double width = terminator_width(text, least_height);
    for (const double grown : {1.0, 1.3}) {
      const Rect box{10, 20, width * grown, least_height * (grown + 1) / 2};
      const Point center = text_center(Shape::terminator, box, text);
      double top = center.y - text.size.height / 2;
      for (const TextLine& line : text.lines) {
        const double bottom = top + line.size * line_height;
        for (const double y : {top + line.size * 0.15, bottom - line.size * 0.15}) {
          const double room = box.width - 2 * inset(Shape::terminator, box, Side::left, y);
          EXPECT_GE(room, line.width + 2) << "round " << round;
        }
        top = bottom;
      }
    }
  }
}

TEST(Shapes, ShortLinesAtTheEndsNeedNoWiderTerminator) {
  const auto width_of = [](double first, double last) {
    const TextBlock text{{{"", first, 10.5, false}, {"", 80, 10.5, false}, {"", last, 10.5, false}},
                         {80, 3 * 13.65}};
    return terminator_width(text, 45);
  };
  EXPECT_NEAR(width_of(60, 40), 80 + 2 * 2.5, 0.1);
  EXPECT_GT(width_of(80, 40), width_of(60, 40) + 5);
  EXPECT_DOUBLE_EQ(width_of(80, 40), width_of(40, 80));
}

// Half circles at the ends, but no larger ones than two lines of text ask for.
TEST(Shapes, TerminatorsOfManyLinesHaveTheArcsOfTwo) {
  const Rect low{0, 0, 100, 30}, high{0, 0, 100, 60};
  EXPECT_DOUBLE_EQ(inset(Shape::terminator, low, Side::left, 0), 15);
  EXPECT_DOUBLE_EQ(inset(Shape::terminator, high, Side::left, 0), 18);
  EXPECT_DOUBLE_EQ(inset(Shape::terminator, high, Side::left, 18), 0);
}

// The characters of every line of a text, whatever their widths, inside a diamond made for it or a
// larger one.
TEST(Shapes, LinesOfADecisionAreInsideItsDiamond) {
  std::mt19937 random(7);
  for (int round = 0; round < 500; ++round) {
    const TextBlock text = random_text(random, 10.5);
    const double slope = 1.2 + static_cast<double>(random() % 12) / 10;
    const Size size = diamond_size(text, slope);
    EXPECT_NEAR(size.width, size.height * slope, 1e-9);
    for (const double grown : {1.0, 1.3}) {
      const Rect box{10, 20, size.width * grown, size.height};
      const Point center = text_center(Shape::decision, box, text);
      double top = center.y - text.size.height / 2;
      for (const TextLine& line : text.lines) {
        const double ink = top + line.size * (line_height - 1) / 2;
        for (const double y : {ink, ink + line.size}) {
          const double room = box.width - 2 * inset(Shape::decision, box, Side::left, y);
          EXPECT_GE(room, line.width + 2 * 2.5) << "round " << round;
        }
        top += line.size * line_height;
      }
    }
  }
}

// It leaves the middle only as far as its characters would come too near to the sides there.
TEST(Shapes, TextOfADecisionStandsInItsMiddleWhereThereIsRoom) {
  std::mt19937 random(11);
  std::size_t moved = 0;
  for (int round = 0; round < 500; ++round) {
    const TextBlock text = random_text(random, 10.5);
    const Size size = diamond_size(text, 1.15);
    const auto shift = [&](double grown) {
      const Rect box{10, 20, size.width * grown, size.height * grown};
      return std::abs(text_center(Shape::decision, box, text).y - box.center().y);
    };
    moved += shift(1) > 1 ? 1 : 0;
    EXPECT_LE(shift(1.1), shift(1)) << "round " << round;
    EXPECT_EQ(shift(2), 0) << "round " << round;
  }
  EXPECT_GT(moved, 100U);
}

}  // namespace
}  // namespace flowproof::scene
