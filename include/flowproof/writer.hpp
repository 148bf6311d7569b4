// Writers turn a Scene into bytes: svg, pdf, png, md, txt.
//
// Made known by one table that --format, the output file's ending and --help read. The PDF and PNG
// writers stand in a module that is loaded when first used; everything else starts without Cairo.
// Bytes depend only on the scene, the options and (PDF, PNG) the fonts named or found.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "flowproof/message.hpp"
#include "flowproof/result.hpp"
#include "flowproof/scene.hpp"

namespace flowproof {

struct WriteOptions {
  /// Font files, or names of families or files without ending, asked before the known ones. PDF,
  /// PNG and embedded fonts.
  std::vector<std::string> fonts = {};
  /// Further folders to look for fonts in (a user's own), before the system's.
  std::vector<std::string> font_folders = {};
  std::int64_t date =
      0;  ///< PDF: creation date, seconds since 1970 UTC (SOURCE_DATE_EPOCH); 0: none given
  double dpi = 144;         ///< PNG
  bool embed_font = false;  ///< SVG: the letters it uses, so that it looks the same everywhere
  std::size_t page = 0;     ///< SVG and PNG: which page of the scene, from 0
  /// SVG: before every id and class, so that charts can share one HTML page; letters, digits, "-".
  std::string id_prefix = {};
};

/// What a picture of a page that the scene does not have comes to.
inline constexpr LocalizedText no_such_page{"图中没有这一页", "the chart has no such page"};

/// `fonts`: files to embed, asked for letters in this order. Pre: the scene has the page.
[[nodiscard]] std::string write_svg(const Scene& scene, const WriteOptions& options,
                                    std::span<const std::string> fonts = {});
/// The chart as a list of steps, for those who cannot see it.
[[nodiscard]] std::string write_markdown(const Scene& scene);
[[nodiscard]] std::string write_text(const Scene& scene);
/// One document; every scene begins on a new page and is a chapter of the outline.
[[nodiscard]] Result<std::string> write_pdf(std::span<const Scene> scenes,
                                            const WriteOptions& options);
/// Font files cut down to the letters of a scene.
[[nodiscard]] Result<std::vector<std::string>> font_subsets(const Scene& scene,
                                                            const WriteOptions& options);
[[nodiscard]] Result<std::string> write_png(const Scene& scene, const WriteOptions& options);

/// How a format shows a chart that is larger than a sheet.
enum class Form : std::uint8_t {
  list,      ///< words; there are no sheets
  picture,   ///< whole; a picture a sheet if that is asked for
  document,  ///< on sheets
};

struct Writer {
  std::string_view name;    ///< "svg"
  std::string_view ending;  ///< ".svg"
  LocalizedText summary;
  Form form;
  Result<std::string> (*write)(const Scene&, const WriteOptions&);
};

[[nodiscard]] std::span<const Writer> writers();
/// Null if there is none.
[[nodiscard]] const Writer* writer_named(std::string_view name);
/// By the ending of a file name, upper or lower case. Null if there is none.
[[nodiscard]] const Writer* writer_for(std::string_view path);

}  // namespace flowproof
