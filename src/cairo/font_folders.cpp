#include "cairo/font_folders.hpp"

#include <algorithm>
#include <array>
#include <filesystem>

namespace flowproof::cairo {

namespace {

namespace fs = std::filesystem;

struct KnownFont {
  const char* folder;  ///< below a font folder, as Debian packages install it
  const char* file;
  std::array<int, 3> rank;  ///< by Typeface; lower is asked first
};

// Files of the Debian packages fonts-noto-cjk, fonts-wqy-zenhei, fonts-wqy-microhei,
// fonts-arphic-*, fonts-droid-fallback, fonts-hanazono, fonts-dejavu, unifont, and what users copy
// into their own folder. The last rows have rare characters (CJK extensions, symbols).
constexpr KnownFont known[] = {
    {"opentype/source-han-sans", "SourceHanSansSC-Regular.otf", {1, 6, 6}},
    {"opentype/noto", "NotoSansCJK-Regular.ttc", {2, 7, 7}},
    {"opentype/noto", "NotoSansCJKsc-Regular.otf", {3, 8, 8}},
    {"truetype/noto", "NotoSansSC-Regular.ttf", {4, 9, 9}},
    {"truetype/wqy", "wqy-zenhei.ttc", {5, 10, 10}},
    {"truetype/wqy", "wqy-microhei.ttc", {6, 11, 11}},
    {"truetype/droid", "DroidSansFallbackFull.ttf", {7, 12, 12}},
    {"truetype", "simfang.ttf", {12, 5, 1}},
    {"truetype", "FangSong_GB2312.ttf", {13, 13, 2}},
    {"opentype/source-han-serif", "SourceHanSerifSC-Regular.otf", {8, 1, 3}},
    {"opentype/noto", "NotoSerifCJK-Regular.ttc", {9, 2, 4}},
    {"truetype", "simsun.ttc", {14, 3, 5}},
    {"truetype/arphic", "uming.ttc", {10, 4, 13}},
    {"truetype/arphic-gbsn00lp", "gbsn00lp.ttf", {11, 14, 14}},
    {"truetype/dejavu", "DejaVuSans.ttf", {20, 20, 20}},
    {"truetype/hanazono", "HanaMinA.ttf", {21, 21, 21}},
    {"truetype/hanazono", "HanaMinB.ttf", {22, 22, 22}},
    {"truetype/unifont", "unifont.ttf", {23, 23, 23}},
    {"truetype/unifont", "unifont_upper.ttf", {24, 24, 24}},
};

constexpr std::size_t most_files = 20000;
constexpr int deepest = 6;

bool is_font(const fs::path& path) {
  std::string ending = path.extension().string();
  std::transform(ending.begin(), ending.end(), ending.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return ending == ".ttf" || ending == ".ttc" || ending == ".otf" || ending == ".otc";
}

}  // namespace

std::vector<std::string> font_folders(const WriteOptions& options) {
  std::vector<std::string> folders = options.font_folders;
  folders.insert(folders.end(), {"/usr/local/share/fonts", "/usr/share/fonts"});
  return folders;
}

std::vector<std::string> known_fonts(Typeface typeface, const std::vector<std::string>& folders) {
  std::vector<const KnownFont*> order;
  for (const KnownFont& font : known) order.push_back(&font);
  const auto face = static_cast<std::size_t>(typeface);
  std::stable_sort(order.begin(), order.end(), [&](const KnownFont* a, const KnownFont* b) {
    return a->rank[face] < b->rank[face];
  });
  std::vector<std::string> found;
  std::error_code error;
  for (const KnownFont* font : order) {
    for (const std::string& folder : folders) {
      for (const fs::path& path :
           {fs::path(folder) / font->folder / font->file, fs::path(folder) / font->file}) {
        if (fs::is_regular_file(path, error)) found.push_back(path.string());
      }
    }
  }
  return found;
}

std::vector<std::string> all_fonts(const std::vector<std::string>& folders) {
  std::vector<std::string> all;
  for (const std::string& folder : folders) {
    const auto first = static_cast<std::ptrdiff_t>(all.size());
    std::error_code error;
    fs::recursive_directory_iterator entry(folder, fs::directory_options::skip_permission_denied,
                                           error);
    std::size_t seen = 0;
    for (; !error && entry != fs::recursive_directory_iterator() && seen < most_files;
         entry.increment(error), ++seen) {
      if (entry.depth() >= deepest) entry.disable_recursion_pending();
      std::error_code unreadable;
      if (is_font(entry->path()) && entry->is_regular_file(unreadable)) {
        all.push_back(entry->path().string());
      }
    }
    std::sort(all.begin() + first, all.end());
  }
  return all;
}

}  // namespace flowproof::cairo
