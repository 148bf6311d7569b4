#include "layout/crossways.hpp"

#include <algorithm>

namespace flowproof::layout {

namespace {
constexpr std::size_t left_end = 0;
constexpr std::size_t right_end = 1;
constexpr std::size_t crowd = 8;  // boxes in a cell that are still looked at
}  // namespace

Crossways::Crossways(const Chart& chart, const std::vector<std::uint32_t>& rank,
                     const Spines& spines)
    : chart_(chart), rank_(rank), spines_(spines), taken_(rank.size()), noted_(rank.size()) {
  for (std::size_t i = 0; i < chart.flow.notes.size(); ++i) {
    if (chart.is_beside_box(i)) noted_[at(*chart.flow.notes[i].target)] = true;
  }
  if (chart.flow.lanes.size() < 2) return;
  for (std::uint32_t node = 0; node < rank.size(); ++node) {
    cell(rank[node], chart.lane_of(node)).boxes.push_back(node);
  }
}

const Crossways::Cell* Crossways::find(std::uint32_t rank, std::uint32_t lane) const {
  const auto found = cells_.find({rank, lane});
  return found == cells_.end() ? nullptr : &found->second;
}

const std::vector<std::uint32_t>& Crossways::boxes(std::uint32_t rank, std::uint32_t lane) const {
  static const std::vector<std::uint32_t> nothing;
  const Cell* cell = find(rank, lane);
  return cell == nullptr || cell->boxes.size() > crowd ? nothing : cell->boxes;
}

bool Crossways::may_hold(std::uint32_t node, std::size_t end) const {
  const Cell* mine = find(rank_[node], chart_.lane_of(node));
  if (mine == nullptr || mine->claimed[end]) return false;
  if (noted_[node] && taken_[node][1 - end]) return false;
  const bool other_held = mine->holder[1 - end] == node;
  return !other_held || (mine->boxes.size() == 1 && !noted_[node]);
}

bool Crossways::free_between(std::uint32_t rank, std::uint32_t a, std::uint32_t b) const {
  for (std::uint32_t lane = std::min(a, b) + 1; lane < std::max(a, b); ++lane) {
    const Cell* between = find(rank, lane);
    if (between == nullptr) continue;
    if (!between->boxes.empty() || between->claimed[0] || between->claimed[1]) return false;
  }
  return true;
}

void Crossways::hold(std::uint32_t node, std::size_t end) {
  Cell& mine = cell(rank_[node], chart_.lane_of(node));
  mine.claimed[end] = true;
  mine.holder[end] = node;
}

void Crossways::pass_between(std::uint32_t rank, std::uint32_t a, std::uint32_t b) {
  for (std::uint32_t lane = std::min(a, b) + 1; lane < std::max(a, b); ++lane) {
    Cell& between = cell(rank, lane);
    between.claimed[0] = between.claimed[1] = true;
  }
}

bool Crossways::claim(std::uint32_t node, std::uint32_t to_lane, std::uint32_t spine, bool empty) {
  const std::uint32_t lane = chart_.lane_of(node);
  const std::uint32_t rank = rank_[node];
  const std::size_t mine = to_lane > lane ? right_end : left_end;
  const std::size_t theirs = 1 - mine;
  if (!may_hold(node, mine) || !free_between(rank, lane, to_lane)) return false;
  if (const Cell* target = find(rank, to_lane); target != nullptr) {
    if (target->claimed[theirs] || (empty && !target->boxes.empty())) return false;
    if (has_of(*target, spine)) return false;
  }
  hold(node, mine);
  pass_between(rank, lane, to_lane);
  cell(rank, to_lane).claimed[theirs] = true;
  return true;
}

bool Crossways::has_of(const Cell& target, std::uint32_t spine) const {
  if (target.boxes.size() > crowd) return true;
  return std::any_of(target.boxes.begin(), target.boxes.end(),
                     [&](std::uint32_t box) { return spine != none && spines_.of[box] == spine; });
}

void Crossways::enter_from_above(std::uint32_t node, std::uint32_t from_lane) {
  const std::uint32_t lane = chart_.lane_of(node);
  cell(rank_[node], lane).above[from_lane > lane ? right_end : left_end] = from_lane;
}

bool Crossways::claim_under(std::uint32_t node, std::uint32_t from_lane, std::uint32_t spine) {
  const std::uint32_t lane = chart_.lane_of(node);
  const std::uint32_t rank = rank_[node];
  const std::size_t mine = from_lane > lane ? right_end : left_end;
  Cell& own = cell(rank, lane);
  const std::uint32_t above = own.above[mine];
  if (own.holder[mine] != node || above == none) return false;
  const Cell& source = cell(rank, from_lane);
  if (has_of(source, spine)) return false;
  const bool further = mine == right_end ? from_lane > above : from_lane < above;
  if (further) {
    // Through all of the lane where the other one comes down, and on.
    Cell& passed = cell(rank, above);
    if (!passed.boxes.empty() || passed.claimed[mine]) return false;
    if (source.claimed[1 - mine] || !free_between(rank, above, from_lane)) return false;
    passed.claimed[mine] = true;
    pass_between(rank, above, from_lane);
    cell(rank, from_lane).claimed[1 - mine] = true;
  }
  own.above[mine] = none;
  return true;
}

void Crossways::leave(std::uint32_t node) {
  std::erase(cell(rank_[node], chart_.lane_of(node)).boxes, node);
}

void Crossways::take_side(std::uint32_t node, Side side) {
  taken_[node][side == Side::left ? left_end : right_end] = true;
}

bool Crossways::claim_flat(std::uint32_t from, std::uint32_t to) {
  const std::uint32_t lane = chart_.lane_of(from);
  const std::uint32_t to_lane = chart_.lane_of(to);
  const std::size_t mine = to_lane > lane ? right_end : left_end;
  if (rank_[from] != rank_[to] || !may_hold(from, mine) || !may_hold(to, 1 - mine) ||
      !free_between(rank_[from], lane, to_lane)) {
    return false;
  }
  // A second box beside it would widen its lane.
  if (find(rank_[to], to_lane)->boxes.size() > 1) return false;
  hold(from, mine);
  hold(to, 1 - mine);
  pass_between(rank_[from], lane, to_lane);
  return true;
}

}  // namespace flowproof::layout
