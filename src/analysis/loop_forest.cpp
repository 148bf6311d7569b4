#include "analysis/loop_forest.hpp"

#include <algorithm>

namespace flowproof {

LoopForest::LoopForest(const ControlGraph& graph) : graph_(graph) {
  number();
  nest();
  if (reducible_) close();
  for (auto* done : {&position_, &node_, &last_, &parent_, &head_, &mark_, &carrier_}) {
    std::vector<std::uint32_t>().swap(*done);
  }
}

// Depth first: preorder positions with the last position inside each subtree, and the reverse of
// the order in which nodes are finished.
void LoopForest::number() {
  position_.assign(graph_.node_count(), nothing);
  struct Frame {
    std::uint32_t position, next;
  };
  std::vector<Frame> path;
  const auto visit = [&](std::uint32_t node) {
    const auto position = static_cast<std::uint32_t>(node_.size());
    position_[node] = position;
    node_.push_back(node);
    path.push_back({position, 0});
  };
  node_.reserve(graph_.node_count());
  last_.resize(graph_.node_count());
  order_.reserve(graph_.node_count());
  visit(graph_.source());
  while (!path.empty()) {
    Frame& frame = path.back();
    const std::uint32_t node = node_[frame.position];
    const auto exits = graph_.exits(node);
    if (frame.next < exits.size()) {
      const std::uint32_t to = graph_.to(exits[frame.next++]);
      if (position_[to] == nothing) visit(to);
      continue;
    }
    last_[frame.position] = static_cast<std::uint32_t>(node_.size()) - 1;
    order_.push_back(node);
    path.pop_back();
  }
  std::reverse(order_.begin(), order_.end());
}

// Representative of the largest loop found so far around a position: its header's.
std::uint32_t LoopForest::find(std::uint32_t position) {
  while (parent_[position] != position) {
    parent_[position] = parent_[parent_[position]];
    position = parent_[position];
  }
  return position;
}

// The loop of the ways back to `head`: everything that leads to them without passing it. False if
// something outside leads into it elsewhere.
bool LoopForest::collect(std::uint32_t head, std::vector<std::uint32_t>& body) {
  const auto add = [&](std::uint32_t position) {
    if (position == head || mark_[position] == head) return;
    mark_[position] = head;
    body.push_back(position);
  };
  for (const std::uint32_t edge : graph_.entries(node_[head])) {
    const std::uint32_t from = position_[graph_.from(edge)];
    if (from == nothing || !encloses(head, from)) continue;
    carrier_[edge] = find(from);
    add(carrier_[edge]);
  }
  for (std::size_t i = 0; i < body.size(); ++i) {
    for (const std::uint32_t edge : graph_.entries(node_[body[i]])) {
      const std::uint32_t from = position_[graph_.from(edge)];
      if (from == nothing || encloses(body[i], from)) continue;  // a way back of its own
      carrier_[edge] = find(from);
      if (!encloses(head, carrier_[edge])) return false;
      add(carrier_[edge]);
    }
  }
  return true;
}

void LoopForest::nest() {
  const auto count = static_cast<std::uint32_t>(node_.size());
  parent_.resize(count);
  for (std::uint32_t p = 0; p < count; ++p) parent_[p] = p;
  head_.assign(count, nothing);
  mark_.assign(count, nothing);
  carrier_.assign(graph_.edge_count(), nothing);
  std::vector<std::uint32_t> body;
  for (std::uint32_t head = count; head-- > 0;) {
    body.clear();
    if (!collect(head, body)) {
      reducible_ = false;
      return;
    }
    for (const std::uint32_t position : body) {
      head_[position] = head;
      parent_[position] = head;
    }
  }
  for (std::uint32_t edge = 0; edge < graph_.edge_count(); ++edge) {
    const std::uint32_t from = position_[graph_.from(edge)];
    if (carrier_[edge] == nothing && from != nothing) carrier_[edge] = find(from);
  }
}

// Numbers the loops and turns positions into loops.
void LoopForest::close() {
  const auto count = static_cast<std::uint32_t>(node_.size());
  std::vector<std::uint32_t> loop_at(count, 0);  // per position: its own loop if it is a header
  header_ = outer_ = depth_ = {0};
  header_[0] = nothing;
  loop_of_.assign(graph_.node_count(), 0);
  for (std::uint32_t p = 0; p < count; ++p) {
    const std::uint32_t around = head_[p] == nothing ? 0 : loop_at[head_[p]];
    loop_of_[node_[p]] = around;
    bool heads = false;
    for (const std::uint32_t edge : graph_.entries(node_[p])) {
      const std::uint32_t from = position_[graph_.from(edge)];
      heads |= from != nothing && encloses(p, from);
    }
    if (!heads) continue;
    loop_at[p] = loop_count();
    loop_of_[node_[p]] = loop_at[p];
    header_.push_back(node_[p]);
    outer_.push_back(around);
    depth_.push_back(depth_[around] + 1);
  }
  // An edge leaves the loop of its carrier, unless the carrier is the head of the loop it stays in.
  left_.assign(graph_.edge_count(), 0);
  std::vector<std::uint32_t> outermost(loop_count(), nothing);  // depth of the last loop left
  out_begin_.assign(loop_count() + 1, 0);
  for (std::uint32_t edge = 0; edge < graph_.edge_count(); ++edge) {
    if (carrier_[edge] == nothing) continue;
    const std::uint32_t loop = loop_at[carrier_[edge]];
    if (loop == 0) continue;
    const std::uint32_t target = position_[graph_.to(edge)];
    const bool back = encloses(target, position_[graph_.from(edge)]);
    const std::uint32_t stays = back ? target : head_[target];
    if (stays == carrier_[edge]) continue;
    left_[edge] = loop;
    ++out_begin_[loop + 1];
    std::uint32_t& deepest = outermost[loop_of_[graph_.from(edge)]];
    deepest = std::min(deepest, depth_[loop]);
  }
  for (std::size_t i = 1; i < out_begin_.size(); ++i) out_begin_[i] += out_begin_[i - 1];
  way_out_.resize(out_begin_.back());
  std::vector<std::uint32_t> next(out_begin_.begin(), out_begin_.end() - 1);
  for (std::uint32_t edge = 0; edge < graph_.edge_count(); ++edge) {
    if (left_[edge] != 0) way_out_[next[left_[edge]]++] = edge;
  }
  leaves_outer_.assign(loop_count(), false);
  for (std::uint32_t loop = loop_count(); loop-- > 1;) {
    leaves_outer_[loop] = outermost[loop] < depth_[loop];
    outermost[outer_[loop]] = std::min(outermost[outer_[loop]], outermost[loop]);
  }
}

}  // namespace flowproof
