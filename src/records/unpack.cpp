// gzip and zstd streams; home of zstd and, but for a check sum, of zlib.
#include <zlib.h>
#include <zstd.h>

#include <new>

#include "records/module_parts.hpp"

namespace flowproof::records {

namespace {

class Gunzip final : public Unpacker {
 public:
  Gunzip() {
    constexpr int gzip_only = 16 + MAX_WBITS;
    if (inflateInit2(&stream_, gzip_only) != Z_OK) throw std::bad_alloc();
  }
  ~Gunzip() override { inflateEnd(&stream_); }
  Gunzip(const Gunzip&) = delete;
  Gunzip& operator=(const Gunzip&) = delete;

  Step unpack(std::string_view packed, std::span<char> out) override {
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));  // not written
    stream_.avail_in = static_cast<uInt>(packed.size());
    stream_.next_out = reinterpret_cast<Bytef*>(out.data());
    stream_.avail_out = static_cast<uInt>(out.size());
    const int status = inflate(&stream_, Z_NO_FLUSH);
    const Step step{packed.size() - stream_.avail_in, out.size() - stream_.avail_out,
                    status != Z_STREAM_END, status != Z_OK && status != Z_STREAM_END};
    if (status == Z_STREAM_END) inflateReset(&stream_);  // members may follow one another
    return step;
  }

 private:
  z_stream stream_{};
};

class Unzstd final : public Unpacker {
 public:
  Unzstd() : stream_(ZSTD_createDStream()) {
    if (stream_ == nullptr) throw std::bad_alloc();
  }
  ~Unzstd() override { ZSTD_freeDStream(stream_); }
  Unzstd(const Unzstd&) = delete;
  Unzstd& operator=(const Unzstd&) = delete;

  Step unpack(std::string_view packed, std::span<char> out) override {
    ZSTD_inBuffer from{packed.data(), packed.size(), 0};
    ZSTD_outBuffer to{out.data(), out.size(), 0};
    const std::size_t status = ZSTD_decompressStream(stream_, &to, &from);
    return {from.pos, to.pos, status != 0, ZSTD_isError(status) != 0};
  }

 private:
  ZSTD_DStream* stream_;
};

}  // namespace

std::unique_ptr<Unpacker> unpacker(Packing packing) {
  if (packing == Packing::gzip) return std::make_unique<Gunzip>();
  return std::make_unique<Unzstd>();
}

}  // namespace flowproof::records
