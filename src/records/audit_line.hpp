// The line of JSON that `audit` writes for one record.
#pragma once

#include "flowproof/diagnostic.hpp"
#include "flowproof/records.hpp"

namespace flowproof {

/// Which record of the run a line is about.
struct LineHead {
  std::uint64_t number = 0;
  std::string_view file;  ///< empty: not written
};

void append_audited(std::string& out, LineHead head, const GuideRecord& record,
                    const Diagnostics& findings, Language language);
void append_quarantined(std::string& out, LineHead head, const GuideRecord& record,
                        std::string_view text, Language language);

}  // namespace flowproof
