#include "xlsx/sheet.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdio>

#include "base/severity_color.hpp"

namespace flowproof::xlsx {

namespace {

constexpr lxw_row_t most_rows = 1U << 20;  // of a sheet, by the format
constexpr std::size_t most_bytes = 6000;   // of a cell; the format's limit is 32,767 characters
constexpr std::uint8_t a4 = 9;

/// Cut between characters.
std::string cut(std::string_view text) {
  if (text.size() <= most_bytes) return std::string(text);
  std::size_t end = most_bytes;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return std::string(text.substr(0, end)) + "…";
}

/// Lines a text takes in a column that wraps; programs that open the file do not measure rows
/// again.
std::size_t lines_in(std::string_view text, double width) {
  // Fonts that stand in for the workbook's own are wider, and lines break before punctuation.
  constexpr double share = 0.9;
  const auto room = static_cast<std::size_t>(std::max(width * share - 1, 1.0));
  std::size_t lines = 1, used = 0;
  for (const char byte : text) {
    const auto code = static_cast<unsigned char>(byte);
    if (byte == '\n') {
      ++lines;
      used = 0;
    }
    if ((code & 0xC0U) == 0x80U || code < 0x20) continue;
    const std::size_t columns = code >= 0xE0U ? 2 : 1;  // CJK has three bytes or more
    if (used + columns > room) {
      ++lines;
      used = 0;
    }
    used += columns;
  }
  return lines;
}

lxw_format* add_format(lxw_workbook* workbook, bool bordered) {
  lxw_format* format = workbook_add_format(workbook);
  format_set_font_name(format, "宋体");
  format_set_font_size(format, 10);
  format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
  format_set_text_wrap(format);
  if (bordered) {
    format_set_border(format, LXW_BORDER_THIN);
    format_set_border_color(format, 0xBFBFBF);
  }
  return format;
}

}  // namespace

Formats add_formats(lxw_workbook* workbook) {
  Formats formats{};
  formats.text = add_format(workbook, true);
  formats.head = add_format(workbook, true);
  format_set_bold(formats.head);
  format_set_bg_color(formats.head, 0xE7E6E6);
  format_set_align(formats.head, LXW_ALIGN_CENTER);
  format_set_align(formats.head, LXW_ALIGN_VERTICAL_CENTER);
  formats.number = add_format(workbook, true);
  format_set_num_format(formats.number, "0");
  formats.share = add_format(workbook, true);
  format_set_num_format(formats.share, "0.0%");
  formats.title = add_format(workbook, false);
  format_set_bold(formats.title);
  format_set_font_size(formats.title, 16);
  format_set_align(formats.title, LXW_ALIGN_CENTER);
  formats.remark = add_format(workbook, false);
  for (std::size_t i = 0; i < std::size(formats.severity); ++i) {
    formats.severity[i] = add_format(workbook, true);
    format_set_font_color(formats.severity[i], severity_color(static_cast<Severity>(i)));
    format_set_bold(formats.severity[i]);
  }
  return formats;
}

Sheet::Sheet(lxw_workbook* workbook, const Formats& formats, const std::string& name,
             std::span<const Column> columns, Language language, const LocalizedText& title)
    : sheet_(workbook_add_worksheet(workbook, name.c_str())), formats_(formats), columns_(columns) {
  if (sheet_ == nullptr) {
    error_ = LXW_ERROR_CREATING_TMPFILE;
    lost_ = errno;
    return;
  }
  const auto last = static_cast<lxw_col_t>(columns.size() - 1);
  worksheet_set_landscape(sheet_);
  worksheet_set_paper(sheet_, a4);
  worksheet_fit_to_pages(sheet_, 1, 0);
  worksheet_set_margins(sheet_, 0.4, 0.4, 0.6, 0.6);
  note(worksheet_set_footer(sheet_, "&C&A    &P / &N"));
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const auto column = static_cast<lxw_col_t>(i);
    note(worksheet_set_column(sheet_, column, column, columns[i].width, nullptr));
  }
  if (!title.empty()) {
    constexpr double height = 30;
    note(worksheet_merge_range(sheet_, 0, 0, 0, last, std::string(title.in(language)).c_str(),
                               formats.title));
    note(worksheet_set_row(sheet_, 0, height, nullptr));
    first_ = 1;
  }
  std::size_t lines = 1;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const std::string head(columns[i].title.in(language));
    lines = std::max(lines, lines_in(head, columns[i].width));
    note(worksheet_write_string(sheet_, first_, static_cast<lxw_col_t>(i), head.c_str(),
                                formats.head));
  }
  constexpr double line = 14, padding = 6;
  note(worksheet_set_row(sheet_, first_, static_cast<double>(lines) * line + padding, nullptr));
  worksheet_freeze_panes(sheet_, first_ + 1, 0);
  note(worksheet_repeat_rows(sheet_, 0, first_));
  row_ = first_;
}

void Sheet::end_row() {
  constexpr double line = 13.5, padding = 2, most = 409;  // points; the format's limit
  if (rows_ == 0 || error_ != LXW_NO_ERROR) return;
  const double height = std::min(static_cast<double>(lines_) * line + padding, most);
  note(worksheet_set_row(sheet_, row_, height, nullptr));
  lines_ = 1;
}

void Sheet::begin_row() {
  end_row();
  ++row_;
  ++rows_;
  column_ = 0;
}

bool Sheet::full() const { return row_ + 1 >= most_rows; }

void Sheet::text(std::string_view text, lxw_format* format) {
  if (error_ != LXW_NO_ERROR) return;
  // An empty string is a blank cell with its border.
  const std::string shown = cut(text);
  lines_ = std::max(lines_, lines_in(shown, columns_[column_].width));
  note(worksheet_write_string(sheet_, row_, column_++, shown.c_str(),
                              format == nullptr ? formats_.text : format));
}

void Sheet::number(std::uint64_t number) {
  if (error_ != LXW_NO_ERROR) return;
  note(worksheet_write_number(sheet_, row_, column_++, static_cast<double>(number),
                              formats_.number));
}

void Sheet::share(double value) {
  if (error_ != LXW_NO_ERROR) return;
  note(worksheet_write_number(sheet_, row_, column_++, value, formats_.share));
}

void Sheet::offer(lxw_col_t column, const char* const* choices) {
  if (sheet_ == nullptr || rows_ == 0) return;
  lxw_data_validation validation{};
  validation.validate = LXW_VALIDATION_TYPE_LIST;
  // The library reads the list only.
  validation.value_list = const_cast<char**>(choices);
  validation.error_type = LXW_VALIDATION_ERROR_TYPE_INFORMATION;  // other words are welcome
  note(worksheet_data_validation_range(sheet_, first_ + 1, column, row_, column, &validation));
}

void Sheet::finish() {
  if (sheet_ == nullptr) return;
  end_row();
  note(worksheet_autofilter(sheet_, first_, 0, std::max(row_, first_ + 1),
                            static_cast<lxw_col_t>(columns_.size() - 1)));
  std::FILE* rows = sheet_->optimize_tmpfile;
  if (rows == nullptr) return;
  errno = 0;
  const bool flushed = std::fflush(rows) == 0;
  bytes_ = ftello(rows);
  // What was lost before left its mark in the stream, but not its reason.
  if (!flushed || std::ferror(rows) != 0) lost_ = errno != 0 ? errno : ENOSPC;
}

}  // namespace flowproof::xlsx
