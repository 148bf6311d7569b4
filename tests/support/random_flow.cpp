#include "support/random_flow.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <vector>

namespace flowproof::test {

namespace {

using namespace std::string_view_literals;

constexpr std::string_view lane_names[] = {"申请人",   "综合窗口", "承办科室",
                                           "分管领导", "专家组",   "出件窗口"};
constexpr std::string_view stages[] = {"收件", "受理", "审查", "现场核查", "决定", "制证", "送达"};
constexpr std::string_view actions[] = {"接收申请材料",
                                        "书面审查",
                                        "现场核查经营场所",
                                        "提出拟办意见",
                                        "征求有关部门意见",
                                        "复核",
                                        "拟定批复文件并送分管领导签发",
                                        "录入系统",
                                        "制作许可证",
                                        "通知申请人领取或者邮寄送达"};
constexpr std::string_view questions[] = {"材料是否齐全、符合法定形式？", "是否符合许可条件？",
                                          "是否需要现场核查？", "是否属于本机关职权？",
                                          "公示有无异议？"};
constexpr std::string_view performers[] = {"窗口人员", "审查人员", "科室负责人", "分管负责人"};
constexpr std::string_view limits[] = {"当场", "1个工作日", "3个工作日", "5个工作日",
                                       "0.5个工作日"};
constexpr std::string_view specials[] = {"听证", "检验", "鉴定", "专家评审"};
constexpr std::string_view hostile[] = {"<b>&amp;lt;</b>"sv,
                                        "\"引号\"与'单引号'"sv,
                                        "第一行\n第二行\t制表\r回车"sv,
                                        "]]> <!-- -->"sv,
                                        "𠮷野家𪚥"sv,
                                        "العربية"sv,
                                        "%s%n $(rm) `x` {a|b}"sv,
                                        "e\u0301\u0323"sv,
                                        "\u00A0不断行空格"sv,
                                        "👩‍👩‍👧"sv,
                                        "&#10;"sv,
                                        "  两端空白  "sv};

std::string numbered(std::string name, std::size_t number) {
  name += std::to_string(number);
  return name;
}

class Maker {
 public:
  Maker(std::uint64_t seed, const RandomFlowOptions& options) : random_(seed), options_(options) {}

  Flow make() {
    const std::size_t wanted = random_.between(options_.least_nodes, options_.most_nodes);
    flow_.title.value = "随机事项办理流程图";
    if (options_.hostile_texts) flow_.title.value = any_text();
    flow_.type.value = "行政许可";
    flow_.handling.value = "承诺件";
    const std::size_t lanes = random_.below(options_.most_lanes + 1);
    for (std::size_t i = 0; i < lanes; ++i) {
      const std::string name(lane_names[i % std::size(lane_names)]);
      flow_.lanes.push_back({{numbered("lane", i + 1), {}}, {name, {}}, {}});
    }
    std::size_t last = add(NodeKind::start, "申请", "提出申请");
    main_.push_back(last);
    while (flow_.nodes.size() + 2 < wanted) last = add_block(last, wanted - flow_.nodes.size() - 1);
    const std::size_t end = add(NodeKind::end, "送达", "办结");
    set(end, Attribute::outcome, "准予");
    connect(last, end, pending_label_);
    flatten();
    return std::move(flow_);
  }

 private:
  struct Exit {
    std::size_t to;
    std::string when;
    std::optional<std::int32_t> max;
  };

  template <std::size_t n>
  std::string pick(const std::string_view (&words)[n]) {
    return std::string(words[random_.below(n)]);
  }
  std::string any_text() {
    if (options_.hostile_texts && random_.chance(40)) return pick(hostile);
    return pick(actions);
  }

  void set(std::size_t node, Attribute name, std::string value) {
    flow_.nodes[node].attributes.push_back({name, {std::move(value), {}}});
  }

  std::size_t add(NodeKind kind, std::string stage, std::string text) {
    const std::size_t self = flow_.nodes.size();
    Node& node = flow_.nodes.emplace_back();
    exits_.emplace_back();
    node.kind = kind;
    set(self, Attribute::id, numbered("n", self + 1));
    if (!flow_.lanes.empty()) {
      const std::size_t lane = random_.below(flow_.lanes.size());
      node.lane = LaneIndex{static_cast<std::uint32_t>(lane)};
      set(self, Attribute::lane, flow_.lanes[lane].id.value);
    }
    if (!stage.empty()) set(self, Attribute::stage, std::move(stage));
    if (!text.empty()) set(self, Attribute::text, std::move(text));
    return self;
  }

  std::size_t add_step() {
    static constexpr NodeKind kinds[] = {NodeKind::step,     NodeKind::step, NodeKind::step,
                                         NodeKind::document, NodeKind::data, NodeKind::special};
    const NodeKind kind = kinds[random_.below(std::size(kinds))];
    const std::size_t self = add(kind, pick(stages), any_text());
    if (kind == NodeKind::special) {
      set(self, Attribute::kind, pick(specials));
      set(self, Attribute::basis, "行政许可法第四十五条");
      set(self, Attribute::counted, "no");
    }
    set(self, Attribute::by, pick(performers));
    const std::string limit = pick(limits);
    set(self, Attribute::limit, limit);
    flow_.nodes[self].limit = read_time_limit(limit);
    if (random_.chance(25)) set(self, Attribute::output, any_text());
    return self;
  }

  void connect(std::size_t from, std::size_t to, std::string when = {},
               std::optional<std::int32_t> max = {}) {
    exits_[from].push_back({to, std::move(when), max});
  }

  // Chains what comes next to the block before; its label is that of the decision left open there.
  std::size_t follow(std::size_t last, std::size_t next) {
    connect(last, next, pending_label_);
    pending_label_.clear();
    return next;
  }

  // A step, or as many nodes as `room` allows of something larger.
  std::size_t add_block(std::size_t last, std::size_t room) {
    switch (room < 4 ? 0 : random_.below(7)) {
      case 0:
      case 1:
      case 2: {
        const std::size_t step = follow(last, add_step());
        main_.push_back(step);
        return step;
      }
      case 3:
        return add_refusal(last);
      case 4:
        return add_correction(last);
      case 5:
        return add_parallel(last, room);
      default:
        return add_choice(last, room);
    }
  }

  // A decision with an end beside it; the way on is labelled when the next node is there.
  std::size_t add_refusal(std::size_t last) {
    const std::size_t question =
        follow(last, add(NodeKind::decision, pick(stages), pick(questions)));
    const std::size_t end = add(NodeKind::end, "", "出具不予许可决定书，告知救济途径");
    set(end, Attribute::outcome, random_.chance(50) ? "不予受理" : "不予许可");
    connect(question, end, "否");
    pending_label_ = "是";
    return question;
  }

  // A decision with a notice that leads back to where the defect can be mended.
  std::size_t add_correction(std::size_t last) {
    const std::size_t back = main_[random_.below(main_.size())];
    const std::size_t question = follow(last, add(NodeKind::decision, "受理", pick(questions)));
    const std::size_t notice = add(NodeKind::document, "补正", "一次性告知补正材料");
    set(notice, Attribute::outcome, "补正告知");
    connect(question, notice, "不齐全，可以补正");
    // Never into the start: nothing leads there.
    connect(notice, back == 0 ? question : back, "",
            static_cast<std::int32_t>(random_.between(1, 2)));
    pending_label_ = "齐全";
    return question;
  }

  std::size_t add_chain(std::size_t from, std::size_t length, std::string when) {
    for (std::size_t i = 0; i < length; ++i) {
      const std::size_t step = add_step();
      connect(from, step, i == 0 ? std::move(when) : std::string());
      from = step;
    }
    return from;
  }

  std::size_t add_parallel(std::size_t last, std::size_t room) {
    const std::size_t fork = follow(last, add(NodeKind::parallel, "审查", ""));
    const std::size_t branches = random_.between(2, std::min<std::size_t>(4, room - 2));
    std::vector<std::size_t> tails;
    for (std::size_t i = 0; i < branches; ++i) {
      tails.push_back(add_chain(fork, random_.between(1, room > 12 ? 3 : 1), ""));
    }
    const std::size_t join = add(NodeKind::join, "审查", "");
    for (const std::size_t tail : tails) connect(tail, join);
    return join;
  }

  std::size_t add_choice(std::size_t last, std::size_t room) {
    const std::size_t question =
        follow(last, add(NodeKind::decision, pick(stages), pick(questions)));
    const std::size_t first = add_chain(question, random_.between(1, room > 8 ? 3 : 1), "需要");
    const std::size_t merge = add_step();
    connect(first, merge);
    connect(question, merge, "不需要");
    main_.push_back(merge);
    return merge;
  }

  void flatten() {
    for (std::size_t from = 0; from < exits_.size(); ++from) {
      for (Exit& exit : exits_[from]) {
        Edge edge;
        edge.from = NodeIndex{static_cast<std::uint32_t>(from)};
        edge.to = NodeIndex{static_cast<std::uint32_t>(exit.to)};
        edge.when.value = std::move(exit.when);
        edge.max = exit.max;
        flow_.edges.push_back(std::move(edge));
      }
    }
    if (random_.chance(30)) {
      flow_.notes.push_back(
          {NodeIndex{static_cast<std::uint32_t>(random_.below(flow_.nodes.size()))},
           {"依照有关规定办理", {}},
           {}});
    }
  }

  Random random_;
  RandomFlowOptions options_;
  Flow flow_;
  std::vector<std::vector<Exit>> exits_;  // per node
  std::vector<std::size_t> main_;         // nodes a way back may lead to
  std::string pending_label_;
};

}  // namespace

Flow random_flow(std::uint64_t seed, const RandomFlowOptions& options) {
  return Maker(seed, options).make();
}

std::string dump(const Flow& flow) {
  std::string out;
  const auto put = [&](std::string_view name, const std::string& value) {
    if (!value.empty()) out.append(" ").append(name).append("=[").append(value).append("]");
  };
  put("title", flow.title.value);
  put("item", flow.item.value);
  put("type", flow.type.value);
  put("handling", flow.handling.value);
  put("authority", flow.authority.value);
  put("guide", flow.guide.value);
  put("statutory", flow.statutory.value);
  put("promised", flow.promised.value);
  put("version", flow.version.value);
  put("date", flow.date.value);
  put("consult", flow.consult.value);
  put("complaint", flow.complaint.value);
  put("lang", flow.language.value);
  for (const Lane& lane : flow.lanes) {
    out += "\nlane";
    put("id", lane.id.value);
    put("name", lane.name.value);
  }
  for (const Node& node : flow.nodes) {
    out.append("\n").append(name_of(node.kind));
    if (node.incomplete) out += " incomplete";
    for (std::size_t i = 0; i < attribute_count; ++i) {
      const auto name = static_cast<Attribute>(i);
      if (node.has(name))
        out.append(" ").append(name_of(name)).append("=[").append(node.get(name)).append("]");
    }
    put("lane#", node.lane == no_lane ? "" : std::to_string(at(node.lane)));
    put("milli", std::to_string(node.limit.amount.milli));
  }
  for (const Edge& edge : flow.edges) {
    out += '\n';
    out += std::to_string(at(edge.from));
    out += "->";
    out += std::to_string(at(edge.to));
    put("when", edge.when.value);
    if (edge.max) put("max", std::to_string(*edge.max));
    if (edge.timeout) out += " timeout";
  }
  for (const Note& note : flow.notes) {
    out += "\nnote";
    if (note.target) put("for", std::to_string(at(*note.target)));
    put("text", note.text.value);
  }
  for (const Waiver& waiver : flow.waivers) {
    out += "\nwaive";
    if (waiver.target) put("in", std::to_string(at(*waiver.target)));
    put("rule", waiver.rule.value);
    put("until", waiver.until.value);
    put("reason", waiver.reason.value);
  }
  return out + "\n";
}

}  // namespace flowproof::test
