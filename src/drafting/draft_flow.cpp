#include <algorithm>
#include <functional>

#include "drafting/draft_plan.hpp"
#include "drafting/flow_builder.hpp"
#include "flowproof/drafting.hpp"

namespace flowproof {

namespace {

/// How the question of the decision is put, by type of item and the end of its name (empty:
/// whatever it is called); the first row that fits, the last one for all others.
struct DecisionWords {
  ItemType type;
  std::string_view item, question, granted, refused, refusal;
};
constexpr DecisionWords decision_words[] = {
    {ItemType::licence, "", "是否符合许可条件？", "准予许可", "不予许可", "不予行政许可决定书"},
    {ItemType::confirmation, "登记", "是否符合登记条件？", "予以登记", "不予登记",
     "不予登记告知书"},
    {ItemType::confirmation, "", "是否符合确认条件？", "予以确认", "不予确认", "不予确认决定书"},
    {ItemType::benefit, "", "是否符合给付条件？", "准予给付", "不予给付", "不予给付决定书"},
    {ItemType::reward, "", "是否符合奖励条件？", "予以奖励", "不予奖励", "不予奖励告知书"},
    {ItemType::adjudication, "", "请求是否成立？", "予以支持", "驳回申请", "行政裁决书"},
    {ItemType::other_power, "备案", "是否符合备案条件？", "予以备案", "不予备案", "不予备案告知书"},
    {ItemType::other_power, "登记", "是否符合登记条件？", "予以登记", "不予登记", "不予登记告知书"},
    {ItemType::other_power, "", "是否符合办理条件？", "准予办理", "不予办理", "不予办理告知书"},
};

const DecisionWords& words_for(ItemType type, std::string_view name) {
  // "停业登记（变更）" is a registration.
  name = name.substr(0, std::min(name.find("（"), name.find('(')));
  const auto* found = std::find_if(
      std::begin(decision_words), std::end(decision_words) - 1,
      [&](const DecisionWords& row) { return row.type == type && name.ends_with(row.item); });
  return *found;
}

constexpr std::string_view applicant = "applicant", window = "window", office = "office",
                           leader = "leader";

using Attributes = std::vector<std::pair<Attribute, std::string>>;

/// Draws the plan box by box; `last_` is where the next box is joined on.
class Drafter {
 public:
  Drafter(const Guide& guide, const Profile& profile)
      : guide_(guide),
        profile_(profile),
        plan_(plan_draft(guide, profile)),
        words_(words_for(plan_.type, guide.name.value)),
        licence_(plan_.type == ItemType::licence) {}

  Flow run() && {
    draw_start();
    for (std::size_t i = 0; i < plan_.boxes.size(); ++i) {
      if (plan_.decision == i) {
        draw_specials();
        if (!stops_at_decision()) ask_for_stops();
      }
      if (plan_.parallel && plan_.parallel->first == i) {
        draw_parallel(*plan_.parallel);
        i = plan_.parallel->last;
      } else if (plan_.acceptance == i) {
        draw_acceptance(plan_.boxes[i]);
      } else if (plan_.decision == i) {
        draw_decision(plan_.boxes[i]);
      } else {
        draw_box(plan_.boxes[i]);
      }
    }
    if (!plan_.decision) draw_specials();
    if (!asks_decision()) ask_for_stops();
    draw_granted();
    tell_later_materials();
    tell_assumptions();
    return std::move(builder_).take(
        root(),
        {{applicant, "申请人"}, {window, "综合窗口"}, {office, "承办机构"}, {leader, "决定人"}});
  }

 private:
  [[nodiscard]] bool draws(std::string_view rule) const {
    return counts(profile_, rule, Severity::info);
  }

  [[nodiscard]] bool asks_decision() const { return plan_.decision && draws("missing-refusal"); }

  /// A diamond has three corners to leave it by; more exits get a question of their own.
  [[nodiscard]] bool stops_at_decision() const {
    return !asks_decision() || plan_.stops.size() <= 1;
  }

  [[nodiscard]] std::string_view lane_of(const PlannedBox& box) const {
    const bool at_window = box.known && (box.role == Stage::accept || box.role == Stage::receive ||
                                         box.role == Stage::precheck ||
                                         box.role == Stage::certify || box.role == Stage::deliver);
    if (plan_.form != DraftForm::full || at_window) return window;
    const bool same_hands =
        !box.by.empty() && plan_.acceptance && plan_.boxes[*plan_.acceptance].by == box.by;
    if (same_hands) return window;
    if (!box.known || box.role != Stage::decide || box.by.empty()) return office;
    const bool own_decider =
        std::any_of(plan_.boxes.begin(), plan_.boxes.end(), [&](const PlannedBox& other) {
          return lane_before_decider(other) && !other.by.empty() && other.by != box.by;
        });
    return own_decider ? leader : office;
  }
  static bool lane_before_decider(const PlannedBox& box) {
    return box.known && (box.role == Stage::review || box.role == Stage::site);
  }

  /// What a planned box says of itself, whatever it is drawn as.
  [[nodiscard]] Attributes attributes_of(const PlannedBox& box, std::string text) const {
    Attributes out = {{Attribute::stage, box.stage},     {Attribute::text, std::move(text)},
                      {Attribute::by, box.by},           {Attribute::output, box.output},
                      {Attribute::counted, box.counted}, {Attribute::basis, box.basis}};
    const LimitForm form = box.reading.form;
    const bool readable = box.reading.has_amount() || form == LimitForm::not_counted;
    if (readable) out.emplace_back(Attribute::limit, spelled_limit(box.limit, box.reading));
    std::string remark;
    const auto say = [&](const std::string& more) {
      remark += (remark.empty() ? "" : "；") + more;
    };
    if (box.assumed) say("推定：办事指南没有列出此环节");
    if (box.uncounted) say("推定：特别程序的时间不计入承诺时限");
    if (plan_.limit_assumed && &box == &plan_.boxes[*plan_.limit_assumed]) {
      say(plan_.limit_assumed == plan_.decision ? "时限推定：办事指南没有分环节时限"
                                                : "时限推定，含决定：办事指南没有分环节时限");
    } else if (!readable && !box.limit.empty()) {
      say("办理时限：" + box.limit);
    }
    if (licence_ && box.known) say_what_law_wants(box.role, say);
    out.emplace_back(Attribute::remark, remark);
    return out;
  }

  void say_what_law_wants(Stage role, const std::function<void(const std::string&)>& say) const {
    if (role == Stage::site) say("2名以上工作人员核查（行政许可法第三十四条）");
    const Clock* decide = profile_.clock("decide");
    if (role == Stage::extend && decide != nullptr) {
      say("经" + decide->approver + "批准，告知申请人理由（行政许可法第四十二条）");
    }
  }

  std::string add(NodeKind kind, std::string_view id, std::string_view lane,
                  Attributes attributes) {
    return builder_.add(kind, id, lane, std::move(attributes));
  }

  void join_on(const std::string& id) {
    for (const auto& [from, when] : last_) builder_.main_exit(from, id, when);
    last_.clear();
  }
  void go_on_from(std::string id, std::string when = {}) {
    last_.emplace_back(std::move(id), std::move(when));
  }

  void draw_start() {
    std::string materials;
    for (const GuideMaterial& material : guide_.materials) {
      materials += (materials.empty() ? "" : "；") + material.name.value;
    }
    const std::string& own = plan_.start.text;
    go_on_from(add(NodeKind::start, "apply", applicant,
                   {{Attribute::stage, "申请"},
                    {Attribute::text, own.empty() ? "提出申请" : own},
                    {Attribute::material, materials}}));
  }

  void draw_box(const PlannedBox& box) {
    const bool special = box.known && (box.role == Stage::special || box.role == Stage::extend);
    Attributes attributes = attributes_of(box, box.text);
    const bool decides = box.known && box.role == Stage::decide;
    if (box.assumed && decides) attributes.emplace_back(Attribute::output, result());
    if (special) attributes.emplace_back(Attribute::kind, box.text);
    const std::string id = add(special ? NodeKind::special : NodeKind::step,
                               box.known ? id_of(box.role) : "step", lane_of(box), attributes);
    if (receives(box) && received_.empty()) received_ = id;
    join_on(id);
    go_on_from(id);
  }
  void draw_parallel(const DraftPlan::Run& run) {
    const PlannedBox& head = plan_.boxes[run.first];
    const std::string fork =
        add(NodeKind::parallel, "fork", lane_of(head), {{Attribute::stage, head.stage}});
    join_on(fork);
    std::vector<std::string> ways;
    for (std::size_t i = run.first; i <= run.last; ++i) {
      go_on_from(fork);
      draw_box(plan_.boxes[i]);
      ways.push_back(last_.front().first);
      last_.clear();
    }
    for (std::string& way : ways) go_on_from(std::move(way));
    const std::string meet =
        add(NodeKind::join, "meet", lane_of(head), {{Attribute::stage, head.stage}});
    join_on(meet);
    go_on_from(meet);
  }
  static bool receives(const PlannedBox& box) { return box.known && box.role == Stage::receive; }

  void draw_acceptance(const PlannedBox& box) {
    const bool lawful = draws("missing-refused-acceptance");
    // An inquiry asks for no papers.
    const bool papers = lawful || !guide_.materials.empty();
    Attributes attributes = attributes_of(box, lawful ? "材料是否齐全、符合法定形式？"
                                               : papers ? "材料是否齐全？"
                                                        : "申请内容是否完整？");
    if (licence_) attributes.emplace_back(Attribute::basis, "行政许可法第三十二条");
    const std::string id = add(NodeKind::decision, "complete", window, std::move(attributes));
    join_on(id);
    draw_supplement(id, lawful ? "可以补正" : papers ? "不齐全" : "不完整");
    if (lawful) {
      builder_.exit(id,
                    add(NodeKind::end, "not-accepted", window,
                        {{Attribute::stage, box.stage},
                         {Attribute::outcome, "不予受理"},
                         {Attribute::text, "出具不予受理决定书，告知有权机关"},
                         {Attribute::output, "不予受理决定书"}}),
                    "不属本机关职权");
    }
    go_on_from(id, lawful ? "齐全、符合" : papers ? "齐全" : "完整");
    if (plan_.form != DraftForm::full) return;
    const std::string notice = licence_ ? add(NodeKind::document, "accept", window,
                                              {{Attribute::stage, box.stage},
                                               {Attribute::text, "出具受理通知书"},
                                               {Attribute::output, "受理通知书"}})
                                        : add(NodeKind::document, "accept", window,
                                              {{Attribute::stage, box.stage},
                                               {Attribute::text, "出具受理凭证"},
                                               {Attribute::output, "受理凭证"}});
    join_on(notice);
    go_on_from(notice);
  }

  /// Told once what is missing, back to receipt (行政许可法 32).
  void draw_supplement(const std::string& decision, std::string when) {
    const PlannedBox own = plan_.supplement.value_or(PlannedBox());
    Attributes attributes = attributes_of(own, "一次性告知需要补正的全部内容");
    for (auto& [name, value] : attributes) {
      if (name == Attribute::stage) value = "补正";
      if (name == Attribute::output && value.empty()) value = "补正材料通知书";
    }
    attributes.emplace_back(Attribute::outcome, "补正告知");
    const std::string id = add(NodeKind::document, "supplement", window, std::move(attributes));
    builder_.exit(decision, id, std::move(when));
    builder_.exit(id, received_.empty() ? decision : received_, {}, 1);
  }

  /// What may be needed before the decision, one of it at a time; a pause stands here, too: a way
  /// back into the decision would count its time twice.
  void draw_specials() {
    if (plan_.specials.empty()) return;
    const bool one = plan_.specials.size() == 1;
    const std::string_view lane = plan_.form == DraftForm::full ? office : window;
    const std::string ask =
        add(NodeKind::decision, "special-needed", lane,
            {{Attribute::stage, plan_.specials[0].stage},
             {Attribute::text,
              "是否需要" + (one ? plan_.specials[0].text : std::string("特别程序")) + "？"}});
    join_on(ask);
    go_on_from(ask, "不需要");
    std::vector<std::string> labels;
    for (const PlannedBox& box : plan_.specials) {
      Attributes attributes = attributes_of(box, box.text);
      attributes.emplace_back(Attribute::kind, box.text);
      const std::string id = add(NodeKind::special, id_of(box.role), lane, attributes);
      std::string label = one ? "需要" : box.text;
      const auto same = std::count(labels.begin(), labels.end(), label);
      labels.push_back(label);
      if (same > 0) label += "（" + std::to_string(same + 1) + "）";
      builder_.exit(ask, id, std::move(label));
      go_on_from(id);
    }
  }

  void draw_decision(const PlannedBox& box) {
    if (!asks_decision()) return draw_box(box);
    Attributes attributes = attributes_of(box, std::string(words_.question));
    if (licence_ && box.basis.empty()) {
      attributes.emplace_back(Attribute::basis, "行政许可法第三十八条");
    }
    const std::string id =
        add(NodeKind::decision, id_of(Stage::decide), lane_of(box), std::move(attributes));
    join_on(id);
    builder_.exit(id,
                  add(NodeKind::end, "refused", lane_of(box),
                      {{Attribute::stage, "决定"},
                       {Attribute::outcome, std::string(words_.refused)},
                       {Attribute::text, "书面说明理由，告知复议和诉讼权利"},
                       {Attribute::output, std::string(words_.refusal)}}),
                  std::string(words_.refused));
    if (stops_at_decision()) draw_stops(id, lane_of(box));
    go_on_from(id, std::string(words_.granted));
  }

  /// Rows of the guide for cases that end early.
  void draw_stops(const std::string& decision, std::string_view lane) {
    for (const PlannedBox& stop : plan_.stops) {
      Attributes why = attributes_of(stop, stop.text);
      why.emplace_back(Attribute::outcome, std::string(name_of(stop.role).zh));
      builder_.exit(decision, add(NodeKind::end, id_of(stop.role), lane, why), stop.text);
    }
  }
  /// A question of their own, if the decision asks none or has exits enough.
  void ask_for_stops() {
    if (plan_.stops.empty()) return;
    std::string names;
    for (const PlannedBox& stop : plan_.stops) names += (names.empty() ? "" : "、") + stop.text;
    const std::string_view lane = asks_decision() ? office : window;
    const std::string ask =
        add(NodeKind::decision, "stopped", lane,
            {{Attribute::stage, plan_.stops[0].stage}, {Attribute::text, "是否" + names + "？"}});
    join_on(ask);
    draw_stops(ask, lane);
    go_on_from(ask, "否");
  }

  [[nodiscard]] std::string result() const {
    return guide_.results.empty() ? std::string("办理结果") : guide_.results.front().name.value;
  }

  void draw_granted() {
    const std::string outcome = asks_decision() ? std::string(words_.granted) : "办结";
    const PlannedBox* last = plan_.boxes.empty() ? nullptr : &plan_.boxes.back();
    if (last != nullptr && last->known && last->role == Stage::archive) {
      // The applicant has been served before the case is filed.
      return join_on(add(NodeKind::end, "granted", lane_of(*last),
                         {{Attribute::stage, last->stage},
                          {Attribute::outcome, outcome},
                          {Attribute::text, "办结"},
                          {Attribute::output, result()}}));
    }
    join_on(add(NodeKind::end, "granted", applicant,
                {{Attribute::stage, "送达"},
                 {Attribute::outcome, outcome},
                 {Attribute::text, "领取" + result()}}));
  }

  void tell_later_materials() {
    constexpr std::size_t most_named = 5;
    std::string names;
    std::size_t count = 0;
    for (const GuideMaterial& material : guide_.materials) {
      if (material.reading != Need::later || ++count > most_named) continue;
      names += (names.empty() ? "" : "、") + material.name.value;
    }
    if (count == 0) return;
    const std::string more = count > most_named ? "等" + std::to_string(count) + "项" : "";
    builder_.note("容缺受理：" + names + more + "可以后补");
  }

  void tell_assumptions() {
    std::string assumed;
    for (const PlannedBox& box : plan_.boxes) {
      if (box.assumed) assumed += (assumed.empty() ? "" : "、") + box.stage;
    }
    if (!assumed.empty()) {
      builder_.note("推定：办事指南没有列出“" + assumed + "”，按" + (licence_ ? "法定" : "一般") +
                    "程序补画，请核对");
    }
    if (plan_.parallel) {
      std::string names;
      for (std::size_t i = plan_.parallel->first; i <= plan_.parallel->last; ++i) {
        names += (names.empty() ? "" : "、") + plan_.boxes[i].text;
      }
      builder_.note("推定：办事指南各步骤合计超过承诺时限，“" + names + "”按同时办理画，请核对");
    }
    if (plan_.limit_assumed) {
      std::string legal;
      for (const PlannedBox& box : plan_.boxes) {
        if (box.legal_limit) legal = "，“" + box.stage + "”写法定上限";
      }
      builder_.note("时限推定：办事指南没有分环节时限，总时限全部记在“" +
                    plan_.boxes[*plan_.limit_assumed].stage + "”" + legal + "，请核对");
    }
  }

  [[nodiscard]] Flow root() const {
    Flow flow;
    const std::string& name = guide_.name.empty() ? guide_.code.value : guide_.name.value;
    const bool says_it = name.ends_with("办理") || name.ends_with("处理");
    flow.title.value = name + (says_it ? "流程图" : "办理流程图");
    flow.item.value = guide_.code.empty() ? guide_.catalog.value : guide_.code.value;
    flow.type = spoken(guide_.type, profile_.vocabulary.item_types);
    flow.handling = spoken(guide_.handling, profile_.vocabulary.handlings);
    flow.authority.value = guide_.authority.value;
    flow.language.value = "zh-CN";
    set_limit(guide_.statutory, flow.statutory, flow.statutory_limit);
    set_limit(guide_.promised, flow.promised, flow.promised_limit);
    for (const GuideEntry& contact : guide_.contacts) {
      const auto speaks_of = [&](std::string_view word) {
        return contact.kind.value.find(word) != std::string::npos;
      };
      if (speaks_of("咨询") && flow.consult.empty()) flow.consult.value = contact.text.value;
      if (speaks_of("投诉") && flow.complaint.empty()) flow.complaint.value = contact.text.value;
    }
    return flow;
  }

  /// A chart shows 行政许可, not 01.
  template <class T>
  static Text spoken(const Text& text, const WordList<T>& words) {
    const auto match = words.exactly(text.value);
    const bool code = text.value.find_first_not_of("0123456789") == std::string::npos;
    return {match && code ? std::string(name_of(match->meaning).zh) : text.value, {}};
  }

  static void set_limit(const GuideLimit& in_guide, Text& text, TimeLimit& reading) {
    if (!in_guide.reading.has_amount() && in_guide.reading.form != LimitForm::none) return;
    text.value = spelled_limit(joined_limit(in_guide.value, in_guide.unit), in_guide.reading);
    reading = in_guide.reading;
  }

  const Guide& guide_;
  const Profile& profile_;
  const DraftPlan plan_;
  const DecisionWords& words_;
  const bool licence_;
  FlowBuilder builder_;
  std::vector<std::pair<std::string, std::string>> last_;  // box and the label of its exit
  std::string received_;                                   // where materials are received
};

}  // namespace

Flow draft_flow(const Guide& guide, const Profile& profile) {
  const Guide filed = filed_guide(guide);
  return Drafter(filed, profile).run();
}

}  // namespace flowproof
