// The module's writers.
#pragma once

#include "flowproof/writer.hpp"

namespace flowproof::cairo {

[[nodiscard]] Result<std::string> pdf(std::span<const Scene> scenes, const WriteOptions& options);
[[nodiscard]] Result<std::string> png(const Scene& scene, const WriteOptions& options);

}  // namespace flowproof::cairo
