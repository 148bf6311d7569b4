#include "scene/shapes.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "flowproof/shape.hpp"

namespace flowproof::scene {

namespace {

// A quarter circle as a cubic curve: distance of the control points per radius.
constexpr double quarter = 0.5522847498;

constexpr double shrunk(double length, double by) { return std::max(0.0, length - 2 * by); }

Rect inside(const Rect& box, double by) {
  return {box.x + by, box.y + by, shrunk(box.width, by), shrunk(box.height, by)};
}

double radius_of(const Rect& box) {
  return std::min({box.height / 2, box.width / 2, terminator_radius});
}

Symbol terminator(const Rect& box) {
  const double r = radius_of(box);
  const double c = r * (1 - quarter);
  const double right = box.right(), bottom = box.bottom();
  return {{MoveTo{{box.x + r, box.y}}, LineTo{{right - r, box.y}},
           CurveTo{{right - c, box.y}, {right, box.y + c}, {right, box.y + r}},
           LineTo{{right, bottom - r}},
           CurveTo{{right, bottom - c}, {right - c, bottom}, {right - r, bottom}},
           LineTo{{box.x + r, bottom}},
           CurveTo{{box.x + c, bottom}, {box.x, bottom - c}, {box.x, bottom - r}},
           LineTo{{box.x, box.y + r}},
           CurveTo{{box.x, box.y + c}, {box.x + c, box.y}, {box.x + r, box.y}}, ClosePath{}}};
}

Symbol process(const Rect& box) { return {rectangle(box)}; }

Symbol decision(const Rect& box) {
  const Point middle = box.center();
  return {{MoveTo{{middle.x, box.y}}, LineTo{{box.right(), middle.y}},
           LineTo{{middle.x, box.bottom()}}, LineTo{{box.x, middle.y}}, ClosePath{}}};
}

// The bottom is one cubic from right to left whose x runs evenly, so that its height at any x is
// known: wave(t) for t = 0 at the right end. Its swing is 0.2887 * wave_control.
constexpr double wave_control = document_wave / 2 / 0.2887;

double wave(double t) { return 3 * t * (1 - t) * (2 * t - 1) * wave_control; }

Symbol document(const Rect& box) {
  const double base = box.bottom() - document_wave / 2;
  const double third = box.width / 3;
  return {{MoveTo{{box.x, box.y}}, LineTo{{box.right(), box.y}}, LineTo{{box.right(), base}},
           CurveTo{{box.right() - third, base - wave_control},
                   {box.x + third, base + wave_control},
                   {box.x, base}},
           ClosePath{}}};
}

double slant_of(const Rect& box) { return std::min(data_slant, box.width / 3); }

Symbol data(const Rect& box) {
  const double slant = slant_of(box);
  return {{MoveTo{{box.x + slant, box.y}}, LineTo{{box.right(), box.y}},
           LineTo{{box.right() - slant, box.bottom()}}, LineTo{{box.x, box.bottom()}},
           ClosePath{}}};
}

Symbol predefined(const Rect& box) {
  const double bar = std::min(predefined_bar, box.width / 6);
  return {rectangle(box),
          {MoveTo{{box.x + bar, box.y}}, LineTo{{box.x + bar, box.bottom()}},
           MoveTo{{box.right() - bar, box.y}}, LineTo{{box.right() - bar, box.bottom()}}}};
}

Symbol parallel(const Rect& box) {
  return {{},
          {MoveTo{{box.x, box.y}}, LineTo{{box.right(), box.y}}, MoveTo{{box.x, box.bottom()}},
           LineTo{{box.right(), box.bottom()}}}};
}

Symbol suspended(const Rect& box) {
  Rect symbol_box = inside(box, suspended_frame);
  const double head = std::min(suspended_head, box.height / 3) - suspended_frame;
  if (head > 0) {
    symbol_box.y += head;
    symbol_box.height -= head;
  }
  Symbol symbol = predefined(symbol_box);
  symbol.frame = rectangle(box);
  return symbol;
}

double flush(const Rect& /*box*/, Side /*side*/, double /*along*/) { return 0; }

double terminator_inset(const Rect& box, Side side, double along) {
  const double r = radius_of(box);
  const bool level = side == Side::top || side == Side::bottom;
  const double start = level ? box.x : box.y, end = level ? box.right() : box.bottom();
  const double past = std::clamp(std::max(start + r - along, along - (end - r)), 0.0, r);
  return r - std::sqrt(r * r - past * past);
}

double decision_inset(const Rect& box, Side side, double along) {
  const bool level = side == Side::top || side == Side::bottom;
  const double span = (level ? box.width : box.height) / 2;
  const double depth = (level ? box.height : box.width) / 2;
  const double off = std::abs(along - (level ? box.center().x : box.center().y));
  return span > 0 ? std::min(off / span, 1.0) * depth : 0;
}

double document_inset(const Rect& box, Side side, double along) {
  if (side != Side::bottom || box.width <= 0) return 0;
  const double t = std::clamp((box.right() - along) / box.width, 0.0, 1.0);
  return document_wave / 2 - wave(t);
}

double data_inset(const Rect& box, Side side, double along) {
  if (side == Side::top || side == Side::bottom || box.height <= 0) return 0;
  const double down = std::clamp((along - box.y) / box.height, 0.0, 1.0);
  return slant_of(box) * (side == Side::left ? 1 - down : down);
}

struct Row {
  Symbol (*draw)(const Rect&);
  double (*inset)(const Rect&, Side, double along);
};

// By Shape.
constexpr std::array<Row, 8> rows{{{terminator, terminator_inset},
                                   {process, flush},
                                   {decision, decision_inset},
                                   {document, document_inset},
                                   {data, data_inset},
                                   {predefined, flush},
                                   {parallel, flush},
                                   {suspended, flush}}};

const Row& row_of(Shape shape) { return rows[static_cast<std::size_t>(shape)]; }

}  // namespace

Symbol symbol_of(Shape shape, const Rect& box) { return row_of(shape).draw(box); }

double inset(Shape shape, const Rect& box, Side side, double along) {
  return row_of(shape).inset(box, side, along);
}

Path rectangle(const Rect& box) {
  return {MoveTo{{box.x, box.y}}, LineTo{{box.right(), box.y}}, LineTo{{box.right(), box.bottom()}},
          LineTo{{box.x, box.bottom()}}, ClosePath{}};
}

Path segment(Point from, Point to) { return {MoveTo{from}, LineTo{to}}; }

Path circle(Point center, double radius) {
  return terminator({center.x - radius, center.y - radius, 2 * radius, 2 * radius}).outline;
}

}  // namespace flowproof::scene
