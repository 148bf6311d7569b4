// One JSON object as a guide record.
#pragma once

#include <memory>
#include <span>

#include "records/record_builder.hpp"

namespace flowproof {

class JsonRecordReader {
 public:
  /// Several maps: the first whose `recognise` keys a record has reads it. Pre: the records module
  /// is there.
  explicit JsonRecordReader(std::span<RecordBuilder> builders);
  ~JsonRecordReader();
  JsonRecordReader(JsonRecordReader&&) noexcept;

  /// Strict: broken syntax, repeated keys, invalid UTF-8 and depth over 64 put it into quarantine.
  [[nodiscard]] GuideRecord read(std::string_view json, std::uint64_t line);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace flowproof
