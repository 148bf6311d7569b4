// Which files the words on the command line stand for.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "flowproof/result.hpp"

namespace flowproof::cli {

inline constexpr std::string_view flow_ending = ".flow.xml";
/// "a.guide.xml" beside "a.flow.xml".
[[nodiscard]] std::string guide_beside(std::string flow_path);

struct Input {
  std::string path;
  std::string name;  ///< below the folder that was given; the file's own name if none was
};

/// Files as they are; folders give their flows (*.flow.xml, *.bpmn) at any depth, sorted. Links to
/// folders are not followed.
[[nodiscard]] Result<std::vector<Input>> expand_inputs(const std::vector<std::string>& words);

[[nodiscard]] std::vector<std::string> paths_of(const std::vector<Input>& inputs);

}  // namespace flowproof::cli
