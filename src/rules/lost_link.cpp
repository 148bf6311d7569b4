#include "base/web_link.hpp"
#include "rules/rule_support.hpp"

namespace flowproof::rules {

static void check(const RuleContext& c, Reporter& report) {
  for (const NodeIndex i : every_node(c.flow)) {
    const Node& node = c.flow.node(i);
    const std::string& href = node.get(Attribute::href);  // of a call it is a file
    if (node.kind == NodeKind::subflow || href.empty() || is_web_link(href)) continue;
    report.at(node.place(Attribute::href), {{"node", node.label()}}, node.id());
  }
}

extern constinit const Rule lost_link{
    .code = "S116",
    .name = "lost-link",
    .severity = Severity::warning,
    .source = {"flowproof 流程图格式，href", "flowproof flow format, href"},
    .message = {"“{node}”的链接不是 http(s) 网址，图上不画",
                "the link of '{node}' is no http(s) address and is left out of the drawing"},
    .help = {"写完整的 http:// 或 https:// 网址，不含用户名；汉字等写成 %E5%8A%9E 的形式",
             "write a whole http:// or https:// address without user name; write Chinese "
             "characters as %E5%8A%9E"},
    .certainty = Certainty::knowledge,
    .check = &check,
};

}  // namespace flowproof::rules
