#include "cli/guide_pairs.hpp"

#include "cli/guide_source.hpp"
#include "flowproof/drafting.hpp"
#include "flowproof/readers.hpp"

namespace flowproof::cli {

std::optional<GuidePairs> GuidePairs::read(const std::string& path, Context& context, Exit& exit) {
  GuidePairs pairs;
  if (path.empty()) return pairs;
  pairs.path_ = path;
  const auto maps = field_maps_for(context, exit);
  if (!maps) return std::nullopt;
  Console& console = context.console;
  Result<Done> written = Done{};
  const Result<Done> read = for_each_guide(path, maps->maps, [&](GuideRecord record) {
    const std::string& code = key_of(record.guide);
    const auto line = static_cast<std::int64_t>(record.line);
    if (record.quarantine != Quarantine::none) {
      console.tell({"{path}:{line}：不能用：{reason}", "{path}:{line}: cannot be used: {reason}"},
                   {{"path", path}, {"line", line}, {"reason", name_of(record.quarantine)}});
    } else if (code.empty()) {
      console.tell({"{path}:{line}：没有事项编码", "{path}:{line}: has no item code"},
                   {{"path", path}, {"line", line}});
    } else if (!pairs.lines_.try_emplace(code, record.line).second) {
      console.tell({"{path}:{line}：编码“{code}”重复，以前面的为准",
                    "{path}:{line}: repeats the code '{code}'; the earlier record counts"},
                   {{"path", path}, {"line", line}, {"code", code}});
    } else {
      Result<std::string> document = write_guide(filed_guide(record.guide));
      if (!document) {
        written = std::move(document).error();
        return false;
      }
      pairs.documents_.emplace(code, SourceText{path + "#" + code, *std::move(document)});
    }
    return true;
  });
  if (read && written) return pairs;
  exit = console.fail(read ? written.error() : read.error());
  return std::nullopt;
}

void GuidePairs::take(const std::string& path, const Flow& flow) {
  if (!documents_.contains(flow.item.value)) {
    alone_.emplace(path, flow.item.value);
  } else if (const auto [first, is_new] = used_.try_emplace(flow.item.value, path); !is_new) {
    repeated_.emplace(path, first->second);
  }
}

std::size_t GuidePairs::tell_unpaired(Console& console) const {
  if (path_.empty()) return 0;
  for (const auto& [flow, code] : alone_) {
    if (code.empty()) {
      console.tell({"{flow}：没有事项编码，不能与办事指南对应",
                    "{flow}: has no item code, so no record belongs to it"},
                   {{"flow", flow}});
      continue;
    }
    console.tell({"{flow}：“{path}”中没有编码为“{code}”的办事指南",
                  "{flow}: no record '{code}' in '{path}'"},
                 {{"flow", flow}, {"path", path_}, {"code", code}});
  }
  for (const auto& [flow, first] : repeated_) {
    console.tell({"{flow}：与“{first}”是同一事项", "{flow}: is of the same item as '{first}'"},
                 {{"flow", flow}, {"first", first}});
  }
  std::size_t without_flow = 0;
  for (const auto& [code, line] : lines_) {
    if (used_.contains(code)) continue;
    ++without_flow;
    console.tell({"{path}:{line}：办事指南“{code}”没有流程图",
                  "{path}:{line}: no flow for the record '{code}'"},
                 {{"path", path_}, {"line", static_cast<std::int64_t>(line)}, {"code", code}});
  }
  console.tell(
      {"已对应 {pairs} 项；没有办事指南的流程图 {flows} 张，没有流程图的办事指南 {records} "
       "条，重复的流程图 {repeated} 张",
       "{pairs} paired; flows without a record: {flows}, records without a flow: {records}, "
       "repeated flows: {repeated}"},
      {{"pairs", static_cast<std::int64_t>(used_.size())},
       {"flows", static_cast<std::int64_t>(alone_.size())},
       {"records", static_cast<std::int64_t>(without_flow)},
       {"repeated", static_cast<std::int64_t>(repeated_.size())}});
  return alone_.size() + repeated_.size() + without_flow;
}

}  // namespace flowproof::cli
