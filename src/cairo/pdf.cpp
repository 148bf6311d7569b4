#include <cairo-pdf.h>

#include <array>
#include <charconv>
#include <chrono>
#include <string>

#include "base/web_link.hpp"
#include "cairo/painter.hpp"
#include "cairo/writers.hpp"

namespace flowproof::cairo {

namespace {

// A page of PDF 1.5 is no larger than this (ISO 32000, annex C.2).
constexpr double largest_side = 14'400;

cairo_status_t collect(void* target, const unsigned char* bytes, unsigned size) {
  static_cast<std::string*>(target)->append(reinterpret_cast<const char*>(bytes), size);
  return CAIRO_STATUS_SUCCESS;
}

std::string padded(std::int64_t value, std::size_t width) {
  std::string digits = std::to_string(value);
  return std::string(digits.size() < width ? width - digits.size() : 0, '0') + digits;
}

// ISO 8601 in UTC.
std::string iso_date(std::int64_t seconds) {
  const std::int64_t last = 253'402'300'799;  // end of the year 9999
  const std::chrono::sys_seconds instant{
      std::chrono::seconds{std::clamp<std::int64_t>(seconds, 0, last)}};
  const auto midnight = std::chrono::floor<std::chrono::days>(instant);
  const std::chrono::year_month_day date{midnight};
  const std::chrono::hh_mm_ss time{instant - midnight};
  return padded(int{date.year()}, 4) + '-' + padded(unsigned{date.month()}, 2) + '-' +
         padded(unsigned{date.day()}, 2) + 'T' + padded(time.hours().count(), 2) + ':' +
         padded(time.minutes().count(), 2) + ':' + padded(time.seconds().count(), 2) + 'Z';
}

void set_metadata(cairo_surface_t* surface, const Scene& scene, const WriteOptions& options) {
  const auto set = [&](cairo_pdf_metadata_t field, const std::string& value) {
    if (!value.empty()) cairo_pdf_surface_set_metadata(surface, field, value.c_str());
  };
  set(CAIRO_PDF_METADATA_TITLE, scene.title);
  set(CAIRO_PDF_METADATA_AUTHOR, scene.author);
  set(CAIRO_PDF_METADATA_SUBJECT, scene.subject);
  set(CAIRO_PDF_METADATA_KEYWORDS, scene.keywords);
  set(CAIRO_PDF_METADATA_CREATOR, "flowproof");
  // Cairo would take the clock's time. A date it cannot read makes it write none.
  set(CAIRO_PDF_METADATA_CREATE_DATE, options.date > 0 ? iso_date(options.date) : "none");
}

const char* tag_of(Role role) { return role == Role::heading ? "H1" : "P"; }

// Charts are destinations by name: Cairo 1.16 knows no page that comes later.
std::string chart_name(std::size_t chart) { return "'chart-" + std::to_string(chart) + "'"; }

std::string link_of(const Group& group) {
  if (group.chart > 0) return "dest=" + chart_name(group.chart);
  return is_web_link(group.href) ? "uri='" + group.href + "'" : std::string();
}

void mark_chart(cairo_t* context, std::size_t chart) {
  const std::string attributes = "name=" + chart_name(chart) + " x=0 y=0";
  cairo_tag_begin(context, CAIRO_TAG_DEST, attributes.c_str());
  cairo_tag_end(context, CAIRO_TAG_DEST);
}

GroupTags tags_for(cairo_t* context) {
  return {[context](const Group& group) {
            if (group.role == Role::decoration) return;
            cairo_tag_begin(context, tag_of(group.role), nullptr);
            const std::string link = link_of(group);
            if (!link.empty()) cairo_tag_begin(context, CAIRO_TAG_LINK, link.c_str());
          },
          [context](const Group& group) {
            if (group.role == Role::decoration) return;
            if (!link_of(group).empty()) cairo_tag_end(context, CAIRO_TAG_LINK);
            cairo_tag_end(context, tag_of(group.role));
          }};
}

std::string destination(std::size_t page, double y) {
  std::array<char, 32> digits{};
  const auto end =
      std::to_chars(digits.data(), digits.data() + digits.size(), y, std::chars_format::fixed, 2);
  return "page=" + std::to_string(page) + " pos=[0 " + std::string(digits.data(), end.ptr) + "]";
}

/// Entries of one scene; a document of several scenes has a chapter for each.
void add_outline(cairo_surface_t* surface, const Scene& scene, std::size_t first_page,
                 bool chapter) {
  int parent = CAIRO_PDF_OUTLINE_ROOT;
  const auto flags = static_cast<cairo_pdf_outline_flags_t>(0);
  if (chapter) {
    parent = cairo_pdf_surface_add_outline(surface, parent, scene.title.c_str(),
                                           destination(first_page, 0).c_str(), flags);
  }
  for (const Bookmark& mark : scene.bookmarks) {
    if (mark.page >= scene.pages.size()) continue;
    const double y = std::clamp(mark.y, 0.0, scene.pages[mark.page].size.height);
    cairo_pdf_surface_add_outline(surface, parent, mark.title.c_str(),
                                  destination(first_page + mark.page, y).c_str(), flags);
  }
}

Error too_large() {
  return {ErrorKind::limit,
          {{"页面超过PDF的最大尺寸（{size}点）",
            "the page is larger than a PDF allows ({size} points)"},
           {{"size", static_cast<std::int64_t>(largest_side)}}}};
}

}  // namespace

Result<std::string> pdf(std::span<const Scene> scenes, const WriteOptions& options) {
  for (const Scene& scene : scenes) {
    for (const ScenePage& page : scene.pages) {
      if (!(page.size.width <= largest_side && page.size.height <= largest_side))
        return too_large();
    }
  }
  const Result<Lettering> lettering = Lettering::prepare(scenes, options);
  if (!lettering) return lettering.error();
  std::string bytes;
  const Surface surface(cairo_pdf_surface_create_for_stream(collect, &bytes, 1, 1));
  if (!scenes.empty()) set_metadata(surface.get(), scenes.front(), options);
  {
    const Context context(cairo_create(surface.get()));
    const GroupTags tags = tags_for(context.get());
    std::size_t pages = 0;
    for (std::size_t chart = 0; chart < scenes.size(); ++chart) {
      const Scene& scene = scenes[chart];
      const std::size_t first = pages + 1;
      for (const ScenePage& page : scene.pages) {
        cairo_pdf_surface_set_size(surface.get(), page.size.width, page.size.height);
        // Makes the PDF a tagged one; set_size forgets what was begun before it.
        if (pages == 0) cairo_tag_begin(context.get(), "Document", nullptr);
        const bool begins = pages + 1 == first;
        if (begins && chart > 0) mark_chart(context.get(), chart);  // 0 is the table of contents
        paint_page(context.get(), page, scene.background, *lettering, tags);
        cairo_show_page(context.get());
        ++pages;
      }
      add_outline(surface.get(), scene, first, scenes.size() > 1);
    }
    if (pages > 0) cairo_tag_end(context.get(), "Document");
    if (const auto status = cairo_status(context.get()); status != CAIRO_STATUS_SUCCESS) {
      return drawing_failure(status);
    }
  }
  cairo_surface_finish(surface.get());
  if (const auto status = cairo_surface_status(surface.get()); status != CAIRO_STATUS_SUCCESS) {
    return drawing_failure(status);
  }
  return bytes;
}

}  // namespace flowproof::cairo
