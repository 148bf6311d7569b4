// Who does a step, how long it takes, what comes of it.
#include <algorithm>

#include "rules/rule_support.hpp"

namespace flowproof::rules {

extern const Rule incomplete_step;
extern const Rule missing_contact;

namespace {

void check_inspectors(const RuleContext& c, Reporter& report) {
  if (c.facts.type != ItemType::licence) return;
  if (c.guide != nullptr &&
      std::any_of(c.guide->steps.begin(), c.guide->steps.end(), [&](const GuideStep& step) {
        return !c.profile.phrase_in("two-staff", step.standard.value + step.performer.value)
                    .empty();
      })) {
    return;
  }
  const Notes notes(c.flow);
  for (const NodeIndex i : every_node(c.flow)) {
    const Node& node = c.flow.node(i);
    const bool inspects = node.kind == NodeKind::step || node.kind == NodeKind::special;
    if (!inspects || !c.facts.reachable[at(i)] || !c.facts.meanings[at(i)].is(Stage::site) ||
        by_applicant(c, node)) {
      continue;
    }
    const std::string words = words_of(node) + notes.of_node[at(i)] + notes.footer;
    if (!c.profile.phrase_in("two-staff", words).empty()) continue;
    report.at(node.span, {{"node", node.label()}}, node.id());
  }
}

constexpr std::size_t most_named = 5;       // steps named in the message
constexpr std::size_t most_witnesses = 50;  // and below it

struct Lacks {
  bool who = false, when = false, result = false;

  [[nodiscard]] bool any() const { return who || when || result; }
  [[nodiscard]] std::vector<LocalizedText> words() const {
    std::vector<LocalizedText> texts;
    if (who) texts.push_back({"岗位", "who does it"});
    if (when) texts.push_back({"时限", "its limit"});
    if (result) texts.push_back({"文书或结果", "its result"});
    return texts;
  }
};

/// The steps that lack something, told as one finding.
class Unsaid {
 public:
  void add(const std::string& name, const Lacks& lacks) {
    ++count_;
    if (named_.size() < most_named) named_.push_back(name);
    all_ = {all_.who || lacks.who, all_.when || lacks.when, all_.result || lacks.result};
  }

  Diagnostic& tell(Reporter& report, Span place, std::string element = {}) && {
    const LocalizedText same{"有 {count} 个步骤没有写{lacks}：{nodes}",
                             "{count} step(s) do not say {lacks}: {nodes}"};
    if (count_ > static_cast<std::int64_t>(most_named)) named_.emplace_back("…");
    std::vector<LocalizedText> lacks = all_.words();
    const LocalizedText& message = lacks.size() == 1 ? same : incomplete_step.message;
    Diagnostic& finding =
        report.at(place, message,
                  {{"count", count_}, {"lacks", std::move(lacks)}, {"nodes", std::move(named_)}},
                  std::move(element));
    // What comes of a step a chart need not say.
    if (!all_.who && !all_.when) finding.severity = std::min(finding.severity, Severity::info);
    return finding;
  }

 private:
  std::vector<std::string> named_;
  std::int64_t count_ = 0;
  Lacks all_;
};

/// The same of a guide's table, where no chart shows it.
void check_rows(const RuleContext& c, Reporter& report) {
  Unsaid unsaid;
  const GuideStep* first = nullptr;
  for (const GuideStep& step : c.guide->steps) {
    const Lacks lacks{step.performer.empty(), step.limit.empty(), step.result.empty()};
    const Text& name = step.name.empty() ? step.stage : step.name;
    const bool by_applicant =
        (read_words(c.profile.vocabulary, name.value).stages & bit_of(Stage::apply)) != 0;
    if (by_applicant || !lacks.any()) continue;
    if (first == nullptr) first = &step;
    unsaid.add(name.value, lacks);
  }
  if (first == nullptr) return;
  const Text& place = first->name.empty() ? first->stage : first->name;
  std::move(unsaid).tell(report, place.span).help = {
      "在办理步骤中写明办理人员、办理时限和办理结果",
      "state who does each step, its limit and its result"};
}

void check_steps(const RuleContext& c, Reporter& report) {
  if (c.flow.nodes.empty() && c.guide != nullptr) return check_rows(c, report);
  Unsaid unsaid;
  std::vector<Remark> witness;
  const Node* first = nullptr;
  for (const NodeIndex i : every_node(c.flow)) {
    const Node& node = c.flow.node(i);
    if (node.kind != NodeKind::step || !c.facts.reachable[at(i)] || by_applicant(c, node)) continue;
    const Lacks lacks{!node.has(Attribute::by) && node.lane == no_lane, !node.has(Attribute::limit),
                      !node.has(Attribute::output)};
    if (!lacks.any()) continue;
    if (first == nullptr) first = &node;
    unsaid.add(node.label(), lacks);
    if (witness.size() >= most_witnesses) continue;
    witness.push_back({node.span,
                       {{"“{node}”没有写{lacks}", "'{node}' does not say {lacks}"},
                        {{"node", node.label()}, {"lacks", lacks.words()}}},
                       node.id()});
  }
  if (first == nullptr) return;
  std::move(unsaid).tell(report, first->span, first->id()).witness = std::move(witness);
}

// Under 审批分离 another post decides than accepts.
void check_separation(const RuleContext& c, Reporter& report) {
  if (c.facts.handling != Handling::promised) return;
  const auto acts = [&](NodeIndex i, Stage stage) {
    const Node& node = c.flow.node(i);
    return c.facts.reachable[at(i)] && c.facts.meanings[at(i)].is(stage) &&
           !c.facts.meanings[at(i)].adverse() && node.has(Attribute::by) &&
           node.kind != NodeKind::end;
  };
  for (const NodeIndex decider : every_node(c.flow)) {
    if (!acts(decider, Stage::decide)) continue;
    const Node& node = c.flow.node(decider);
    const auto nodes = every_node(c.flow);
    const auto same = std::find_if(nodes.begin(), nodes.end(), [&](NodeIndex i) {
      return i != decider && acts(i, Stage::accept) &&
             c.flow.node(i).get(Attribute::by) == node.get(Attribute::by);
    });
    if (same == nodes.end()) continue;
    report.at(node.place(Attribute::by),
              {{"by", node.get(Attribute::by)},
               {"accepts", c.flow.node(*same).label()},
               {"decides", node.label()}},
              node.id());
    return;
  }
}

void check_contacts(const RuleContext& c, Reporter& report) {
  if (c.flow.nodes.empty() && (c.guide == nullptr || !c.guide->tells_contacts)) return;
  const auto in_guide = [&](std::string_view list) {
    return c.guide != nullptr &&
           std::any_of(c.guide->contacts.begin(), c.guide->contacts.end(),
                       [&](const GuideEntry& entry) {
                         return !c.profile.phrase_in(list, entry.kind.value).empty();
                       });
  };
  std::vector<LocalizedText> lacks;
  if (c.flow.consult.empty() && !in_guide("consult")) {
    lacks.push_back({"咨询电话", "whom to ask"});
  }
  if (c.flow.complaint.empty() && !in_guide("complaint")) {
    lacks.push_back({"监督投诉电话", "where to complain"});
  }
  if (lacks.empty()) return;
  if (c.flow.nodes.empty()) {
    Diagnostic& finding =
        report.at(c.guide->span, {"办事指南没有{lacks}", "the guide does not say {lacks}"},
                  {{"lacks", std::move(lacks)}}, "contact");
    finding.help = {"在办事指南中写明", "say it in the guide"};
  } else {
    const LocalizedText alone{"流程图没有{lacks}", "the chart does not say {lacks}"};
    report.at(c.flow.span, c.guide == nullptr ? alone : missing_contact.message,
              {{"lacks", std::move(lacks)}});
  }
}

/// Two names that share two characters in a row may be the same post: 窗口人员, 综合窗口.
bool may_be_same(std::string_view a, std::string_view b) {
  constexpr std::size_t two = 6;  // bytes of two Chinese characters
  for (std::size_t i = 0; i + two <= a.size(); ++i) {
    if (b.find(a.substr(i, two)) != std::string_view::npos) return true;
  }
  return a == b;
}

void check_performers(const RuleContext& c, Reporter& report) {
  for (std::size_t row = 0; row < c.guide->steps.size(); ++row) {
    const Text& performer = c.guide->steps[row].performer;
    if (performer.empty() || !c.facts.guide_steps[row].node) continue;
    const Node& node = c.flow.node(*c.facts.guide_steps[row].node);
    const std::string lane = node.lane == no_lane ? "" : c.flow.lanes[at(node.lane)].name.value;
    const std::string& by = node.get(Attribute::by);
    if ((by.empty() && lane.empty()) || may_be_same(performer.value, by) ||
        may_be_same(performer.value, lane)) {
      continue;
    }
    Diagnostic& finding = report.at(
        by.empty() ? node.place(Attribute::lane) : node.place(Attribute::by),
        {{"node", node.label()}, {"chart", by.empty() ? lane : by}, {"guide", performer.value}},
        node.id());
    finding.witness.push_back(said_in_guide(performer));
  }
}

}  // namespace

extern constinit const Rule single_inspector{
    .code = "C211",
    .name = "single-inspector",
    .severity = Severity::warning,
    .source = {"行政许可法第三十四条第三款", "Administrative Licensing Law, art. 34(3)"},
    .message = {"“{node}”没有写明由两名以上工作人员核查",
                "'{node}' does not say that two or more officials inspect"},
    .help = {"写明“2名以上工作人员”", "say that two or more officials go (2名以上工作人员)"},
    .domain = "R27",
    .check = &check_inspectors,
};

extern constinit const Rule incomplete_step{
    .code = "C212",
    .name = "incomplete-step",
    .severity = Severity::warning,
    .source = {"行政权力公开透明运行规定：流程图逐项标明承办岗位、办理时限、职责要求",
               "rules on the transparency of powers: a chart marks post, limit and duty of each "
               "step"},
    .message = {"有 {count} 个步骤没有写全{lacks}：{nodes}",
                "{count} step(s) do not say all of {lacks}: {nodes}"},
    .help = {"用 by、limit、output 写明；设了泳道的不必再写岗位",
             "state by, limit and output; a lane says who does it"},
    .domain = "R32",
    .check = &check_steps,
    .on_records = true,
};

extern constinit const Rule same_role{
    .code = "C213",
    .name = "same-role",
    .severity = Severity::info,
    .source = {"审批分离的通行做法", "the common practice of separating acceptance and decision"},
    .message = {"“{accepts}”和“{decides}”都由{by}办理",
                "'{accepts}' and '{decides}' are both done by {by}"},
    .help = {"承诺件的受理与决定由不同岗位办理",
             "let different posts accept and decide, unless it is decided on the spot"},
    .certainty = Certainty::knowledge,
    .domain = "R34",
    .check = &check_separation,
};

extern constinit const Rule missing_contact{
    .code = "C214",
    .name = "missing-contact",
    .severity = Severity::info,
    .source = {"行政权力公开透明运行规定：流程图标明投诉举报途径和方式",
               "rules on the transparency of powers: a chart says where to complain"},
    .message = {"流程图和办事指南都没有{lacks}", "neither chart nor guide says {lacks}"},
    .help = {"写明 consult 和 complaint", "state consult and complaint"},
    .domain = "R48",
    .check = &check_contacts,
    .on_records = true,
};

extern constinit const Rule performer_differs{
    .code = "G407",
    .name = "performer-differs",
    .severity = Severity::error,
    .source = {"办事指南与流程图应当一致（崇政服办〔2019〕7号 三（二））",
               "guide and chart must agree (notice 崇政服办〔2019〕7号, part 3 (2))"},
    .message = {"“{node}”在流程图上由“{chart}”办理，办事指南是“{guide}”",
                "'{node}' is done by '{chart}' in the chart, by '{guide}' in the guide"},
    .help = {"按实际岗位改正其中一处", "correct one of them to the post that really does it"},
    .certainty = Certainty::inferred,
    .domain = "R46",
    .needs = Needs::guide,
    .check = &check_performers,
};

}  // namespace flowproof::rules
