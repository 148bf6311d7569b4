// DOT, the language of Graphviz: flows written as DOT, flows made from a DOT drawing, and charts
// placed by dot for comparison with our own layout.
//
// All three start the Graphviz worker (src/graphviz), a process of its own: nothing of Graphviz is
// in the program, and what makes Graphviz crash or hang is an Error here.
#pragma once

#include <string>

#include "flowproof/flow.hpp"
#include "flowproof/layout.hpp"
#include "flowproof/result.hpp"
#include "flowproof/source.hpp"

namespace flowproof {

/// Boxes with the nearest shape, lanes as clusters; what DOT has no word for stands in attributes
/// named flowproof_…, so that read_dot gives the same flow again.
[[nodiscard]] Result<std::string> write_dot(const Flow& flow);

/// A flow without places: it is meant to be written and read again. Kinds of boxes come from
/// flowproof_kind, else from shapes and from where lines begin and end.
[[nodiscard]] Result<Flow> read_dot(const SourceText& source);

/// Boxes and lines as dot places them, with orthogonal lines. dot knows no lanes and finds no room
/// for labels: these stand beside the exits.
[[nodiscard]] Result<Layout> lay_out_with_dot(const Flow& flow, const Measured& measured,
                                              const LayoutOptions& options);

}  // namespace flowproof
