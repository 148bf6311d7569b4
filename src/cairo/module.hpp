// The table of functions that the Cairo module gives to the program.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "flowproof/writer.hpp"

namespace flowproof::cairo {

/// Changes whenever Scene, WriteOptions or this table change: a module of another build is refused.
inline constexpr std::uint32_t module_version = 2;

struct Module {
  std::uint32_t version;
  Result<std::string> (*write_pdf)(std::span<const Scene>, const WriteOptions&);
  Result<std::string> (*write_png)(const Scene&, const WriteOptions&);
  Result<std::vector<std::string>> (*font_subsets)(const Scene&, const WriteOptions&);
};

inline constexpr const char* module_entry = "flowproof_cairo_module";

}  // namespace flowproof::cairo
