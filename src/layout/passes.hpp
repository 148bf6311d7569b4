// The values the layout passes hand to one another, and one function per pass.
//
// lay_out (layout.cpp) calls them in this order; none changes what an earlier one made. The method
// is that of layered drawing (Sugiyama, Tagawa, Toda 1981; Gansner et al. 1993; Brandes and Köpf
// 2001) with lanes as disjoint columns, a straight main line, and lines that leave boxes at chosen
// sides. A chart reads downwards: rank 0 is the top row. Every line is turned so that it runs from
// its `upper` to its `lower` end; ways back are `reversed`.
#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

#include "flowproof/layout.hpp"

namespace flowproof::layout {

inline constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();

/// The gaps asked for, closer where there are many lanes.
[[nodiscard]] inline LayoutOptions gaps_for(const Flow& flow, LayoutOptions options) {
  if (flow.lanes.size() < many_lanes) return options;
  constexpr double share = 0.4, share_down = 0.72;
  options.node_gap = std::max(options.node_gap * share, options.line_gap);
  options.rank_gap *= share_down;
  return options;
}

/// What every pass reads.
struct Chart {
  const Flow& flow;
  const Facts& facts;
  const Measured& measured;
  const LayoutOptions options;
  std::vector<std::uint32_t> position;  ///< per node: its place in facts.order

  Chart(const Flow& a_flow, const Facts& some_facts, const Measured& some_measured,
        const LayoutOptions& some_options)
      : flow(a_flow),
        facts(some_facts),
        measured(some_measured),
        options(gaps_for(a_flow, some_options)),
        position(a_flow.nodes.size()) {
    for (std::uint32_t i = 0; i < facts.order.size(); ++i) position[at(facts.order[i])] = i;
  }
  /// A way back, or a loop at one node: it is drawn upwards.
  [[nodiscard]] bool goes_back(EdgeIndex index) const {
    const Edge& edge = flow.edge(index);
    return position[at(edge.to)] <= position[at(edge.from)];
  }
  [[nodiscard]] std::uint32_t lane_of(std::uint32_t node) const {
    const LaneIndex lane = flow.nodes[node].lane;
    return lane == no_lane ? 0 : at(lane);
  }
  /// Stages of a procedure that every case may go through, one bit each; none of a box outside the
  /// clock, nor of a question that only asks for one (是否需要现场核查？).
  [[nodiscard]] std::uint32_t usual_stages(NodeIndex node) const {
    constexpr std::uint32_t usual = bit_of(Stage::accept) | bit_of(Stage::review) |
                                    bit_of(Stage::site) | bit_of(Stage::decide) |
                                    bit_of(Stage::certify) | bit_of(Stage::deliver);
    const bool asks = is_decision(at(node)) && !flow.node(node).has(Attribute::stage);
    const Meaning& meaning = facts.meanings[at(node)];
    return facts.counted[at(node)] && !asks && !meaning.adverse() ? meaning.stages & usual : 0;
  }
  [[nodiscard]] bool is_bar(std::uint32_t node) const {
    return flowproof::is_bar(flow.nodes[node].kind);
  }
  /// Of the branches of a fork that begin in its own lane the middle one, which lets it stand
  /// centred on the line that goes straight through; none of other boxes.
  [[nodiscard]] std::optional<EdgeIndex> middle_branch(NodeIndex node) const {
    if (flow.node(node).kind != NodeKind::parallel) return {};
    std::vector<EdgeIndex> branches;
    for (const EdgeIndex exit : facts.graph.exits(node)) {
      const bool here = lane_of(at(flow.edge(exit).to)) == lane_of(at(node));
      if (here && !goes_back(exit)) branches.push_back(exit);
    }
    if (branches.empty()) return {};
    return branches[(branches.size() - 1) / 2];
  }
  /// The note takes room in the row of its box; others are listed below the chart.
  [[nodiscard]] bool is_beside_box(std::size_t note) const {
    return flow.notes[note].target && measured.note_signs[note].empty();
  }
  [[nodiscard]] bool is_decision(std::uint32_t node) const {
    return flow.nodes[node].kind == NodeKind::decision;
  }
};

// -------------------------------------------------------------------- exits

/// From here on an exit clearly denies.
inline constexpr int clear_denial = 4;

/// Post: per edge, how clearly it is an exception, 0: not at all. Its condition says so (否,
/// 不符合, 退回 …), or it is a detour: it comes back to where another exit of its box leads, and
/// passes no stage that the case would miss there. Such another exit is none, whatever its
/// condition says.
[[nodiscard]] std::vector<int> judge_exits(const Chart& chart);

// ---------------------------------------------------------------- main line

struct MainLine {
  std::vector<NodeIndex> nodes;  ///< in order
  std::vector<bool> has_node;    ///< per node
  std::vector<bool> has_edge;    ///< per edge
  std::vector<int> denial;       ///< per edge: what judge_exits says
};

/// Post: `nodes` is a way along edges that are no ways back, from a start to the end that grants
/// the application (else to the furthest node), with the fewest detours.
[[nodiscard]] MainLine find_main_line(const Chart& chart);

// ------------------------------------------------------------------- spines

/// Columns of boxes that follow one another straight down. The main line in a lane is one of them.
struct Spines {
  std::vector<std::uint32_t> exit;   ///< per node: the edge that goes straight on, or none
  std::vector<std::uint32_t> entry;  ///< per node: the edge that comes straight in, or none
  std::vector<std::uint32_t> of;     ///< per node: the first node of its spine
};

/// Post: the main line is straight; of other exits the one that denies least, of entries the one
/// with the fewest branches since the start.
[[nodiscard]] Spines find_spines(const Chart& chart, const MainLine& main);

// -------------------------------------------------------------------- ranks

struct Ranks {
  std::vector<std::uint32_t> of;      ///< per node
  std::vector<std::uint32_t> beside;  ///< per node: the edge that enters it from the side, or none
  std::uint32_t count = 0;
};

/// Per edge: ranks it goes down before anything else; empty: none does.
using Drops = std::vector<std::uint32_t>;

/// Post: along every edge that is no way back the rank grows, by more than it drops, except along
/// `beside` edges, whose ends have the same rank; along ways back it falls, except for loops at one
/// node and from a box to the one it stands beside.
[[nodiscard]] Ranks assign_ranks(const Chart& chart, const MainLine& main, const Spines& spines,
                                 const Drops& drops = {});

// ------------------------------------------------------------------- wiring

enum class Side : std::uint8_t { top, right, bottom, left };

/// How the line of one edge is turned and at which sides it meets its boxes.
struct Wire {
  NodeIndex upper{}, lower{};
  Side upper_side = Side::bottom, lower_side = Side::top;
  bool reversed = false;  ///< a way back: drawn from lower to upper
  bool flat = false;      ///< both ends in one rank: a horizontal line
  bool loop = false;      ///< both ends are the same box
  /// The line comes back over the box: its upper end is at the top, its turn at `turn_side`. From a
  /// box beside it both ends are at the top, and there is no turn.
  bool over = false;
  Side turn_side = Side::right;
  /// Lanes of its turns and of what lies between them.
  std::uint32_t upper_lane = 0, lower_lane = 0, run_lane = 0;

  [[nodiscard]] static bool is_beside(Side side) {
    return side == Side::left || side == Side::right;
  }
};
using Wiring = std::vector<Wire>;

/// Choices to try the other way round, per edge.
struct Hints {
  std::vector<bool> other_side;  ///< leave the box at the other side
  std::vector<bool>
      other_way;         ///< enter at the other side; into another lane first down, then across
  bool at_side = false;  ///< the main line enters boxes of other lanes at the side, questions not
};

/// Post: per edge; a decision has at most one line at each of left, right and bottom if it has at
/// most three exits; the main line leaves at the bottom and enters at the top; a flat line has its
/// sides to itself.
[[nodiscard]] Wiring choose_sides(const Chart& chart, const MainLine& main, const Spines& spines,
                                  const Ranks& ranks, const Hints& hints);

// ----------------------------------------------------------------- skeleton

enum class ItemKind : std::uint8_t {
  box,
  bend,  ///< where a line passes a rank
  turn,  ///< where a line that left a box sideways turns down or up
  note,  ///< an annotation beside its box
};

/// Something that takes room in a row.
struct Item {
  ItemKind kind = ItemKind::box;
  std::uint32_t subject = 0;  ///< node, edge or note
  std::uint32_t rank = 0;
  std::uint32_t lane = 0;
  double left = 0, right = 0;  ///< room on both sides of its axis
  std::uint32_t owner = none;  ///< turn, note: the box it belongs to
  Side side = Side::right;     ///< turn, note: at which side of the owner
};

/// A piece of a line from one rank to the next.
/// A link `over` a box joins the box and a turn beside it by way of the channel above.
struct Link {
  std::uint32_t upper = 0, lower = 0;  ///< items
  std::uint32_t edge = 0;
  bool over = false;
};

/// Items 0 … nodes-1 are the boxes. In charts with very many bends the longest lines run along the
/// right edge instead: their two bends stand in a lane of their own, `lanes`, right of all others.
struct Skeleton {
  std::vector<Item> items;
  std::vector<Link> links;  ///< those of one edge follow one another from top to bottom
  std::vector<std::uint32_t> first_link;  ///< per edge, and one past the last
  std::vector<std::uint32_t> loop_turn;   ///< per edge: the turn of a loop, or none
  std::uint32_t lanes = 1;
};

/// The room of a note's text and the bracket before it.
[[nodiscard]] constexpr Size note_size(const TextBlock& text) {
  return {text.size.width + 12, text.size.height + 4};
}

/// Post: every link joins items of consecutive ranks, or of one rank if it leads over a box; the
/// work of later passes is near-linear in the size of the flow.
[[nodiscard]] Skeleton build_skeleton(const Chart& chart, const Ranks& ranks, const Wiring& wiring);

// -------------------------------------------------------------------- order

/// Per rank: items from left to right.
using Rows = std::vector<std::vector<std::uint32_t>>;

/// Post: rows hold every item once, sorted by lane; the turns and the flat neighbours of a box
/// stand next to it, at their side.
[[nodiscard]] Rows order_rows(const Chart& chart, const Ranks& ranks, const Wiring& wiring,
                              const Skeleton& skeleton);

// -------------------------------------------------------------------- ports

/// Where lines meet boxes, relative to the box's middle.
struct Ports {
  std::vector<Point> upper, lower;  ///< per edge
};

/// Post: on the border of the box; lines at one side of a box are at least the line gap apart,
/// except at the corner of a decision.
[[nodiscard]] Ports place_ports(const Chart& chart, const Spines& spines, const Wiring& wiring,
                                const Skeleton& skeleton, const Rows& rows);

// ------------------------------------------------------------------ columns

struct Columns {
  std::vector<double> x;                      ///< per item: its axis
  std::vector<double> lane_left, lane_right;  ///< per lane; none without lanes
};

/// Post: items of a row keep their distance, lanes are disjoint and in order, the boxes of the main
/// line in a lane have the same x, but for those between bars with an even number of branches in
/// their lane: there the bars have it, and the branches stand evenly at both sides if what is
/// beside them leaves room.
[[nodiscard]] Columns place_columns(const Chart& chart, const MainLine& main, const Ranks& ranks,
                                    const Skeleton& skeleton, const Rows& rows, const Ports& ports);

// --------------------------------------------------------------------- bars

/// Bars of parallel branches reach from the first to the last of them, over other lanes too, so
/// that the lines run straight down.
struct Bars {
  Ports ports;                      ///< those of bars moved
  std::vector<double> left, right;  ///< per node: extent of its box from its axis
};

/// Post: a bar keeps its distance to its neighbours in the row; its lines are the line gap apart.
[[nodiscard]] Bars spread_bars(const Chart& chart, const Wiring& wiring, const Skeleton& skeleton,
                               const Rows& rows, const Ports& ports, const Columns& columns);

// ----------------------------------------------------------------- channels

/// A horizontal piece of a line between two ranks.
struct Track {
  double y = 0;
  double to_x = 0;  ///< where the line turns down again
};

/// y of everything. Channel r lies above row r.
struct Heights {
  std::vector<double> row_middle;          ///< per rank
  std::vector<std::vector<Track>> tracks;  ///< per link, from its upper end; none: straight
  double bottom = 0;
};

/// Post: rows and channels do not overlap; no two pieces of different lines lie on one another,
/// except where both end at the same corner; below a row there is room for the labels of its exits.
[[nodiscard]] Heights place_channels(const Chart& chart, const Wiring& wiring, const Ranks& ranks,
                                     const Skeleton& skeleton, const Ports& ports,
                                     const Columns& columns);

// ------------------------------------------------------------ routes, labels

/// Post: every edge has an axis-parallel path from border to border; boxes, lanes and notes stand.
[[nodiscard]] Layout draw(const Chart& chart, const Wiring& wiring, const Skeleton& skeleton,
                          const Bars& bars, const Columns& columns, const Heights& heights);

/// Post: every edge with a label has one next to its exit; it overlaps no box, no other label and
/// no line but its own.
[[nodiscard]] Layout place_labels(const Chart& chart, Layout layout);

/// Post: where two lines cross, the horizontal one has a bridge.
[[nodiscard]] Layout place_bridges(Layout layout);

/// Post: everything is inside the page, which begins at 0, 0.
[[nodiscard]] Layout place_frame(Layout layout);

}  // namespace flowproof::layout
