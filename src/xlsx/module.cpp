#include "xlsx/module.hpp"

#include "xlsx/workbook.hpp"

namespace flowproof::xlsx {

namespace {

void add(Workbook* workbook, const AuditedRecord& record) { workbook->add(record); }
void add_fixed(Workbook* workbook, const AuditedRecord& record, const AuditedFinding& finding) {
  workbook->add_fixed(record, finding);
}
Result<Done> finish(Workbook* workbook, const AuditOverview& overview) {
  return workbook->finish(overview);
}
void destroy(Workbook* workbook) { delete workbook; }

}  // namespace

}  // namespace flowproof::xlsx

extern "C" __attribute__((visibility("default"))) const flowproof::xlsx::Module*
flowproof_xlsx_module() {
  using namespace flowproof::xlsx;
  static constexpr Module module{module_version, &Workbook::create, &add,
                                 &add_fixed,     &finish,           &destroy};
  return &module;
}
