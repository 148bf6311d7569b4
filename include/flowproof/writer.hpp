// Writers turn a Scene into bytes: svg, pdf, png.
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
  /// Font files, or names of families or files without ending, asked before the known ones. PDF and
  /// PNG.
  std::vector<std::string> fonts = {};
  /// Further folders to look for fonts in (a user's own), before the system's.
  std::vector<std::string> font_folders = {};
  std::int64_t date =
      0;  ///< PDF: creation date, seconds since 1970 UTC (SOURCE_DATE_EPOCH); 0: none given
  double dpi = 144;      ///< PNG
  std::size_t page = 0;  ///< SVG and PNG: which page of the scene, from 0
  /// SVG: before every id and class, so that charts can share one HTML page; letters, digits, "-".
  std::string id_prefix = {};
};

[[nodiscard]] std::string write_svg(const Scene& scene, const WriteOptions& options);
/// One document; every scene begins on a new page and is a chapter of the outline.
[[nodiscard]] Result<std::string> write_pdf(std::span<const Scene> scenes,
                                            const WriteOptions& options);
[[nodiscard]] Result<std::string> write_png(const Scene& scene, const WriteOptions& options);

struct Writer {
  std::string_view name;    ///< "svg"
  std::string_view ending;  ///< ".svg"
  LocalizedText summary;
  bool paged;  ///< wants ComposeOptions::paged
  Result<std::string> (*write)(const Scene&, const WriteOptions&);
};

[[nodiscard]] std::span<const Writer> writers();
/// Null if there is none.
[[nodiscard]] const Writer* writer_named(std::string_view name);
/// By the ending of a file name, upper or lower case. Null if there is none.
[[nodiscard]] const Writer* writer_for(std::string_view path);

}  // namespace flowproof
