// What a promise says about the item: room to spare, handling on the spot, half of the law's time.
#include <algorithm>

#include "rules/judgement.hpp"

namespace flowproof::rules {

namespace {

bool amount_given(const Limit& limit) {
  return limit.reading != nullptr && limit.reading->has_amount();
}

void check_slack(const RuleContext& c, Reporter& report) {
  const ClockFacts& clock = c.facts.promise;
  const Limit limit = promised_limit(c);
  if (!clock.longest || !clock.complete || !amount_given(limit)) return;
  const TimedPath& path = clock.repeating ? *clock.repeating : *clock.longest;
  const Quantity promise = limit.reading->amount;
  if (path.total.milli == 0 || path.total.unit != promise.unit ||
      path.total.milli >= promise.milli) {
    return;
  }
  const Limit law = statutory_limit(c);
  if (amount_given(law) && judge(c, promise, law.reading->amount).order == Order::over) {
    return;  // promise-over-statutory says it
  }
  report.at(limit.place, {{"from", name_of(clock.span.from)},
                          {"to", name_of(clock.span.to)},
                          {"sum", path.total},
                          {"limit", promise}});
}

/// More than the one working day many portals write for "on the spot".
bool more_than_a_day(const Quantity& amount) {
  switch (amount.unit) {
    case TimeUnit::working_day:
    case TimeUnit::day:
    case TimeUnit::natural_day:
      return amount.milli > 1000;
    case TimeUnit::week:
    case TimeUnit::month:
    case TimeUnit::year:
      return amount.milli > 0;
    default:
      return false;
  }
}

void check_instant(const RuleContext& c, Reporter& report) {
  if (c.facts.handling != Handling::instant) return;
  const Limit limit = promised_limit(c);
  if (amount_given(limit) && more_than_a_day(limit.reading->amount)) {
    report.at(limit.place,
              {"即办件的承诺时限却是 {limit}", "handled on the spot, yet the promise is {limit}"},
              {{"limit", limit.reading->amount}});
    return;
  }
  constexpr std::uint32_t apart = bit_of(Stage::extend) | bit_of(Stage::suspend);
  for (const NodeIndex i : every_node(c.flow)) {
    const Node& node = c.flow.node(i);
    const Meaning& meaning = c.facts.meanings[at(i)];
    const bool special = node.kind == NodeKind::special && (meaning.stages & apart) == 0;
    const bool takes_time = special || (meaning.is(Stage::site) && !by_applicant(c, node));
    if (!c.facts.reachable[at(i)] || !takes_time) continue;
    Diagnostic& finding = report.at(node.span, {{"what", node.label()}}, node.id());
    if (!special) finding.severity = std::min(finding.severity, Severity::warning);
    return;
  }
}

/// Every step on the longest way is on the spot, and there is one.
bool all_on_the_spot(const RuleContext& c) {
  const ClockFacts& clock = c.facts.promise;
  if (!clock.longest || !clock.complete || clock.longest->total.milli != 0) return false;
  return std::any_of(clock.longest->steps.begin(), clock.longest->steps.end(), [&](const auto& s) {
    const Meaning& meaning = c.facts.meanings[at(s.node)];
    return c.flow.node(s.node).limit.form == LimitForm::instant && !meaning.is(Stage::accept);
  });
}

void check_promised(const RuleContext& c, Reporter& report) {
  if (c.facts.handling != Handling::promised) return;
  const Limit limit = promised_limit(c);
  if (amount_given(limit) && limit.reading->amount.milli == 0) {
    report.at(limit.place, Arguments{});
  } else if (all_on_the_spot(c)) {
    const Text& handling = c.flow.handling.empty() ? c.guide->handling : c.flow.handling;
    report.at(handling.span,
              {"从受理到决定的环节都是当场办理，却是承诺件",
               "every step up to the decision is on the spot, yet a limit is promised"},
              Arguments{});
  }
}

void check_half(const RuleContext& c, Reporter& report) {
  const Limit statutory = statutory_limit(c);
  const Limit promised = promised_limit(c);
  if (!amount_given(statutory) || !amount_given(promised)) return;
  const Quantity law = statutory.reading->amount;
  const Quantity promise = promised.reading->amount;
  if (law.unit != promise.unit || promise.milli > law.milli || promise.milli * 2 <= law.milli) {
    return;
  }
  if (!more_than_a_day(promise)) return;  // nothing shorter is promised in days
  report.at(promised.place, {{"promised", promise}, {"statutory", law}});
}

}  // namespace

extern constinit const Rule path_under_promise{
    .code = "T306",
    .name = "path-under-promise",
    .severity = Severity::info,
    .source = {"安阳市政务服务条例第二十二条：尽可能压缩承诺时限",
               "Anyang regulation on government services, art. 22: shorten promises"},
    .message = {"从{from}到{to}最长只要 {sum}，承诺时限是 {limit}",
                "{from} to {to} takes at most {sum}, {limit} are promised"},
    .help = {"可以把承诺时限压缩到各环节之和，或核对是否漏写环节时限",
             "the promise could be cut to the sum, unless a step's limit is missing"},
    .certainty = Certainty::inferred,
    .domain = "R14",
    .check = &check_slack,
};

extern constinit const Rule instant_item_takes_time{
    .code = "T307",
    .name = "instant-item-takes-time",
    .severity = Severity::error,
    .source = {"行政许可法第三十四条第二款；GB/T 39046-2020 表A.6",
               "Administrative Licensing Law, art. 34(2); GB/T 39046-2020 table A.6"},
    .message = {"即办件却要经过“{what}”", "handled on the spot, yet it goes through '{what}'"},
    .help = {"不能当场办结的，办件类型改为承诺件",
             "what cannot be decided on the spot is an item with a promised limit (承诺件)"},
    .certainty = Certainty::inferred,
    .domain = "R18",
    .check = &check_instant,
    .on_records = true,
};

extern constinit const Rule promised_item_on_the_spot{
    .code = "T308",
    .name = "promised-item-on-the-spot",
    .severity = Severity::warning,
    .source = {"GB/T 39046-2020 表A.6 办件类型", "GB/T 39046-2020 table A.6, kinds of handling"},
    .message = {"承诺件的承诺时限却是当场办结", "a limit is promised, yet it says on the spot"},
    .help = {"当场办结的，办件类型改为即办件；否则写明时限",
             "what is decided on the spot is 即办件; otherwise state the limit"},
    .certainty = Certainty::inferred,
    .domain = "R19",
    .check = &check_promised,
    .on_records = true,
};

extern constinit const Rule promise_over_half{
    .code = "T315",
    .name = "promise-over-half",
    .severity = Severity::info,
    .source = {"上海市“双减半”要求（2019年）：承诺时限平均减至法定时限的一半",
               "Shanghai's 双减半 of 2019: promises at half the statutory limit on average"},
    .message = {"承诺时限 {promised} 超过法定时限 {statutory} 的一半",
                "the promised {promised} is over half of the statutory {statutory}"},
    .help = {"“双减半”是平均目标，单个事项不一定要达到；能压缩的再压缩",
             "the target is an average, so one item need not meet it; cut it further if possible"},
    .certainty = Certainty::inferred,
    .domain = "R47",
    .check = &check_half,
    .on_records = true,
};

}  // namespace flowproof::rules
