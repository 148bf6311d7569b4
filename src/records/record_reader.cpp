#include "flowproof/audit.hpp"
#include "records/csv_records.hpp"
#include "records/json_records.hpp"

namespace flowproof {

struct RecordReader::State {
  State(const RecordStream& stream, std::span<const FieldMap> maps)
      : builders(maps.begin(), maps.end()) {
    if (stream.format() == RecordFormat::csv) {
      csv.emplace(builders, stream.header());
    } else {
      json.emplace(builders);
    }
  }

  std::vector<RecordBuilder> builders;
  std::optional<JsonRecordReader> json;
  std::optional<CsvRecordReader> csv;
};

RecordReader::RecordReader(const RecordStream& stream, std::span<const FieldMap> maps)
    : state_(std::make_unique<State>(stream, maps)) {}
RecordReader::RecordReader(RecordReader&&) noexcept = default;
RecordReader::~RecordReader() = default;

GuideRecord RecordReader::read(const RawRecord& raw) {
  GuideRecord record;
  record.line = raw.line;
  record.quarantine = raw.quarantine;
  if (raw.quarantine == Quarantine::none) {
    record = state_->csv ? state_->csv->read(raw.text, raw.line)
                         : state_->json->read(raw.text, raw.line);
  }
  if (record.quarantine == Quarantine::not_json && raw.open_end) {
    record.quarantine = Quarantine::cut_off;
  }
  return record;
}

}  // namespace flowproof
