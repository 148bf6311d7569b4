// Work in several threads, results in order: the output does not depend on how many there are.
#pragma once

#include <algorithm>
#include <condition_variable>
#include <exception>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace flowproof::cli {

/// Calls work(0 … count-1) in `threads` threads and deliver(i, result) in this one, in order. At
/// most a few results a thread wait to be delivered, so memory does not grow with count. Ends early
/// if deliver gives false. An exception of a worker comes out here.
///
/// A result is given up by a worker, before it makes the next one in its place: memory that one
/// thread asks for and another frees is never at hand where it is asked for again.
template <class Work, class Deliver>
void for_each_in_order(std::size_t count, unsigned threads, const Work& work,
                       const Deliver& deliver) {
  using Value = decltype(work(std::size_t{}));
  if (threads <= 1 || count <= 1) {
    for (std::size_t i = 0; i < count && deliver(i, work(i)); ++i) {
    }
    return;
  }
  constexpr std::size_t ahead = 4;  // results a thread may be ahead of delivery
  const std::size_t window = ahead * std::min<std::size_t>(threads, count);
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

  const auto run = [&] {
    for (;;) {
      std::unique_lock lock(mutex);
      room.wait(lock, [&] { return stop || claimed == count || claimed < delivered + window; });
      if (stop || claimed == count) return;
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
      if (thrown) {
        failure = thrown;
        stop = true;
      } else {
        slot.done = true;
      }
      if (stop || index == delivered) ready.notify_one();
      if (stop) return;
    }
  };
  struct AtEnd {
    std::function<void()> run;
    ~AtEnd() { run(); }
  };
  {
    std::vector<std::jthread> workers;
    // Before they are joined, even if no further one can be made or a delivery throws.
    const AtEnd at_end{[&] {
      const std::lock_guard lock(mutex);
      stop = true;
      room.notify_all();
    }};
    while (workers.size() < window / ahead) workers.emplace_back(run);

    std::unique_lock lock(mutex);
    while (delivered < count && !stop) {
      Slot& slot = slots[delivered % window];
      ready.wait(lock, [&] { return stop || slot.done; });
      if (stop) break;
      lock.unlock();
      const bool go_on = deliver(delivered, std::move(*slot.value));
      lock.lock();
      slot.done = false;
      ++delivered;
      stop = stop || !go_on;
      room.notify_all();
    }
  }
  if (failure) std::rethrow_exception(failure);
}

}  // namespace flowproof::cli
