// DOT out and in again gives the same flow; DOT from anywhere never harms the program.
#include "flowproof/dot.hpp"

#include <gtest/gtest.h>

#include <chrono>

#include "base/worker.hpp"
#include "flowproof/facts.hpp"
#include "flowproof/readers.hpp"
#include "support/permit_flow.hpp"
#include "support/random_flow.hpp"

namespace flowproof {
namespace {

Flow flow_of(const std::string& dot) {
  const Result<Flow> flow = read_dot({"a.dot", dot});
  EXPECT_TRUE(flow.has_value()) << render(flow.error().message, Language::en);
  return flow ? *flow : Flow{};
}

TEST(Dot, OutAndInAgainIsTheSameFlow) {
  for (const bool hostile : {false, true}) {
    for (std::uint64_t seed = 1; seed <= 8; ++seed) {
      test::RandomFlowOptions options;
      options.hostile_texts = hostile;
      Flow flow = test::random_flow(seed, options);
      flow.waivers.clear();  // DOT has no place for them
      const Result<std::string> dot = write_dot(flow);
      ASSERT_TRUE(dot.has_value());
      EXPECT_EQ(*write_flow(flow_of(*dot)), *write_flow(flow)) << "seed " << seed << '\n' << *dot;
    }
  }
}

TEST(Dot, KindsComeFromShapesAndFromWhereLinesBeginAndEnd) {
  const Flow flow = flow_of(R"(digraph { label="许可流程"
    a [label="申请\n受理"]; b [shape=diamond, label="齐全?"]; c [shape=note, label=<补<b>正</b>>];
    subgraph cluster_window { label="窗口"; a; b }
    a -> b; b -> c [label="否"]; c -> a; b -> "办 结" [label="是"]; })");
  ASSERT_EQ(flow.nodes.size(), 4U);
  EXPECT_EQ(flow.title.value, "许可流程");
  EXPECT_EQ(flow.nodes[0].get(Attribute::text), "申请受理");
  EXPECT_EQ(flow.nodes[0].kind, NodeKind::step);  // a way back leads to it
  EXPECT_EQ(flow.nodes[1].kind, NodeKind::decision);
  EXPECT_EQ(flow.nodes[2].kind, NodeKind::document);
  EXPECT_EQ(flow.nodes[2].get(Attribute::text), "补正");
  EXPECT_EQ(flow.nodes[3].kind, NodeKind::end);
  EXPECT_EQ(flow.nodes[3].id(), "办-结");
  ASSERT_EQ(flow.lanes.size(), 1U);
  EXPECT_EQ(flow.lanes[0].name.value, "窗口");
  EXPECT_EQ(flow.nodes[1].lane, LaneIndex{0});
  EXPECT_EQ(flow.nodes[3].lane, no_lane);
  ASSERT_EQ(flow.edges.size(), 4U);
  EXPECT_EQ(flow.edges[1].when.value, "否");
}

TEST(Dot, HostileDrawingsAreRefusedOrRead) {
  const std::string deep(200000, '{');
  std::string nested = "digraph ";
  for (int i = 0; i < 50000; ++i) nested += "{ subgraph ";
  for (const std::string& text :
       {std::string(), std::string("digraph {"), std::string("<flow/>"),
        std::string("\0digraph{}", 10), "digraph " + deep, nested, std::string("digraph { a -> "),
        std::string(1 << 20, 'x'), std::string("digraph { a [label=<<b>>] }"),
        std::string("digraph { \"\xff\xfe\" -> b }"), std::string("graph { a -- a; a -- a }"),
        "digraph { a [label=\"" + std::string(1 << 20, '\\') + "\"] }",
        std::string("digraph { node [image=\"/etc/passwd\", shapefile=\"/dev/zero\"]; a }")}) {
    const Result<Flow> flow = read_dot({"a.dot", text});
    if (!flow) {
      EXPECT_EQ(flow.error().kind, ErrorKind::input);
    }
  }
}

TEST(Dot, PlacesEveryBoxAndLine) {
  const Flow flow = test::permit_flow(5);
  const Profile profile = test::permit_profile();
  const Measured measured = measure(flow, profile);
  const Result<Layout> layout = lay_out_with_dot(flow, measured, profile.layout);
  ASSERT_TRUE(layout.has_value());
  ASSERT_EQ(layout->nodes.size(), flow.nodes.size());
  for (std::size_t i = 0; i < flow.nodes.size(); ++i) {
    EXPECT_EQ((Size{layout->nodes[i].width, layout->nodes[i].height}), measured.node_sizes[i]);
    EXPECT_GE(layout->nodes[i].x, 0);
    EXPECT_LE(layout->nodes[i].bottom(), layout->size.height);
  }
  for (const EdgeLayout& edge : layout->edges) EXPECT_GE(edge.path.size(), 2U);
}

TEST(Worker, ThatIsMissingOrFailsIsAnError) {
  EXPECT_FALSE(run_worker("flowproof_nothing", "read", "").has_value());
  EXPECT_FALSE(run_worker("flowproof_graphviz", "nonsense", "").has_value());
}

// It reads to the end of its input, and must learn that there is none.
TEST(Worker, DoesNotWaitForInputThatNeverComes) {
  const auto before = std::chrono::steady_clock::now();
  EXPECT_FALSE(run_worker("flowproof_graphviz", "nonsense", "").has_value());
  EXPECT_LT(std::chrono::steady_clock::now() - before, std::chrono::seconds(10));
}

}  // namespace
}  // namespace flowproof
