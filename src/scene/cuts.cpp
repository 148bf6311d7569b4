#include "scene/cuts.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <utility>

namespace flowproof::scene {

namespace {

constexpr double clearance = 6;        // of a cut from boxes and level lines
constexpr double label_clearance = 3;  // from labels, which stand beside lines
constexpr double inside_stage = 1;     // a stage torn apart is as bad as one more line cut
constexpr std::size_t way_back = 3;  // one that is cut counts as so many lines: a loop stays whole
constexpr std::size_t ending = 3;    // the same of a decision and what ends the case there
constexpr double unused_room = 4;    // a sheet left empty, in lines cut
constexpr double nearly_empty = 0.67, lone = 3;  // more unused than that: only the start, say
constexpr double overfull = 100;                 // more than any number of lines worth counting

using Span = std::pair<double, double>;

// Heights where a cut would hit something, as disjoint ascending intervals.
std::vector<Span> blocked(const Layout& layout) {
  std::vector<Span> spans;
  const auto block = [&](double top, double bottom, double around = clearance) {
    spans.emplace_back(top - around, bottom + around);
  };
  for (const Rect& box : layout.nodes) block(box.y, box.bottom());
  for (const Rect& note : layout.notes) block(note.y, note.bottom());
  for (const EdgeLayout& edge : layout.edges) {
    if (edge.label) block(edge.label->y, edge.label->bottom(), label_clearance);
    for (std::size_t i = 1; i < edge.path.size(); ++i) {
      if (edge.path[i].y == edge.path[i - 1].y) block(edge.path[i].y, edge.path[i].y);
    }
  }
  block(0, layout.lane_header);
  std::sort(spans.begin(), spans.end());
  std::vector<Span> merged;
  for (const Span& span : spans) {
    if (!merged.empty() && span.first <= merged.back().second + 0.01) {
      merged.back().second = std::max(merged.back().second, span.second);
    } else {
      merged.push_back(span);
    }
  }
  return merged;
}

// Upright stretches of lines, counted at any height in logarithmic time.
class Crossings {
 public:
  explicit Crossings(const Source& source) {
    for (std::size_t e = 0; e < source.layout.edges.size(); ++e) {
      const Polyline& path = source.layout.edges[e].path;
      const std::size_t weight = weight_of(source, e);
      for (std::size_t i = 1; i < path.size(); ++i) {
        const auto [low, high] = std::minmax(path[i - 1].y, path[i].y);
        if (low == high) continue;
        tops_.insert(tops_.end(), weight, low);
        bottoms_.insert(bottoms_.end(), weight, high);
      }
    }
    std::sort(tops_.begin(), tops_.end());
    std::sort(bottoms_.begin(), bottoms_.end());
  }
  [[nodiscard]] double at(double y) const {
    const auto begun = std::lower_bound(tops_.begin(), tops_.end(), y) - tops_.begin();
    const auto ended = std::upper_bound(bottoms_.begin(), bottoms_.end(), y) - bottoms_.begin();
    return static_cast<double>(begun - ended);
  }

 private:
  static std::size_t weight_of(const Source& source, std::size_t edge) {
    if (edge < source.facts.returns.size() && source.facts.returns[edge]) return way_back;
    const Edge& line = source.flow.edges[edge];
    const bool ends = source.flow.node(line.from).kind == NodeKind::decision &&
                      source.flow.node(line.to).kind == NodeKind::end;
    return ends ? ending : 1;
  }

  std::vector<double> tops_, bottoms_;
};

struct Best {
  std::size_t sheets = std::numeric_limits<std::size_t>::max();
  double cost = 0;
  std::size_t from = 0;
  bool fit = true;

  [[nodiscard]] bool worse_than(const Best& other) const {
    return std::pair(other.sheets, other.cost) < std::pair(sheets, cost);
  }
};

}  // namespace

std::vector<Gap> gaps_of(const Source& source) {
  const Crossings crossings(source);
  const std::vector<Span> spans = blocked(source.layout);
  const auto ends_stage = [&](double top, double bottom) {
    return std::any_of(source.stages.begin(), source.stages.end(), [&](const StageBand& stage) {
      return stage.bottom > top && stage.bottom < bottom;
    });
  };
  std::vector<Gap> gaps;
  for (std::size_t i = 1; i < spans.size(); ++i) {
    const double top = spans[i - 1].second, bottom = spans[i].first;
    const double y = (top + bottom) / 2;
    const bool torn =
        !source.stages.empty() && !ends_stage(top - 2 * clearance, bottom + 2 * clearance);
    gaps.push_back({y, crossings.at(y) + (torn ? inside_stage : 0), bottom - top});
  }
  return gaps;
}

Cuts choose_cuts(const std::vector<Gap>& gaps, double height, const SheetRoom& room,
                 const PartWidths* widths) {
  std::vector<Gap> places{{}};
  places.insert(places.end(), gaps.begin(), gaps.end());
  places.push_back({.y = height});
  const std::size_t end = places.size() - 1;
  const double most = std::max({room.only, room.first, room.inner, room.last});
  std::vector<Best> best(places.size());
  best.front().sheets = 0;
  for (std::size_t i = 0; i < end; ++i) {
    std::optional<PartWidths::Growing> part;
    if (widths != nullptr) part.emplace(*widths, i);
    for (std::size_t j = i + 1; j <= end; ++j) {
      const double taken = places[j].y - places[i].y;
      if (taken > most && j > i + 1) break;
      const double across = part ? part->width_to(j) / std::max(room.width, 1.0) : 0;
      const double down = taken / std::max(room.on(i == 0, j == end), 1.0);
      const double share = across > 1 ? std::max(across, down) : down;
      if (share > 1 && j > i + 1) continue;
      const double unused = std::max(0.0, 1 - share);
      const Best next{best[i].sheets + 1,
                      best[i].cost + places[j].cost + unused_room * unused * unused +
                          (unused > nearly_empty ? lone : 0) + (share > 1 ? overfull * share : 0),
                      i, best[i].fit && share <= 1};
      if (best[j].worse_than(next)) best[j] = next;
    }
  }
  Cuts cuts{{}, best[end].cost, best[end].fit};
  for (std::size_t i = best[end].from; i > 0; i = best[i].from) cuts.at.push_back(places[i].y);
  std::reverse(cuts.at.begin(), cuts.at.end());
  return cuts;
}

std::vector<double> places_of(const std::vector<Gap>& gaps, double height) {
  std::vector<double> places{0};
  for (const Gap& gap : gaps) places.push_back(gap.y);
  places.push_back(height);
  return places;
}

}  // namespace flowproof::scene
