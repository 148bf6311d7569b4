// A profile: everything local. Words, clocks, required stages, rule levels, looks of the chart,
// page.
//
// Profiles are data files (templates/profiles/*.xml); one may extend another. Made by read_profile
// (src/xml), used everywhere. Every field is set: base.xml sets them all.
#pragma once

#include <array>
#include <functional>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "flowproof/diagnostic.hpp"
#include "flowproof/flow.hpp"
#include "flowproof/vocabulary.hpp"

namespace flowproof {

/// "受理..决定": time runs after the last node of `from` to the last node of `to`.
struct StageSpan {
  Stage from = Stage::accept;
  Stage to = Stage::decide;
  friend bool operator==(const StageSpan&, const StageSpan&) = default;
};

/// A statutory clock (行政许可法 32, 42-44 …), 2.1 of the domain facts.
struct Clock {
  std::string id;                  ///< "decide", "supplement", "deliver" …
  std::vector<std::string> items;  ///< words of the items a special law sets it for; empty: all
  StageSpan span;
  TimeLimit limit;
  std::optional<Quantity> extension;
  std::string approver;
  std::string source;  ///< clause
};

/// A kind of procedure whose time is not counted, and why.
struct ExcludedKind {
  std::string word;    ///< 听证
  std::string source;  ///< 行政许可法第四十五条; empty: needs its own basis
};

/// A law that is not in force, and since when or why: 合同法, 民法典第一千二百六十条.
struct RepealedLaw {
  std::string name;
  std::string source;
};

struct Color {
  std::uint8_t red = 0, green = 0, blue = 0;
  friend bool operator==(const Color&, const Color&) = default;
};

/// Named outlines; GB/T 1526-1989 (ISO 5807:1985).
enum class Shape : std::uint8_t {
  terminator,  ///< 端点符
  process,     ///< 处理
  decision,    ///< 判断
  document,    ///< 文件
  data,        ///< 数据
  predefined,  ///< 特定处理, double sides
  parallel,    ///< 并行方式, two bars
  suspended,   ///< 处理 inside a dashed frame: the clock stands still
};

struct NodeStyle {
  Shape shape = Shape::process;
  Color fill{255, 255, 255}, stroke{0, 0, 0}, text{0, 0, 0};
  double stroke_width = 1;
};

/// The symbol of each node kind after GB/T 1526, by NodeKind.
[[nodiscard]] constexpr std::array<NodeStyle, node_kind_count> standard_symbols() {
  return {{{.shape = Shape::terminator},
           {.shape = Shape::process},
           {.shape = Shape::decision},
           {.shape = Shape::document},
           {.shape = Shape::data},
           {.shape = Shape::suspended},
           {.shape = Shape::parallel},
           {.shape = Shape::parallel},
           {.shape = Shape::predefined},
           {.shape = Shape::terminator}}};
}

/// Kind of lettering; each writer has a list of fonts for it.
enum class Typeface : std::uint8_t {
  sans,      ///< 黑体
  serif,     ///< 宋体
  fangsong,  ///< 仿宋, the lettering of official papers
};

/// The look of a chart; lengths in points.
struct Theme {
  std::string name;
  std::array<NodeStyle, node_kind_count> nodes = standard_symbols();
  Typeface typeface = Typeface::sans;
  double font_size = 10.5, title_size = 16, label_size = 9;
  Color background{255, 255, 255}, line{0, 0, 0}, lane_fill{255, 255, 255}, lane_line{0, 0, 0},
      muted{90, 90, 90};
  double line_width = 1;
};

/// automatic: A4; A3 for a chart whose text would be too small to read on A4.
enum class Paper : std::uint8_t { automatic, a4, a3 };

/// automatic: portrait, unless turning the sheet saves one or prints small text larger.
enum class Orientation : std::uint8_t { automatic, portrait, landscape };

struct PageSetup {
  Paper paper = Paper::automatic;
  Orientation orientation = Orientation::automatic;
  double margin = 34;          ///< 12 mm
  double binding_margin = 34;  ///< left; 57 pt = 20 mm if the sheet is bound
};

struct LayoutOptions {
  double rank_gap = 28;    ///< least space between boxes above one another
  double node_gap = 28;    ///< least space between boxes side by side
  double line_gap = 10;    ///< least space between parallel lines
  double arrow_room = 13;  ///< least straight end of a line, for its arrow
  double box_width = 104;  ///< common width of steps, before text asks for more
  double max_text_width = 132;
  bool refusals_above_next_stage = true;  ///< no datum of a profile: closer drawings may do without
};

/// For the names of rules and of lists of phrases, of which a check looks up very many.
struct NameHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view name) const {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(name[i]); };
    const std::size_t size = name.size();
    return size == 0 ? 0 : (byte(0) * 31U + byte(size / 2)) * 31U + byte(size - 1) + size;
  }
};

/// What profiles that extend one another share until one of them changes it: a copy is a pointer.
template <class T>
class Shared {
 public:
  const T& operator*() const { return *value_; }
  const T* operator->() const { return value_.get(); }
  /// To change it. Pre: no other thread uses the profile yet.
  T& own() {
    if (value_.use_count() > 1) value_ = std::make_shared<T>(*value_);
    return *value_;
  }

 private:
  std::shared_ptr<T> value_ = std::make_shared<T>();
};

struct Profile {
  std::string name, title;
  std::vector<ItemType> applies_to;
  Vocabulary vocabulary;
  TermList terms;  ///< words that stay whole, besides those for stages and outcomes
  std::vector<Stage> required_stages;
  std::vector<Outcome> required_outcomes;
  StageSpan promise_span;
  Shared<std::vector<Clock>> clocks;
  Shared<std::vector<ExcludedKind>> excluded;
  Shared<std::vector<RepealedLaw>> repealed;
  /// Lists of phrases rules look for in texts: "remedy" -> 复议, 诉讼 …
  Shared<std::unordered_map<std::string, PhraseList, NameHash, std::equal_to<>>> phrases;
  /// Rule name -> severity.
  std::unordered_map<std::string, Severity, NameHash, std::equal_to<>> levels;
  Theme theme;
  PageSetup page;
  LayoutOptions layout;

  /// That of a special law if the item's name holds one of its words, else the general one.
  [[nodiscard]] const Clock* clock(std::string_view id, std::string_view item = {}) const;
  /// The first phrase of a list that stands in the text; empty if none does.
  [[nodiscard]] std::string_view phrase_in(std::string_view list, std::string_view text) const;
  /// The kind of procedure named in the text whose time the law itself excludes; null if none.
  [[nodiscard]] const ExcludedKind* excluded_by_law(std::string_view text) const;
};

}  // namespace flowproof
