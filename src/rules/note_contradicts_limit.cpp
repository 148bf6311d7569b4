#include "rules/rule_support.hpp"

namespace flowproof::rules {

namespace {

/// 日 may mean working days or natural days. n natural days hold at most n working days: fewer 日
/// than working days is a contradiction in both readings. Other units are not comparable.
bool differ(const Quantity& field, const Quantity& note) {
  if (field.unit == note.unit) return field.milli != note.milli;
  if (field.unit == TimeUnit::working_day && note.unit == TimeUnit::day) {
    return note.milli < field.milli;
  }
  return field.unit == TimeUnit::day && note.unit == TimeUnit::working_day &&
         field.milli < note.milli;
}

bool contradicts(const TimeLimit& field, const TimeLimit& note) {
  if (!field.has_amount() || note.form != LimitForm::amount) return false;
  if (note.vague || note.lower || !note.counted || note.start == LimitStart::decision ||
      note.start == LimitStart::other) {
    return false;  // it may speak of something else
  }
  return differ(field.amount, note.amount);
}

void compare(Reporter& report, LocalizedText which, const GuideLimit& limit) {
  if (!limit.given() || limit.note.empty()) return;
  const TimeLimit note = read_time_limit(limit.note.value);
  if (!contradicts(limit.reading, note)) return;
  Diagnostic& finding = report.at(
      limit.note.span, {{"which", which}, {"note", note.amount}, {"field", limit.reading.amount}});
  finding.witness.push_back({limit.value.span,
                             {{"{which}字段写 {field}", "the field {which} says {field}"},
                              {{"which", which}, {"field", limit.reading.amount}}}});
}

void check(const RuleContext& c, Reporter& report) {
  compare(report, {"法定时限", "statutory limit"}, c.guide->statutory);
  compare(report, {"承诺时限", "promised limit"}, c.guide->promised);
}

}  // namespace

extern constinit const Rule note_contradicts_limit{
    .code = "G402",
    .name = "note-contradicts-limit",
    .severity = Severity::error,
    .source = {"GB/T 39046-2020 表4 第15至20项", "GB/T 39046-2020 table 4, items 15 to 20"},
    .message = {"{which}的说明写 {note}，字段却是 {field}",
                "the note of the {which} says {note}, but the field says {field}"},
    .help = {"核对依据后改正数值或说明",
             "check the legal basis and correct the number or the note"},
    .domain = "R16",
    .needs = Needs::guide,
    .check = &check,
    .on_records = true,
};

}  // namespace flowproof::rules
