#include <cmath>
#include <string>

#include "cairo/painter.hpp"
#include "cairo/writers.hpp"

namespace flowproof::cairo {

namespace {

constexpr double largest_side = 32'767;      // Cairo's images
constexpr double most_pixels = 200'000'000;  // 800 MB

cairo_status_t collect(void* target, const unsigned char* bytes, unsigned size) {
  static_cast<std::string*>(target)->append(reinterpret_cast<const char*>(bytes), size);
  return CAIRO_STATUS_SUCCESS;
}

Error too_large() {
  return {ErrorKind::limit, {{"图片的像素过多", "the picture has too many pixels"}, {}}};
}

}  // namespace

Result<std::string> png(const Scene& scene, const WriteOptions& options) {
  if (options.page >= scene.pages.size()) return Error{ErrorKind::usage, {no_such_page, {}}};
  const ScenePage& page = scene.pages[options.page];
  const double scale = options.dpi / 72;
  const double width = std::ceil(page.size.width * scale);
  const double height = std::ceil(page.size.height * scale);
  if (!(width >= 1 && height >= 1 && width <= largest_side && height <= largest_side &&
        width * height <= most_pixels)) {
    return too_large();
  }
  const Result<Lettering> lettering = Lettering::prepare({&scene, 1}, options);
  if (!lettering) return lettering.error();
  const Surface surface(cairo_image_surface_create(CAIRO_FORMAT_RGB24, static_cast<int>(width),
                                                   static_cast<int>(height)));
  {
    const Context context(cairo_create(surface.get()));
    cairo_set_source_rgb(context.get(), 1, 1, 1);
    cairo_paint(context.get());
    cairo_scale(context.get(), scale, scale);
    paint_page(context.get(), page, scene.background, *lettering, {});
    if (const auto status = cairo_status(context.get()); status != CAIRO_STATUS_SUCCESS) {
      return drawing_failure(status);
    }
  }
  std::string bytes;
  const auto status = cairo_surface_write_to_png_stream(surface.get(), collect, &bytes);
  if (status != CAIRO_STATUS_SUCCESS) return drawing_failure(status);
  return bytes;
}

}  // namespace flowproof::cairo
