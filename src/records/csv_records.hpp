// Rows of a CSV or TSV export (RFC 4180) as guide records; the first row names the columns.
#pragma once

#include <span>

#include "records/record_builder.hpp"

namespace flowproof {

/// Splits one row; quotes may hold separators and line ends. False if a quote does not close.
[[nodiscard]] bool split_row(std::string_view row, char separator, std::vector<std::string>& cells);

/// Tab if the header has one outside quotes, else semicolon or comma, whichever it has more of.
[[nodiscard]] char separator_of(std::string_view header);

class CsvRecordReader {
 public:
  CsvRecordReader(std::span<RecordBuilder> builders, std::string_view header);
  [[nodiscard]] GuideRecord read(std::string_view row, std::uint64_t line) const;

 private:
  char separator_;
  std::vector<std::string> columns_;
  std::vector<RecordBuilder::Use> uses_;  ///< of the columns
  GuideRecord start_;  ///< of every row: what the header tells of it, such as that nobody knows it
};

}  // namespace flowproof
