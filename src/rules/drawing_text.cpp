#include <algorithm>

#include "flowproof/drawing.hpp"
#include "rules/rule_support.hpp"

namespace flowproof::rules {

namespace {

void check_long_text(const RuleContext& c, Reporter& report) {
  for (const NodeIndex i : every_node(c.flow)) {
    const auto& lines = c.drawing->measured.nodes[at(i)].lines;
    const auto count =
        std::count_if(lines.begin(), lines.end(), [](const TextLine& line) { return !line.muted; });
    if (static_cast<std::size_t>(count) <= most_lines_of_box) continue;
    const Node& node = c.flow.node(i);
    report.at(node.place(Attribute::text),
              {{"node", node.label()}, {"count", static_cast<std::int64_t>(count)}}, node.id());
  }
}

void report_size(const RuleContext& c, Reporter& report, double size) {
  report.at(c.flow.span, {{"paper", std::string(c.drawing->facts.paper.paper_name())},
                          {"size", points_text(size)}});
}

bool too_small(const RuleContext& c) {
  return c.drawing->facts.paper.box_text < least_text_size - 0.005;
}

void check_small_text(const RuleContext& c, Reporter& report) {
  const double size = c.drawing->facts.paper.least_text;
  if (size < good_text_size - 0.005 && !too_small(c)) report_size(c, report, size);
}

void check_too_small(const RuleContext& c, Reporter& report) {
  if (too_small(c)) report_size(c, report, c.drawing->facts.paper.box_text);
}

}  // namespace

extern constinit const Rule long_text{
    .code = "D630",
    .name = "long-text",
    .severity = Severity::info,
    .source = {"GB/T 1526-1989（ISO 5807:1985）：图框内文字应尽量简短",
               "GB/T 1526-1989 (ISO 5807:1985): text in a symbol as short as possible"},
    .message = {"“{node}”的文字要排 {count} 行", "the text of '{node}' takes {count} lines"},
    .help = {"缩短文字，细节放进 <note> 或 remark，图框内不超过三行",
             "shorten it to three lines and put details into a <note> or remark"},
    .certainty = Certainty::knowledge,
    .needs = Needs::drawing,
    .check = &check_long_text,
};

extern constinit const Rule small_text{
    .code = "D631",
    .name = "small-text",
    .severity = Severity::info,
    .source = {"办公用纸的阅读习惯：不小于小五号（9 磅）",
               "office practice: no text under 9 points"},
    .message = {"按 {paper} 打印，最小的字只有 {size} 磅",
                "on {paper} the smallest text is {size} points high"},
    .help = {"减少泳道、缩短文字，或改用 A3（配置 <page>）",
             "have fewer lanes or shorter text, or use A3 (<page> of a profile)"},
    .certainty = Certainty::inferred,
    .needs = Needs::drawing,
    .check = &check_small_text,
};

extern constinit const Rule page_too_small{
    .code = "D632",
    .name = "page-too-small",
    .severity = Severity::warning,
    .source = {"办公用纸的阅读习惯：不小于六号", "office practice: no text under 7.5 points"},
    .message =
        {"图太宽，按 {paper} 打印时图框文字只有 {size} 磅，看不清",
         "the chart is too wide: on {paper} its text is {size} points high, too small to read"},
    .help = {"减少泳道，或把一部分改成子流程", "have fewer lanes, or make a part of it a subflow"},
    .certainty = Certainty::inferred,
    .needs = Needs::drawing,
    .check = &check_too_small,
};

}  // namespace flowproof::rules
