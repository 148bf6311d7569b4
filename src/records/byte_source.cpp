#include "records/byte_source.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <cerrno>
#include <vector>

#include "base/file.hpp"

namespace flowproof {

namespace {

constexpr std::size_t chunk = 256U << 10;
enum class Packing : std::uint8_t { plain, gzip, zstd };

Error failure(const std::string& path, const ArgumentValue& reason) {
  return {ErrorKind::input,
          {{"读不了“{path}”：{reason}", "cannot read '{path}': {reason}"},
           {{"path", path}, {"reason", reason}}}};
}

}  // namespace

struct ByteSource::State {
  std::string path;
  int descriptor = -1;
  Packing packing = Packing::plain;
  std::vector<char> packed;
  std::size_t at = 0, end = 0;  // of what is still packed
  std::uint64_t taken = 0;
  bool file_ended = false;
  bool stream_open = false;  // inside a gzip member or zstd frame
  z_stream gzip{};
  ZSTD_DStream* zstd = nullptr;
  std::optional<Error> error;

  ~State() {
    if (packing == Packing::gzip) inflateEnd(&gzip);
    ZSTD_freeDStream(zstd);
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

  std::size_t gunzip(char* buffer, std::size_t size) {
    gzip.next_out = reinterpret_cast<Bytef*>(buffer);
    gzip.avail_out = static_cast<uInt>(size);
    while (gzip.avail_out == size && !error) {
      fill();
      if (at == end) {
        if (stream_open) broken();
        return 0;
      }
      gzip.next_in = reinterpret_cast<Bytef*>(packed.data() + at);
      gzip.avail_in = static_cast<uInt>(end - at);
      stream_open = true;
      const int status = inflate(&gzip, Z_NO_FLUSH);
      at = end - gzip.avail_in;
      if (status == Z_STREAM_END) {
        stream_open = false;
        inflateReset(&gzip);  // members may follow one another
      } else if (status != Z_OK) {
        broken();
        return 0;
      }
    }
    return size - gzip.avail_out;
  }

  std::size_t unzstd(char* buffer, std::size_t size) {
    ZSTD_outBuffer out{buffer, size, 0};
    while (out.pos == 0 && !error) {
      fill();
      if (at == end) {
        if (stream_open) broken();
        return 0;
      }
      ZSTD_inBuffer in{packed.data() + at, end - at, 0};
      const std::size_t status = ZSTD_decompressStream(zstd, &out, &in);
      at += in.pos;
      if (ZSTD_isError(status) != 0) {
        broken();
        return 0;
      }
      stream_open = status != 0;
    }
    return out.pos;
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
  if (head.starts_with("\x1F\x8B")) {
    constexpr int gzip_only = 16 + MAX_WBITS;
    if (inflateInit2(&state->gzip, gzip_only) != Z_OK) {
      return failure(path, LocalizedText{"内存不足", "out of memory"});
    }
    state->packing = Packing::gzip;
  } else if (head == "\x28\xB5\x2F\xFD") {
    state->zstd = ZSTD_createDStream();
    state->packing = Packing::zstd;
  }
  return ByteSource(std::move(state));
}

std::size_t ByteSource::read(char* buffer, std::size_t size) {
  State& state = *state_;
  if (state.error || size == 0) return 0;
  switch (state.packing) {
    case Packing::plain:
      return state.plain(buffer, size);
    case Packing::gzip:
      return state.gunzip(buffer, size);
    case Packing::zstd:
      return state.unzstd(buffer, size);
  }
  return 0;
}

const std::optional<Error>& ByteSource::error() const { return state_->error; }

std::uint64_t ByteSource::taken() const { return state_->taken; }

}  // namespace flowproof
