// Reads the files a flow calls, and those they call: each once, beside or below its caller.
#include <algorithm>
#include <deque>
#include <filesystem>
#include <utility>

#include "base/file.hpp"
#include "base/nearest_name.hpp"
#include "flowproof/pipeline.hpp"
#include "model/reading_rules.hpp"

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

/// What a call names: "inspect.flow.xml", "joint.bpmn#Review", or "#Review" in the caller's file.
struct CalledName {
  std::string file, process;

  explicit CalledName(const std::string& href) : file(href) {
    const std::size_t mark = href.rfind('#');
    if (mark == std::string::npos) return;
    if (mark != 0 && !std::string_view(href).substr(0, mark).ends_with(".bpmn")) return;
    file = href.substr(0, mark);
    process = href.substr(mark + 1);
  }
};

class CalledFiles {
 public:
  CalledFiles(const std::string& path, const ReadLimits& limits, Case& subject)
      : limits_(limits), left_(limits.bytes), subject_(subject) {
    files_.push_back({file_identity(path), path, SourceIndex{}, true});
    family_.push_back({&*subject.flow, path, {}});
    members_.push_back({});
    for (std::uint32_t member = 0; member < family_.size(); ++member) read_calls_of(member);
  }

  [[nodiscard]] const std::vector<FamilyMember>& family() const { return family_; }

 private:
  struct File {
    std::optional<FileIdentity> identity;
    std::string path;
    SourceIndex source{};
    bool readable = false;
  };
  struct Member {
    std::size_t file = 0;
    std::string process = {};  // of several in the file; empty: the main one
    NodeIndex way = {};        // the call of the judged flow that led there
  };

  void read_calls_of(std::uint32_t member) {
    Flow& flow = member == 0 ? *subject_.flow : flows_[member - 1];
    std::map<std::string, std::optional<std::uint32_t>> known;
    for (std::uint32_t i = 0; i < flow.nodes.size(); ++i) {
      Node& node = flow.nodes[i];
      if (node.kind != NodeKind::subflow || !node.has(Attribute::href)) continue;
      const std::string& name = node.get(Attribute::href);
      auto found = known.find(name);
      if (found == known.end()) found = known.emplace(name, open(name, member, NodeIndex{i})).first;
      if (!found->second && flow.ends == Ends::swallowing && !full_) {
        // Engines look processes up by id, wherever they are: not to find one here is no defect.
        node.kind = NodeKind::step;
        std::erase_if(node.attributes,
                      [](const AttributeText& given) { return given.name == Attribute::href; });
      } else {
        family_[member].calls.push_back({NodeIndex{i}, found->second});
      }
    }
  }

  /// The member a name leads to; empty if it cannot be read.
  std::optional<std::uint32_t> open(const std::string& href, std::uint32_t caller, NodeIndex node) {
    const CalledName name(href);
    const std::string folder = directory_of(family_[caller].path);
    const std::optional<FileIdentity> identity = file_identity(folder + name.file);
    std::size_t file = name.file.empty() ? members_[caller].file : file_with(identity);
    const auto same = std::find_if(members_.begin(), members_.end(), [&](const Member& member) {
      return member.file == file && member.process == name.process;
    });
    if (same != members_.end()) return static_cast<std::uint32_t>(same - members_.begin());
    const NodeIndex way = caller == 0 ? node : members_[caller].way;
    // Each process of a file reads all of it again.
    const bool again = file < files_.size();
    const std::size_t more = again ? source_of(files_[file]).text.size() : 1;
    if (family_.size() > most_files || more > left_) {
      if (!std::exchange(full_, true)) fail(0, way, href, too_many, {});
      return std::nullopt;
    }
    if (again) {
      left_ -= static_cast<std::uint32_t>(more);
    } else {
      Result<std::string> bytes = read_file_beneath(folder, name.file, left_);
      if (!bytes) {
        const ArgumentValue& reason = bytes.error().message.arguments.back().value;
        const std::string meant = identity ? std::string() : nearest_file(folder + name.file);
        return fail(caller, node, href, reason, meant);
      }
      add_file(folder + name.file, identity, *std::move(bytes));
    }
    // What is wrong in there is told when that file is checked.
    std::optional<Flow> flow = flow_in(files_[file], name.process);
    if (!flow || flow->nodes.empty()) return fail(caller, node, href, not_a_flow, {});
    flows_.push_back(*std::move(flow));
    family_.push_back({&flows_.back(), files_[file].path, {}});
    members_.push_back({file, name.process, way});
    return static_cast<std::uint32_t>(family_.size() - 1);
  }

  /// The number of the file; that of the next one if it has not been read.
  [[nodiscard]] std::size_t file_with(const std::optional<FileIdentity>& identity) const {
    if (!identity) return files_.size();
    const auto same = std::find_if(files_.begin(), files_.end(),
                                   [&](const File& file) { return file.identity == identity; });
    return static_cast<std::size_t>(same - files_.begin());
  }

  void add_file(const std::string& path, const std::optional<FileIdentity>& identity,
                std::string bytes) {
    left_ -= static_cast<std::uint32_t>(bytes.size());
    const auto source = static_cast<SourceIndex>(subject_.sources.size());
    Decoded decoded = decode(path, std::move(bytes), source, limits_);
    subject_.sources.push_back(std::move(decoded.source));
    files_.push_back({identity, path, source, decoded.readable});
  }

  [[nodiscard]] const SourceText& source_of(const File& file) const {
    return subject_.sources[static_cast<std::size_t>(file.source)];
  }

  [[nodiscard]] std::optional<Flow> flow_in(const File& file, const std::string& process) const {
    if (!file.readable) return std::nullopt;
    const SourceText& text = source_of(file);
    return process.empty() ? read_flow(text, file.source, limits_).value
                           : read_process(text, file.source, process, limits_).value;
  }

  std::nullopt_t fail(std::uint32_t caller, NodeIndex node, const std::string& name,
                      const ArgumentValue& reason, const std::string& meant) {
    if (caller != 0) return std::nullopt;  // a finding of the caller when it is checked
    const Node& box = subject_.flow->node(node);
    Diagnostic& finding =
        report(subject_.reading, rules::unreadable_subflow, box.place(Attribute::href),
               {{"path", name}, {"reason", reason}}, box.id());
    if (!meant.empty()) {
      finding.message.arguments.push_back({"meant", meant});
      finding.help = {"是否应为“{meant}”", "did you mean '{meant}'"};
    } else if (subject_.flow->ends == Ends::swallowing && !full_) {
      finding.severity = Severity::info;
      finding.message.text = {"没有找到调用活动的流程“{path}”，按一个步骤读入：{reason}",
                              "the process '{path}' an activity calls was not found, it is taken "
                              "as one step: {reason}"};
      finding.help = {
          "要一并检查的，把它放在同一文件，或放在旁边、以它的编号命名",
          "to have it checked too, put it into this file or beside it, named by its id"};
    }
    return std::nullopt;
  }

  const ReadLimits& limits_;
  std::uint32_t left_;  // bytes that may still be read
  Case& subject_;
  std::vector<File> files_;
  std::deque<Flow> flows_;  // of the members behind the first
  std::vector<FamilyMember> family_;
  std::vector<Member> members_;  // parallel to the family
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
