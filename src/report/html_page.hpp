// The frame of an HTML report: head, styles for screen and paper, counts.
//
// Used by the reports of `check` and `audit`.
#pragma once

#include <string>
#include <string_view>

#include "flowproof/message.hpp"
#include "report/markup.hpp"

namespace flowproof {

/// From the doctype to the heading inside <main>.
[[nodiscard]] std::string page_begin(std::string_view title, Language language);
[[nodiscard]] std::string page_end();

/// "12" above "错误": one cell of a row of figures. `css_class` may be empty.
void put_figure(Markup& html, std::string_view value, std::string_view label,
                std::string_view css_class = {});

}  // namespace flowproof
