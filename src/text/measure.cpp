#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "flowproof/layout.hpp"
#include "flowproof/shape.hpp"
#include "text/characters.hpp"
#include "text/line_breaking.hpp"

namespace flowproof {

namespace {

constexpr double smallest_text = 9;
constexpr std::size_t most_lines = 3;
constexpr std::size_t very_many_lanes = 4;                   // boxes rather get higher than wider
constexpr double narrow_share = 0.75;                        // of the common width, with many lanes
constexpr double wide_diamond = 2.2, narrow_diamond = 1.15;  // width to height
constexpr double least_box_height = 32;
constexpr double bar_overhang = 24;  // of a parallel bar over the boxes of its branches
constexpr double label_width = 84, narrow_label_width = 44;
constexpr double note_width = 120;
constexpr LocalizedText timeout_alone{"超时", "on timeout"};
constexpr LocalizedText timeout_beside{"（超时）", " (timeout)"};
constexpr LocalizedText clock_stopped{"不计入时限", "clock stopped"};
constexpr double narrow_header = 5.2;  // em

// With several lanes the sheet has no room to spare sideways.
bool is_narrow(const Flow& flow) { return flow.lanes.size() >= many_lanes; }

TextBlock block_of(std::vector<TextLine> lines) {
  TextBlock block{std::move(lines), {}};
  for (const TextLine& line : block.lines) {
    block.size.width = std::max(block.size.width, text::visible_width(line));
    block.size.height += line.size * line_height;
  }
  return block;
}

void append(std::vector<TextLine>& lines, std::vector<TextLine> more) {
  lines.insert(lines.end(), std::make_move_iterator(more.begin()),
               std::make_move_iterator(more.end()));
}

// What a box says, before it is broken into lines.
struct Words {
  std::string main, performer, limit, stopped;
};

bool is_bar(const Node& node) {
  return node.kind == NodeKind::parallel || node.kind == NodeKind::join;
}

Words words_of(const Flow& flow, const Node& node) {
  Words words;
  words.main = is_bar(node) ? node.get(Attribute::text) : node.label();
  words.performer = node.get(Attribute::by);
  if (node.lane != no_lane && words.performer == flow.lanes[at(node.lane)].name.value) {
    words.performer.clear();
  }
  words.limit = node.get(Attribute::limit);
  return words;
}

// A stopped clock that the symbol itself does not show.
void say_stopped(const Flow& flow, const Profile& profile, const Node& node, Words& words) {
  const Shape shape = profile.theme.nodes[static_cast<std::size_t>(node.kind)].shape;
  if (shape == Shape::suspended || clock_runs(node, profile)) return;
  if (words.limit.find("不计") != std::string::npos) return;
  words.stopped = clock_stopped.in(flow.chart_language());
}

// Performer and limit may stand on one line.
bool can_share(const Words& words) { return !words.performer.empty() && !words.limit.empty(); }

// The words of a box in lines.
struct Broken {
  TextBlock block;
  bool torn = false;  ///< through a word
};

class WordBreaking {
 public:
  explicit WordBreaking(const Profile& profile) : terms_(profile) {}

  [[nodiscard]] Broken lines(std::string_view words, double width, text::LineStyle style) const {
    text::BrokenText broken = text::break_lines(words, width, style, terms_);
    return {block_of(std::move(broken.lines)), broken.torn};
  }
  /// Performer and limit share a line if they may and it fits.
  [[nodiscard]] Broken box(const Words& words, double width, text::LineStyle style,
                           double muted_size, bool may_share) const {
    const text::LineStyle muted{muted_size, true, true};
    std::vector<TextLine> all;
    bool torn = false;
    const auto add = [&](std::string_view part, text::LineStyle how) {
      text::BrokenText broken = text::break_lines(part, width, how, terms_);
      append(all, std::move(broken.lines));
      // Only the main text is worth a wider box.
      torn = torn || (broken.torn && !how.muted);
    };
    add(words.main, style);
    std::string both;
    if (may_share && can_share(words)) both = words.performer + " · " + words.limit;
    if (!both.empty() && text_width(both, muted_size) <= width) {
      add(both, muted);
    } else {
      add(words.performer, muted);
      add(words.limit, muted);
    }
    add(words.stopped, muted);
    return {block_of(std::move(all)), torn};
  }
  /// A little wider than `width` if that spares a word.
  [[nodiscard]] TextBlock label(std::string_view words, double width, text::LineStyle style) const {
    Broken first = lines(words, width, style);
    for (const double more : {1.0, 2.0}) {
      if (!first.torn) break;
      Broken wider = lines(words, width + more * style.size, style);
      if (!wider.torn) return std::move(wider.block);
    }
    return std::move(first.block);
  }

 private:
  text::Terms terms_;
};

// A note beside its box would widen the lane: where lanes are many it is listed below the chart.
std::vector<std::string> note_signs_of(const Flow& flow) {
  constexpr std::array<std::string_view, 10> circled{"①", "②", "③", "④", "⑤",
                                                     "⑥", "⑦", "⑧", "⑨", "⑩"};
  std::vector<std::string> signs(flow.notes.size());
  std::size_t count = 0;
  for (std::size_t i = 0; i < signs.size() && is_narrow(flow); ++i) {
    const std::optional<NodeIndex> target = flow.notes[i].target;
    if (!target || is_bar(flow.node(*target))) continue;
    signs[i] = count < circled.size() ? std::string(circled[count])
                                      : "(" + std::to_string(count + 1) + ")";
    ++count;
  }
  return signs;
}

// Breaks the words of one box so that the box comes out well.
class BoxText {
 public:
  BoxText(const Theme& theme, const LayoutOptions& options, const WordBreaking& breaking,
          bool narrow, bool very_narrow)
      : breaking_(breaking),
        size_(std::max(theme.font_size, smallest_text)),
        muted_size_(std::max(theme.label_size, smallest_text)),
        box_width_(narrow ? options.box_width * narrow_share : options.box_width),
        most_lines_(most_lines + (very_narrow ? 3
                                  : narrow    ? 2
                                              : 0)),
        tallest_(narrow ? most_lines + 3 : most_lines),
        narrow_(narrow),
        options_(options) {}

  [[nodiscard]] double box_width() const { return box_width_; }

  [[nodiscard]] TextBlock fit(const Words& words, Shape shape) const {
    return shape == Shape::decision ? fit_diamond(words) : fit_box(words, shape);
  }
  /// A decision broken into the fewest lines that its diamond has room for, found by `fit` before.
  [[nodiscard]] TextBlock fit_again(const Words& words, Size diamond, TextBlock before) const {
    const double length = std::max(text_width(words.main, size_), size_ * 2);
    for (int lines = 1; lines <= static_cast<int>(most_lines); ++lines) {
      for (const double slack : diamond_slack) {
        Broken broken = breaking_.box(words, length / lines * slack, {size_}, muted_size_, false);
        const double needed = diamond_size(broken.block, diamond.width / diamond.height).width;
        if (!broken.torn && needed <= diamond.width) return std::move(broken.block);
      }
    }
    return before;
  }
  [[nodiscard]] double slope() const { return narrow_ ? narrow_diamond : wide_diamond; }
  /// The widest a box gets before it counts as an outlier of its kind.
  [[nodiscard]] double widest(Shape shape) const {
    if (shape != Shape::decision) return outline_size(shape, {options_.max_text_width, 0}).width;
    return outline_size(shape, {options_.max_text_width * 0.8, size_ * line_height * 2}).width;
  }

 private:
  [[nodiscard]] TextBlock fit_box(const Words& words, Shape shape) const {
    const double room = outline_size(shape, {0, 1}).width;
    const double common = std::max(box_width_ - room, size_ * 6.2);
    const double widest_text = std::max(options_.max_text_width, common);
    // A character more at a time where width is scarce.
    const double wider = (common + widest_text) / 2;
    const double step = narrow_ ? size_ : wider - common;
    const double wide[] = {common, common + step, common + 2 * step, wider};
    const double very_wide[] = {widest_text, widest_text * 1.4, widest_text * 1.8};
    std::optional<Broken> first;
    for (const bool tall : {false, true}) {
      for (const double width : wide) {
        if (width > wider) continue;
        std::optional<Broken> next = fit_width(words, width, tall ? tallest_ : most_lines_);
        if (next && !next->torn) return std::move(next->block);
        if (!first) first = std::move(next);
      }
    }
    // Room for a whole word is worth a step, no more.
    for (const double width : very_wide) {
      if (!first) first = fit_width(words, width, tallest_);
    }
    if (first) return std::move(first->block);
    return breaking_.box(words, very_wide[2], {size_}, muted_size_, true).block;
  }

  // In at most so many lines, few of them of the main text, if that is possible.
  [[nodiscard]] std::optional<Broken> fit_width(const Words& words, double width,
                                                std::size_t lines) const {
    std::optional<Broken> first;
    for (const bool fewest : {false, true}) {
      for (const bool share : {false, true}) {
        Broken next = breaking_.box(words, width, {size_, false, fewest}, muted_size_, share);
        const bool fits = next.block.lines.size() <= (share ? lines : most_lines) &&
                          main_lines(next.block) <= most_lines;
        if (!fits) continue;
        if (!next.torn) return next;
        if (!first) first = std::move(next);
      }
    }
    return first;
  }

  // A diamond of few lines is long, one of many lines high: the least area is best, or the least
  // width where that is scarce.
  [[nodiscard]] TextBlock fit_diamond(const Words& words) const {
    const double length = std::max(text_width(words.main, size_), size_ * 2);
    TextBlock best;
    double least = 0;
    for (int lines = 1; lines <= static_cast<int>(most_lines); ++lines) {
      for (const double slack : diamond_slack) {
        const double width =
            std::clamp(length / lines * slack, size_ * 4, options_.max_text_width * 2);
        for (const bool share : {false, true}) {
          if (share && !can_share(words)) break;
          Broken broken = breaking_.box(words, width, {size_}, muted_size_, share);
          const Size box = diamond_size(broken.block, slope());
          const double cost = (narrow_ ? box.width + box.height / 2 : box.width * box.height) *
                              (broken.torn ? torn_cost : 1);
          if (!best.lines.empty() && cost >= least * 0.97) continue;
          best = std::move(broken.block);
          least = cost;
        }
      }
    }
    return best;
  }

  static std::size_t main_lines(const TextBlock& block) {
    return static_cast<std::size_t>(std::count_if(
        block.lines.begin(), block.lines.end(), [](const TextLine& line) { return !line.muted; }));
  }

  static constexpr double diamond_slack[] = {1.08, 1.3};
  static constexpr double torn_cost = 1.25;

  const WordBreaking& breaking_;
  double size_, muted_size_, box_width_;
  std::size_t most_lines_, tallest_;
  bool narrow_;
  const LayoutOptions& options_;
};

// Bars reach over the boxes of their branches, as far as these are in their lane.
double bar_width(std::size_t branches, double box_width, double gap) {
  const auto extra = static_cast<double>(std::clamp<std::size_t>(branches, 1, 6) - 1);
  return std::max(extra * (box_width + gap), box_width) + 2 * bar_overhang;
}

// Boxes of a kind are equally wide, and equally high where their text allows; only a text that asks
// for far more is an exception.
void make_uniform(const Flow& flow, const Theme& theme, const BoxText& fitter,
                  std::vector<Size>& sizes) {
  const double near_height = is_narrow(flow) ? 1.15 : 1.35;
  for (std::size_t kind = 0; kind < node_kind_count; ++kind) {
    const Shape shape = theme.nodes[kind].shape;
    const double limit = fitter.widest(shape) + 0.01;
    const auto is_kind = [&](std::size_t i) {
      return static_cast<std::size_t>(flow.nodes[i].kind) == kind;
    };
    Size common;
    for (std::size_t i = 0; i < sizes.size(); ++i) {
      if (!is_kind(i) || sizes[i].width > limit) continue;
      common.width = std::max(common.width, sizes[i].width);
      common.height = std::max(common.height, sizes[i].height);
    }
    for (std::size_t i = 0; i < sizes.size(); ++i) {
      if (!is_kind(i)) continue;
      sizes[i].width = std::max(sizes[i].width, common.width);
      if (common.height <= sizes[i].height * near_height) {
        sizes[i].height = std::max(sizes[i].height, common.height);
      }
    }
  }
}

std::vector<std::size_t> branch_counts(const Flow& flow) {
  std::vector<std::size_t> exits(flow.nodes.size());
  std::vector<std::size_t> entries(flow.nodes.size());
  for (const Edge& edge : flow.edges) {
    if (flow.node(edge.from).lane != flow.node(edge.to).lane) continue;
    ++exits[at(edge.from)];
    ++entries[at(edge.to)];
  }
  for (std::size_t i = 0; i < exits.size(); ++i) exits[i] = std::max(exits[i], entries[i]);
  return exits;
}

void measure_nodes(const Flow& flow, const Profile& profile, const WordBreaking& breaking,
                   Measured& measured) {
  const BoxText fitter(profile.theme, profile.layout, breaking, is_narrow(flow),
                       flow.lanes.size() >= very_many_lanes);
  const std::vector<std::size_t> branches = branch_counts(flow);
  std::vector<Words> words;
  for (const Node& node : flow.nodes) {
    words.push_back(words_of(flow, node));
    say_stopped(flow, profile, node, words.back());
  }
  for (std::size_t i = 0; i < flow.notes.size(); ++i) {
    if (!measured.note_signs[i].empty()) {
      words[at(*flow.notes[i].target)].main += measured.note_signs[i];
    }
  }
  for (std::size_t i = 0; i < flow.nodes.size(); ++i) {
    const Node& node = flow.nodes[i];
    const Shape shape = profile.theme.nodes[static_cast<std::size_t>(node.kind)].shape;
    measured.nodes.push_back(fitter.fit(words[i], shape));
    const TextBlock& text = measured.nodes.back();
    Size box = shape == Shape::decision ? diamond_size(text, fitter.slope())
                                        : outline_size(shape, text.size);
    if (shape == Shape::parallel) {
      box.width =
          std::max(box.width, bar_width(branches[i], fitter.box_width(), profile.layout.node_gap));
    } else {
      if (shape != Shape::decision) box.width = std::max(box.width, fitter.box_width());
      box.height = std::max(box.height, least_box_height);
    }
    measured.node_sizes.push_back({std::ceil(box.width), std::ceil(box.height)});
  }
  make_uniform(flow, profile.theme, fitter, measured.node_sizes);
  for (std::size_t i = 0; i < flow.nodes.size(); ++i) {
    const NodeKind kind = flow.nodes[i].kind;
    if (profile.theme.nodes[static_cast<std::size_t>(kind)].shape != Shape::decision) continue;
    measured.nodes[i] =
        fitter.fit_again(words[i], measured.node_sizes[i], std::move(measured.nodes[i]));
  }
}

}  // namespace

double text_width(std::string_view utf8, double size) {
  double width = 0;
  for (std::size_t offset = 0; offset < utf8.size();) {
    width += double{text::advance_of(text::next_code(utf8, offset))};
  }
  return width * size;
}

Measured measure(const Flow& flow, const Profile& profile) {
  Measured measured;
  measured.note_signs = note_signs_of(flow);
  const WordBreaking breaking(profile);
  measure_nodes(flow, profile, breaking, measured);
  const double size = std::max(profile.theme.label_size, smallest_text);
  for (const Edge& edge : flow.edges) {
    std::string words = edge.when.value;
    if (edge.timeout) {
      words += (words.empty() ? timeout_alone : timeout_beside).in(flow.chart_language());
    }
    const double width = is_narrow(flow) ? narrow_label_width : label_width;
    TextBlock label = breaking.label(words, width, {size, false});
    if (label.lines.size() > most_lines) {
      label = breaking.label(words, width * 2, {size, false});
    }
    measured.labels.push_back(std::move(label));
  }
  // A header of one line would be all that keeps an empty lane wide.
  const double lane_text = is_narrow(flow)
                               ? narrow_header * std::max(profile.theme.font_size, smallest_text)
                               : std::max(profile.layout.box_width, profile.layout.max_text_width);
  for (const Lane& lane : flow.lanes) {
    const std::string& name = lane.name.empty() ? lane.id.value : lane.name.value;
    measured.lanes.push_back(
        breaking.label(name, lane_text, {std::max(profile.theme.font_size, smallest_text)}));
  }
  for (const Note& note : flow.notes) {
    measured.notes.push_back(breaking.lines(note.text.value, note_width, {size, true}).block);
  }
  return measured;
}

}  // namespace flowproof
