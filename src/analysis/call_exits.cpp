#include "analysis/call_exits.hpp"

#include <algorithm>
#include <string_view>

namespace flowproof {

namespace {

/// "不予受理、不予许可", "退回或者终止": the ends an exit names.
std::vector<std::string_view> names_in(std::string_view condition) {
  constexpr std::string_view between[] = {"、", "，", "；", "或者", "或", ",", ";", "/", " or "};
  std::vector<std::string_view> names;
  while (!condition.empty()) {
    std::size_t end = condition.size(), length = 0;
    for (const std::string_view mark : between) {
      const std::size_t found = condition.find(mark);
      if (found >= end) continue;
      end = found;
      length = mark.size();
    }
    std::string_view name = condition.substr(0, end);
    while (name.starts_with(' ')) name.remove_prefix(1);
    while (name.ends_with(' ')) name.remove_suffix(1);
    if (!name.empty()) names.push_back(name);
    condition.remove_prefix(std::min(condition.size(), end + length));
  }
  return names;
}

/// The text holds the name, and not its denial: 合格 is not in 核查不合格.
bool names(std::string_view text, std::string_view name) {
  constexpr std::string_view denials[] = {"不", "未", "非", "无", "没有", "not ", "non-"};
  if (name.empty()) return false;
  for (std::size_t at = text.find(name); at != std::string_view::npos;
       at = text.find(name, at + 1)) {
    const std::string_view before = text.substr(0, at);
    if (std::none_of(std::begin(denials), std::end(denials),
                     [&](std::string_view denial) { return before.ends_with(denial); })) {
      return true;
    }
  }
  return false;
}

bool names_end(std::string_view name, const CalledEnd& end) {
  return names(end.label, name) || names(end.outcome_text, name) || names(name, end.label) ||
         names(name, end.outcome_text);
}

CallExit match_exit(const Edge& edge, EdgeIndex index, const CalledFlow& called,
                    const Vocabulary& vocabulary) {
  CallExit exit{index, {}};
  const std::vector<std::string_view> said = names_in(edge.when.value);
  exit.understood = !said.empty();
  std::vector<bool> meant(called.ends.size());
  for (const std::string_view name : said) {
    const Reading reading = read_words(vocabulary, name);
    bool known = reading.outcome.has_value();
    for (std::size_t k = 0; k < meant.size(); ++k) {
      const CalledEnd& end = called.ends[k];
      const bool same = known && end.outcome == reading.outcome->meaning;
      if (!same && !names_end(name, end)) continue;
      meant[k] = true;
    }
    known = known || std::find(meant.begin(), meant.end(), true) != meant.end();
    exit.understood = exit.understood && known;
  }
  for (std::uint32_t k = 0; k < meant.size(); ++k) {
    if (meant[k]) exit.ends.push_back(k);
  }
  return exit;
}

/// "其他" is for the ends no other exit names, and a single exit without a condition for all.
void match_call(const Flow& flow, const Profile& profile, const Facts& facts, Call& call) {
  const CalledFlow& called = facts.calls.flows[*call.flow];
  const auto edges = facts.graph.exits(call.node);
  std::vector<bool> named(called.ends.size());
  std::vector<std::size_t> others;
  for (const EdgeIndex e : edges) {
    const std::string& when = flow.edge(e).when.value;
    const bool alone = edges.size() == 1 && when.empty();
    if (alone || !profile.phrase_in("otherwise", when).empty()) {
      others.push_back(call.exits.size());
      call.exits.push_back({e, {}});
      continue;
    }
    call.exits.push_back(match_exit(flow.edge(e), e, called, profile.vocabulary));
    for (const std::uint32_t end : call.exits.back().ends) named[end] = true;
  }
  for (const std::size_t other : others) {
    for (std::uint32_t k = 0; k < named.size(); ++k) {
      if (!named[k]) call.exits[other].ends.push_back(k);
    }
  }
}

}  // namespace

void match_exits(const Flow& flow, const Profile& profile, Facts& facts) {
  for (Call& call : facts.calls.calls) {
    if (!call.flow) continue;
    match_call(flow, profile, facts, call);
    Meaning& meaning = facts.meanings[at(call.node)];
    if (meaning.stages == 0) meaning.stages = facts.calls.flows[*call.flow].stages;
  }
}

}  // namespace flowproof
