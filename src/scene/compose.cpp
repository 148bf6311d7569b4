#include <algorithm>
#include <iterator>
#include <utility>

#include "flowproof/scene.hpp"
#include "scene/chart.hpp"
#include "scene/furniture.hpp"
#include "scene/marks.hpp"
#include "scene/pages.hpp"
#include "scene/stages.hpp"

namespace flowproof {

namespace {

using namespace scene;

constexpr double screen_margin = 20;  // around a chart that is not on paper
constexpr double screen_width = 330;  // least width, so that title and footer need few lines
constexpr double gap = 12;            // between title block, chart, legend and footer
constexpr std::size_t most_bookmarks = 100;

// Where the layout's left edge comes, for a chart with its ruler in the middle.
double chart_left(const Source& source, double left, double width, double scale) {
  return left + (width - source.chart_width() * scale) / 2 + source.ruler_room() * scale;
}

// Blocks one below the other, with a gap between those that are not empty.
struct Stack {
  std::vector<Group>& groups;
  Point at;

  void add(Block block) {
    if (block.groups.empty()) return;
    const double height = block.size.height;
    append(groups, std::move(block), 1, at);
    at.y += height + gap;
  }
};

double height_of(const Block& block) { return block.groups.empty() ? 0 : block.size.height + gap; }

Surroundings surroundings(const Source& source, double width) {
  const double below = height_of(legend(source, width)) + height_of(remarks(source, width)) +
                       height_of(footer(source, width, 1, 1));
  return {height_of(title_block(source, width)) + below,
          height_of(continued_title(source, width)) + below};
}

void add_chart(std::vector<Group>& page, const Source& source, const Band& band,
               const std::vector<Mark>& marks, double scale, Point at) {
  std::vector<Group> groups = ruler_groups(source, band);
  std::ranges::move(band_groups(source, band), std::back_inserter(groups));
  std::ranges::move(mark_groups(source, band, marks), std::back_inserter(groups));
  for (Group& group : groups) {
    place(group, scale, at);
    page.push_back(std::move(group));
  }
}

ScenePage screen_page(const Source& source, const std::vector<Mark>& marks) {
  const Layout& layout = source.layout;
  const double width = std::max(source.chart_width(), screen_width);
  ScenePage page;
  Stack stack{page.groups, {screen_margin, screen_margin}};
  stack.add(title_block(source, width));
  const Point chart{chart_left(source, screen_margin, width, 1), stack.at.y};
  add_chart(page.groups, source, bands_of(source, {}).front(), marks, 1, chart);
  stack.at.y += layout.size.height + gap;
  stack.add(legend(source, width));
  stack.add(remarks(source, width));
  stack.add(footer(source, width, 0, 0));
  page.size = {width + 2 * screen_margin, stack.at.y - gap + screen_margin};
  return page;
}

// A bookmark for each stage that begins in the band; `seen` holds those of earlier pages.
void add_bookmarks(Scene& scene, const Source& source, const Band& band, double scale, double at) {
  for (const NodeIndex node : band.nodes) {
    std::string stage = visible(source.flow.node(node).get(Attribute::stage));
    const auto known = std::find_if(scene.bookmarks.begin(), scene.bookmarks.end(),
                                    [&](const Bookmark& mark) { return mark.title == stage; });
    if (stage.empty() || known != scene.bookmarks.end()) continue;
    if (scene.bookmarks.size() == most_bookmarks) return;
    const double y = at + source.layout.nodes[flowproof::at(node)].y * scale;
    scene.bookmarks.push_back({std::move(stage), scene.pages.size(), y});
  }
}

void add_paper_page(Scene& scene, const Source& source, const PagePlan& plan,
                    const std::vector<Band>& bands, std::size_t index,
                    const std::vector<Mark>& marks) {
  const Rect& area = plan.sheet.area;
  const Band& band = bands[index];
  ScenePage page{plan.sheet.paper, {}};
  Stack stack{page.groups, {area.x, area.y}};
  stack.add(index == 0 ? title_block(source, area.width) : continued_title(source, area.width));

  std::vector<Block> below;
  if (index + 1 == bands.size()) {
    below = {legend(source, area.width), remarks(source, area.width)};
  }
  below.push_back(footer(source, area.width, index + 1, bands.size()));
  double foot = area.bottom() + gap;
  for (const Block& block : below) foot -= height_of(block);

  const double top = band.outer_top(source.layout.lane_header);
  const double height = std::max(band.outer_bottom() - top, 1.0);
  const double room = std::max(foot - gap - stack.at.y, 1.0);
  const double scale = std::min(plan.scale, room / height);
  const Point chart{chart_left(source, area.x, area.width, scale), stack.at.y - top * scale};
  add_chart(page.groups, source, band, marks, scale, chart);
  stack.at.y = foot;
  for (Block& block : below) stack.add(std::move(block));
  add_bookmarks(scene, source, band, scale, chart.y);
  scene.pages.push_back(std::move(page));
}

}  // namespace

Scene compose(const Flow& flow, const Guide* guide, const Facts& facts, const Measured& measured,
              const Layout& layout, const Profile& profile, const ComposeOptions& options) {
  Source source{flow, guide, facts, measured, layout, profile, options.language};
  source.stages = stage_bands(source);
  Scene scene{
      .title = visible(title_of(source)),
      .description = description_of(source),
      .author = visible(!flow.authority.empty() || guide == nullptr ? flow.authority.value
                                                                    : guide->authority.value),
      .subject =
          visible(flow.item.empty() && guide != nullptr ? guide->code.value : flow.item.value),
      .keywords = visible(flow.type.value),
      .language = options.language == Language::zh ? "zh-CN" : "en",
      .typeface = profile.theme.typeface,
      .background = profile.theme.background};
  if (!options.paged) {
    scene.pages.push_back(screen_page(source, options.marks));
    return scene;
  }
  const PagePlan plan = plan_pages(source, surroundings);
  const std::vector<Band> bands = bands_of(source, plan.cuts);
  for (std::size_t i = 0; i < bands.size(); ++i) {
    add_paper_page(scene, source, plan, bands, i, options.marks);
  }
  return scene;
}

}  // namespace flowproof
