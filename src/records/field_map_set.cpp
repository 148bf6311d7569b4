#include <algorithm>

#include "base/file.hpp"
#include "flowproof/audit.hpp"
#include "flowproof/readers.hpp"

namespace flowproof {

Result<FieldMapSet> load_field_maps(const std::string& data_folder) {
  constexpr std::size_t greatest = 1U << 20;
  FieldMapSet set;
  Result<std::vector<std::string>> paths = list_files(data_folder + "/templates/fieldmaps", ".xml");
  if (!paths) return std::move(paths).error();
  for (const std::string& path : *paths) {
    Result<std::string> bytes = read_file(path, greatest);
    if (!bytes) return std::move(bytes).error();
    const SourceIndex index{static_cast<std::uint16_t>(set.sources.size())};
    Decoded decoded = decode(path, std::move(*bytes), index);
    set.sources.push_back(std::move(decoded.source));
    for (Diagnostic& finding : decoded.diagnostics) set.findings.push_back(std::move(finding));
    if (!decoded.readable) continue;
    Parsed<FieldMap> map = read_field_map(set.sources.back(), index);
    for (Diagnostic& finding : map.diagnostics) set.findings.push_back(std::move(finding));
    if (map.value) set.maps.push_back(std::move(*map.value));
  }
  const auto asked = [](const FieldMap& map) {
    std::size_t count = map.top.recognise.size();
    for (const auto& [key, section] : map.inside) count += section.recognise.size();
    return count;
  };
  // A map that asks for more keys is the more particular one and is tried first.
  std::stable_sort(set.maps.begin(), set.maps.end(),
                   [&](const FieldMap& a, const FieldMap& b) { return asked(a) > asked(b); });
  return set;
}

}  // namespace flowproof
