// Measures the layout engine on flows, generated ones or those of a folder, and prints a table.
//
//   layout_quality [COUNT [FIRST_SEED]]     faults and costs over COUNT flows (default 10000)
//   layout_quality FOLDER                   the same over every *.bpmn and *.flow.xml in it
//   layout_quality --growth                 time against size
//   layout_quality --dump SEED              geometry of one flow as JSON
#include <algorithm>
#include <charconv>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "flowproof/layout.hpp"
#include "flowproof/readers.hpp"
#include "support/layout_faults.hpp"
#include "support/permit_flow.hpp"

namespace flowproof {
namespace {

struct Drawn {
  Measured measured;
  Layout layout;
  double microseconds = 0;
};

Drawn draw(const Flow& flow) {
  const Profile profile = test::permit_profile();
  Drawn drawn;
  drawn.measured = measure(flow, profile);
  const Facts facts = analyse(flow, nullptr, profile);
  const std::clock_t start = std::clock();  // of this process: other work does not count
  drawn.layout = lay_out(flow, facts, drawn.measured, profile.layout);
  drawn.microseconds = static_cast<double>(std::clock() - start) * (1e6 / CLOCKS_PER_SEC);
  return drawn;
}

/// Sums over charts; a line for each of the first twenty with faults.
class Table {
 public:
  void add(const std::string& name, const Flow& flow) {
    const Drawn drawn = draw(flow);
    const test::LayoutFaults faults = test::find_faults(flow, drawn.measured, drawn.layout);
    for (const test::FaultColumn& column : test::fault_columns()) {
      sum_.*column.value += faults.*column.value;
    }
    sum_.crossings += faults.crossings;
    sum_.bends += faults.bends;
    ++flows_;
    nodes_ += flow.nodes.size();
    edges_ += flow.edges.size();
    time_ += drawn.microseconds;
    for (const EdgeLayout& edge : drawn.layout.edges) winding_ += edge.path.size() > 5;
    if (faults.total() > 0 && ++bad_ <= 20) {
      std::printf("%s: %s\n", name.c_str(), faults.text().c_str());
    }
  }

  int print() const {
    std::printf("%zu flows, %zu boxes, %zu lines, %.0f us a flow\n", flows_, nodes_, edges_,
                time_ / static_cast<double>(std::max<std::size_t>(flows_, 1)));
    std::printf(
        "crossings %zu, bends %zu (%.2f a line), lines with more than 3 bends %zu\n",
        sum_.crossings, sum_.bends,
        static_cast<double>(sum_.bends) / static_cast<double>(std::max<std::size_t>(edges_, 1)),
        winding_);
    for (const test::FaultColumn& column : test::fault_columns()) {
      std::printf("%-12.*s %zu\n", static_cast<int>(column.name.size()), column.name.data(),
                  sum_.*column.value);
    }
    std::printf("flows with faults: %zu\n", bad_);
    return bad_ == 0 ? 0 : 1;
  }

 private:
  test::LayoutFaults sum_;
  std::size_t flows_ = 0, nodes_ = 0, edges_ = 0, bad_ = 0, winding_ = 0;
  double time_ = 0;
};

int generated(std::uint64_t count, std::uint64_t first) {
  Table table;
  for (std::uint64_t seed = first; seed < first + count; ++seed) {
    table.add("seed " + std::to_string(seed), test::permit_flow(seed));
  }
  return table.print();
}

int files(const std::string& folder) {
  namespace fs = std::filesystem;
  std::vector<std::string> paths;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder)) {
    const std::string path = entry.path().string();
    if (path.ends_with(".bpmn") || path.ends_with(".flow.xml")) paths.push_back(path);
  }
  std::sort(paths.begin(), paths.end());
  Table table;
  std::size_t unreadable = 0;
  for (const std::string& path : paths) {
    std::ifstream in(path, std::ios::binary);
    Decoded decoded = decode(path, {std::istreambuf_iterator<char>(in), {}}, {});
    const Parsed<Flow> flow =
        decoded.readable ? read_flow(decoded.source, {}) : Parsed<Flow>{std::nullopt, {}};
    flow.value ? table.add(path, *flow.value) : void(++unreadable);
  }
  if (unreadable > 0) std::printf("%zu files could not be read\n", unreadable);
  return table.print();
}

int growth() {
  for (const std::size_t lanes : {std::size_t{0}, std::size_t{5}}) {
    for (const std::size_t nodes : {12, 50, 100, 200, 400, 800, 1200, 2000, 4000, 8000}) {
      const Flow flow = test::large_flow(7, nodes, lanes);
      double best = 1e30;
      for (int round = 0; round < 3; ++round) best = std::min(best, draw(flow).microseconds);
      std::printf("%zu lanes %6zu boxes %10.0f us %8.2f us a box\n", lanes, flow.nodes.size(), best,
                  best / static_cast<double>(flow.nodes.size()));
    }
  }
  return 0;
}

int dump(std::uint64_t seed) {
  const Flow flow = test::permit_flow(seed);
  const Drawn drawn = draw(flow);
  std::fputs(layout_json(flow, drawn.measured, drawn.layout).c_str(), stdout);
  return 0;
}

std::uint64_t number(std::string_view text, std::uint64_t otherwise) {
  std::uint64_t value = otherwise;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

}  // namespace
}  // namespace flowproof

int main(int argc, char** argv) {
  const std::string_view first = argc > 1 ? argv[1] : "10000";
  const std::string_view second = argc > 2 ? argv[2] : "1";
  if (first == "--growth") return flowproof::growth();
  if (first == "--dump") return flowproof::dump(flowproof::number(second, 1));
  if (std::filesystem::is_directory(first)) return flowproof::files(std::string(first));
  return flowproof::generated(flowproof::number(first, 10000), flowproof::number(second, 1));
}
