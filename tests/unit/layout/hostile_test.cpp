// Flows nobody would draw: they must be laid out without faults, crash or long waits.
#include <gtest/gtest.h>

#include <ctime>
#include <string>

#include "flowproof/layout.hpp"
#include "support/layout_faults.hpp"
#include "support/permit_flow.hpp"

namespace flowproof {
namespace {

class Builder {
 public:
  std::uint32_t node(NodeKind kind, std::string text = "收件") {
    Node node;
    node.kind = kind;
    node.attributes.push_back({Attribute::id, {"n" + std::to_string(flow.nodes.size()), {}}});
    node.attributes.push_back({Attribute::text, {std::move(text), {}}});
    flow.nodes.push_back(std::move(node));
    return static_cast<std::uint32_t>(flow.nodes.size() - 1);
  }
  void edge(std::uint32_t from, std::uint32_t to, std::string when = {}) {
    Edge edge;
    edge.from = NodeIndex(from);
    edge.to = NodeIndex(to);
    edge.when.value = std::move(when);
    flow.edges.push_back(std::move(edge));
  }
  /// Faults of the drawing.
  std::string faults() {
    std::stable_sort(flow.edges.begin(), flow.edges.end(),
                     [](const Edge& a, const Edge& b) { return a.from < b.from; });
    const Profile profile = test::permit_profile();
    const Measured measured = measure(flow, profile);
    const Facts facts = analyse(flow, nullptr, profile);
    const Layout layout = lay_out(flow, facts, measured, profile.layout);
    return test::find_faults(flow, measured, layout).text();
  }

  Flow flow;
};

TEST(HostileLayout, Nothing) {
  Builder chart;
  EXPECT_EQ(chart.faults(), "");
}

TEST(HostileLayout, OneBoxThatLeadsToItself) {
  for (const NodeKind kind : {NodeKind::step, NodeKind::decision, NodeKind::parallel}) {
    Builder chart;
    const std::uint32_t box = chart.node(kind);
    chart.edge(box, box, "再来");
    EXPECT_EQ(chart.faults(), "") << name_of(kind);
  }
}

TEST(HostileLayout, TwoBoxesInACircle) {
  for (const NodeKind kind : {NodeKind::step, NodeKind::decision}) {
    Builder chart;
    const std::uint32_t a = chart.node(NodeKind::start);
    const std::uint32_t b = chart.node(kind);
    chart.edge(a, b);
    chart.edge(b, a);
    chart.edge(b, b);
    EXPECT_EQ(chart.faults(), "");
  }
}

TEST(HostileLayout, ManyExitsOfADecision) {
  for (const std::size_t exits : {4U, 5U, 7U}) {
    Builder chart;
    const std::uint32_t start = chart.node(NodeKind::start);
    const std::uint32_t question = chart.node(NodeKind::decision);
    chart.edge(start, question);
    for (std::size_t i = 0; i < exits; ++i) {
      chart.edge(question, chart.node(NodeKind::end, "办结"), "情形" + std::to_string(i));
    }
    EXPECT_EQ(chart.faults(), "") << exits;
  }
}

TEST(HostileLayout, ParallelLinesBetweenTwoBoxes) {
  Builder chart;
  const std::uint32_t a = chart.node(NodeKind::start);
  const std::uint32_t b = chart.node(NodeKind::end);
  chart.edge(a, b, "甲");
  chart.edge(a, b, "乙");
  chart.edge(a, b, "丙");
  EXPECT_EQ(chart.faults(), "");
}

TEST(HostileLayout, LongLabels) {
  Builder chart;
  const std::uint32_t a = chart.node(NodeKind::start, std::string(10000, 'x'));
  const std::uint32_t b = chart.node(NodeKind::decision, std::string(3000, 'x'));
  chart.edge(a, b, std::string(10000, 'y'));
  chart.edge(b, chart.node(NodeKind::end), std::string(1000, 'z'));
  chart.edge(b, chart.node(NodeKind::end), std::string(1000, 'z'));
  EXPECT_EQ(chart.faults(), "");
}

TEST(HostileLayout, LargeFlowsTakeLittleTime) {
  const Profile profile = test::permit_profile();
  const auto seconds = [&](std::size_t nodes) {
    const Flow flow = test::large_flow(7, nodes, 5);
    const Measured measured = measure(flow, profile);
    const Facts facts = analyse(flow, nullptr, profile);
    const std::clock_t start = std::clock();
    const Layout layout = lay_out(flow, facts, measured, profile.layout);
    EXPECT_EQ(layout.nodes.size(), flow.nodes.size());
    return static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
  };
  EXPECT_LT(seconds(2000), 5);
}

}  // namespace
}  // namespace flowproof
