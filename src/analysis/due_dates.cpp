#include "flowproof/due_dates.hpp"

#include "analysis/clock.hpp"
#include "flowproof/guide.hpp"

namespace flowproof {

namespace {

/// In a licence a bare 日 is a working day.
Quantity as_read(Quantity quantity, const Facts& facts) {
  const bool licence = facts.type == ItemType::licence;
  if (licence && quantity.unit == TimeUnit::day) quantity.unit = TimeUnit::working_day;
  return quantity;
}

/// Collects the rows.
class DueTable {
 public:
  DueTable(const Flow& flow, const Facts& facts, const Calendar& calendar, Date accepted_on)
      : flow_(flow), facts_(facts), calendar_(calendar), table_{accepted_on, {}, false} {}

  /// The way's boxes that have a limit, after what has run since acceptance. Gives the way's sum.
  Quantity add_way(const TimedPath& way, const Quantity& before) {
    Quantity sum{0, as_read(way.total, facts_).unit};
    for (const TimedPath::Step& step : way.steps) {
      const Node& node = flow_.node(step.node);
      sum.milli += step.milli;
      // No weight and yet a limit: where the way starts, or a procedure that is not counted.
      const bool counts =
          step.milli != 0 || (node.limit.has_amount() && node.limit.amount.milli == 0);
      if (!counts || node.kind == NodeKind::start) continue;
      // A call without a limit of its own takes what the flow called takes.
      const Quantity limit =
          node.limit.has_amount() ? node.limit.amount : Quantity{step.milli, way.total.unit};
      table_.rows.push_back({DueKind::stage, step.node, as_read(limit, facts_), due(before, sum)});
    }
    return sum;
  }

  void add_limit(DueKind kind, const TimeLimit& limit, const Quantity& before) {
    if (limit.form != LimitForm::amount) return;
    const Quantity amount = as_read(limit.amount, facts_);
    table_.rows.push_back({kind, std::nullopt, amount, due(before, amount)});
  }

  void add_excluded() {
    for (std::uint32_t i = 0; i < flow_.nodes.size(); ++i) {
      const Node& node = flow_.nodes[i];
      const bool own_time = facts_.reachable[i] && !facts_.counted[i];
      if (!own_time || node.limit.form != LimitForm::amount) continue;
      table_.rows.push_back(
          {DueKind::excluded, NodeIndex{i}, as_read(node.limit.amount, facts_), {}});
    }
  }

  void say_mixed_units() { table_.mixed_units = true; }
  [[nodiscard]] DueDates take() { return std::move(table_); }

 private:
  [[nodiscard]] std::optional<Due> due(const Quantity& before, const Quantity& more) const {
    const Quantity steps[] = {before, more};
    return calendar_.due_of_steps(steps, table_.accepted_on);
  }

  const Flow& flow_;
  const Facts& facts_;
  const Calendar& calendar_;
  DueDates table_;
};

/// Days and working days of a licence are one unit here, so that they may be added up.
ClockFacts clock_as_read(const Flow& flow, const Facts& facts, const ClockFacts& clock) {
  if (clock.units.size() < 2) return clock;
  Flow read = flow;
  for (Node& node : read.nodes) node.limit.amount = as_read(node.limit.amount, facts);
  return measure_clock(read, facts, clock.span);
}

const TimeLimit& limit_of(const GuideLimit* in_guide, const TimeLimit& in_flow) {
  return in_guide != nullptr && in_guide->given() ? in_guide->reading : in_flow;
}

}  // namespace

std::string_view name_of(DueKind kind) {
  constexpr std::string_view names[] = {"stage", "promised", "statutory", "delivery", "excluded"};
  return names[static_cast<std::size_t>(kind)];
}

DueDates due_dates(const Flow& flow, const Guide* guide, const Facts& facts, const Profile& profile,
                   const Calendar& calendar, Date accepted_on) {
  DueTable table(flow, facts, calendar, accepted_on);
  const ClockFacts clock =
      clock_as_read(flow, facts, facts.promise.started ? facts.promise : facts.decision);
  constexpr Quantity nothing{};
  Quantity decided = nothing;
  ClockFacts after;
  if (clock.longest) {
    decided = table.add_way(*clock.longest, nothing);
    if (clock.span.to < Stage::deliver) {
      after =
          clock_as_read(flow, facts, measure_clock(flow, facts, {clock.span.to, Stage::deliver}));
    }
  }
  if (after.longest) table.add_way(*after.longest, decided);
  if (clock.units.size() > 1 || after.units.size() > 1) table.say_mixed_units();
  table.add_limit(DueKind::promised,
                  limit_of(guide ? &guide->promised : nullptr, flow.promised_limit), nothing);
  table.add_limit(DueKind::statutory,
                  limit_of(guide ? &guide->statutory : nullptr, flow.statutory_limit), nothing);
  const Clock* delivery = clock.span.to == Stage::decide ? profile.clock("deliver") : nullptr;
  if (after.started && delivery != nullptr) {
    table.add_limit(DueKind::delivery, delivery->limit, decided);
  }
  table.add_excluded();
  return table.take();
}

}  // namespace flowproof
