#include "support/permit_flow.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

namespace flowproof::test {

namespace {

constexpr std::array<const char*, 12> step_texts{
    "收件登记",           "分派承办人",     "书面审查",   "现场核查", "拟定意见",     "集体讨论",
    "征求利害关系人意见", "出具审查意见书", "制作许可证", "送达文书", "材料归档保存", "网上公示"};
constexpr std::array<const char*, 5> questions{"材料是否齐全?", "是否符合法定条件?", "通过?",
                                               "材料是否齐全、符合法定形式,是否属于本机关职权?",
                                               "需要评审?"};
constexpr std::array<const char*, 6> denials{"否",     "不符合", "退回", "不属于本机关职权",
                                             "不同意", "未通过"};
constexpr std::array<const char*, 4> consents{"是", "符合", "通过", "齐全并符合法定形式"};
constexpr std::array<const char*, 4> limits{"", "5个工作日", "当场", "20个工作日内"};
constexpr std::array<const char*, 3> posts{"", "窗口人员", "承办人、审核人"};

// splitmix64: the same numbers everywhere.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed * 0x9E3779B97F4A7C15ULL + 1) {}
  std::size_t below(std::size_t bound) { return bound == 0 ? 0 : next() % bound; }
  bool chance(unsigned percent) { return next() % 100 < percent; }
  template <class Choices>
  auto pick(const Choices& choices) {
    return choices[below(choices.size())];
  }

 private:
  std::uint64_t next() {
    std::uint64_t z = (state_ += 0x9E3779B97F4A7C15ULL);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31);
  }
  std::uint64_t state_;
};

class Generator {
 public:
  Generator(std::uint64_t seed, std::size_t boxes, std::size_t lanes)
      : random_(seed), boxes_(std::max<std::size_t>(boxes, 5)) {
    for (std::size_t i = 0; i < lanes; ++i) {
      Lane lane;
      lane.id.value = "lane" + std::to_string(i);
      lane.name.value = i % 3 == 0 ? "申请人" : i % 3 == 1 ? "综合受理窗口" : "承办科室";
      flow_.lanes.push_back(lane);
    }
  }

  Flow run() {
    std::uint32_t last = add(NodeKind::start, "提出申请", 0);
    line_.push_back(last);
    while (flow_.nodes.size() + 2 < boxes_) last = add_block(last);
    const std::uint32_t end = add(NodeKind::end, "办结", lane_);
    set(end, Attribute::outcome, "准予");
    join(last, end);
    for (const std::uint32_t loose : joining_) join(loose, end);
    add_notes();
    std::stable_sort(flow_.edges.begin(), flow_.edges.end(),
                     [](const Edge& a, const Edge& b) { return a.from < b.from; });
    return std::move(flow_);
  }

 private:
  void set(std::uint32_t node, Attribute name, const std::string& value) {
    flow_.nodes[node].attributes.push_back({name, {value, {}}});
  }

  std::uint32_t add(NodeKind kind, const std::string& text, std::size_t lane) {
    const auto index = static_cast<std::uint32_t>(flow_.nodes.size());
    Node node;
    node.kind = kind;
    if (!flow_.lanes.empty()) node.lane = LaneIndex(static_cast<std::uint32_t>(lane));
    flow_.nodes.push_back(node);
    set(index, Attribute::id, "n" + std::to_string(index));
    if (!text.empty()) set(index, Attribute::text, text);
    return index;
  }

  void join(std::uint32_t from, std::uint32_t to, const std::string& when = {},
            bool timeout = false) {
    Edge edge;
    edge.from = NodeIndex(from);
    edge.to = NodeIndex(to);
    edge.when.value = when;
    edge.timeout = timeout;
    flow_.edges.push_back(edge);
  }

  std::size_t other_lane() {
    if (flow_.lanes.empty()) return 0;
    if (random_.chance(60)) return lane_;
    return random_.below(flow_.lanes.size());
  }

  std::uint32_t step(std::uint32_t from, const std::string& when = {}) {
    lane_ = other_lane();
    constexpr std::array<NodeKind, 6> kinds{NodeKind::step, NodeKind::step,     NodeKind::step,
                                            NodeKind::step, NodeKind::document, NodeKind::data};
    const std::uint32_t node = add(random_.pick(kinds), random_.pick(step_texts), lane_);
    const std::string limit = random_.pick(limits);
    const std::string post = random_.pick(posts);
    if (!limit.empty()) set(node, Attribute::limit, limit);
    if (!post.empty()) set(node, Attribute::by, post);
    join(from, node, when);
    return node;
  }

  // One piece of the procedure; returns its last box.
  std::uint32_t add_block(std::uint32_t last) {
    std::uint32_t end = last;
    switch (random_.below(8)) {
      case 0:
      case 1:
        end = step(last);
        break;
      case 2:
        end = refusal(last);
        break;
      case 3:
        end = way_back(last);
        break;
      case 4:
        end = detour(last);
        break;
      case 5:
        end = parallel(last);
        break;
      case 6:
        end = three_ways(last);
        break;
      default:
        end = branch(last);
        break;
    }
    line_.push_back(end);
    return end;
  }

  std::uint32_t decision(std::uint32_t from) {
    lane_ = other_lane();
    const std::uint32_t node = add(NodeKind::decision, random_.pick(questions), lane_);
    if (random_.chance(30)) set(node, Attribute::limit, "3个工作日");
    join(from, node);
    return node;
  }

  std::uint32_t refusal(std::uint32_t from) {
    const std::uint32_t question = decision(from);
    const std::size_t here = lane_;
    end_of(question, random_.pick(denials));
    lane_ = here;
    return step(question, random_.pick(consents));
  }

  void end_of(std::uint32_t question, const std::string& when) {
    const std::size_t here = lane_;
    std::uint32_t last = question;
    std::string condition = when;
    if (random_.chance(50)) {
      last = step(question, condition);
      condition.clear();
    }
    if (random_.chance(15)) {
      joining_.push_back(last);
      if (last == question) joining_.pop_back();
    }
    if (joining_.empty() || joining_.back() != last) {
      const std::uint32_t end = add(NodeKind::end, "出具不予许可决定书", lane_);
      set(end, Attribute::outcome, "不予许可");
      join(last, end, condition);
    }
    lane_ = here;
  }

  std::uint32_t way_back(std::uint32_t from) {
    const std::uint32_t question = decision(from);
    const std::size_t here = lane_;
    // To a box of the way so far that is not too far up.
    const std::size_t reach = std::min<std::size_t>(line_.size(), 6);
    const std::uint32_t target = line_[line_.size() - 1 - random_.below(reach)];
    const unsigned kind = static_cast<unsigned>(random_.below(10));
    if (kind < 6) {
      // The question is asked again, or something before it is done again.
      join(step(question, random_.pick(denials)), kind < 3 ? question : target);
    } else {
      join(question, target, random_.pick(denials));
    }
    lane_ = here;
    return step(question, random_.pick(consents));
  }

  std::uint32_t detour(std::uint32_t from) {
    const std::uint32_t question = decision(from);
    const std::size_t here = lane_;
    std::uint32_t last = add(NodeKind::special, "", other_lane());
    set(last, Attribute::kind, "专家评审");
    set(last, Attribute::counted, "no");
    join(question, last, "是");
    for (std::size_t extra = random_.below(3); extra > 0; --extra) last = step(last);
    lane_ = here;
    const std::uint32_t after = step(question, "否");
    join(last, after);
    return after;
  }

  std::uint32_t parallel(std::uint32_t from) {
    const std::size_t here = lane_;
    const std::uint32_t fork = add(NodeKind::parallel, "", lane_);
    join(from, fork);
    std::vector<std::uint32_t> lasts;
    const std::size_t branches = 2 + random_.below(3);
    for (std::size_t i = 0; i < branches; ++i) {
      lane_ = here;
      std::uint32_t last = step(fork);
      for (std::size_t extra = random_.below(3); extra > 0; --extra) last = step(last);
      lasts.push_back(last);
    }
    lane_ = here;
    const std::uint32_t meet = add(NodeKind::join, "", lane_);
    for (const std::uint32_t last : lasts) join(last, meet);
    return meet;
  }

  std::uint32_t three_ways(std::uint32_t from) {
    const std::uint32_t question = decision(from);
    const std::size_t here = lane_;
    end_of(question, random_.pick(denials));
    const std::uint32_t target = random_.chance(50) ? line_.back() : question;
    if (random_.chance(50)) {
      join(step(question, "否,可补正"), target);
    } else {
      end_of(question, random_.pick(denials));
    }
    lane_ = here;
    if (random_.chance(15)) join(question, line_.front(), "超过期限", true);
    return step(question, random_.pick(consents));
  }

  // Two ways of several boxes that meet again.
  std::uint32_t branch(std::uint32_t from) {
    const std::uint32_t question = decision(from);
    const std::size_t here = lane_;
    std::uint32_t left = step(question, random_.pick(consents));
    std::uint32_t right = step(question, random_.pick(denials));
    if (random_.chance(50)) left = step(left);
    if (random_.chance(40)) right = refusal(right);
    if (random_.chance(30)) right = step(right);
    lane_ = here;
    const std::uint32_t meet = step(left);
    join(right, meet);
    return meet;
  }

  void add_notes() {
    for (std::size_t count = random_.below(4); count > 1; --count) {
      Note note;
      note.target = NodeIndex(static_cast<std::uint32_t>(random_.below(flow_.nodes.size())));
      note.text.value = "申请人可以自愿选择网上申请或者到窗口申请";
      flow_.notes.push_back(note);
    }
  }

  Random random_;
  std::size_t boxes_;
  Flow flow_;
  std::size_t lane_ = 0;
  std::vector<std::uint32_t> line_;     // boxes ways back may lead to
  std::vector<std::uint32_t> joining_;  // boxes that lead to the last end
};

}  // namespace

Profile permit_profile() {
  Profile profile;
  profile.vocabulary.outcomes.add("准予", Outcome::granted);
  profile.vocabulary.outcomes.add("不予许可", Outcome::refused);
  return profile;
}

Flow permit_flow(std::uint64_t seed) {
  Random random(seed ^ 0x5EED);
  const std::size_t boxes = 5 + random.below(56);
  const std::size_t lanes = random.chance(35) ? 0 : random.below(7);
  return Generator(seed, boxes, lanes).run();
}

Flow large_flow(std::uint64_t seed, std::size_t nodes, std::size_t lanes) {
  return Generator(seed, nodes, lanes).run();
}

}  // namespace flowproof::test
