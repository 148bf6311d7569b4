#include "report/places.hpp"

#include <algorithm>

namespace flowproof {

namespace {

constexpr std::size_t stride = 4096;  // bytes between marks

/// Carries a place on over text[begin, end). A CR LF that straddles `end` is counted after it.
Place advance(Place place, std::string_view text, std::size_t begin, std::size_t end) {
  for (std::size_t i = begin; i < end; ++i) {
    const bool line_end =
        text[i] == '\n' || (text[i] == '\r' && (i + 1 >= text.size() || text[i + 1] != '\n'));
    if (line_end) {
      ++place.line;
      place.column = 1;
    } else if ((static_cast<unsigned char>(text[i]) & 0xC0U) != 0x80U) {
      ++place.column;
    }
  }
  return place;
}

}  // namespace

Place Places::at(const Span& span) {
  const std::string_view text = source_of(span).text;
  std::vector<Place>& marks = marks_[static_cast<std::size_t>(span.source)];
  const std::size_t offset = std::min<std::size_t>(span.offset, text.size());
  if (marks.empty()) marks.emplace_back();
  while (marks.size() <= offset / stride) {
    const std::size_t begin = (marks.size() - 1) * stride;
    marks.push_back(advance(marks.back(), text, begin, begin + stride));
  }
  return advance(marks[offset / stride], text, offset / stride * stride, offset);
}

}  // namespace flowproof
