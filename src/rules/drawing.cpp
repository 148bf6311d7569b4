// Faults of the finished geometry, one rule a kind. The program's own layout is made never to have
// most of them; they are looked for in every chart all the same, and in charts another program
// placed.
#include "flowproof/drawing.hpp"

#include "rules/rule_support.hpp"

namespace flowproof::rules {

namespace {

constexpr LocalizedText conventions{"GB/T 1526-1989（ISO 5807:1985）流程图惯例",
                                    "GB/T 1526-1989 (ISO 5807:1985) conventions"};
constexpr LocalizedText own_fault{
    "这是排版的毛病，不是流程的毛病：换一下泳道或文字可以避开，并请把文件发给维护者",
    "a fault of the layout, not of the flow: other lanes or words avoid it, and the maintainers "
    "would like to have the file"};
constexpr LocalizedText fewer_lines{
    "调整泳道或出口的次序，减少跨泳道的往返",
    "put lanes or exits in another order, with fewer ways to and fro between lanes"};

/// Wordings of faults that name other elements than their rule's message does; null: that one.
const LocalizedText* variant(const Fault& fault) {
  static constexpr LocalizedText label_over_box{
      "“{from}”至“{to}”的条件文字压在“{node}”上",
      "the label of the line from '{from}' to '{to}' lies on '{node}'"};
  static constexpr LocalizedText line_outside{"“{from}”至“{to}”的线超出了图的范围",
                                              "the line from '{from}' to '{to}' leaves the chart"};
  static constexpr LocalizedText lanes_mixed{
      "泳道重叠，或次序与流程文件不同", "lanes overlap or stand in another order than in the flow"};
  static constexpr LocalizedText ends_mixed{
      "“{from}”至“{to}”的箭头与“{other_from}”至“{other_to}”的起点重合",
      "the head of the line from '{from}' to '{to}' meets the beginning of the line from "
      "'{other_from}' to '{other_to}'"};
  switch (fault.kind) {
    case FaultKind::label_covered:
      return fault.node ? &label_over_box : nullptr;
    case FaultKind::outside_page:
      return fault.edge ? &line_outside : nullptr;
    case FaultKind::outside_lane:
      return fault.node ? nullptr : &lanes_mixed;
    case FaultKind::ends_mixed:
      return &ends_mixed;
    default:
      return nullptr;
  }
}

Arguments names_of(const Flow& flow, const Fault& fault) {
  Arguments names;
  const auto add = [&](const char* name, NodeIndex node) {
    names.push_back({name, flow.node(node).label()});
  };
  if (fault.node) add("node", *fault.node);
  if (fault.other) add("other", *fault.other);
  if (fault.edge) {
    add("from", flow.edge(*fault.edge).from);
    add("to", flow.edge(*fault.edge).to);
  }
  if (fault.other_edge) {
    add("other_from", flow.edge(*fault.other_edge).from);
    add("other_to", flow.edge(*fault.other_edge).to);
  }
  return names;
}

/// The finding stands at the line if there is one, else at the box, else at the whole chart.
void report_fault(const Flow& flow, const Fault& fault, Reporter& report) {
  const std::optional<NodeIndex> node =
      fault.edge ? std::optional(flow.edge(*fault.edge).from) : fault.node;
  Span place = flow.span;
  if (node) place = fault.edge ? flow.edge(*fault.edge).span : flow.node(*node).span;
  std::string element = node ? flow.node(*node).id() : std::string();
  const LocalizedText* other = variant(fault);
  if (other != nullptr) {
    report.at(place, *other, names_of(flow, fault), std::move(element));
  } else {
    report.at(place, names_of(flow, fault), std::move(element));
  }
}

template <FaultKind... kinds>
void check(const RuleContext& c, Reporter& report) {
  for (const Fault& fault : c.drawing->facts.inspection.faults) {
    if (((fault.kind == kinds) || ...)) report_fault(c.flow, fault, report);
  }
}

}  // namespace

extern constinit const Rule overlapping_boxes{
    .code = "D601",
    .name = "overlapping-boxes",
    .severity = Severity::error,
    .source = conventions,
    .message = {"“{node}”与“{other}”重叠", "'{node}' and '{other}' overlap"},
    .help = own_fault,
    .certainty = Certainty::knowledge,
    .needs = Needs::drawing,
    .check = &check<FaultKind::boxes_overlap>,
};

extern constinit const Rule cut_text{
    .code = "D602",
    .name = "cut-text",
    .severity = Severity::error,
    .source = conventions,
    .message = {"“{node}”的文字比图框大", "the text of '{node}' is larger than its box"},
    .help = own_fault,
    .certainty = Certainty::knowledge,
    .needs = Needs::drawing,
    .check = &check<FaultKind::text_cut>,
};

extern constinit const Rule line_through_box{
    .code = "D603",
    .name = "line-through-box",
    .severity = Severity::error,
    .source = conventions,
    .message = {"“{from}”至“{to}”的线穿过“{node}”",
                "the line from '{from}' to '{to}' runs through '{node}'"},
    .help = own_fault,
    .certainty = Certainty::knowledge,
    .domain = "R38",
    .needs = Needs::drawing,
    .check = &check<FaultKind::line_through_box>,
};

extern constinit const Rule lines_together{
    .code = "D604",
    .name = "lines-together",
    .severity = Severity::error,
    .source = conventions,
    .message = {"“{from}”至“{to}”的线与“{other_from}”至“{other_to}”的线重合或靠得太近",
                "the line from '{from}' to '{to}' runs on or too near the line from '{other_from}' "
                "to '{other_to}'"},
    .help = own_fault,
    .certainty = Certainty::knowledge,
    .domain = "R38",
    .needs = Needs::drawing,
    .check = &check<FaultKind::lines_together>,
};

extern constinit const Rule loose_line{
    .code = "D605",
    .name = "loose-line",
    .severity = Severity::error,
    .source = conventions,
    .message = {"“{from}”至“{to}”的线是斜的，或没有接在图框的边上",
                "the line from '{from}' to '{to}' is slanted or does not end at its boxes"},
    .help = own_fault,
    .certainty = Certainty::knowledge,
    .domain = "R38",
    .needs = Needs::drawing,
    .check = &check<FaultKind::line_loose, FaultKind::ends_mixed>,
};

extern constinit const Rule off_corner_exit{
    .code = "D606",
    .name = "off-corner-exit",
    .severity = Severity::warning,
    .source = conventions,
    .message = {"“{from}”至“{to}”的线没有接在判断“{node}”的角上",
                "the line from '{from}' to '{to}' does not meet a corner of the decision '{node}'"},
    .help = own_fault,
    .certainty = Certainty::knowledge,
    .needs = Needs::drawing,
    .check = &check<FaultKind::off_corner>,
};

extern constinit const Rule lost_label{
    .code = "D607",
    .name = "lost-label",
    .severity = Severity::error,
    .source = conventions,
    .message = {"“{from}”至“{to}”的条件文字没有画出，或被截断",
                "the label of the line from '{from}' to '{to}' is not drawn, or cut"},
    .help = own_fault,
    .certainty = Certainty::knowledge,
    .domain = "R36",
    .needs = Needs::drawing,
    .check = &check<FaultKind::label_lost>,
};

extern constinit const Rule covered_label{
    .code = "D608",
    .name = "covered-label",
    .severity = Severity::error,
    .source = conventions,
    .message = {"“{from}”至“{to}”的条件文字与“{other_from}”至“{other_to}”的线或文字相叠",
                "the label of the line from '{from}' to '{to}' lies on the line or label from "
                "'{other_from}' to '{other_to}'"},
    .help = own_fault,
    .certainty = Certainty::knowledge,
    .domain = "R36",
    .needs = Needs::drawing,
    .check = &check<FaultKind::label_covered>,
};

extern constinit const Rule outside_lane{
    .code = "D609",
    .name = "outside-lane",
    .severity = Severity::error,
    .source = {"泳道图惯例", "conventions of swimlane charts"},
    .message = {"“{node}”没有画在自己的泳道里", "'{node}' stands outside its lane"},
    .help = own_fault,
    .certainty = Certainty::knowledge,
    .needs = Needs::drawing,
    .check = &check<FaultKind::outside_lane>,
};

extern constinit const Rule outside_page{
    .code = "D610",
    .name = "outside-page",
    .severity = Severity::error,
    .source = conventions,
    .message = {"“{node}”超出了图的范围", "'{node}' leaves the chart"},
    .help = own_fault,
    .certainty = Certainty::knowledge,
    .needs = Needs::drawing,
    .check = &check<FaultKind::outside_page>,
};

extern constinit const Rule crossing_lines{
    .code = "D620",
    .name = "crossing-lines",
    .severity = Severity::info,
    .source = conventions,
    .message =
        {"“{from}”至“{to}”的线与“{other_from}”至“{other_to}”的线交叉，已画成跨线",
         "the lines from '{from}' to '{to}' and from '{other_from}' to '{other_to}' cross; a "
         "bridge shows it"},
    .help = fewer_lines,
    .certainty = Certainty::knowledge,
    .domain = "R38",
    .needs = Needs::drawing,
    .check = &check<FaultKind::lines_cross>,
};

extern constinit const Rule winding_line{
    .code = "D621",
    .name = "winding-line",
    .severity = Severity::info,
    .source = conventions,
    .message = {"“{from}”至“{to}”的线转弯超过三次",
                "the line from '{from}' to '{to}' turns more than three times"},
    .help = fewer_lines,
    .certainty = Certainty::inferred,
    .needs = Needs::drawing,
    .check = &check<FaultKind::line_winds>,
};

extern constinit const Rule rising_line{
    .code = "D622",
    .name = "rising-line",
    .severity = Severity::warning,
    .source = conventions,
    .message = {"“{from}”至“{to}”的线往上走，却不是退回",
                "the line from '{from}' to '{to}' runs upwards and is no way back"},
    .help = own_fault,
    .certainty = Certainty::knowledge,
    .domain = "R38",
    .needs = Needs::drawing,
    .check = &check<FaultKind::line_rises>,
};

extern constinit const Rule bent_main_line{
    .code = "D623",
    .name = "bent-main-line",
    .severity = Severity::info,
    .source = conventions,
    .message = {"主线上的“{node}”不在所在泳道的直线上",
                "'{node}' stands beside the straight main line of its lane"},
    .help = fewer_lines,
    .certainty = Certainty::inferred,
    .needs = Needs::drawing,
    .check = &check<FaultKind::main_line_bends>,
};

}  // namespace flowproof::rules
