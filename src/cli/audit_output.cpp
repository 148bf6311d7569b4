#include "cli/audit_output.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>

#include "base/file.hpp"
#include "cli/arguments.hpp"

namespace flowproof::cli {

namespace {

/// Quotes inside strings are escaped, so what looks like a member is one.
std::uint64_t count(std::string_view line, std::string_view member) {
  std::uint64_t n = 0;
  for (std::size_t i = line.find(member); i != std::string_view::npos;
       i = line.find(member, i + member.size())) {
    ++n;
  }
  return n;
}

}  // namespace

Error write_error(const std::string& path, int number) {
  return {ErrorKind::output,
          {{"写不了“{path}”：{reason}", "cannot write '{path}': {reason}"},
           {{"path", path}, {"reason", system_reason(number)}}}};
}

std::optional<Error> refuse_input(const std::string& target,
                                  const std::vector<std::string>& inputs) {
  const auto identity = file_identity(target);
  const bool is_input = identity && std::any_of(inputs.begin(), inputs.end(), [&](const auto& in) {
                          return file_identity(in) == identity;
                        });
  if (!is_input) return std::nullopt;
  return usage_error(
      {"“{path}”是输入文件，不能写到那里", "'{path}' is an input and is not written to"},
      {{"path", target}});
}

void AuditTally::add(std::string_view lines) {
  while (!lines.empty()) {
    const std::string_view line = lines.substr(0, lines.find('\n'));
    lines.remove_prefix(std::min(lines.size(), line.size() + 1));
    ++records;
    const bool is_clean = line.find(",\"status\":\"clean\",") != std::string_view::npos;
    const bool is_quarantined =
        !is_clean && line.find(",\"status\":\"quarantined\",") != std::string_view::npos;
    ++(is_clean ? clean : is_quarantined ? quarantined : with_findings);
    if (is_clean || is_quarantined) continue;
    errors += count(line, ",\"severity\":\"error\",");
    warnings += count(line, ",\"severity\":\"warning\",");
    infos += count(line, ",\"severity\":\"info\",");
  }
}

AuditOutput::AuditOutput(AuditOutput&& other) noexcept
    : path_(std::move(other.path_)),
      descriptor_(std::exchange(other.descriptor_, -1)),
      tally_(other.tally_),
      error_(std::move(other.error_)) {}

AuditOutput::~AuditOutput() {
  if (descriptor_ > STDERR_FILENO) ::close(descriptor_);
}

Result<AuditOutput> AuditOutput::open(const std::string& path, bool resume,
                                      const std::vector<std::string>& inputs) {
  if (path == "-") return AuditOutput(path, STDOUT_FILENO);
  for (const std::string& target : {path, part_of(path)}) {
    if (auto error = refuse_input(target, inputs)) return *std::move(error);
  }
  const int flags = O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | (resume ? 0 : O_TRUNC);
  const int descriptor = ::open(part_of(path).c_str(), flags, 0666);
  if (descriptor < 0) return write_error(part_of(path), errno);
  AuditOutput output(path, descriptor);
  if (resume) output.count_earlier_lines();
  if (output.error_) return *output.error_;
  return output;
}

void AuditOutput::count_earlier_lines() {
  std::vector<char> buffer(1U << 20);
  std::string line;
  off_t whole = 0;
  for (;;) {
    const ssize_t got = ::read(descriptor_, buffer.data(), buffer.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) error_ = write_error(part_of(path_), errno);
    if (got <= 0) break;
    line.append(buffer.data(), static_cast<std::size_t>(got));
    const std::size_t end = line.rfind('\n');
    if (end == std::string::npos) continue;
    tally_.add(std::string_view(line).substr(0, end + 1));
    whole += static_cast<off_t>(end + 1);
    line.erase(0, end + 1);
  }
  if (::ftruncate(descriptor_, whole) != 0 || ::lseek(descriptor_, whole, SEEK_SET) < 0) {
    error_ = write_error(part_of(path_), errno);
  }
}

bool AuditOutput::write(std::string_view lines) {
  if (error_) return false;
  tally_.add(lines);
  if (const int number = write_all(descriptor_, lines); number != 0) {
    error_ = write_error(path_ == "-" ? path_ : part_of(path_), number);
  }
  return !error_;
}

std::optional<Error> AuditOutput::finish() {
  if (error_) return error_;
  if (path_ == "-") return std::nullopt;
  const int descriptor = std::exchange(descriptor_, -1);
  if (::close(descriptor) != 0) return write_error(part_of(path_), errno);
  if (std::rename(part_of(path_).c_str(), path_.c_str()) != 0) return write_error(path_, errno);
  return std::nullopt;
}

void print_summary(Console& console, const AuditTally& tally, const AuditSums* changes) {
  const auto number = [](std::uint64_t n) { return static_cast<std::int64_t>(n); };
  console.note({{"共 {records} 条：{clean} 条无问题，{findings} 条有问题（错误 "
                 "{errors}、警告 {warnings}、提示 {infos}），{quarantined} 条无法使用",
                 "{records} records: {clean} clean, {findings} with findings ({errors} "
                 "errors, {warnings} warnings, {infos} infos), {quarantined} quarantined"},
                {{"records", number(tally.records)},
                 {"clean", number(tally.clean)},
                 {"findings", number(tally.with_findings)},
                 {"errors", number(tally.errors)},
                 {"warnings", number(tally.warnings)},
                 {"infos", number(tally.infos)},
                 {"quarantined", number(tally.quarantined)}}});
  if (changes == nullptr) return;
  console.note({{"与上次相比：新增 {new}，遗留 {left}，已整改 {fixed}",
                 "since the earlier run: {new} new, {left} remaining, {fixed} fixed"},
                {{"new", number(changes->of(FindingState::fresh))},
                 {"left", number(changes->of(FindingState::remaining))},
                 {"fixed", number(changes->of(FindingState::fixed))}}});
}

Exit exit_for(const AuditTally& tally, Severity fail_on) {
  const bool fails = (fail_on == Severity::error && tally.errors > 0) ||
                     (fail_on == Severity::warning && tally.errors + tally.warnings > 0) ||
                     (fail_on == Severity::info && tally.with_findings > 0) ||
                     (fail_on != Severity::off && tally.quarantined > 0);
  return fails ? Exit::findings : Exit::clean;
}

}  // namespace flowproof::cli
