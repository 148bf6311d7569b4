// Standard output and standard error of one run.
//
// Output is collected and written in large pieces. A reader that goes away (| head) ends the run
// quietly; any other failure of standard output is an error of the run. Errors and progress go to
// standard error, where the progress line never mixes with text.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "flowproof/result.hpp"

namespace flowproof::cli {

/// Exit codes of the program; a run ends with the greatest that occurred.
enum class Exit : int { clean = 0, findings = 1, usage = 2, failure = 3 };

[[nodiscard]] constexpr Exit worse(Exit a, Exit b) { return a > b ? a : b; }
[[nodiscard]] constexpr Exit exit_of(const Error& error) {
  return error.kind == ErrorKind::usage ? Exit::usage : Exit::failure;
}

class Console {
 public:
  Console() = default;
  Console(const Console&) = delete;
  Console& operator=(const Console&) = delete;

  Language language = Language::en;
  bool color_out = false;
  bool color_err = false;

  /// False once nobody reads any more: the caller may stop.
  bool out(std::string_view text);
  void err(std::string_view text);
  /// A line for people, on standard output or standard error.
  bool out_line(std::string_view text);
  void tell(const LocalizedText& text, const Arguments& arguments);
  /// "flowproof: …" on standard error.
  void note(const Message& message);
  /// The same; gives the exit code that belongs to the error.
  Exit fail(const Error& error);
  /// "[12/1500] name" on a terminal, at most ten times a second, and only for work that takes time.
  void progress(std::size_t done, std::size_t all, std::string_view name);
  /// Whether a line of progress would be shown now; for lines that take work to put together.
  [[nodiscard]] bool progress_due();
  void show_progress(std::string_view text);

  /// Writes what is left. Ends the process as SIGPIPE does if the reader went away.
  [[nodiscard]] Exit finish(Exit so_far);

 private:
  void flush();
  void clear_progress();

  std::string pending_;
  int out_error_ = 0;  ///< errno of the first failed write
  bool progress_shown_ = false;
  std::chrono::steady_clock::time_point last_progress_ = std::chrono::steady_clock::now();
};

}  // namespace flowproof::cli
