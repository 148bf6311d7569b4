#include "report/excerpt.hpp"

#include <algorithm>
#include <optional>

#include "base/terminal.hpp"
#include "base/unicode.hpp"

namespace flowproof {

namespace {

constexpr std::size_t width = 80;   // columns in all
constexpr std::size_t before = 40;  // columns kept before the span of a line that does not fit
constexpr std::size_t most_bytes = 4 * width;  // combining marks take no columns

bool ends_line(char byte) { return byte == '\n' || byte == '\r'; }

/// Beginning of the character that ends before `end`; an invalid byte is a character by itself.
std::size_t previous(std::string_view text, std::size_t end) {
  for (std::size_t length = 1; length <= std::min<std::size_t>(4, end); ++length) {
    if ((static_cast<unsigned char>(text[end - length]) & 0xC0U) == 0x80U) continue;
    return extent_at(text, end - length).length == length ? end - length : end - 1;
  }
  return end - 1;
}

struct Run {
  std::size_t columns = 0;
  std::size_t edge = 0;   ///< where it stopped
  bool complete = false;  ///< at the line's beginning or end
};

Run run_before(std::string_view text, std::size_t offset, std::size_t columns) {
  Run run{.edge = offset};
  while (run.edge > 0 && !ends_line(text[run.edge - 1]) && offset - run.edge < most_bytes) {
    const std::size_t next = previous(text, run.edge), more = extent_at(text, next).columns;
    if (run.columns + more > columns) break;
    run.columns += more;
    run.edge = next;
  }
  run.complete = run.edge == 0 || ends_line(text[run.edge - 1]);
  return run;
}

Run run_after(std::string_view text, std::size_t offset, std::size_t columns) {
  Run run{.edge = offset};
  while (run.edge < text.size() && !ends_line(text[run.edge]) && run.edge - offset < most_bytes) {
    const Extent character = extent_at(text, run.edge);
    if (run.columns + character.columns > columns) break;
    run.columns += character.columns;
    run.edge += character.length;
  }
  run.complete = run.edge == text.size() || ends_line(text[run.edge]);
  return run;
}

/// Of most lines: no printing character takes more columns than bytes, so up to `width` bytes fit.
std::optional<Excerpt> short_line(std::string_view source, const Span& span, std::size_t offset) {
  std::size_t begin = offset, end = offset;
  while (begin > 0 && !ends_line(source[begin - 1])) {
    if (offset - --begin > width) return {};
  }
  while (end < source.size() && !ends_line(source[end])) {
    if (++end - begin > width) return {};
  }
  const std::string_view left = source.substr(begin, offset - begin);
  const std::string_view right = source.substr(offset, end - offset);
  if (skip_printing(left) != left.size() || skip_printing(right) != right.size()) return {};
  return Excerpt{std::string(source.substr(begin, end - begin)), terminal_columns(left),
                 std::max<std::size_t>(1, terminal_columns(right.substr(0, span.length)))};
}

}  // namespace

Excerpt excerpt_of(std::string_view source, const Span& span) {
  constexpr std::string_view cut = "…";
  const std::size_t offset = std::min<std::size_t>(span.offset, source.size());
  if (auto line = short_line(source, span, offset)) return *std::move(line);
  Run left = run_before(source, offset, width);
  Run right = run_after(source, offset, width);
  const bool fits = left.complete && right.complete && left.columns + right.columns <= width;
  if (!fits && (!left.complete || left.columns > before)) left = run_before(source, offset, before);
  if (!fits) right = run_after(source, offset, width - left.columns);

  Excerpt excerpt;
  excerpt.mark_column = left.columns + (left.complete ? 0 : 1);
  TerminalText text(false);
  text << (left.complete ? "" : cut) << source.substr(left.edge, offset - left.edge)
       << source.substr(offset, right.edge - offset) << (right.complete ? "" : cut);
  excerpt.text = text.take();
  const std::size_t end = std::min<std::size_t>(offset + span.length, right.edge);
  excerpt.mark_width =
      std::max<std::size_t>(1, run_after(source.substr(0, end), offset, width).columns);
  return excerpt;
}

}  // namespace flowproof
