// Reads every clause of a table and counts how often the reading has the number and unit of the
// table.
//
//   flowproof_bench_limits TABLE.tsv
//
// Columns, with a header row: file, article, number, unit, phrase. Exit 1 if any wrong number is
// presented as sure or fewer than 99 % are right.
#include <array>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "flowproof/time_limit.hpp"

namespace {

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find(separator, begin), text.size());
    parts.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return parts;
}

struct Counts {
  std::size_t right = 0, unsure = 0, not_comparable = 0, wrong = 0, skipped = 0;
  [[nodiscard]] std::size_t all() const { return right + unsure + not_comparable + wrong; }
};

void judge(const std::vector<std::string_view>& row, Counts& counts) {
  using namespace flowproof;
  // The table's number and unit alone are the plainest text there is.
  const TimeLimit wanted = read_time_limit(row[2], row[3]);
  if (wanted.form != LimitForm::amount) {
    ++counts.skipped;
    std::cout << "unusable row: " << row[2] << '\t' << row[3] << '\n';
    return;
  }
  const TimeLimit read = read_time_limit(row[4]);
  const bool equal = read.form == LimitForm::amount && read.amount == wanted.amount;
  if (equal && !read.vague && !read.lower) {
    ++counts.right;
    return;
  }
  const char* what = "wrong, presented as sure";
  if (read.form == LimitForm::not_comparable) {
    what = "not comparable";
    ++counts.not_comparable;
  } else if (read.has_amount() && (read.vague || read.lower)) {
    what = "unsure";
    ++counts.unsure;
  } else {
    ++counts.wrong;
  }
  std::cout << what << ": " << row[2] << ' ' << row[3] << " read as "
            << (read.has_amount() ? quantity_zh(read.amount)
                                  : "reason " + std::to_string(static_cast<int>(read.reason)))
            << ": " << row[4] << '\n';
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "usage: flowproof_bench_limits TABLE.tsv\n";
    return 2;
  }
  std::ifstream file(argv[1], std::ios::binary);
  if (!file) {
    std::cerr << "cannot open " << argv[1] << '\n';
    return 3;
  }
  const std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  Counts counts;
  bool header = true;
  for (std::string_view line : split(text, '\n')) {
    if (line.ends_with('\r')) line.remove_suffix(1);
    const std::vector<std::string_view> row = split(line, '\t');
    if (!header && row.size() == 5) judge(row, counts);
    if (!header && row.size() != 5 && !line.empty()) ++counts.skipped;
    header = false;
  }
  const std::size_t all = counts.all();
  std::printf(
      "%zu clauses: %zu right (%.2f %%), %zu wrong and sure, %zu unsure, "
      "%zu not comparable, %zu rows skipped\n",
      all, counts.right,
      all == 0 ? 0.0 : 100.0 * static_cast<double>(counts.right) / static_cast<double>(all),
      counts.wrong, counts.unsure, counts.not_comparable, counts.skipped);
  return counts.wrong == 0 && counts.right * 100 >= all * 99 ? 0 : 1;
}
