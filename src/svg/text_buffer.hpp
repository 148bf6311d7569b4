// Text that grows by many small pieces, as printers put it together: adding a piece is a check and
// a copy, inlined; std::string calls a function for each.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>

namespace flowproof {

class TextBuffer {
 public:
  explicit TextBuffer(std::size_t expected = 0) { reserve(expected); }

  /// Room for that many bytes more; `advance` says how many of them were written.
  [[nodiscard]] char* room_for(std::size_t bytes) {
    if (capacity_ - size_ < bytes) reserve(std::max(size_ + bytes, 2 * capacity_));
    return bytes_.get() + size_;
  }
  void advance(std::size_t bytes) { size_ += bytes; }

  TextBuffer& operator+=(char c) {
    *room_for(1) = c;
    ++size_;
    return *this;
  }
  /// Pre: no part of this text.
  TextBuffer& operator+=(std::string_view text) {
    char* const end = room_for(text.size());
    if (!text.empty()) std::memcpy(end, text.data(), text.size());
    size_ += text.size();
    return *this;
  }
  /// A literal is copied by a move or two.
  template <std::size_t size>
  TextBuffer& operator+=(const char (&literal)[size]) {
    std::memcpy(room_for(size - 1), literal, size - 1);
    size_ += size - 1;
    return *this;
  }
  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] std::string_view view() const { return {bytes_.get(), size_}; }
  void clear() { size_ = 0; }

 private:
  void reserve(std::size_t capacity) {
    auto bytes = std::make_unique_for_overwrite<char[]>(capacity);
    if (size_ > 0) std::memcpy(bytes.get(), bytes_.get(), size_);
    bytes_ = std::move(bytes);
    capacity_ = capacity;
  }

  std::unique_ptr<char[]> bytes_;
  std::size_t size_ = 0, capacity_ = 0;
};

}  // namespace flowproof
