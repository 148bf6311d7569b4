// What may go wrong outside the user's document, and what a reader gives back.
//
// The user's document is wrong: Diagnostic. The world is wrong (no file, no font, disk full): Error
// in a Result. We are wrong: assert.
#pragma once

#include <cassert>
#include <cstdint>
#include <optional>
#include <utility>
#include <variant>

#include "flowproof/diagnostic.hpp"

namespace flowproof {

/// Decides the exit code: usage 2, all others 3.
enum class ErrorKind : std::uint8_t { usage, input, output, limit, internal };

struct Error {
  ErrorKind kind = ErrorKind::internal;
  Message message;
};

/// A value or an Error; member names as in std::expected.
template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}

  [[nodiscard]] bool has_value() const { return state_.index() == 0; }
  explicit operator bool() const { return has_value(); }
  T& value() & { return *this->checked(); }
  const T& value() const& { return *const_cast<Result*>(this)->checked(); }
  T&& value() && { return std::move(*this->checked()); }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T&& operator*() && { return std::move(*this).value(); }
  T* operator->() { return this->checked(); }
  const T* operator->() const { return const_cast<Result*>(this)->checked(); }
  [[nodiscard]] const Error& error() const& {
    assert(!has_value());
    return *std::get_if<1>(&state_);
  }
  [[nodiscard]] Error&& error() && {
    assert(!has_value());
    return std::move(*std::get_if<1>(&state_));
  }

 private:
  T* checked() {
    assert(has_value());
    return std::get_if<0>(&state_);
  }
  std::variant<T, Error> state_;
};

/// Success without a value.
struct Done {};

/// A document that was read: as much of it as was usable, and every finding on the way.
template <class T>
struct Parsed {
  std::optional<T> value;  ///< empty only if nothing usable was read
  Diagnostics diagnostics;
};

}  // namespace flowproof
