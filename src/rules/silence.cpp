// Exits taken when a limit passes in silence (timeout="yes"): when they are taken, and what the law
// makes of silence.
#include <algorithm>
#include <string_view>

#include "rules/judgement.hpp"

namespace flowproof::rules {

namespace {

/// Where an exit leads before anything else is decided: the first box that settles what silence
/// means, or the last one looked at.
NodeIndex settled_at(const RuleContext& c, NodeIndex node) {
  constexpr std::uint32_t going_on = bit_of(Stage::accept) | bit_of(Stage::review) |
                                     bit_of(Stage::site) | bit_of(Stage::special) |
                                     bit_of(Stage::decide);
  for (int boxes = 0; boxes < 16; ++boxes) {
    const Meaning& meaning = c.facts.meanings[at(node)];
    const auto exits = c.facts.graph.exits(node);
    if (c.flow.node(node).kind == NodeKind::decision || meaning.outcome || exits.size() != 1 ||
        (meaning.stages & going_on) != 0) {
      break;
    }
    node = c.flow.edge(exits.front()).to;
  }
  return node;
}

/// Whoever is asked again, told to complete or shown out has not been accepted.
bool not_accepted_at(const RuleContext& c, NodeIndex node) {
  const Meaning& meaning = c.facts.meanings[at(node)];
  if (meaning.outcome) {
    return meaning.outcome->meaning != Outcome::granted &&
           meaning.outcome->meaning != Outcome::forwarded;
  }
  return c.flow.node(node).kind == NodeKind::end || meaning.is(Stage::supplement);
}

bool refuses_at(const RuleContext& c, NodeIndex node) {
  const Meaning& meaning = c.facts.meanings[at(node)];
  return meaning.is(Outcome::refused) || meaning.is(Outcome::not_accepted);
}

/// The office's own limit: that of the applicant, whose delay counts against him, is another
/// matter.
bool of_office(const RuleContext& c, const Edge& edge) {
  const Node& from = c.flow.node(edge.from);
  return c.facts.reachable[at(edge.from)] && !by_applicant(c, from) &&
         !c.facts.meanings[at(edge.from)].is(Stage::supplement) &&
         !cites_special_law(c, from.get(Attribute::basis));
}

void check_silence(const RuleContext& c, Reporter& report) {
  if (c.facts.type != ItemType::licence) return;
  const Clock* renew = clock_of(c, "renew");
  const bool renewal = renew != nullptr && !c.profile.phrase_in("renewal", c.facts.item).empty();
  for (const Edge& edge : c.flow.edges) {
    if (!edge.timeout || !of_office(c, edge)) continue;
    const Node& from = c.flow.node(edge.from);
    const Meaning& meaning = c.facts.meanings[at(edge.from)];
    const NodeIndex settled = settled_at(c, edge.to);
    const std::string& next = c.flow.node(settled).label();
    if (meaning.is(Stage::accept)) {
      if (refuses_at(c, settled)) {
        const Outcome outcome = c.facts.meanings[at(settled)].outcome->meaning;
        report.at(edge.span, {{"node", from.label()}, {"outcome", name_of(outcome)}}, from.id());
      } else if (not_accepted_at(c, settled)) {
        report.at(edge.span,
                  {"“{node}”逾期未告知的视为受理，这里却接到“{next}”",
                   "when '{node}' is late the application counts as accepted, yet this leads to "
                   "'{next}'"},
                  {{"node", from.label()}, {"next", next}}, from.id());
      }
    } else if (renewal && meaning.is(Stage::decide)) {
      if (!not_accepted_at(c, settled)) continue;
      report.at(edge.span,
                {"延续申请逾期未决定的视为准予延续，“{node}”却接到“{next}”",
                 "a renewal that is not decided in time counts as granted, yet '{node}' leads to "
                 "'{next}'"},
                {{"node", from.label()}, {"next", next}}, from.id());
    } else if (refuses_at(c, settled) && (meaning.is(Stage::review) || meaning.is(Stage::decide))) {
      // No law makes a refusal of later silence; it says that it is a fault (74).
      const Outcome outcome = c.facts.meanings[at(settled)].outcome->meaning;
      Diagnostic& finding =
          report.at(edge.span, {{"node", from.label()}, {"outcome", name_of(outcome)}}, from.id());
      finding.severity = std::min(finding.severity, Severity::warning);
    }
  }
}

/// "逾期5个工作日未告知": the time its condition names; no amount if it names none.
TimeLimit deadline_of(const Edge& edge) {
  std::string_view text = edge.when.value;
  for (const std::string_view before : {"逾期", "超过", "超", "满", "after ", "over "}) {
    const std::size_t at = text.find(before);
    if (at != std::string_view::npos) text.remove_prefix(at + before.size());
  }
  for (const std::string_view after : {"未", "没", "仍", "内", "还", "不"}) {
    text = text.substr(0, text.find(after));
  }
  return read_time_limit(text);
}

/// Whether the limit of the box is longer (1), shorter (-1) or as long (0) as the deadline its
/// exit names; nothing if they cannot be compared.
std::optional<int> limit_against_deadline(const RuleContext& c, const Edge& edge,
                                          const TimeLimit& deadline) {
  const TimeLimit& limit = c.flow.node(edge.from).limit;
  if (!edge.timeout || !c.facts.reachable[at(edge.from)] || limit.form != LimitForm::amount ||
      deadline.form != LimitForm::amount || limit.ordinal) {
    return std::nullopt;
  }
  const Clock* notice = clock_of(c, "supplement");
  const bool accepts = c.facts.meanings[at(edge.from)].is(Stage::accept);
  if (accepts && notice != nullptr && over_clock(c, limit.amount, *notice)) {
    return std::nullopt;  // late-supplement-notice says it
  }
  const bool licence = c.facts.type == ItemType::licence;
  const auto unit = [&](const Quantity& amount) {  // a bare 日 of a licence is a working day
    return licence && amount.unit == TimeUnit::day ? TimeUnit::working_day : amount.unit;
  };
  if (unit(limit.amount) != unit(deadline.amount)) return std::nullopt;
  return limit.amount.milli == deadline.amount.milli  ? 0
         : limit.amount.milli > deadline.amount.milli ? 1
                                                      : -1;
}

void check_deadlines(const RuleContext& c, Reporter& report, int wrong) {
  for (const Edge& edge : c.flow.edges) {
    if (!edge.timeout || edge.when.empty()) continue;
    const TimeLimit deadline = deadline_of(edge);
    if (limit_against_deadline(c, edge, deadline) != wrong) continue;
    const Node& from = c.flow.node(edge.from);
    Diagnostic& finding = report.at(
        edge.when.span,
        {{"node", from.label()}, {"limit", from.limit.amount}, {"deadline", deadline.amount}},
        from.id());
    finding.witness.push_back({from.place(Attribute::limit),
                               {{"时限写在这里：{limit}", "the limit is given here: {limit}"},
                                {{"limit", from.limit.amount}}},
                               from.id()});
  }
}

void check_exceeded(const RuleContext& c, Reporter& report) { check_deadlines(c, report, 1); }
void check_never_late(const RuleContext& c, Reporter& report) { check_deadlines(c, report, -1); }

void check_several(const RuleContext& c, Reporter& report) {
  for (const NodeIndex i : every_node(c.flow)) {
    const Edge* first = nullptr;
    for (const EdgeIndex e : c.facts.graph.exits(i)) {
      const Edge& edge = c.flow.edge(e);
      if (!edge.timeout) continue;
      if (first == nullptr) {
        first = &edge;
        continue;
      }
      const Node& node = c.flow.node(i);
      Diagnostic& finding = report.at(edge.span, {{"node", node.label()}}, node.id());
      finding.witness.push_back(
          {first->span,
           {{"另一个逾期的出口在这里", "the other exit for lateness is here"}, {}},
           node.id()});
    }
  }
}

void check_limit(const RuleContext& c, Reporter& report) {
  for (const Edge& edge : c.flow.edges) {
    const Node& from = c.flow.node(edge.from);
    if (!edge.timeout || !c.facts.reachable[at(edge.from)] ||
        (from.limit.has_amount() && from.limit.amount.milli > 0) ||
        from.limit.form == LimitForm::not_comparable) {
      continue;
    }
    report.at(edge.span, {{"node", from.label()}}, from.id());
  }
}

}  // namespace

extern constinit const Rule silence_refuses{
    .code = "C218",
    .name = "silence-refuses",
    .severity = Severity::error,
    .source = {"行政许可法第三十二条第一款第（四）项、第五十条第二款、第七十四条第（二）项",
               "Administrative Licensing Law, arts. 32(1)(4), 50(2), 74(2)"},
    .message = {"“{node}”逾期就当作{outcome}，法律没有这样规定",
                "when '{node}' is late it counts as {outcome}: the law does not say so"},
    .help = {"补正告知逾期即为受理；逾期不作决定是违法，不是不予许可。单行法另有规定的写明依据",
             "late notice means acceptance; a late decision is a fault of the office, no refusal. "
             "If a special law says otherwise, give it as basis"},
    .check = &check_silence,
};

extern constinit const Rule timeout_without_limit{
    .code = "S115",
    .name = "timeout-without-limit",
    .severity = Severity::warning,
    .source = {"flowproof 流程图格式，timeout 属性", "flowproof flow format, attribute timeout"},
    .message = {"“{node}”有逾期的出口，却没有时限",
                "'{node}' has an exit for lateness but no limit"},
    .help = {"写明 limit，逾期才有起点", "state the limit that is overrun"},
    .check = &check_limit,
};

extern constinit const Rule several_timeouts{
    .code = "S134",
    .name = "several-timeouts",
    .severity = Severity::error,
    .source = {"flowproof 流程图格式，timeout 属性", "flowproof flow format, attribute timeout"},
    .message = {"“{node}”有不止一个逾期的出口，同一个时限届满只能走一个",
                "'{node}' has more than one exit for lateness: a limit passes only once"},
    .help = {"只留一个 timeout=\"yes\" 的出口；还要区分的，在它后面加判断",
             "keep one exit with timeout=\"yes\"; what is to be told apart is a decision after it"},
    .check = &check_several,
};

extern constinit const Rule deadline_exceeded{
    .code = "T319",
    .name = "deadline-exceeded",
    .severity = Severity::error,
    .source = {"行政许可法第三十二条第一款第（四）项：逾期不告知即为受理",
               "Administrative Licensing Law, art. 32(1)(4): late notice means acceptance"},
    .message = {"“{node}”最长要 {limit}，出口却在 {deadline} 后就算逾期",
                "'{node}' may take {limit}, yet its exit counts it late after {deadline}"},
    .help = {"使环节时限不长于逾期的期限", "make the limit of the box no longer than the deadline"},
    .certainty = Certainty::inferred,
    .check = &check_exceeded,
};

extern constinit const Rule timeout_unreachable{
    .code = "T320",
    .name = "timeout-unreachable",
    .severity = Severity::warning,
    .source = {"行政许可法第三十二条第一款第（四）项：逾期不告知即为受理",
               "Administrative Licensing Law, art. 32(1)(4): late notice means acceptance"},
    .message = {"“{node}”最长 {limit} 就办完，{deadline} 后逾期的出口走不到",
                "'{node}' is done within {limit}: the exit after {deadline} is never taken"},
    .help = {"使环节时限与逾期的期限一致", "make the limit of the box and the deadline agree"},
    .certainty = Certainty::inferred,
    .check = &check_never_late,
};

}  // namespace flowproof::rules
