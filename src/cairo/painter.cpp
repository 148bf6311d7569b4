#include "cairo/painter.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "base/unicode.hpp"

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

// One line of text in one font after another; Cairo is told which bytes each glyph stands for, so
// that the text can be searched and copied.
class TextPainter {
 public:
  TextPainter(cairo_t* context, const Lettering& lettering, const TextItem& item)
      : context_(context), lettering_(lettering), item_(item) {}

  void paint() {
    const double width = lay_out();
    // A font wider than the built-in table is narrowed, so that the text stays in its box.
    const double squeeze = item_.width > 0 && width > item_.width * 1.01 ? item_.width / width : 1;
    const double share = item_.anchor == Anchor::start    ? 0
                         : item_.anchor == Anchor::middle ? 0.5
                                                          : 1;
    const double start = safe(item_.at.x) - width * squeeze * share;
    for (cairo_glyph_t& glyph : glyphs_) glyph.x = start + glyph.x * squeeze;
    set_color(context_, item_.color);
    for (std::size_t first = 0; first < glyphs_.size();) {
      std::size_t last = first + 1;
      while (last < glyphs_.size() && fonts_[last] == fonts_[first]) ++last;
      show(first, last, squeeze);
      first = last;
    }
  }

 private:
  double lay_out() {
    double x = 0;
    const std::string& text = item_.text;
    for (std::size_t i = 0; i < text.size();) {
      const CodePoint point = code_point_at(text, i);
      const std::size_t length = std::max<std::size_t>(point.length, 1);
      const char32_t character = point.length == 0 ? 0xFFFD : point.value;
      if (const Glyph* glyph = lettering_.find(character)) {
        glyphs_.push_back({glyph->index, x, safe(item_.at.y)});
        fonts_.push_back(glyph->font);
        std::string bytes;
        append_utf8(bytes, character);
        clusters_.push_back({static_cast<int>(bytes.size()), 1});
        bytes_ += bytes;
        x += glyph->advance * item_.size;
      }
      i += length;
    }
    return x;
  }

  void show(std::size_t first, std::size_t last, double squeeze) {
    std::size_t from = 0, size = 0;
    for (std::size_t i = 0; i < last; ++i) {
      (i < first ? from : size) += static_cast<std::size_t>(clusters_[i].num_bytes);
    }
    cairo_set_font_face(context_, lettering_.face(fonts_[first]));
    cairo_matrix_t matrix;
    cairo_matrix_init_scale(&matrix, item_.size * squeeze, item_.size);
    cairo_set_font_matrix(context_, &matrix);
    const auto count = static_cast<int>(last - first);
    cairo_show_text_glyphs(context_, bytes_.data() + from, static_cast<int>(size),
                           glyphs_.data() + first, count, clusters_.data() + first, count,
                           static_cast<cairo_text_cluster_flags_t>(0));
    if (item_.weight == Weight::bold) thicken(first, count);
  }

  // Bold is the same letters drawn again a little to the right: one font is embedded instead of
  // two, and fonts without a bold face look alike. The copy stands for no text, or it would be
  // found twice.
  void thicken(std::size_t first, int count) {
    for (int i = 0; i < count; ++i) {
      glyphs_[first + static_cast<std::size_t>(i)].x += item_.size * 0.03;
    }
    const cairo_text_cluster_t nothing{0, count};
    cairo_show_text_glyphs(context_, "", 0, glyphs_.data() + first, count, &nothing, 1,
                           static_cast<cairo_text_cluster_flags_t>(0));
  }

  cairo_t* context_;
  const Lettering& lettering_;
  const TextItem& item_;
  std::vector<cairo_glyph_t> glyphs_;
  std::vector<cairo_text_cluster_t> clusters_;
  std::vector<std::size_t> fonts_;
  std::string bytes_;
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
