// What `audit` wrote, read back and summed up for people: worklists and dashboards.
//
// The lines of audit are the contract, so a report can be made of a run, of merged shards or of
// last month's file. A report keeps sums, never records: memory grows with the number of
// departments and rules only (and, when two runs are compared, with the findings of the earlier
// one).
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "flowproof/baseline.hpp"
#include "flowproof/diagnostic.hpp"
#include "flowproof/result.hpp"

namespace flowproof {

struct AuditedFinding {
  std::string rule, name, field, element, excerpt, message, help, source;
  std::vector<std::string> witness;
  Severity severity = Severity::error;
  FindingState state = FindingState::unknown;
};

struct AuditedLimit {
  std::int64_t milli = 0;  ///< thousandths of the unit
  std::string unit;        ///< "working-day" …; "instant"
};

enum class AuditStatus : std::uint8_t { clean, findings, quarantined };

/// One line of audit.
struct AuditedRecord {
  std::uint64_t number = 0, line = 0;
  AuditStatus status = AuditStatus::clean;
  std::string file, key, item, department, type;
  std::optional<AuditedLimit> statutory, promised;
  std::vector<AuditedFinding> findings;
  std::string reason, detail, excerpt;  ///< quarantined
};
[[nodiscard]] Result<AuditedRecord> read_audit_line(std::string_view line);

/// 双减半: how far promises stay below statutory limits.
struct Reduction {
  /// Of promised / statutory: 当场, up to 25 %, 50 %, 75 %, below 100 %, 100 %, more.
  static constexpr std::size_t bands = 7;

  std::uint64_t comparable = 0;      ///< both limits given, in one unit
  std::uint64_t not_comparable = 0;  ///< a limit is missing or the units differ
  std::uint64_t within_half = 0;
  double sum = 0;  ///< of the ratios
  std::array<std::uint64_t, bands> by_band{};

  void add(const AuditedRecord& record);
  /// Mean ratio; 0 if there is nothing to compare.
  [[nodiscard]] double mean() const {
    return comparable == 0 ? 0 : sum / static_cast<double>(comparable);
  }
};

struct AuditSums {
  std::uint64_t records = 0, clean = 0, with_findings = 0, quarantined = 0;
  std::array<std::uint64_t, 4> by_severity{};  ///< findings; index is Severity
  std::array<std::uint64_t, 4> by_state{};     ///< findings; index is FindingState
  Reduction reduction;

  [[nodiscard]] std::uint64_t findings() const {
    return by_severity[1] + by_severity[2] + by_severity[3];
  }
  [[nodiscard]] std::uint64_t of(Severity severity) const {
    return by_severity[static_cast<std::size_t>(severity)];
  }
  [[nodiscard]] std::uint64_t of(FindingState state) const {
    return by_state[static_cast<std::size_t>(state)];
  }
};

struct RuleSums {
  std::string rule, name, source, example;  ///< the first message
  std::uint64_t findings = 0;
  std::array<std::uint64_t, 4> by_severity{};  ///< of them; index is Severity

  [[nodiscard]] std::uint64_t of(Severity severity) const {
    return by_severity[static_cast<std::size_t>(severity)];
  }
};

class AuditOverview {
 public:
  void add(const AuditedRecord& record);
  /// A finding of the earlier run that this one does not have.
  void add_fixed(const AuditedRecord& record, const AuditedFinding& finding);

  [[nodiscard]] const AuditSums& total() const { return total_; }
  /// The most errors first, then the most findings, then by name. Records without department count
  /// as "".
  [[nodiscard]] std::vector<std::pair<std::string_view, const AuditSums*>> departments() const;
  /// The most findings first.
  [[nodiscard]] std::vector<const RuleSums*> rules() const;
  [[nodiscard]] const std::map<std::string, std::uint64_t, std::less<>>& reasons() const {
    return reasons_;
  }
  /// Departments beyond what an office has are summed up under one name, so that a stream of
  /// rubbish cannot fill the memory.
  static constexpr std::size_t most_departments = 20000;
  static constexpr std::string_view other_departments = "…";

 private:
  AuditSums& department(const std::string& name);

  AuditSums total_;
  std::map<std::string, AuditSums, std::less<>> departments_;
  std::map<std::string, RuleSums, std::less<>> rules_;
  std::map<std::string, std::uint64_t, std::less<>> reasons_;
};

/// The findings of an earlier run, known by item, rule and field, not by line.
class AuditComparison {
 public:
  /// All records of the earlier run are learnt before the first of this run is judged.
  void learn(const AuditedRecord& earlier);
  /// Sets the states of a record's findings.
  void judge(AuditedRecord& record);
  /// Called with the earlier run's records once more, after all of this run: keeps the findings
  /// that are gone.
  void keep_fixed(AuditedRecord& earlier);

 private:
  /// Hashes, so that millions of findings fit; the hash is the same everywhere.
  std::unordered_map<std::uint64_t, std::uint32_t> open_;
};

/// "承诺办结时限" of "promised.value": what people call an element of a guide.
[[nodiscard]] LocalizedText element_name(std::string_view element);
[[nodiscard]] LocalizedText band_name(std::size_t band);

/// The dashboard: one page of HTML, with bars, that needs nothing beside itself.
[[nodiscard]] std::string audit_page(const AuditOverview& overview, bool compared,
                                     Language language);

/// A workbook (XLSX) with the findings as rows; written row by row.
class Worklist {
 public:
  /// `path` is written when it is finished.
  [[nodiscard]] static Result<Worklist> create(const std::string& path, bool compared,
                                               Language language);
  Worklist(Worklist&&) noexcept;
  Worklist& operator=(Worklist&&) noexcept;
  ~Worklist();

  void add(const AuditedRecord& record);
  void add_fixed(const AuditedRecord& record, const AuditedFinding& finding);
  [[nodiscard]] Result<Done> finish(const AuditOverview& overview);

 private:
  struct State;
  explicit Worklist(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace flowproof
