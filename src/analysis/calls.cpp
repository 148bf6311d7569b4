#include "flowproof/calls.hpp"

#include <algorithm>
#include <limits>

#include "analysis/longest_way.hpp"
#include "flowproof/facts.hpp"
#include "flowproof/run_queries.hpp"

namespace flowproof {

namespace {

constexpr std::size_t most_ends = 64;
constexpr std::size_t most_addends = 100;

/// From the start to every end. What comes before an acceptance of its own is outside its clock, as
/// it would be in the caller.
Stretch whole_of(const Flow& flow, const Facts& facts, ClockFacts& clock) {
  const std::size_t n = flow.nodes.size();
  Stretch stretch;
  stretch.is_from.resize(n);
  stretch.inside.resize(n);
  stretch.weight.resize(n);
  stretch.deadline.resize(n);
  for (const NodeIndex start : facts.starts) stretch.is_from[at(start)] = true;
  for (const NodeIndex end : facts.ends) {
    if (facts.reachable[at(end)]) stretch.to.push_back(end);
  }
  const std::vector<bool> before = reach(flow, facts.graph, stretch.to, Direction::backward);
  const bool accepts = facts.has(Stage::accept);
  const std::uint32_t ignored = outside_clocks | stages_up_to(Stage::accept);
  for (std::uint32_t i = 0; i < n; ++i) {
    const Node& node = flow.nodes[i];
    stretch.inside[i] = facts.reachable[i] && before[i];
    const std::uint32_t stages = facts.meanings[i].stages;
    if (!stretch.inside[i] || !facts.counted[i] || node.kind == NodeKind::start ||
        (stages != 0 && (stages & ~ignored) == 0)) {
      continue;
    }
    const bool from_acceptance = node.limit.ordinal || node.limit.start == LimitStart::acceptance;
    if (from_acceptance && !accepts) {  // whose acceptance, and how long ago, is not said here
      clock.complete = false;
      continue;
    }
    add_box(flow, facts, NodeIndex{i}, from_acceptance, stretch, clock);
  }
  return stretch;
}

CalledTime as_called(const Flow& flow, const Facts& facts, const TimedPath& path, TimeUnit unit) {
  CalledTime time{.addends = {}, .milli = path.total.milli, .proven = path.proven};
  for (const TimedPath::Step& step : path.steps) {
    if (step.milli == 0) continue;
    const Node& node = flow.node(step.node);
    time.addends.push_back({node.place(Attribute::limit), node.label(), {step.milli, unit}});
    const CalledTime* inner =
        node.limit.has_amount() ? nullptr : facts.calls.time_of(step.node, step.exit, true);
    time.proven = time.proven && (inner == nullptr || inner->proven);
  }
  if (time.addends.size() > most_addends) time.addends.clear();
  return time;
}

/// What a call without a limit of its own takes at least if it is left by the exit.
std::int64_t shortest_call(const Flow& flow, const Facts& facts, NodeIndex node, EdgeIndex exit) {
  const Call* call = facts.calls.of(node);
  if (call == nullptr || !call->flow || flow.node(node).limit.has_amount()) return 0;
  std::optional<std::int64_t> shortest;
  for (const CallExit& way : call->exits) {
    if (way.edge != exit) continue;
    for (const std::uint32_t end : way.ends) {
      const std::int64_t time = facts.calls.flows[*call->flow].ends[end].shortest;
      shortest = std::min(shortest.value_or(time), time);
    }
  }
  return shortest.value_or(0);
}

/// The least sum of limits on a way to each node, without ways back: a lower bound, as a join waits
/// for the longest of its branches.
std::vector<std::int64_t> shortest_ways(const Flow& flow, const Facts& facts,
                                        const Stretch& stretch) {
  constexpr std::int64_t no_way = std::numeric_limits<std::int64_t>::max();
  std::vector<std::int64_t> shortest(flow.nodes.size(), no_way);
  for (const NodeIndex node : facts.order) {
    if (!stretch.inside[at(node)]) continue;
    std::int64_t& here = shortest[at(node)];
    if (stretch.is_from[at(node)]) here = 0;
    for (const EdgeIndex e : facts.graph.entries(node)) {
      const NodeIndex from = flow.edge(e).from;
      if (facts.returns[at(e)] || shortest[at(from)] == no_way) continue;
      here = std::min(here, shortest[at(from)] + shortest_call(flow, facts, from, e));
    }
    if (here == no_way) continue;
    const std::int64_t weight = stretch.weight[at(node)];
    here = stretch.deadline[at(node)] ? weight : here + weight;
  }
  return shortest;
}

/// Stages every case passes that ends in anything but a refusal.
std::uint32_t stages_passed(const Flow& flow, const Facts& facts) {
  std::vector<NodeIndex> ends;
  for (const NodeIndex end : facts.ends) {
    if (!facts.meanings[at(end)].adverse()) ends.push_back(end);
  }
  if (ends.empty()) return 0;
  std::vector<PassesThrough> questions(static_cast<std::size_t>(Stage::forward) + 1);
  for (PassesThrough& question : questions) question.ends = ends;
  for (std::uint32_t i = 0; i < flow.nodes.size(); ++i) {
    for (std::size_t k = 0; k < questions.size(); ++k) {
      if (facts.meanings[i].is(static_cast<Stage>(k))) {
        questions[k].nodes.push_back(NodeIndex{i});
      }
    }
  }
  const auto missed = cases_that_miss(flow, facts.answers, questions);
  std::uint32_t stages = 0;
  for (std::size_t k = 0; k < questions.size(); ++k) {
    const bool passed = !questions[k].nodes.empty() && !missed[k];
    if (passed) stages |= bit_of(static_cast<Stage>(k));
  }
  return stages;
}

CalledFlow sum_up(const FamilyMember& member, const Facts& facts) {
  const Flow& flow = *member.flow;
  CalledFlow called{.title = flow.title.empty() ? member.path : flow.title.value,
                    .place = flow.span};
  called.soundness = facts.soundness.verdict;
  if (facts.soundness.node) {
    called.defect_place = flow.node(*facts.soundness.node).span;
    called.defect_label = flow.node(*facts.soundness.node).label();
  }
  // Of what is not sound nothing is sure: neither which ends it has nor how long it takes.
  if (facts.soundness.verdict != SoundnessVerdict::sound) return called;
  called.stages = stages_passed(flow, facts);
  ClockFacts clock;
  const Stretch stretch = whole_of(flow, facts, clock);
  if (stretch.to.size() > most_ends) return called;
  called.timed = clock.units.size() <= 1 && clock.unmeasured.empty();
  called.complete = clock.complete && called.timed;
  if (!clock.units.empty()) called.unit = facts.time_of(flow, clock.units.front())->unit;
  std::vector<std::vector<NodeIndex>> each;
  for (const NodeIndex node : stretch.to) each.push_back({node});
  const auto once = longest_paths(flow, facts, stretch, false, each);
  auto repeating = longest_paths(flow, facts, stretch, true, each);
  const std::vector<std::int64_t> shortest = shortest_ways(flow, facts, stretch);
  for (std::size_t k = 0; k < stretch.to.size(); ++k) {
    const NodeIndex node = stretch.to[k];
    const Node& box = flow.node(node);
    const Meaning& meaning = facts.meanings[at(node)];
    CalledEnd end{box.label(),
                  box.get(Attribute::outcome),
                  meaning.outcome ? std::optional(meaning.outcome->meaning) : std::nullopt,
                  box.span,
                  {}};
    if (called.timed && once[k]) {
      end.longest = as_called(flow, facts, *once[k], called.unit);
      end.shortest = shortest[at(node)];
      std::optional<TimedPath>& more = repeating[k];
      if (more && more->total.milli > end.longest.milli) {
        more->proven = rounds_proven(flow, facts, *more);
        end.repeating = as_called(flow, facts, *more, called.unit);
      }
    }
    called.ends.push_back(std::move(end));
  }
  return called;
}

/// The calls among the members: which lead round in a circle, and an order from the inside out.
class CallGraph {
 public:
  explicit CallGraph(std::span<const FamilyMember> family)
      : family_(family), calls_(family.size()), circles_(family.size()) {
    for (std::size_t member = 0; member < family.size(); ++member) {
      std::vector<bool> seen(family.size());
      for (const FamilyMember::Target& call : family[member].calls) {
        if (!call.member || seen[*call.member]) continue;
        seen[*call.member] = true;
        calls_[member].push_back(&call);
      }
    }
    sort();
  }

  /// Members from which no chain of calls comes back to a flow that is being run; callees first.
  [[nodiscard]] const std::vector<std::uint32_t>& order() const { return order_; }

  /// A chain of calls that begins with `first`, made by member 0, and ends with the call of a flow
  /// that is being run already; empty if there is none. Member 0 itself, if it is called again.
  [[nodiscard]] std::vector<CallSite> circle(const FamilyMember::Target& first) {
    if (!first.member) return {};
    std::optional<std::vector<CallSite>>& rest = circles_[*first.member];
    if (!rest) rest = rest_of_circle(*first.member);
    if (rest->empty() && *first.member != 0) return {};
    std::vector<CallSite> chain{site(0, first)};
    chain.insert(chain.end(), rest->begin(), rest->end());
    return chain;
  }

 private:
  [[nodiscard]] CallSite site(std::uint32_t member, const FamilyMember::Target& call) const {
    const Node& box = family_[member].flow->node(call.node);
    return {box.place(Attribute::href), box.label(), family_[*call.member].path};
  }

  [[nodiscard]] std::vector<CallSite> rest_of_circle(std::uint32_t from) const {
    if (from == 0) return {};
    std::vector<CallSite> chain = chain_to(from, 0);
    if (chain.empty()) chain = chain_to(from, from);
    for (std::uint32_t member = 1; chain.empty() && member < family_.size(); ++member) {
      const std::vector<CallSite> round = chain_to(member, member);
      if (round.empty()) continue;
      chain = chain_to(from, member);
      if (!chain.empty()) chain.insert(chain.end(), round.begin(), round.end());
    }
    return chain;
  }

  /// A shortest chain of at least one call; empty if there is none.
  [[nodiscard]] std::vector<CallSite> chain_to(std::uint32_t from, std::uint32_t to) const {
    struct Step {
      std::uint32_t member;
      const FamilyMember::Target* call;
    };
    std::vector<std::optional<Step>> came(family_.size());
    std::vector<std::uint32_t> open{from};
    for (std::size_t k = 0; k < open.size() && !came[to]; ++k) {
      const std::uint32_t member = open[k];
      for (const FamilyMember::Target* call : calls_[member]) {
        if (came[*call->member]) continue;
        came[*call->member] = Step{member, call};
        open.push_back(*call->member);
      }
    }
    std::vector<CallSite> chain;
    for (std::uint32_t member = to; came[member]; member = came[member]->member) {
      chain.push_back(site(came[member]->member, *came[member]->call));
      if (came[member]->member == from) break;
    }
    std::reverse(chain.begin(), chain.end());
    return chain;
  }

  void sort() {
    std::vector<std::size_t> waiting(family_.size());
    std::vector<std::vector<std::uint32_t>> callers(family_.size());
    for (std::uint32_t member = 0; member < family_.size(); ++member) {
      waiting[member] = calls_[member].size();
      for (const FamilyMember::Target* call : calls_[member]) {
        callers[*call->member].push_back(member);
      }
      if (waiting[member] == 0) order_.push_back(member);
    }
    for (std::size_t k = 0; k < order_.size(); ++k) {
      for (const std::uint32_t caller : callers[order_[k]]) {
        if (--waiting[caller] == 0) order_.push_back(caller);
      }
    }
  }

  std::span<const FamilyMember> family_;
  std::vector<std::vector<const FamilyMember::Target*>> calls_;  // one for each flow called
  std::vector<std::optional<std::vector<CallSite>>> circles_;
  std::vector<std::uint32_t> order_;
};

}  // namespace

const CalledEnd* CalledFlow::slowest() const {
  const auto found = std::max_element(
      ends.begin(), ends.end(),
      [](const CalledEnd& a, const CalledEnd& b) { return a.longest.milli < b.longest.milli; });
  return found == ends.end() ? nullptr : &*found;
}

const Call* Calls::of(NodeIndex node) const {
  const auto found = std::lower_bound(calls.begin(), calls.end(), node,
                                      [](const Call& call, NodeIndex n) { return call.node < n; });
  return found != calls.end() && found->node == node ? &*found : nullptr;
}

const CalledFlow* Calls::flow_of(NodeIndex node) const {
  const Call* call = of(node);
  return call == nullptr || !call->flow ? nullptr : &flows[*call->flow];
}

const CalledTime* Calls::time_of(NodeIndex node, std::optional<EdgeIndex> exit,
                                 bool repeating) const {
  const Call* call = of(node);
  if (call == nullptr || !call->flow) return nullptr;
  const CalledFlow& called = flows[*call->flow];
  if (!called.timed) return nullptr;
  const CalledTime* longest = nullptr;
  const auto take = [&](const CalledEnd& end) {
    const CalledTime& time = repeating && end.repeating ? *end.repeating : end.longest;
    if (longest == nullptr || time.milli > longest->milli) longest = &time;
  };
  const auto found = std::find_if(call->exits.begin(), call->exits.end(), [&](const CallExit& e) {
    return exit && e.edge == *exit && e.understood;
  });
  if (found != call->exits.end()) {
    for (const std::uint32_t end : found->ends) take(called.ends[end]);
    return longest;
  }
  for (const CalledEnd& end : called.ends) take(end);
  return longest;
}

Calls sum_up_calls(std::span<const FamilyMember> family, const Profile& profile) {
  Calls sums;  // flow k is member k
  sums.flows.resize(family.size());
  std::vector<bool> summed(family.size());
  CallGraph graph(family);
  const auto calls_of = [&](std::uint32_t member) {
    std::vector<Call> calls;
    for (const FamilyMember::Target& target : family[member].calls) {
      const bool known = target.member && summed[*target.member];
      calls.push_back({target.node, known ? target.member : std::nullopt});
    }
    return calls;
  };
  for (const std::uint32_t member : graph.order()) {
    if (member == 0) continue;
    sums.calls = calls_of(member);
    Facts facts = analyse(*family[member].flow, nullptr, profile, std::move(sums));
    CalledFlow called = sum_up(family[member], facts);
    called.soundness = facts.verdict();
    sums = std::move(facts.calls);
    sums.flows[member] = std::move(called);
    summed[member] = true;
  }
  sums.calls = calls_of(0);
  for (std::size_t k = 0; k < sums.calls.size(); ++k) {
    if (!sums.calls[k].flow) sums.calls[k].cycle = graph.circle(family[0].calls[k]);
  }
  return sums;
}

}  // namespace flowproof
