// Every rule of the program. An explicit list, as self-registration is silently dropped by static
// libraries; a test fails when a rule file is not listed here.
#include <algorithm>
#include <vector>

#include "flowproof/rule.hpp"
#include "model/reading_rules.hpp"
#include "model/waiver_rules.hpp"

namespace flowproof {

namespace rules {

extern const Rule unreadable_guide;
extern const Rule unreadable_subflow;
extern const Rule subflow_cycle;
extern const Rule unsound_subflow;
extern const Rule unhandled_outcome;
extern const Rule impossible_outcome;
extern const Rule subflow_over_limit;
extern const Rule several_timeouts;
extern const Rule deadline_exceeded;
extern const Rule timeout_unreachable;
extern const Rule material_not_drawn;
extern const Rule result_not_in_guide;
extern const Rule reduction_not_followed;
extern const Rule missing_start;
extern const Rule several_starts;
extern const Rule missing_end;
extern const Rule unreachable;
extern const Rule hearing_times;
extern const Rule commitment_not_drawn;
extern const Rule commitment_without_choice;
extern const Rule joint_without_partner;
extern const Rule late_first_review;
extern const Rule licensing_law_misapplied;
extern const Rule materials_asked_again;
extern const Rule procedure_elsewhere;
extern const Rule repealed_law;
extern const Rule silence_refuses;
extern const Rule stage_bypassed;
extern const Rule stage_out_of_order;
extern const Rule timeout_without_limit;
extern const Rule dead_end;
extern const Rule end_with_exit;
extern const Rule single_exit_decision;
extern const Rule unlabelled_exit;
extern const Rule repeated_exit_label;
extern const Rule ambiguous_split;
extern const Rule repeated_exit;
extern const Rule deadlock;
extern const Rule join_waits_for_its_loop;
extern const Rule unsynchronised_merge;
extern const Rule end_in_parallel;
extern const Rule split_leaves_loop;
extern const Rule endless_loop;
extern const Rule soundness_undecided;
extern const Rule unbounded_loop;
extern const Rule missing_acceptance;
extern const Rule missing_review;
extern const Rule missing_decision;
extern const Rule missing_delivery;
extern const Rule missing_refused_acceptance;
extern const Rule missing_supplement;
extern const Rule missing_refusal;
extern const Rule promise_over_statutory;
extern const Rule path_over_promise;
extern const Rule path_over_statutory;
extern const Rule limits_not_comparable;
extern const Rule limit_differs;
extern const Rule note_contradicts_limit;
extern const Rule step_limit_differs;
extern const Rule guide_steps_over_promise;
extern const Rule guide_step_repeated;
extern const Rule guide_stage_missing;
extern const Rule stage_order_differs;
extern const Rule stage_not_in_guide;
extern const Rule stage_not_drawn;
extern const Rule identity_differs;
extern const Rule refusal_without_reason;
extern const Rule late_supplement_notice;
extern const Rule supplement_after_acceptance;
extern const Rule path_under_promise;
extern const Rule instant_item_takes_time;
extern const Rule promised_item_on_the_spot;
extern const Rule promise_over_half;
extern const Rule statutory_limit_unsupported;
extern const Rule extension_unsupported;
extern const Rule late_delivery;
extern const Rule incomplete_special;
extern const Rule excluded_without_basis;
extern const Rule special_inside_promise;
extern const Rule special_differs;
extern const Rule single_inspector;
extern const Rule incomplete_step;
extern const Rule same_role;
extern const Rule missing_contact;
extern const Rule performer_differs;
extern const Rule repeated_step;
extern const Rule question_in_step;
extern const Rule action_in_decision;
extern const Rule later_materials_differ;
extern const Rule result_differs;
extern const Rule material_not_listed;
extern const Rule vague_material;
extern const Rule unfilled_places;
extern const Rule lost_link;
extern const Rule vague_condition;
extern const Rule overlapping_boxes;
extern const Rule cut_text;
extern const Rule line_through_box;
extern const Rule lines_together;
extern const Rule loose_line;
extern const Rule off_corner_exit;
extern const Rule lost_label;
extern const Rule covered_label;
extern const Rule outside_lane;
extern const Rule outside_page;
extern const Rule crossing_lines;
extern const Rule winding_line;
extern const Rule rising_line;
extern const Rule bent_main_line;
extern const Rule long_text;
extern const Rule small_text;
extern const Rule page_too_small;

// By code, so that a start need not sort them.
static constexpr const Rule* checked[] = {
    &missing_acceptance,
    &missing_review,
    &missing_decision,
    &missing_delivery,
    &missing_refused_acceptance,
    &missing_supplement,
    &missing_refusal,
    &refusal_without_reason,
    &supplement_after_acceptance,
    &incomplete_special,
    &single_inspector,
    &incomplete_step,
    &same_role,
    &missing_contact,
    &joint_without_partner,
    &materials_asked_again,
    &commitment_without_choice,
    &silence_refuses,
    &stage_bypassed,
    &stage_out_of_order,
    &overlapping_boxes,
    &cut_text,
    &line_through_box,
    &lines_together,
    &loose_line,
    &off_corner_exit,
    &lost_label,
    &covered_label,
    &outside_lane,
    &outside_page,
    &crossing_lines,
    &winding_line,
    &rising_line,
    &bent_main_line,
    &long_text,
    &small_text,
    &page_too_small,
    &limit_differs,
    &note_contradicts_limit,
    &special_differs,
    &later_materials_differ,
    &result_differs,
    &material_not_listed,
    &performer_differs,
    &commitment_not_drawn,
    &material_not_drawn,
    &result_not_in_guide,
    &identity_differs,
    &stage_not_drawn,
    &stage_not_in_guide,
    &stage_order_differs,
    &step_limit_differs,
    &reduction_not_followed,
    &guide_steps_over_promise,
    &guide_step_repeated,
    &guide_stage_missing,
    &vague_material,
    &vague_condition,
    &procedure_elsewhere,
    &repealed_law,
    &unfilled_places,
    &missing_start,
    &several_starts,
    &missing_end,
    &unreachable,
    &dead_end,
    &end_with_exit,
    &single_exit_decision,
    &unlabelled_exit,
    &repeated_exit_label,
    &ambiguous_split,
    &repeated_exit,
    &repeated_step,
    &question_in_step,
    &action_in_decision,
    &timeout_without_limit,
    &lost_link,
    &deadlock,
    &join_waits_for_its_loop,
    &unsynchronised_merge,
    &end_in_parallel,
    &split_leaves_loop,
    &endless_loop,
    &soundness_undecided,
    &unbounded_loop,
    &subflow_cycle,
    &unsound_subflow,
    &unhandled_outcome,
    &impossible_outcome,
    &several_timeouts,
    &promise_over_statutory,
    &path_over_promise,
    &path_over_statutory,
    &limits_not_comparable,
    &late_supplement_notice,
    &path_under_promise,
    &instant_item_takes_time,
    &promised_item_on_the_spot,
    &statutory_limit_unsupported,
    &licensing_law_misapplied,
    &excluded_without_basis,
    &special_inside_promise,
    &extension_unsupported,
    &late_delivery,
    &promise_over_half,
    &hearing_times,
    &late_first_review,
    &subflow_over_limit,
    &deadline_exceeded,
    &timeout_unreachable,
    &unreadable_guide,
    &unreadable_subflow,
};

}  // namespace rules

std::span<const Rule* const> all_rules() {
  static const std::vector<const Rule*> sorted = [] {
    std::vector<const Rule*> all;
    for (const auto family :
         {reading_rules(), waiver_rules(), std::span<const Rule* const>(rules::checked)}) {
      const auto more = all.insert(all.end(), family.begin(), family.end());
      std::inplace_merge(all.begin(), more, all.end(),
                         [](const Rule* a, const Rule* b) { return a->code < b->code; });
    }
    return all;
  }();
  return sorted;
}

const Rule* find_rule(std::string_view code_or_name) {
  const auto all = all_rules();
  const auto found = std::find_if(all.begin(), all.end(), [&](const Rule* rule) {
    return rule->code == code_or_name || rule->name == code_or_name;
  });
  return found == all.end() ? nullptr : *found;
}

}  // namespace flowproof
