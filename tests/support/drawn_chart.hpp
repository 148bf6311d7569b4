// A small chart with a layout made by hand: every symbol, lanes, a way back, a bridge, a note.
// Tests of scene and writers use it, so that no change of the layout engine can touch them.
#pragma once

#include <string>
#include <vector>

#include "flowproof/facts.hpp"
#include "flowproof/flow.hpp"
#include "flowproof/layout.hpp"
#include "flowproof/profile.hpp"
#include "flowproof/scene.hpp"

namespace flowproof::test {

struct DrawnChart {
  Flow flow;
  Facts facts;
  Measured measured;
  Layout layout;
  Profile profile;

  /// A box; `lines` are its texts, the second and later ones muted.
  NodeIndex box(NodeKind kind, const std::string& id, std::vector<std::string> lines, Rect area,
                std::uint32_t lane = at(no_lane));
  /// Edges must be added in the order of their source boxes.
  EdgeIndex line(NodeIndex from, NodeIndex to, Polyline path, const std::string& when = {},
                 Rect label = {}, std::vector<Point> bridges = {});
  void lane(const std::string& id, const std::string& name, Rect area);
  void note(NodeIndex target, const std::string& text, Rect area);

  [[nodiscard]] Scene scene(const ComposeOptions& options = {}) const;
};

[[nodiscard]] DrawnChart permit_chart();

}  // namespace flowproof::test
