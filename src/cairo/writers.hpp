// The module's writers.
#pragma once

#include "flowproof/writer.hpp"

namespace flowproof::cairo {

[[nodiscard]] Result<std::string> pdf(std::span<const Scene> scenes, const WriteOptions& options);
[[nodiscard]] Result<std::string> png(const Scene& scene, const WriteOptions& options);
/// Fonts with the letters of the scene, in the order they are asked.
[[nodiscard]] Result<std::vector<std::string>> font_subsets(const Scene& scene,
                                                            const WriteOptions& options);

}  // namespace flowproof::cairo
