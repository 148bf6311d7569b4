// The days on which a case accepted on a given day is due: every stage of the longest counted way,
// then delivery, and the limits the item is held to.
//
// Made by due_dates (src/analysis), printed by src/report. Days are those of the calendar; nothing
// is converted. In a licence a bare 日 is a working day (行政许可法 82), elsewhere a natural one.
#pragma once

#include <vector>

#include "flowproof/calendar.hpp"
#include "flowproof/facts.hpp"

namespace flowproof {

enum class DueKind : std::uint8_t {
  stage,      ///< a box on the way, with its own limit
  promised,   ///< 承诺时限 from the start of its clock
  statutory,  ///< 法定时限
  delivery,   ///< the statutory limit of delivery, from the decision
  excluded,   ///< a procedure that is not counted: its own time comes on top, it has no day here
};
[[nodiscard]] std::string_view name_of(DueKind kind);  ///< "stage"

struct DueRow {
  DueKind kind = DueKind::stage;
  std::optional<NodeIndex> node = {};  ///< stage and excluded
  Quantity limit;
  std::optional<Due> due = {};  ///< none for excluded, or if the calendar cannot place the limit
};

struct DueDates {
  Date accepted_on{};
  std::vector<DueRow> rows;  ///< stages in the order of the way, then as in DueKind
  /// The steps stand in different units, so that no way is the longest: there are no stages.
  bool mixed_units = false;
};

struct Guide;
[[nodiscard]] DueDates due_dates(const Flow& flow, const Guide* guide, const Facts& facts,
                                 const Profile& profile, const Calendar& calendar,
                                 Date accepted_on);

}  // namespace flowproof
