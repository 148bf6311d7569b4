#include "cairo/module.hpp"

#include <mutex>

#include "cairo/writers.hpp"

namespace flowproof::cairo {

namespace {

// Cairo 1.16 takes the lock of its shared glyph cache and that of a font in either order, so
// threads that draw at once may wait for each other for ever.
std::mutex one_at_a_time;

Result<std::string> pdf_alone(std::span<const Scene> scenes, const WriteOptions& options) {
  const std::scoped_lock lock(one_at_a_time);
  return pdf(scenes, options);
}

Result<std::string> png_alone(const Scene& scene, const WriteOptions& options) {
  const std::scoped_lock lock(one_at_a_time);
  return png(scene, options);
}

}  // namespace

}  // namespace flowproof::cairo

extern "C" __attribute__((visibility("default"))) const flowproof::cairo::Module*
flowproof_cairo_module() {
  using namespace flowproof::cairo;
  static constexpr Module module{module_version, &pdf_alone, &png_alone, &font_subsets};
  return &module;
}
