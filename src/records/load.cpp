// The library's side of the records module.
#include "base/module.hpp"
#include "records/module.hpp"

namespace flowproof::records {

namespace {

Result<const Module*> load() {
  const Result<void*> address = load_module("flowproof_records", module_entry);
  if (!address) return address.error();
  const Module* found = reinterpret_cast<ModuleEntry>(*address)();
  if (found->version == module_version) return found;
  return Error{ErrorKind::internal,
               {{"记录模块与程序的版本不同", "the records module is of another version"}, {}}};
}

}  // namespace

const Result<const Module*>& module() {
  static const Result<const Module*> loaded = load();
  return loaded;
}

}  // namespace flowproof::records
