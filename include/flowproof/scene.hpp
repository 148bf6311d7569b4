// A drawing that asks no questions: absolute coordinates, resolved colours, no flow, no theme.
//
// Made by compose (src/scene), used by the writers (src/svg, src/cairo). A writer that has to look
// up a style, wrap a line or ask for a node's kind is wrong: that belongs into compose.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "flowproof/geometry.hpp"
#include "flowproof/layout.hpp"
#include "flowproof/profile.hpp"

namespace flowproof {

struct MoveTo {
  Point to;
};
struct LineTo {
  Point to;
};
struct CurveTo {
  Point control1, control2, to;
};
struct ClosePath {};
using PathStep = std::variant<MoveTo, LineTo, CurveTo, ClosePath>;

struct PathItem {
  std::vector<PathStep> steps = {};
  std::optional<Color> fill = {};
  std::optional<Color> stroke = {};
  double stroke_width = 1;
  std::vector<double> dashes = {};  ///< empty: solid
};

enum class Anchor : std::uint8_t { start, middle, end };
enum class Weight : std::uint8_t { regular, bold };

/// One line of text on its baseline.
struct TextItem {
  Point at = {};
  Anchor anchor = Anchor::middle;
  std::string text = {};
  double size = 10.5;
  double width = 0;  ///< by the built-in table
  Weight weight = Weight::regular;
  Color color = {};
};

using Item = std::variant<PathItem, TextItem>;

/// What a group is to someone who listens instead of looking; tags of a PDF follow it.
enum class Role : std::uint8_t { heading, paragraph, figure, decoration };

/// What belongs together for a reader: one box with its text, one line with its label.
struct Group {
  std::string id = {};  ///< id of the flow element; empty for page furniture
  Role role = Role::decoration;
  std::string css_class = {};  ///< "node step", "edge", "lane", "title" …
  std::string name = {};       ///< accessible name, a sentence; empty: decoration
  std::size_t chart = 0;       ///< a contents' entry: the chart it leads to, from 1; 0: none
  std::string href = {};       ///< http(s), or "#…" for SVG inside a page; empty: none
  std::vector<Item> items = {};
};

/// One sheet. Groups stand in reading order, which is process order.
struct ScenePage {
  Size size;
  std::vector<Group> groups = {};
};

/// An entry of the outline: where a stage begins.
struct Bookmark {
  std::string title;
  std::size_t page = 0;
  double y = 0;
};

/// One box in words, for those who read a list instead of a drawing.
struct Step {
  struct Exit {
    std::string when;    ///< condition; empty: always
    std::size_t to = 0;  ///< index of the step it leads to
  };
  std::string text, kind;                 ///< "材料是否齐全？", "判断"
  std::vector<std::string> details = {};  ///< lane, performer, limit …
  std::vector<std::string> remarks = {};  ///< whole sentences: materials, results, notes
  std::string href = {};                  ///< http(s) only; empty: none
  std::vector<Exit> exits = {};
};

struct Scene {
  std::string title = {}, description = {}, author = {}, subject = {}, keywords = {};
  std::string language = {};  ///< BCP 47: "zh-CN"
  Typeface typeface = Typeface::sans;
  Color background{255, 255, 255};
  std::vector<std::string> facts = {}, footing = {};  ///< "实施机关：…"; below: phones, version
  std::vector<Step> steps = {};                       ///< in reading order; if asked for
  std::vector<Bookmark> bookmarks = {};
  std::vector<ScenePage> pages = {};
};

/// A number beside an element that findings are about.
struct Mark {
  std::string element;                  ///< id of a node or lane; empty: the whole chart
  std::string text;                     ///< "1, 3–5"
  Severity severity = Severity::error;  ///< the worst of them
  std::string href = {};                ///< "#…" into the page around the chart; empty: none
};

/// One mark an element, sorted by element, as compose wants them. A finding's number is its place
/// in the list, from 1; `link` and the first number make the href.
[[nodiscard]] std::vector<Mark> marks_of(const Diagnostics& findings, const std::string& link = {});

struct PaperPlan;

struct ComposeOptions {
  Language language = Language::zh;
  /// Sheets of the profile's paper (PDF); else one sheet as large as the chart (SVG).
  bool paged = false;
  /// Of a document of several charts: its pages have numbers, so the chart counts its sheets.
  bool in_book = false;
  bool steps = false;            ///< also in words
  std::vector<Mark> marks = {};  ///< drawn on top; sorted by element
  /// Instead of the profile's page.
  std::optional<PageSetup> page = {};
  /// Listed below the chart with their numbers; null: none.
  const Diagnostics* findings = nullptr;
  /// The sheets, if they were planned before: for the same chart and options. Null: compose plans.
  const PaperPlan* plan = nullptr;
};

/// Puts a table of contents before several charts and page numbers on all of their pages.
[[nodiscard]] std::vector<Scene> bind_charts(std::vector<Scene> charts);

struct Guide;
/// `guide` may be null; it gives limits, item code and phones to the title block if the flow does
/// not.
[[nodiscard]] Scene compose(const Flow& flow, const Guide* guide, const Facts& facts,
                            const Measured& measured, const Layout& layout, const Profile& profile,
                            const ComposeOptions& options);

}  // namespace flowproof
