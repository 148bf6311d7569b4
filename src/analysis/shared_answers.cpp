#include "analysis/shared_answers.hpp"

#include <algorithm>
#include <map>

namespace flowproof {

namespace {

constexpr std::size_t most_questions = 10;
constexpr std::size_t most_answers = 4096;
constexpr std::size_t most_work = 4'000'000;  // ways to answer times lines

/// What is asked, and the answers the decision knows, sorted: words of its own are another
/// question.
using Asked = std::pair<std::string_view, std::vector<std::string_view>>;
using Questions = std::map<Asked, std::vector<NodeIndex>>;

/// Its question; no answers if an exit says none. The silence of a deadline is no answer.
Asked asked_by(const Flow& flow, const Facts& facts, NodeIndex node) {
  Asked asked{flow.node(node).get(Attribute::condition), {}};
  for (const EdgeIndex e : facts.graph.exits(node)) {
    const Edge& edge = flow.edge(e);
    if (edge.timeout) continue;
    if (edge.when.empty()) return {};
    asked.second.push_back(edge.when.value);
  }
  std::sort(asked.second.begin(), asked.second.end());
  const auto same = std::unique(asked.second.begin(), asked.second.end());
  asked.second.erase(same, asked.second.end());
  return asked;
}

bool in_loop(const Flow& flow, const Facts& facts, const std::vector<std::uint32_t>& size,
             NodeIndex node) {
  const auto exits = facts.graph.exits(node);
  return size[facts.component[at(node)]] > 1 ||
         std::any_of(exits.begin(), exits.end(),
                     [&](EdgeIndex e) { return flow.edge(e).to == node; });
}

Questions shared_questions(const Flow& flow, const Facts& facts) {
  Questions questions;
  for (std::uint32_t i = 0; i < flow.nodes.size(); ++i) {
    const Node& node = flow.nodes[i];
    const bool asks = node.kind == NodeKind::decision && node.has(Attribute::condition);
    if (!asks || node.incomplete) continue;
    Asked asked = asked_by(flow, facts, NodeIndex{i});
    if (asked.second.size() > 1) questions[std::move(asked)].push_back(NodeIndex{i});
  }
  const auto alone = [](const auto& row) { return row.second.size() < 2; };
  std::erase_if(questions, alone);
  if (questions.empty()) return questions;
  std::vector<std::uint32_t> size(flow.nodes.size());
  for (const std::uint32_t component : facts.component) ++size[component];
  for (auto& [asked, decisions] : questions) {
    std::erase_if(decisions, [&](NodeIndex node) { return in_loop(flow, facts, size, node); });
  }
  std::erase_if(questions, alone);
  return questions;
}

void rule_out(const Flow& flow, const Facts& facts, const std::vector<NodeIndex>& decisions,
              std::string_view answer, Answers& answers) {
  for (const NodeIndex node : decisions) {
    for (const EdgeIndex e : facts.graph.exits(node)) {
      const Edge& edge = flow.edge(e);
      if (!edge.timeout && edge.when.value != answer) answers.ruled_out[at(e)] = true;
    }
  }
}

}  // namespace

std::vector<Answers> consistent_answers(const Flow& flow, const Facts& facts) {
  const Questions questions = shared_questions(flow, facts);
  std::size_t ways = questions.size() > most_questions ? 0 : 1;
  for (const auto& [asked, decisions] : questions) {
    ways = std::min(most_answers + 1, ways * asked.second.size());
  }
  const bool too_many = ways > most_answers || ways * flow.edges.size() > most_work;
  if (ways < 2 || too_many) return std::vector<Answers>(1);
  std::vector<Answers> all(ways, {.ruled_out = std::vector<bool>(flow.edges.size())});
  for (std::size_t way = 0; way < ways; ++way) {
    std::size_t digits = way;  // mixed radix: one digit a question
    for (const auto& [asked, decisions] : questions) {
      const std::size_t count = asked.second.size();
      rule_out(flow, facts, decisions, asked.second[digits % count], all[way]);
      digits /= count;
    }
  }
  return all;
}

}  // namespace flowproof
