// Reports: how findings are shown to people and to programs.
//
// Formats are rows of a table that --format and --help read. A report is made file by file, so that
// a folder of any size needs the memory of one file; the bytes do not depend on how many threads
// check.
#pragma once

#include <cstddef>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "flowproof/baseline.hpp"
#include "flowproof/diagnostic.hpp"
#include "flowproof/pipeline.hpp"

namespace flowproof {

enum class FileVerdict : std::uint8_t { pass, fail, unreadable };
[[nodiscard]] std::string_view name_of(FileVerdict verdict);

struct ReportOptions {
  Language language = Language::en;
  bool color = false;
  Severity fail_on = Severity::error;  ///< off: nothing fails
  bool compared = false;               ///< files come with a comparison to an earlier report
};

/// One input and what became of it: exactly one of the two pointers is set.
struct ReportedFile {
  std::string_view path;
  const Checked* checked = nullptr;
  const Error* error = nullptr;         ///< it could not be read at all
  std::size_t number = 1;               ///< of the run's inputs, from 1
  std::string_view chart = {};          ///< SVG, for formats that show it; empty: not drawn
  const Changes* comparison = nullptr;  ///< null: not compared, or unreadable

  /// Unknown without a comparison.
  [[nodiscard]] FindingState state_of(std::size_t finding) const {
    return comparison == nullptr ? FindingState::unknown : comparison->states[finding];
  }
};
[[nodiscard]] FileVerdict verdict_of(const ReportedFile& file, Severity fail_on);

/// Sums over the files of a run.
struct Tally {
  std::size_t files = 0, failed = 0, unreadable = 0;
  std::size_t errors = 0, warnings = 0, infos = 0;
  std::size_t waived = 0;
  std::size_t known = 0;    ///< in the baseline
  std::size_t skipped = 0;  ///< rules not run for want of a guide, summed over files
  std::size_t fresh = 0, remaining = 0, fixed = 0;  ///< since the earlier report
  std::map<std::string_view, std::size_t> by_rule;  ///< findings by code

  /// One file of the overview; kept only if a format asks for it.
  struct Row {
    std::string path, title;
    FileVerdict verdict = FileVerdict::pass;
    std::size_t errors = 0, warnings = 0, infos = 0;
  };
  bool keep_rows = false;
  std::vector<Row> rows;

  void add(const ReportedFile& file, Severity fail_on);
};

/// What people call a file's chart: the flow's title, else the guide's item; empty: neither.
[[nodiscard]] std::string chart_title(const ReportedFile& file);
/// Codes of the rules that found something and how often, the most frequent first.
[[nodiscard]] std::vector<std::pair<std::string_view, std::size_t>> most_frequent(
    const Tally& tally);

struct ReportFormat {
  std::string_view name;
  LocalizedText summary;
  std::string (*begin)(const ReportOptions&);
  /// `first`: no file has given any text yet.
  std::string (*file)(const ReportedFile&, const ReportOptions&, bool first);
  std::string (*end)(const Tally&, const ReportOptions&);
  /// Stands between `begin` and the files, so they are held until all are checked; needs the
  /// tally's rows. Null: files come out one by one.
  std::string (*overview)(const Tally&, const ReportOptions&) = nullptr;
  bool charts = false;  ///< shows each file's chart
};

/// What ids of a file's findings begin with, "f3-" for the third file; marks of its chart link
/// there.
[[nodiscard]] std::string finding_anchor(std::size_t number);

[[nodiscard]] std::span<const ReportFormat> report_formats();
/// Null if there is none.
[[nodiscard]] const ReportFormat* report_format_named(std::string_view name);

/// How often each rule found something, the most frequent first.
[[nodiscard]] std::string statistics_text(const Tally& tally, const ReportOptions& options);

/// What was verified about a chart and how: its runs, its limits with the arithmetic, its drawing.
[[nodiscard]] std::string proof_text(const ReportedFile& file, const ReportOptions& options);

/// Findings that belong to no single file of a run (profiles), as text.
[[nodiscard]] std::string findings_text(const Diagnostics& findings, const Sources& sources,
                                        const ReportOptions& options);

/// Words of the formats and options: "warning", "guide", "found".
[[nodiscard]] std::string_view name_of(Severity severity);
[[nodiscard]] std::string_view name_of(Needs needs);
[[nodiscard]] std::string_view name_of(Certainty certainty);

/// All rules with their severity in each profile, as a table for people or as JSON.
[[nodiscard]] std::string rules_text(std::span<const Profile> profiles,
                                     const ReportOptions& options);
[[nodiscard]] std::string rules_json(std::span<const Profile> profiles,
                                     const ReportOptions& options);
/// What heads a rule's page: code, name, severities, source and how certain it is.
[[nodiscard]] std::string rule_text(const Rule& rule, std::span<const Profile> profiles,
                                    const ReportOptions& options);

}  // namespace flowproof
