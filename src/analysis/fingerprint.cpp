#include "analysis/fingerprint.hpp"

namespace flowproof {

Fingerprint Fingerprint::random(std::uint64_t seed, std::uint64_t key) {
  Fingerprint drawn;
  for (std::size_t i = 0; i < rounds; ++i) {
    const std::uint64_t bits = mix(seed ^ mix(key * rounds + i)) & prime;
    drawn.value_[i] = bits == prime ? 0 : bits;
  }
  return drawn;
}

std::uint64_t seed_of(const ControlGraph& graph) {
  std::uint64_t seed = mix(graph.node_count());
  for (std::uint32_t n = 0; n < graph.node_count(); ++n) {
    const unsigned gates = (graph.join(n) == Gate::parallel ? 1U : 0U) |
                           (graph.split(n) == Gate::parallel ? 2U : 0U) |
                           (graph.is_end(n) ? 4U : 0U);
    seed = mix(seed ^ gates);
  }
  for (std::uint32_t e = 0; e < graph.edge_count(); ++e) {
    seed = mix(seed ^ (std::uint64_t{graph.from(e)} << 32 | graph.to(e)));
  }
  return mix(seed ^ graph.source());
}

}  // namespace flowproof
