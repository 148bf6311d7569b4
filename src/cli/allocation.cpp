// Memory for the many small values a chart is made of: what is given back is kept, by thread and
// size, for whoever asks next. malloc keeps seven of a size; a chart gives back hundreds at once.
//
// Every block is one of malloc, of a size that malloc would round to, so that libraries and modules
// may free ours and we theirs. Builds with sanitizers are without it: they bring their own.
#include <array>
#include <cstdlib>
#include <new>

namespace {

constexpr std::size_t step = 16, least = 8;    // malloc's blocks have room for 8 + 16 n bytes
constexpr std::size_t class_count = 64;        // larger blocks go to malloc and back
constexpr std::size_t most_kept = 16U << 10U;  // bytes of one class

struct Block {
  Block* next;
};
struct Kept {
  Block* first = nullptr;
  std::size_t bytes = 0;
};
thread_local constinit std::array<Kept, class_count> kept_blocks{};

/// The smallest class with that much room.
constexpr std::size_t class_of(std::size_t size) { return (size + step - least - 1) / step; }
constexpr std::size_t room_of(std::size_t number) { return number * step + least; }

void keep_or_free(void* block, std::size_t number) noexcept {
  if (number >= class_count || kept_blocks[number].bytes >= most_kept) return std::free(block);
  Kept& kept = kept_blocks[number];
  kept.first = ::new (block) Block{kept.first};
  kept.bytes += room_of(number);
}

}  // namespace

void* operator new(std::size_t size) {
  const std::size_t number = class_of(size);
  if (number < class_count) {
    Kept& kept = kept_blocks[number];
    if (Block* block = kept.first) {
      kept.first = block->next;
      kept.bytes -= room_of(number);
      return block;
    }
    size = room_of(number);
  }
  if (void* block = std::malloc(size)) return block;
  throw std::bad_alloc();
}

void operator delete(void* block, std::size_t size) noexcept {
  if (block != nullptr) keep_or_free(block, class_of(size));
}

/// Of a size nobody tells.
void operator delete(void* block) noexcept { std::free(block); }
