// Special procedures (行政许可法 45 and the like): complete, excluded for a reason, and in the
// guide.
#include <algorithm>

#include "rules/rule_support.hpp"

namespace flowproof::rules {

namespace {

constexpr std::uint32_t no_procedure = bit_of(Stage::extend) | bit_of(Stage::suspend) |
                                       bit_of(Stage::terminate) | bit_of(Stage::withdraw);

bool is_no(std::string_view text) { return text == "no" || text == "否"; }
bool is_yes(std::string_view text) { return text == "yes" || text == "是"; }

/// A real procedure, not an extension or a suspension drawn with the same symbol.
bool is_procedure(const RuleContext& c, NodeIndex i) {
  return c.flow.node(i).kind == NodeKind::special && c.facts.reachable[at(i)] &&
         (c.facts.meanings[at(i)].stages & no_procedure) == 0;
}

std::string kind_of(const Node& node) {
  return node.get(Attribute::kind) + '\n' + node.get(Attribute::text);
}

/// Rows of some portals have no name.
ArgumentValue name_of(const GuideSpecial& special) {
  if (special.kind.empty()) return LocalizedText{"未写名称的一项", "one without a name"};
  return special.kind.value;
}

/// The same of a guide's table, where no chart shows it.
void check_complete_rows(const RuleContext& c, Reporter& report) {
  for (const GuideSpecial& special : c.guide->specials) {
    std::vector<LocalizedText> lacks;
    if (special.limit.empty()) lacks.push_back({"所需时间", "the time it takes"});
    const bool no_time = !lacks.empty();
    const bool cited = special.kind.value.find("《") != std::string::npos;  // told with the name
    if (special.basis.empty() && !cited && !is_no(special.counted.value) &&
        c.profile.excluded_by_law(special.kind.value) == nullptr) {
      lacks.push_back({"依据", "its legal basis"});
    }
    if (lacks.empty()) continue;
    const Text& place = special.kind.empty() ? special.limit : special.kind;
    Diagnostic& finding =
        report.at(place.span, {{"node", name_of(special)}, {"lacks", std::move(lacks)}});
    finding.help = {"写明这一特别程序的时限和依据",
                    "state the limit and the basis of this procedure"};
    // Many portals' records have no place for a basis: that none is given proves little.
    if (!no_time) finding.severity = std::min(finding.severity, Severity::info);
  }
}

void check_complete(const RuleContext& c, Reporter& report) {
  if (c.flow.nodes.empty() && c.guide != nullptr) return check_complete_rows(c, report);
  for (const NodeIndex i : every_node(c.flow)) {
    const Node& node = c.flow.node(i);
    if (!is_procedure(c, i)) continue;
    std::vector<LocalizedText> lacks;
    if (!node.has(Attribute::limit)) lacks.push_back({"所需时间", "the time it takes"});
    const bool excluded = node.has(Attribute::counted) && !node.counted();
    if (!node.has(Attribute::basis) && !excluded &&
        c.profile.excluded_by_law(kind_of(node)) == nullptr) {
      lacks.push_back({"依据", "its legal basis"});
    }
    if (lacks.empty()) continue;
    report.at(node.span, {{"node", node.label()}, {"lacks", std::move(lacks)}}, node.id());
  }
}

/// Boxes on a way from acceptance to the decision.
std::vector<bool> between_acceptance_and_decision(const RuleContext& c) {
  std::vector<NodeIndex> from, to;
  for (const NodeIndex i : every_node(c.flow)) {
    const Meaning& meaning = c.facts.meanings[at(i)];
    if (meaning.is(Stage::accept) && !meaning.adverse()) from.push_back(i);
    if (meaning.is(Stage::decide)) to.push_back(i);
  }
  const Graph& graph = c.facts.graph;
  std::vector<bool> inside = reach(c.flow, graph, std::move(from), Direction::forward);
  const std::vector<bool> before = reach(c.flow, graph, std::move(to), Direction::backward);
  std::transform(inside.begin(), inside.end(), before.begin(), inside.begin(),
                 [](bool a, bool b) { return a && b; });
  return inside;
}

void check_basis(const RuleContext& c, Reporter& report) {
  constexpr std::uint32_t outside =
      bit_of(Stage::apply) | bit_of(Stage::precheck) | bit_of(Stage::receive) |
      bit_of(Stage::accept) | bit_of(Stage::supplement) | bit_of(Stage::certify) |
      bit_of(Stage::deliver) | bit_of(Stage::archive) | bit_of(Stage::withdraw) |
      bit_of(Stage::extend) | bit_of(Stage::terminate);
  const std::vector<bool> inside = between_acceptance_and_decision(c);
  for (const NodeIndex i : every_node(c.flow)) {
    const Node& node = c.flow.node(i);
    if (!c.facts.reachable[at(i)] || !inside[at(i)] || node.counted() ||
        !node.get(Attribute::basis).empty() || by_applicant(c, node) ||
        (c.facts.meanings[at(i)].stages & outside) != 0 ||
        c.profile.excluded_by_law(kind_of(node)) != nullptr) {
      continue;
    }
    report.at(node.has(Attribute::counted) ? node.place(Attribute::counted)
                                           : node.place(Attribute::limit),
              {{"node", node.label()}}, node.id());
  }
}

void check_counted(const RuleContext& c, Reporter& report) {
  for (const NodeIndex i : every_node(c.flow)) {
    const Node& node = c.flow.node(i);
    if (!is_procedure(c, i) || !is_yes(node.get(Attribute::counted)) ||
        c.profile.excluded_by_law(node.get(Attribute::kind)) == nullptr) {
      continue;
    }
    report.at(node.place(Attribute::counted), {{"special", node.label()}}, node.id());
  }
  if (c.guide == nullptr) return;
  const GuideLimit& promise = c.guide->promised;
  if (!promise.reading.has_amount() || !promise.reading.exclusions.empty() ||
      !c.profile.phrase_in("exclusion", promise.value.value + promise.note.value).empty()) {
    return;
  }
  for (const GuideSpecial& special : c.guide->specials) {
    if (special.reading.form != LimitForm::amount || is_no(special.counted.value) ||
        special.reading.amount.unit != promise.reading.amount.unit ||
        special.reading.amount.milli <= promise.reading.amount.milli) {
      continue;
    }
    Diagnostic& finding = report.at(
        promise.value.span,
        {"承诺时限 {promise} 短于“{special}”的 {time}，又没有写明不计入",
         "the promised {promise} is shorter than the {time} of '{special}', and nothing says "
         "that it is not counted"},
        {{"promise", promise.reading.amount},
         {"special", name_of(special)},
         {"time", special.reading.amount}});
    finding.help = {"在承诺时限的说明中写明不含哪些时间，或核对两个时限",
                    "say in the promise's note which time is not counted, or check both limits"};
    return;
  }
}

/// 专家评审 and 组织专家评审 are the same procedure; so are two texts with one word of the profile.
bool same_procedure(const RuleContext& c, std::string_view a, std::string_view b) {
  if (a.empty() || b.empty()) return false;
  if (a.find(b) != std::string_view::npos || b.find(a) != std::string_view::npos) return true;
  return std::any_of(c.profile.excluded->begin(), c.profile.excluded->end(),
                     [&](const ExcludedKind& kind) {
                       return a.find(kind.word) != std::string_view::npos &&
                              b.find(kind.word) != std::string_view::npos;
                     });
}

/// An empty row of a portal's table is no procedure.
bool is_row(const RuleContext& c, const GuideSpecial& special) {
  if (special.kind.empty()) return false;
  const TimeLimit as_limit = read_time_limit(special.kind.value);
  const std::uint32_t stages = read_words(c.profile.vocabulary, special.kind.value).stages;
  return as_limit.form != LimitForm::none && (stages & no_procedure) == 0;
}

/// In the table of special procedures, or as a row of the steps, where portals put it too.
bool listed(const RuleContext& c, std::string_view kind) {
  const Guide& guide = *c.guide;
  return std::any_of(guide.specials.begin(), guide.specials.end(),
                     [&](const GuideSpecial& special) {
                       return same_procedure(c, special.kind.value, kind);
                     }) ||
         std::any_of(guide.steps.begin(), guide.steps.end(), [&](const GuideStep& step) {
           return same_procedure(c, step.name.value, kind) ||
                  same_procedure(c, step.stage.value, kind);
         });
}

void check_guide(const RuleContext& c, Reporter& report) {
  for (const NodeIndex i : every_node(c.flow)) {
    const Node& node = c.flow.node(i);
    if (!is_procedure(c, i)) continue;
    const std::string kind = node.has(Attribute::kind) ? node.get(Attribute::kind) : node.label();
    if (!listed(c, kind)) report.at(node.span, {{"special", node.label()}}, node.id());
  }
  for (const GuideSpecial& special : c.guide->specials) {
    if (!is_row(c, special)) continue;
    const bool drawn = std::any_of(c.flow.nodes.begin(), c.flow.nodes.end(), [&](const Node& node) {
      return same_procedure(c, node.get(Attribute::kind), special.kind.value) ||
             same_procedure(c, node.get(Attribute::text), special.kind.value);
    });
    if (drawn) continue;
    report.at(special.kind.span,
              {"办事指南有特别程序“{special}”，流程图没有画",
               "the guide has the special procedure '{special}', the chart does not"},
              {{"special", special.kind.value}});
  }
}

}  // namespace

extern constinit const Rule incomplete_special{
    .code = "C210",
    .name = "incomplete-special",
    .severity = Severity::warning,
    .source = {"行政许可法第四十五条：所需时间应当书面告知申请人",
               "Administrative Licensing Law, art. 45: the time it takes is told in writing"},
    .message = {"特别程序“{node}”没有写明{lacks}",
                "the special procedure '{node}' does not say {lacks}"},
    .help = {"写明 limit 和 basis", "state limit and basis"},
    .domain = "R23",
    .check = &check_complete,
    .on_records = true,
};

extern constinit const Rule excluded_without_basis{
    .code = "T311",
    .name = "excluded-without-basis",
    .severity = Severity::warning,
    .source = {"行政许可法第四十五条（封闭列举）",
               "Administrative Licensing Law, art. 45 (a closed list)"},
    .message = {"“{node}”不计入时限，却没有依据", "'{node}' is not counted, but no law says so"},
    .help = {"写明规定不计入的法律、法规（basis），没有的应当计入",
             "give the law that excludes it as basis; without one its time counts"},
    .domain = "R24",
    .check = &check_basis,
};

extern constinit const Rule special_inside_promise{
    .code = "T312",
    .name = "special-inside-promise",
    .severity = Severity::warning,
    .source = {"行政许可法第四十五条", "Administrative Licensing Law, art. 45"},
    .message = {"“{special}”依法不计入时限，图上却计入",
                "the law does not count '{special}', the chart does"},
    .help = {"删去 counted=\"yes\"，或在承诺时限的说明中写明不含哪些时间",
             "delete counted=\"yes\", or say in the promise's note which time is not counted"},
    .domain = "R25",
    .check = &check_counted,
    .on_records = true,
};

extern constinit const Rule special_differs{
    .code = "G403",
    .name = "special-differs",
    .severity = Severity::error,
    .source = {"GB/T 39046-2020 表4 第41项；行政许可法第四十五条",
               "GB/T 39046-2020 table 4, item 41; Administrative Licensing Law, art. 45"},
    .message = {"流程图有特别程序“{special}”，办事指南没有列",
                "the chart has the special procedure '{special}', the guide does not"},
    .help = {"核对依据后补齐另一处，或从两处删去",
             "check its legal basis, then add it to the other or delete it"},
    .domain = "R22",
    .needs = Needs::guide,
    .check = &check_guide,
};

}  // namespace flowproof::rules
