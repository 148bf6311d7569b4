// Lines and columns of many findings in one large source, without a walk from its beginning for
// each.
//
// Used by the reports of src/report.
#pragma once

#include <vector>

#include "flowproof/source.hpp"

namespace flowproof {

/// Places in a list of sources. Keeps a reference to it.
class Places {
 public:
  explicit Places(const Sources& sources) : sources_(sources), known_(sources.size()) {}

  [[nodiscard]] const SourceText& source_of(const Span& span) const {
    return sources_[static_cast<std::size_t>(span.source)];
  }
  [[nodiscard]] Place at(const Span& span);

 private:
  const Sources& sources_;
  struct Known {
    std::vector<Place> marks;  ///< filled when first asked
    std::size_t offset = 0;    ///< asked for last; findings come in order
    Place place = {};
  };
  std::vector<Known> known_;  ///< per source
};

}  // namespace flowproof
