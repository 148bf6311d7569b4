// Runs a program and says what it took. For measuring programs that compare flowproof with peers.
#pragma once

#include <fcntl.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <string>
#include <vector>

namespace flowproof::bench {

struct Cost {
  double wall = 0;    ///< milliseconds
  double cpu = 0;     ///< milliseconds, user and system
  double memory = 0;  ///< MiB, peak; not less than that of the process that started it
  bool ok = false;    ///< exit status was one of those of a program that did its work: 0 or 1
};

/// What it prints is thrown away.
inline Cost run(const std::vector<std::string>& command) {
  std::vector<char*> arguments;
  for (const std::string& word : command) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  for (const int stream : {STDOUT_FILENO, STDERR_FILENO}) {
    posix_spawn_file_actions_addopen(&actions, stream, "/dev/null", O_WRONLY, 0);
  }
  const auto start = std::chrono::steady_clock::now();
  pid_t child = 0;
  const int failed =
      posix_spawnp(&child, arguments.front(), &actions, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (failed != 0) return {};
  int status = 0;
  rusage usage{};
  if (wait4(child, &status, 0, &usage) != child) return {};
  const std::chrono::duration<double, std::milli> wall = std::chrono::steady_clock::now() - start;
  const auto milliseconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_usec) / 1e3;
  };
  return {wall.count(), milliseconds(usage.ru_utime) + milliseconds(usage.ru_stime),
          static_cast<double>(usage.ru_maxrss) / 1024,
          WIFEXITED(status) && WEXITSTATUS(status) < 2};
}

inline double median(std::vector<double> values) {
  if (values.empty()) return 0;
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

/// Medians of several runs.
inline Cost median(const std::vector<Cost>& costs) {
  std::vector<double> wall, cpu, memory;
  bool ok = !costs.empty();
  for (const Cost& cost : costs) {
    wall.push_back(cost.wall);
    cpu.push_back(cost.cpu);
    memory.push_back(cost.memory);
    ok = ok && cost.ok;
  }
  return {median(wall), median(cpu), median(memory), ok};
}

using Commands = std::vector<std::vector<std::string>>;

/// Runs the commands of each round in turn, so that a busy moment of the machine meets all. What it
/// takes to say them, such as making folders, does not count.
template <class CommandsOf>
std::vector<Cost> interleaved(std::size_t rounds, const CommandsOf& commands_of) {
  std::vector<std::vector<Cost>> costs;
  for (std::size_t round = 0; round <= rounds; ++round) {
    const Commands commands = commands_of(round);
    costs.resize(commands.size());
    for (std::size_t i = 0; i < commands.size(); ++i) {
      const Cost cost = run(commands[i]);
      if (round > 0) costs[i].push_back(cost);  // the first one fills the caches
    }
  }
  std::vector<Cost> medians;
  for (const std::vector<Cost>& all : costs) medians.push_back(median(all));
  return medians;
}

/// The same commands in every round.
inline std::vector<Cost> interleaved(const Commands& commands, std::size_t rounds) {
  return interleaved(rounds, [&](std::size_t) { return commands; });
}

}  // namespace flowproof::bench
