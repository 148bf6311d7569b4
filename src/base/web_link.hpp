// Which addresses of a document may become links of a drawing.
//
// Used by scene, which makes the links, and by the writers, whatever scene they are given: in a PDF
// a quotation mark or a backslash would end Cairo's attribute and spoil the file.
#pragma once

#include <algorithm>
#include <string_view>

namespace flowproof {

/// http or https, printing ASCII without quotes, angles and backslashes, of a sane length.
[[nodiscard]] inline bool is_web_link(std::string_view href) {
  if (!href.starts_with("https://") && !href.starts_with("http://")) return false;
  return href.size() <= 2000 && std::all_of(href.begin(), href.end(), [](char c) {
           return c > ' ' && c < '\x7F' && c != '\'' && c != '"' && c != '\\' && c != '<' &&
                  c != '>';
         });
}

}  // namespace flowproof
