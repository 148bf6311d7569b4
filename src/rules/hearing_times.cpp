// 听证: five days to ask for it, twenty to hold it, seven days' notice (行政许可法 47, 48).
#include "rules/judgement.hpp"

namespace flowproof::rules {

namespace {

/// One of the law's times: whose box it is, and on which side of the limit the wrong lies.
struct HearingTime {
  std::string_view clock;
  std::string_view phrases;  ///< that make a box of a hearing one of this kind; empty: any other
  bool at_least;
  LocalizedText what;
};
constexpr HearingTime times[] = {
    {"hearing-request", "hearing-request", true, {"申请听证的期限", "time to ask for a hearing"}},
    {"hearing-notice", "hearing-notice", true, {"听证通知的提前时间", "notice of the hearing"}},
    {"hearing-hold", {}, false, {"组织听证的期限", "time to hold the hearing"}},
};

const HearingTime& time_of(const RuleContext& c, const Node& node) {
  for (const HearingTime& time : times) {
    if (time.phrases.empty() ||
        !c.profile.phrase_in(time.phrases, node.get(Attribute::text)).empty()) {
      return time;
    }
  }
  return times[2];
}

void check(const RuleContext& c, Reporter& report) {
  if (c.facts.type != ItemType::licence) return;
  for (const NodeIndex i : every_node(c.flow)) {
    const Node& node = c.flow.node(i);
    const std::string subject = node.get(Attribute::kind) + node.get(Attribute::text);
    if (!c.facts.reachable[at(i)] || subject.find("听证") == std::string::npos ||
        !c.profile.phrase_in("no-hearing", subject).empty() || node.kind == NodeKind::decision ||
        !node.limit.has_amount() || node.limit.amount.milli == 0 ||
        cites_special_law(c, node.get(Attribute::basis))) {
      continue;
    }
    const HearingTime& time = time_of(c, node);
    const Clock* clock = clock_of(c, time.clock);
    if (clock == nullptr) continue;
    const Quantity law = clock->limit.amount;
    const bool wrong = time.at_least ? over_licensing_limit(law, node.limit.amount)
                                     : over_licensing_limit(node.limit.amount, law);
    if (!wrong) continue;
    report.at(
        node.place(Attribute::limit),
        {{"node", node.label()}, {"what", time.what}, {"limit", node.limit.amount}, {"law", law}},
        node.id());
  }
}

}  // namespace

extern constinit const Rule hearing_times{
    .code = "T316",
    .name = "hearing-times",
    .severity = Severity::warning,
    .source = {"行政许可法第四十七条、第四十八条", "Administrative Licensing Law, arts. 47, 48"},
    .message = {"“{node}”写 {limit}，{what}依法是 {law}",
                "'{node}' says {limit}; the {what} is {law} by law"},
    .help =
        {"申请听证至少五日，听证在二十日内组织，举行七日前通知；单行法另有规定的写明依据",
         "five days to ask for it, held within twenty, told seven days before; if a special law "
         "says otherwise, give it as basis"},
    .domain = "R26",
    .check = &check,
};

}  // namespace flowproof::rules
