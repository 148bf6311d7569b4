// Bytes of a file or of standard input, unpacked if they are gzip or zstd.
#pragma once

#include <memory>

#include "flowproof/result.hpp"

namespace flowproof {

class ByteSource {
 public:
  [[nodiscard]] static Result<ByteSource> open(const std::string& path);
  ByteSource(ByteSource&&) noexcept;
  ByteSource& operator=(ByteSource&&) noexcept;
  ~ByteSource();

  /// Number of bytes put into the buffer; 0 at the end or after an error.
  [[nodiscard]] std::size_t read(char* buffer, std::size_t size);
  [[nodiscard]] const std::optional<Error>& error() const;
  /// Bytes of the file itself that were read so far.
  [[nodiscard]] std::uint64_t taken() const;

 private:
  struct State;
  explicit ByteSource(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace flowproof
