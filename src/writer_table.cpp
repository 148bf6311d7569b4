#include <algorithm>
#include <array>

#include "flowproof/writer.hpp"

namespace flowproof {

namespace {

Result<std::string> svg(const Scene& scene, const WriteOptions& options) {
  if (options.page >= scene.pages.size()) return Error{ErrorKind::usage, {no_such_page, {}}};
  if (!options.embed_font) return write_svg(scene, options);
  const Result<std::vector<std::string>> fonts = font_subsets(scene, options);
  if (!fonts) return fonts.error();
  return write_svg(scene, options, *fonts);
}

Result<std::string> pdf(const Scene& scene, const WriteOptions& options) {
  return write_pdf({&scene, 1}, options);
}

Result<std::string> markdown(const Scene& scene, const WriteOptions& /*options*/) {
  return write_markdown(scene);
}

Result<std::string> text(const Scene& scene, const WriteOptions& /*options*/) {
  return write_text(scene);
}

constexpr std::array<Writer, 5> rows{{
    {"svg",
     ".svg",
     {"可缩放矢量图，文字可选取", "scalable drawing with real text"},
     Form::picture,
     svg},
    {"pdf",
     ".pdf",
     {"可打印的文档，嵌入中文字体", "printable document with embedded fonts"},
     Form::document,
     pdf},
    {"png", ".png", {"位图", "picture of pixels"}, Form::picture, write_png},
    {"md", ".md", {"步骤清单（Markdown）", "list of steps (Markdown)"}, Form::list, markdown},
    {"txt", ".txt", {"步骤清单（纯文本）", "list of steps (plain text)"}, Form::list, text},
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
