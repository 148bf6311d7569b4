// The scene's own words: kinds of nodes, captions, and the sentences that describe a chart to
// someone who listens to it.
#pragma once

#include <string>

#include "flowproof/facts.hpp"
#include "flowproof/flow.hpp"
#include "flowproof/guide.hpp"
#include "flowproof/layout.hpp"
#include "flowproof/message.hpp"

namespace flowproof::scene {

/// A part of the ruler beside the chart, in the layout's heights.
struct StageBand {
  std::string name, limit;  ///< no name: of no one stage
  double top = 0, bottom = 0;
  bool promised = false;  ///< marked: its time is part of the promised limit
};

/// What a chart is made from.
struct Source {
  const Flow& flow;
  const Guide* guide;  ///< may be null
  const Facts& facts;
  const Measured& measured;
  const Layout& layout;
  const Profile& profile;
  Language language;
  PageSetup page = {};
  std::vector<StageBand> stages = {};  ///< of the ruler; empty: no ruler
  double ruler_width = 0;
  bool all_lanes = true;  ///< on every sheet; else those with something in them there
  bool airy = false;      ///< sheets are wide enough for air beside the borders of lanes
  std::size_t header_lines =
      0;                 ///< of a lane at most, for which it is then wide enough; 0: as measured
  bool in_book = false;  ///< its sheets are counted apart from the pages they stand on

  /// The same chart as a sheet shows it.
  [[nodiscard]] Source with(const Layout& other) const {
    return {flow, guide,  facts,       measured,  other, profile,      language,
            page, stages, ruler_width, all_lanes, airy,  header_lines, in_book};
  }
  /// What the ruler takes at the left; lanes stand right beside it.
  [[nodiscard]] double ruler_room() const {
    return stages.empty() ? 0 : ruler_width + (flow.lanes.empty() ? 12 : 0);
  }
  [[nodiscard]] double chart_width() const { return layout.size.width + ruler_room(); }
  [[nodiscard]] std::string say(const LocalizedText& text, const Arguments& arguments = {}) const {
    return render(text, arguments, language);
  }
  /// The flow's own text, else the guide's.
  [[nodiscard]] std::string statutory() const;
  [[nodiscard]] std::string promised() const;
  [[nodiscard]] std::string contact(const Text& own, std::string_view kind) const;
};

/// Of a stage marked on the ruler.
inline constexpr LocalizedText promised_mark{"计入承诺时限", "within the promised limit"};

[[nodiscard]] LocalizedText kind_name(NodeKind kind);
/// True if time does not run while this node is worked on.
[[nodiscard]] bool clock_stopped(const Source& source, NodeIndex node);

/// "食品经营许可办理流程图": the flow's title, else the guide's name, with the words that make it a
/// title.
[[nodiscard]] std::string title_of(const Source& source);
/// What a listener would call it: bars need no text, and their id says nothing.
[[nodiscard]] std::string called(const Source& source, NodeIndex node);
/// "判断：材料是否齐全？ 综合窗口，5个工作日；是→受理，否→补正"
[[nodiscard]] std::string node_sentence(const Source& source, NodeIndex node);
/// "收件→受理（是）"
[[nodiscard]] std::string edge_sentence(const Source& source, EdgeIndex edge);
/// The whole chart in a few sentences.
[[nodiscard]] std::string description_of(const Source& source);

/// Text as it may be drawn: reordering and control characters shown as code points, a pile of
/// combining marks and a text beyond all measure cut with "…". Ordinary text comes back unchanged.
[[nodiscard]] std::string visible(std::string text);

}  // namespace flowproof::scene
