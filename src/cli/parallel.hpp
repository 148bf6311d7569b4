// Work in several threads, results in order: the output does not depend on how many there are.
#pragma once

#include <sched.h>

#include <algorithm>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "base/at_end.hpp"

namespace flowproof::cli {

/// Moves the calling thread, the `number`-th of a team, to a processor of its own, counted from
/// `home`; from there the system may move it again. Left alone, a new thread often stays where it
/// was made, behind the thread that made it, for longer than a hundred charts take. Where that
/// fails nothing is lost.
inline void start_apart(int home, std::size_t number) {
  cpu_set_t allowed, own;
  CPU_ZERO(&own);
  if (home < 0 || ::sched_getaffinity(0, sizeof allowed, &allowed) != 0) return;
  std::size_t left = number % static_cast<std::size_t>(std::max(1, CPU_COUNT(&allowed)));
  auto cpu = static_cast<std::size_t>(home);
  for (std::size_t tries = 0; left > 0 && tries < 2 * CPU_SETSIZE; ++tries) {
    cpu = (cpu + 1) % CPU_SETSIZE;
    if (CPU_ISSET(cpu, &allowed)) --left;
  }
  CPU_SET(cpu, &own);
  if (::sched_setaffinity(0, sizeof own, &own) == 0) {
    ::sched_setaffinity(0, sizeof allowed, &allowed);
  }
}

/// Calls work(0 … count-1) in `threads` threads, of which this is one, and deliver(i, result) in
/// this one, in order. At most a few results a thread wait to be delivered, so memory does not grow
/// with count. Ends early if deliver gives false. An exception of a worker comes out here.
///
/// A thread that only delivered would be woken for every result, and take a worker's core each
/// time. A result is given up by a worker, before it makes the next one in its place: memory that
/// one thread asks for and another frees is never at hand where it is asked for again.
template <class Work, class Deliver>
void for_each_in_order(std::size_t count, unsigned threads, const Work& work,
                       const Deliver& deliver) {
  using Value = decltype(work(std::size_t{}));
  if (threads <= 1 || count <= 1) {
    for (std::size_t i = 0; i < count && deliver(i, work(i)); ++i) {
    }
    return;
  }
  constexpr std::size_t ahead = 8;  // results a thread may be ahead of delivery
  const std::size_t team = std::min<std::size_t>(threads, count);
  const std::size_t window = ahead * team;
  struct Slot {
    std::optional<Value> value;
    bool done = false;  // and waits to be delivered
  };
  std::vector<Slot> slots(window);
  std::mutex mutex;
  std::condition_variable ready, room;
  std::size_t claimed = 0, delivered = 0;
  bool stop = false;
  std::exception_ptr failure;

  const auto has_room = [&] { return claimed < std::min(count, delivered + window); };
  // Pre: has_room(). Locked before and after.
  const auto work_on_next = [&](std::unique_lock<std::mutex>& lock) {
    const std::size_t index = claimed++;
    lock.unlock();
    Slot& slot = slots[index % window];  // this thread's own until it is done
    slot.value.reset();
    std::exception_ptr thrown;
    try {
      slot.value.emplace(work(index));
    } catch (...) {
      thrown = std::current_exception();
    }
    lock.lock();
    if (thrown) failure = thrown;
    stop = stop || thrown;
    slot.done = !thrown;
    if (stop || index == delivered) ready.notify_one();
  };
  const auto run = [&] {
    std::unique_lock lock(mutex);
    while (!stop && claimed < count) {
      if (has_room()) {
        work_on_next(lock);
      } else {
        room.wait(lock);
      }
    }
  };
  {
    std::vector<std::jthread> others;
    // Before they are joined, even if no further one can be made or a delivery throws.
    const AtEnd stopping([&] {
      const std::lock_guard lock(mutex);
      stop = true;
      room.notify_all();
    });
    const int home = ::sched_getcpu();
    while (others.size() + 1 < team) {
      others.emplace_back([&run, home, number = others.size() + 1] {
        start_apart(home, number);
        run();
      });
    }

    std::unique_lock lock(mutex);
    while (delivered < count && !stop) {
      Slot& slot = slots[delivered % window];
      if (slot.done) {
        lock.unlock();
        const bool go_on = deliver(delivered, std::move(*slot.value));
        lock.lock();
        slot.done = false;
        ++delivered;
        stop = stop || !go_on;
        room.notify_all();
      } else if (has_room()) {
        work_on_next(lock);
      } else {
        ready.wait(lock);
      }
    }
  }
  if (failure) std::rethrow_exception(failure);
}

}  // namespace flowproof::cli
