#include <algorithm>

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

/// "专家评审15个工作日" is a part of the time; what a note says it includes or leaves out is not.
bool of_part(const RuleContext& c, std::string text, const TimeLimit& note) {
  for (const std::string& exclusion : note.exclusions) {
    const std::size_t at = text.find(exclusion);
    if (at != std::string::npos) text.erase(at, exclusion.size());
  }
  const std::string_view includes = c.profile.phrase_in("inclusion", text);
  if (!includes.empty()) text.resize(text.find(includes));
  return !c.profile.phrase_in("asks-part", text).empty();
}

void compare(const RuleContext& c, Reporter& report, LocalizedText which, const GuideLimit& limit) {
  if (!limit.given() || limit.note.empty()) return;
  const TimeLimit note = read_time_limit(limit.note.value);
  if (!contradicts(limit.reading, note) || of_part(c, limit.note.value, note)) return;
  Diagnostic& finding = report.at(
      limit.note.span, {{"which", which}, {"note", note.amount}, {"field", limit.reading.amount}});
  finding.witness.push_back({limit.value.span,
                             {{"{which}字段写 {field}", "the field {which} says {field}"},
                              {{"which", which}, {"field", limit.reading.amount}}}});
}

/// An answer to "how long does it take" that is neither of the two limits.
void compare_answers(const RuleContext& c, Reporter& report) {
  const Guide& guide = *c.guide;
  for (const GuideQuestion& question : guide.questions) {
    if (c.profile.phrase_in("asks-time", question.ask.value).empty() ||
        !c.profile.phrase_in("asks-part", question.ask.value + question.answer.value).empty()) {
      continue;  // of something else, or of a part
    }
    const TimeLimit answer = read_time_limit(question.answer.value);
    const bool agrees =
        (guide.statutory.given() && !contradicts(guide.statutory.reading, answer)) ||
        (guide.promised.given() && !contradicts(guide.promised.reading, answer));
    const GuideLimit& limit = guide.promised.given() ? guide.promised : guide.statutory;
    if (agrees || !limit.given()) continue;
    Diagnostic& finding =
        report.at(question.answer.span,
                  {"常见问题答复要 {note}，{which}字段却是 {field}",
                   "a question is answered with {note}, but the field {which} "
                   "says {field}"},
                  {{"note", answer.amount},
                   {"which", guide.promised.given() ? LocalizedText{"承诺时限", "promised limit"}
                                                    : LocalizedText{"法定时限", "statutory limit"}},
                   {"field", limit.reading.amount}});
    finding.severity = std::min(finding.severity, Severity::warning);
    finding.witness.push_back(
        {limit.value.span,
         {{"字段写 {field}", "the field says {field}"}, {{"field", limit.reading.amount}}}});
  }
}

void check(const RuleContext& c, Reporter& report) {
  compare_answers(c, report);
  compare(c, report, {"法定时限", "statutory limit"}, c.guide->statutory);
  compare(c, report, {"承诺时限", "promised limit"}, c.guide->promised);
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
