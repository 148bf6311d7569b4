#include "records/csv_records.hpp"

#include <algorithm>

namespace flowproof {

bool split_row(std::string_view row, char separator, std::vector<std::string>& cells) {
  cells.clear();
  std::size_t i = 0;
  for (;;) {
    std::string& cell = cells.emplace_back();
    if (i < row.size() && row[i] == '"') {
      for (++i;; ++i) {
        if (i >= row.size()) return false;
        if (row[i] != '"') {
          cell += row[i];
        } else if (i + 1 < row.size() && row[i + 1] == '"') {
          cell += '"';
          ++i;
        } else {
          break;
        }
      }
      ++i;  // what follows the closing quote up to the separator belongs to the cell
    }
    const std::size_t end = std::min(row.find(separator, i), row.size());
    cell += row.substr(i, end - i);
    if (end == row.size()) return true;
    i = end + 1;
  }
}

char separator_of(std::string_view header) {
  if (header.find('\t') != std::string_view::npos) return '\t';
  const auto count = [&](char c) { return std::count(header.begin(), header.end(), c); };
  return count(';') > count(',') ? ';' : ',';
}

CsvRecordReader::CsvRecordReader(std::span<const RecordBuilder> builders, std::string_view header)
    : separator_(separator_of(header)) {
  if (!split_row(header, separator_, columns_)) columns_.clear();
  for (std::string& column : columns_) column = clean_value(column);
  const auto recognises = [&](const RecordBuilder& builder) {
    const std::vector<std::string>& wanted = builder.map().recognise;
    return std::all_of(wanted.begin(), wanted.end(), [&](const std::string& key) {
      return std::find(columns_.begin(), columns_.end(), key) != columns_.end();
    });
  };
  const auto found = std::find_if(builders.begin(), builders.end(), recognises);
  if (found != builders.end()) builder_ = &*found;
}

GuideRecord CsvRecordReader::read(std::string_view row, std::uint64_t line) const {
  GuideRecord record;
  record.line = line;
  std::vector<std::string> cells;
  if (!split_row(row, separator_, cells)) {
    record.quarantine = Quarantine::cut_off;
  } else if (builder_ == nullptr) {
    record.quarantine = Quarantine::no_map;
  } else if (cells.size() != columns_.size()) {
    record.quarantine = Quarantine::wrong_columns;
    record.detail = std::to_string(cells.size()) + "/" + std::to_string(columns_.size());
  } else {
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (const FieldRule* rule = builder_->field(columns_[i])) {
        RecordBuilder::set(record, *rule, columns_[i], cells[i]);
      } else if (const FieldMap::List* list = builder_->list(columns_[i])) {
        RecordBuilder::add_item(record, *list, columns_[i], cells[i]);
      }
    }
    RecordBuilder::finish(record);
  }
  return record;
}

}  // namespace flowproof
