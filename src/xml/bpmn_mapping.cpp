// Turns a BPMN process into a flow of the same meaning.
//
//   exclusive, event-based   several exits: decision; one exit: a merge, dissolved where it says
//   nothing parallel                 one entry: parallel; one exit: join; both several: a join and
//   a parallel inclusive                only as a block that is split and joined by inclusive
//   gateways: each branch
//                            is done or passed over, inside a parallel block
//   sub-process              its inside if it has one way in and one way out, else one step
//   call activity            a subflow, whose href names the process it calls
//   boundary event           a decision behind its activity
//   ends                     take their token (Flow::ends)
//
// Dissolving keeps runs as they are: a merge is kept before a join, where it decides how often the
// join is reached, and before an end, where two tokens on its exit are a defect.
#include <algorithm>
#include <map>
#include <unordered_map>
#include <unordered_set>

#include "xml/bpmn_model.hpp"

namespace flowproof {

namespace {

constexpr LocalizedText no_inside_order{"其中没有次序", "its inside has no order"};
constexpr LocalizedText loops{"它会重复", "it is repeated"};
constexpr LocalizedText not_one_start{"其中没有唯一的开始", "its inside has not one start"};
constexpr LocalizedText not_one_end{"其中并行的部分有几个结束",
                                    "parallel ways inside have several ends"};
constexpr LocalizedText interrupted{"其边界上有事件", "an event stands on its edge"};
constexpr LocalizedText several_exits{"它有几个出口", "it has several exits"};

struct Box {
  NodeKind kind = NodeKind::step;
  std::uint32_t origin = 0;  // the BPMN node it stands for or belongs to
  bool pass = false;         // a candidate for dissolving: one exit, nothing said
  bool dropped = false;
  bool incomplete = false;
  Text id, text, stage;
};

struct Arrow {
  std::uint32_t from = 0, to = 0;
  Text when;
  std::optional<std::int32_t> max;
  bool timeout = false;
  bool dropped = false;
  Span span;
};

using List = std::vector<std::uint32_t>;

class Mapper {
 public:
  Mapper(BpmnModel model, Diagnostics& out) : model_(std::move(model)), out_(out) {}

  Flow map() {
    make_boxes();
    join_links();
    // Inner sub-processes stand behind the ones they are in.
    for (std::uint32_t i = node_count(); i-- > 0;) {
      if (model_.nodes[i].kind == BpmnKind::subprocess) map_subprocess(i);
    }
    for (std::uint32_t i = 0; i < node_count(); ++i) {
      if (model_.nodes[i].kind == BpmnKind::boundary) map_boundary(i);
    }
    label_event_gateways();
    map_inclusive();
    map_parallel();
    mark_passes();
    dissolve();
    tell_terminating_ends();
    return emit();
  }

 private:
  [[nodiscard]] std::uint32_t node_count() const {
    return static_cast<std::uint32_t>(model_.nodes.size());
  }
  const BpmnNode& node(std::uint32_t box) const { return model_.nodes[boxes_[box].origin]; }

  // Live arrows that leave a box, in document order.
  [[nodiscard]] List exits(std::uint32_t box) const {
    List live;
    for (const std::uint32_t a : out_arrows_[box]) {
      if (!arrows_[a].dropped && arrows_[a].from == box) live.push_back(a);
    }
    return live;
  }
  [[nodiscard]] List entries(std::uint32_t box) const {
    List live;
    for (const std::uint32_t a : in_arrows_[box]) {
      if (!arrows_[a].dropped && arrows_[a].to == box) live.push_back(a);
    }
    std::sort(live.begin(), live.end());
    live.erase(std::unique(live.begin(), live.end()), live.end());
    return live;
  }

  std::uint32_t add_box(NodeKind kind, std::uint32_t origin, std::string_view suffix, Text text) {
    Box box;
    box.kind = kind;
    box.origin = origin;
    box.id = boxes_[origin].id;
    box.id.value += suffix;
    box.text = std::move(text);
    box.stage = boxes_[origin].stage;
    boxes_.push_back(std::move(box));
    out_arrows_.emplace_back();
    in_arrows_.emplace_back();
    return static_cast<std::uint32_t>(boxes_.size() - 1);
  }
  std::uint32_t add_arrow(std::uint32_t from, std::uint32_t to, Text when, Span span) {
    const auto self = static_cast<std::uint32_t>(arrows_.size());
    Arrow& arrow = arrows_.emplace_back();
    arrow.from = from;
    arrow.to = to;
    arrow.when = std::move(when);
    arrow.span = span;
    out_arrows_[from].push_back(self);
    in_arrows_[to].push_back(self);
    return self;
  }
  void lead_to(std::uint32_t arrow, std::uint32_t to) {
    arrows_[arrow].to = to;
    in_arrows_[to].push_back(arrow);
  }
  void lead_from(std::uint32_t arrow, std::uint32_t from) {
    arrows_[arrow].from = from;
    out_arrows_[from].push_back(arrow);
  }

  Diagnostic& tell(const BpmnNode& about, LocalizedText message, Severity severity,
                   Arguments arguments = {}) {
    arguments.push_back({"name", excerpt(about.name.empty() ? about.id.value : about.name.value)});
    Diagnostic& finding = report_as(out_, unmappable_element, about.span, message,
                                    std::move(arguments), about.id.value);
    finding.severity = severity;
    return finding;
  }

  void make_boxes() {
    static constexpr NodeKind kinds[] = {NodeKind::start,    NodeKind::end,      NodeKind::step,
                                         NodeKind::step,     NodeKind::step,     NodeKind::step,
                                         NodeKind::decision, NodeKind::parallel, NodeKind::decision,
                                         NodeKind::decision, NodeKind::decision};
    boxes_.resize(model_.nodes.size());
    out_arrows_.resize(model_.nodes.size());
    in_arrows_.resize(model_.nodes.size());
    for (std::uint32_t i = 0; i < node_count(); ++i) {
      const BpmnNode& from = model_.nodes[i];
      boxes_[i].kind = kinds[static_cast<std::size_t>(from.kind)];
      boxes_[i].origin = i;
      boxes_[i].id = from.id;
      boxes_[i].text = from.name;
      if (from.id.empty()) {
        boxes_[i].id.value = "node#";
        boxes_[i].id.value += std::to_string(i + 1);
        boxes_[i].incomplete = true;
      }
      if (from.kind == BpmnKind::complex) {
        tell(from,
             {"复杂网关“{name}”的含义没有写明，按任选一个读入",
              "the complex gateway '{name}' does not say what it means; read as a choice"},
             Severity::error);
        boxes_[i].incomplete = true;
      }
    }
    for (std::uint32_t i = 0; i < node_count(); ++i) {
      const BpmnNode& from = model_.nodes[i];
      if (!from.id.empty()) activities_.emplace(from.id.value, i);
      if (from.kind == BpmnKind::boundary) bounded_.insert(from.attached_to.value);
    }
    for (const std::uint32_t i : model_.unresolved) boxes_[i].incomplete = true;
    for (BpmnFlow& flow : model_.flows) {
      const std::uint32_t a = add_arrow(flow.from, flow.to, std::move(flow.name), flow.span);
      arrows_[a].max = flow.max;
    }
  }

  // A throwing link goes on at the catching link of its name.
  void join_links() {
    std::map<std::string, std::uint32_t> catching;
    for (std::uint32_t i = 0; i < node_count(); ++i) {
      const BpmnNode& link = model_.nodes[i];
      if (link.trigger == BpmnTrigger::link && entries(i).empty() && !link.link.empty()) {
        catching.emplace(link.link.value, i);
      }
    }
    for (std::uint32_t i = 0; i < node_count(); ++i) {
      const BpmnNode& link = model_.nodes[i];
      if (link.trigger != BpmnTrigger::link || !exits(i).empty()) continue;
      const auto target = catching.find(link.link.value);
      if (target == catching.end() || target->second == i) {
        tell(link, {"没有名称相同的链接事件承接“{name}”", "no link event takes up '{name}'"},
             Severity::error);
        boxes_[i].incomplete = true;
        continue;
      }
      boxes_[i].kind = NodeKind::step;
      add_arrow(i, target->second, {}, link.span);
    }
  }

  // ----- sub-processes -----

  [[nodiscard]] bool inside(std::uint32_t box, std::uint32_t scope) const {
    for (std::uint32_t s = node(box).scope; s != no_scope; s = model_.nodes[s].scope) {
      if (s == scope) return true;
    }
    return false;
  }

  void map_subprocess(std::uint32_t self) {
    const BpmnNode& sub = model_.nodes[self];
    if (sub.by_event) {
      tell(sub,
           {"事件子流程“{name}”随时可能开始，未读入",
            "the event sub-process '{name}' may start at any time and was left out"},
           Severity::warning);
      drop_inside(self);
      boxes_[self].dropped = true;
      return;
    }
    if (sub.children == 0) return;  // drawn closed: a step
    List starts, ends;
    bool forks = false;
    LocalizedText reason;
    for_each_inside(self, [&](std::uint32_t box) {
      if (boxes_[box].dropped || model_.nodes[boxes_[box].origin].kind == BpmnKind::boundary)
        return;
      const BpmnKind kind = node(box).kind;
      const bool event = kind == BpmnKind::start || kind == BpmnKind::end;
      if (kind != BpmnKind::end && entries(box).empty()) starts.push_back(box);
      if ((kind == BpmnKind::end || !event) && exits(box).empty()) ends.push_back(box);
      const bool splits = exits(box).size() > 1;
      forks |= splits && kind != BpmnKind::exclusive && kind != BpmnKind::event_based;
    });
    if (sub.ad_hoc)
      reason = no_inside_order;
    else if (sub.repeated)
      reason = loops;
    else if (bounded_.contains(sub.id.value))
      reason = interrupted;
    else if (starts.size() != 1)
      reason = not_one_start;
    else if (ends.empty() || (ends.size() > 1 && forks))
      reason = not_one_end;
    else if (exits(self).size() > 1)
      reason = several_exits;
    if (!reason.empty()) {
      tell(sub,
           {"子流程“{name}”按一个步骤读入：{reason}",
            "the sub-process '{name}' is read as one step: {reason}"},
           Severity::warning, {{"reason", reason}});
      drop_inside(self);
      return;
    }
    open(self, starts.front(), ends);
  }

  template <class Visit>
  void for_each_inside(std::uint32_t scope, Visit visit) {
    // Everything inside stands behind it in the file, without a gap.
    for (std::uint32_t i = scope + 1; i < node_count() && inside(i, scope); ++i) visit(i);
  }

  void drop_inside(std::uint32_t scope) {
    for_each_inside(scope, [&](std::uint32_t box) { drop(box); });
  }

  void drop(std::uint32_t box) {
    boxes_[box].dropped = true;
    for (const std::uint32_t a : exits(box)) arrows_[a].dropped = true;
    for (const std::uint32_t a : entries(box)) arrows_[a].dropped = true;
  }

  // The inside takes the place of the box; what it was called becomes the stage of its steps.
  void open(std::uint32_t self, std::uint32_t start, const List& ends) {
    for_each_inside(self, [&](std::uint32_t box) {
      if (boxes_[box].stage.empty()) boxes_[box].stage = boxes_[self].text;
      boxes_[box].incomplete |= boxes_[self].incomplete;
    });
    for (const std::uint32_t a : entries(self)) lead_to(a, start);
    if (node(start).kind == BpmnKind::start) boxes_[start].kind = NodeKind::step;
    const List leaving = exits(self);
    for (const std::uint32_t end : ends) {
      if (node(end).kind == BpmnKind::end && !leaving.empty()) boxes_[end].kind = NodeKind::step;
      for (const std::uint32_t a : leaving) {
        const std::uint32_t to = arrows_[a].to;
        add_arrow(end, to, arrows_[a].when, arrows_[a].span);
      }
    }
    for (const std::uint32_t a : leaving) arrows_[a].dropped = true;
    boxes_[self].dropped = true;
  }

  // ----- events -----

  void map_boundary(std::uint32_t self) {
    if (boxes_[self].dropped) return;
    const BpmnNode& event = model_.nodes[self];
    const auto activity = activities_.find(event.attached_to.value);
    if (activity == activities_.end()) {
      report(out_, dangling_reference, event.attached_to.span,
             {{"id", excerpt(event.attached_to.value)}, {"kind", LocalizedText{"节点", "node"}}});
      return drop(self);
    }
    const std::uint32_t box = activity->second;
    if (!event.interrupting) {
      tell(event,
           {"不中断的边界事件“{name}”会另起一路，未读入",
            "the boundary event '{name}' starts another way without stopping its activity; "
            "left out"},
           Severity::error);
      boxes_[box].incomplete = true;
      return drop(self);
    }
    const std::uint32_t decision = outcome_of(box);
    Text when = event.name;
    const bool timer = event.trigger == BpmnTrigger::timer;
    if (when.empty()) when.value = timer ? "超时" : "异常";
    const List leaving = exits(self);
    for (const std::uint32_t a : leaving) {
      lead_from(a, decision);
      if (arrows_[a].when.empty()) arrows_[a].when = when;
      arrows_[a].timeout = timer;
    }
    if (leaving.empty()) {
      boxes_[self].kind = NodeKind::end;
      arrows_[add_arrow(decision, self, when, event.span)].timeout = timer;
    } else {
      boxes_[self].dropped = true;
    }
  }

  // The decision behind an activity: how it came out.
  std::uint32_t outcome_of(std::uint32_t activity) {
    const auto [known, is_new] = outcomes_.emplace(activity, 0);
    if (!is_new) return known->second;
    const List leaving = exits(activity);
    const std::uint32_t decision =
        add_box(NodeKind::decision, activity, "#outcome", boxes_[activity].text);
    known->second = decision;
    for (const std::uint32_t a : leaving) {
      lead_from(a, decision);
      if (arrows_[a].when.empty()) arrows_[a].when.value = "正常";
    }
    add_arrow(activity, decision, {}, boxes_[activity].id.span);
    return decision;
  }

  // The event that comes first decides; its name is the answer.
  void label_event_gateways() {
    for (std::uint32_t i = 0; i < node_count(); ++i) {
      if (model_.nodes[i].kind != BpmnKind::event_based || boxes_[i].dropped) continue;
      for (const std::uint32_t a : exits(i)) {
        const BpmnNode& event = node(arrows_[a].to);
        if (arrows_[a].when.empty()) arrows_[a].when = event.name;
        arrows_[a].timeout = event.trigger == BpmnTrigger::timer;
      }
    }
  }

  void tell_terminating_ends() {
    const bool forks = std::any_of(boxes_.begin(), boxes_.end(), [](const Box& box) {
      return !box.dropped && box.kind == NodeKind::parallel;
    });
    for (std::uint32_t i = 0; i < node_count(); ++i) {
      const bool terminate = model_.nodes[i].trigger == BpmnTrigger::terminate;
      if (!forks || !terminate || boxes_[i].dropped) continue;
      tell(model_.nodes[i],
           {"终止事件“{name}”按普通结束读入，其他分支不随之停止",
            "the terminate event '{name}' is read as an ordinary end; other "
            "branches go on"},
           Severity::warning);
    }
  }

  // ----- gateways -----

  void map_inclusive() {
    List splits;
    for (std::uint32_t i = 0; i < node_count(); ++i) {
      const bool inclusive = model_.nodes[i].kind == BpmnKind::inclusive && !boxes_[i].dropped;
      if (inclusive && exits(i).size() > 1) splits.push_back(i);
    }
    // Inner blocks first: a round finds all blocks whose inside is settled.
    budget_ = 64 * (boxes_.size() + arrows_.size());
    for (bool found = true; found;) {
      found = false;
      for (const std::uint32_t split : splits) {
        if (boxes_[split].kind == NodeKind::decision && map_block(split)) found = true;
      }
    }
    for (std::uint32_t i = 0; i < node_count(); ++i) {
      const BpmnNode& gateway = model_.nodes[i];
      if (gateway.kind != BpmnKind::inclusive || boxes_[i].dropped || settled_.contains(i))
        continue;
      if (exits(i).size() < 2 && entries(i).size() < 2) continue;  // nothing is chosen or awaited
      tell(gateway,
           {"包容网关“{name}”没有成对地分开与汇合，无法判定它等待哪些分支",
            "the inclusive gateway '{name}' is not part of a block, so it cannot be told "
            "which branches it waits for"},
           Severity::error);
      boxes_[i].incomplete = true;
    }
  }

  struct Branch {
    std::uint32_t arrow = 0;
    List last;  // arrows into the join
  };

  // True if the split and a join of its kind enclose a block; then it is rewritten.
  bool map_block(std::uint32_t split) {
    std::optional<std::uint32_t> join;
    std::unordered_map<std::uint32_t, std::uint32_t> branch_of;  // box -> branch
    std::vector<Branch> branches;
    for (const std::uint32_t first : exits(split)) {
      const auto self = static_cast<std::uint32_t>(branches.size());
      Branch& branch = branches.emplace_back();
      branch.arrow = first;
      List open{first};
      while (!open.empty()) {
        const std::uint32_t a = open.back();
        open.pop_back();
        const std::uint32_t to = arrows_[a].to;
        const bool closes = model_.nodes[boxes_[to].origin].kind == BpmnKind::inclusive &&
                            boxes_[to].kind == NodeKind::decision && exits(to).size() == 1;
        if (closes && join.value_or(to) == to) {
          join = to;
          branch.last.push_back(a);
          continue;
        }
        if (to == split || closes || budget_ == 0) return false;
        --budget_;
        const auto [seen, is_new] = branch_of.emplace(to, self);
        if (!is_new) {
          if (seen->second != self) return false;
          continue;
        }
        const List leaving = exits(to);
        if (leaving.empty()) return false;
        open.insert(open.end(), leaving.begin(), leaving.end());
      }
    }
    if (!join || !encloses(split, *join, branch_of, branches)) return false;
    rewrite(split, *join, branches);
    return true;
  }

  // Nothing comes into the block but through its split.
  bool encloses(std::uint32_t split, std::uint32_t join,
                const std::unordered_map<std::uint32_t, std::uint32_t>& branch_of,
                const std::vector<Branch>& branches) const {
    for (const auto& [box, branch] : branch_of) {
      for (const std::uint32_t a : entries(box)) {
        if (arrows_[a].from != split && !branch_of.contains(arrows_[a].from)) return false;
      }
    }
    std::size_t last = 0;
    for (const Branch& branch : branches) {
      if (branch.last.empty()) return false;
      last += branch.last.size();
    }
    return entries(join).size() == last;
  }

  // Each branch is done or passed over, all of them side by side.
  void rewrite(std::uint32_t split, std::uint32_t join, const std::vector<Branch>& branches) {
    settled_.insert(split);
    settled_.insert(join);
    boxes_[split].kind = NodeKind::parallel;
    boxes_[join].kind = NodeKind::join;
    std::size_t number = 0;
    for (const Branch& branch : branches) {
      ++number;
      const bool empty = branch.last.size() == 1 && branch.last.front() == branch.arrow;
      if (empty) continue;
      const std::string suffix = std::to_string(number);
      Text question =
          arrows_[branch.arrow].when.empty() ? boxes_[split].text : arrows_[branch.arrow].when;
      const std::uint32_t decision =
          add_box(NodeKind::decision, split, "#if" + suffix, std::move(question));
      const std::uint32_t merge =
          add_box(NodeKind::step, join, "#done" + suffix, boxes_[join].text);
      const Span span = arrows_[branch.arrow].span;
      add_arrow(split, decision, {}, span);
      lead_from(branch.arrow, decision);
      arrows_[branch.arrow].when.value = "是";
      add_arrow(decision, merge, {"否", span}, span);
      for (const std::uint32_t a : branch.last) lead_to(a, merge);
      add_arrow(merge, join, {}, span);
    }
  }

  void map_parallel() {
    const auto count = static_cast<std::uint32_t>(boxes_.size());
    for (std::uint32_t i = 0; i < count; ++i) {
      if (boxes_[i].dropped || boxes_[i].kind != NodeKind::parallel) continue;
      const bool joins = entries(i).size() > 1;
      const List leaving = exits(i);
      if (!joins) continue;
      if (leaving.size() < 2) {
        boxes_[i].kind = NodeKind::join;
        continue;
      }
      const std::uint32_t split = add_box(NodeKind::parallel, i, "#split", {});
      boxes_[i].kind = NodeKind::join;
      for (const std::uint32_t a : leaving) lead_from(a, split);
      add_arrow(i, split, {}, boxes_[i].id.span);
    }
  }

  // Boxes that only lead on: unnamed merges, gateways with one entry and one exit, starts and ends
  // of sub-processes that are open now.
  void mark_passes() {
    for (std::uint32_t i = 0; i < boxes_.size(); ++i) {
      Box& box = boxes_[i];
      const BpmnKind kind = node(i).kind;
      const bool gateway = kind == BpmnKind::exclusive || kind == BpmnKind::event_based ||
                           kind == BpmnKind::inclusive || kind == BpmnKind::parallel;
      const bool event =
          (kind == BpmnKind::start || kind == BpmnKind::end) && box.kind == NodeKind::step;
      if (box.dropped || !(gateway || event)) continue;
      const List leaving = exits(i);
      if (leaving.size() != 1) continue;
      const std::size_t coming = entries(i).size();
      if (box.kind == NodeKind::join && coming > 1) continue;
      if (box.kind == NodeKind::start) continue;
      box.kind = NodeKind::step;
      const Arrow& on = arrows_[leaving.front()];
      box.pass = coming > 0 && box.text.empty() && !box.incomplete && on.when.empty() && !on.max;
    }
  }

  // Arrows into a pass lead on to where it leads. A pass is kept if arrows would meet in a join or
  // an end instead of in it, or if it leads to itself.
  void dissolve() {
    std::vector<std::uint32_t> target(boxes_.size());
    enum class State : std::uint8_t { unknown, under_way, known };
    std::vector<State> state(boxes_.size(), State::unknown);
    for (std::uint32_t i = 0; i < boxes_.size(); ++i) {
      List chain;
      std::uint32_t at_box = i;
      while (boxes_[at_box].pass && state[at_box] == State::unknown) {
        state[at_box] = State::under_way;
        chain.push_back(at_box);
        at_box = arrows_[exits(at_box).front()].to;
      }
      if (boxes_[at_box].pass && state[at_box] == State::under_way) boxes_[at_box].pass = false;
      std::uint32_t end = boxes_[at_box].pass ? target[at_box] : at_box;
      for (; !chain.empty(); chain.pop_back()) {
        Box& box = boxes_[chain.back()];
        const bool counts = boxes_[end].kind == NodeKind::join || boxes_[end].kind == NodeKind::end;
        if (box.pass && counts && entries(chain.back()).size() > 1) box.pass = false;
        if (!box.pass) end = chain.back();
        target[chain.back()] = end;
        state[chain.back()] = State::known;
      }
    }
    for (std::uint32_t a = 0; a < arrows_.size(); ++a) {
      if (arrows_[a].dropped) continue;
      if (boxes_[arrows_[a].from].pass)
        arrows_[a].dropped = true;
      else if (boxes_[arrows_[a].to].pass)
        lead_to(a, target[arrows_[a].to]);
    }
    for (Box& box : boxes_) box.dropped |= box.pass;
  }

  // ----- the flow -----

  Flow emit() {
    Flow flow = std::move(model_.head);
    List order;
    for (std::uint32_t i = 0; i < boxes_.size(); ++i) {
      if (!boxes_[i].dropped) order.push_back(i);
    }
    // What was added stands behind what it belongs to.
    std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
      return boxes_[a].origin < boxes_[b].origin;
    });
    std::vector<std::uint32_t> place(boxes_.size(), 0);
    for (std::uint32_t i = 0; i < order.size(); ++i) place[order[i]] = i;
    flow.nodes.reserve(order.size());
    for (const std::uint32_t box : order) flow.nodes.push_back(node_of(box, flow));
    for (const std::uint32_t box : order) {
      for (const std::uint32_t a : exits(box)) {
        Edge edge;
        edge.from = NodeIndex{place[box]};
        edge.to = NodeIndex{place[arrows_[a].to]};
        edge.when = arrows_[a].when;
        edge.max = arrows_[a].max;
        edge.timeout = arrows_[a].timeout;
        edge.span = arrows_[a].span;
        flow.edges.push_back(std::move(edge));
      }
    }
    for (BpmnNote& note : model_.notes) {
      if (note.text.empty()) continue;
      std::optional<NodeIndex> target;
      if (note.target && !boxes_[*note.target].dropped) target = NodeIndex{place[*note.target]};
      flow.notes.push_back({target, std::move(note.text), note.span});
    }
    return flow;
  }

  Node node_of(std::uint32_t index, const Flow& flow) const {
    const Box& box = boxes_[index];
    const BpmnNode& from = model_.nodes[box.origin];
    const bool own = index < model_.nodes.size();
    Node out;
    const bool calls = own && box.kind == NodeKind::step && !from.called.empty();
    out.kind = calls ? NodeKind::subflow : box.kind;
    out.incomplete = box.incomplete;
    out.span = from.span;
    out.lane = model_.lanes[box.origin];
    std::uint32_t scope = from.scope;
    while (out.lane == no_lane && scope != no_scope) {
      out.lane = model_.lanes[scope];
      scope = model_.nodes[scope].scope;
    }
    const auto add = [&](Attribute name, const Text& text) {
      if (!text.empty() && !out.has(name)) out.attributes.push_back({name, text});
    };
    add(Attribute::id, box.id);
    if (out.lane != no_lane) add(Attribute::lane, flow.lanes[at(out.lane)].id);
    if (own) {
      for (const AttributeText& given : from.attributes) {
        const bool place = given.name == Attribute::id || given.name == Attribute::lane;
        if (!place && allowed(out.kind, given.name)) add(given.name, given.text);
      }
      if (calls) add(Attribute::href, from.called);
      add(Attribute::remark, from.documentation);
    }
    add(Attribute::stage, box.stage);
    add(Attribute::text, box.text);
    if (out.has(Attribute::limit)) out.limit = read_time_limit(out.get(Attribute::limit));
    return out;
  }

  BpmnModel model_;
  Diagnostics& out_;
  std::vector<Box> boxes_;  // those of the nodes first, then those added
  std::vector<Arrow> arrows_;
  std::vector<List> out_arrows_, in_arrows_;  // per box; may hold arrows that have moved away
  std::unordered_map<std::string, std::uint32_t> activities_;  // id -> node
  std::unordered_set<std::string> bounded_;                    // ids of activities with edge events
  std::unordered_map<std::uint32_t, std::uint32_t> outcomes_;  // activity -> decision behind it
  std::unordered_set<std::uint32_t> settled_;                  // inclusive gateways of blocks
  std::size_t budget_ = 0;
};

}  // namespace

Flow map_bpmn(BpmnModel model, Diagnostics& out) { return Mapper(std::move(model), out).map(); }

}  // namespace flowproof
