// A generated flow laid out, for tests of what the sheets do with its layout.
#pragma once

#include "flowproof/facts.hpp"
#include "flowproof/layout.hpp"
#include "scene/words.hpp"
#include "support/permit_flow.hpp"

namespace flowproof::scene {

struct Chart {
  Profile profile = test::permit_profile();
  Flow flow;
  Facts facts;
  Measured measured;
  Layout layout;

  explicit Chart(std::uint64_t seed) : flow(test::permit_flow(seed)) {
    facts = analyse(flow, nullptr, profile);
    measured = measure(flow, profile);
    layout = lay_out(flow, facts, measured, profile.layout);
  }
  [[nodiscard]] Source source() const { return source(layout); }
  [[nodiscard]] Source source(const Layout& other) const {
    return {flow, nullptr, facts, measured, other, profile, Language::zh, profile.page};
  }
};

}  // namespace flowproof::scene
