#include "rules/rule_support.hpp"

namespace flowproof::rules {

// Reported by the pipeline, which opens the guide a flow names.
extern constinit const Rule unreadable_guide{
    .code = "X051",
    .name = "unreadable-guide",
    .severity = Severity::error,
    .source = {"flowproof 流程图格式，guide 属性", "flowproof flow format, attribute guide"},
    .message = {"办事指南“{path}”无法读取：{reason}",
                "the guide '{path}' cannot be read: {reason}"},
    .help = {"改正 guide 中的文件名；指南要放在流程图所在的文件夹或其下",
             "correct the file name in guide; the guide stands in the flow's folder or below it"},
    .needs = Needs::reading,
};

}  // namespace flowproof::rules
