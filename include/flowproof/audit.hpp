// Guide records in bulk: a stream in, one line of JSON a record out, in input order.
//
// Memory does not grow with the number of records, and the bytes do not depend on the number of
// threads. A record that cannot be used is put into quarantine with its reason and counted; it
// never stops the run: records = clean + with findings + quarantined.
#pragma once

#include <array>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "flowproof/check.hpp"
#include "flowproof/profile_set.hpp"
#include "flowproof/records.hpp"

namespace flowproof {

/// A record as it stands in its file.
struct RawRecord {
  std::uint64_t line = 0;   ///< where it begins, from 1
  std::uint64_t index = 0;  ///< from 0
  std::string text;
  Quarantine quarantine = Quarantine::none;  ///< too_long: `text` is only its beginning
  bool open_end = false;                     ///< the file ends without the line's end
};

enum class RecordFormat : std::uint8_t { json_lines, json_array, csv };

/// Splits a file ("-": standard input; plain, gzip or zstd) into records without holding more than
/// one. Rows of CSV in GB18030, as spreadsheets write them, become UTF-8.
class RecordStream {
 public:
  [[nodiscard]] static Result<RecordStream> open(const std::string& path,
                                                 const RecordLimits& limits);
  RecordStream(RecordStream&&) noexcept;
  RecordStream& operator=(RecordStream&&) noexcept;
  ~RecordStream();

  [[nodiscard]] RecordFormat format() const;
  [[nodiscard]] const std::string& header() const;  ///< CSV: the first row
  /// False at the end, or after an error of reading.
  [[nodiscard]] bool next(RawRecord& record);
  /// Set if reading failed in the middle.
  [[nodiscard]] const Error* error() const;
  [[nodiscard]] std::uint64_t bytes_read() const;  ///< of the file as it is, packed or not

 private:
  struct State;
  explicit RecordStream(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

/// Reads the raw records of one stream as guides; one a thread. `maps` outlive it.
class RecordReader {
 public:
  RecordReader(const RecordStream& stream, std::span<const FieldMap> maps);
  RecordReader(RecordReader&&) noexcept;
  ~RecordReader();

  [[nodiscard]] GuideRecord read(const RawRecord& raw);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

struct AuditOptions {
  Language language = Language::zh;
  CheckOptions check;
  std::string profile;              ///< name of a profile of the set; empty: by the item's type
  Severity least = Severity::info;  ///< findings below it are left out
  std::uint32_t threads = 1;
  std::uint64_t shard = 0, shards = 1;  ///< records with number % shards == shard
  std::uint64_t skip = 0;               ///< records of this shard already done by an earlier run
  std::uint64_t first_index = 0;  ///< number of the stream's first record; several inputs count on
  std::string file;               ///< name of the input in the lines; empty: not written
};

struct AuditCounts {
  std::uint64_t seen = 0;     ///< records of the stream, those of other shards too
  std::uint64_t skipped = 0;  ///< of `skip`
  std::uint64_t records = 0, clean = 0, with_findings = 0, quarantined = 0;
  std::array<std::uint64_t, 4> by_severity{};  ///< findings; index is Severity
  struct Misspelt {
    std::string meant;
    std::uint64_t records = 0;
  };
  std::map<std::string, Misspelt> misspelt;  ///< by key, see GuideRecord
};

/// Runs over the whole stream. `write` receives whole lines in order and returns false to stop.
[[nodiscard]] Result<AuditCounts> audit(RecordStream& stream, std::span<const FieldMap> maps,
                                        const ProfileSet& profiles, const AuditOptions& options,
                                        const std::function<bool(std::string_view)>& write,
                                        const std::function<void(const AuditCounts&)>& progress);

/// All field maps of the data folder, sorted by name.
struct FieldMapSet {
  std::vector<FieldMap> maps;
  Sources sources;
  Diagnostics findings;
};
[[nodiscard]] Result<FieldMapSet> load_field_maps(const std::string& data_folder);

}  // namespace flowproof
