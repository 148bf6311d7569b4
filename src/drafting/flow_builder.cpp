#include "drafting/flow_builder.hpp"

#include <algorithm>
#include <cassert>

namespace flowproof {

std::size_t FlowBuilder::index_of(std::string_view id) const {
  const auto found =
      std::find_if(nodes_.begin(), nodes_.end(), [&](const Node& node) { return node.id() == id; });
  return static_cast<std::size_t>(found - nodes_.begin());
}

std::string FlowBuilder::add(NodeKind kind, std::string_view id, std::string_view lane,
                             const std::vector<std::pair<Attribute, std::string>>& attributes) {
  std::string unique(id);
  for (int number = 2; index_of(unique) < nodes_.size(); ++number) {
    unique = std::string(id) + "-" + std::to_string(number);
  }
  Node node;
  node.kind = kind;
  node.attributes.push_back({Attribute::id, {unique, {}}});
  if (!lane.empty()) node.attributes.push_back({Attribute::lane, {std::string(lane), {}}});
  nodes_.push_back(std::move(node));
  lane_of_.emplace_back(lane);
  for (auto& [name, value] : attributes) set(unique, name, std::move(value));
  return unique;
}

void FlowBuilder::set(std::string_view id, Attribute name, std::string value) {
  if (value.empty()) return;
  Node& node = nodes_[index_of(id)];
  assert(allowed(node.kind, name));
  if (name == Attribute::limit) node.limit = read_time_limit(value);
  node.attributes.push_back({name, {std::move(value), {}}});
}

void FlowBuilder::exit(std::string_view from, std::string_view to, std::string when,
                       std::optional<std::int32_t> max) {
  exits_.push_back({std::string(from), std::string(to), std::move(when), max, false});
}

void FlowBuilder::main_exit(std::string_view from, std::string_view to, std::string when) {
  exits_.push_back({std::string(from), std::string(to), std::move(when), {}, true});
}

void FlowBuilder::note(std::string text) { notes_.push_back({{}, {std::move(text), {}}, {}}); }

Flow FlowBuilder::take(Flow root,
                       const std::vector<std::pair<std::string_view, std::string_view>>& lanes) && {
  for (const auto& [id, name] : lanes) {
    if (std::find(lane_of_.begin(), lane_of_.end(), id) == lane_of_.end()) continue;
    const LaneIndex index{static_cast<std::uint32_t>(root.lanes.size())};
    root.lanes.push_back({{std::string(id), {}}, {std::string(name), {}}, {}});
    for (std::size_t i = 0; i < nodes_.size(); ++i) {
      if (lane_of_[i] == id) nodes_[i].lane = index;
    }
  }
  std::stable_partition(exits_.begin(), exits_.end(), [](const Exit& exit) { return exit.main; });
  for (Exit& exit : exits_) {
    Edge edge;
    edge.from = NodeIndex{static_cast<std::uint32_t>(index_of(exit.from))};
    edge.to = NodeIndex{static_cast<std::uint32_t>(index_of(exit.to))};
    assert(at(edge.from) < nodes_.size() && at(edge.to) < nodes_.size());
    edge.when.value = std::move(exit.when);
    edge.max = exit.max;
    root.edges.push_back(std::move(edge));
  }
  std::stable_sort(root.edges.begin(), root.edges.end(),
                   [](const Edge& a, const Edge& b) { return at(a.from) < at(b.from); });
  root.nodes = std::move(nodes_);
  root.notes = std::move(notes_);
  return root;
}

}  // namespace flowproof
