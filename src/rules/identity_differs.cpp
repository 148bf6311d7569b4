#include "rules/rule_support.hpp"

namespace flowproof::rules {

namespace {

void compare(Reporter& report, LocalizedText which, const Text& chart, const Text& guide,
             bool same) {
  if (chart.empty() || guide.empty() || same) return;
  Diagnostic& finding =
      report.at(chart.span, {{"which", which}, {"chart", chart.value}, {"guide", guide.value}});
  finding.witness.push_back(said_in_guide(guide));
}

/// Two words for one thing ("01" and 行政许可) agree.
template <class T>
bool same_term(const WordList<T>& words, const Text& a, const Text& b) {
  const auto one = words.exactly(a.value);
  const auto other = words.exactly(b.value);
  return one && other ? one->meaning == other->meaning : a.value == b.value;
}

void check(const RuleContext& c, Reporter& report) {
  const Flow& flow = c.flow;
  const Guide& guide = *c.guide;
  const Vocabulary& words = c.profile.vocabulary;
  compare(report, {"事项编码", "item code"}, flow.item, guide.code,
          flow.item.value == guide.code.value || flow.item.value == guide.catalog.value);
  compare(report, {"事项类型", "item type"}, flow.type, guide.type,
          same_term(words.item_types, flow.type, guide.type));
  compare(report, {"办件类型", "handling type"}, flow.handling, guide.handling,
          same_term(words.handlings, flow.handling, guide.handling));
  compare(report, {"实施主体", "authority"}, flow.authority, guide.authority,
          flow.authority.value == guide.authority.value);
}

}  // namespace

extern constinit const Rule identity_differs{
    .code = "G421",
    .name = "identity-differs",
    .severity = Severity::error,
    .source = {"GB/T 39046-2020 表4 第1至14项", "GB/T 39046-2020 table 4, items 1 to 14"},
    .message = {"流程图的{which}是“{chart}”，办事指南是“{guide}”",
                "the chart's {which} is '{chart}', the guide's is '{guide}'"},
    .help = {"确认流程图与办事指南是同一事项，再改正其中一处",
             "make sure chart and guide are of the same item, then correct one of them"},
    .domain = "R46",
    .needs = Needs::guide,
    .check = &check,
};

}  // namespace flowproof::rules
