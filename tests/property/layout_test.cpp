// What must hold of every drawing, on 300 generated permit-like flows.
#include "flowproof/layout.hpp"

#include <gtest/gtest.h>

#include <clocale>
#include <string>

#include "support/cases.hpp"
#include "support/layout_faults.hpp"
#include "support/permit_flow.hpp"

namespace flowproof {
namespace {

constexpr std::uint64_t seeds = test::cases(300);

struct Drawn {
  Flow flow;
  Measured measured;
  Layout layout;
  std::string json;
};

Drawn draw(Flow flow) {
  const Profile profile = test::permit_profile();
  Drawn drawn{std::move(flow), {}, {}, {}};
  drawn.measured = measure(drawn.flow, profile);
  const Facts facts = analyse(drawn.flow, nullptr, profile);
  drawn.layout = lay_out(drawn.flow, facts, drawn.measured, profile.layout);
  drawn.json = layout_json(drawn.flow, drawn.measured, drawn.layout);
  return drawn;
}

std::size_t bridges_of(const Layout& layout) {
  std::size_t bridges = 0;
  for (const EdgeLayout& edge : layout.edges) bridges += edge.bridges.size();
  return bridges;
}

void expect_main_line(const Drawn& drawn, std::uint64_t seed) {
  const std::vector<NodeIndex>& main = drawn.layout.main_line;
  ASSERT_FALSE(main.empty());
  EXPECT_EQ(drawn.flow.node(main.front()).kind, NodeKind::start);
  EXPECT_EQ(drawn.flow.node(main.back()).get(Attribute::outcome), "准予") << "seed " << seed;
  for (std::size_t i = 1; i < main.size(); ++i) {
    const bool follows = std::any_of(
        drawn.flow.edges.begin(), drawn.flow.edges.end(),
        [&](const Edge& edge) { return edge.from == main[i - 1] && edge.to == main[i]; });
    EXPECT_TRUE(follows) << "seed " << seed;
  }
}

// One test, because drawing is what takes the time.
TEST(LayoutProperty, HasNoFaultsBridgesItsCrossingsKeepsTheMainLineAndCostsLittle) {
  std::size_t crossings = 0, bends = 0, lines = 0, hard_to_follow = 0;
  for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
    const Drawn drawn = draw(test::permit_flow(seed));
    const test::LayoutFaults faults = test::find_faults(drawn.flow, drawn.measured, drawn.layout);
    EXPECT_EQ(faults.text(), "") << "seed " << seed;
    EXPECT_GE(bridges_of(drawn.layout), faults.crossings) << "seed " << seed;
    expect_main_line(drawn, seed);
    crossings += faults.crossings;
    bends += faults.bends;
    lines += drawn.flow.edges.size();
    for (const EdgeLayout& line : drawn.layout.edges)
      hard_to_follow += line.path.size() > 5 ? 1 : 0;
  }
  // One crossing in 40 lines, two bends in five, more than three bends in one line of 200. The
  // average of a few charts may lie a little off that of all.
  EXPECT_LT(crossings * (test::share_of_cases == 1 ? 40 : 25), lines);
  EXPECT_LT(bends * 100, lines * (test::share_of_cases == 1 ? 40 : 45));
  EXPECT_LT(hard_to_follow * (test::share_of_cases == 1 ? 200 : 80), lines);
}

// Stages move rows apart; two boxes that follow each other often share one.
TEST(LayoutProperty, HasNoFaultsWithStages) {
  std::size_t moved = 0;
  for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
    Flow flow = test::permit_flow(seed);
    const std::string plain = draw(flow).json;
    const Facts facts = analyse(flow, nullptr, test::permit_profile());
    std::vector<int> stages(flow.nodes.size());
    for (const NodeIndex node : facts.order) {
      for (const EdgeIndex entry : facts.graph.entries(node)) {
        const Edge& edge = flow.edge(entry);
        if (facts.returns[at(entry)]) continue;
        const int grows = facts.graph.exits(node).empty() ? 0 : static_cast<int>(at(node) % 2);
        stages[at(node)] = std::max(stages[at(node)], stages[at(edge.from)] + grows);
      }
    }
    for (std::size_t i = 0; i < stages.size(); ++i) {
      flow.nodes[i].attributes.push_back({Attribute::stage, {std::to_string(stages[i]), {}}});
    }
    const Drawn drawn = draw(std::move(flow));
    moved += drawn.json == plain ? 0 : 1;
    EXPECT_EQ(test::find_faults(drawn.flow, drawn.measured, drawn.layout).text(), "")
        << "seed " << seed;
    expect_main_line(drawn, seed);
  }
  EXPECT_GT(moved, seeds / 5);
}

// Two lanes: refusals are written in one and sent to the other.
TEST(LayoutProperty, HasNoFaultsWhereNoticesAreSentToAnotherLane) {
  std::size_t sent = 0;
  for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
    Flow flow = test::permit_flow(seed);
    if (flow.lanes.size() < 2) continue;
    flow.lanes.resize(2);
    for (Node& node : flow.nodes) node.lane = LaneIndex(at(node.lane) % 2);
    for (std::uint32_t i = 0, count = static_cast<std::uint32_t>(flow.nodes.size()); i < count;
         ++i) {
      if (flow.nodes[i].kind != NodeKind::end) continue;
      if (flow.nodes[i].get(Attribute::outcome) == "准予") continue;
      Node end = flow.nodes[i];
      flow.nodes[i].kind = NodeKind::document;
      end.lane = LaneIndex(1 - at(end.lane));
      end.attributes.push_back({Attribute::id, {end.id() + "-sent", {}}});
      flow.edges.push_back({NodeIndex{i}, NodeIndex(flow.nodes.size()), {}, {}, false, {}});
      flow.nodes.push_back(std::move(end));
      ++sent;
    }
    std::stable_sort(flow.edges.begin(), flow.edges.end(),
                     [](const Edge& a, const Edge& b) { return a.from < b.from; });
    const Drawn drawn = draw(std::move(flow));
    EXPECT_EQ(test::find_faults(drawn.flow, drawn.measured, drawn.layout).text(), "")
        << "seed " << seed;
  }
  EXPECT_GT(sent, seeds / 2);
}

// Seeds that once waited for ever in a channel, or ran a line through a note.
TEST(LayoutProperty, HasNoFaultsWhereItOnceHad) {
  for (const std::uint64_t seed : {2655, 2705, 2718, 7686, 7690, 8827}) {
    const Drawn drawn = draw(test::permit_flow(seed));
    EXPECT_EQ(test::find_faults(drawn.flow, drawn.measured, drawn.layout).text(), "")
        << "seed " << seed;
  }
}

TEST(LayoutProperty, SameFlowSameBytes) {
  for (std::uint64_t seed = 1; seed <= seeds / 5; ++seed) {
    EXPECT_EQ(draw(test::permit_flow(seed)).json, draw(test::permit_flow(seed)).json);
  }
}

TEST(LayoutProperty, LocaleDoesNotMatter) {
  const std::string before = draw(test::permit_flow(7)).json;
  const char* set = std::setlocale(LC_ALL, "de_DE.UTF-8");
  if (set == nullptr) set = std::setlocale(LC_ALL, "C.UTF-8");
  EXPECT_NE(set, nullptr);
  EXPECT_EQ(draw(test::permit_flow(7)).json, before);
  std::setlocale(LC_ALL, "C");
}

}  // namespace
}  // namespace flowproof
