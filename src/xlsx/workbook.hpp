// The workbook of an audit: summary, departments, rules, findings, suggestions, records that could
// not be used, and what is mended since an earlier run.
#pragma once

#include <xlsxwriter.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "flowproof/audit_report.hpp"
#include "xlsx/sheet.hpp"

namespace flowproof::xlsx {

class Workbook {
 public:
  [[nodiscard]] static Result<Workbook*> create(const std::string& path, bool compared,
                                                Language language);
  Workbook(const Workbook&) = delete;
  Workbook& operator=(const Workbook&) = delete;
  ~Workbook();

  void add(const AuditedRecord& record);
  void add_fixed(const AuditedRecord& record, const AuditedFinding& finding);
  [[nodiscard]] Result<Done> finish(const AuditOverview& overview);

 private:
  Workbook(lxw_workbook* workbook, std::string path, std::string folder, bool compared,
           Language language);
  /// A table that goes on in another sheet when one is full.
  struct Table {
    LocalizedText name;
    std::span<const Column> columns;
    LocalizedText title;
    std::vector<std::unique_ptr<Sheet>> parts;
    std::uint64_t rows = 0;  ///< of all parts
  };
  void open_part(Table& table);
  Sheet& next_row(Table& table);
  void put_finding(Table& table, const AuditedRecord& record, const AuditedFinding& finding);
  void add_suggestion(const AuditedRecord& record, const AuditedFinding& finding);
  void write_summary(const AuditOverview& overview);
  void write_departments(const AuditOverview& overview);
  void write_rules(const AuditOverview& overview);
  [[nodiscard]] std::string_view say(const LocalizedText& text) const { return text.in(language_); }

  lxw_workbook* workbook_;
  std::string path_, folder_;  ///< the folder is where temporary files go
  bool compared_;
  Language language_;
  Formats formats_;
  std::vector<Column> finding_columns_;
  std::unique_ptr<Sheet> summary_, departments_, rules_;
  Table findings_, suggestions_, quarantined_, fixed_;
};

}  // namespace flowproof::xlsx
