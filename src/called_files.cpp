// Reads the files a flow calls, and those they call: each once, beside or below its caller.
#include <algorithm>
#include <deque>
#include <filesystem>
#include <utility>

#include "base/file.hpp"
#include "base/nearest_name.hpp"
#include "flowproof/pipeline.hpp"

namespace flowproof {

namespace rules {
extern const Rule unreadable_subflow;
}

namespace {

constexpr std::size_t most_files = 200;
constexpr LocalizedText too_many{"从这里调用的流程文件太多或太大",
                                 "the flows called from here are too many or too large"};
constexpr LocalizedText not_a_flow{"不是能读懂的流程图", "it is not a flow that can be read"};

/// Names in the folder of a path that could have been meant, without the folder. Not in a folder of
/// very many: each of its flows may name a file that is missing.
std::string nearest_file(const std::string& path) {
  constexpr std::size_t most_entries = 500;
  const std::string folder = directory_of(path);
  std::vector<std::string> names;
  std::error_code error;
  std::filesystem::directory_iterator entry(folder.empty() ? "." : folder, error), end;
  for (std::size_t count = 0; !error && entry != end; entry.increment(error)) {
    if (++count > most_entries) return {};
    std::string name = entry->path().filename().string();
    if (name.ends_with(".flow.xml") || name.ends_with(".bpmn")) names.push_back(std::move(name));
  }
  std::sort(names.begin(), names.end());
  const std::vector<std::string_view> candidates(names.begin(), names.end());
  return std::string(nearest_name(std::string_view(path).substr(folder.size()), candidates));
}

class CalledFiles {
 public:
  CalledFiles(const std::string& path, const ReadLimits& limits, Case& subject)
      : limits_(limits), left_(limits.bytes), subject_(subject) {
    family_.push_back({&*subject.flow, path, {}});
    identities_.push_back(file_identity(path));
    ways_.push_back({});
    for (std::uint32_t member = 0; member < family_.size(); ++member) read_calls_of(member);
  }

  [[nodiscard]] const std::vector<FamilyMember>& family() const { return family_; }

 private:
  void read_calls_of(std::uint32_t member) {
    const Flow& flow = *family_[member].flow;
    const std::string folder = directory_of(family_[member].path);
    std::map<std::string_view, std::optional<std::uint32_t>> known;
    for (std::uint32_t i = 0; i < flow.nodes.size(); ++i) {
      const Node& node = flow.nodes[i];
      if (node.kind != NodeKind::subflow || !node.has(Attribute::href)) continue;
      const std::string& name = node.get(Attribute::href);
      auto found = known.find(name);
      if (found == known.end()) {
        const FamilyMember::Target target{NodeIndex{i}, open(folder, name, member, NodeIndex{i})};
        found = known.emplace(name, target.member).first;
      }
      family_[member].calls.push_back({NodeIndex{i}, found->second});
    }
  }

  /// The member a name leads to; empty if it cannot be read.
  std::optional<std::uint32_t> open(const std::string& folder, const std::string& name,
                                    std::uint32_t caller, NodeIndex node) {
    const std::string path = folder + name;
    const std::optional<FileIdentity> identity = file_identity(path);
    const auto same = std::find(identities_.begin(), identities_.end(), identity);
    if (identity && same != identities_.end()) {
      return static_cast<std::uint32_t>(same - identities_.begin());
    }
    const NodeIndex way = caller == 0 ? node : ways_[caller];
    if (family_.size() > most_files || left_ == 0) {
      if (!std::exchange(full_, true)) fail(0, way, name, too_many, {});
      return std::nullopt;
    }
    Result<std::string> bytes = read_file_beneath(folder, name, left_);
    if (!bytes) {
      const ArgumentValue& reason = bytes.error().message.arguments.back().value;
      return fail(caller, node, name, reason, identity ? std::string() : nearest_file(path));
    }
    left_ -= static_cast<std::uint32_t>(bytes->size());
    const auto source = static_cast<SourceIndex>(subject_.sources.size());
    Decoded decoded = decode(path, *std::move(bytes), source, limits_);
    subject_.sources.push_back(std::move(decoded.source));
    // What is wrong in there is told when that file is checked.
    std::optional<Flow> flow;
    if (decoded.readable) flow = read_flow(subject_.sources.back(), source, limits_).value;
    if (!flow || flow->nodes.empty()) return fail(caller, node, name, not_a_flow, {});
    flows_.push_back(*std::move(flow));
    family_.push_back({&flows_.back(), path, {}});
    identities_.push_back(identity);
    ways_.push_back(way);
    return static_cast<std::uint32_t>(family_.size() - 1);
  }

  std::nullopt_t fail(std::uint32_t caller, NodeIndex node, const std::string& name,
                      const ArgumentValue& reason, const std::string& meant) {
    if (caller != 0) return std::nullopt;  // a finding of the caller when it is checked
    const Node& box = subject_.flow->node(node);
    const Rule& rule = rules::unreadable_subflow;
    Diagnostic finding{&rule,
                       rule.severity,
                       box.place(Attribute::href),
                       {rule.message, {{"path", name}, {"reason", reason}}},
                       rule.help,
                       {},
                       box.id()};
    if (!meant.empty()) {
      finding.message.arguments.push_back({"meant", meant});
      finding.help = {"是否应为“{meant}”", "did you mean '{meant}'"};
    }
    subject_.reading.push_back(std::move(finding));
    return std::nullopt;
  }

  const ReadLimits& limits_;
  std::uint32_t left_;  // bytes that may still be read
  Case& subject_;
  std::deque<Flow> flows_;
  std::vector<FamilyMember> family_;
  std::vector<std::optional<FileIdentity>> identities_;
  std::vector<NodeIndex> ways_;  // the call of the judged flow that led there
  bool full_ = false;
};

}  // namespace

Calls read_calls(const std::string& path, const ReadLimits& limits, Case& subject) {
  const std::vector<Node>& nodes = subject.flow->nodes;
  const bool calls = std::any_of(nodes.begin(), nodes.end(), [](const Node& node) {
    return node.kind == NodeKind::subflow && node.has(Attribute::href);
  });
  if (!calls) return {};
  const CalledFiles files(path, limits, subject);
  return sum_up_calls(files.family(), *subject.profile);
}

}  // namespace flowproof
