#include "scene/stages.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <string_view>
#include <utility>

#include "scene/chart.hpp"
#include "scene/cuts.hpp"

namespace flowproof::scene {

namespace {

constexpr std::size_t least_stages = 3;
constexpr std::size_t most_unsaid = 3;  // one row in so many

// Boxes side by side.
struct Row {
  double top = 0, bottom = 0;
  std::vector<NodeIndex> boxes;  ///< those of the main line first, in its order
};

using Names = std::vector<std::string_view>;

bool holds(const Names& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

void add_once(Names& names, std::string_view name) {
  if (!holds(names, name)) names.push_back(name);
}

bool share_one(const Names& a, const Names& b) {
  return std::any_of(a.begin(), a.end(), [&](std::string_view name) { return holds(b, name); });
}

// Rows of one stage below one another. Without names: of none that can be told.
struct Run {
  Names stages;
  double top = 0, bottom = 0;
  std::vector<std::size_t> members;  ///< places in the order of the process
  std::string limit = {};
  bool takes_time = false, promised = false;

  [[nodiscard]] std::string name() const {
    std::string text;
    for (const std::string_view stage : stages) {
      if (!text.empty()) text += "·";
      text += visible(std::string(stage));
    }
    return text;
  }
};

// What the limits of a stage come to; nothing is said about those that have no common unit.
class Budget {
 public:
  void take(const Node& node, const std::optional<Quantity>& time) {
    const TimeLimit& limit = node.limit;
    works_ = works_ || node.kind == NodeKind::step || node.kind == NodeKind::document ||
             node.kind == NodeKind::data || node.kind == NodeKind::subflow;
    if (limit.form == LimitForm::absent && !time) return;
    if (!time || limit.ordinal) {
      known_ = false;
    } else if (limit.form == LimitForm::instant) {
      instant_ = true;
    } else {
      known_ = known_ && (!unit_ || *unit_ == time->unit);
      unit_ = time->unit;
    }
  }
  void leave_out() { leaves_out_ = true; }
  // A question is answered at once, but what is done next takes days that are not counted.
  [[nodiscard]] bool stopped() const { return known_ && !unit_ && leaves_out_ && !works_; }
  [[nodiscard]] std::string text(const Source& source, std::int64_t milli) const {
    if (!known_) return {};
    if (unit_) return source.say({"{time}", "{time}"}, {{"time", Quantity{milli, *unit_}}});
    if (leaves_out_) return stopped() ? source.say(clock_stopped_mark) : std::string();
    return instant_ ? source.say({"当场", "on the spot"}) : std::string();
  }

 private:
  std::optional<TimeUnit> unit_;
  bool instant_ = false, known_ = true, works_ = false, leaves_out_ = false;
};

// The stages of a chart's rows.
class Ruler {
 public:
  explicit Ruler(const Source& source)
      : source_(source), on_main_(source.flow.nodes.size()), leads_(on_main_) {
    for (const NodeIndex index : source.layout.main_line) on_main_[at(index)] = true;
    find_leading();
    find_rows();
  }

  [[nodiscard]] std::vector<Run> runs() const {
    std::vector<Run> runs;
    const std::vector<Names> stages = stages_of_rows();
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      const bool same = !runs.empty() && (stages[i] == runs.back().stages ||
                                          share_one(stages[i], runs.back().stages));
      if (!same) runs.push_back({{}, rows_[i].top, rows_[i].bottom, {}});
      for (const std::string_view name : stages[i]) add_once(runs.back().stages, name);
      runs.back().bottom = rows_[i].bottom;
    }
    const auto unsaid = std::count_if(stages.begin(), stages.end(),
                                      [](const Names& names) { return names.empty(); });
    if (static_cast<std::size_t>(unsaid) * most_unsaid > rows_.size()) runs.clear();
    return runs;
  }

  void measure(std::vector<Run>& runs) const {
    const Facts& facts = source_.facts;
    if (facts.order.size() != leads_.size()) return;
    share_boxes(runs);
    std::vector<std::int64_t> longest(leads_.size());
    for (Run& run : runs) {
      if (run.members.empty()) continue;
      measure(run, longest);
      for (std::size_t place = run.members.front(); place <= run.members.back(); ++place) {
        longest[at(facts.order[place])] = 0;
      }
    }
  }

 private:
  [[nodiscard]] std::string_view stage_of(NodeIndex index) const {
    return source_.flow.node(index).get(Attribute::stage);
  }

  // A case may go on from there to an end that grants. What a refusal takes is no part of what the
  // stages come to.
  void find_leading() {
    const Facts& facts = source_.facts;
    leads_ = on_main_;
    if (facts.order.size() != leads_.size()) return;
    std::vector<NodeIndex> goals = source_.layout.main_line;
    for (const NodeIndex end : facts.ends) {
      const Meaning& meaning = facts.meanings[at(end)];
      if (meaning.is(Outcome::granted) || meaning.is(Outcome::forwarded)) goals.push_back(end);
    }
    leads_ =
        reach(source_.flow, facts.graph, std::move(goals), Direction::backward, &facts.returns);
  }

  void find_rows() {
    const Layout& layout = source_.layout;
    std::vector<NodeIndex> order = reading_order(source_);
    std::stable_sort(order.begin(), order.end(), [&](NodeIndex a, NodeIndex b) {
      return layout.nodes[at(a)].y < layout.nodes[at(b)].y;
    });
    for (const NodeIndex index : order) {
      const Rect& box = layout.nodes[at(index)];
      if (rows_.empty() || box.y >= rows_.back().bottom) rows_.push_back({box.y, box.bottom(), {}});
      rows_.back().bottom = std::max(rows_.back().bottom, box.bottom());
      rows_.back().boxes.push_back(index);
      const bool goes_on = leads_[at(index)] && !stage_of(index).empty();
      if (goes_on) last_ = rows_.size() - 1;
    }
    std::vector<std::size_t> place(layout.nodes.size(), layout.main_line.size());
    for (std::size_t i = 0; i < layout.main_line.size(); ++i) place[at(layout.main_line[i])] = i;
    for (Row& row : rows_) {
      std::stable_sort(row.boxes.begin(), row.boxes.end(),
                       [&](NodeIndex a, NodeIndex b) { return place[at(a)] < place[at(b)]; });
    }
  }

  // That of the main line; where there is none, or it has come to an end and other ways go on, that
  // of most boxes that lead on.
  [[nodiscard]] Names on_the_way(std::size_t number) const {
    Names main, names;
    std::vector<std::size_t> votes;
    for (const NodeIndex box : rows_[number].boxes) {
      const std::string_view stage = stage_of(box);
      if (stage.empty() || !leads_[at(box)]) continue;
      const bool ended = source_.flow.node(box).kind == NodeKind::end && number < last_;
      if (on_main_[at(box)] && !ended) add_once(main, stage);
      add_once(names, stage);
      votes.resize(names.size());
      ++votes[static_cast<std::size_t>(std::find(names.begin(), names.end(), stage) -
                                       names.begin())];
    }
    if (!main.empty() || names.empty()) return main;
    return {names[static_cast<std::size_t>(std::max_element(votes.begin(), votes.end()) -
                                           votes.begin())]};
  }

  // Refusals and what is asked for once more stand beside their stage if it is next to them, else
  // beside none; boxes without a stage belong to the one above, a fork to what it leads to.
  [[nodiscard]] std::vector<Names> stages_of_rows() const {
    std::vector<Names> stages(rows_.size());
    for (std::size_t i = 0; i < rows_.size(); ++i) stages[i] = on_the_way(i);
    std::vector<Names> below(rows_.size() + 1);  // the next that is known
    for (std::size_t i = rows_.size(); i-- > 0;)
      below[i] = stages[i].empty() ? below[i + 1] : stages[i];
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      if (!stages[i].empty()) continue;
      Names own;
      bool fork = false;
      for (const NodeIndex box : rows_[i].boxes) {
        if (!stage_of(box).empty()) add_once(own, stage_of(box));
        fork = fork || source_.flow.node(box).kind == NodeKind::parallel;
      }
      if (own.empty()) {
        stages[i] = i == 0 || fork ? below[i] : stages[i - 1];
      } else if (i > 0 && share_one(own, stages[i - 1])) {
        stages[i] = stages[i - 1];
      } else if (share_one(own, below[i])) {
        stages[i] = below[i];
      }
    }
    return stages;
  }

  // What is called outside the promise is a case of its own, whose time nobody adds up.
  [[nodiscard]] std::optional<Quantity> time_of(NodeIndex index, bool within) const {
    const TimeLimit& limit = source_.flow.node(index).limit;
    if (limit.has_amount()) return limit.amount;
    const CalledTime* time = source_.facts.calls.time_of(index, std::nullopt, false);
    if (!within || limit.form != LimitForm::absent || time == nullptr) return std::nullopt;
    return Quantity{time->milli, source_.facts.calls.flow_of(index)->unit};
  }

  // Each box that leads on counts for the nearest part of its stage.
  void share_boxes(std::vector<Run>& runs) const {
    std::map<std::string_view, std::vector<Run*>> of_stage;
    for (Run& run : runs) {
      for (const std::string_view name : run.stages) of_stage[name].push_back(&run);
    }
    for (std::size_t place = 0; place < leads_.size(); ++place) {
      const NodeIndex index = source_.facts.order[place];
      const auto found = of_stage.find(stage_of(index));
      if (!leads_[at(index)] || found == of_stage.end()) continue;
      const double y = source_.layout.nodes[at(index)].center().y;
      const auto away = [y](const Run* run) { return std::max(run->top - y, y - run->bottom); };
      Run* nearest =
          *std::min_element(found->second.begin(), found->second.end(),
                            [&](const Run* a, const Run* b) { return away(a) < away(b); });
      nearest->members.push_back(place);
    }
  }

  // The longest counted way through the stage, without ways back, so that the ruler adds up to the
  // longest way of all: the stages of two ways are not those of the shorter one.
  void measure(Run& run, std::vector<std::int64_t>& longest) const {
    const Facts& facts = source_.facts;
    const std::vector<bool>& promised = facts.promise.within;
    Budget budget;
    std::int64_t total = 0;
    bool some_promised = false, all_promised = true;
    auto member = run.members.begin();
    for (std::size_t place = *member; place <= run.members.back(); ++place) {
      const NodeIndex index = facts.order[place];
      std::int64_t& here = longest[at(index)] = 0;
      for (const EdgeIndex entry : facts.graph.entries(index)) {
        if (!facts.returns[at(entry)]) {
          here = std::max(here, longest[at(source_.flow.edge(entry).from)]);
        }
      }
      if (place != *member) continue;
      ++member;
      if (!facts.counted[at(index)]) {
        budget.leave_out();
        continue;
      }
      const bool within = at(index) < promised.size() && promised[at(index)];
      const std::optional<Quantity> time = time_of(index, within);
      budget.take(source_.flow.node(index), time);
      some_promised = some_promised || within;
      if (!time) continue;
      all_promised = all_promised && (within || time->milli == 0);
      here += time->milli;
      total = std::max(total, here);
    }
    run.limit = budget.text(source_, total);
    run.takes_time = total > 0;
    run.promised = some_promised && all_promised && !budget.stopped();
  }

  const Source& source_;
  std::vector<bool> on_main_, leads_;
  std::vector<Row> rows_;
  std::size_t last_ = 0;  ///< row from which nothing leads on
};

// In the gap, where a line to the side is furthest from it: both would look like one.
double between(const Run& above, const Run& below, const std::vector<Gap>& gaps) {
  const Gap* widest = nullptr;
  for (auto gap = std::partition_point(gaps.begin(), gaps.end(),
                                       [&](const Gap& each) { return each.y <= above.bottom; });
       gap != gaps.end() && gap->y < below.top; ++gap) {
    if (widest == nullptr || gap->free > widest->free) widest = &*gap;
  }
  return widest != nullptr ? widest->y : (above.bottom + below.top) / 2;
}

bool names_stages(const Flow& flow) {
  Names names;
  for (const Node& node : flow.nodes) {
    const std::string& stage = node.get(Attribute::stage);
    if (!stage.empty()) add_once(names, stage);
    if (names.size() >= least_stages) return true;
  }
  return false;
}

}  // namespace

std::vector<StageBand> stage_bands(const Source& source) {
  if (!names_stages(source.flow)) return {};
  const Ruler ruler(source);
  std::vector<Run> runs = ruler.runs();
  const auto stages =
      std::count_if(runs.begin(), runs.end(), [](const Run& run) { return !run.stages.empty(); });
  if (static_cast<std::size_t>(stages) < least_stages) return {};
  ruler.measure(runs);
  // Where the promise covers all that takes time, or nothing, its own words say enough.
  const auto marked = [&](bool promised) {
    return std::any_of(runs.begin(), runs.end(),
                       [&](const Run& run) { return run.takes_time && run.promised == promised; });
  };
  const bool mark = !source.promised().empty() && marked(true) && marked(false);
  const std::vector<Gap> gaps = gaps_of(source);
  std::vector<StageBand> bands;
  double top = source.layout.lane_header;
  for (std::size_t i = 0; i < runs.size(); ++i) {
    const double bottom =
        i + 1 < runs.size() ? between(runs[i], runs[i + 1], gaps) : source.layout.size.height;
    bands.push_back({runs[i].name(), runs[i].limit, top, bottom, mark && runs[i].promised});
    top = bottom;
  }
  return bands;
}

}  // namespace flowproof::scene
