#include <algorithm>
#include <tuple>

#include "flowproof/audit_report.hpp"

namespace flowproof {

namespace {

std::size_t index(Severity severity) { return static_cast<std::size_t>(severity); }
std::size_t index(FindingState state) { return static_cast<std::size_t>(state); }

/// Promised / statutory; units are never converted.
std::optional<double> ratio_of(const AuditedRecord& record) {
  if (!record.statutory || !record.promised || record.statutory->milli <= 0) return std::nullopt;
  if (record.promised->unit == "instant") return 0;
  if (record.promised->unit != record.statutory->unit) return std::nullopt;
  return static_cast<double>(record.promised->milli) / static_cast<double>(record.statutory->milli);
}

std::size_t band_of(double ratio) {
  constexpr double ends[] = {0, 0.25, 0.5, 0.75};
  for (std::size_t i = 0; i < std::size(ends); ++i) {
    if (ratio <= ends[i]) return i;
  }
  return ratio < 1 ? 4 : ratio > 1 ? 6 : 5;
}

void add_record(AuditSums& sums, const AuditedRecord& record) {
  ++sums.records;
  switch (record.status) {
    case AuditStatus::clean:
      ++sums.clean;
      break;
    case AuditStatus::findings:
      ++sums.with_findings;
      break;
    case AuditStatus::quarantined:
      ++sums.quarantined;
      return;
  }
  sums.reduction.add(record);
  for (const AuditedFinding& finding : record.findings) {
    ++sums.by_severity[index(finding.severity)];
    ++sums.by_state[index(finding.state)];
  }
}

/// FNV-1a over the parts that stay when a record moves to another line.
std::uint64_t key_of(const AuditedRecord& record, const AuditedFinding& finding) {
  std::uint64_t hash = 0xcbf29ce484222325U;
  for (const std::string_view part : {std::string_view(record.key), std::string_view(finding.name),
                                      std::string_view(finding.field)}) {
    for (const char byte : part) {
      hash = (hash ^ static_cast<unsigned char>(byte)) * 0x100000001b3U;
    }
    hash = (hash ^ 0xFFU) * 0x100000001b3U;  // no byte of UTF-8
  }
  return hash;
}

struct ElementRow {
  std::string_view element;  ///< or the list it belongs to
  LocalizedText name;
};
constexpr ElementRow element_rows[] = {
    {"name", {"事项名称", "name of the item"}},
    {"code", {"实施编码", "item code"}},
    {"catalog", {"基本编码", "catalogue code"}},
    {"type", {"事项类型", "type"}},
    {"handling", {"办件类型", "handling"}},
    {"authority", {"实施主体", "authority"}},
    {"level", {"行使层级", "level"}},
    {"version", {"版本", "version"}},
    {"date", {"日期", "date"}},
    {"statutory", {"法定办结时限", "statutory limit"}},
    {"promised", {"承诺办结时限", "promised limit"}},
    {"procedure", {"办理流程", "procedure"}},
    {"step", {"办理环节", "steps"}},
    {"special", {"特别程序", "special procedures"}},
    {"material", {"申请材料", "materials"}},
    {"result", {"办理结果", "results"}},
    {"remedy", {"救济途径", "remedies"}},
    {"contact", {"咨询监督方式", "contacts"}},
    {"question", {"常见问题", "questions"}},
    {"condition", {"受理条件", "conditions"}},
};

}  // namespace

void Reduction::add(const AuditedRecord& record) {
  const std::optional<double> ratio = ratio_of(record);
  if (!ratio) {
    ++not_comparable;
    return;
  }
  ++comparable;
  sum += *ratio;
  const std::size_t band = band_of(*ratio);
  ++by_band[band];
  constexpr std::size_t half_band = 2;
  within_half += band <= half_band ? 1 : 0;
}

AuditSums& AuditOverview::department(const std::string& name) {
  const auto known = departments_.find(name);
  if (known != departments_.end()) return known->second;
  if (departments_.size() < most_departments) return departments_[name];
  return departments_[std::string(other_departments)];
}

void AuditOverview::add(const AuditedRecord& record) {
  add_record(total_, record);
  if (record.status == AuditStatus::quarantined) {
    ++reasons_[record.reason];
    return;
  }
  add_record(department(record.department), record);
  for (const AuditedFinding& finding : record.findings) {
    RuleSums& sums = rules_[finding.rule];
    if (sums.findings++ == 0) {
      sums = {finding.rule, finding.name, finding.source, finding.message, 1, {}};
    }
    ++sums.by_severity[index(finding.severity)];
  }
}

void AuditOverview::add_fixed(const AuditedRecord& record, const AuditedFinding& /*finding*/) {
  ++total_.by_state[index(FindingState::fixed)];
  ++department(record.department).by_state[index(FindingState::fixed)];
}

std::vector<std::pair<std::string_view, const AuditSums*>> AuditOverview::departments() const {
  std::vector<std::pair<std::string_view, const AuditSums*>> rows;
  for (const auto& [name, sums] : departments_) rows.emplace_back(name, &sums);
  std::ranges::stable_sort(rows, std::greater(), [](const auto& row) {
    return std::make_tuple(row.second->of(Severity::error), row.second->findings());
  });
  return rows;
}

std::vector<const RuleSums*> AuditOverview::rules() const {
  std::vector<const RuleSums*> rows;
  for (const auto& [code, sums] : rules_) rows.push_back(&sums);
  std::ranges::stable_sort(rows, std::greater(), &RuleSums::findings);
  return rows;
}

void AuditComparison::learn(const AuditedRecord& earlier) {
  for (const AuditedFinding& finding : earlier.findings) ++open_[key_of(earlier, finding)];
}

void AuditComparison::judge(AuditedRecord& record) {
  for (AuditedFinding& finding : record.findings) {
    const auto known = open_.find(key_of(record, finding));
    const bool remains = known != open_.end() && known->second > 0;
    if (remains) --known->second;
    finding.state = remains ? FindingState::remaining : FindingState::fresh;
  }
}

void AuditComparison::keep_fixed(AuditedRecord& earlier) {
  std::erase_if(earlier.findings, [&](AuditedFinding& finding) {
    const auto known = open_.find(key_of(earlier, finding));
    if (known == open_.end() || known->second == 0) return true;
    --known->second;
    finding.state = FindingState::fixed;
    return false;
  });
}

LocalizedText element_name(std::string_view element) {
  const std::string_view head = element.substr(0, element.find('.'));
  for (const ElementRow& row : element_rows) {
    if (row.element == head) return row.name;
  }
  return {"其他", "other"};
}

LocalizedText band_name(std::size_t band) {
  constexpr LocalizedText names[Reduction::bands] = {{"当场办结", "on the spot"},
                                                     {"25% 以内", "up to 25%"},
                                                     {"25%–50%", "25%-50%"},
                                                     {"50%–75%", "50%-75%"},
                                                     {"75%–100%", "75%-100%"},
                                                     {"等于法定时限", "equal"},
                                                     {"超过法定时限", "over the limit"}};
  return names[band];
}

}  // namespace flowproof
