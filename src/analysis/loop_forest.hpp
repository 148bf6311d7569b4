// The loops of a reducible graph and how they nest, in almost linear time however deep they are.
//
// Used by the soundness engine, which tests all levels in one pass over it. A graph is reducible if
// every loop has one entry; what people draw nearly always is. Other graphs are left to
// loop_levels.hpp, which looks at a node once for each loop around it.
// Ref: P. Havlak, Nesting of reducible and irreducible loops, 1997 (after R. Tarjan, 1974).
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "analysis/control_graph.hpp"

namespace flowproof {

class LoopForest {
 public:
  /// Of what the source reaches.
  explicit LoopForest(const ControlGraph& graph);

  /// If false, nothing else here means anything.
  [[nodiscard]] bool reducible() const { return reducible_; }
  /// Nodes in an order in which only ways back go backward; unreachable ones are not in it.
  [[nodiscard]] const std::vector<std::uint32_t>& order() const { return order_; }
  /// Loops are numbered from 1, outer ones before those inside them; 0 is the whole graph.
  [[nodiscard]] std::uint32_t loop_count() const {
    return static_cast<std::uint32_t>(header_.size());
  }
  [[nodiscard]] std::uint32_t header(std::uint32_t loop) const { return header_[loop]; }
  [[nodiscard]] std::uint32_t outer(std::uint32_t loop) const { return outer_[loop]; }
  [[nodiscard]] std::uint32_t depth(std::uint32_t loop) const { return depth_[loop]; }
  /// Innermost loop around a node; a header's own loop.
  [[nodiscard]] std::uint32_t loop_of(std::uint32_t node) const { return loop_of_[node]; }
  [[nodiscard]] bool is_header(std::uint32_t node) const {
    return loop_of_[node] != 0 && header_[loop_of_[node]] == node;
  }
  /// The loop the edge leaves last, if it leaves one: one of those directly inside the loop that
  /// holds both its ends. 0 if none.
  [[nodiscard]] std::uint32_t left_loop(std::uint32_t edge) const { return left_[edge]; }
  /// Edges whose left_loop is `loop`.
  [[nodiscard]] std::span<const std::uint32_t> ways_out(std::uint32_t loop) const {
    return {way_out_.data() + out_begin_[loop], out_begin_[loop + 1] - out_begin_[loop]};
  }
  /// Some edge from inside the loop leaves the loop around it too.
  [[nodiscard]] bool leaves_outer(std::uint32_t loop) const { return leaves_outer_[loop]; }

 private:
  void number();
  void nest();
  void close();
  bool collect(std::uint32_t head, std::vector<std::uint32_t>& body);
  std::uint32_t find(std::uint32_t position);
  [[nodiscard]] bool encloses(std::uint32_t a, std::uint32_t b) const {
    return a <= b && b <= last_[a];
  }

  const ControlGraph& graph_;
  bool reducible_ = true;
  std::vector<std::uint32_t> order_, header_, outer_, depth_, loop_of_, left_;
  std::vector<std::uint32_t> out_begin_, way_out_;
  std::vector<bool> leaves_outer_;
  // While it is built; by position in preorder.
  std::vector<std::uint32_t> position_, node_, last_, parent_, head_, mark_, carrier_;
};

}  // namespace flowproof
