#include <zlib.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string>
#include <string_view>

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

Error too_large(double width, double height) {
  const auto pixels = [](double side) {
    return static_cast<std::int64_t>(std::clamp(side, 0.0, 1e15));
  };
  return {ErrorKind::limit,
          {{"图片为 {width} × {height} 像素，过大；请减小 --dpi，或用 --pages 分页",
            "a picture of {width} × {height} pixels is too large; lower --dpi, or draw sheets with "
            "--pages"},
           {{"width", pixels(width)}, {"height", pixels(height)}}}};
}

std::string big_endian(std::uint32_t value) {
  std::string bytes;
  for (const unsigned shift : {24U, 16U, 8U, 0U}) bytes += static_cast<char>(value >> shift);
  return bytes;
}

// Tells in the picture how large it is on paper: Cairo does not, and it would come three times as
// large into a document.
void tell_resolution(std::string& png, double dpi) {
  constexpr std::size_t behind_header = 8 + 25;  // the signature and the chunk IHDR
  constexpr double inches_a_metre = 1 / 0.0254;
  const std::string a_metre = big_endian(static_cast<std::uint32_t>(dpi * inches_a_metre + 0.5));
  const std::string chunk = "pHYs" + a_metre + a_metre + '\x01';
  const auto check_sum = static_cast<std::uint32_t>(
      crc32(0, reinterpret_cast<const Bytef*>(chunk.data()), static_cast<uInt>(chunk.size())));
  png.insert(behind_header, big_endian(9) + chunk + big_endian(check_sum));
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
    return too_large(width, height);
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
  tell_resolution(bytes, options.dpi);
  return bytes;
}

}  // namespace flowproof::cairo
