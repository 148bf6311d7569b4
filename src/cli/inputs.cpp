#include "cli/inputs.hpp"

#include <algorithm>
#include <filesystem>

#include "base/file.hpp"

namespace flowproof::cli {

namespace {

bool is_flow(std::string_view path) {
  return path.ends_with(flow_ending) || path.ends_with(".bpmn");
}

Error folder_error(const std::string& path, const std::error_code& code) {
  return {ErrorKind::input,
          {{"无法读取文件夹“{path}”：{reason}", "cannot read the folder '{path}': {reason}"},
           {{"path", path}, {"reason", system_reason(code.value())}}}};
}

Result<std::vector<Input>> flows_in(const std::string& folder) {
  namespace fs = std::filesystem;
  std::vector<Input> found;
  std::error_code code;
  fs::recursive_directory_iterator entry(folder, code);
  for (; !code && entry != fs::recursive_directory_iterator(); entry.increment(code)) {
    const std::string& path = entry->path().native();
    std::error_code ignored;  // what vanished meanwhile is no input
    if (!is_flow(path) || !entry->is_regular_file(ignored)) continue;
    const std::size_t prefix = folder.size() + (folder.ends_with('/') ? 0 : 1);
    found.push_back({path, path.substr(prefix)});
  }
  if (code) return folder_error(folder, code);
  std::sort(found.begin(), found.end(),
            [](const Input& a, const Input& b) { return a.path < b.path; });
  if (!found.empty()) return found;
  return Error{ErrorKind::input,
               {{"文件夹“{path}”中没有 *.flow.xml 或 *.bpmn",
                 "there is no *.flow.xml or *.bpmn in the folder '{path}'"},
                {{"path", folder}}}};
}

}  // namespace

std::string guide_beside(std::string flow_path) {
  if (flow_path.ends_with(flow_ending)) flow_path.resize(flow_path.size() - flow_ending.size());
  return flow_path + ".guide.xml";
}

std::vector<std::string> paths_of(const std::vector<Input>& inputs) {
  std::vector<std::string> paths;
  for (const Input& input : inputs) paths.push_back(input.path);
  return paths;
}

Result<std::vector<Input>> expand_inputs(const std::vector<std::string>& words) {
  std::vector<Input> inputs;
  for (const std::string& word : words) {
    if (word == "-" || !is_folder(word)) {
      inputs.push_back({word, word.substr(directory_of(word).size())});
      continue;
    }
    Result<std::vector<Input>> found = flows_in(word);
    if (!found) return found;
    inputs.insert(inputs.end(), found->begin(), found->end());
  }
  return inputs;
}

}  // namespace flowproof::cli
