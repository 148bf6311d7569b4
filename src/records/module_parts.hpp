// The parts of the records module.
#pragma once

#include "records/module.hpp"

namespace flowproof::records {

[[nodiscard]] std::unique_ptr<Unpacker> unpacker(Packing packing);
[[nodiscard]] std::unique_ptr<JsonParser> json_parser();

}  // namespace flowproof::records
