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

CsvRecordReader::CsvRecordReader(std::span<RecordBuilder> builders, std::string_view header)
    : separator_(separator_of(header)) {
  if (!split_row(header, separator_, columns_)) columns_.clear();
  std::vector<RecordKey> keys;
  for (std::string& column : columns_) {
    column = clean_value(column);
    keys.push_back({{}, column});
  }
  std::sort(keys.begin(), keys.end());
  const auto found = std::find_if(builders.begin(), builders.end(),
                                  [&](const RecordBuilder& one) { return one.recognises(keys); });
  if (found == builders.end()) {
    refuse_unknown(start_, builders, keys);
    return;
  }
  start_.guide.tells_contacts = false;
  for (const std::string& column : columns_) {
    const RecordBuilder::Use& use = uses_.emplace_back(found->top().use_of(column));
    if (use.list != nullptr) RecordBuilder::meet(start_, *use.list);
    if (!use.meant.empty() &&
        !std::binary_search(keys.begin(), keys.end(), RecordKey{{}, use.meant})) {
      start_.misspelt.push_back({column, std::string(use.meant)});
    }
  }
}

GuideRecord CsvRecordReader::read(std::string_view row, std::uint64_t line) const {
  GuideRecord record = start_;
  record.line = line;
  std::vector<std::string> cells;
  if (!split_row(row, separator_, cells)) {
    record.quarantine = Quarantine::cut_off;
  } else if (record.quarantine == Quarantine::none && cells.size() != columns_.size()) {
    record.quarantine = Quarantine::wrong_columns;
    const std::string counts = std::to_string(cells.size()) + "/" + std::to_string(columns_.size());
    record.detail = {{"{counts}", "{counts}"}, {{"counts", counts}}};
  }
  if (record.quarantine != Quarantine::none) return record;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (uses_[i].field != nullptr) {
      RecordBuilder::set(record, *uses_[i].field, columns_[i], cells[i]);
    } else if (uses_[i].list != nullptr) {
      RecordBuilder::add_item(record, *uses_[i].list, columns_[i], cells[i]);
    }
  }
  RecordBuilder::finish(record);
  return record;
}

}  // namespace flowproof
