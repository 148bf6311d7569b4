// Old stock: findings that an earlier JSON report already told.
//
// A finding is known by its file, rule and element, not by its line, so edits elsewhere in the file do
// not bring it back; two of one kind need two entries. Used by `check --baseline`.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "flowproof/diagnostic.hpp"
#include "flowproof/result.hpp"

namespace flowproof {

class Baseline {
 public:
  /// `text` is what `check --format json` wrote; `path` is for the error.
  [[nodiscard]] static Result<Baseline> read(std::string_view text, const std::string& path);

  /// Takes the known findings of a file out and gives their number.
  std::size_t remove_known(std::string_view file, Diagnostics& findings) const;

 private:
  /// "rule\nelement" -> how many, per file.
  using Known = std::map<std::string, std::size_t, std::less<>>;
  std::map<std::string, Known, std::less<>> files_;
};

}  // namespace flowproof
