// The table of functions that the workbook module gives to the program.
#pragma once

#include <cstdint>
#include <string>

#include "flowproof/audit_report.hpp"

namespace flowproof::xlsx {

/// Changes whenever audit_report.hpp or this table change: a module of another build is refused.
inline constexpr std::uint32_t module_version = 2;

class Workbook;

/// A "reason" of its errors that is a number is the system's.

struct Module {
  std::uint32_t version;
  Result<Workbook*> (*create)(const std::string& path, bool compared, Language language);
  void (*add)(Workbook*, const AuditedRecord&);
  void (*add_fixed)(Workbook*, const AuditedRecord&, const AuditedFinding&);
  Result<Done> (*finish)(Workbook*, const AuditOverview&);
  void (*destroy)(Workbook*);
};

inline constexpr const char* module_entry = "flowproof_xlsx_module";

}  // namespace flowproof::xlsx
