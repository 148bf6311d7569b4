#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "scene/stages.hpp"

namespace flowproof::scene {

namespace {

constexpr double padding = 3.5;

// "5个" and "工作日" stand below one another, or the ruler would take room from the lanes.
std::vector<std::string> parts_of(const std::string& limit) {
  constexpr std::string_view tails[] = {"工作日", "working days", "working day", "时限", "stopped"};
  for (const std::string_view tail : tails) {
    if (!limit.ends_with(tail) || limit.size() <= tail.size()) continue;
    std::string head = limit.substr(0, limit.size() - tail.size());
    while (head.ends_with(' ')) head.pop_back();
    return {std::move(head), std::string(tail)};
  }
  return {limit};
}

// What the heavy line takes of every stage, so that their words stand below one another.
double mark_width(const Source& source) {
  return std::ranges::any_of(source.stages, &StageBand::promised) ? promised_line : 0;
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
  const std::string comma = source.say({"，", ", "});
  if (!stage.name.empty()) {
    group.name = source.say({"环节：{stage}", "Stage: {stage}"}, {{"stage", stage.name}});
  }
  if (!stage.limit.empty()) group.name += comma + stage.limit;
  if (stage.promised) group.name += comma + source.say(promised_mark);
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
  if (stage.promised) {
    const double x = area.x + promised_line / 2;
    group.items.emplace_back(
        stroked(segment({x, area.y}, {x, area.bottom()}), theme.line, promised_line));
  }
  const double mark = mark_width(source);
  const Rect room{area.x + mark, area.y, area.width - mark, area.height};
  TextBlock text;
  const auto add = [&](const std::string& words, double size, bool muted) {
    for (std::string& line :
         break_text(words, size, room.width - 2 * padding, Fill::even, source.profile)) {
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
    add_lines(group.items, text, room.center(), theme.line, theme.muted);
  }
  return group;
}

// Stages and sheets both end between two boxes, but not at the same height: where no box stands
// between the two ends, what is left of a stage beyond that of a sheet is no part of it.
class Ends {
 public:
  Ends(const Source& source, const Band& band) : band_(band) {
    for (const Rect& box : source.layout.nodes) {
      const double y = box.center().y;
      if (y < band.top) {
        before_ = std::max(before_, box.bottom());
      } else if (y > band.bottom) {
        after_ = std::min(after_, box.y);
      } else {
        first_ = std::min(first_, box.y);
        last_ = std::max(last_, box.bottom());
      }
    }
  }
  [[nodiscard]] double of(double stage_end) const {
    if (stage_end >= before_ && stage_end <= first_) return band_.top;
    return stage_end >= last_ && stage_end <= after_ ? band_.bottom : stage_end;
  }

 private:
  static constexpr double far = std::numeric_limits<double>::infinity();
  const Band& band_;
  double before_ = -far, first_ = far, last_ = -far, after_ = far;  // ends of rows of boxes
};

}  // namespace

double ruler_width(const Source& source) {
  constexpr double least = 38, most = 88;
  const Theme& theme = source.profile.theme;
  double width = least;  // without what the heavy line takes
  for (const StageBand& stage : source.stages) {
    width = std::max({width, text_width(stage.name, theme.font_size) + 2 * padding,
                      longest_part(stage.limit, theme.label_size) + 2 * padding});
  }
  return std::min(std::ceil(width), most) + mark_width(source);
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
  const Ends ends(source, band);
  for (const StageBand& stage : source.stages) {
    const double from = ends.of(stage.top), to = ends.of(stage.bottom);
    if (to <= band.top || from >= band.bottom) continue;
    // The first and the last part on a sheet reach as far as the lanes do.
    const double top = from <= std::max(band.top, header) ? start : from;
    const double bottom = to >= band.bottom ? band.outer_bottom() : to;
    // What goes on from the sheet before does not take its time again.
    StageBand shown = stage;
    if (from < band.top && !stage.name.empty()) {
      shown.limit = source.say({"（续）", "(continued)"});
    }
    groups.push_back(
        stage_group(source, shown, {left, top, source.ruler_width, bottom - top}, groups.empty()));
  }
  return groups;
}

}  // namespace flowproof::scene
