#include "cli/parallel.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <set>
#include <stdexcept>
#include <string>
#include <thread>

namespace flowproof::cli {
namespace {

constexpr std::size_t count = 200;

class Parallel : public testing::TestWithParam<unsigned> {};
INSTANTIATE_TEST_SUITE_P(Threads, Parallel, testing::Values(1U, 2U, 3U, 8U));

// Of very different length, so that threads overtake each other.
std::string piece_of(std::size_t index) {
  std::string text = std::to_string(index);
  for (std::size_t i = 0; i < index * 37 % 5 * 500; ++i) text[i % text.size()] ^= 1;
  return std::to_string(index);
}

TEST_P(Parallel, DeliversEveryResultOnceAndInOrder) {
  std::size_t next = 0;
  for_each_in_order(count, GetParam(), piece_of, [&](std::size_t index, const std::string& result) {
    EXPECT_EQ(index, next++);
    EXPECT_EQ(result, std::to_string(index));
    return true;
  });
  EXPECT_EQ(next, count);
}

TEST_P(Parallel, EndsWhereADeliverySaysSoAndHoldsFewResults) {
  std::atomic<std::size_t> made = 0;
  std::size_t delivered = 0;
  for_each_in_order(
      10 * count, GetParam(), [&](std::size_t) { return ++made; },
      [&](std::size_t index, std::size_t) { return ++delivered, index < count; });
  EXPECT_EQ(delivered, count + 1);
  EXPECT_LE(made, delivered + 8 * GetParam());
}

TEST_P(Parallel, ExceptionsOfEitherSideComeOut) {
  const auto fails_at_70 = [](std::size_t index) {
    if (index == 70) throw std::runtime_error("70");
    return index;
  };
  const auto takes_all = [](std::size_t, std::size_t) { return true; };
  EXPECT_THROW(for_each_in_order(count, GetParam(), fails_at_70, takes_all), std::runtime_error);
  const auto gives = [](std::size_t index) { return index; };
  const auto refuses = [&](std::size_t index, std::size_t) { return fails_at_70(index) != count; };
  EXPECT_THROW(for_each_in_order(count, GetParam(), gives, refuses), std::runtime_error);
}

TEST_P(Parallel, OnlyTheCallerDelivers) {
  const std::thread::id caller = std::this_thread::get_id();
  std::set<std::thread::id> deliverers;
  for_each_in_order(count, GetParam(), piece_of, [&](std::size_t, const std::string&) {
    deliverers.insert(std::this_thread::get_id());
    return true;
  });
  EXPECT_EQ(deliverers, std::set{caller});
}

}  // namespace
TEST(StartApart, LeavesTheThreadFreeToMove) {
  cpu_set_t before, after;
  ASSERT_EQ(::sched_getaffinity(0, sizeof before, &before), 0);
  for (std::size_t number = 0; number < 5; ++number) {
    std::thread([&] {
      start_apart(::sched_getcpu(), number);
      ASSERT_EQ(::sched_getaffinity(0, sizeof after, &after), 0);
    }).join();
    EXPECT_TRUE(CPU_EQUAL(&before, &after)) << number;
  }
}

}  // namespace flowproof::cli
