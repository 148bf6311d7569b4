#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "flowproof/layout.hpp"
#include "flowproof/shape.hpp"
#include "text/characters.hpp"
#include "text/line_breaking.hpp"
#include "text/text_memory.hpp"

namespace flowproof {

namespace {

constexpr double smallest_text = 9;
constexpr std::size_t most_lines = 3;
constexpr std::size_t very_many_lanes = 4;                   // boxes rather get higher than wider
constexpr double narrow_share = 0.75;                        // of the common width, with many lanes
constexpr double wide_diamond = 2.2, narrow_diamond = 1.15;  // width to height
constexpr double least_box_height = 32;
constexpr double bar_overhang = 24;  // of a parallel bar over the boxes of its branches
constexpr double label_width = 9.3, narrow_label_width = 5 + text::hang;  // em
constexpr double note_width = 120;
constexpr LocalizedText timeout_alone{"超时", "on timeout"};
constexpr LocalizedText timeout_beside{"（超时）", " (timeout)"};
constexpr double narrow_header = 5.2;  // em

// With several lanes the sheet has no room to spare sideways.
bool is_narrow(const Flow& flow) { return flow.lanes.size() >= many_lanes; }

// What a box says, before it is broken into lines; points into the flow.
struct Words {
  std::string_view main, performer, limit, stopped;
  std::string_view sign;  // of a note, at the end of the main text
};

Words words_of(const Flow& flow, const Profile& profile, const Node& node) {
  Words words;
  words.main = is_bar(node.kind) ? node.get(Attribute::text) : node.label();
  words.performer = node.get(Attribute::by);
  if (node.lane != no_lane && words.performer == flow.lanes[at(node.lane)].name.value) {
    words.performer = {};
  }
  words.limit = node.get(Attribute::limit);
  // A stopped clock that the symbol itself does not show.
  const Shape shape = profile.theme.nodes[static_cast<std::size_t>(node.kind)].shape;
  if (shape != Shape::suspended && !clock_runs(node, profile) &&
      words.limit.find("不计") == std::string_view::npos) {
    words.stopped = clock_stopped_mark.in(flow.chart_language());
  }
  return words;
}

// What a block is, for its key: the same words are broken otherwise in another place.
enum class Part : std::uint8_t { box, diamond, label, header, note };

text::TextKey key_of(Part part, const Flow& flow) {
  const unsigned lanes = is_narrow(flow) ? flow.lanes.size() >= very_many_lanes ? 2 : 1 : 0;
  return text::TextKey().add(static_cast<std::uint32_t>(part) << 2U | lanes);
}

struct LineStyle {
  double size = 10.5;  ///< font size
  bool muted = false;
};

// A breaking of one text or several, one below another; without the words themselves.
class Draft {
 public:
  void add(text::Paragraph& paragraph, double width, LineStyle style,
           text::Prefer prefer = text::Prefer::whole_words) {
    if (paragraph.empty()) return;
    const text::BrokenText& broken = paragraph.lines(width / style.size, prefer);
    // Only the main text is worth a wider box.
    torn_ = torn_ || (broken.torn && !style.muted);
    if (!style.muted) main_lines_ += broken.lines.size();
    for (const text::BrokenLine& line : broken.lines) {
      block_.lines.push_back({{}, line.width * style.size, style.size, style.muted});
      block_.size.width = std::max(block_.size.width, line.visible * style.size);
      block_.size.height += style.size * line_height;
      words_.push_back(paragraph.words_of(line));
    }
  }
  [[nodiscard]] const TextBlock& outline() const { return block_; }
  [[nodiscard]] std::size_t line_count() const { return words_.size(); }
  [[nodiscard]] std::size_t main_lines() const { return main_lines_; }
  [[nodiscard]] bool torn() const { return torn_; }  ///< through a word

  [[nodiscard]] TextBlock block() && {
    for (std::size_t i = 0; i < words_.size(); ++i) block_.lines[i].text = words_[i];
    return std::move(block_);
  }

 private:
  TextBlock block_;
  std::vector<std::string_view> words_;
  std::size_t main_lines_ = 0;
  bool torn_ = false;
};

// The words of one box in lines.
class BoxWords {
 public:
  BoxWords(const Words& words, const Profile& profile, double size, double muted_size)
      : size_(size),
        muted_size_(muted_size),
        main_words_(std::string(words.main).append(words.sign)),
        both_words_(words.performer.empty() || words.limit.empty()
                        ? std::string()
                        : std::string(words.performer).append(" · ").append(words.limit)),
        main_(main_words_, profile),
        performer_(words.performer, profile),
        limit_(words.limit, profile),
        stopped_(words.stopped, profile),
        both_(both_words_, profile) {}
  BoxWords(const BoxWords&) = delete;
  BoxWords& operator=(const BoxWords&) = delete;

  /// Performer and limit share a line if they may and it fits.
  [[nodiscard]] Draft draft(double width, text::Prefer prefer, bool may_share) {
    const LineStyle muted{muted_size_, true};
    Draft draft;
    draft.add(main_, width, {size_}, prefer);
    if (may_share && can_share() && both_.width() * muted_size_ <= width) {
      draft.add(both_, width, muted, text::Prefer::few_lines);
    } else {
      draft.add(performer_, width, muted, text::Prefer::few_lines);
      draft.add(limit_, std::max(width, std::min(limit_.width(), whole_limit) * muted_size_), muted,
                text::Prefer::few_lines);
    }
    draft.add(stopped_, width, muted, text::Prefer::few_lines);
    return draft;
  }
  /// Performer and limit may stand on one line.
  [[nodiscard]] bool can_share() const { return !both_.empty(); }
  /// Of the main text on one line, but of two characters at least.
  [[nodiscard]] double length() const { return std::max(main_.width(), 2.0) * size_; }

 private:
  // A short question is no reason to tear 5个工作日; a longer limit breaks between its words.
  static constexpr double whole_limit = 6.2;  // em

  double size_, muted_size_;
  std::string main_words_, both_words_;
  text::Paragraph main_, performer_, limit_, stopped_, both_;
};

// A note beside its box would widen the lane: where lanes are many it is listed below the chart.
std::vector<std::string> note_signs_of(const Flow& flow) {
  constexpr std::array<std::string_view, 10> circled{"①", "②", "③", "④", "⑤",
                                                     "⑥", "⑦", "⑧", "⑨", "⑩"};
  std::vector<std::string> signs(flow.notes.size());
  std::size_t count = 0;
  for (std::size_t i = 0; i < signs.size() && is_narrow(flow); ++i) {
    const std::optional<NodeIndex> target = flow.notes[i].target;
    if (!target || is_bar(flow.node(*target).kind)) continue;
    signs[i] = count < circled.size() ? std::string(circled[count])
                                      : "(" + std::to_string(count + 1) + ")";
    ++count;
  }
  return signs;
}

// Breaks the words of one box so that the box comes out well.
class BoxText {
 public:
  BoxText(const Theme& theme, const LayoutOptions& options, bool narrow, bool very_narrow)
      : size_(std::max(theme.font_size, smallest_text)),
        muted_size_(std::max(theme.label_size, smallest_text)),
        box_width_(narrow ? options.box_width * narrow_share : options.box_width),
        most_lines_(most_lines + (very_narrow ? 3
                                  : narrow    ? 2
                                              : 0)),
        tallest_(narrow ? most_lines + 3 : most_lines),
        narrow_(narrow),
        options_(options) {}

  [[nodiscard]] double box_width() const { return box_width_; }

  [[nodiscard]] double size() const { return size_; }
  [[nodiscard]] double muted_size() const { return muted_size_; }

  [[nodiscard]] TextBlock fit(BoxWords& words, Shape shape) const {
    return shape == Shape::decision ? fit_diamond(words) : fit_box(words, shape);
  }
  /// A decision broken into the fewest lines that its diamond has room for, found by `fit` before.
  [[nodiscard]] TextBlock fit_again(BoxWords& words, Size diamond, TextBlock before) const {
    for (int lines = 1; lines <= static_cast<int>(most_lines); ++lines) {
      for (const double slack : diamond_slack) {
        Draft draft = words.draft(words.length() / lines * slack, text::Prefer::whole_words, false);
        const double needed = diamond_size(draft.outline(), diamond.width / diamond.height).width;
        const bool fits = static_cast<int>(draft.main_lines()) <= lines && needed <= diamond.width;
        if (fits && !draft.torn()) return std::move(draft).block();
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
  [[nodiscard]] TextBlock fit_box(BoxWords& words, Shape shape) const {
    const double room = outline_size(shape, {0, 1}).width;
    const double common = std::max(box_width_ - room, size_ * 6.2);
    const double widest_text = std::max(options_.max_text_width, common);
    // A character more at a time where width is scarce.
    const double wider = (common + widest_text) / 2;
    const double step = narrow_ ? size_ : wider - common;
    const double wide[] = {common, common + step, common + 2 * step, wider};
    const double very_wide[] = {widest_text, widest_text * 1.4, widest_text * 1.8};
    std::optional<Draft> first;
    for (const bool tall : {false, true}) {
      for (const double width : wide) {
        if (width > wider) continue;
        std::optional<Draft> next = fit_width(words, width, tall ? tallest_ : most_lines_);
        if (next && !next->torn()) return (*std::move(next)).block();
        if (!first) first = std::move(next);
      }
    }
    // Room for a whole word is worth a step, no more.
    for (const double width : very_wide) {
      if (!first) first = fit_width(words, width, tallest_);
    }
    if (!first) first = words.draft(very_wide[2], text::Prefer::whole_words, true);
    return (*std::move(first)).block();
  }

  // In at most so many lines, few of them of the main text, if that is possible.
  [[nodiscard]] std::optional<Draft> fit_width(BoxWords& words, double width,
                                               std::size_t lines) const {
    std::optional<Draft> first;
    for (const text::Prefer prefer : {text::Prefer::whole_words, text::Prefer::few_lines}) {
      for (const bool share : {false, true}) {
        if (share && !words.can_share() && lines == most_lines) break;  // the same again
        Draft next = words.draft(width, prefer, share);
        const bool fits =
            next.line_count() <= (share ? lines : most_lines) && next.main_lines() <= most_lines;
        if (!fits) continue;
        if (!next.torn()) return next;
        if (!first) first = std::move(next);
      }
    }
    return first;
  }

  // A diamond of few lines is long, one of many lines high: the least area is best, or the least
  // width where that is scarce.
  [[nodiscard]] TextBlock fit_diamond(BoxWords& words) const {
    std::optional<Draft> best;
    double least = 0;
    for (int lines = 1; lines <= static_cast<int>(most_lines); ++lines) {
      for (const double slack : diamond_slack) {
        const double width =
            std::clamp(words.length() / lines * slack, size_ * 4, options_.max_text_width * 2);
        for (const bool share : {false, true}) {
          if (share && !words.can_share()) break;
          Draft draft = words.draft(width, text::Prefer::whole_words, share);
          const Size box = diamond_size(draft.outline(), slope());
          const double cost = (narrow_ ? box.width + box.height / 2 : box.width * box.height) *
                              (draft.torn() ? torn_cost : 1) *
                              (draft.main_lines() == most_lines ? third_line_cost : 1);
          if (best && best->line_count() > 0 && cost >= least * 0.97) continue;
          best = std::move(draft);
          least = cost;
        }
      }
    }
    return (*std::move(best)).block();
  }

  static constexpr double diamond_slack[] = {1.08, 1.3};
  static constexpr double torn_cost = 1.25, third_line_cost = 1.1;

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
  std::array<double, node_kind_count> limits{};
  for (std::size_t kind = 0; kind < node_kind_count; ++kind) {
    limits[kind] = fitter.widest(theme.nodes[kind].shape) + 0.01;
  }
  const auto kind_of = [&](std::size_t i) { return static_cast<std::size_t>(flow.nodes[i].kind); };
  std::array<Size, node_kind_count> commons{};
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    if (sizes[i].width > limits[kind_of(i)]) continue;
    Size& common = commons[kind_of(i)];
    common.width = std::max(common.width, sizes[i].width);
    common.height = std::max(common.height, sizes[i].height);
  }
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    const Size& common = commons[kind_of(i)];
    sizes[i].width = std::max(sizes[i].width, common.width);
    if (common.height <= sizes[i].height * near_height) {
      sizes[i].height = std::max(sizes[i].height, common.height);
    }
  }
}

// In few lines at the first of the widths where that is possible, or at the last; each may be a
// little wider if that spares a word.
TextBlock label_of(std::string_view text, const Profile& profile,
                   std::initializer_list<double> widths, LineStyle style) {
  text::Paragraph words(text, profile);
  const auto at_width = [&](double width) {
    Draft draft;
    draft.add(words, width, style);
    return draft;
  };
  Draft best;
  for (const double width : widths) {
    best = at_width(width);
    for (const double more : {1.0, 2.0}) {
      if (!best.torn()) break;
      Draft wider = at_width(width + more * style.size);
      if (!wider.torn()) best = std::move(wider);
    }
    if (best.line_count() <= most_lines) break;
  }
  return std::move(best).block();
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

void measure_nodes(const Flow& flow, const Profile& profile, text::TextMemory& memory,
                   Measured& measured) {
  const BoxText fitter(profile.theme, profile.layout, is_narrow(flow),
                       flow.lanes.size() >= very_many_lanes);
  const std::vector<std::size_t> branches = branch_counts(flow);
  std::vector<Words> words;
  words.reserve(flow.nodes.size());
  measured.nodes.reserve(flow.nodes.size());
  measured.node_sizes.reserve(flow.nodes.size());
  for (const Node& node : flow.nodes) words.push_back(words_of(flow, profile, node));
  for (std::size_t i = 0; i < flow.notes.size(); ++i) {
    if (!measured.note_signs[i].empty()) {
      words[at(*flow.notes[i].target)].sign = measured.note_signs[i];
    }
  }
  // What `find` gives for the words of a box, which are looked into only if it is not known.
  const auto block_of = [&](std::size_t i, text::TextKey key, const auto& find) {
    const Words& box = words[i];
    for (const std::string_view text :
         {box.main, box.sign, box.performer, box.limit, box.stopped}) {
      key.add(text);
    }
    return memory.get(key, [&] {
      BoxWords broken(box, profile, fitter.size(), fitter.muted_size());
      return find(broken);
    });
  };
  for (std::size_t i = 0; i < flow.nodes.size(); ++i) {
    const Node& node = flow.nodes[i];
    const Shape shape = profile.theme.nodes[static_cast<std::size_t>(node.kind)].shape;
    measured.nodes.push_back(
        block_of(i, key_of(Part::box, flow).add(static_cast<std::uint32_t>(shape)),
                 [&](BoxWords& box) { return fitter.fit(box, shape); }));
    const TextBlock& text = measured.nodes.back();
    Size box = shape == Shape::decision ? diamond_size(text, fitter.slope())
                                        : outline_size(shape, text.size);
    if (shape == Shape::terminator) {
      box.width = std::max(box.width, terminator_width(text, box.height));
    }
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
    const Size& size = measured.node_sizes[i];  // whole points
    measured.nodes[i] = block_of(
        i,
        key_of(Part::diamond, flow)
            .add(static_cast<std::uint32_t>(size.width))
            .add(static_cast<std::uint32_t>(size.height)),
        [&](BoxWords& box) { return fitter.fit_again(box, size, std::move(measured.nodes[i])); });
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

std::vector<std::string> break_text(std::string_view utf8, double size, double width, Fill fill,
                                    const Profile& profile) {
  const double max_em = width / size;
  text::Paragraph paragraph(utf8, profile);
  if (paragraph.width() <= max_em) return {std::string(utf8)};
  const text::BrokenText broken =
      fill == Fill::full ? paragraph.full_lines(max_em) : paragraph.lines(max_em - text::hang);
  std::vector<std::string> lines;
  for (const text::BrokenLine& line : broken.lines) lines.emplace_back(paragraph.words_of(line));
  return lines;
}

Measured measure(const Flow& flow, const Profile& profile) {
  Measured measured;
  measured.note_signs = note_signs_of(flow);
  text::TextMemory& memory = text::TextMemory::of(profile);
  measure_nodes(flow, profile, memory, measured);
  const double size = std::max(profile.theme.label_size, smallest_text);
  measured.labels.reserve(flow.edges.size());
  for (const Edge& edge : flow.edges) {
    std::string words = edge.when.value;
    if (edge.timeout && !edge.names_timeout()) {
      words += (words.empty() ? timeout_alone : timeout_beside).in(flow.chart_language());
    }
    const double width = size * (is_narrow(flow) ? narrow_label_width : label_width);
    measured.labels.push_back(memory.get(key_of(Part::label, flow).add(words), [&] {
      return label_of(words, profile, {width, width * 2}, {size, false});
    }));
  }
  // A header of one line would be all that keeps an empty lane wide.
  const double header_size = std::max(profile.theme.font_size, smallest_text);
  const double header_width =
      is_narrow(flow) ? narrow_header * header_size
                      : std::max(profile.layout.box_width, profile.layout.max_text_width);
  for (const Lane& lane : flow.lanes) {
    const std::string& name = lane.name.empty() ? lane.id.value : lane.name.value;
    measured.lanes.push_back(memory.get(key_of(Part::header, flow).add(name), [&] {
      return label_of(name, profile, {header_width}, {header_size, false});
    }));
  }
  for (const Note& note : flow.notes) {
    measured.notes.push_back(memory.get(key_of(Part::note, flow).add(note.text.value), [&] {
      text::Paragraph words(note.text.value, profile);
      Draft draft;
      draft.add(words, note_width, {size, true});
      return std::move(draft).block();
    }));
  }
  return measured;
}

}  // namespace flowproof
