// Which addresses of a document may become links of a drawing.
//
// Used by scene, which makes the links, and by the writers, whatever scene they are given: in a PDF
// a quotation mark or a backslash would end Cairo's attribute and spoil the file.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace flowproof {

/// http or https and a host without user name, which would look like the host; printing ASCII
/// without quotes, angles and backslashes, of a sane length.
[[nodiscard]] inline bool is_web_link(std::string_view href) {
  const std::size_t end = href.find("://");
  constexpr std::string_view scheme = "https";
  const auto same = [](char c, char lower) { return (c | 0x20) == lower; };
  if (end == std::string_view::npos || (end != 5 && end != 4) ||
      !std::equal(href.begin(), href.begin() + static_cast<std::ptrdiff_t>(end), scheme.begin(),
                  same)) {
    return false;
  }
  const std::string_view host = href.substr(end + 3, href.find_first_of("/?#", end + 3) - end - 3);
  if (host.empty() || host.find('@') != std::string_view::npos) return false;
  return href.size() <= 2000 && std::all_of(href.begin(), href.end(), [](char c) {
           return c > ' ' && c < '\x7F' && c != '\'' && c != '"' && c != '\\' && c != '<' &&
                  c != '>';
         });
}

}  // namespace flowproof
