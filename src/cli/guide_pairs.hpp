// check --guides: flows and guide records paired by item code.
//
// Holds every record of the file as a guide document, so its memory is that of the file.
#pragma once

#include <map>
#include <string>

#include "cli/commands.hpp"
#include "flowproof/flow.hpp"
#include "flowproof/source.hpp"

namespace flowproof::cli {

class GuidePairs {
 public:
  /// Unusable and repeated records are told on standard error. Empty, with the exit code, if the
  /// file cannot be read. An empty path: no pairs.
  [[nodiscard]] static std::optional<GuidePairs> read(const std::string& path, Context& context,
                                                      Exit& exit);

  /// By item code: "guides.jsonl#1199…" and the record as a guide document.
  [[nodiscard]] const std::map<std::string, SourceText, std::less<>>& documents() const {
    return documents_;
  }
  /// Notes that a flow was checked.
  void take(const std::string& path, const Flow& flow);
  /// Tells flows without a record, records without a flow and flows of one item; gives how many
  /// there were.
  std::size_t tell_unpaired(Console& console) const;

 private:
  std::string path_;
  std::map<std::string, SourceText, std::less<>> documents_;
  std::map<std::string, std::uint64_t, std::less<>> lines_;  // of the documents
  std::map<std::string, std::string, std::less<>> used_;     // item code -> its flow's path
  std::map<std::string, std::string> alone_;                 // flow's path -> its item code
  std::map<std::string, std::string> repeated_;              // flow's path -> the first of the item
};

}  // namespace flowproof::cli
