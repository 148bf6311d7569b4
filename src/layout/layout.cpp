#include "flowproof/layout.hpp"

#include "layout/passes.hpp"

namespace flowproof {

Layout lay_out(const Flow& flow, const Facts& facts, const Measured& measured,
               const LayoutOptions& options) {
  using namespace layout;
  const Chart chart(flow, facts, measured, options);
  MainLine main = find_main_line(chart);
  const Spines spines = find_spines(chart, main);
  const Ranks ranks = assign_ranks(chart, main, spines);
  const Wiring wiring = choose_sides(chart, main, spines, ranks);
  const Skeleton skeleton = build_skeleton(chart, ranks, wiring);
  const Rows rows = order_rows(chart, ranks, wiring, skeleton);
  const Ports ports = place_ports(chart, spines, wiring, skeleton, rows);
  const Columns columns = place_columns(chart, main, ranks, skeleton, rows, ports);
  const Heights heights = place_channels(chart, wiring, ranks, skeleton, ports, columns);
  Layout drawing = draw(chart, wiring, skeleton, ports, columns, heights);
  drawing = place_labels(chart, std::move(drawing));
  drawing = place_bridges(std::move(drawing));
  drawing = place_frame(chart, std::move(drawing));
  drawing.main_line = std::move(main.nodes);
  return drawing;
}

}  // namespace flowproof
