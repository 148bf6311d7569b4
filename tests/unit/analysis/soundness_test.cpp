#include "flowproof/soundness.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "analysis/soundness.hpp"

namespace flowproof {
namespace {

// A flow from a few words: nodes by kind, edges by number.
class Sketch {
 public:
  std::uint32_t node(NodeKind kind) {
    flow_.nodes.push_back({});
    flow_.nodes.back().kind = kind;
    return static_cast<std::uint32_t>(flow_.nodes.size() - 1);
  }
  EdgeIndex edge(std::uint32_t from, std::uint32_t to) {
    Edge edge;
    edge.from = NodeIndex{from};
    edge.to = NodeIndex{to};
    flow_.edges.push_back(edge);
    return EdgeIndex{static_cast<std::uint32_t>(flow_.edges.size() - 1)};
  }
  void chain(const std::vector<std::uint32_t>& nodes) {
    for (std::size_t i = 1; i < nodes.size(); ++i) edge(nodes[i - 1], nodes[i]);
  }
  Flow& flow() { return flow_; }

 private:
  Flow flow_;
};

struct ParallelReview {
  Sketch s;
  std::uint32_t start = s.node(NodeKind::start), fork = s.node(NodeKind::parallel),
                left = s.node(NodeKind::decision), right = s.node(NodeKind::step),
                meet = s.node(NodeKind::join), end = s.node(NodeKind::end);
  EdgeIndex left_in, left_out, right_out;
  ParallelReview() {
    s.edge(start, fork);
    left_in = s.edge(fork, left);
    s.edge(fork, right);
    left_out = s.edge(left, meet);
    right_out = s.edge(right, meet);
    s.edge(meet, end);
  }
};

TEST(Soundness, ParallelBranchesThatMeetAreSound) {
  ParallelReview p;
  const Soundness told = verify(p.s.flow());
  EXPECT_EQ(told.verdict, SoundnessVerdict::sound);
  EXPECT_EQ(told.defect, Defect::none);
  EXPECT_TRUE(told.run.empty());
}

TEST(Soundness, DecisionPastTheJoinIsADeadlockWithItsBypass) {
  ParallelReview p;
  const std::uint32_t refused = p.s.node(NodeKind::end);
  const EdgeIndex bypass = p.s.edge(p.left, refused);
  const Soundness told = verify(p.s.flow());
  ASSERT_EQ(told.defect, Defect::deadlock);
  EXPECT_EQ(told.node, NodeIndex{p.meet});
  EXPECT_EQ(told.missing, p.left_out);
  EXPECT_EQ(told.bypass, bypass);
  EXPECT_EQ(told.split, NodeIndex{p.fork});
  EXPECT_EQ(told.trunk, std::vector{EdgeIndex{0}});
  EXPECT_EQ(told.left.back(), p.right_out);
  EXPECT_EQ(told.right, (std::vector{p.left_in, bypass}));
  EXPECT_FALSE(told.run.empty());
}

TEST(Soundness, ParallelSplitIntoAMergeNamesBoth) {
  Sketch s;
  const auto start = s.node(NodeKind::start), fork = s.node(NodeKind::parallel),
             a = s.node(NodeKind::step), b = s.node(NodeKind::step), merge = s.node(NodeKind::step),
             end = s.node(NodeKind::end);
  s.chain({start, fork, a, merge, end});
  s.chain({fork, b, merge});
  const Soundness told = verify(s.flow());
  ASSERT_EQ(told.defect, Defect::lack_of_synchronisation);
  EXPECT_EQ(told.node, NodeIndex{merge});
  EXPECT_EQ(told.split, NodeIndex{fork});
  EXPECT_EQ(told.left.size(), 2U);
  EXPECT_EQ(told.right.size(), 2U);
}

TEST(Soundness, BothBranchesIntoOneEndLackSynchronisation) {
  Sketch s;
  const auto start = s.node(NodeKind::start), fork = s.node(NodeKind::parallel),
             a = s.node(NodeKind::step), b = s.node(NodeKind::step), end = s.node(NodeKind::end);
  s.chain({start, fork, a, end});
  s.chain({fork, b, end});
  const Soundness told = verify(s.flow());
  EXPECT_EQ(told.defect, Defect::lack_of_synchronisation);
  EXPECT_EQ(told.node, NodeIndex{end});
  EXPECT_EQ(told.split, NodeIndex{fork});
}

TEST(Soundness, ABranchThatEndsOnItsOwn) {
  Sketch s;
  const auto start = s.node(NodeKind::start), fork = s.node(NodeKind::parallel),
             a = s.node(NodeKind::step), archived = s.node(NodeKind::end),
             end = s.node(NodeKind::end);
  s.chain({start, fork, a, end});
  s.chain({fork, archived});
  Soundness told = verify(s.flow());
  ASSERT_EQ(told.defect, Defect::end_in_parallel);
  EXPECT_EQ(told.split, NodeIndex{fork});
  EXPECT_TRUE(told.node == NodeIndex{archived} || told.node == NodeIndex{end});
  s.flow().ends = Ends::swallowing;
  told = verify(s.flow());
  EXPECT_EQ(told.verdict, SoundnessVerdict::sound) << "an end of BPMN leaves the others alone";
}

TEST(Soundness, AJoinThatWaitsForItsOwnLoop) {
  Sketch s;
  const auto start = s.node(NodeKind::start), head = s.node(NodeKind::join),
             check = s.node(NodeKind::decision), end = s.node(NodeKind::end);
  s.chain({start, head, check, end});
  const EdgeIndex back = s.edge(check, head);
  const Soundness told = verify(s.flow());
  ASSERT_EQ(told.defect, Defect::loop_entry_waits);
  EXPECT_EQ(told.node, NodeIndex{head});
  EXPECT_EQ(told.missing, back);
}

TEST(Soundness, ASplitThatSendsATokenOutOfItsLoopEachRound) {
  Sketch s;
  const auto start = s.node(NodeKind::start), head = s.node(NodeKind::step),
             fork = s.node(NodeKind::parallel), notice = s.node(NodeKind::step),
             check = s.node(NodeKind::decision), meet = s.node(NodeKind::join),
             end = s.node(NodeKind::end);
  s.chain({start, head, fork, check, meet, end});
  s.edge(check, head);
  const EdgeIndex out = s.edge(fork, notice);
  s.edge(notice, meet);
  for (const Ends ends : {Ends::exclusive, Ends::swallowing}) {
    s.flow().ends = ends;
    const Soundness told = verify(s.flow());
    ASSERT_EQ(told.defect, Defect::loop_emits);
    EXPECT_EQ(told.node, NodeIndex{fork});
    EXPECT_EQ(told.edge, out);
    EXPECT_EQ(std::count_if(told.run.begin(), told.run.end(),
                            [&](const RunStep& step) { return step.node == NodeIndex{fork}; }),
              2);
  }
}

TEST(Soundness, ALoopWithoutAWayOutIsALivelock) {
  Sketch s;
  const auto start = s.node(NodeKind::start), ask = s.node(NodeKind::decision),
             a = s.node(NodeKind::step), b = s.node(NodeKind::step), end = s.node(NodeKind::end);
  s.chain({start, ask, end});
  s.chain({ask, a, b, a});
  const Soundness told = verify(s.flow());
  ASSERT_EQ(told.defect, Defect::livelock);
  EXPECT_TRUE(told.node == NodeIndex{a} || told.node == NodeIndex{b});
}

TEST(Soundness, ShapeDefects) {
  Sketch s;
  const auto start = s.node(NodeKind::start), ask = s.node(NodeKind::decision),
             a = s.node(NodeKind::step), end = s.node(NodeKind::end);
  s.chain({start, ask, end});
  s.edge(ask, a);
  Soundness told = verify(s.flow());
  EXPECT_EQ(told.defect, Defect::dead_end);
  EXPECT_EQ(told.node, NodeIndex{a});
  EXPECT_EQ(told.trunk.size(), 2U);
  s.edge(a, end);
  const auto island = s.node(NodeKind::step);
  s.edge(island, end);
  told = verify(s.flow());
  EXPECT_EQ(told.defect, Defect::unreachable);
  EXPECT_EQ(told.node, NodeIndex{island});
}

TEST(Soundness, IsNotJudgedWithoutStartEndOrExits) {
  Sketch s;
  EXPECT_EQ(verify(s.flow()).reason, Undecided::no_start);
  const auto start = s.node(NodeKind::start), step = s.node(NodeKind::step);
  s.chain({start, step});
  EXPECT_EQ(verify(s.flow()).reason, Undecided::no_end);
  s.edge(step, s.node(NodeKind::end));
  s.flow().nodes[step].incomplete = true;
  EXPECT_EQ(verify(s.flow()).reason, Undecided::incomplete);
  EXPECT_EQ(verify(s.flow()).verdict, SoundnessVerdict::undecided);
  s.flow().nodes[step].incomplete = false;
  EXPECT_EQ(verify(s.flow()).verdict, SoundnessVerdict::sound);
}

TEST(Soundness, SeveralStartsAreAlternatives) {
  Sketch s;
  const auto online = s.node(NodeKind::start), window = s.node(NodeKind::start),
             receive = s.node(NodeKind::step), end = s.node(NodeKind::end);
  s.chain({online, receive, end});
  const EdgeIndex other = s.edge(window, receive);
  EXPECT_EQ(verify(s.flow()).verdict, SoundnessVerdict::sound);
  s.flow().nodes[receive].kind = NodeKind::join;
  const Soundness told = verify(s.flow());
  ASSERT_EQ(told.defect, Defect::deadlock);
  EXPECT_TRUE(told.missing == other || told.missing == EdgeIndex{0});
  EXPECT_FALSE(told.bypass) << "the virtual start is no part of the story";
  for (const RunStep& step : told.run) EXPECT_LT(at(step.node), s.flow().nodes.size());
}

TEST(Soundness, AStartThatIsLedBackToIsAMerge) {
  Sketch s;
  const auto start = s.node(NodeKind::start), ask = s.node(NodeKind::decision),
             end = s.node(NodeKind::end);
  s.chain({start, ask, end});
  s.edge(ask, start);
  EXPECT_EQ(verify(s.flow()).verdict, SoundnessVerdict::sound);
}

// Loops with two entries are sound if each entry by itself is.
TEST(Soundness, ALoopWithTwoEntries) {
  Sketch s;
  const auto start = s.node(NodeKind::start), ask = s.node(NodeKind::decision),
             a = s.node(NodeKind::step), b = s.node(NodeKind::decision),
             end = s.node(NodeKind::end);
  s.chain({start, ask, a, b, end});
  s.edge(ask, b);
  s.edge(b, a);
  EXPECT_EQ(verify(s.flow()).verdict, SoundnessVerdict::sound);
}

// No pass may recurse, and none may be quadratic on a plain line.
/// A parallel review that a decision sends out again by a second split: its loop is entered by both
/// branches at once. Returns what to enter it by and to leave it by.
std::pair<std::uint32_t, std::uint32_t> repeated_review(Sketch& s, NodeKind meeting) {
  const auto fork = s.node(NodeKind::parallel), again = s.node(NodeKind::parallel),
             left = s.node(NodeKind::step), right = s.node(NodeKind::step), meet = s.node(meeting),
             check = s.node(NodeKind::decision);
  s.chain({fork, left, meet, check, again, left});
  s.chain({fork, right, meet});
  s.edge(again, right);
  return {fork, check};
}

TEST(Soundness, ALoopThatParallelBranchesEnterTogether) {
  Sketch s;
  const auto [fork, check] = repeated_review(s, NodeKind::join);
  const auto start = s.node(NodeKind::start), end = s.node(NodeKind::end);
  s.edge(start, fork);
  s.edge(check, end);
  EXPECT_EQ(verify(s.flow()).verdict, SoundnessVerdict::sound);
  s.flow().ends = Ends::swallowing;
  EXPECT_EQ(verify(s.flow()).verdict, SoundnessVerdict::sound);

  Sketch merged;
  const auto [from, to] = repeated_review(merged, NodeKind::step);
  merged.edge(merged.node(NodeKind::start), from);
  merged.edge(to, merged.node(NodeKind::end));
  const Soundness told = verify(merged.flow());
  EXPECT_EQ(told.verdict, SoundnessVerdict::unsound);
  EXPECT_FALSE(told.run.empty());
}

TEST(Soundness, ManySuchLoopsAtTheSameTime) {
  Sketch s;
  const auto start = s.node(NodeKind::start), all = s.node(NodeKind::parallel),
             meet = s.node(NodeKind::join), end = s.node(NodeKind::end);
  s.edge(start, all);
  s.edge(meet, end);
  for (int branch = 0; branch < 40; ++branch) {
    const auto [fork, check] = repeated_review(s, NodeKind::join);
    s.edge(all, fork);
    s.edge(check, meet);
  }
  EXPECT_EQ(verify(s.flow()).verdict, SoundnessVerdict::sound);
}

TEST(Soundness, AMillionStepsInALine) {
  constexpr std::uint32_t count = 1'000'000;
  std::vector<ControlNode> nodes(count);
  nodes.back().end = true;
  std::vector<ControlEdge> edges;
  for (std::uint32_t i = 1; i < count; ++i) edges.push_back({i - 1, i});
  const ControlGraph graph(std::move(nodes), std::move(edges), 0, Ends::exclusive);
  EXPECT_EQ(verify(graph).verdict, SoundnessVerdict::sound);
}

// Loops in loops in loops: 100,000 deep, each with its own way back.
TEST(Soundness, AHundredThousandNestedLoops) {
  constexpr std::uint32_t depth = 100'000;
  std::vector<ControlNode> nodes(2 * depth + 2);
  nodes.back().end = true;
  std::vector<ControlEdge> edges;
  for (std::uint32_t i = 1; i < nodes.size(); ++i) edges.push_back({i - 1, i});
  for (std::uint32_t i = 1; i <= depth; ++i) edges.push_back({2 * depth + 1 - i, i});
  const ControlGraph sound(nodes, edges, 0, Ends::exclusive);
  EXPECT_EQ(verify(sound).verdict, SoundnessVerdict::sound);
  nodes[depth].join = Gate::parallel;  // the head of the innermost one
  const ControlGraph waits(nodes, edges, 0, Ends::exclusive);
  const Soundness told = verify(waits);
  EXPECT_EQ(told.defect, Defect::loop_entry_waits);
  EXPECT_EQ(told.node, NodeIndex{depth});
}

// The defect stands at the very end of a long flow full of decisions that have nothing to do with
// it.
TEST(Soundness, CounterexampleInALargeFlowIsFoundInTime) {
  Sketch s;
  auto last = s.node(NodeKind::start);
  for (int i = 0; i < 20'000; ++i) {
    const auto ask = s.node(NodeKind::decision), yes = s.node(NodeKind::step),
               no = s.node(NodeKind::step), next = s.node(NodeKind::step);
    s.chain({last, ask, yes, next});
    s.chain({ask, no, next});
    last = next;
  }
  const auto fork = s.node(NodeKind::parallel), a = s.node(NodeKind::decision),
             b = s.node(NodeKind::step), meet = s.node(NodeKind::join), end = s.node(NodeKind::end);
  s.chain({last, fork, a, meet, end});
  s.chain({fork, b, meet});
  const EdgeIndex bypass = s.edge(a, end);
  const Soundness told = verify(s.flow());
  EXPECT_EQ(told.defect, Defect::deadlock);
  EXPECT_EQ(told.bypass, bypass);
  EXPECT_EQ(told.split, NodeIndex{fork});
}

TEST(Soundness, SaysTheSameEachTime) {
  ParallelReview p;
  p.s.edge(p.left, p.end);
  const Soundness once = verify(p.s.flow()), again = verify(p.s.flow());
  EXPECT_EQ(once.run, again.run);
  EXPECT_EQ(once.left, again.left);
  EXPECT_EQ(once.right, again.right);
}

}  // namespace
}  // namespace flowproof
