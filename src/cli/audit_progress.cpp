#include "cli/audit_progress.hpp"

#include <algorithm>
#include <cmath>
#include <filesystem>

#include "base/terminal.hpp"

namespace flowproof::cli {

namespace {

/// 75 -> "1:15", 3675 -> "1:01:15".
std::string clock_text(std::uint64_t seconds) {
  const auto two = [](std::uint64_t n) { return (n < 10 ? "0" : "") + std::to_string(n); };
  const std::uint64_t minutes = seconds / 60;
  const std::string head = minutes < 60 ? std::to_string(minutes)
                                        : std::to_string(minutes / 60) + ":" + two(minutes % 60);
  return head + ":" + two(seconds % 60);
}

std::optional<std::uint64_t> size_of_all(const std::vector<std::string>& inputs) {
  std::uint64_t sum = 0;
  for (const std::string& path : inputs) {
    std::error_code code;
    if (path == "-" || !std::filesystem::is_regular_file(path, code)) return std::nullopt;
    sum += std::filesystem::file_size(path, code);
    if (code) return std::nullopt;
  }
  return sum;
}

}  // namespace

std::string audit_progress_text(const AuditPace& first, const AuditPace& now, std::string_view path,
                                Language language) {
  const auto number = [](std::uint64_t n) { return static_cast<std::int64_t>(n); };
  const auto ms = static_cast<std::uint64_t>((now.elapsed - first.elapsed).count());
  Arguments arguments = {{"path", std::string(path)}, {"records", number(now.records)}};
  if (ms == 0) {
    return render({"{path}：已查 {records} 条", "{path}: {records} records"}, arguments, language);
  }
  arguments.push_back({"rate", number((now.records - first.records) * 1000 / ms)});
  const std::uint64_t read = now.bytes - first.bytes;
  if (!now.whole || *now.whole < now.bytes || read == 0) {
    return render(
        {"{path}：已查 {records} 条，每秒 {rate} 条", "{path}: {records} records, {rate}/s"},
        arguments, language);
  }
  arguments.push_back(
      {"percent", number(now.bytes / std::max<std::uint64_t>(*now.whole / 100, 1))});
  const double left = static_cast<double>(ms) / 1000.0 *
                      static_cast<double>(*now.whole - now.bytes) / static_cast<double>(read);
  arguments.push_back({"left", clock_text(static_cast<std::uint64_t>(std::ceil(left)))});
  return render({"{path}：已查 {records} 条，每秒 {rate} 条，{percent}%，还需 {left}",
                 "{path}: {records} records, {rate}/s, {percent}%, {left} left"},
                arguments, language);
}

AuditProgress::AuditProgress(Console& console, const std::vector<std::string>& inputs)
    : console_(console), whole_(size_of_all(inputs)) {}

void AuditProgress::show(std::uint64_t records, std::uint64_t bytes, const std::string& path) {
  const bool due = console_.progress_due();
  if (first_ && !due) return;
  const AuditPace now{records, before_ + bytes, whole_,
                      std::chrono::duration_cast<std::chrono::milliseconds>(
                          std::chrono::steady_clock::now() - start_)};
  if (!first_) first_ = now;
  if (!due) return;
  TerminalText line(false);
  line << audit_progress_text(*first_, now, path, console_.language);
  console_.show_progress(line.take());
}

}  // namespace flowproof::cli
