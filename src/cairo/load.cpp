// The library's side of the PDF and PNG writers: loads the module that links Cairo and calls it.
#include "base/module.hpp"
#include "cairo/module.hpp"

#ifdef __SANITIZE_ADDRESS__
// Cairo 1.16 loses 96 bytes when it embeds a CFF font, inside cairo_surface_finish; what is ours is
// held by owners that cannot forget it.
extern "C" const char* __lsan_default_suppressions();  // NOLINT(bugprone-reserved-identifier)
extern "C" const char* __lsan_default_suppressions() { return "leak:libcairo.so"; }
extern "C" const char* __lsan_default_options();  // NOLINT(bugprone-reserved-identifier)
extern "C" const char* __lsan_default_options() { return "print_suppressions=0"; }
#endif

namespace flowproof {

namespace {

Result<const cairo::Module*> module() {
  return load_table<cairo::Module>(
      "flowproof_cairo", cairo::module_entry, cairo::module_version,
      {"绘图模块与程序的版本不同", "the drawing module is of another version"});
}

}  // namespace

Result<std::string> write_pdf(std::span<const Scene> scenes, const WriteOptions& options) {
  const Result<const cairo::Module*> loaded = module();
  if (!loaded) return loaded.error();
  return (*loaded)->write_pdf(scenes, options);
}

Result<std::string> write_png(const Scene& scene, const WriteOptions& options) {
  const Result<const cairo::Module*> loaded = module();
  if (!loaded) return loaded.error();
  return (*loaded)->write_png(scene, options);
}

Result<std::vector<std::string>> font_subsets(const Scene& scene, const WriteOptions& options) {
  const Result<const cairo::Module*> loaded = module();
  if (!loaded) return loaded.error();
  return (*loaded)->font_subsets(scene, options);
}

}  // namespace flowproof
