#include "drafting/draft_plan.hpp"

#include <algorithm>
#include <array>

namespace flowproof {

namespace {

/// What a row does on the way when its words name several stages: the first of these.
constexpr std::array roles = {Stage::decide,    Stage::accept,   Stage::special, Stage::site,
                              Stage::review,    Stage::publish,  Stage::certify, Stage::deliver,
                              Stage::receive,   Stage::precheck, Stage::forward, Stage::supplement,
                              Stage::extend,    Stage::suspend,  Stage::archive, Stage::withdraw,
                              Stage::terminate, Stage::apply};

/// Bad ends that are branches of their own; refusals belong to the gates.
constexpr struct {
  Outcome outcome;
  Stage stage;
} branches[] = {{Outcome::forwarded, Stage::forward},
                {Outcome::supplement, Stage::supplement},
                {Outcome::withdrawn, Stage::withdraw},
                {Outcome::terminated, Stage::terminate}};

PlannedBox box_of(const GuideStep& step, const Vocabulary& words) {
  PlannedBox box;
  Reading reading = read_words(words, step.stage.value);
  const Reading name = read_words(words, step.name.value);
  const auto one_of = [](std::uint32_t stages) { return (stages & (stages - 1)) == 0; };
  // Portals file 审查 under 审查与决定: the name is the more particular of the two.
  const bool filed = step.stage.value.find("与") != std::string::npos && name.stages != 0;
  if (reading.stages == 0 || filed) reading = name;
  const auto role = std::find_if(roles.begin(), roles.end(), [&](Stage stage) {
    return (reading.stages & bit_of(stage)) != 0;
  });
  box.known = role != roles.end();
  if (box.known) box.role = *role;
  // A row that only tells of a bad end ("出具不予受理决定书") is a branch of another box.
  if (name.stages == 0 && name.outcome && name.outcome->meaning != Outcome::granted) {
    const auto row = std::find_if(std::begin(branches), std::end(branches), [&](const auto& known) {
      return known.outcome == name.outcome->meaning;
    });
    box.known = true;
    box.refusal = row == std::end(branches);
    if (!box.refusal) box.role = row->stage;
  }
  box.text = step.name.empty() ? step.stage.value : step.name.value;
  // A gate is drawn with its question instead of its name: the stage has to keep all that it says.
  const bool one = one_of(reading.stages);
  // "公示公开" is the name of a kind of step; who writes 公示 wants 公示.
  const std::string kind(box.known ? name_of(box.role).zh : std::string_view());
  const bool shorter = !step.name.empty() && kind.find(step.name.value) != std::string::npos;
  box.stage = (!step.stage.empty() && !(filed && one)) || !box.known ? step.stage.value
              : one ? (shorter ? step.name.value : kind)
                    : step.name.value;
  box.by = step.performer.value;
  box.output = step.result.value;
  box.limit = joined_limit(step.limit, step.unit);
  box.reading = step.reading;
  return box;
}

void add_once(std::vector<PlannedBox>& boxes, const PlannedBox& box) {
  if (std::none_of(boxes.begin(), boxes.end(),
                   [&](const PlannedBox& other) { return other.text == box.text; })) {
    boxes.push_back(box);
  }
}

/// Boxes off the main way: the applicant's own step, branches that are drawn anyway.
bool takes_branch(DraftPlan& plan, const PlannedBox& box) {
  if (box.refusal) return true;
  if (!box.known) return false;
  switch (box.role) {
    case Stage::apply:
      if (plan.start.text.empty()) plan.start = box;
      return plan.boxes.empty();
    case Stage::supplement:
      if (!plan.supplement) plan.supplement = box;
      return true;
    case Stage::suspend:
      add_once(plan.specials, box);
      return true;
    case Stage::withdraw:
    case Stage::terminate:
      add_once(plan.stops, box);
      return true;
    default:
      return false;
  }
}

struct Standard {
  Stage stage;
  std::string_view rule;  ///< that misses the stage
  std::string_view name, text, output;
};
constexpr Standard standards[] = {
    {Stage::accept, "missing-acceptance", "受理", "受理", ""},
    {Stage::review, "missing-review", "审查", "审查申请材料", "审查意见"},
    {Stage::decide, "missing-decision", "决定", "作出决定", ""},
    {Stage::deliver, "missing-delivery", "送达", "送达决定和证件", "送达回证"},
};

PlannedBox assumed_box(const Standard& standard) {
  PlannedBox box;
  box.role = standard.stage;
  box.assumed = true;
  box.stage = standard.name;
  box.text = standard.text;
  box.output = standard.output;
  return box;
}

/// Stages are declared in the order of a procedure.
void insert_in_order(std::vector<PlannedBox>& boxes, PlannedBox box) {
  const auto later = std::find_if(boxes.begin(), boxes.end(), [&](const PlannedBox& other) {
    return other.known && other.role > box.role;
  });
  boxes.insert(later, std::move(box));
}

bool has(const DraftPlan& plan, Stage stage, const Vocabulary& words) {
  return std::any_of(plan.boxes.begin(), plan.boxes.end(), [&](const PlannedBox& box) {
    const std::string& text = box.stage.empty() ? box.text : box.stage;
    return box.known &&
           (box.role == stage || (read_words(words, text).stages & bit_of(stage)) != 0);
  });
}

void add_standard_boxes(DraftPlan& plan, const Profile& profile) {
  if (plan.form == DraftForm::instant) {
    plan.boxes = {assumed_box(standards[0]), assumed_box(standards[2])};
    plan.boxes[1].stage = "审查与决定";
    return;
  }
  if (plan.form == DraftForm::service) {
    plan.boxes = {assumed_box(standards[0]), assumed_box(standards[2])};
    plan.boxes[1].stage = "办结";
    plan.boxes[1].text = "办理";
    return;
  }
  const bool empty = plan.boxes.empty();
  for (const Standard& standard : standards) {
    const std::vector<Stage>& required = profile.required_stages;
    const bool wanted =
        std::find(required.begin(), required.end(), standard.stage) != required.end();
    // Where the guide has steps, only what the chart would be wrong without is added to them.
    // Taking the result is delivery enough where the law does not insist on a step of it.
    const bool insists = wanted && counts(profile, standard.rule, Severity::error);
    const bool needed = empty && standard.stage != Stage::deliver
                            ? wanted || standard.stage == Stage::decide
                            : insists;
    if (!needed || has(plan, standard.stage, profile.vocabulary)) continue;
    PlannedBox box = assumed_box(standard);
    if (plan.type == ItemType::adjudication && standard.stage == Stage::review) {
      box.text = "审理双方的主张和证据";  // what is decided is a dispute, not an application
      box.output = "审理意见";
    }
    insert_in_order(plan.boxes, std::move(box));
  }
}

/// 办结 closes a case that was decided before; it is the decision only if nothing else is.
void find_gates(DraftPlan& plan) {
  for (std::size_t i = 0; i < plan.boxes.size(); ++i) {
    const PlannedBox& box = plan.boxes[i];
    if (!box.known) continue;
    if (box.role == Stage::accept && !plan.acceptance) plan.acceptance = i;
    const bool closing = box.text.find("办结") != std::string::npos;
    if (box.role == Stage::decide && (!closing || !plan.decision)) plan.decision = i;
  }
}

void place_limit(DraftPlan& plan, const Guide& guide) {
  if (!plan.decision) return;
  const bool some = std::any_of(plan.boxes.begin(), plan.boxes.end(), [](const PlannedBox& box) {
    return box.reading.form == LimitForm::amount;
  });
  if (some || !plan.boxes[*plan.decision].limit.empty()) return;
  const GuideLimit& whole = guide.promised.reading.has_amount() ? guide.promised : guide.statutory;
  if (!whole.reading.has_amount()) return;
  // What takes the time is the examination; a row of the guide is left as it is.
  std::size_t where = *plan.decision;
  const bool examines =
      where > 0 && plan.boxes[where - 1].assumed && plan.boxes[where - 1].role == Stage::review;
  if (examines) --where;
  plan.boxes[where].limit = joined_limit(whole.value, whole.unit);
  plan.boxes[where].reading = whole.reading;
  plan.limit_assumed = where;
}

/// What the law allows for the delivery of a licence, if only the law asks for it.
void place_legal_limit(DraftPlan& plan, const Guide& guide, const Profile& profile) {
  const Clock* clock = profile.clock("deliver", guide.name.value);
  if (plan.type != ItemType::licence || !guide.promised.span.empty() || clock == nullptr) return;
  for (PlannedBox& box : plan.boxes) {
    if (!box.assumed || box.role != Stage::deliver) continue;
    box.reading = clock->limit;
    box.limit = quantity_zh(clock->limit.amount);
    box.basis = clock->source;
    box.legal_limit = true;
  }
}

/// A special procedure that has a row of its own lends the row what it says of its time.
void place_specials(DraftPlan& plan, const Guide& guide, const Profile& profile) {
  for (const GuideSpecial& special : guide.specials) {
    const auto row = std::find_if(plan.boxes.begin(), plan.boxes.end(), [&](const PlannedBox& box) {
      return !special.kind.empty() && box.text.find(special.kind.value) != std::string::npos;
    });
    if (row == plan.boxes.end()) {
      PlannedBox box;
      box.role = Stage::special;
      box.stage = "特别程序";
      box.text = special.kind.value;
      box.limit = joined_limit(special.limit, special.unit);
      box.reading = special.reading;
      box.counted = special.counted.value;
      box.basis = special.basis.value;
      // What a portal lists as special with its own law is not part of the promise.
      const bool unsaid = box.counted.empty() && !box.basis.empty() && special.reading.has_amount();
      if (unsaid && profile.excluded_by_law(box.text) == nullptr) {
        box.counted = "no";
        box.uncounted = true;
      }
      plan.specials.push_back(std::move(box));
      continue;
    }
    if (row->limit.empty()) {
      row->limit = joined_limit(special.limit, special.unit);
      row->reading = special.reading;
    }
    row->counted = special.counted.value;
    row->basis = special.basis.value;
  }
}

/// What the boxes between acceptance and decision take one after another, in the promise's unit;
/// empty if that is no sum. `run`: boxes that take only as long as the longest of them.
std::optional<std::int64_t> total_of(const DraftPlan& plan, TimeUnit unit,
                                     const std::optional<DraftPlan::Run>& run) {
  std::int64_t total = 0, longest = 0;
  const std::size_t first = plan.acceptance ? *plan.acceptance + 1 : 0;
  for (std::size_t i = first; plan.decision && i <= *plan.decision; ++i) {
    const PlannedBox& box = plan.boxes[i];
    const bool early = box.known && box.role <= Stage::accept;
    if (early || box.role == Stage::special || !box.reading.counted || box.counted == "no" ||
        box.counted == "否" || box.reading.form != LimitForm::amount) {
      continue;
    }
    if (box.reading.amount.unit != unit || box.reading.ordinal) return std::nullopt;
    const std::int64_t milli = box.reading.amount.milli;
    if (run && i >= run->first && i <= run->last) {
      longest = std::max(longest, milli);
    } else {
      total += milli;
    }
  }
  return total + longest;
}

/// The table of a guide has no word for "at the same time". If its steps fit into the promise only
/// so, the first ones of one stage by different people that make them fit are drawn side by side.
void find_parallel(DraftPlan& plan, const Guide& guide) {
  const TimeLimit& promise = guide.promised.reading;
  if (promise.form != LimitForm::amount || !plan.decision) return;
  const std::optional<std::int64_t> sum = total_of(plan, promise.amount.unit, {});
  if (!sum || *sum <= promise.amount.milli) return;
  for (std::size_t first = 0; first < *plan.decision; ++first) {
    const PlannedBox& head = plan.boxes[first];
    if (!head.known || (head.role != Stage::review && head.role != Stage::site)) continue;
    std::vector<std::string_view> people = {head.by};
    for (std::size_t last = first + 1; last < *plan.decision; ++last) {
      const PlannedBox& box = plan.boxes[last];
      const bool own =
          !box.by.empty() && std::find(people.begin(), people.end(), box.by) == people.end();
      if (!box.known || box.role != head.role || !own || head.by.empty()) break;
      people.push_back(box.by);
      const std::optional<std::int64_t> less =
          total_of(plan, promise.amount.unit, DraftPlan::Run{first, last});
      if (!less || *less > promise.amount.milli) continue;
      plan.parallel = DraftPlan::Run{first, last};
      return;
    }
  }
}

}  // namespace

bool counts(const Profile& profile, std::string_view rule, Severity least) {
  const auto level = profile.levels.find(rule);
  return (level == profile.levels.end() ? Severity::error : level->second) >= least;
}

std::string spelled_limit(const std::string& text, const TimeLimit& reading) {
  TimeLimit plain;
  plain.form = LimitForm::amount;
  plain.amount = reading.amount;
  return reading == plain ? quantity_zh(reading.amount) : text;
}

std::string joined_limit(const Text& limit, const Text& unit) {
  if (unit.empty() || limit.empty()) return limit.value;
  if (read_time_limit(limit.value).reason != NotComparable::no_unit) return limit.value;
  // A portal's code of a unit is no unit: 15 and 1 are not 151.
  if (read_time_limit(limit.value, unit.value).form == LimitForm::not_comparable)
    return limit.value;
  const bool counted_with_ge = unit.value == "工作日" || unit.value == "自然日" ||
                               unit.value == "月" || unit.value == "小时";
  return limit.value + (counted_with_ge ? "个" : "") + unit.value;
}

DraftPlan plan_draft(const Guide& guide, const Profile& profile) {
  const Vocabulary& words = profile.vocabulary;
  DraftPlan plan;
  if (const auto type = words.item_types.exactly(guide.type.value)) plan.type = type->meaning;
  for (const GuideStep& step : guide.steps) {
    PlannedBox box = box_of(step, words);
    if (!takes_branch(plan, box)) plan.boxes.push_back(std::move(box));
  }
  const auto handling = words.handlings.exactly(guide.handling.value);
  const bool instant = handling && handling->meaning == Handling::instant;
  if (plan.boxes.empty()) {
    const bool at_once = instant || guide.promised.reading.form == LimitForm::instant;
    plan.form = plan.type == ItemType::public_service ? DraftForm::service
                : at_once                             ? DraftForm::instant
                                                      : DraftForm::full;
  }
  // What is handled on the spot may be done in whatever steps the guide lists (行政许可法 34).
  constexpr Stage handled_at_once[] = {Stage::accept, Stage::review, Stage::decide, Stage::certify};
  const bool done_at_once =
      instant && std::any_of(std::begin(handled_at_once), std::end(handled_at_once),
                             [&](Stage stage) { return has(plan, stage, words); });
  if (!done_at_once) add_standard_boxes(plan, profile);
  if (plan.supplement && !has(plan, Stage::accept, words)) {
    insert_in_order(plan.boxes, assumed_box(standards[0]));
  }
  find_gates(plan);
  place_limit(plan, guide);
  place_legal_limit(plan, guide, profile);
  place_specials(plan, guide, profile);
  find_parallel(plan, guide);
  return plan;
}

}  // namespace flowproof
