// Several charts as one document: a table of contents, and numbers on all pages.
#include <algorithm>
#include <iterator>
#include <utility>

#include "flowproof/scene.hpp"
#include "scene/items.hpp"

namespace flowproof {

namespace {

using namespace scene;

constexpr Size sheet{595.276, 841.89};                          // A4
constexpr double left = 70, right = 56, top = 56, bottom = 56;  // room for a binding edge
constexpr double title_size = 16, text_size = 10.5, number_size = 9;
constexpr double leading = 1.7, line = text_size * 1.3;
constexpr double number_room = 28;  // of an entry's number, and of its page's
constexpr Color ink{0, 0, 0}, muted{90, 90, 90};

const double width = sheet.width - left - right;

struct Entry {
  std::vector<std::string> lines;  // of the title
  std::size_t page = 0;            // of the contents
  double y = 0;
  [[nodiscard]] double height() const {
    return text_size * leading + line * static_cast<double>(lines.size() - 1);
  }
};

// Every entry gets its place; gives the number of pages.
std::size_t place_entries(std::vector<Entry>& entries) {
  std::size_t page = 0;
  double y = top + title_size * 2.5;
  for (Entry& entry : entries) {
    if (y + entry.height() > sheet.height - bottom && y > top) {
      ++page;
      y = top;
    }
    entry.page = page;
    entry.y = y;
    y += entry.height();
  }
  return page + 1;
}

Group entry_group(const Entry& entry, std::size_t number, std::size_t page,
                  const std::string& title) {
  Group group{.role = Role::paragraph,
              .css_class = "entry",
              .name = title + " … " + std::to_string(page),
              .chart = number};
  double middle = entry.y + text_size * leading / 2;
  group.items.emplace_back(
      text_line(std::to_string(number) + ".", {left, middle}, Anchor::start, text_size, muted));
  const double indent = left + number_room;
  for (std::size_t i = 0; i < entry.lines.size(); ++i) {
    if (i > 0) middle += line;
    group.items.emplace_back(
        text_line(entry.lines[i], {indent, middle}, Anchor::start, text_size, ink));
  }
  const double from = indent + text_width(entry.lines.back(), text_size) + 6;
  const double to = sheet.width - right - text_width(std::to_string(page), text_size) - 6;
  if (from < to) {
    const double base = middle + baseline_drop(text_size) - 1;
    group.items.emplace_back(
        stroked({MoveTo{{from, base}}, LineTo{{to, base}}}, muted, 0.75, {0.75, 3}));
  }
  group.items.emplace_back(
      text_line(std::to_string(page), {sheet.width - right, middle}, Anchor::end, text_size, ink));
  return group;
}

Group page_number(const Size& size, std::size_t page) {
  Group group{.css_class = "page-number"};
  group.items.emplace_back(text_line("– " + std::to_string(page) + " –",
                                     {size.width / 2, size.height - 17}, Anchor::middle,
                                     number_size, muted));
  return group;
}

// What all charts say, else nothing.
std::string common(const std::vector<Scene>& charts, std::string Scene::*member) {
  const bool same = std::all_of(charts.begin(), charts.end(), [&](const Scene& chart) {
    return chart.*member == charts.front().*member;
  });
  return same ? charts.front().*member : std::string();
}

Scene contents_of(const std::vector<Scene>& charts) {
  const bool chinese = charts.front().language.starts_with("zh");
  const auto say = [&](const LocalizedText& text) {
    return std::string(text.in(chinese ? Language::zh : Language::en));
  };
  std::vector<Entry> entries;
  const Profile no_words;  // the charts' may differ
  for (const Scene& chart : charts) {
    entries.push_back(
        {break_text(chart.title, text_size, width - 2 * number_room, Fill::full, no_words), 0, 0});
  }
  Scene contents{.title = say({"办理流程图目录", "Flowcharts: contents"}),
                 .author = common(charts, &Scene::author),
                 .keywords = common(charts, &Scene::keywords),
                 .language = charts.front().language,
                 .typeface = charts.front().typeface,
                 .background = charts.front().background};
  contents.pages.resize(place_entries(entries), {sheet, {}});
  Group title{.role = Role::heading, .css_class = "title", .name = contents.title};
  TextItem heading = text_line(contents.title, {sheet.width / 2, top + title_size * 0.65},
                               Anchor::middle, title_size, ink);
  heading.weight = Weight::bold;
  title.items.emplace_back(std::move(heading));
  contents.pages.front().groups.push_back(std::move(title));
  std::size_t page = contents.pages.size() + 1;
  for (std::size_t i = 0; i < charts.size(); ++i) {
    contents.pages[entries[i].page].groups.push_back(
        entry_group(entries[i], i + 1, page, charts[i].title));
    page += charts[i].pages.size();
  }
  return contents;
}

}  // namespace

std::vector<Scene> bind_charts(std::vector<Scene> charts) {
  if (charts.empty()) return charts;
  std::vector<Scene> bound;
  bound.reserve(charts.size() + 1);
  bound.push_back(contents_of(charts));
  std::ranges::move(charts, std::back_inserter(bound));
  std::size_t number = 0;
  for (Scene& scene : bound) {
    for (ScenePage& page : scene.pages) {
      page.groups.push_back(page_number(page.size, ++number));
    }
  }
  return bound;
}

}  // namespace flowproof
