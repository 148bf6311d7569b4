#include "base/file.hpp"
#include "cli/commands.hpp"
#include "cli/selection.hpp"
#include "flowproof/config.hpp"
#include "flowproof/readers.hpp"
#include "flowproof/records.hpp"
#include "flowproof/report.hpp"

namespace flowproof::cli {

namespace {

template <class T>
Diagnostics findings_of(Parsed<T> parsed, bool& usable) {
  usable = parsed.value.has_value();
  return std::move(parsed.diagnostics);
}

// The documents there are; whose root it has, that one it is.
using Read = Diagnostics (*)(const SourceText&, bool& usable);
constexpr Read readers[] = {
    [](const SourceText& source, bool& usable) {
      return findings_of(read_flow(source, {}), usable);
    },
    [](const SourceText& source, bool& usable) {
      return findings_of(read_guide(source, {}), usable);
    },
    [](const SourceText& source, bool& usable) {
      return findings_of(read_profile(source, {}, nullptr), usable);
    },
    [](const SourceText& source, bool& usable) {
      return findings_of(read_field_map(source, {}), usable);
    },
    [](const SourceText& source, bool& usable) {
      return findings_of(read_config(source, {}), usable);
    },
};

/// Empty if the document can be formatted; else what is wrong with it, read as a flow.
Diagnostics obstacles(const SourceText& source) {
  Diagnostics findings;
  for (const Read read : readers) {
    bool usable = false;
    Diagnostics found = read(source, usable);
    if (usable) return {};
    if (findings.empty()) findings = std::move(found);
  }
  return findings;
}

struct Formatted {
  std::string before, after;
};

/// Says what is wrong and gives the exit code if the file cannot be formatted.
std::optional<Formatted> format_file(const std::string& path, Console& console, Exit& exit) {
  Result<std::string> bytes = read_file(path, ReadLimits{}.bytes);
  if (!bytes) {
    exit = worse(exit, console.fail(bytes.error()));
    return std::nullopt;
  }
  Formatted formatted{*bytes, {}};
  Decoded decoded = decode(path, *std::move(bytes), {});
  const Diagnostics findings =
      decoded.readable ? obstacles(decoded.source) : std::move(decoded.diagnostics);
  if (!findings.empty()) {
    const ReportOptions report{console.language, console.color_err, Severity::error};
    console.err(findings_text(findings, {decoded.source}, report));
    exit = worse(exit, Exit::failure);
    return std::nullopt;
  }
  Result<std::string> after = format_source(decoded.source);
  if (!after) {
    exit = worse(exit, console.fail(after.error()));
    return std::nullopt;
  }
  formatted.after = *std::move(after);
  return formatted;
}

}  // namespace

Exit run_fmt(const Command& command, Context& context, Words arguments) {
  Console& console = context.console;
  std::vector<std::string> paths;
  bool write = false;
  bool check = false;
  if (const auto done = begin_command(
          command, context,
          {{"files",
            "FILE...",
            {"流程图、办事指南、方案、字段映射或配置；“-”是标准输入",
             "flows, guides, profiles, field maps or configurations; '-' is standard input"},
            &paths},
           {"-w,--write", "", {"写回原文件", "write back to the files"}, &write},
           {"--check",
            "",
            {"只检查；不规范则退出码 1", "only look; exit with 1 if a file is not canonical"},
            &check}},
          std::move(arguments))) {
    return *done;
  }
  if (paths.empty()) return console.fail(no_input());
  if (paths.size() > 1 && !write && !check) {
    return console.fail(
        usage_error({"多个文件要用 --write 或 --check", "several files need --write or --check"}));
  }
  Exit exit = Exit::clean;
  for (const std::string& path : paths) {
    const auto formatted = format_file(path, console, exit);
    if (!formatted) continue;
    const bool changed = formatted->before != formatted->after;
    if (check) {
      if (changed) console.out_line(path);
      if (changed) exit = worse(exit, Exit::findings);
    } else if (!write || path == "-") {
      console.out(formatted->after);
    } else if (changed) {
      const OutputFile file{path, formatted->after};
      const Result<Done> written = write_files({&file, 1}, {});
      if (!written) exit = worse(exit, console.fail(written.error()));
    }
  }
  return exit;
}

}  // namespace flowproof::cli
