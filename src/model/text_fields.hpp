// Attributes that become a Text: rows of name and member, for readers and writers of any format.
#pragma once

#include <string_view>

#include "flowproof/flow.hpp"

namespace flowproof {

enum class Required : bool { no, yes };

template <class T>
struct Field {
  std::string_view name;
  Text T::*member;
  Required required = Required::no;
};

/// The root of a flow. BPMN and DOT carry them under the same names.
inline constexpr Field<Flow> flow_fields[] = {
    {"title", &Flow::title},         {"item", &Flow::item},
    {"type", &Flow::type},           {"handling", &Flow::handling},
    {"authority", &Flow::authority}, {"guide", &Flow::guide},
    {"statutory", &Flow::statutory}, {"promised", &Flow::promised},
    {"version", &Flow::version},     {"date", &Flow::date},
    {"consult", &Flow::consult},     {"complaint", &Flow::complaint},
    {"lang", &Flow::language},
};

}  // namespace flowproof
