#include "cairo/painter.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "cairo/shaping.hpp"

namespace flowproof::cairo {

namespace {

// Cairo counts in 24.8 fixed point and wraps round silently.
constexpr double most = 4'000'000;

// Cairo writes every digit of its fixed point; sixteenths of a point keep PDF files short.
double safe(double value) {
  return std::isnan(value) ? 0 : std::round(std::clamp(value, -most, most) * 16) / 16;
}

void set_color(cairo_t* context, Color color) {
  cairo_set_source_rgb(context, color.red / 255.0, color.green / 255.0, color.blue / 255.0);
}

struct StepPainter {
  cairo_t* context;
  void operator()(const MoveTo& step) const {
    cairo_move_to(context, safe(step.to.x), safe(step.to.y));
  }
  void operator()(const LineTo& step) const {
    cairo_line_to(context, safe(step.to.x), safe(step.to.y));
  }
  void operator()(const CurveTo& step) const {
    cairo_curve_to(context, safe(step.control1.x), safe(step.control1.y), safe(step.control2.x),
                   safe(step.control2.y), safe(step.to.x), safe(step.to.y));
  }
  void operator()(const ClosePath& /*step*/) const { cairo_close_path(context); }
};

// One line of text; Cairo is told which bytes the glyphs stand for, so that the text can be
// searched and copied.
class TextPainter {
 public:
  TextPainter(cairo_t* context, const Lettering& lettering, const TextItem& item)
      : context_(context), lettering_(lettering), item_(item) {}

  void paint() const {
    std::vector<GlyphRun> runs = shape(lettering_, item_.text, item_.size);
    double width = 0;
    for (const GlyphRun& run : runs) width += run.advance;
    // A font wider than the built-in table is narrowed, so that the text stays in its box.
    const double squeeze = item_.width > 0 && width > item_.width * 1.01 ? item_.width / width : 1;
    const double share = item_.anchor == Anchor::start    ? 0
                         : item_.anchor == Anchor::middle ? 0.5
                                                          : 1;
    double x = safe(item_.at.x) - width * squeeze * share;
    set_color(context_, item_.color);
    for (GlyphRun& run : runs) {
      for (cairo_glyph_t& glyph : run.glyphs) {
        glyph.x = x + glyph.x * squeeze;
        glyph.y += safe(item_.at.y);
      }
      show(run, squeeze);
      x += run.advance * squeeze;
    }
  }

 private:
  void show(GlyphRun& run, double squeeze) const {
    if (run.glyphs.empty()) return;
    cairo_set_font_face(context_, lettering_.face(run.font));
    cairo_matrix_t matrix;
    cairo_matrix_init_scale(&matrix, item_.size * squeeze, item_.size);
    cairo_set_font_matrix(context_, &matrix);
    const auto direction = run.backward ? CAIRO_TEXT_CLUSTER_FLAG_BACKWARD
                                        : static_cast<cairo_text_cluster_flags_t>(0);
    cairo_show_text_glyphs(context_, run.bytes.data(), static_cast<int>(run.bytes.size()),
                           run.glyphs.data(), static_cast<int>(run.glyphs.size()),
                           run.clusters.data(), static_cast<int>(run.clusters.size()), direction);
    if (item_.weight == Weight::bold) thicken(run);
  }

  // Bold is a line around the letters: one font is embedded instead of two, and fonts without a
  // bold face look alike. It is drawn as a path, since letters drawn twice would be read out twice.
  void thicken(const GlyphRun& run) const {
    cairo_new_path(context_);
    cairo_glyph_path(context_, run.glyphs.data(), static_cast<int>(run.glyphs.size()));
    cairo_set_line_width(context_, item_.size * 0.035);
    cairo_set_dash(context_, nullptr, 0, 0);
    cairo_stroke(context_);
  }

  cairo_t* context_;
  const Lettering& lettering_;
  const TextItem& item_;
};

struct ItemPainter {
  cairo_t* context;
  const Lettering& lettering;

  void operator()(const PathItem& item) const {
    cairo_new_path(context);
    for (const PathStep& step : item.steps) std::visit(StepPainter{context}, step);
    if (item.fill) {
      set_color(context, *item.fill);
      cairo_fill_preserve(context);
    }
    if (item.stroke) {
      set_color(context, *item.stroke);
      cairo_set_line_width(context, std::clamp(item.stroke_width, 0.0, most));
      cairo_set_dash(context, item.dashes.data(), static_cast<int>(item.dashes.size()), 0);
      cairo_stroke_preserve(context);
    }
    cairo_new_path(context);
  }
  void operator()(const TextItem& item) const { TextPainter(context, lettering, item).paint(); }
};

FontOptions unhinted() {
  FontOptions options(cairo_font_options_create());
  cairo_font_options_set_hint_style(options.get(), CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics(options.get(), CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_antialias(options.get(), CAIRO_ANTIALIAS_GRAY);
  return options;
}

}  // namespace

void paint_page(cairo_t* context, const ScenePage& page, Color background,
                const Lettering& lettering, const GroupTags& tags) {
  cairo_set_font_options(context, unhinted().get());
  if (background != Color{255, 255, 255}) {
    set_color(context, background);
    cairo_paint(context);
  }
  for (const Group& group : page.groups) {
    if (tags.begin) tags.begin(group);
    for (const Item& item : group.items) std::visit(ItemPainter{context, lettering}, item);
    if (tags.end) tags.end(group);
  }
}

Error drawing_failure(cairo_status_t status) {
  return {ErrorKind::internal,
          {{"绘图失败：{detail}", "drawing failed: {detail}"},
           {{"detail", std::string(cairo_status_to_string(status))}}}};
}

}  // namespace flowproof::cairo
