#include "records/module_parts.hpp"

extern "C" __attribute__((visibility("default"))) const flowproof::records::Module*
flowproof_records_module() {
  using namespace flowproof::records;
  static constexpr Module module{module_version, &unpacker, &json_parser};
  return &module;
}
