#include <algorithm>
#include <array>
#include <cstring>

#include "base/charset.hpp"
#include "flowproof/audit.hpp"
#include "records/byte_source.hpp"
#include "records/module.hpp"

namespace flowproof {

namespace {

constexpr std::size_t chunk = 256U << 10;
constexpr std::size_t kept_of_too_long = 200;  // enough to recognise the record

bool blank(std::string_view text) {
  return text.find_first_not_of(" \t\r") == std::string_view::npos;
}

}  // namespace

struct RecordStream::State {
  ByteSource source;
  RecordLimits limits;
  RecordFormat format = RecordFormat::json_lines;
  std::string header;
  std::optional<bool> gb18030;  // of CSV; told by the first row that is not ASCII
  std::vector<char> buffer = std::vector<char>(chunk);
  std::size_t at = 0, end = 0;
  std::uint64_t line = 1, index = 0;
  bool array_ended = false;

  explicit State(ByteSource from) : source(std::move(from)) {}

  bool fill() {
    if (at < end) return true;
    at = 0;
    end = source.read(buffer.data(), buffer.size());
    return end > 0;
  }

  void add(RawRecord& record, const char* from, std::size_t size) const {
    if (record.quarantine == Quarantine::too_long) return;
    if (record.text.size() + size > limits.bytes) {
      record.quarantine = Quarantine::too_long;
      record.text.append(from, std::min(size, kept_of_too_long));
      record.text.resize(std::min(record.text.size(), kept_of_too_long));
      return;
    }
    record.text.append(from, size);
  }

  /// One line, or with `quoted` one CSV row whose quotes may hold line ends. False at the end.
  bool next_line(RawRecord& record, bool quoted) {
    record = {};
    record.line = line;
    bool inside = false;
    bool any = false;
    while (fill()) {
      any = true;
      const char* begin = buffer.data() + at;
      const auto* stop = static_cast<const char*>(std::memchr(begin, '\n', end - at));
      const std::size_t size = stop == nullptr ? end - at : static_cast<std::size_t>(stop - begin);
      if (quoted) inside ^= (std::count(begin, begin + size, '"') & 1) != 0;
      add(record, begin, size);
      at += size;
      if (stop == nullptr) continue;
      ++at;
      ++line;
      if (quoted && inside && record.quarantine == Quarantine::none) {
        add(record, "\n", 1);
        continue;
      }
      if (record.text.ends_with('\r')) record.text.pop_back();
      return true;
    }
    record.open_end = any;
    return any;
  }

  /// A row in another encoding than the rows before it is damaged, not guessed at.
  void to_utf8(RawRecord& row) {
    const std::size_t invalid = find_invalid_utf8(row.text);
    if (invalid == std::string::npos) {
      const bool ascii =
          std::all_of(row.text.begin(), row.text.end(), [](char c) { return c > 0; });
      if (!ascii && !gb18030) gb18030 = false;
      return;
    }
    if (row.quarantine != Quarantine::none) return;
    if (gb18030.value_or(true)) {
      Transcoded read = transcode(row.text, Charset::gb18030);
      if (read.complete) {
        gb18030 = true;
        row.text = std::move(read.text);
        return;
      }
    }
    row.quarantine = Quarantine::encoding;
  }

  /// The next element of a JSON array, by its brackets and quotes.
  bool next_element(RawRecord& record) {
    record = {};
    std::size_t depth = 0;
    bool in_string = false;
    bool escaped = false;
    while (!array_ended && fill()) {
      const char c = buffer[at++];
      if (c == '\n') ++line;
      if (record.text.empty() && record.quarantine == Quarantine::none) {
        if (c == ',' || c == ' ' || c == '\t' || c == '\r' || c == '\n') continue;
        if (c == ']') {
          array_ended = true;
          break;
        }
        record.line = line;
      }
      if (!in_string && depth == 0 && (c == ',' || c == ']')) {
        array_ended = c == ']';
        return true;
      }
      add(record, &c, 1);
      if (in_string) {
        in_string = escaped || c != '"';
        escaped = !escaped && c == '\\';
      } else if (c == '"') {
        in_string = true;
      } else if (c == '{' || c == '[') {
        ++depth;
      } else if (c == '}' || c == ']') {
        if (--depth == 0) return true;
      }
    }
    record.open_end = !record.text.empty();
    return record.open_end;
  }
};

RecordStream::RecordStream(std::unique_ptr<State> state) : state_(std::move(state)) {}
RecordStream::RecordStream(RecordStream&&) noexcept = default;
RecordStream& RecordStream::operator=(RecordStream&&) noexcept = default;
RecordStream::~RecordStream() = default;

Result<RecordStream> RecordStream::open(const std::string& path, const RecordLimits& limits) {
  Result<ByteSource> source = ByteSource::open(path);
  if (!source) return std::move(source).error();
  auto state = std::make_unique<State>(std::move(*source));
  state->limits = limits;
  if (state->fill() && state->end >= 3 &&
      std::memcmp(state->buffer.data(), "\xEF\xBB\xBF", 3) == 0) {
    state->at = 3;
  }
  if (state->source.error()) return *state->source.error();
  // The first character that is no blank tells: an array, an object, a page of markup, or a header.
  std::string_view head(state->buffer.data() + state->at, state->end - state->at);
  const std::size_t first = head.find_first_not_of(" \t\r\n");
  const char c = first == std::string_view::npos ? '{' : head[first];
  if (c == '[') {
    state->format = RecordFormat::json_array;
    state->line += static_cast<std::uint64_t>(std::count(head.begin(), head.begin() + first, '\n'));
    state->at += first + 1;
  } else if (c != '{' && c != '<') {
    state->format = RecordFormat::csv;
    RawRecord row;
    if (state->next_line(row, true)) {
      state->to_utf8(row);
      state->header = std::move(row.text);
    }
  }
  if (state->format != RecordFormat::csv) {
    if (const auto& module = records::module(); !module) return module.error();
  }
  return RecordStream(std::move(state));
}

RecordFormat RecordStream::format() const { return state_->format; }
const std::string& RecordStream::header() const { return state_->header; }
std::uint64_t RecordStream::bytes_read() const { return state_->source.taken(); }

const Error* RecordStream::error() const {
  const std::optional<Error>& error = state_->source.error();
  return error ? &*error : nullptr;
}

bool RecordStream::next(RawRecord& record) {
  State& state = *state_;
  bool found = false;
  if (state.format == RecordFormat::json_array) {
    found = state.next_element(record);
  } else {
    do {
      found = state.next_line(record, state.format == RecordFormat::csv);
    } while (found && record.quarantine == Quarantine::none && blank(record.text));
    if (found && state.format == RecordFormat::csv) state.to_utf8(record);
  }
  if (found) record.index = state.index++;
  return found;
}

}  // namespace flowproof
