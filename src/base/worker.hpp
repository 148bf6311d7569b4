// Work that is done by a program of its own, so that whatever happens there happens to that program
// alone: a crash, a hang or all memory used is an Error here.
//
// A worker stands beside the modules (see module.hpp), reads all of its input, then writes its
// output and ends with 0.
#pragma once

#include <string>
#include <string_view>

#include "flowproof/result.hpp"

namespace flowproof {

/// Runs lib/flowproof/NAME with one argument. Ends it after 30 seconds or 64 MiB of output.
[[nodiscard]] Result<std::string> run_worker(std::string_view name, const std::string& argument,
                                             std::string_view input);

}  // namespace flowproof
