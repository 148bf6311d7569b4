#include "flowproof/facts.hpp"

#include <algorithm>
#include <map>

#include "analysis/call_exits.hpp"
#include "analysis/clock.hpp"
#include "analysis/shared_answers.hpp"
#include "analysis/walk.hpp"
#include "flowproof/guide.hpp"

namespace flowproof {

namespace {

/// Compressed rows: row i holds the edges whose key is node i, in edge order.
template <class Key>
void fill_rows(const Flow& flow, Key key, std::vector<std::uint32_t>& begin,
               std::vector<EdgeIndex>& row) {
  begin.assign(flow.nodes.size() + 1, 0);
  for (const Edge& edge : flow.edges) ++begin[at(key(edge)) + 1];
  for (std::size_t i = 1; i < begin.size(); ++i) begin[i] += begin[i - 1];
  row.resize(flow.edges.size());
  std::vector<std::uint32_t> next(begin.begin(), begin.end() - 1);
  for (std::uint32_t e = 0; e < flow.edges.size(); ++e) {
    row[next[at(key(flow.edges[e]))]++] = EdgeIndex{e};
  }
}

/// The stage of a box that only names an outcome ("出具不予许可决定书").
std::uint32_t stages_implied(Outcome outcome) {
  switch (outcome) {
    case Outcome::granted:
    case Outcome::refused:
      return bit_of(Stage::decide);
    case Outcome::not_accepted:
      return bit_of(Stage::accept);
    case Outcome::supplement:
      return bit_of(Stage::supplement);
    case Outcome::withdrawn:
      return bit_of(Stage::withdraw);
    case Outcome::terminated:
      return bit_of(Stage::terminate);
    case Outcome::forwarded:
      return bit_of(Stage::forward);
  }
  return 0;
}

/// A stage or outcome attribute says what its author means; the words of the text are asked only
/// for what those leave open.
Meaning meaning_of(const Node& node, const Vocabulary& vocabulary) {
  const Reading stage = read_words(vocabulary, node.get(Attribute::stage));
  const Reading outcome = read_words(vocabulary, node.get(Attribute::outcome));
  Meaning meaning{stage.stages, stage.stage, outcome.outcome ? outcome.outcome : stage.outcome};
  const bool stage_unsaid = meaning.stages == 0;
  if (stage_unsaid || (!meaning.outcome && node.kind == NodeKind::end)) {
    // What a special procedure is, its kind says: "经局长批准延长期限" is no decision.
    const bool by_kind = node.kind == NodeKind::special && node.has(Attribute::kind);
    const Reading text =
        read_words(vocabulary, node.get(by_kind ? Attribute::kind : Attribute::text));
    if (stage_unsaid) {
      meaning.stages = text.stages;
      meaning.stage = text.stage;
    }
    if (node.kind != NodeKind::decision) {
      if (!meaning.outcome) meaning.outcome = text.outcome;
    } else if (meaning.stages == 0 && text.outcome) {
      // A question names an outcome without being one: "是否准予许可?" decides.
      meaning.stages = stages_implied(text.outcome->meaning);
    }
  }
  if (node.kind == NodeKind::special) meaning.stages |= bit_of(Stage::special);
  if (meaning.stages == 0 && meaning.outcome && node.kind != NodeKind::end) {
    meaning.stages = stages_implied(meaning.outcome->meaning);
  }
  return meaning;
}

/// Boxes that carry out a stage, not those that announce what was decided in it.
bool carries_out(const Flow& flow, const Facts& facts, NodeIndex i) {
  const Node& node = flow.node(i);
  const bool works =
      node.kind != NodeKind::start && node.kind != NodeKind::end && !is_bar(node.kind);
  return works && facts.reachable[at(i)] && !facts.meanings[at(i)].adverse();
}

/// Rows of one name, and the boxes that bear it.
struct SameName {
  std::size_t rows = 0, rows_before = 0;
  std::vector<NodeIndex> boxes;
};

/// Rows of one name are the boxes of that name in their order; if there are not as many of both,
/// nobody can tell which is which, as one may be drawn as a question.
std::optional<NodeIndex> box_named(SameName& same) {
  const std::size_t number = same.rows_before++;
  if (same.boxes.empty() || (same.rows > 1 && same.rows != same.boxes.size())) return std::nullopt;
  return same.boxes[number];
}

StepMatch match_step(const Flow& flow, const Facts& facts, const GuideStep& step, SameName& same,
                     const Vocabulary& vocabulary) {
  StepMatch match;
  match.stages = read_words(vocabulary, step.stage.value).stages;
  if (match.stages == 0) match.stages = read_words(vocabulary, step.name.value).stages;
  match.node = box_named(same);
  if (match.node || same.rows > 1) return match;
  std::size_t of_stage = 0;
  std::optional<NodeIndex> alone;
  for (std::uint32_t i = 0; i < flow.nodes.size(); ++i) {
    const bool matches = (facts.meanings[i].stages & match.stages) != 0;
    if (!matches || !carries_out(flow, facts, NodeIndex{i})) continue;
    ++of_stage;
    alone = NodeIndex{i};
  }
  if (of_stage == 1) match.node = alone;
  return match;
}

/// A box that is alone in its stage is matched only by a row that is alone in it, too.
void match_steps(const Flow& flow, const Guide& guide, const Vocabulary& vocabulary, Facts& facts) {
  std::map<std::string_view, SameName> names;
  for (const GuideStep& step : guide.steps) ++names[step.name.value].rows;
  for (std::uint32_t i = 0; i < flow.nodes.size(); ++i) {
    const auto same = names.find(flow.nodes[i].label());
    if (same == names.end() || same->first.empty()) continue;
    if (carries_out(flow, facts, NodeIndex{i})) same->second.boxes.push_back(NodeIndex{i});
  }
  for (const GuideStep& step : guide.steps) {
    SameName unnamed;
    SameName& same = step.name.empty() ? unnamed : names[step.name.value];
    facts.guide_steps.push_back(match_step(flow, facts, step, same, vocabulary));
  }
  for (std::size_t i = 0; i < guide.steps.size(); ++i) {
    StepMatch& match = facts.guide_steps[i];
    if (!match.node || flow.node(*match.node).label() == guide.steps[i].name.value) continue;
    const auto rows =
        std::count_if(facts.guide_steps.begin(), facts.guide_steps.end(),
                      [&](const StepMatch& other) { return (other.stages & match.stages) != 0; });
    if (rows > 1) match.node.reset();
  }
}

template <class T>
std::optional<T> term_of(const WordList<T>& words, const Text& in_flow, const Text* in_guide) {
  const Text& text = in_flow.empty() && in_guide != nullptr ? *in_guide : in_flow;
  const auto match = words.exactly(text.value);
  return match ? std::optional(match->meaning) : std::nullopt;
}

}  // namespace

bool clock_runs(const Node& node, const Profile& profile) {
  if (!node.counted()) return false;
  if (node.kind != NodeKind::special || node.has(Attribute::counted)) return true;
  const std::string& kind = node.has(Attribute::kind) ? node.get(Attribute::kind) : node.label();
  return profile.excluded_by_law(kind) == nullptr;
}

Graph::Graph(const Flow& flow) {
  fill_rows(
      flow, [](const Edge& edge) { return edge.from; }, out_begin_, out_);
  fill_rows(
      flow, [](const Edge& edge) { return edge.to; }, in_begin_, in_);
}

template <class T>
static bool has_meaning(const Facts& facts, T wanted) {
  return std::any_of(facts.meanings.begin(), facts.meanings.end(),
                     [&](const Meaning& meaning) { return meaning.is(wanted); });
}

bool Facts::has(Stage stage) const { return has_meaning(*this, stage); }
bool Facts::has(Outcome outcome) const { return has_meaning(*this, outcome); }

std::vector<bool> Facts::reached_with(const Flow& flow, const Answers& way) const {
  if (starts.empty()) return std::vector<bool>(flow.nodes.size(), true);
  const std::vector<bool>* ruled_out = way.ruled_out.empty() ? nullptr : &way.ruled_out;
  return reach(flow, graph, starts, Direction::forward, ruled_out);
}

std::optional<Quantity> Facts::time_of(const Flow& flow, NodeIndex node) const {
  const TimeLimit& limit = flow.node(node).limit;
  if (limit.has_amount()) return limit.amount;
  const CalledFlow* called = calls.flow_of(node);
  const CalledTime* time = calls.time_of(node, std::nullopt, true);
  if (called == nullptr || time == nullptr) return std::nullopt;
  return Quantity{time->milli, called->unit};
}

SoundnessVerdict Facts::verdict() const {
  if (soundness.verdict != SoundnessVerdict::sound) return soundness.verdict;
  SoundnessVerdict verdict = SoundnessVerdict::sound;
  for (const Call& call : calls.calls) {
    const SoundnessVerdict called =
        call.flow ? calls.flows[*call.flow].soundness : SoundnessVerdict::undecided;
    if (called == SoundnessVerdict::unsound) return called;
    if (called != SoundnessVerdict::sound) verdict = called;
  }
  return verdict;
}

std::optional<StageSpan> read_span(std::string_view text, const Vocabulary& vocabulary) {
  const std::size_t dots = text.find("..");
  if (dots == std::string_view::npos) return std::nullopt;
  const auto stage = [&](std::string_view word) -> std::optional<Stage> {
    while (word.starts_with(' ')) word.remove_prefix(1);
    while (word.ends_with(' ')) word.remove_suffix(1);
    if (const auto match = vocabulary.stages.exactly(word)) return match->meaning;
    return stage_of_id(word);
  };
  const auto from = stage(text.substr(0, dots));
  const auto to = stage(text.substr(dots + 2));
  if (!from || !to) return std::nullopt;
  return StageSpan{*from, *to};
}

/// What flow and guide say of themselves: type, handling, spans of the clocks, rows of the table.
static void classify(const Flow& flow, const Guide* guide, const Profile& profile, Facts& facts) {
  const Vocabulary& words = profile.vocabulary;
  facts.item = flow.title.value;
  if (guide != nullptr) facts.item += '\n' + guide->name.value;
  facts.type = term_of(words.item_types, flow.type, guide ? &guide->type : nullptr);
  facts.handling = term_of(words.handlings, flow.handling, guide ? &guide->handling : nullptr);
  if (guide != nullptr) match_steps(flow, *guide, words, facts);
  facts.promise.span = profile.promise_span;
  if (guide != nullptr) {
    facts.promise.span =
        read_span(guide->promised.span.value, words).value_or(profile.promise_span);
  }
  const Clock* decide = profile.clock("decide", facts.item);
  if (decide != nullptr) facts.decision.span = decide->span;
}

Facts analyse(const Guide& guide, const Profile& profile) {
  Facts facts;
  const Flow no_flow;
  classify(no_flow, &guide, profile, facts);
  return facts;
}

/// A way back says how often it may be taken; that of a 补正 is taken once unless it says otherwise
/// (行政许可法 32(4), 一次告知).
static bool bounded(const Flow& flow, const Facts& facts, const Edge& edge) {
  const auto supplements = [&](NodeIndex node) {
    const Meaning& meaning = facts.meanings[at(node)];
    return meaning.is(Outcome::supplement) || meaning.is(Stage::supplement);
  };
  return edge.max || flow.node(edge.from).incomplete || supplements(edge.from) ||
         supplements(edge.to);
}

static std::vector<EdgeIndex> unbounded_ways_back(const Flow& flow, const Facts& facts) {
  std::vector<EdgeIndex> found;
  std::vector<bool> barred(flow.edges.size());
  bool suspicious = false;
  for (std::size_t e = 0; e < flow.edges.size(); ++e) {
    barred[e] = bounded(flow, facts, flow.edges[e]);
    suspicious |= facts.returns[e] && !barred[e];
  }
  if (!suspicious) return found;
  Facts open;  // what remains when every bounded edge is gone
  open.graph = facts.graph;
  open.starts = facts.starts;
  walk(flow, open, &barred);
  for (std::uint32_t e = 0; e < flow.edges.size(); ++e) {
    if (open.returns[e]) found.push_back(EdgeIndex{e});
  }
  return found;
}

static void add_what_rules_ask(const Flow& flow, const Profile& profile, Facts& facts) {
  std::vector<NodeIndex> finishing;
  for (std::uint32_t i = 0; i < flow.nodes.size(); ++i) {
    const Node& node = flow.nodes[i];
    if (node.kind == NodeKind::end || node.incomplete) finishing.push_back(NodeIndex{i});
  }
  facts.finishing = reach(flow, facts.graph, std::move(finishing), Direction::backward);
  facts.unbounded = unbounded_ways_back(flow, facts);
  facts.soundness = verify(flow, facts.answers);
  facts.decision = facts.decision.span == facts.promise.span
                       ? facts.promise
                       : measure_clock(flow, facts, facts.decision.span);
  const Clock* deliver = profile.clock("deliver", facts.item);
  if (deliver != nullptr) facts.delivery = measure_clock(flow, facts, deliver->span);
  const Clock* first_review = profile.clock("first-review", facts.item);
  if (first_review != nullptr && facts.has(Stage::forward)) {
    facts.first_review = measure_clock(flow, facts, first_review->span);
  }
}

Facts analyse(const Flow& flow, const Guide* guide, const Profile& profile) {
  return analyse(flow, guide, profile, {});
}

Facts analyse(const Flow& flow, const Guide* guide, const Profile& profile, Calls calls,
              Purpose purpose) {
  Facts facts;
  facts.graph = Graph(flow);
  facts.meanings.reserve(flow.nodes.size());
  for (std::uint32_t i = 0; i < flow.nodes.size(); ++i) {
    const Node& node = flow.nodes[i];
    if (node.kind == NodeKind::start) facts.starts.push_back(NodeIndex{i});
    if (node.kind == NodeKind::end) facts.ends.push_back(NodeIndex{i});
    facts.meanings.push_back(meaning_of(node, profile.vocabulary));
    facts.counted.push_back(clock_runs(node, profile));
  }
  facts.calls = std::move(calls);
  match_exits(flow, profile, facts);
  walk(flow, facts);
  facts.answers = consistent_answers(flow, facts);
  facts.reachable.resize(flow.nodes.size());
  for (const Answers& answers : facts.answers) {
    const std::vector<bool> here = facts.reached_with(flow, answers);
    for (std::size_t i = 0; i < here.size(); ++i) {
      facts.reachable[i] = facts.reachable[i] || here[i];
    }
  }
  classify(flow, guide, profile, facts);
  facts.promise = measure_clock(flow, facts, facts.promise.span);
  if (purpose == Purpose::judging) add_what_rules_ask(flow, profile, facts);
  return facts;
}

}  // namespace flowproof
