// The library's side of the records module.
#include "base/module.hpp"
#include "records/module.hpp"

namespace flowproof::records {

const Result<const Module*>& module() {
  static const Result<const Module*> loaded =
      load_table<Module>("flowproof_records", module_entry, module_version,
                         {"记录模块与程序的版本不同", "the records module is of another version"});
  return loaded;
}

}  // namespace flowproof::records
