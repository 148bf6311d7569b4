#include "base/module.hpp"

#include <dlfcn.h>

#include <filesystem>
#include <string>
#include <vector>

namespace flowproof {

namespace {

// FLOWPROOF_LIBRARY_FOLDER is CMAKE_INSTALL_LIBDIR ("lib", "lib/x86_64-linux-gnu"),
// FLOWPROOF_INSTALLED_FOLDER the same with its prefix, for programs that only link the library.
std::vector<std::filesystem::path> module_folders() {
  std::vector<std::filesystem::path> folders;
  std::error_code error;
  const std::filesystem::path program = std::filesystem::read_symlink("/proc/self/exe", error);
  if (!error) {
    const std::filesystem::path prefix = program.parent_path().parent_path();
    folders.push_back(prefix / "lib" / "flowproof");
    folders.push_back(prefix / FLOWPROOF_LIBRARY_FOLDER / "flowproof");
  }
  folders.emplace_back(FLOWPROOF_INSTALLED_FOLDER "/flowproof");
  return folders;
}

Error load_failure(std::string_view name, const char* detail) {
  return {
      ErrorKind::internal,
      {{"无法加载模块“{name}”：{detail}", "cannot load the module '{name}': {detail}"},
       {{"name", std::string(name)}, {"detail", std::string(detail == nullptr ? "?" : detail)}}}};
}

}  // namespace

std::string module_path(const std::string& file) {
  for (const std::filesystem::path& folder : module_folders()) {
    std::error_code error;
    const std::filesystem::path path = folder / file;
    if (std::filesystem::is_regular_file(path, error)) return path.string();
  }
  return {};
}

Result<void*> load_module(std::string_view name, const char* entry) {
  const std::string file = "lib" + std::string(name) + ".so";
  const std::string path = module_path(file);
  if (path.empty()) return load_failure(name, "no such file");
  void* module = dlopen(path.c_str(), RTLD_LAZY | RTLD_LOCAL | RTLD_NODELETE);
  if (module == nullptr) return load_failure(name, dlerror());
  void* address = dlsym(module, entry);
  if (address == nullptr) return load_failure(name, dlerror());
  return address;
}

}  // namespace flowproof
