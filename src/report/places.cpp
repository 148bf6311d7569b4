#include "report/places.hpp"

#include <algorithm>

namespace flowproof {

namespace {

constexpr std::size_t stride = 4096;  // bytes between marks

bool begins_character(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U; }

/// Carries a place on over text[begin, end). A CR LF that straddles `end` is counted after it.
Place advance(Place place, std::string_view text, std::size_t begin, std::size_t end) {
  const std::string_view part = text.substr(begin, end - begin);
  const bool plain_ends = part.find('\r') == std::string_view::npos;
  const auto next_end = [&](std::size_t from) {
    return plain_ends ? part.find('\n', from) : part.find_first_of("\r\n", from);
  };
  std::size_t line = 0;  // where the last line begins
  for (std::size_t i = 0; (i = next_end(i)) != std::string_view::npos;) {
    ++i;
    const bool lone = part[i - 1] == '\n' || begin + i >= text.size() || text[begin + i] != '\n';
    if (!lone) continue;
    ++place.line;
    place.column = 1;
    line = i;
  }
  place.column += static_cast<std::uint32_t>(std::count_if(
      part.begin() + static_cast<std::ptrdiff_t>(line), part.end(), &begins_character));
  return place;
}

}  // namespace

Place Places::at(const Span& span) {
  const std::string_view text = source_of(span).text;
  Known& known = known_[static_cast<std::size_t>(span.source)];
  std::vector<Place>& marks = known.marks;
  const std::size_t offset = std::min<std::size_t>(span.offset, text.size());
  if (marks.empty()) marks.emplace_back();
  while (marks.size() <= offset / stride) {
    const std::size_t begin = (marks.size() - 1) * stride;
    marks.push_back(advance(marks.back(), text, begin, begin + stride));
  }
  std::size_t begin = offset / stride * stride;
  Place place = marks[offset / stride];
  if (known.offset >= begin && known.offset <= offset) {
    begin = known.offset;
    place = known.place;
  }
  known.place = advance(place, text, begin, offset);
  known.offset = offset;
  return known.place;
}

}  // namespace flowproof
