// Measures the layout engine on generated permit-like flows and prints a table.
//
//   layout_quality [COUNT [FIRST_SEED]]     faults and costs over COUNT flows (default 10000)
//   layout_quality --growth                 time against size
//   layout_quality --dump SEED              geometry of one flow as JSON
#include <charconv>
#include <cstdio>
#include <ctime>
#include <string_view>

#include "flowproof/layout.hpp"
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

int table(std::uint64_t count, std::uint64_t first) {
  test::LayoutFaults sum;
  std::size_t nodes = 0, edges = 0, bad = 0, lines_with_more = 0;
  double time = 0;
  for (std::uint64_t seed = first; seed < first + count; ++seed) {
    const Flow flow = test::permit_flow(seed);
    const Drawn drawn = draw(flow);
    const test::LayoutFaults faults = test::find_faults(flow, drawn.measured, drawn.layout);
    for (const test::FaultColumn& column : test::fault_columns()) {
      sum.*column.value += faults.*column.value;
    }
    sum.crossings += faults.crossings;
    sum.bends += faults.bends;
    nodes += flow.nodes.size();
    edges += flow.edges.size();
    time += drawn.microseconds;
    for (const EdgeLayout& edge : drawn.layout.edges) lines_with_more += edge.path.size() > 5;
    if (faults.total() > 0 && ++bad <= 20) {
      std::printf("seed %llu: %s\n", static_cast<unsigned long long>(seed), faults.text().c_str());
    }
  }
  std::printf("%llu flows, %zu boxes, %zu lines, %.0f us a flow\n",
              static_cast<unsigned long long>(count), nodes, edges,
              time / static_cast<double>(count));
  std::printf("crossings %zu, bends %zu (%.2f a line), lines with more than 3 bends %zu\n",
              sum.crossings, sum.bends, static_cast<double>(sum.bends) / static_cast<double>(edges),
              lines_with_more);
  for (const test::FaultColumn& column : test::fault_columns()) {
    std::printf("%-12.*s %zu\n", static_cast<int>(column.name.size()), column.name.data(),
                sum.*column.value);
  }
  std::printf("flows with faults: %zu\n", bad);
  return bad == 0 ? 0 : 1;
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
  return flowproof::table(flowproof::number(first, 10000), flowproof::number(second, 1));
}
