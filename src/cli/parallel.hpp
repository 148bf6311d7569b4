// Work in several threads, results in order: the output does not depend on how many there are.
#pragma once

#include <algorithm>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace flowproof::cli {

/// Calls work(0 … count-1) in `threads` threads and deliver(i, result) in this one, in order. At
/// most a few results a thread wait to be delivered, so memory does not grow with count. Ends early
/// if deliver gives false. An exception of a worker comes out here.
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
  const std::size_t window = ahead * threads;
  std::vector<std::optional<Value>> slots(window);
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
      std::optional<Value> value;
      std::exception_ptr thrown;
      try {
        value = work(index);
      } catch (...) {
        thrown = std::current_exception();
      }
      lock.lock();
      slots[index % window] = std::move(value);
      if (thrown) {
        failure = thrown;
        stop = true;
      }
      ready.notify_one();
      if (stop) return;
    }
  };
  std::vector<std::jthread> workers;
  for (unsigned i = 0; i < std::min<std::size_t>(threads, count); ++i) workers.emplace_back(run);

  std::unique_lock lock(mutex);
  while (delivered < count && !stop) {
    std::optional<Value>& slot = slots[delivered % window];
    ready.wait(lock, [&] { return stop || slot.has_value(); });
    if (stop) break;
    Value value = std::move(*slot);
    slot.reset();
    lock.unlock();
    const bool go_on = deliver(delivered, std::move(value));
    lock.lock();
    ++delivered;
    stop = stop || !go_on;
    room.notify_all();
  }
  stop = true;
  room.notify_all();
  lock.unlock();
  workers.clear();
  if (failure) std::rethrow_exception(failure);
}

}  // namespace flowproof::cli
