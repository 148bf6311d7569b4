// 〔实施主体〕: a place that a start document leaves to fill in.
#include <algorithm>

#include "model/text_fields.hpp"
#include "rules/rule_support.hpp"

namespace flowproof::rules {

namespace {

constexpr std::string_view open = "〔", close = "〕";
constexpr std::size_t most_named = 4;

/// 崇政服办〔2019〕7号: the year of a document, not a place.
bool is_year(std::string_view inside) {
  return !inside.empty() && inside.find_first_not_of("0123456789") == std::string_view::npos;
}

class Places {
 public:
  void look(const Text& text) {
    for (std::size_t at = text.value.find(open); at != std::string::npos;) {
      const std::size_t inside = at + open.size(), end = text.value.find(close, inside);
      if (end == std::string::npos) return;
      const std::string_view name = std::string_view(text.value).substr(inside, end - inside);
      if (!is_year(name))
        add(text.span, std::string(open) + std::string(name) + std::string(close));
      at = text.value.find(open, end);
    }
  }
  void tell(Reporter& report) const {
    if (count_ > 0) report.at(first_, {{"count", count_}, {"places", names_}});
  }

 private:
  void add(const Span& span, std::string name) {
    if (count_++ == 0) first_ = span;
    if (names_.size() < most_named && std::find(names_.begin(), names_.end(), name) == names_.end())
      names_.push_back(std::move(name));
  }

  Span first_;
  std::int64_t count_ = 0;
  std::vector<std::string> names_;
};

void check(const RuleContext& c, Reporter& report) {
  Places places;
  for (const auto& field : flow_fields) places.look(c.flow.*field.member);
  for (const Lane& lane : c.flow.lanes) places.look(lane.name);
  for (const Node& node : c.flow.nodes) {
    for (const AttributeText& attribute : node.attributes) places.look(attribute.text);
  }
  for (const Edge& edge : c.flow.edges) places.look(edge.when);
  for (const Note& note : c.flow.notes) places.look(note.text);
  places.tell(report);
}

}  // namespace

extern constinit const Rule unfilled_places{
    .code = "L505",
    .name = "unfilled-places",
    .severity = Severity::warning,
    .source = {"政府信息公开条例第六条：及时、准确地公开政府信息",
               "regulation on open government information, art. 6: timely and accurate"},
    .message = {"还有 {count} 处没有填写：{places}", "{count} places are not filled in: {places}"},
    .help = {"把〔〕连同里面的提示换成实际内容；没有的项目连属性一起删掉",
             "put what is so in place of each 〔…〕, or remove the attribute"},
    .certainty = Certainty::knowledge,
    .check = &check,
};

}  // namespace flowproof::rules
