// The days were counted by hand on the notice for 2026: off from 15 to 23 February, worked on
// Saturday the 14th and on Saturday the 28th.
#include "flowproof/due_dates.hpp"

#include <gtest/gtest.h>

#include "flowproof/pipeline.hpp"

namespace flowproof {
namespace {

const ProfileSet& profiles() {
  static const Result<ProfileSet> loaded = load_profiles(FLOWPROOF_SOURCE_DIR, "");
  return *loaded;
}

DueDates due_of(const std::string& xml, std::string_view accepted_on) {
  const SourceText source{"x.flow.xml", xml};
  const Parsed<Flow> flow = read_flow(source, {});
  EXPECT_TRUE(flow.value && flow.diagnostics.empty());
  const Profile& profile = *profiles().for_type(flow.value->type.value);
  const Facts facts = analyse(*flow.value, nullptr, profile);
  return due_dates(*flow.value, nullptr, facts, profile, published_calendar(),
                   *read_date(accepted_on));
}

/// "stage 2026-02-12; promised -"
std::string spelled(const DueDates& table) {
  std::string text;
  for (const DueRow& row : table.rows) {
    if (!text.empty()) text += "; ";
    text += std::string(name_of(row.kind)) + " " + (row.due ? date_text(row.due->date) : "-");
  }
  return text;
}

std::string flow_of(const std::string& type, const std::string& review, const std::string& decide,
                    const std::string& more = {}) {
  return R"(<flow xmlns="urn:flowproof:flow:1" title="t" type=")" + type +
         R"(" promised="10个工作日" statutory="1个月">
  <start id="s" text="申请"><to node="a"/></start>
  <step id="a" stage="受理" text="受理" limit="5个工作日"><to node="r"/></step>
  <step id="r" stage="审查" text="审查" limit=")" +
         review + R"("><to node="x"/></step>
  <special id="x" kind="听证" text="听证" limit="20日" counted="no"><to node="d"/></special>
  <step id="d" stage="决定" text="决定" limit=")" +
         decide + R"("><to node="z"/></step>)" + more + R"(
  <step id="z" stage="送达" text="送达" limit="3个工作日"><to node="e"/></step>
  <end id="e" outcome="准予"/></flow>)";
}

TEST(DueDates, count_over_spring_festival) {
  // From Thursday 12 February: 13, 14, 24 | 25, 26, then delivery 27, 28, 2 March.
  EXPECT_EQ(spelled(due_of(flow_of("行政许可", "3个工作日", "2个工作日"), "2026-02-12")),
            "stage 2026-02-24; stage 2026-02-26; stage 2026-03-02; promised 2026-03-04; "
            "statutory 2026-03-12; delivery 2026-03-11; excluded -");
}

TEST(DueDates, bare_days_of_a_licence_are_working_days_elsewhere_natural) {
  EXPECT_EQ(spelled(due_of(flow_of("行政许可", "3日", "2日"), "2026-02-12")).substr(0, 36),
            "stage 2026-02-24; stage 2026-02-26; ");
  EXPECT_EQ(spelled(due_of(flow_of("行政许可", "3个工作日", "2日"), "2026-02-12")).substr(0, 36),
            "stage 2026-02-24; stage 2026-02-26; ");
  // 15 February is a day off, so is the 17th: both roll to the 24th.
  EXPECT_EQ(spelled(due_of(flow_of("行政给付", "3日", "2日"), "2026-02-12")).substr(0, 36),
            "stage 2026-02-24; stage 2026-02-24; ");
}

TEST(DueDates, deadlines_count_from_acceptance) {
  EXPECT_EQ(spelled(due_of(flow_of("行政许可", "3个工作日", "自受理后第5个工作日"), "2026-02-12"))
                .substr(0, 16),
            "stage 2026-02-26");
}

TEST(DueDates, mixed_units_have_no_longest_way) {
  const DueDates table = due_of(flow_of("行政给付", "3个工作日", "1个月"), "2026-02-12");
  EXPECT_TRUE(table.mixed_units);
  EXPECT_EQ(spelled(table).substr(0, 10), "promised 2");
}

TEST(DueDates, unpublished_years_are_estimated) {
  const DueDates table = due_of(flow_of("行政许可", "3个工作日", "2个工作日"), "2026-12-29");
  ASSERT_FALSE(table.rows.empty());
  EXPECT_TRUE(table.rows[0].due && table.rows[0].due->estimated);
}

TEST(DueDates, whole_sample_through_the_pipeline) {
  CaseOptions options;
  options.accepted_on = read_date("2026-02-10");
  const auto checked =
      check_file(FLOWPROOF_SOURCE_DIR "/samples/food.flow.xml", profiles(), options);
  ASSERT_TRUE(checked && checked->due);
  const Flow& flow = *checked->subject.flow;
  for (const DueRow& row : checked->due->rows) {
    if (row.node == flow.find("decide")) {
      EXPECT_EQ(date_text(row.due->date), "2026-03-02");
    }
    if (row.node == flow.find("deliver")) {
      EXPECT_EQ(date_text(row.due->date), "2026-03-05");
    }
  }
}

}  // namespace
}  // namespace flowproof
