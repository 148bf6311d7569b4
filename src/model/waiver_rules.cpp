#include "model/waiver_rules.hpp"

namespace flowproof {

extern constinit const Rule unknown_waiver{
    .code = "X041",
    .name = "unknown-waiver",
    .severity = Severity::error,
    .source = {"flowproof 格式说明：waive", "flowproof formats: waive"},
    .message = {"没有名为“{rule}”的规则，无法豁免", "there is no rule '{rule}' to waive"},
    .help = {"用 flowproof rules 查看规则名称，或删去这一豁免",
             "look up the rule's name with flowproof rules, or delete the waiver"},
    .needs = Needs::reading,
};

extern constinit const Rule expired_waiver{
    .code = "X042",
    .name = "expired-waiver",
    .severity = Severity::warning,
    .source = {"flowproof 格式说明：waive", "flowproof formats: waive"},
    .message = {"对“{rule}”的豁免已于 {until} 到期", "the waiver of '{rule}' ran out on {until}"},
    .help = {"改正问题，或说明理由后延长期限", "mend the defect, or extend the date and say why"},
    .needs = Needs::reading,
};

extern constinit const Rule unused_waiver{
    .code = "X043",
    .name = "unused-waiver",
    .severity = Severity::warning,
    .source = {"flowproof 格式说明：waive", "flowproof formats: waive"},
    .message = {"对“{rule}”的豁免没有对应的问题", "the waiver of '{rule}' has nothing to waive"},
    .help = {"问题已经不在，删去这一豁免", "the defect is gone: delete the waiver"},
    .needs = Needs::reading,
};

static constinit const Rule* const rules[] = {&unknown_waiver, &expired_waiver, &unused_waiver};

std::span<const Rule* const> waiver_rules() { return rules; }

}  // namespace flowproof
