#include <algorithm>
#include <functional>
#include <iterator>
#include <memory>
#include <utility>

#include "flowproof/drawing.hpp"
#include "flowproof/scene.hpp"
#include "scene/chart.hpp"
#include "scene/furniture.hpp"
#include "scene/marks.hpp"
#include "scene/pages.hpp"
#include "scene/stages.hpp"
#include "scene/steps.hpp"
#include "scene/stretch.hpp"

namespace flowproof {

namespace {

using namespace scene;

constexpr double screen_margin = 20;  // around a chart that is not on paper
constexpr double screen_width = 330;  // least width, so that title and footer need few lines
constexpr double gap = 10;            // between title block, chart, legend and footer
constexpr std::size_t most_bookmarks = 100;

// Where the layout's left edge comes, for lanes with their ruler in the middle.
double chart_left(const Source& source, double lanes, double left, double width, double scale) {
  return left + (width - (lanes + source.ruler_room()) * scale) / 2 + source.ruler_room() * scale;
}

// Blocks one below the other, with a gap between those that are not empty.
struct Stack {
  std::vector<Group>& groups;
  Point at;
  double scale = 1;

  void add(Block block) {
    if (block.groups.empty()) return;
    const double height = block.size.height;
    append(groups, std::move(block), scale, at);
    at.y += (height + gap) * scale;
  }
};

double height_of(const Block& block) { return block.groups.empty() ? 0 : block.size.height + gap; }

Surroundings surroundings(const Source& source, double width) {
  return {height_of(title_block(source, width)), height_of(continued_title(source, width)),
          height_of(footer(source, width, 1, 1)),
          height_of(legend(source, width)) + height_of(remarks(source, width))};
}

void add_chart(std::vector<Group>& page, const Source& source, const Band& band,
               const std::vector<Mark>& marks, double scale, Point at) {
  append(page, {{}, ruler_groups(source, band)}, scale, at);
  append(page, {{}, band_groups(source, band)}, scale, at);
  append(page, {{}, mark_groups(source, band, marks)}, scale, at);
}

constexpr double list_gap = 3;    // between findings
constexpr double above_foot = 5;  // more below the last one

ScenePage screen_page(const Source& source, const ComposeOptions& options) {
  const Layout& layout = source.layout;
  const double width = std::max(source.chart_width(), screen_width);
  ScenePage page;
  Stack stack{page.groups, {screen_margin, screen_margin}};
  Block title = title_block(source, width);
  mark_title(source, options.marks, title);
  stack.add(std::move(title));
  const Point chart{chart_left(source, layout.size.width, screen_margin, width, 1), stack.at.y};
  add_chart(page.groups, source, bands_of(source, {}, 0).front(), options.marks, 1, chart);
  stack.at.y += layout.size.height + gap;
  stack.add(legend(source, width));
  stack.add(remarks(source, width));
  stack.add(footer(source, width, 0, 0));
  if (options.findings != nullptr) {
    for (Block& block : finding_list(source, *options.findings, width)) {
      stack.add(std::move(block));
      stack.at.y += list_gap - gap;
    }
  }
  page.size = {width + 2 * screen_margin, stack.at.y - gap + screen_margin};
  return page;
}

// A bookmark for each stage that begins in the band and in none before it.
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

double band_height(const Source& source, const Band& band) {
  return std::max(band.outer_bottom() - band.outer_top(source.layout.lane_header), 1.0);
}

// The height of a list of findings for a width.
std::function<double(const Source&, double)> listed(const Diagnostics* findings) {
  if (findings == nullptr) return {};
  return [findings](const Source& source, double width) {
    double height = 0;
    for (const Block& block : finding_list(source, *findings, width)) {
      height += block.size.height + list_gap;
    }
    return height > 0 ? height + above_foot : 0;
  };
}

// The paper pages of one chart. All parts of it have one scale.
class Paged {
 public:
  Paged(Source source, const PagePlan& plan, const ComposeOptions& options)
      : source_(std::move(source)),
        marks_(options.marks),
        area_(plan.sheet.area),
        around_(plan.around),
        width_(area_.width / around_),
        paper_(plan.sheet.paper),
        bands_(bands_of(source_, plan.cuts, plan.room.width)),
        scale_(plan.scale) {
    for (std::size_t i = 0; i < bands_.size(); ++i) {
      const double room = std::max(foot_at(i) - chart_at(i) - closing_height(i), 1.0);
      const double across = std::max(bands_[i].width + source_.ruler_room(), 1.0);
      scale_ = std::min({scale_, room / band_height(source_, bands_[i]), area_.width / across});
    }
    if (options.findings != nullptr) list_findings(*options.findings);
  }

  void add_to(Scene& scene) const {
    for (std::size_t i = 0; i < bands_.size(); ++i) add_page(scene, i);
    for (std::size_t i = 0; i < lists_.size(); ++i) add_list(scene, i);
  }
  [[nodiscard]] std::size_t pages() const { return bands_.size() + lists_.size(); }
  [[nodiscard]] double scale() const { return scale_; }

 private:
  [[nodiscard]] bool last(std::size_t index) const { return index + 1 == bands_.size(); }
  [[nodiscard]] Block head(std::size_t index) const {
    if (index > 0) return continued_title(source_, width_);
    Block title = title_block(source_, width_);
    mark_title(source_, marks_, title);
    return title;
  }
  [[nodiscard]] Block foot(std::size_t index) const {
    return footer(source_, width_, index + 1, bands_.size() + lists_.size());
  }
  [[nodiscard]] double chart_at(std::size_t index) const {
    return area_.y + height_of(head(index)) * around_;
  }
  [[nodiscard]] double foot_at(std::size_t index) const {
    return area_.bottom() + gap * around_ - height_of(foot(index)) * around_;
  }
  [[nodiscard]] double closing_height(std::size_t index) const {
    if (!last(index)) return gap * around_;
    return (gap + height_of(legend(source_, width_)) + height_of(remarks(source_, width_))) *
           around_;
  }

  void add_page(Scene& scene, std::size_t index) const {
    const Band& band = bands_[index];
    ScenePage page{paper_, {}};
    Stack stack{page.groups, {area_.x, area_.y}, around_};
    stack.add(head(index));
    const double top = band.outer_top(source_.layout.lane_header);
    const Point chart{chart_left(source_, band.width, area_.x, area_.width, scale_),
                      stack.at.y - top * scale_};
    const Layout layout = squeezed(source_, band);
    add_chart(page.groups, source_.with(layout), band, marks_, scale_, chart);
    stack.at.y += band_height(source_, band) * scale_ + gap * around_;
    if (last(index)) {
      stack.add(legend(source_, width_));
      stack.add(remarks(source_, width_));
      add_findings(stack, below_chart_);
    }
    stack.at.y = foot_at(index);
    stack.add(foot(index));
    add_bookmarks(scene, source_, band, scale_, chart.y);
    scene.pages.push_back(std::move(page));
  }

  // Below the chart as far as there is room, then on sheets of their own; how many there are is
  // known before the first page is made.
  void list_findings(const Diagnostics& findings) {
    const std::size_t end = bands_.size() - 1;
    const double on_sheet =
        foot_at(0) - area_.y - height_of(continued_title(source_, width_)) * around_;
    double room = foot_at(end) - chart_at(end) - closing_height(end) -
                  band_height(source_, bands_[end]) * scale_ - above_foot * around_;
    std::vector<Block> blocks = finding_list(source_, findings, width_);
    // The heading does not stand alone.
    const auto first_two = [&] {
      double height = 0;
      for (std::size_t i = 0; i < std::min<std::size_t>(blocks.size(), 2); ++i) {
        height += (blocks[i].size.height + list_gap) * around_;
      }
      return height;
    };
    if (first_two() > room) room = 0;
    std::vector<Block>* list = &below_chart_;
    double used = 0;
    for (Block& block : blocks) {
      const double height = (block.size.height + list_gap) * around_;
      if (used + height > room) {
        list = &lists_.emplace_back();
        room = on_sheet;
        used = 0;
      }
      used += height;
      list->push_back(std::move(block));
    }
  }

  void add_findings(Stack& stack, const std::vector<Block>& blocks) const {
    for (const Block& block : blocks) {
      stack.add(block);
      stack.at.y += (list_gap - gap) * around_;
    }
  }

  void add_list(Scene& scene, std::size_t index) const {
    const std::size_t number = bands_.size() + index;
    ScenePage page{paper_, {}};
    Stack stack{page.groups, {area_.x, area_.y}, around_};
    stack.add(continued_title(source_, width_));
    add_findings(stack, lists_[index]);
    stack.at.y = foot_at(number);
    stack.add(foot(number));
    scene.pages.push_back(std::move(page));
  }

  const Source source_;
  const std::vector<Mark>& marks_;
  std::vector<Block> below_chart_;         // findings on its last sheet
  std::vector<std::vector<Block>> lists_;  // and on sheets after it
  const Rect area_;
  const double around_, width_;
  const Size paper_;
  const std::vector<Band> bands_;
  double scale_;
};

Paged paged(const Source& source, const FittedChart& chart, const ComposeOptions& options) {
  return {shown(source, chart), chart.plan, options};
}

std::shared_ptr<const FittedChart> put_on_sheets(const Source& source,
                                                 const ComposeOptions& options) {
  return std::make_shared<const FittedChart>(
      fit_sheets(source, surroundings, listed(options.findings)));
}

Source source_of(const Flow& flow, const Guide* guide, const Facts& facts, const Measured& measured,
                 const Layout& layout, const Profile& profile, const ComposeOptions& options) {
  Source source{flow,
                guide,
                facts,
                measured,
                layout,
                profile,
                options.language,
                options.page.value_or(profile.page)};
  source.in_book = options.in_book;
  source.stages = stage_bands(source);
  source.ruler_width = ruler_width(source);
  return source;
}

}  // namespace

Scene compose(const Flow& flow, const Guide* guide, const Facts& facts, const Measured& measured,
              const Layout& layout, const Profile& profile, const ComposeOptions& options) {
  const Source source = source_of(flow, guide, facts, measured, layout, profile, options);
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
      .background = profile.theme.background,
      .facts = office_facts(source),
      .footing = closing_facts(source)};
  std::ranges::move(limit_facts(source), std::back_inserter(scene.facts));
  if (options.steps) scene.steps = steps_of(source);
  if (!options.paged) {
    scene.pages.push_back(screen_page(source, options));
    return scene;
  }
  const auto sheets =
      options.plan != nullptr ? options.plan->sheets : put_on_sheets(source, options);
  paged(source, *sheets, options).add_to(scene);
  return scene;
}

PaperPlan plan_paper(const Flow& flow, const Guide* guide, const Facts& facts,
                     const Measured& measured, const Layout& layout, const Profile& profile,
                     const ComposeOptions& options) {
  const Source source = source_of(flow, guide, facts, measured, layout, profile, options);
  auto sheets = put_on_sheets(source, options);
  const Paged pages = paged(source, *sheets, options);
  PagePlan plan = sheets->plan;
  plan.scale = pages.scale();
  PaperFit fit = fit_of(source, plan);
  fit.pages = pages.pages();
  return {fit, std::move(sheets)};
}

}  // namespace flowproof
