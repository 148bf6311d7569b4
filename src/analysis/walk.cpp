#include "analysis/walk.hpp"

#include <algorithm>
#include <limits>

namespace flowproof {

namespace {

constexpr std::uint32_t unvisited = std::numeric_limits<std::uint32_t>::max();

class Walk {
 public:
  Walk(const Flow& flow, Facts& facts, const std::vector<bool>* barred)
      : flow_(flow), facts_(facts), barred_(barred) {
    const std::size_t n = flow.nodes.size();
    number_.assign(n, unvisited);
    low_.resize(n);
    open_.resize(n);
    active_.resize(n);
    facts_.component.assign(n, 0);
    facts_.returns.assign(flow.edges.size(), false);
    finished_.reserve(n);
    for (const NodeIndex start : facts_.starts) visit_from(start);
    for (std::uint32_t i = 0; i < n; ++i) visit_from(NodeIndex{i});
    arrange();
  }

 private:
  struct Frame {
    NodeIndex node{};
    std::size_t next = 0;
  };

  void enter(NodeIndex node) {
    number_[at(node)] = low_[at(node)] = counter_++;
    open_[at(node)] = active_[at(node)] = true;
    component_stack_.push_back(node);
    frames_.push_back({node, 0});
  }

  void visit_from(NodeIndex root) {
    if (number_[at(root)] != unvisited) return;
    enter(root);
    while (!frames_.empty()) {
      const NodeIndex node = frames_.back().node;
      const auto exits = facts_.graph.exits(node);
      if (frames_.back().next == exits.size()) {
        leave(node);
        continue;
      }
      const EdgeIndex e = exits[frames_.back().next++];
      if (barred_ != nullptr && (*barred_)[at(e)]) continue;
      const NodeIndex to = flow_.edge(e).to;
      if (number_[at(to)] == unvisited) {
        enter(to);
        continue;
      }
      facts_.returns[at(e)] = active_[at(to)];
      if (open_[at(to)]) low_[at(node)] = std::min(low_[at(node)], number_[at(to)]);
    }
  }

  void leave(NodeIndex node) {
    frames_.pop_back();
    active_[at(node)] = false;
    finished_.push_back(node);
    if (low_[at(node)] == number_[at(node)]) {
      NodeIndex member{};
      do {
        member = component_stack_.back();
        component_stack_.pop_back();
        open_[at(member)] = false;
        facts_.component[at(member)] = components_;
      } while (member != node);
      ++components_;
    }
    if (!frames_.empty()) {
      const NodeIndex parent = frames_.back().node;
      low_[at(parent)] = std::min(low_[at(parent)], low_[at(node)]);
    }
  }

  // Tarjan finishes components in reverse topological order; inside one, reverse finishing order.
  void arrange() {
    std::vector<std::uint32_t> begin(components_ + 1);
    for (std::uint32_t& component : facts_.component) {
      component = components_ - 1 - component;
      ++begin[component + 1];
    }
    for (std::size_t i = 1; i < begin.size(); ++i) begin[i] += begin[i - 1];
    facts_.order.resize(finished_.size());
    for (auto node = finished_.rbegin(); node != finished_.rend(); ++node) {
      facts_.order[begin[facts_.component[at(*node)]]++] = *node;
    }
  }

  const Flow& flow_;
  Facts& facts_;
  const std::vector<bool>* barred_;
  std::vector<std::uint32_t> number_, low_;
  std::vector<bool> open_, active_;
  std::vector<NodeIndex> component_stack_, finished_;
  std::vector<Frame> frames_;
  std::uint32_t counter_ = 0, components_ = 0;
};

}  // namespace

void walk(const Flow& flow, Facts& facts, const std::vector<bool>* barred) {
  Walk(flow, facts, barred);
}

}  // namespace flowproof
