#include <algorithm>
#include <array>

#include "flowproof/writer.hpp"

namespace flowproof {

namespace {

Result<std::string> svg(const Scene& scene, const WriteOptions& options) {
  return write_svg(scene, options);
}

Result<std::string> pdf(const Scene& scene, const WriteOptions& options) {
  return write_pdf({&scene, 1}, options);
}

constexpr std::array<Writer, 3> rows{{
    {"svg", ".svg", {"可缩放矢量图，文字可选取", "scalable drawing with real text"}, false, svg},
    {"pdf",
     ".pdf",
     {"可打印的文档，嵌入中文字体", "printable document with embedded fonts"},
     true,
     pdf},
    {"png", ".png", {"位图", "picture of pixels"}, false, write_png},
}};

bool ends_with(std::string_view path, std::string_view ending) {
  if (path.size() <= ending.size()) return false;
  return std::equal(ending.rbegin(), ending.rend(), path.rbegin(), [](char a, char b) {
    return a == (b >= 'A' && b <= 'Z' ? static_cast<char>(b + 32) : b);
  });
}

}  // namespace

std::span<const Writer> writers() { return rows; }

const Writer* writer_named(std::string_view name) {
  const auto* found =
      std::find_if(rows.begin(), rows.end(), [&](const Writer& row) { return row.name == name; });
  return found == rows.end() ? nullptr : found;
}

const Writer* writer_for(std::string_view path) {
  const auto* found = std::find_if(rows.begin(), rows.end(),
                                   [&](const Writer& row) { return ends_with(path, row.ending); });
  return found == rows.end() ? nullptr : found;
}

}  // namespace flowproof
