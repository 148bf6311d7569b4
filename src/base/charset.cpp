#include "base/charset.hpp"

#include <iconv.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <optional>

#include "base/unicode.hpp"
#include "model/reading_rules.hpp"

namespace flowproof {

namespace {

using namespace std::string_view_literals;

struct Magic {
  std::string_view bytes;
  LocalizedText format;
};

// What people pass to a checker by mistake. Order matters: UTF-32 LE begins like UTF-16 LE.
constexpr Magic magics[] = {
    {"\x1F\x8B"sv, {"gzip 压缩文件", "a gzip file"}},
    {"PK\x03\x04"sv,
     {"zip 压缩包（docx、xlsx、vsdx 也是）", "a zip archive (docx, xlsx, vsdx are too)"}},
    {"%PDF-"sv, {"PDF 文件", "a PDF file"}},
    {"\xD0\xCF\x11\xE0"sv,
     {"旧版 Office 文件（doc、xls、vsd）", "an old Office file (doc, xls, vsd)"}},
    {"\x28\xB5\x2F\xFD"sv, {"zstd 压缩文件", "a zstd file"}},
    {"7z\xBC\xAF"sv, {"7z 压缩包", "a 7z archive"}},
    {"Rar!"sv, {"rar 压缩包", "a rar archive"}},
    {"BZh"sv, {"bzip2 压缩文件", "a bzip2 file"}},
    {"\xFD"
     "7zXZ"sv,
     {"xz 压缩文件", "an xz file"}},
    {"\x89PNG"sv, {"PNG 图片", "a PNG picture"}},
    {"\xFF\xD8\xFF"sv, {"JPEG 图片", "a JPEG picture"}},
    {"GIF8"sv, {"GIF 图片", "a GIF picture"}},
    {"\x7F"
     "ELF"sv,
     {"可执行文件", "an executable"}},
    {"\xFF\xFE\0\0"sv, {"UTF-32 文本", "UTF-32 text"}},
    {"\0\0\xFE\xFF"sv, {"UTF-32 文本", "UTF-32 text"}},
    {"<\0\0\0"sv, {"UTF-32 文本", "UTF-32 text"}},
    {"\0\0\0<"sv, {"UTF-32 文本", "UTF-32 text"}},
    {"\x4C\x6F\xA7\x94"sv, {"EBCDIC 文本", "EBCDIC text"}},
};

struct CharsetName {
  std::string_view name;  // upper case
  Charset charset;
};

constexpr CharsetName charset_names[] = {
    {"UTF-8", Charset::utf8},         {"UTF8", Charset::utf8},
    {"US-ASCII", Charset::utf8},      {"ASCII", Charset::utf8},
    {"UTF-16", Charset::utf16_le},    {"UTF-16LE", Charset::utf16_le},
    {"UTF-16BE", Charset::utf16_be},  {"GB18030", Charset::gb18030},
    {"GBK", Charset::gb18030},        {"GB2312", Charset::gb18030},
    {"GB_2312-80", Charset::gb18030}, {"EUC-CN", Charset::gb18030},
    {"CP936", Charset::gb18030},      {"MS936", Charset::gb18030},
    {"X-GBK", Charset::gb18030},      {"WINDOWS-936", Charset::gb18030},
};

struct Signature {
  std::string_view bytes;
  Charset charset;
  std::size_t skip;  // length of the byte order mark
};

// XML 1.0 appendix F. A document begins with "<", so a zero beside it tells UTF-16.
constexpr Signature signatures[] = {
    {"\xEF\xBB\xBF"sv, Charset::utf8, 3}, {"\xFF\xFE"sv, Charset::utf16_le, 2},
    {"\xFE\xFF"sv, Charset::utf16_be, 2}, {"<\0"sv, Charset::utf16_le, 0},
    {"\0<"sv, Charset::utf16_be, 0},
};

constexpr std::string_view blanks = " \t\r\n";
constexpr std::size_t findings_of_a_kind = 20;

// The value of encoding="…" in the XML declaration; bytes must be an extension of ASCII.
std::string_view declared_encoding(std::string_view bytes) {
  if (!bytes.starts_with("<?xml")) return {};
  const std::string_view declaration = bytes.substr(0, bytes.substr(0, 1024).find("?>"));
  std::size_t at = declaration.find("encoding");
  if (at == std::string_view::npos) return {};
  at = declaration.find_first_of("'\"", at);
  if (at == std::string_view::npos) return {};
  const std::size_t end = declaration.find(declaration[at], at + 1);
  if (end == std::string_view::npos) return {};
  return declaration.substr(at + 1, end - at - 1);
}

std::optional<Charset> charset_named(std::string_view name) {
  std::string upper(name);
  std::transform(upper.begin(), upper.end(), upper.begin(), [](char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  });
  for (const CharsetName& row : charset_names) {
    if (row.name == upper) return row.charset;
  }
  return std::nullopt;
}

bool is_ascii(std::string_view bytes) {
  return std::all_of(bytes.begin(), bytes.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

std::string hex(std::string_view bytes) {
  static constexpr std::string_view digits = "0123456789ABCDEF";
  std::string out;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    if (!out.empty()) out += ' ';
    out += digits[byte >> 4U];
    out += digits[byte & 0xFU];
  }
  return out;
}

// The first characters outside ASCII, enough to recognise a text.
std::string_view sample_of(std::string_view utf8) {
  const auto* begin = std::find_if(utf8.begin(), utf8.end(),
                                   [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
  std::string_view rest = utf8.substr(static_cast<std::size_t>(begin - utf8.begin()));
  std::size_t end = 0;
  for (int characters = 0; end < rest.size() && characters < 12; ++characters) {
    if (std::string_view(" \t\r\n<>'\"").find(rest[end]) != std::string_view::npos) break;
    end += std::max<std::size_t>(code_point_at(rest, end).length, 1);
  }
  return rest.substr(0, end);
}

// Decodes what can be decoded; the rest becomes "?".
std::string rough_gb18030(std::string_view bytes) {
  std::string out;
  while (!bytes.empty()) {
    const Transcoded part = transcode(bytes, Charset::gb18030);
    out += part.text;
    if (part.complete) break;
    out += '?';
    bytes.remove_prefix(part.consumed + 1);
  }
  return out;
}

Span at(std::size_t offset, std::size_t length, SourceIndex source) {
  return {static_cast<std::uint32_t>(offset), static_cast<std::uint32_t>(length), source};
}

void report_not_utf8(std::string_view bytes, std::size_t bad, SourceIndex index, Diagnostics& out) {
  // One wrong byte with the bytes that were to belong to it.
  const std::string_view wrong = bytes.substr(bad, 4);
  std::size_t length = 1;
  while (length < wrong.size() && (static_cast<unsigned char>(wrong[length]) & 0xC0U) == 0x80U)
    ++length;
  Arguments arguments{{"bytes", hex(wrong.substr(0, length))}, {"encoding", "UTF-8"}};
  if (transcode(bytes, Charset::gb18030).complete) {
    const std::size_t line = bytes.find_last_of("\r\n", bad) + 1;
    const std::string text =
        rough_gb18030(bytes.substr(line, bytes.find_first_of("\r\n", bad) - line));
    arguments.push_back({"sample", std::string(sample_of(text))});
    report_as(
        out, invalid_encoding, at(bad, length, index),
        {"字节 {bytes} 不是 {encoding}；看来是 GB18030，读作“{sample}”",
         "the bytes {bytes} are not {encoding}; this looks like GB18030 and would read '{sample}'"},
        std::move(arguments))
        .help = {"用编辑器另存为 UTF-8，或在首行声明 encoding=\"GB18030\"",
                 "save the file as UTF-8 or declare encoding=\"GB18030\" in its first line"};
    return;
  }
  report(out, invalid_encoding, at(bad, length, index), std::move(arguments));
}

const Rule* rule_of(CharacterKind kind) {
  switch (kind) {
    case CharacterKind::forbidden:
      return &forbidden_character;
    case CharacterKind::control:
    case CharacterKind::byte_order_mark:
      return &control_character;
    case CharacterKind::bidi:
      return &bidi_control;
    case CharacterKind::zero_width:  // judged by the readers: an error in ids, else a warning
    case CharacterKind::ordinary:
      break;
  }
  return nullptr;
}

// Nothing before `begin` is to be reported.
void report_characters(std::string_view text, std::size_t begin, SourceIndex index,
                       Diagnostics& out) {
  std::array<std::size_t, 6> counts{};
  std::array<Span, 6> first_left_out{};
  std::array<std::string, 6> last_character;
  for (std::size_t i = begin; i < text.size(); i = skip_ordinary(text, i)) {
    const CodePoint point = code_point_at(text, i);
    const CharacterKind kind = kind_of(point.value);
    if (const Rule* rule = rule_of(kind); rule != nullptr) {
      const std::size_t k = static_cast<std::size_t>(kind);
      if (++counts[k] <= findings_of_a_kind) {
        report(out, *rule, at(i, point.length, index),
               {{"character", code_point_name(point.value)}});
      } else if (counts[k] == findings_of_a_kind + 1) {
        first_left_out[k] = at(i, point.length, index);
        last_character[k] = code_point_name(point.value);
      }
    }
    i += point.length;
  }
  for (std::size_t k = 0; k < counts.size(); ++k) {
    if (counts[k] <= findings_of_a_kind) continue;
    report_as(out, *rule_of(static_cast<CharacterKind>(k)), first_left_out[k],
              {"从这里起还有 {count} 个这类字符（{character} 等）",
               "another {count} such characters ({character} and the like) follow from here"},
              {{"count", static_cast<std::int64_t>(counts[k] - findings_of_a_kind)},
               {"character", last_character[k]}});
  }
}

}  // namespace

Transcoded transcode(std::string_view bytes, Charset from) {
  static constexpr std::array<const char*, 4> names{"UTF-8", "UTF-16LE", "UTF-16BE", "GB18030"};
  Transcoded result;
  iconv_t converter = iconv_open("UTF-8", names[static_cast<std::size_t>(from)]);
  if (converter == reinterpret_cast<iconv_t>(-1)) return result;
  // Two bytes become at most three, four at most four; one byte stays one.
  result.text.resize(bytes.size() + bytes.size() / 2 + 8);
  char* in = const_cast<char*>(bytes.data());  // iconv's interface; it does not write there
  std::size_t in_left = bytes.size();
  char* out = result.text.data();
  std::size_t out_left = result.text.size();
  const std::size_t failed = iconv(converter, &in, &in_left, &out, &out_left);
  iconv_close(converter);
  result.complete = failed != static_cast<std::size_t>(-1) && in_left == 0;
  result.consumed = bytes.size() - in_left;
  result.text.resize(result.text.size() - out_left);
  return result;
}

std::size_t find_invalid_utf8(std::string_view bytes, std::size_t begin) {
  for (std::size_t i = skip_ordinary(bytes, begin); i < bytes.size(); i = skip_ordinary(bytes, i)) {
    const CodePoint point = code_point_at(bytes, i);
    if (point.length == 0) return i;
    i += point.length;
  }
  return std::string_view::npos;
}

namespace {

// What the bytes are, or findings that they cannot be read.
struct Charsets {
  Charset charset = Charset::utf8;
  std::size_t skip = 0;
  std::string_view declared;
};

// The text of `bytes` if they are what they claim to be. Bytes that are not stay behind the part
// that could be read, so that the finding's place can be shown.
std::optional<std::string> to_utf8(std::string& bytes, const Charsets& is, SourceIndex index,
                                   Diagnostics& out) {
  const std::string_view body = std::string_view(bytes).substr(is.skip);
  Transcoded read = transcode(body, is.charset);
  if (read.complete) {
    if (is.charset == Charset::gb18030) {
      report(out, legacy_encoding, at(0, 0, index), {{"encoding", "GB18030"}});
    }
    return std::move(read.text);
  }
  const std::size_t wrong = std::min<std::size_t>(body.size() - read.consumed, 2);
  const std::string name = is.charset == Charset::gb18030 ? std::string(is.declared) : "UTF-16";
  report(out, invalid_encoding, at(read.text.size(), wrong, index),
         {{"bytes", hex(body.substr(read.consumed, wrong))}, {"encoding", name}});
  bytes = read.text + std::string(body.substr(read.consumed));
  return std::nullopt;
}

// Decides between what an ASCII-compatible file declares and what its bytes are.
// `plain` bytes at the front are UTF-8.
std::optional<Charset> settle(std::string_view bytes, std::size_t plain, std::string_view declared,
                              bool marked, SourceIndex index, Diagnostics& out) {
  const std::optional<Charset> claimed = declared.empty() ? Charset::utf8 : charset_named(declared);
  const std::size_t bad = find_invalid_utf8(bytes, plain);
  const std::size_t place =
      declared.empty() ? 0 : static_cast<std::size_t>(declared.data() - bytes.data());
  if (bad == std::string_view::npos) {
    if (claimed == Charset::utf8 || is_ascii(bytes)) return Charset::utf8;
    const std::string_view sample = sample_of(bytes);
    report(out, mislabelled_encoding, at(place, declared.size(), index),
           {{"declared", std::string(declared)},
            {"actual", "UTF-8"},
            {"sample", std::string(sample)},
            {"other", rough_gb18030(sample)}})
        .severity = marked ? Severity::warning : Severity::error;
    return marked ? std::optional(Charset::utf8) : std::nullopt;
  }
  if (!claimed) {
    report_as(out, invalid_encoding, at(place, declared.size(), index),
              {"不支持声明的编码 {encoding}", "the declared encoding {encoding} is not supported"},
              {{"encoding", std::string(declared)}});
    return std::nullopt;
  }
  if (claimed == Charset::gb18030 && !marked) return claimed;
  report_not_utf8(bytes, bad, index, out);
  return std::nullopt;
}

}  // namespace

Decoded decode(std::string path, std::string bytes, SourceIndex index, const ReadLimits& limits) {
  Decoded result;
  Diagnostics& out = result.diagnostics;
  bool ordinary = false;
  const auto give = [&](std::string text) {
    result.source = {std::move(path), std::move(text), ordinary};
    return std::move(result);
  };
  if (bytes.size() > limits.bytes) {
    report(out, limit_exceeded, at(0, 0, index),
           {{"what", LocalizedText{"文件字节数", "the size in bytes"}},
            {"limit", std::int64_t{limits.bytes}}});
    return give({});
  }
  for (const Magic& magic : magics) {
    if (!std::string_view(bytes).starts_with(magic.bytes)) continue;
    report(out, not_xml, at(0, 0, index), {{"format", magic.format}});
    return give(std::move(bytes));
  }
  Charsets is;
  for (const Signature& signature : signatures) {
    if (!std::string_view(bytes).starts_with(signature.bytes)) continue;
    is.charset = signature.charset;
    is.skip = signature.skip;
    break;
  }
  std::size_t plain = 0;  // bytes at the front that need no second look
  if (is.charset == Charset::utf8) {
    const bool marked = is.skip != 0;
    bytes.erase(0, is.skip);
    is.skip = 0;
    is.declared = declared_encoding(bytes);
    plain = skip_ordinary(bytes);
    const std::optional<Charset> settled = settle(bytes, plain, is.declared, marked, index, out);
    if (!settled) return give(std::move(bytes));
    is.charset = *settled;
  }
  if (is.charset != Charset::utf8) {
    std::optional<std::string> text = to_utf8(bytes, is, index, out);
    if (!text) return give(std::move(bytes));
    bytes = std::move(*text);
    plain = skip_ordinary(bytes);
  }
  if (bytes.find_first_not_of(blanks) == std::string::npos) {
    report(out, empty_document, at(0, 0, index), {});
    return give(std::move(bytes));
  }
  ordinary = plain == bytes.size();
  report_characters(bytes, plain, index, out);
  result.readable = std::none_of(out.begin(), out.end(), [](const Diagnostic& finding) {
    return finding.rule == &forbidden_character;
  });
  return give(std::move(bytes));
}

}  // namespace flowproof
