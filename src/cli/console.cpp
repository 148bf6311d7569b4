#include "cli/console.hpp"

#include <signal.h>
#include <unistd.h>

#include <cerrno>

#include "base/file.hpp"
#include "base/terminal.hpp"

namespace flowproof::cli {

bool Console::out(std::string_view text) {
  constexpr std::size_t enough = 1U << 16;  // bytes
  clear_progress();
  pending_ += text;
  if (pending_.size() >= enough) flush();
  return out_error_ == 0;
}

void Console::err(std::string_view text) {
  clear_progress();
  flush();  // on a terminal both streams should keep their order
  (void)write_all(STDERR_FILENO, text);
}

bool Console::out_line(std::string_view text) {
  TerminalText line(false);
  line << text;
  return out(line.line_end().take());
}

void Console::tell(const LocalizedText& text, const Arguments& arguments) {
  TerminalText line(false);
  line << render(text, arguments, language);
  err(line.line_end().take());
}

void Console::note(const Message& message) {
  TerminalText line(color_err);
  line << Style::strong << "flowproof: " << Style::plain << render(message, language);
  err(line.line_end().take());
}

Exit Console::fail(const Error& error) {
  note(error.message);
  return exit_of(error);
}

void Console::progress(std::size_t done, std::size_t all, std::string_view name) {
  if (all < 2 || !progress_due()) return;
  TerminalText line(false);
  line << "[" << done << "/" << all << "] " << name;
  show_progress(line.take());
}

bool Console::progress_due() {
  const auto now = std::chrono::steady_clock::now();
  const auto pause = std::chrono::milliseconds(progress_shown_ ? 100 : 500);
  if (now - last_progress_ < pause) return false;
  last_progress_ = now;
  return ::isatty(STDERR_FILENO) != 0;
}

void Console::show_progress(std::string_view text) {
  (void)write_all(STDERR_FILENO, "\r\x1b[K" + std::string(text));
  progress_shown_ = true;
}

void Console::clear_progress() {
  if (!progress_shown_) return;
  (void)write_all(STDERR_FILENO, "\r\x1b[K");
  progress_shown_ = false;
}

void Console::flush() {
  if (out_error_ == 0) out_error_ = write_all(STDOUT_FILENO, pending_);
  pending_.clear();
}

Exit Console::finish(Exit so_far) {
  clear_progress();
  flush();
  // Some file systems tell of a full disk only at close.
  if (out_error_ == 0 && ::close(::dup(STDOUT_FILENO)) != 0) out_error_ = errno;
  if (out_error_ == 0) return so_far;
  if (out_error_ == EPIPE) {
    ::signal(SIGPIPE, SIG_DFL);
    ::raise(SIGPIPE);
  }
  return worse(so_far,
               fail({ErrorKind::output,
                     {{"无法写到标准输出：{reason}", "cannot write to standard output: {reason}"},
                      {{"reason", system_reason(out_error_)}}}}));
}

}  // namespace flowproof::cli
