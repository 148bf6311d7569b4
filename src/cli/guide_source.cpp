#include "cli/guide_source.hpp"

#include "base/file.hpp"
#include "flowproof/readers.hpp"
#include "flowproof/report.hpp"

namespace flowproof::cli {

namespace {

Result<Done> give_guide_file(const std::string& path,
                             const std::function<bool(GuideRecord)>& take) {
  const ReadLimits limits;
  Result<std::string> bytes = read_file(path, limits.bytes);
  if (!bytes) return std::move(bytes).error();
  const Decoded decoded = decode(path, *std::move(bytes), {});
  Parsed<Guide> guide;
  if (decoded.readable) guide = read_guide(decoded.source, {});
  if (!guide.value) {
    return Error{ErrorKind::input,
                 {{"“{path}”不是可读的办事指南", "'{path}' is no guide that can be read"},
                  {{"path", path}}}};
  }
  GuideRecord record;
  record.line = 1;
  record.guide = *std::move(guide.value);
  (void)take(std::move(record));
  return Done{};
}

}  // namespace

std::optional<FieldMapSet> field_maps_for(Context& context, Exit& exit) {
  Result<FieldMapSet> maps = load_field_maps(context.data());
  if (!maps) {
    exit = context.console.fail(maps.error());
    return std::nullopt;
  }
  if (maps->findings.empty()) return *std::move(maps);
  const ReportOptions report{context.console.language, context.console.color_err, Severity::error};
  context.console.err(findings_text(maps->findings, maps->sources, report));
  exit = Exit::usage;
  return std::nullopt;
}

Result<Done> for_each_guide(const std::string& path, std::span<const FieldMap> maps,
                            const std::function<bool(GuideRecord)>& take) {
  if (path.ends_with(".xml")) return give_guide_file(path, take);
  Result<RecordStream> stream = RecordStream::open(path, {});
  if (!stream) return std::move(stream).error();
  RecordReader reader(*stream, maps);
  for (RawRecord raw; stream->next(raw);) {
    if (!take(reader.read(raw))) return Done{};
  }
  if (const Error* error = stream->error()) return *error;
  return Done{};
}

const std::string& key_of(const Guide& guide) {
  return guide.code.empty() ? guide.catalog.value : guide.code.value;
}

}  // namespace flowproof::cli
