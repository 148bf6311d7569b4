// Every pass keeps its promise, on generated flows.
#include "layout/passes.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "flowproof/drawing.hpp"
#include "support/cases.hpp"
#include "support/permit_flow.hpp"

namespace flowproof::layout {
namespace {

constexpr std::uint64_t seeds = test::cases(120);

// The chart of one seed and the results of the passes, in order.
struct Passed {
  explicit Passed(std::uint64_t seed)
      : flow(test::permit_flow(seed)),
        profile(test::permit_profile()),
        measured(measure(flow, profile)),
        facts(analyse(flow, nullptr, profile)),
        chart(flow, facts, measured, profile.layout),
        main(find_main_line(chart)),
        spines(find_spines(chart, main)),
        ranks(assign_ranks(chart, main, spines)),
        hints{std::vector<bool>(flow.edges.size()), std::vector<bool>(flow.edges.size())},
        wiring(choose_sides(chart, main, spines, ranks, hints)),
        skeleton(build_skeleton(chart, ranks, wiring)),
        rows(order_rows(chart, ranks, wiring, skeleton)),
        ports(place_ports(chart, spines, wiring, skeleton, rows)),
        columns(place_columns(chart, main, ranks, skeleton, rows, ports)) {}

  Flow flow;
  Profile profile;
  Measured measured;
  Facts facts;
  Chart chart;
  MainLine main;
  Spines spines;
  Ranks ranks;
  Hints hints;
  Wiring wiring;
  Skeleton skeleton;
  Rows rows;
  Ports ports;
  Columns columns;
};

bool comes_from_beside(const Passed& run, const Edge& edge) {
  const std::uint32_t in = run.ranks.beside[at(edge.from)];
  return in != none && run.flow.edges[in].from == edge.to;
}

TEST(Ranks, GrowAlongLines) {
  std::size_t returns = 0;
  for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
    const Passed run(seed);
    for (std::uint32_t e = 0; e < run.flow.edges.size(); ++e) {
      const Edge& edge = run.flow.edges[e];
      const std::uint32_t from = run.ranks.of[at(edge.from)];
      const std::uint32_t to = run.ranks.of[at(edge.to)];
      if (edge.from == edge.to) continue;
      if (run.ranks.beside[at(edge.to)] == e) {
        EXPECT_EQ(from, to) << "seed " << seed;
      } else if (run.chart.goes_back(EdgeIndex(e)) && comes_from_beside(run, edge)) {
        EXPECT_EQ(from, to) << "seed " << seed;
        ++returns;
      } else if (run.chart.goes_back(EdgeIndex(e))) {
        EXPECT_GT(from, to) << "seed " << seed;
      } else {
        EXPECT_LT(from, to) << "seed " << seed;
      }
    }
  }
  EXPECT_GT(returns, 0U);
}

TEST(Sides, DecisionsUseEachCornerOnce) {
  for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
    const Passed run(seed);
    for (std::uint32_t node = 0; node < run.flow.nodes.size(); ++node) {
      const auto exits = run.facts.graph.exits(NodeIndex(node));
      if (!run.chart.is_decision(node) || exits.size() > 3) continue;
      std::set<Side> sides;
      for (const EdgeIndex exit : exits) {
        const Wire& wire = run.wiring[at(exit)];
        EXPECT_TRUE(sides.insert(wire.reversed ? wire.lower_side : wire.upper_side).second)
            << "seed " << seed << " node " << node;
      }
    }
  }
}

TEST(Sides, MainLineLeavesDecisionsAtTheBottom) {
  for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
    const Passed run(seed);
    for (std::uint32_t e = 0; e < run.flow.edges.size(); ++e) {
      if (!run.main.has_edge[e] || !run.chart.is_decision(at(run.flow.edges[e].from))) continue;
      EXPECT_EQ(run.wiring[e].upper_side, Side::bottom) << "seed " << seed;
    }
  }
}

TEST(Sides, MainLineEntersDecisionsAtTheTop) {
  std::size_t from_other_lanes = 0;
  for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
    const Passed run(seed);
    for (std::uint32_t e = 0; e < run.flow.edges.size(); ++e) {
      const Edge& edge = run.flow.edges[e];
      if (!run.main.has_edge[e] || !run.chart.is_decision(at(edge.to))) continue;
      EXPECT_EQ(run.wiring[e].lower_side, Side::top) << "seed " << seed;
      from_other_lanes +=
          run.chart.lane_of(at(edge.from)) != run.chart.lane_of(at(edge.to)) ? 1 : 0;
    }
  }
  EXPECT_GT(from_other_lanes, 0U);
}

// A flow without text: kinds with lanes, and lines.
struct Sketch {
  Flow flow;
  Profile profile = test::permit_profile();

  void box(NodeKind kind, std::size_t lane) {
    while (flow.lanes.size() <= lane) flow.lanes.emplace_back();
    Node& node = flow.nodes.emplace_back();
    node.kind = kind;
    node.lane = LaneIndex(lane);
  }
  void line(std::uint32_t from, std::uint32_t to, const char* when = "", bool timeout = false) {
    flow.edges.push_back({NodeIndex{from}, NodeIndex{to}, {when, {}}, {}, timeout, {}});
  }
  Layout drawn() const {
    const Facts facts = analyse(flow, nullptr, profile);
    const Measured measured = measure(flow, profile);
    Layout layout = lay_out(flow, facts, measured, profile.layout);
    EXPECT_TRUE(inspect(flow, facts, measured, layout).faults.empty());
    return layout;
  }
};

std::size_t crossings(const Layout& layout) {
  std::size_t count = 0;
  for (const EdgeLayout& edge : layout.edges) count += edge.bridges.size();
  return count;
}

// Both lines leave their lane for the same question: the detour ends on the usual line, not beside
// it.
TEST(Sides, DetourJoinsTheMainLineAboveAQuestionInAnotherLane) {
  Sketch sketch;
  sketch.box(NodeKind::start, 0);
  sketch.box(NodeKind::decision, 0);
  sketch.box(NodeKind::step, 0);
  sketch.box(NodeKind::decision, 1);
  sketch.box(NodeKind::end, 1);
  sketch.box(NodeKind::end, 1);
  sketch.line(0, 1);
  sketch.line(1, 3, "无异议");
  sketch.line(1, 2, "有异议");
  sketch.line(2, 3);
  sketch.line(3, 4, "准予");
  sketch.line(3, 5, "不予");
  const Layout layout = sketch.drawn();
  const Polyline& main = layout.edges[1].path;
  const Polyline& detour = layout.edges[3].path;
  ASSERT_GE(main.size(), 4U);
  ASSERT_GE(detour.size(), 4U);
  EXPECT_NEAR(main.back().x, layout.nodes[3].center().x, 1e-6);
  EXPECT_NEAR(main.back().y, layout.nodes[3].y, 1e-6);
  EXPECT_EQ(main[main.size() - 2], detour[detour.size() - 2]);
  EXPECT_EQ(main.back(), detour.back());
  EXPECT_EQ(crossings(layout), 0U);
}

// A detour passes the next box of the main line, which comes in from another lane, at its free
// side, and joins at that side too.
TEST(Sides, DetourJoinsAtTheSideWhereItPasses) {
  Sketch sketch;
  sketch.box(NodeKind::start, 0);
  sketch.box(NodeKind::decision, 1);
  sketch.box(NodeKind::step, 0);
  sketch.box(NodeKind::step, 0);
  sketch.box(NodeKind::step, 0);
  sketch.box(NodeKind::end, 0);
  sketch.line(0, 1);
  sketch.line(1, 3, "符合");
  sketch.line(1, 2, "不符合");
  sketch.line(2, 4);
  sketch.line(3, 4);
  sketch.line(4, 5);
  EXPECT_EQ(crossings(sketch.drawn()), 0U);
}

// A way back over a question goes straight up in the lane it comes from.
TEST(Sides, WayBackRisesInItsOwnLane) {
  Sketch sketch;
  sketch.box(NodeKind::start, 0);
  sketch.box(NodeKind::decision, 1);
  sketch.box(NodeKind::step, 1);
  sketch.box(NodeKind::step, 1);
  sketch.box(NodeKind::decision, 0);
  sketch.box(NodeKind::end, 0);
  sketch.box(NodeKind::end, 1);
  sketch.line(0, 1);
  sketch.line(1, 2, "齐全");
  sketch.line(1, 3, "不齐全");
  sketch.line(3, 4);
  sketch.line(4, 1, "已补正");
  sketch.line(4, 5, "逾期未补正");
  sketch.line(2, 6);
  const Layout layout = sketch.drawn();
  const Polyline& back = layout.edges[4].path;
  ASSERT_EQ(back.size(), 4U);
  EXPECT_NEAR(back[1].x, layout.nodes[4].center().x, 1e-6);
  EXPECT_LT(back[1].y, layout.nodes[1].y);
  EXPECT_EQ(crossings(layout), 0U);
}

// What is asked for again stands beside its question and comes back over its top, from both sides
// at one height; away from the lane the main line comes from.
TEST(Sides, ReturnsComeOverTheTopOfTheirQuestion) {
  Sketch sketch;
  sketch.box(NodeKind::start, 0);
  sketch.box(NodeKind::decision, 1);
  sketch.box(NodeKind::document, 1);
  sketch.box(NodeKind::decision, 1);
  sketch.box(NodeKind::step, 1);
  sketch.box(NodeKind::step, 1);
  sketch.box(NodeKind::end, 1);
  sketch.line(0, 1);
  sketch.line(1, 2, "不齐全");
  sketch.line(1, 3, "齐全");
  sketch.line(2, 1);
  sketch.line(3, 4, "不一致");
  sketch.line(3, 5, "无法核实");
  sketch.line(3, 6, "一致");
  sketch.line(4, 3);
  sketch.line(5, 3);
  const Layout layout = sketch.drawn();
  EXPECT_EQ(layout.nodes[2].center().y, layout.nodes[1].center().y);
  EXPECT_GT(layout.nodes[2].x, layout.nodes[1].x);
  const Polyline& back = layout.edges[3].path;
  ASSERT_EQ(back.size(), 4U);
  EXPECT_EQ(back.back().x, layout.nodes[1].center().x);
  EXPECT_EQ(back.back().y, layout.nodes[1].y);
  const Polyline& one = layout.edges[7].path;
  const Polyline& other = layout.edges[8].path;
  ASSERT_EQ(one.size(), 4U);
  ASSERT_EQ(other.size(), 4U);
  EXPECT_EQ(one[1].y, other[1].y);
  EXPECT_LT(one[1].y, layout.nodes[3].y);
  EXPECT_EQ(crossings(layout), 0U);
}

// Above the box there is no uncrossed way for a line from another lane: it comes in at the side.
TEST(Sides, MainLineComesInAtTheSideWhereThatSavesACrossing) {
  Sketch sketch;
  sketch.box(NodeKind::start, 0);
  sketch.box(NodeKind::step, 2);
  sketch.box(NodeKind::step, 1);
  sketch.box(NodeKind::decision, 2);
  sketch.box(NodeKind::end, 1);
  sketch.box(NodeKind::step, 2);
  sketch.box(NodeKind::step, 1);
  sketch.line(0, 1);
  sketch.line(1, 2);
  sketch.line(2, 3);
  sketch.line(3, 4);
  sketch.line(3, 5);
  sketch.line(5, 6);
  sketch.line(6, 1);
  EXPECT_EQ(crossings(sketch.drawn()), 0U);
}

// The main line comes in from above, and a way back into that lane straight in under it, through
// the lane where the main line comes down.
TEST(Sides, WayBackComesInUnderTheMainLine) {
  Sketch sketch;
  sketch.box(NodeKind::start, 0);
  sketch.box(NodeKind::decision, 1);
  sketch.box(NodeKind::step, 1);
  sketch.box(NodeKind::end, 1);
  sketch.box(NodeKind::step, 2);
  sketch.box(NodeKind::decision, 2);
  sketch.box(NodeKind::step, 0);
  sketch.box(NodeKind::end, 2);
  sketch.line(0, 1);
  sketch.line(1, 2, "齐全");
  sketch.line(1, 3, "不属于");
  sketch.line(2, 4);
  sketch.line(4, 5);
  sketch.line(5, 7, "同意");
  sketch.line(5, 6, "需修改");
  sketch.line(6, 4);
  const Layout layout = sketch.drawn();
  const Polyline& main = layout.edges[3].path;
  const Polyline& back = layout.edges[7].path;
  const Rect& box = layout.nodes[4];
  ASSERT_EQ(main.size(), 4U);
  ASSERT_EQ(back.size(), 3U);
  EXPECT_EQ(main.back().x, box.center().x);
  EXPECT_EQ(main.back().y, box.y);
  EXPECT_EQ(back.back().x, box.x);
  EXPECT_EQ(crossings(layout), 0U);
}

// Exceptions stand at both sides of a question, and the main line goes on in another lane: it
// passes below them, also below one of two boxes.
TEST(Ranks, MainLinePassesBelowExceptionsIntoAnotherLane) {
  for (const std::uint32_t goal : {0U, 2U}) {
    for (const bool longer : {false, true}) {
      Sketch sketch;
      sketch.box(NodeKind::start, 1);
      sketch.box(NodeKind::decision, 1);
      sketch.box(NodeKind::end, 1);
      sketch.box(longer ? NodeKind::step : NodeKind::end, 1);
      sketch.box(NodeKind::step, goal);
      sketch.box(NodeKind::end, goal);
      sketch.line(0, 1);
      sketch.line(1, 2, "不属于");
      sketch.line(1, 3, "不符合");
      sketch.line(1, 4, "符合");
      sketch.line(4, 5);
      if (longer) {
        sketch.box(NodeKind::end, 1);
        sketch.line(3, 6);
      }
      EXPECT_EQ(crossings(sketch.drawn()), 0U) << goal << longer;
    }
  }
}

// The same where it goes on to a fork, which has no sides.
TEST(Ranks, MainLinePassesBelowAnExceptionIntoAForkOfAnotherLane) {
  Sketch sketch;
  sketch.box(NodeKind::start, 0);
  sketch.box(NodeKind::decision, 1);
  sketch.box(NodeKind::end, 1);
  sketch.box(NodeKind::step, 0);
  sketch.box(NodeKind::parallel, 2);
  sketch.box(NodeKind::step, 2);
  sketch.box(NodeKind::step, 2);
  sketch.box(NodeKind::join, 2);
  sketch.box(NodeKind::end, 2);
  sketch.line(0, 1);
  sketch.line(1, 4, "齐全");
  sketch.line(1, 3, "可补正");
  sketch.line(1, 2, "不属于");
  sketch.line(3, 1);
  for (const std::uint32_t branch : {5U, 6U}) {
    sketch.line(4, branch);
    sketch.line(branch, 7);
  }
  sketch.line(7, 8);
  const Layout layout = sketch.drawn();
  EXPECT_EQ(crossings(layout), 0U);
  EXPECT_GT(layout.nodes[4].y, layout.nodes[2].bottom());
}

// Two exceptions go to one lane: what comes back stands beside its question, the other one below.
TEST(Ranks, WhatComesBackStandsBesideItsQuestionBeforeAnEnd) {
  for (const bool end_first : {true, false}) {
    Sketch sketch;
    sketch.box(NodeKind::start, 0);
    sketch.box(NodeKind::decision, 1);
    sketch.box(NodeKind::step, 0);
    sketch.box(NodeKind::end, 0);
    sketch.box(NodeKind::step, 1);
    sketch.box(NodeKind::end, 1);
    sketch.line(0, 1);
    if (end_first) sketch.line(1, 3, "不属于");
    sketch.line(1, 4, "齐全");
    sketch.line(1, 2, "不齐全");
    if (!end_first) sketch.line(1, 3, "不属于");
    sketch.line(2, 1);
    sketch.line(4, 5);
    const Facts facts = analyse(sketch.flow, nullptr, sketch.profile);
    const Measured measured = measure(sketch.flow, sketch.profile);
    const Layout layout = lay_out(sketch.flow, facts, measured, sketch.profile.layout);
    const auto y = [&](std::uint32_t node) { return layout.nodes[node].center().y; };
    EXPECT_EQ(y(2), y(1)) << end_first;
    EXPECT_GT(y(3), layout.nodes[1].bottom()) << end_first;
    EXPECT_EQ(crossings(layout), 1U) << end_first;  // the end's line and the main line
  }
}

// The line of a notice to its end would cross the main line into another lane: the notice stands at
// the other side of its question, and what goes back there changes places with it.
TEST(Sides, NoticeMovesToTheOtherSideOfItsQuestion) {
  Sketch sketch;
  sketch.box(NodeKind::start, 0);
  sketch.box(NodeKind::step, 1);
  sketch.box(NodeKind::decision, 1);
  sketch.box(NodeKind::document, 1);
  sketch.box(NodeKind::document, 1);
  sketch.box(NodeKind::step, 1);
  sketch.box(NodeKind::end, 2);
  sketch.box(NodeKind::end, 1);
  sketch.line(0, 1);
  sketch.line(1, 2);
  sketch.line(2, 3, "可以补正");
  sketch.line(2, 4, "不属于");
  sketch.line(2, 5, "符合");
  sketch.line(3, 1);
  sketch.line(4, 7);
  sketch.line(5, 6);
  const Layout layout = sketch.drawn();
  EXPECT_EQ(crossings(layout), 0U);
  EXPECT_LT(layout.nodes[4].x, layout.nodes[5].x);
}

// A notice beside its question is sent to another lane: it stands toward that lane, whatever else
// stands beside the question.
TEST(Sides, NoticeSentToAnotherLaneStandsTowardIt) {
  for (const std::uint32_t office : {0U, 1U}) {
    for (const bool hearing : {false, true}) {
      Sketch sketch;
      const std::uint32_t applicant = 1 - office;
      sketch.box(NodeKind::start, office);
      sketch.box(NodeKind::decision, office);
      sketch.box(NodeKind::document, office);
      sketch.box(NodeKind::end, applicant);
      sketch.box(NodeKind::step, office);
      sketch.box(NodeKind::end, office);
      sketch.box(NodeKind::special, office);
      sketch.line(0, 1);
      sketch.line(1, 4, "准予");
      if (hearing) sketch.line(1, 6, "要求听证");
      sketch.line(1, 2, "不予");
      sketch.line(2, 3);
      sketch.line(4, 5);
      sketch.line(6, hearing ? 1 : 4);
      const Layout layout = sketch.drawn();
      const auto x = [&](std::uint32_t node) { return layout.nodes[node].center().x; };
      EXPECT_EQ(x(3) < x(2), x(2) < x(1)) << office << hearing;
      EXPECT_EQ(x(3) < x(2), office == 1) << office << hearing;
    }
  }
}

// A second question stands at one side of the main line, and its refusal ends at the other.
TEST(Ranks, LineToAnEndPassesBelowTheEndOfTheMainLine) {
  for (const std::uint32_t aside : {0U, 2U}) {
    Sketch sketch;
    sketch.box(NodeKind::start, 1);
    sketch.box(NodeKind::decision, 1);
    sketch.box(NodeKind::step, aside);
    sketch.box(NodeKind::decision, 1);
    sketch.box(NodeKind::end, 1);
    sketch.box(NodeKind::end, 1);
    sketch.line(0, 1);
    sketch.line(1, 4, "符合");
    sketch.line(1, 2, "可以整改");
    sketch.line(1, 5, "不符合");
    sketch.line(2, 3);
    sketch.line(3, 4, "到位");
    sketch.line(3, 5, "未到位");
    const Layout layout = sketch.drawn();
    EXPECT_EQ(crossings(layout), 0U) << aside;
    EXPECT_GT(layout.nodes[5].y, layout.nodes[4].bottom()) << aside;
  }
}

// What a question refuses or sends back stands beside its own stage, above the box of the next one:
// also a notice that is then sent.
TEST(Ranks, RefusalsStandAboveTheNextStage) {
  for (const char* next : {"审查", "受理"}) {
    for (const auto& [apart, sent] : {std::pair(true, false), {false, false}, {true, true}}) {
      Sketch sketch;
      sketch.profile.layout.refusals_above_next_stage = apart;
      sketch.box(NodeKind::start, 0);
      sketch.box(NodeKind::step, 1);
      sketch.box(NodeKind::decision, 1);
      sketch.box(NodeKind::document, 1);
      sketch.box(sent ? NodeKind::document : NodeKind::end, 1);
      sketch.box(NodeKind::step, 1);
      sketch.box(NodeKind::end, sent ? 1 : 2);
      if (sent) sketch.box(NodeKind::end, 1);
      sketch.flow.lanes.resize(3);
      const char* stages[] = {"申请", "收件", "受理", "受理", "", next, "送达"};
      for (std::size_t i = 0; i < std::size(stages); ++i) {
        sketch.flow.nodes[i].attributes.push_back({Attribute::stage, {stages[i], {}}});
      }
      sketch.line(0, 1);
      sketch.line(1, 2);
      sketch.line(2, 3, "可以补正");
      sketch.line(2, 4, "不属于");
      sketch.line(2, 5, "符合");
      sketch.line(3, 1);
      sketch.line(5, 6);
      if (sent) sketch.line(4, 7);
      const Layout layout = sketch.drawn();
      const bool above = apart && std::string_view(next) == "审查";
      for (const std::size_t aside : {3U, 4U}) {
        EXPECT_EQ(layout.nodes[aside].bottom() < layout.nodes[5].y, above) << next << apart << sent;
      }
    }
  }
}

TEST(Skeleton, LinksJoinNeighbouringRanks) {
  for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
    const Passed run(seed);
    for (const Link& link : run.skeleton.links) {
      const std::uint32_t upper = run.skeleton.items[link.upper].rank;
      EXPECT_EQ(run.skeleton.items[link.lower].rank, link.over ? upper : upper + 1);
    }
  }
}

TEST(Order, HoldsEveryItemOnceAndSortsLanes) {
  for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
    const Passed run(seed);
    std::vector<int> seen(run.skeleton.items.size());
    for (const std::vector<std::uint32_t>& row : run.rows) {
      for (std::size_t i = 0; i < row.size(); ++i) {
        ++seen[row[i]];
        if (i == 0) continue;
        EXPECT_LE(run.skeleton.items[row[i - 1]].lane, run.skeleton.items[row[i]].lane);
      }
    }
    for (const int count : seen) EXPECT_EQ(count, 1);
  }
}

// Two lines leave a question at one side: the one that goes further out turns further out.
TEST(Order, LinesAtOneSideTurnWithoutCrossing) {
  Sketch sketch;
  sketch.box(NodeKind::start, 0);
  sketch.box(NodeKind::decision, 1);
  sketch.box(NodeKind::step, 1);
  sketch.box(NodeKind::step, 1);
  sketch.box(NodeKind::end, 0);
  sketch.box(NodeKind::end, 1);
  sketch.box(NodeKind::end, 1);
  sketch.line(0, 1);
  sketch.line(1, 2, "齐全");
  sketch.line(1, 3, "不齐全");
  sketch.line(1, 6, "不属于");
  sketch.line(1, 2, "逾期", true);
  sketch.line(3, 4);
  sketch.line(2, 5);
  EXPECT_EQ(crossings(sketch.drawn()), 0U);
}

TEST(Columns, KeepDistanceAndLanesApart) {
  for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
    const Passed run(seed);
    for (const std::vector<std::uint32_t>& row : run.rows) {
      for (std::size_t i = 1; i < row.size(); ++i) {
        const Item& left = run.skeleton.items[row[i - 1]];
        const Item& right = run.skeleton.items[row[i]];
        EXPECT_GE(run.columns.x[row[i]] - run.columns.x[row[i - 1]] + 0.001,
                  left.right + right.left)
            << "seed " << seed;
      }
    }
    for (std::size_t lane = 1; lane < run.columns.lane_left.size(); ++lane) {
      EXPECT_GE(run.columns.lane_left[lane] + 0.001, run.columns.lane_right[lane - 1]);
    }
  }
}

// Of a fork; none of other boxes.
std::vector<NodeIndex> branches_in_lane(const Passed& run, NodeIndex fork) {
  std::vector<NodeIndex> branches;
  if (run.flow.node(fork).kind != NodeKind::parallel) return branches;
  for (const EdgeIndex exit : run.facts.graph.exits(fork)) {
    const NodeIndex to = run.flow.edge(exit).to;
    if (run.chart.lane_of(at(to)) == run.chart.lane_of(at(fork))) branches.push_back(to);
  }
  return branches;
}

// Between bars with an even number of branches it may stand beside its axis.
TEST(Columns, MainLineIsStraightInEveryLane) {
  for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
    const Passed run(seed);
    std::map<std::uint32_t, double> axes;
    std::vector<bool> leaves_beside(run.flow.nodes.size());  // a box of such a branch, or its fork
    bool is_beside = false;
    for (const NodeIndex node : run.main.nodes) {
      if (run.chart.is_bar(at(node))) {
        is_beside = run.flow.node(node).kind == NodeKind::parallel &&
                    branches_in_lane(run, node).size() % 2 == 0;
      }
      leaves_beside[at(node)] = is_beside;
      if (is_beside && !run.chart.is_bar(at(node))) continue;
      const auto axis = axes.emplace(run.chart.lane_of(at(node)), run.columns.x[at(node)]).first;
      EXPECT_NEAR(axis->second, run.columns.x[at(node)], 1e-6) << "seed " << seed;
    }
    // Also where it passes a lane on its way to another.
    for (std::uint32_t i = 0; i < run.skeleton.items.size(); ++i) {
      const Item& bend = run.skeleton.items[i];
      const bool stands = bend.kind == ItemKind::bend && bend.lane < run.skeleton.lanes;
      if (!stands || !run.main.has_edge[bend.subject] || axes.count(bend.lane) == 0) continue;
      if (leaves_beside[at(run.flow.edges[bend.subject].from)]) continue;
      EXPECT_NEAR(axes[bend.lane], run.columns.x[i], 1e-6) << "seed " << seed;
    }
  }
}

// Branches in one lane: they stand evenly at both sides of the main line in the order given, of an
// odd number the middle one on it, and the bars reach as far beyond the first as beyond the last.
TEST(Columns, ForkIsCentredOnTheMainLine) {
  for (const std::uint32_t branches : {2U, 3U, 4U, 5U, 9U}) {
    Sketch sketch;
    for (const NodeKind kind :
         {NodeKind::start, NodeKind::parallel, NodeKind::join, NodeKind::end}) {
      sketch.box(kind, 0);
    }
    sketch.line(0, 1);
    for (std::uint32_t i = 0; i < branches; ++i) {
      sketch.box(NodeKind::step, 0);
      sketch.line(1, 4 + i);
      sketch.line(4 + i, 2);
    }
    sketch.line(2, 3);
    const Layout layout = sketch.drawn();
    const auto x = [&](std::uint32_t node) { return layout.nodes[node].center().x; };
    const double axis = x(0);
    EXPECT_NEAR(x(3), axis, 1e-6);
    for (std::uint32_t i = 0; i < branches; ++i) {
      EXPECT_NEAR(x(4 + i) + x(3 + branches - i), 2 * axis, 1e-6) << branches << " branches";
    }
    EXPECT_TRUE(std::all_of(layout.edges.begin(), layout.edges.end(),
                            [](const EdgeLayout& edge) { return edge.path.size() == 2; }));
    for (std::uint32_t i = 1; i < branches; ++i) EXPECT_LT(x(3 + i), x(4 + i));
    for (const std::uint32_t bar : {1U, 2U}) {
      const Rect& area = layout.nodes[bar];
      EXPECT_NEAR(x(4) - area.x, area.right() - x(3 + branches), 1e-6) << branches << " branches";
      EXPECT_NEAR(x(bar), axis, 1e-6) << branches << " branches";
    }
  }
}

// A join within a branch goes straight down into the outer one, and is no wider for it.
TEST(Bars, JoinWithinABranchGoesStraightDown) {
  Sketch sketch;
  for (const NodeKind kind :
       {NodeKind::start, NodeKind::parallel, NodeKind::parallel, NodeKind::step, NodeKind::step,
        NodeKind::step, NodeKind::step, NodeKind::join, NodeKind::join, NodeKind::end}) {
    sketch.box(kind, 0);
  }
  sketch.line(0, 1);
  for (const std::uint32_t branch : {2U, 5U, 6U}) sketch.line(1, branch);
  for (const std::uint32_t branch : {3U, 4U}) sketch.line(2, branch);
  for (const std::uint32_t branch : {3U, 4U}) sketch.line(branch, 7);
  for (const std::uint32_t branch : {5U, 6U}) sketch.line(branch, 8);
  sketch.line(7, 8);
  sketch.line(8, 9);
  const Layout layout = sketch.drawn();
  EXPECT_EQ(layout.edges[10].path.size(), 2U);
  EXPECT_EQ(layout.nodes[7].width, layout.nodes[2].width);
}

// The main line from another lane comes down on the axis of a fork, also where a way back comes in
// beside it.
TEST(Bars, MainLineComesDownOnTheAxisOfAFork) {
  Sketch sketch;
  sketch.box(NodeKind::start, 0);
  sketch.box(NodeKind::parallel, 1);
  sketch.box(NodeKind::step, 1);
  sketch.box(NodeKind::step, 2);
  sketch.box(NodeKind::join, 1);
  sketch.box(NodeKind::decision, 1);
  sketch.box(NodeKind::step, 0);
  sketch.box(NodeKind::end, 1);
  sketch.line(0, 1);
  sketch.line(1, 2);
  sketch.line(1, 3);
  sketch.line(2, 4);
  sketch.line(3, 4);
  sketch.line(4, 5);
  sketch.line(5, 7, "通过");
  sketch.line(5, 6, "需修改");
  sketch.line(6, 1);
  const Layout layout = sketch.drawn();
  EXPECT_EQ(layout.edges[0].path.back().x, layout.nodes[2].center().x);
  EXPECT_LT(layout.edges[8].path.back().x, layout.edges[0].path.back().x);
  EXPECT_EQ(crossings(layout), 0U);
}

// An even number of branches moves aside together, or stays where what stands beside it, or a
// branch that passes other lanes, leaves no room.
TEST(Columns, BranchesMoveAsideTogetherOrNotAtAll) {
  std::size_t centred = 0;
  for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
    const Passed run(seed);
    for (const NodeIndex node : run.main.nodes) {
      const std::vector<NodeIndex> branches = branches_in_lane(run, node);
      if (branches.empty() || branches.size() % 2 == 1) continue;
      std::vector<double> x;
      for (const NodeIndex branch : branches) {
        x.push_back(run.columns.x[at(branch)] - run.columns.x[at(node)]);
      }
      const auto [first, last] = std::minmax_element(x.begin(), x.end());
      const bool is_centred = std::abs(*first + *last) < 1e-6;
      const auto on_axis =
          std::count_if(x.begin(), x.end(), [](double each) { return std::abs(each) < 1e-6; });
      EXPECT_EQ(on_axis, is_centred ? 0 : 1) << "seed " << seed;
      centred += is_centred ? 1 : 0;
    }
  }
  EXPECT_GT(centred, seeds / 10);
}

double distance(const Polyline& path, Point point) {
  double least = 1e30;
  for (std::size_t i = 1; i < path.size(); ++i) {
    const auto [left, right] = std::minmax(path[i - 1].x, path[i].x);
    const auto [top, bottom] = std::minmax(path[i - 1].y, path[i].y);
    const double x = std::clamp(point.x, left, right);
    const double y = std::clamp(point.y, top, bottom);
    least = std::min(least, std::hypot(point.x - x, point.y - y));
  }
  return least;
}

// Exits that share a corner and the way from it: each label stands at what is its own.
TEST(Labels, StandBehindTheForkOfATrunk) {
  constexpr std::uint32_t branches = 5;
  Flow flow;
  flow.nodes.emplace_back().kind = NodeKind::start;
  flow.nodes.emplace_back().kind = NodeKind::decision;
  flow.edges.push_back({NodeIndex{0}, NodeIndex{1}, {}, {}, false, {}});
  for (std::uint32_t i = 0; i < branches; ++i) {
    flow.nodes.emplace_back().kind = NodeKind::end;
    flow.edges.push_back({NodeIndex{1}, NodeIndex{2 + i}, {"新办", {}}, {}, false, {}});
  }
  const Profile profile = test::permit_profile();
  const Facts facts = analyse(flow, nullptr, profile);
  const Measured measured = measure(flow, profile);
  const Layout layout = lay_out(flow, facts, measured, profile.layout);
  for (std::uint32_t e = 1; e <= branches; ++e) {
    ASSERT_TRUE(layout.edges[e].label);
    const Point label = layout.edges[e].label->center();
    for (std::uint32_t other = 1; other <= branches; ++other) {
      if (other == e) continue;
      EXPECT_LT(distance(layout.edges[e].path, label) + 1,
                distance(layout.edges[other].path, label));
    }
  }
}

// Lines that meet at the upper corner of a decision join above it: each comes down to the corner,
// with room for the one arrowhead they share.
TEST(Joins, StandAboveTheCornerOfADecision) {
  Flow flow;
  for (const NodeKind kind : {NodeKind::start, NodeKind::decision, NodeKind::step, NodeKind::end}) {
    flow.nodes.emplace_back().kind = kind;
  }
  const auto line = [&](std::uint32_t from, std::uint32_t to) {
    flow.edges.push_back({NodeIndex{from}, NodeIndex{to}, {}, {}, false, {}});
  };
  line(0, 1);
  line(1, 3);
  line(1, 2);
  line(2, 1);
  const Profile profile = test::permit_profile();
  const Facts facts = analyse(flow, nullptr, profile);
  const Measured measured = measure(flow, profile);
  const Layout layout = lay_out(flow, facts, measured, profile.layout);
  const Point corner{layout.nodes[1].center().x, layout.nodes[1].y};
  for (const std::uint32_t edge : {0U, 3U}) {
    const Polyline& path = layout.edges[edge].path;
    const Point before = path[path.size() - 2];
    EXPECT_NEAR(path.back().x, corner.x, 1e-6);
    EXPECT_NEAR(path.back().y, corner.y, 1e-6);
    EXPECT_NEAR(before.x, corner.x, 1e-6);
    EXPECT_GE(corner.y - before.y, 12);
  }
  EXPECT_TRUE(inspect(flow, facts, measured, layout).faults.empty());
}

}  // namespace
}  // namespace flowproof::layout
