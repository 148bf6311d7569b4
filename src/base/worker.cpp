#include "base/worker.hpp"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>

#include "base/module.hpp"

namespace flowproof {

namespace {

using Clock = std::chrono::steady_clock;
constexpr auto longest = std::chrono::seconds(30);
constexpr std::size_t most_output = 64U << 20;

Error failure(const LocalizedText& text, std::string_view name) {
  return {ErrorKind::internal, {text, {{"name", std::string(name)}}}};
}

/// A started worker and the socket that is its input and output. Never left behind.
class Worker {
 public:
  Worker() = default;
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;
  ~Worker() {
    if (socket_ >= 0) ::close(socket_);
    if (child_ > 0) {
      ::kill(child_, SIGKILL);
      (void)wait();
    }
  }

  [[nodiscard]] bool start(const std::string& path, const std::string& argument) {
    int ends[2];
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) return false;
    socket_ = ends[0];
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    std::string program = path, word = argument;
    std::array<char*, 3> arguments{program.data(), word.data(), nullptr};
    const int failed =
        ::posix_spawn(&child_, path.c_str(), &actions, nullptr, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    ::close(ends[1]);
    if (failed != 0) child_ = 0;
    return failed == 0;
  }

  /// Sends the input and collects the output; false if it takes too long or too much.
  [[nodiscard]] bool exchange(std::string_view input, std::string& output) {
    const auto deadline = Clock::now() + longest;
    if (input.empty()) ::shutdown(socket_, SHUT_WR);  // it reads to the end
    std::array<char, 65536> part{};
    for (;;) {
      const auto left =
          std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
      if (left <= 0) return false;
      const bool sending = !input.empty();
      pollfd wanted{socket_, static_cast<short>(sending ? POLLIN | POLLOUT : POLLIN), 0};
      const int ready = ::poll(&wanted, 1, static_cast<int>(left));
      if (ready < 0 && errno == EINTR) continue;
      if (ready <= 0) return false;
      if (sending && (wanted.revents & POLLOUT) != 0) {
        const ssize_t sent =
            ::send(socket_, input.data(), input.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
        // One that ends early takes no more; what it wrote is still read.
        input.remove_prefix(sent > 0 ? static_cast<std::size_t>(sent) : 0);
        if (sent < 0 && errno != EAGAIN && errno != EINTR) input = {};
        if (input.empty()) ::shutdown(socket_, SHUT_WR);
        continue;
      }
      const ssize_t got = ::recv(socket_, part.data(), part.size(), MSG_DONTWAIT);
      if (got < 0 && (errno == EAGAIN || errno == EINTR)) continue;
      // It may end with input unread; how it ended is told by `wait`.
      if (got <= 0) return got == 0 || errno == ECONNRESET;
      output.append(part.data(), static_cast<std::size_t>(got));
      if (output.size() > most_output) return false;
    }
  }

  /// True if it ended by itself and well.
  [[nodiscard]] bool wait() {
    int status = 0;
    pid_t ended = 0;
    do {
      ended = ::waitpid(child_, &status, 0);
    } while (ended < 0 && errno == EINTR);
    child_ = 0;
    return ended > 0 && WIFEXITED(status) && WEXITSTATUS(status) == 0;
  }

 private:
  int socket_ = -1;
  pid_t child_ = 0;
};

}  // namespace

Result<std::string> run_worker(std::string_view name, const std::string& argument,
                               std::string_view input) {
  const std::string path = module_path(std::string(name));
  Worker worker;
  if (path.empty() || !worker.start(path, argument)) {
    return failure(
        {"无法启动“{name}”，它可能没有安装", "cannot start '{name}'; it may not be installed"},
        name);
  }
  std::string output;
  if (!worker.exchange(input, output)) {
    return failure({"“{name}”用的时间或内存太多，已停止",
                    "'{name}' took too much time or room and was stopped"},
                   name);
  }
  if (!worker.wait()) {
    return failure({"“{name}”没有完成就中止了", "'{name}' broke off before it was done"}, name);
  }
  return output;
}

}  // namespace flowproof
