// Draws pages of a scene on a Cairo context.
#pragma once

#include <functional>

#include "cairo/handles.hpp"
#include "cairo/lettering.hpp"
#include "flowproof/scene.hpp"

namespace flowproof::cairo {

/// Called before and after a group's items, for tags.
struct GroupTags {
  std::function<void(const Group&)> begin, end;
};

/// The context's unit is a point. Errors stay in the context's status.
void paint_page(cairo_t* context, const ScenePage& page, Color background,
                const Lettering& lettering, const GroupTags& tags);

[[nodiscard]] Error drawing_failure(cairo_status_t status);

}  // namespace flowproof::cairo
