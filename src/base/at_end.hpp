// Something that has to be done when a block is left, whatever way it is left.
#pragma once

#include <utility>

namespace flowproof {

template <class Run>
class AtEnd {
 public:
  explicit AtEnd(Run run) : run_(std::move(run)) {}
  ~AtEnd() { run_(); }
  AtEnd(const AtEnd&) = delete;
  AtEnd& operator=(const AtEnd&) = delete;

 private:
  Run run_;
};

}  // namespace flowproof
