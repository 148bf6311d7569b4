#include "records/byte_source.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <vector>

#include "base/file.hpp"
#include "records/module.hpp"

namespace flowproof {

namespace {

constexpr std::size_t chunk = 256U << 10;

Error failure(const std::string& path, const ArgumentValue& reason) {
  return {ErrorKind::input,
          {{"读不了“{path}”：{reason}", "cannot read '{path}': {reason}"},
           {{"path", path}, {"reason", reason}}}};
}

}  // namespace

struct ByteSource::State {
  std::string path;
  int descriptor = -1;
  std::unique_ptr<records::Unpacker> unpacker;  // null: not packed
  std::vector<char> packed;
  std::size_t at = 0, end = 0;  // of what is still packed
  std::uint64_t taken = 0;
  bool file_ended = false;
  bool stream_open = false;  // inside a gzip member or zstd frame
  std::optional<Error> error;

  ~State() {
    if (descriptor > 0) ::close(descriptor);
  }

  void fill() {
    if (at < end || file_ended) return;
    ssize_t got = 0;
    do {
      got = ::read(descriptor, packed.data(), packed.size());
    } while (got < 0 && errno == EINTR);
    if (got < 0) error = failure(path, system_reason(errno));
    file_ended = got <= 0;
    at = 0;
    end = got > 0 ? static_cast<std::size_t>(got) : 0;
    taken += end;
  }

  void broken() {
    error = failure(
        path, LocalizedText{"压缩数据损坏或不完整", "its compressed data is damaged or cut off"});
  }

  std::size_t plain(char* buffer, std::size_t size) {
    fill();
    const std::size_t n = std::min(size, end - at);
    std::copy_n(packed.data() + at, n, buffer);
    at += n;
    return n;
  }

  std::size_t unpacked(char* buffer, std::size_t size) {
    for (;;) {
      fill();
      if (error) return 0;
      if (at == end) {
        if (stream_open) broken();
        return 0;
      }
      const records::Unpacker::Step step =
          unpacker->unpack({packed.data() + at, end - at}, {buffer, size});
      at += step.taken;
      stream_open = step.open;
      if (step.broken) {
        broken();
        return 0;
      }
      if (step.given > 0) return step.given;
    }
  }
};

ByteSource::ByteSource(std::unique_ptr<State> state) : state_(std::move(state)) {}
ByteSource::ByteSource(ByteSource&&) noexcept = default;
ByteSource& ByteSource::operator=(ByteSource&&) noexcept = default;
ByteSource::~ByteSource() = default;

Result<ByteSource> ByteSource::open(const std::string& path) {
  auto state = std::make_unique<State>();
  state->path = path;
  state->packed.resize(chunk);
  state->descriptor = path == "-" ? STDIN_FILENO : ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  struct stat status {};
  if (state->descriptor < 0 || ::fstat(state->descriptor, &status) != 0) {
    return failure(path, system_reason(errno));
  }
  if (S_ISDIR(status.st_mode) || S_ISBLK(status.st_mode)) {
    return failure(path, LocalizedText{"不是文件", "it is not a file"});
  }
  // A pipe may give its first bytes one at a time: the magic number needs four of them.
  while (state->end < 4 && !state->file_ended) {
    const ssize_t got = ::read(state->descriptor, state->packed.data() + state->end,
                               state->packed.size() - state->end);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return failure(path, system_reason(errno));
    state->file_ended = got == 0;
    state->end += static_cast<std::size_t>(got);
    state->taken = state->end;
  }
  const std::string_view head(state->packed.data(), std::min<std::size_t>(state->end, 4));
  const bool gzip = head.starts_with("\x1F\x8B");
  if (gzip || head == "\x28\xB5\x2F\xFD") {
    const auto& module = records::module();
    if (!module) return module.error();
    state->unpacker = (*module)->unpacker(gzip ? records::Packing::gzip : records::Packing::zstd);
  }
  return ByteSource(std::move(state));
}

std::size_t ByteSource::read(char* buffer, std::size_t size) {
  State& state = *state_;
  if (state.error || size == 0) return 0;
  return state.unpacker == nullptr ? state.plain(buffer, size) : state.unpacked(buffer, size);
}

const std::optional<Error>& ByteSource::error() const { return state_->error; }

std::uint64_t ByteSource::taken() const { return state_->taken; }

}  // namespace flowproof
