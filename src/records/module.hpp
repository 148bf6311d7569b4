// What the records module gives to the program: packed streams and JSON objects, taken apart.
//
// simdjson, zlib and zstd stand in the module alone, so that only those who read records load them.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "flowproof/result.hpp"

namespace flowproof::records {

/// Changes whenever this file changes: a module of another build is refused.
inline constexpr std::uint32_t module_version = 1;

enum class Packing : std::uint8_t { gzip, zstd };

class Unpacker {
 public:
  struct Step {
    std::size_t taken = 0, given = 0;  ///< bytes of `packed` and of `out`
    bool open = false;                 ///< inside a gzip member or zstd frame: more must follow
    bool broken = false;
  };
  virtual ~Unpacker() = default;
  virtual Step unpack(std::string_view packed, std::span<char> out) = 0;
};

/// A value; those inside an array or object follow it, each from where the one before ends.
struct JsonValue {
  enum class Kind : std::uint8_t { scalar, array, object };
  Kind kind = Kind::scalar;
  std::uint32_t end = 0;  ///< one past its last descendant
  std::string_view key;   ///< in an object
  /// Of a scalar; empty for null. Numbers as JSON wrote them but for trailing zeros of fractions.
  std::string_view text;
};

enum class JsonFault : std::uint8_t { none, not_utf8, other };

class JsonParser {
 public:
  struct Outcome {
    JsonFault fault = JsonFault::none;
    const char* detail = "";
  };
  virtual ~JsonParser() = default;
  /// Strict. `values` gets one object; what it points to lives until the next call.
  virtual Outcome read(std::string_view json, std::vector<JsonValue>& values) = 0;
};

struct Module {
  std::uint32_t version;
  std::unique_ptr<Unpacker> (*unpacker)(Packing packing);
  std::unique_ptr<JsonParser> (*json_parser)();
};

inline constexpr const char* module_entry = "flowproof_records_module";

/// Loaded when first asked for.
[[nodiscard]] const Result<const Module*>& module();

}  // namespace flowproof::records
