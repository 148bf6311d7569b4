#include <charconv>

#include "cli/audit_views.hpp"
#include "cli/commands.hpp"
#include "cli/selection.hpp"
#include "flowproof/audit.hpp"

namespace flowproof::cli {

namespace {

struct MergeArguments {
  std::vector<std::string> inputs;
  std::string output = "-", fail_on = "error";
  bool quiet = false, pieces = false;
  ViewArguments view;
};

/// The next line of each part, in the order of their numbers. Pieces, which were audited each by
/// itself, follow one another as they are given, and their records are numbered anew.
class Parts {
 public:
  explicit Parts(bool pieces) : pieces_(pieces) {}

  std::optional<Error> open(const std::vector<std::string>& paths) {
    for (const std::string& path : paths) {
      Result<RecordStream> stream = RecordStream::open(path, greatest_line);
      if (!stream) return stream.error();
      parts_.push_back({path, std::move(*stream), {}, 0, false});
    }
    for (Part& part : parts_) {
      if (auto error = advance(part)) return error;
    }
    return std::nullopt;
  }

  /// False at the end of all parts; `error` says why it is not the end.
  bool next(std::string& line, std::optional<Error>& error) {
    Part* first = nullptr;
    for (Part& part : parts_) {
      if (!part.ended && (first == nullptr || (!pieces_ && part.number < first->number))) {
        first = &part;
      }
    }
    if (first == nullptr) return false;
    // A file of several pieces begins to count again.
    if (pieces_ && first->number == 0) expected_ = 0;
    if (first->number != expected_) {
      error = fault(
          {"缺少第 {number} 条记录的结果（或重复），“{path}”接不上",
           "the result of record {number} is missing or there twice; '{path}' does not follow"},
          first->path);
      return false;
    }
    ++expected_;
    line = std::move(first->line.text);
    if (pieces_) line.replace(head.size(), line.find(',') - head.size(), std::to_string(given_++));
    line += '\n';
    error = advance(*first);
    return !error;
  }

 private:
  struct Part {
    std::string path;
    RecordStream stream;
    RawRecord line;
    std::uint64_t number = 0;
    bool ended = false;
  };

  Error fault(const LocalizedText& text, const std::string& path) const {
    return {ErrorKind::input,
            {text, {{"number", static_cast<std::int64_t>(expected_)}, {"path", path}}}};
  }

  std::optional<Error> advance(Part& part) {
    part.ended = !part.stream.next(part.line);
    if (const Error* error = part.stream.error()) return *error;
    if (part.ended) return std::nullopt;
    const std::string& text = part.line.text;
    if (text.starts_with(head)) {
      const char* end = text.data() + text.size();
      const auto read = std::from_chars(text.data() + head.size(), end, part.number);
      if (read.ec == std::errc() && read.ptr != end && *read.ptr == ',') return std::nullopt;
    }
    return fault({"“{path}”不是 audit 的结果（应接第 {number} 条）",
                  "'{path}' is not a result of audit (record {number} was expected)"},
                 part.path);
  }

  static constexpr std::string_view head = "{\"record\":";
  std::vector<Part> parts_;
  const bool pieces_;
  std::uint64_t expected_ = 0;
  std::uint64_t given_ = 0;  // lines
};

}  // namespace

Exit run_merge(const Command& command, Context& context, Words arguments) {
  Console& console = context.console;
  MergeArguments given;
  std::vector<Option> options = {
      {"inputs",
       "FILE...",
       {"各份 audit --shard 的结果", "results of audit --shard, one a part"},
       &given.inputs},
      {"-o,--output", "FILE", {"合并后的文件", "the merged file"}, &given.output},
      {"--pieces",
       "",
       {"各文件是分片各自检查的结果，依次相接，记录重新编号",
        "results of pieces audited each by itself: they follow one another, numbered anew"},
       &given.pieces},
      fail_on_option(given.fail_on),
      {"-q,--quiet", "", {"不显示汇总", "do not print the summary"}, &given.quiet},
  };
  append_view_options(options, given.view);
  if (const auto done = begin_command(command, context, options, std::move(arguments)))
    return *done;
  if (given.inputs.empty()) return console.fail(no_input());
  Parts parts(given.pieces);
  if (const auto error = parts.open(given.inputs)) return console.fail(*error);
  Result<AuditView> output =
      AuditView::open(given.view, given.output, false, given.inputs, console);
  if (!output) return console.fail(output.error());
  std::optional<Error> error;
  std::string pending;
  for (std::string line; parts.next(line, error);) {
    pending += line;
    if (pending.size() < (1U << 20)) continue;
    if (!output->write(pending)) return console.fail(output->error());
    pending.clear();
  }
  if (error) return console.fail(*error);
  if (!output->write(pending)) return console.fail(output->error());
  if (const auto failed = output->finish()) return console.fail(*failed);
  if (!given.quiet) print_summary(console, output->tally(), output->changes());
  return exit_for(output->tally(), severity_named(given.fail_on));
}

}  // namespace flowproof::cli
