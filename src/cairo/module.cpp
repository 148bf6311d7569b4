#include "cairo/module.hpp"

#include "cairo/writers.hpp"

extern "C" __attribute__((visibility("default"))) const flowproof::cairo::Module*
flowproof_cairo_module() {
  static constexpr flowproof::cairo::Module module{flowproof::cairo::module_version,
                                                   &flowproof::cairo::pdf, &flowproof::cairo::png,
                                                   &flowproof::cairo::font_subsets};
  return &module;
}
