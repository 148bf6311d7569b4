// inspect finds nothing in the program's own charts, as the independent judge of the property tests
// does, and finds what is broken on purpose.
#include <gtest/gtest.h>

#include "flowproof/drawing.hpp"
#include "support/layout_faults.hpp"
#include "support/permit_flow.hpp"

namespace flowproof {
namespace {

struct Chart {
  explicit Chart(Flow a_flow)
      : flow(std::move(a_flow)),
        profile(test::permit_profile()),
        facts(analyse(flow, nullptr, profile)),
        measured(measure(flow, profile)),
        layout(lay_out(flow, facts, measured, profile.layout)) {}

  [[nodiscard]] Inspection look() const { return inspect(flow, facts, measured, layout); }

  Flow flow;
  Profile profile;
  Facts facts;
  Measured measured;
  Layout layout;
};

constexpr FaultKind costs[] = {FaultKind::lines_cross, FaultKind::line_winds};

TEST(Inspection, AgreesWithTheOtherJudgeOnGeneratedCharts) {
  for (std::uint64_t seed = 1; seed <= 25; ++seed) {
    const Chart chart(test::permit_flow(seed));
    const Inspection seen = chart.look();
    const test::LayoutFaults judged = test::find_faults(chart.flow, chart.measured, chart.layout);
    std::size_t faults = seen.faults.size();
    for (const FaultKind kind : costs) faults -= seen.count(kind);
    EXPECT_EQ(faults, judged.total()) << "seed " << seed << ": " << judged.text();
    EXPECT_EQ(seen.count(FaultKind::lines_cross) > 0, judged.crossings > 0) << "seed " << seed;
    EXPECT_EQ(seen.bends, judged.bends);
    EXPECT_TRUE(seen.complete);
  }
}

TEST(Inspection, FindsEachKindOfDamage) {
  const Chart whole(test::permit_flow(3));
  const auto labelled = std::find_if(whole.layout.edges.begin(), whole.layout.edges.end(),
                                     [](const EdgeLayout& edge) { return edge.label.has_value(); });
  ASSERT_NE(labelled, whole.layout.edges.end());
  const auto edge = static_cast<std::size_t>(labelled - whole.layout.edges.begin());
  const auto after = [&](auto damage) {
    Chart chart = whole;
    damage(chart.layout);
    return chart.look();
  };
  const auto count = [&](FaultKind kind, auto damage) { return after(damage).count(kind); };

  EXPECT_GT(count(FaultKind::boxes_overlap, [](Layout& l) { l.nodes[1] = l.nodes[2]; }), 0U);
  EXPECT_EQ(count(FaultKind::text_cut, [](Layout& l) { l.nodes[1].width = 5; }), 1U);
  EXPECT_EQ(count(FaultKind::label_lost, [&](Layout& l) { l.edges[edge].label.reset(); }), 1U);
  EXPECT_GT(count(FaultKind::label_covered, [&](Layout& l) { l.edges[edge].label = l.nodes[1]; }),
            0U);
  EXPECT_GT(count(FaultKind::line_loose, [&](Layout& l) { l.edges[edge].path.front().x += 3; }),
            0U);
  EXPECT_GT(count(FaultKind::line_loose, [&](Layout& l) { l.edges[edge].path.clear(); }), 0U);
  EXPECT_GT(count(FaultKind::outside_page, [](Layout& l) { l.size.width /= 2; }), 0U);
  EXPECT_GT(
      count(
          FaultKind::line_through_box,
          [&](Layout& l) {
            const Rect box = l.nodes[1];
            l.edges.back().path = {{box.x - 9, box.center().y}, {box.right() + 9, box.center().y}};
          }),
      0U);
  EXPECT_GT(count(FaultKind::main_line_bends,
                  [](Layout& l) { l.nodes[at(l.main_line.back())].x += 200; }),
            0U);
}

// Two lines from one box run together at first; where they cross later, a bridge is drawn.
TEST(Inspection, LinesWithACommonStartMayCross) {
  Flow flow;
  for (const NodeKind kind : {NodeKind::start, NodeKind::decision, NodeKind::end, NodeKind::end}) {
    flow.nodes.emplace_back().kind = kind;
  }
  for (const auto& [from, to] : {std::pair(0U, 1U), {1U, 2U}, {1U, 3U}}) {
    flow.edges.push_back({NodeIndex{from}, NodeIndex{to}, {}, {}, false, {}});
  }
  Chart chart(std::move(flow));
  ASSERT_EQ(chart.look().count(FaultKind::lines_cross), 0U);
  chart.layout.edges[1].path = {{0, 0}, {0, 20}, {100, 20}};
  chart.layout.edges[2].path = {{0, 0}, {50, 0}, {50, 40}};
  EXPECT_EQ(chart.look().count(FaultKind::lines_cross), 1U);
  chart.layout.edges[2].path.back().y = 20;
  EXPECT_EQ(chart.look().count(FaultKind::lines_cross), 0U);
}

// Bars reach over their branches; two in one row must not reach over one another.
TEST(Inspection, BarsSideBySideKeepApart) {
  for (std::size_t width = 2; width <= 6; ++width) {
    Flow flow;
    const auto box = [&](NodeKind kind) {
      Node& node = flow.nodes.emplace_back();
      node.kind = kind;
      node.attributes = {{Attribute::id, {"n" + std::to_string(flow.nodes.size()), {}}}};
      return NodeIndex(static_cast<std::uint32_t>(flow.nodes.size() - 1));
    };
    const auto line = [&](NodeIndex from, NodeIndex to) {
      flow.edges.push_back({from, to, {}, {}, false, {}});
    };
    const NodeIndex start = box(NodeKind::start), question = box(NodeKind::decision);
    line(start, question);
    const NodeIndex end = box(NodeKind::end);
    std::vector<NodeIndex> forks, joins;
    for (int i = 0; i < 2; ++i) forks.push_back(box(NodeKind::parallel));
    for (int i = 0; i < 2; ++i) joins.push_back(box(NodeKind::join));
    for (std::size_t i = 0; i < 2; ++i) {
      line(question, forks[i]);
      line(joins[i], end);
      for (std::size_t k = 0; k < width; ++k) {
        const NodeIndex step = box(NodeKind::step);
        line(forks[i], step);
        line(step, joins[(i + k) % 2]);
      }
    }
    std::stable_sort(flow.edges.begin(), flow.edges.end(),
                     [](const Edge& a, const Edge& b) { return at(a.from) < at(b.from); });
    EXPECT_EQ(Chart(flow).look().count(FaultKind::boxes_overlap), 0U) << width;
  }
}

// A bar reaches from its first to its last branch, over the lanes between them: every branch runs
// straight down.
TEST(Bars, SpanTheLanesOfTheirBranches) {
  Flow flow;
  for (const char* name : {"市场监管局", "城市管理局", "消防救援大队"}) {
    Lane& lane = flow.lanes.emplace_back();
    lane.id.value = lane.name.value = name;
  }
  const auto box = [&](NodeKind kind, std::uint32_t lane) {
    Node& node = flow.nodes.emplace_back();
    node.kind = kind;
    node.lane = LaneIndex{lane};
    node.attributes = {{Attribute::id, {"n" + std::to_string(flow.nodes.size()), {}}}};
    return NodeIndex(static_cast<std::uint32_t>(flow.nodes.size() - 1));
  };
  const auto line = [&](NodeIndex from, NodeIndex to) {
    flow.edges.push_back({from, to, {}, {}, false, {}});
  };
  const NodeIndex start = box(NodeKind::start, 0), fork = box(NodeKind::parallel, 0);
  NodeIndex steps[3] = {};
  for (std::uint32_t lane = 0; lane < 3; ++lane) steps[lane] = box(NodeKind::step, lane);
  const NodeIndex join = box(NodeKind::join, 0), end = box(NodeKind::end, 0);
  line(start, fork);
  for (const NodeIndex step : steps) line(fork, step);
  for (const NodeIndex step : steps) line(step, join);
  line(join, end);
  const Chart chart(flow);
  EXPECT_TRUE(chart.look().faults.empty());
  EXPECT_EQ(chart.look().bends, 0U);
  for (const NodeIndex bar : {fork, join}) {
    const Rect& area = chart.layout.nodes[at(bar)];
    EXPECT_LT(area.x, chart.layout.nodes[at(steps[0])].center().x);
    EXPECT_GT(area.right(), chart.layout.nodes[at(steps[2])].center().x);
  }
}

TEST(Inspection, ManyLinesIntoOneBoxEnd) {
  Flow flow;
  for (int i = 0; i < 12000; ++i) {
    Node& node = flow.nodes.emplace_back();
    node.attributes = {{Attribute::id, {"n" + std::to_string(i), {}}}};
    if (i > 0)
      flow.edges.push_back(
          {NodeIndex(static_cast<std::uint32_t>(i)), NodeIndex{0}, {}, {}, false, {}});
  }
  Chart chart(Flow{});
  chart.flow = flow;
  chart.facts = analyse(flow, nullptr, chart.profile);
  chart.measured = measure(flow, chart.profile);
  chart.layout = {};
  chart.layout.size = {1e6, 1e6};
  chart.layout.nodes.resize(flow.nodes.size());
  for (std::size_t i = 0; i < flow.edges.size(); ++i) {
    chart.layout.edges.push_back({{{5, 9e5}, {5, 10}}, {}, {}});  // all on one another
  }
  const Inspection seen = chart.look();
  EXPECT_FALSE(seen.complete);
}

}  // namespace
}  // namespace flowproof
