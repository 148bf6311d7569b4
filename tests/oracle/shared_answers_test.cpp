// Decisions that ask the same question, against a search through all states that remembers what was
// answered. Shares nothing with the analysis but the flow.
#include <gtest/gtest.h>

#include <array>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "flowproof/facts.hpp"
#include "flowproof/run_queries.hpp"
#include "oracle/random_graphs.hpp"
#include "support/cases.hpp"

namespace {

using namespace flowproof;

constexpr int questions = 2, kinds = 4;
constexpr std::size_t most_states = 4'000;

/// A graph whose decisions ask some of a few questions, and the same as a flow.
struct Case {
  oracle::Graph graph;
  std::vector<int> question;  // per node; -1: none
  std::vector<int> answer;    // per edge; -1: the node has no question
  std::vector<std::int64_t> days;
  Flow flow;
};

/// Boxes a flow does not have become two: joins that split or end, starts that split.
oracle::Graph with_single_gates(oracle::Graph g) {
  for (int n = 0; n < g.size(); ++n) {
    const auto u = static_cast<std::size_t>(n);
    const bool twofold =
        g.and_join[u] ? g.and_split[u] || g.is_end[u] : g.and_split[u] && n == g.source;
    if (!twofold) continue;
    const int rest = g.add(false, g.and_split[u] != 0);
    g.and_split[u] = 0;
    for (auto& edge : g.edges) {
      if (edge.first == n) edge.first = rest;
    }
    g.connect(n, rest);
  }
  g.close();
  return g;
}

bool on_cycle(const oracle::Graph& g, int node) {
  std::set<int> seen;
  std::vector<int> open{node};
  while (!open.empty()) {
    const int here = open.back();
    open.pop_back();
    for (const auto& [from, to] : g.edges) {
      if (from != here) continue;
      if (to == node) return true;
      if (seen.insert(to).second) open.push_back(to);
    }
  }
  return false;
}

int exits_of(const oracle::Graph& g, int node) {
  return static_cast<int>(std::count_if(g.edges.begin(), g.edges.end(),
                                        [&](const auto& edge) { return edge.first == node; }));
}

Flow flow_of(const Case& c) {
  Flow flow;
  const oracle::Graph& g = c.graph;
  for (int n = 0; n < g.size(); ++n) {
    const auto u = static_cast<std::size_t>(n);
    Node node;
    node.kind = n == g.source         ? NodeKind::start
                : g.is_end[u]         ? NodeKind::end
                : g.and_join[u]       ? NodeKind::join
                : g.and_split[u]      ? NodeKind::parallel
                : exits_of(g, n) >= 2 ? NodeKind::decision
                                      : NodeKind::step;
    node.attributes.push_back({Attribute::id, {"n" + std::to_string(n), {}}});
    if (c.question[u] >= 0) {
      node.attributes.push_back({Attribute::condition, {"c" + std::to_string(c.question[u]), {}}});
    }
    const bool first = n == g.source, last = n + 1 == g.size();
    node.attributes.push_back({Attribute::stage, {first ? "受理" : last ? "决定" : "审查", {}}});
    node.limit.form = LimitForm::amount;
    node.limit.amount = {c.days[u] * 1000, TimeUnit::working_day};
    flow.nodes.push_back(std::move(node));
  }
  for (std::size_t e = 0; e < g.edges.size(); ++e) {
    Edge& edge = flow.edges.emplace_back();
    edge.from = NodeIndex{static_cast<std::uint32_t>(g.edges[e].first)};
    edge.to = NodeIndex{static_cast<std::uint32_t>(g.edges[e].second)};
    if (c.answer[e] >= 0) edge.when = {"a" + std::to_string(c.answer[e]), {}};
  }
  return flow;
}

Case draw(oracle::Graph graph, oracle::Dice& dice) {
  Case c{.graph = with_single_gates(std::move(graph)),
         .question = {},
         .answer = {},
         .days = {},
         .flow = {}};
  oracle::Graph& g = c.graph;
  std::stable_sort(g.edges.begin(), g.edges.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  for (int n = 0; n < g.size(); ++n) {
    const auto u = static_cast<std::size_t>(n);
    const bool decides = !g.and_split[u] && exits_of(g, n) >= 2 && n != g.source && !g.and_join[u];
    c.question.push_back(decides && dice.chance(85) ? static_cast<int>(dice.chance(30)) : -1);
    c.days.push_back(static_cast<std::int64_t>(dice.below(10)));
  }
  for (std::size_t e = 0; e < g.edges.size(); ++e) {
    const auto from = static_cast<std::size_t>(g.edges[e].first);
    const bool first = e == 0 || g.edges[e - 1].first != g.edges[e].first;
    const int next = first ? static_cast<int>(dice.chance(15)) : (c.answer.back() + 1) % 3;
    c.answer.push_back(c.question[from] < 0 ? -1 : next);
  }
  c.flow = flow_of(c);
  // Other answers are another question. In loops, choices stay free.
  for (int n = 0; n < g.size(); ++n) {
    int& question = c.question[static_cast<std::size_t>(n)];
    if (question < 0) continue;
    std::set<int> known;
    for (std::size_t e = 0; e < g.edges.size(); ++e) {
      if (g.edges[e].first == n) known.insert(c.answer[e]);
    }
    const int kind = known.size() > 2 ? 2 : *known.begin();  // 0 1, 1 2 or all
    question = on_cycle(g, n) ? -1 : question * kinds + (known == std::set{0, 2} ? 3 : kind);
  }
  return c;
}

/// Two branches decide, and those that decide alike meet: sound if they ask the same question.
int add_twins(oracle::Graph& g, oracle::Dice& dice, int before) {
  const int fork = g.add(false, true), meet = g.add();
  g.connect(before, fork);
  const int joins[] = {g.add(true), g.add(true)};
  for (int branch = 0; branch < 2; ++branch) {
    const int decision = g.add();
    g.connect(fork, decision);
    const int first = dice.chance(10) ? 1 : 0;
    g.connect(decision, joins[first]);
    g.connect(decision, joins[1 - first]);
  }
  for (const int join : joins) g.connect(join, meet);
  return meet;
}

/// Decisions and parallel branches one after another, some inside others; every way goes on.
void add_blocks(oracle::Graph& g, oracle::Dice& dice, int& last, int depth) {
  for (auto blocks = dice.below(3) + 1; blocks > 0; --blocks) {
    const bool plain = depth > 2 || dice.chance(20);
    if (!plain && dice.chance(12)) {
      last = add_twins(g, dice, last);
      continue;
    }
    const bool both = !plain && dice.chance(25);
    const int box = g.add(false, both);
    g.connect(last, box);
    last = box;
    if (plain) continue;
    const int meet = g.add(both, false);
    for (int way = 0; way < 2; ++way) {
      int end = box;
      if (dice.chance(70)) add_blocks(g, dice, end, depth + 1);
      g.connect(end, meet);
    }
    last = meet;
  }
}

oracle::Graph blocks(oracle::Dice& dice) {
  oracle::Graph g;
  g.source = g.add();
  int last = g.source;
  add_blocks(g, dice, last, 0);
  g.connect(last, g.add());
  g.close();
  return g;
}

using Answered = std::array<signed char, questions * kinds>;
constexpr Answered unasked{-1, -1, -1, -1, -1, -1, -1, -1};

struct Situation {
  oracle::State state;
  Answered answered = unasked;
  friend bool operator<(const Situation& a, const Situation& b) {
    const auto key = [](const Situation& s) {
      return std::tuple(s.state.low, s.state.high, s.state.ended, s.state.started, s.answered);
    };
    return key(a) < key(b);
  }
};

/// The token game that remembers answers.
class Game {
 public:
  explicit Game(const Case& c) : c_(c), game_(c.graph) {}

  /// f(node, entry, exit, next situation, two tokens on an edge)
  template <class F>
  void each_step(const Situation& s, F f) const {
    game_.each_step(s.state,
                    [&](int node, int entry, int exit, const oracle::State& after, bool two) {
                      Situation next{after, s.answered};
                      const int question = c_.question[static_cast<std::size_t>(node)];
                      if (question >= 0 && exit >= 0) {
                        const int answer = c_.answer[static_cast<std::size_t>(exit)];
                        signed char& known = next.answered[static_cast<std::size_t>(question)];
                        if (known >= 0 && known != answer) return;
                        if (known < 0) known = static_cast<signed char>(answer);
                      }
                      f(node, entry, exit, next, two);
                    });
  }
  [[nodiscard]] bool complete(const Situation& s) const { return game_.complete(s.state); }

 private:
  const Case& c_;
  oracle::Game game_;
};

struct Explored {
  bool capped = false, sound = false;
};

/// Every situation, and whether it can still be completed.
Explored explore(const Case& c, const Situation& from, bool nodes_matter) {
  const Game game(c);
  std::map<Situation, int> number{{from, 0}};
  std::vector<Situation> all{from};
  std::vector<std::vector<int>> before(1);
  std::set<int> fired;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (all.size() > most_states) return {.capped = true};
    bool bad = false;
    const Situation here = all[i];
    game.each_step(here, [&](int node, int, int, const Situation& next, bool two) {
      fired.insert(node);
      if (two || next.state.ended > 1) {
        bad = true;
        return;
      }
      const auto [place, fresh] = number.emplace(next, static_cast<int>(all.size()));
      if (fresh) {
        all.push_back(next);
        before.emplace_back();
      }
      before[static_cast<std::size_t>(place->second)].push_back(static_cast<int>(i));
    });
    if (bad) return {};
  }
  std::set<int> completes;
  std::vector<int> queue;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (game.complete(all[i]) && completes.insert(static_cast<int>(i)).second) {
      queue.push_back(static_cast<int>(i));
    }
  }
  for (std::size_t i = 0; i < queue.size(); ++i) {
    for (const int b : before[static_cast<std::size_t>(queue[i])]) {
      if (completes.insert(b).second) queue.push_back(b);
    }
  }
  const bool every_node = !nodes_matter || static_cast<int>(fired.size()) == c.graph.size();
  return {.capped = false, .sound = completes.size() == all.size() && every_node};
}

int number_of(const std::optional<EdgeIndex>& edge) {
  return edge ? static_cast<int>(at(*edge)) : -1;
}

/// The run can be played without contradiction, and what it ends in cannot be completed.
bool shows_defect(const Case& c, const std::vector<RunStep>& run) {
  const Game game(c);
  Situation here;
  for (std::size_t i = 0; i < run.size(); ++i) {
    bool found = false, two = false;
    Situation next;
    game.each_step(here, [&](int node, int entry, int exit, const Situation& after, bool doubled) {
      if (node != static_cast<int>(at(run[i].node)) ||
          (run[i].from && entry != number_of(run[i].from)) ||
          (run[i].to && exit != number_of(run[i].to))) {
        return;
      }
      found = true;
      two = doubled;
      next = after;
    });
    if (!found) return false;
    if (two || next.state.ended > 1) return i + 1 == run.size();
    here = next;
  }
  // No completion from here on.
  std::set<Situation> seen{here};
  std::vector<Situation> open{here};
  for (std::size_t i = 0; i < open.size() && open.size() <= most_states; ++i) {
    if (game.complete(open[i])) return false;
    const Situation now = open[i];
    game.each_step(now, [&](int, int, int, const Situation& after, bool) {
      if (after.state.ended <= 1 && seen.insert(after).second) open.push_back(after);
    });
  }
  return true;
}

/// Nothing is wrong but boxes that only contradictions lead to.
bool cases_complete(const Facts& facts) {
  return facts.soundness.verdict == SoundnessVerdict::sound ||
         facts.soundness.defect == Defect::unreachable;
}

/// Is there a case that completes and never fires one of the nodes?
bool misses(const Case& c, const std::set<int>& barred) {
  const Game game(c);
  std::set<Situation> seen{{}};
  std::vector<Situation> open{{}};
  for (std::size_t i = 0; i < open.size(); ++i) {
    if (game.complete(open[i])) return true;
    const Situation here = open[i];
    game.each_step(here, [&](int node, int, int, const Situation& after, bool) {
      if (!barred.contains(node) && seen.insert(after).second) open.push_back(after);
    });
  }
  return false;
}

TEST(SharedAnswers, VerdictsAreThoseOfTheSearchThatRemembers) {
  const Profile profile = oracle::small_profile();
  int sound = 0, unsound = 0, only_together = 0;
  for (std::uint64_t seed = 1; seed <= test::cases(8'000U); ++seed) {
    oracle::RandomGraphs random(seed + 40'000);
    oracle::Graph graph = random.any();
    graph.swallow = false;
    if (random.dice().chance(30)) graph = blocks(random.dice());
    if (graph.edges.size() > 90 || graph.is_end[0]) continue;
    const Case c = draw(std::move(graph), random.dice());
    const Explored truth = explore(c, {}, true);
    const Facts facts = analyse(c.flow, nullptr, profile);
    if (truth.capped || facts.ends.empty()) continue;
    EXPECT_EQ(facts.soundness.verdict,
              truth.sound ? SoundnessVerdict::sound : SoundnessVerdict::unsound)
        << "seed " << seed;
    if (!truth.sound && facts.soundness.defect != Defect::unreachable) {
      EXPECT_TRUE(shows_defect(c, facts.soundness.run)) << "seed " << seed;
    }
    only_together += truth.sound && verify(c.flow).verdict != SoundnessVerdict::sound;
    ++(truth.sound ? sound : unsound);
    if (HasFailure()) return;
  }
  EXPECT_GT(sound, test::cases(2'000));
  EXPECT_GT(unsound, test::cases(2'000));
  EXPECT_GT(only_together, test::cases(20)) << "graphs that are sound only because answers agree";
}

TEST(SharedAnswers, WhatEveryCasePassesIsExact) {
  const Profile profile = oracle::small_profile();
  int yes = 0, no = 0, only_apart = 0;
  for (std::uint64_t seed = 1; seed <= test::cases(8'000U); ++seed) {
    oracle::RandomGraphs random(seed + 70'000);
    const Case c = draw(blocks(random.dice()), random.dice());
    if (c.graph.edges.size() > 90) continue;
    const Facts facts = analyse(c.flow, nullptr, profile);
    if (!cases_complete(facts) || explore(c, {}, true).capped) continue;
    std::set<int> barred;
    const std::uint32_t share = 5 + random.dice().below(25);
    PassesThrough question;
    for (int n = 1; n < c.graph.size(); ++n) {
      if (!random.dice().chance(share)) continue;
      barred.insert(n);
      question.nodes.push_back(NodeIndex{static_cast<std::uint32_t>(n)});
    }
    const bool truth = misses(c, barred);
    const std::vector<Answers> free(1);
    const auto asked = std::span(&question, 1);
    EXPECT_EQ(cases_that_miss(c.flow, facts.answers, asked).front().has_value(), truth)
        << "seed " << seed;
    only_apart += !truth && cases_that_miss(c.flow, free, asked).front().has_value();
    ++(truth ? yes : no);
    if (HasFailure()) return;
  }
  EXPECT_GT(yes, test::cases(800));
  EXPECT_GT(no, test::cases(800));
  EXPECT_GE(only_apart, test::cases(10));
}

/// The longest way from the start to the last node that does not contradict itself.
class Ways {
 public:
  Ways(const Case& c, bool remembers) : c_(c), remembers_(remembers) {
    walk(c.graph.source, 0, unasked);
  }
  [[nodiscard]] std::int64_t longest() const { return longest_; }

 private:
  void walk(int node, std::int64_t length, const Answered& answered) {
    const auto u = static_cast<std::size_t>(node);
    if (node != c_.graph.source) length += c_.days[u];
    if (node + 1 == c_.graph.size()) longest_ = std::max(longest_, length);
    for (std::size_t e = 0; e < c_.graph.edges.size(); ++e) {
      if (c_.graph.edges[e].first != node) continue;
      Answered after = answered;
      if (remembers_ && c_.question[u] >= 0) {
        signed char& known = after[static_cast<std::size_t>(c_.question[u])];
        if (known >= 0 && known != c_.answer[e]) continue;
        if (known < 0) known = static_cast<signed char>(c_.answer[e]);
      }
      walk(c_.graph.edges[e].second, length, after);
    }
  }

  const Case& c_;
  bool remembers_;
  std::int64_t longest_ = -1;
};

TEST(SharedAnswers, TheLongestWayDoesNotContradictItself) {
  const Profile profile = oracle::small_profile();
  int compared = 0, shorter = 0;
  for (std::uint64_t seed = 1; seed <= test::cases(5'000U); ++seed) {
    oracle::RandomGraphs random(seed + 90'000);
    const Case c = draw(blocks(random.dice()), random.dice());
    if (c.graph.edges.size() > 60) continue;
    const Facts facts = analyse(c.flow, nullptr, profile);
    if (!cases_complete(facts) || !facts.decision.longest) continue;
    const std::int64_t truth = Ways(c, true).longest();
    EXPECT_EQ(facts.decision.longest->total.milli, truth * 1000) << "seed " << seed;
    shorter += truth < Ways(c, false).longest();
    ++compared;
    if (HasFailure()) return;
  }
  EXPECT_GT(compared, test::cases(1'500));
  EXPECT_GT(shorter, test::cases(100)) << "ways that would be longer if answers did not agree";
}

}  // namespace
