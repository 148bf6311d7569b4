// The language between the program and its Graphviz worker: lines of fields separated by tabs. In a
// field a tab, line end and backslash are written \t, \n and \\.
//
//   graph  KEY VALUE …            node  ID LANE KEY VALUE …        (LANE empty: in none)
//   lane   ID NAME                edge  TAIL HEAD KEY VALUE …      (ends: numbers of nodes, from 0)
//   at     NODE X Y W H           path  EDGE X Y X Y …             (answers of "place"; points, y
//   up) error  MESSAGE
//
// Commands (the worker's argument): read (DOT in, records out), write (records in, DOT out), place
// (records with width and height in inches in, at and path out).
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace flowproof::graphviz {

using Record = std::vector<std::string>;

inline void append_record(std::string& out, const Record& record) {
  for (std::size_t i = 0; i < record.size(); ++i) {
    if (i > 0) out += '\t';
    for (const char c : record[i]) {
      if (c == '\t') {
        out += "\\t";
      } else if (c == '\n') {
        out += "\\n";
      } else if (c == '\\') {
        out += "\\\\";
      } else {
        out += c;
      }
    }
  }
  out += '\n';
}

inline std::vector<Record> read_records(std::string_view text) {
  std::vector<Record> records;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    Record& record = records.emplace_back(1);
    for (std::size_t i = 0; i < line.size(); ++i) {
      if (line[i] == '\t') {
        record.emplace_back();
      } else if (line[i] == '\\' && i + 1 < line.size()) {
        const char c = line[++i];
        record.back() += c == 't' ? '\t' : c == 'n' ? '\n' : c;
      } else {
        record.back() += line[i];
      }
    }
  }
  return records;
}

}  // namespace flowproof::graphviz
