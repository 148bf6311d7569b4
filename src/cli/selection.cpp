#include "cli/selection.hpp"

#include "flowproof/rule.hpp"

namespace flowproof::cli {

void append_selection(std::vector<Option>& options, std::string& guide, std::string& profile,
                      CheckOptions& rules) {
  options.push_back({"--guide",
                     "FILE",
                     {"办事指南；默认用流程图中 guide 所指的文件",
                      "the guide; by default the one the flow names"},
                     &guide});
  options.push_back(
      {"--profile",
       "NAME|FILE",
       {"配置；默认按事项类型选择", "the profile; by default chosen by the item's type"},
       &profile});
  options.push_back({"--select",
                     "RULES",
                     {"只用这些规则（名称、编号或编号开头）",
                      "only these rules (names, codes or beginnings of codes)"},
                     &rules.select});
  options.push_back({"--ignore", "RULES", {"不用这些规则", "all but these rules"}, &rules.ignore});
  options.push_back(
      {"--today",
       "DATE",
       {"按此日期判断豁免是否到期（YYYY-MM-DD）", "the day waivers are held against (YYYY-MM-DD)"},
       &rules.today});
}

Option flows_option(std::vector<std::string>& inputs) {
  return {"inputs",
          "FILE|FOLDER...",
          {"流程图（*.flow.xml、*.bpmn）；“-”是标准输入",
           "flows (*.flow.xml, *.bpmn); '-' is standard input"},
          &inputs};
}

Option fail_on_option(std::string& level) {
  return {"--fail-on",
          "LEVEL",
          {"达到此级别即退出码 1：error、warning、info、never",
           "exit with 1 from this level on: error, warning, info, never"},
          &level,
          {"error", "warning", "info", "never"}};
}

std::optional<Error> unknown_selection(const CheckOptions& rules) {
  const std::vector<std::string> unknown = unknown_rules(rules, nullptr);
  if (unknown.empty()) return std::nullopt;
  return unknown_rule(unknown.front());
}

Error unknown_rule(std::string_view word) {
  std::vector<std::string_view> names;
  for (const Rule* rule : all_rules()) {
    names.push_back(rule->name);
    names.push_back(rule->code);
  }
  return unknown_word({"规则", "rule"}, word, names);
}

Severity severity_named(std::string_view word) {
  if (word == "error") return Severity::error;
  if (word == "warning") return Severity::warning;
  return word == "info" ? Severity::info : Severity::off;
}

Error no_input() { return usage_error({"没有指定输入文件", "no input file is given"}); }

}  // namespace flowproof::cli
