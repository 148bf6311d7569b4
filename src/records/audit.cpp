#include "flowproof/audit.hpp"

#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>
#include <thread>

#include "base/at_end.hpp"
#include "flowproof/facts.hpp"
#include "records/audit_line.hpp"

namespace flowproof {

namespace {

constexpr std::size_t batch_records = 256;
constexpr std::size_t batch_bytes = 1U << 20;

struct Batch {
  std::vector<RawRecord> records;
  std::string lines;
  AuditCounts counts;
  bool done = false;
};

void add(AuditCounts& sum, const AuditCounts& part) {
  sum.records += part.records;
  sum.clean += part.clean;
  sum.with_findings += part.with_findings;
  sum.quarantined += part.quarantined;
  for (std::size_t i = 0; i < sum.by_severity.size(); ++i)
    sum.by_severity[i] += part.by_severity[i];
  for (const auto& [key, misspelt] : part.misspelt) {
    AuditCounts::Misspelt& known = sum.misspelt[key];
    known.meant = misspelt.meant;
    known.records += misspelt.records;
  }
}

/// Reads and judges records; one a thread.
class Auditor {
 public:
  Auditor(const RecordStream& stream, std::span<const FieldMap> maps, const ProfileSet& profiles,
          const AuditOptions& options)
      : reader_(stream, maps), profiles_(profiles), options_(options) {}

  void run(Batch& batch) {
    for (const RawRecord& raw : batch.records) audit_one(raw, batch);
    batch.records.clear();
  }

 private:
  /// What records of one type of item are judged by.
  struct Bench {
    const Profile* profile = nullptr;
    std::vector<ActiveRule> rules;
  };

  const Bench& bench_for(const std::string& type) {
    if (const auto known = benches_.find(type); known != benches_.end()) return known->second;
    Bench bench;
    bench.profile =
        options_.profile.empty() ? profiles_.for_type(type) : profiles_.named(options_.profile);
    if (bench.profile != nullptr) bench.rules = rules_for_records(*bench.profile, options_.check);
    // A stream with endless different types must not fill the memory.
    if (benches_.size() >= 64) benches_.clear();
    return benches_.emplace(type, std::move(bench)).first->second;
  }

  void audit_one(const RawRecord& raw, Batch& batch) {
    const GuideRecord record = reader_.read(raw);
    AuditCounts& counts = batch.counts;
    ++counts.records;
    if (record.quarantine != Quarantine::none) {
      ++counts.quarantined;
      append_quarantined(batch.lines, {raw.index, options_.file}, record, raw.text,
                         options_.language);
      return;
    }
    for (const GuideRecord::Misspelt& key : record.misspelt) {
      AuditCounts::Misspelt& known = counts.misspelt[key.key];
      known.meant = key.meant;
      ++known.records;
    }
    const Bench& bench = bench_for(record.guide.type.value);
    Diagnostics findings;
    if (bench.profile != nullptr) {
      const Facts facts = analyse(record.guide, *bench.profile);
      findings = check_record(record.guide, facts, *bench.profile, bench.rules);
    }
    std::erase_if(findings, [&](const Diagnostic& f) { return f.severity < options_.least; });
    for (const Diagnostic& finding : findings) {
      ++counts.by_severity[static_cast<std::size_t>(finding.severity)];
    }
    ++(findings.empty() ? counts.clean : counts.with_findings);
    append_audited(batch.lines, {raw.index, options_.file}, record, findings, options_.language);
  }

  RecordReader reader_;
  const ProfileSet& profiles_;
  const AuditOptions& options_;
  std::map<std::string, Bench, std::less<>> benches_;
};

/// Takes batches of this shard from the stream; those an earlier run has done are passed over.
class Feeder {
 public:
  Feeder(RecordStream& stream, const AuditOptions& options) : stream_(stream), options_(options) {}

  [[nodiscard]] std::uint64_t seen() const { return seen_; }
  [[nodiscard]] std::uint64_t skipped() const { return skipped_; }

  bool next(Batch& batch) {
    std::size_t bytes = 0;
    RawRecord record;
    while (batch.records.size() < batch_records && bytes < batch_bytes && stream_.next(record)) {
      ++seen_;
      record.index += options_.first_index;
      if (record.index % options_.shards != options_.shard) continue;
      if (skipped_ < options_.skip) {
        ++skipped_;
        continue;
      }
      bytes += record.text.size();
      batch.records.push_back(std::move(record));
    }
    return !batch.records.empty();
  }

 private:
  RecordStream& stream_;
  const AuditOptions& options_;
  std::uint64_t seen_ = 0, skipped_ = 0;
};

/// Batches in input order, worked on by any thread; at most a few a thread are held.
class Window {
 public:
  explicit Window(std::size_t greatest) : greatest_(greatest) {}

  void push(std::shared_ptr<Batch> batch) {
    const std::lock_guard lock(mutex_);
    order_.push_back(batch);
    waiting_.push_back(std::move(batch));
    work_.notify_one();
  }
  [[nodiscard]] bool full() const { return order_.size() >= greatest_; }  // feeder's thread only
  [[nodiscard]] bool empty() const { return order_.empty(); }

  /// The first batch, when it is done.
  std::shared_ptr<Batch> pop() {
    std::unique_lock lock(mutex_);
    done_.wait(lock, [&] { return failure_ || order_.front()->done; });
    if (failure_) std::rethrow_exception(failure_);
    std::shared_ptr<Batch> batch = std::move(order_.front());
    order_.pop_front();
    return batch;
  }
  /// Empty when there is no more work.
  std::shared_ptr<Batch> take() {
    std::unique_lock lock(mutex_);
    work_.wait(lock, [&] { return closed_ || !waiting_.empty(); });
    if (waiting_.empty()) return nullptr;
    std::shared_ptr<Batch> batch = std::move(waiting_.front());
    waiting_.pop_front();
    return batch;
  }
  void finish(Batch& batch) {
    const std::lock_guard lock(mutex_);
    batch.done = true;
    done_.notify_all();
  }
  /// What a thread could not do comes out of the next pop.
  void fail(std::exception_ptr failure) {
    const std::lock_guard lock(mutex_);
    failure_ = std::move(failure);
    done_.notify_all();
  }
  void close() {
    const std::lock_guard lock(mutex_);
    closed_ = true;
    waiting_.clear();
    work_.notify_all();
  }

 private:
  const std::size_t greatest_;
  std::mutex mutex_;
  std::condition_variable work_, done_;
  std::deque<std::shared_ptr<Batch>> order_, waiting_;
  bool closed_ = false;
  std::exception_ptr failure_;
};

}  // namespace

Result<AuditCounts> audit(RecordStream& stream, std::span<const FieldMap> maps,
                          const ProfileSet& profiles, const AuditOptions& options,
                          const std::function<bool(std::string_view)>& write,
                          const std::function<void(const AuditCounts&)>& progress) {
  Feeder feeder(stream, options);
  AuditCounts total;
  const auto deliver = [&](const Batch& batch) {
    add(total, batch.counts);
    if (!write(batch.lines)) return false;
    progress(total);
    return true;
  };
  if (options.threads <= 1) {
    Auditor auditor(stream, maps, profiles, options);
    for (Batch batch; feeder.next(batch); batch = {}) {
      auditor.run(batch);
      if (!deliver(batch)) return total;
    }
  } else {
    Window window(4 * static_cast<std::size_t>(options.threads));
    std::vector<std::jthread> threads;
    // Before they are joined, whatever else went wrong.
    const AtEnd closing([&] { window.close(); });
    for (std::uint32_t i = 0; i < options.threads; ++i) {
      threads.emplace_back([&] {
        try {
          Auditor auditor(stream, maps, profiles, options);
          while (const std::shared_ptr<Batch> batch = window.take()) {
            auditor.run(*batch);
            window.finish(*batch);
          }
        } catch (...) {
          window.fail(std::current_exception());
        }
      });
    }
    bool going = true;
    for (auto batch = std::make_shared<Batch>(); going && feeder.next(*batch);
         batch = std::make_shared<Batch>()) {
      window.push(std::move(batch));
      if (window.full()) going = deliver(*window.pop());
    }
    while (going && !window.empty()) going = deliver(*window.pop());
  }
  if (const Error* error = stream.error()) return *error;
  total.seen = feeder.seen();
  total.skipped = feeder.skipped();
  return total;
}

}  // namespace flowproof
