// One table of the workbook: columns, rows one after the other, print layout.
//
// Only this folder knows libxlsxwriter. In its constant-memory mode a row is written out when the
// next one begins, so rows must come in order; each sheet has a stream of its own.
#pragma once

#include <xlsxwriter.h>

#include <span>
#include <string>
#include <string_view>

#include "flowproof/message.hpp"

namespace flowproof::xlsx {

/// Looks of cells, shared by all sheets.
struct Formats {
  lxw_format* head;
  lxw_format* text;
  lxw_format* number;
  lxw_format* share;  ///< 50.0%
  lxw_format* title;
  lxw_format* remark;
  lxw_format* severity[4];  ///< by Severity
};
[[nodiscard]] Formats add_formats(lxw_workbook* workbook);

struct Column {
  LocalizedText title;
  double width;  ///< in characters
};

class Sheet {
 public:
  /// `title` stands above the heads if the table is a form of its own; empty: heads first.
  Sheet(lxw_workbook* workbook, const Formats& formats, const std::string& name,
        std::span<const Column> columns, Language language, const LocalizedText& title = {});

  void begin_row();
  void text(std::string_view text, lxw_format* format = nullptr);
  void number(std::uint64_t number);
  void share(double value);
  /// Filter, repeated heads; the last thing done to a sheet.
  void finish();

  [[nodiscard]] std::uint64_t rows() const { return rows_; }
  [[nodiscard]] bool full() const;
  [[nodiscard]] lxw_error error() const { return error_; }
  /// Bytes of its rows, which wait in a file without name; the library does not look whether they
  /// got there. After finish().
  [[nodiscard]] std::int64_t bytes() const { return bytes_; }
  /// The system's number if they did not, else 0.
  [[nodiscard]] int lost() const { return lost_; }
  /// The cells of a column offer these words; null ends the list.
  void offer(lxw_col_t column, const char* const* choices);

 private:
  void end_row();
  void note(lxw_error error) {
    if (error_ == LXW_NO_ERROR) error_ = error;
  }

  lxw_worksheet* sheet_;
  const Formats& formats_;
  std::span<const Column> columns_;
  lxw_row_t first_ = 0;  ///< the row of the heads
  lxw_row_t row_ = 0;
  lxw_col_t column_ = 0;
  std::uint64_t rows_ = 0;
  std::size_t lines_ = 1;  ///< of the highest cell of the row
  lxw_error error_ = LXW_NO_ERROR;
  std::int64_t bytes_ = 0;
  int lost_ = 0;
};

}  // namespace flowproof::xlsx
