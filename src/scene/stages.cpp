#include "scene/stages.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

namespace flowproof::scene {

namespace {

constexpr std::size_t least_stages = 3;
constexpr double hairline = 0.75;
constexpr double padding = 2;

struct Run {
  std::string name;
  double top = 0, bottom = 0;  ///< of its boxes on the main line
  std::string limit;
};

// What the limits of a stage come to; nothing is said about those that have no common unit.
class Budget {
 public:
  void take(const TimeLimit& limit) {
    if (limit.form == LimitForm::absent) return;
    if (!limit.has_amount() || limit.ordinal) {
      known_ = false;
    } else if (limit.form == LimitForm::instant) {
      instant_ = true;
    } else {
      known_ = known_ && (!unit_ || *unit_ == limit.amount.unit);
      unit_ = limit.amount.unit;
    }
  }
  [[nodiscard]] std::string text(const Source& source, std::int64_t milli) const {
    if (!known_) return {};
    if (unit_) return source.say({"{time}", "{time}"}, {{"time", Quantity{milli, *unit_}}});
    return instant_ ? source.say({"当场", "on the spot"}) : std::string();
  }

 private:
  std::optional<TimeUnit> unit_;
  bool instant_ = false, known_ = true;
};

// Stages whose boxes stand side by side share a run: "申请·收件".
std::vector<Run> runs_of(const Source& source) {
  std::vector<Run> runs;
  for (const NodeIndex index : source.layout.main_line) {
    const Rect& box = source.layout.nodes[at(index)];
    const std::string stage = visible(source.flow.node(index).get(Attribute::stage));
    if (stage.empty()) continue;
    if (!runs.empty() && box.y < runs.back().top) return {};
    const bool beside = !runs.empty() && box.y < runs.back().bottom;
    if (runs.empty() || (runs.back().name != stage && !beside)) {
      runs.push_back({stage, box.y, box.bottom(), {}});
    } else if (runs.back().name.find(stage) == std::string::npos) {
      runs.back().name += "·" + stage;
    }
    runs.back().bottom = std::max(runs.back().bottom, box.bottom());
  }
  return runs;
}

// Per box: ways lead from it, without going back, to the end of the main line. A refusal's time is
// no part of what the stages come to.
std::vector<bool> leading_on(const Source& source) {
  const Facts& facts = source.facts;
  std::vector<bool> leads(source.flow.nodes.size());
  for (const NodeIndex index : source.layout.main_line) leads[at(index)] = true;
  for (auto node = facts.order.rbegin(); node != facts.order.rend(); ++node) {
    for (const EdgeIndex exit : facts.graph.exits(*node)) {
      if (!facts.returns[at(exit)] && leads[at(source.flow.edge(exit).to)]) leads[at(*node)] = true;
    }
  }
  return leads;
}

// The longest counted way through each stage, so that the ruler adds up to the longest way of all:
// the stages of two ways are not those of the shorter one.
void measure(const Source& source, std::vector<Run>& runs) {
  const Facts& facts = source.facts;
  const std::size_t count = source.flow.nodes.size();
  if (facts.order.size() != count) return;
  const std::vector<bool> leads = leading_on(source);
  std::vector<std::vector<std::size_t>> members(runs.size());  // places in the order
  for (std::size_t place = 0; place < count; ++place) {
    const NodeIndex index = facts.order[place];
    const std::string stage = visible(source.flow.node(index).get(Attribute::stage));
    const double y = source.layout.nodes[at(index)].center().y;
    auto run = std::partition_point(runs.begin(), runs.end(),
                                    [y](const Run& each) { return each.top <= y; });
    if (run == runs.begin() || stage.empty() || !leads[at(index)]) continue;
    --run;
    if (run->name.find(stage) == std::string::npos) continue;
    members[static_cast<std::size_t>(run - runs.begin())].push_back(place);
  }
  std::vector<std::int64_t> longest(count);
  for (std::size_t i = 0; i < runs.size(); ++i) {
    if (members[i].empty()) continue;
    Budget budget;
    std::int64_t total = 0;
    auto member = members[i].begin();
    for (std::size_t place = *member; place <= members[i].back(); ++place) {
      const NodeIndex index = facts.order[place];
      std::int64_t& here = longest[at(index)] = 0;
      for (const EdgeIndex entry : facts.graph.entries(index)) {
        if (!facts.returns[at(entry)]) {
          here = std::max(here, longest[at(source.flow.edge(entry).from)]);
        }
      }
      if (place != *member) continue;
      ++member;
      if (!facts.counted[at(index)]) continue;
      const TimeLimit& limit = source.flow.node(index).limit;
      budget.take(limit);
      if (limit.has_amount()) here += limit.amount.milli;
      total = std::max(total, here);
    }
    runs[i].limit = budget.text(source, total);
    for (std::size_t place = members[i].front(); place <= members[i].back(); ++place) {
      longest[at(facts.order[place])] = 0;
    }
  }
}

// Boxes beside the main line stand beside their own stage as far as they have rows to themselves.
void take_in_others(const Source& source, std::vector<Run>& runs) {
  const std::vector<Run> main = runs;
  for (std::uint32_t i = 0; i < source.layout.nodes.size(); ++i) {
    const Rect& box = source.layout.nodes[i];
    const std::string stage = visible(source.flow.nodes[i].get(Attribute::stage));
    const auto below = std::partition_point(main.begin(), main.end(),
                                            [&](const Run& run) { return run.top <= box.y; });
    if (stage.empty() || below == main.begin() || below == main.end()) continue;
    const auto above = below - 1;
    if (box.y < above->bottom || box.bottom() > below->top) continue;
    const auto next = static_cast<std::size_t>(below - main.begin());
    if (above->name.find(stage) != std::string::npos) {
      runs[next - 1].bottom = std::max(runs[next - 1].bottom, box.bottom());
    } else if (below->name.find(stage) != std::string::npos) {
      runs[next].top = std::min(runs[next].top, box.y);
    }
  }
}

// "5个" and "工作日" stand below one another, or the ruler would take room from the lanes.
std::vector<std::string> parts_of(const std::string& limit) {
  constexpr std::string_view tails[] = {"工作日", "working days", "working day"};
  for (const std::string_view tail : tails) {
    if (!limit.ends_with(tail) || limit.size() <= tail.size()) continue;
    std::string head = limit.substr(0, limit.size() - tail.size());
    while (head.ends_with(' ')) head.pop_back();
    return {std::move(head), std::string(tail)};
  }
  return {limit};
}

double longest_part(const std::string& limit, double size) {
  double width = 0;
  for (const std::string& part : parts_of(limit)) width = std::max(width, text_width(part, size));
  return width;
}

// `topmost`: nothing above has drawn its upper side.
Group stage_group(const Source& source, const StageBand& stage, const Rect& area, bool topmost) {
  const Theme& theme = source.profile.theme;
  Group group{.role = Role::paragraph, .css_class = "stage"};
  group.name = source.say({"环节：{stage}", "Stage: {stage}"}, {{"stage", stage.name}});
  if (!stage.limit.empty()) {
    group.name += (source.language == Language::zh ? "，" : ", ") + stage.limit;
  }
  // Each line once: the right side is the first lane's left one, if there are lanes.
  Path sides;
  if (topmost) {
    sides = {MoveTo{{area.right(), area.y}}, LineTo{{area.x, area.y}}};
  } else {
    sides = {MoveTo{{area.x, area.y}}};
  }
  sides.emplace_back(LineTo{{area.x, area.bottom()}});
  sides.emplace_back(LineTo{{area.right(), area.bottom()}});
  if (source.flow.lanes.empty()) sides.emplace_back(LineTo{{area.right(), area.y}});
  group.items.emplace_back(stroked(std::move(sides), theme.lane_line, hairline));
  TextBlock text;
  const auto add = [&](const std::string& words, double size, bool muted) {
    for (std::string& line :
         break_text(words, size, area.width - 2 * padding, Fill::even, source.profile)) {
      text.lines.push_back({std::move(line), 0, size, muted});
      text.lines.back().width = text_width(text.lines.back().text, size);
      text.size.height += size * line_height;
    }
  };
  add(stage.name, theme.font_size, false);
  if (!stage.limit.empty()) {
    for (const std::string& part : parts_of(stage.limit)) add(part, theme.label_size, true);
  }
  if (text.size.height <= area.height) {
    add_lines(group.items, text, area.center(), theme.line, theme.muted);
  }
  return group;
}

// Stages and sheets both end between two boxes, but not at the same height: what is left of a stage
// beyond the end of a sheet is no part of it.
double near(double height, const Band& band) {
  constexpr double reach = 30;
  if (std::abs(height - band.top) < reach) return band.top;
  return std::abs(height - band.bottom) < reach ? band.bottom : height;
}

}  // namespace

std::vector<StageBand> stage_bands(const Source& source) {
  std::vector<Run> runs = runs_of(source);
  if (runs.size() < least_stages) return {};
  measure(source, runs);
  take_in_others(source, runs);
  std::vector<StageBand> bands;
  double top = source.layout.lane_header;
  for (std::size_t i = 0; i < runs.size(); ++i) {
    const double bottom =
        i + 1 < runs.size() ? (runs[i].bottom + runs[i + 1].top) / 2 : source.layout.size.height;
    bands.push_back({runs[i].name, runs[i].limit, top, bottom});
    top = bottom;
  }
  return bands;
}

double ruler_width(const Source& source) {
  constexpr double least = 38, most = 88;
  const Theme& theme = source.profile.theme;
  double width = least;
  for (const StageBand& stage : source.stages) {
    width = std::max({width, text_width(stage.name, theme.font_size) + 2 * padding,
                      longest_part(stage.limit, theme.label_size) + 2 * padding});
  }
  return std::min(std::ceil(width), most);
}

std::vector<Group> ruler_groups(const Source& source, const Band& band) {
  std::vector<Group> groups;
  if (source.stages.empty()) return groups;
  const double header = source.layout.lane_header;
  const double left = -source.ruler_room();
  const double start = band.outer_top(header) + header;
  if (header > 0) {
    const StageBand caption{source.say({"环节", "Stage"}), {}, 0, 0};
    Group group =
        stage_group(source, caption, {left, start - header, source.ruler_width, header}, true);
    group.role = Role::decoration;
    group.name.clear();
    std::get<PathItem>(group.items.front()).fill = source.profile.theme.lane_fill;
    groups.push_back(std::move(group));
  }
  for (const StageBand& stage : source.stages) {
    const double from = near(stage.top, band), to = near(stage.bottom, band);
    if (to <= band.top || from >= band.bottom) continue;
    // The first and the last part on a sheet reach as far as the lanes do.
    const double top = from <= std::max(band.top, header) ? start : from;
    const double bottom = to >= band.bottom ? band.outer_bottom() : to;
    // What goes on from the sheet before does not take its time again.
    StageBand shown = stage;
    if (from < band.top) {
      shown.limit = source.say({"（续）", "(continued)"});
    }
    groups.push_back(
        stage_group(source, shown, {left, top, source.ruler_width, bottom - top}, groups.empty()));
  }
  return groups;
}

}  // namespace flowproof::scene
