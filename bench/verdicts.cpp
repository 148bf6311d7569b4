// flowproof_bench_verdicts FOLDER
//
// FOLDER holds verdicts.tsv (columns file, verdict, defect) and the files, in it or in bpmn/.
// Prints how often the program's verdict on soundness agrees, for each kind of defect; exit 1
// unless always.
#include <chrono>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "flowproof/readers.hpp"
#include "flowproof/soundness.hpp"

namespace {

using namespace flowproof;

struct Row {
  std::string file, verdict, defect;
};

std::vector<std::string> fields_of(const std::string& line) {
  std::vector<std::string> fields(1);
  for (const char c : line) {
    if (c == '\t') {
      fields.emplace_back();
    } else if (c != '\r') {
      fields.back() += c;
    }
  }
  return fields;
}

std::vector<Row> rows_of(const std::string& path) {
  std::ifstream in(path);
  std::string line;
  std::getline(in, line);
  std::map<std::string, std::size_t> column;
  for (const std::string& name : fields_of(line)) column.emplace(name, column.size());
  std::vector<Row> rows;
  while (std::getline(in, line)) {
    std::vector<std::string> fields = fields_of(line);
    fields.resize(std::max(fields.size(), column.size() + 1));
    const auto field = [&](const char* name) {
      const auto found = column.find(name);
      return found == column.end() ? std::string() : fields[found->second];
    };
    rows.push_back({field("file"), field("verdict"), field("defect")});
  }
  return rows;
}

std::string bytes_of(const std::string& folder, const std::string& file) {
  std::ifstream in(folder + "/bpmn/" + file, std::ios::binary);
  if (!in) in = std::ifstream(folder + "/" + file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

const char* kind_of(Defect defect) {
  switch (defect) {
    case Defect::none:
      return "";
    case Defect::dead_end:
      return "dead-end";
    case Defect::livelock:
      return "livelock";
    case Defect::unreachable:
      return "unreachable";
    case Defect::deadlock:
    case Defect::loop_entry_waits:
      return "deadlock";
    case Defect::lack_of_synchronisation:
    case Defect::loop_emits:
      return "unsafe";
    case Defect::end_in_parallel:
      return "end-in-parallel";
  }
  return "";
}

struct Count {
  std::size_t files = 0, agree = 0, same_kind = 0;
};

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: flowproof_bench_verdicts FOLDER\n");
    return 2;
  }
  const std::string folder = argv[1];
  std::map<std::string, Count> counts;
  Count all;
  double seconds = 0;
  for (const Row& row : rows_of(folder + "/verdicts.tsv")) {
    std::string bytes = bytes_of(folder, row.file);
    const auto start = std::chrono::steady_clock::now();
    const Decoded decoded = decode(row.file, std::move(bytes), SourceIndex{});
    const Parsed<Flow> flow = read_flow(decoded.source, SourceIndex{});
    const Soundness told = flow.value ? verify(*flow.value) : Soundness{};
    seconds += std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    const bool agrees = name_of(told.verdict) == row.verdict;
    for (Count* count : {&counts[row.verdict + " " + row.defect], &all}) {
      ++count->files;
      count->agree += agrees ? 1 : 0;
      count->same_kind += agrees && kind_of(told.defect) == row.defect ? 1 : 0;
    }
    if (agrees) continue;
    std::printf("%s: expected %s %s, said %s %s\n", row.file.c_str(), row.verdict.c_str(),
                row.defect.c_str(), name_of(told.verdict).data(), kind_of(told.defect));
  }
  counts["all"] = all;
  for (const auto& [kind, count] : counts) {
    std::printf("%-18s %4zu of %4zu agree, %4zu name the same kind first\n", kind.c_str(),
                count.agree, count.files, count.same_kind);
  }
  std::printf("%.0f ms\n", seconds * 1e3);
  return all.files > 0 && all.agree == all.files ? 0 : 1;
}
