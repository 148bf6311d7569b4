// Writes one page of a scene as SVG: real text, groups with ids and names, no script, no reference.
//
// Size matters: each paint and each lettering is a class once, coordinates have two decimals, and
// axis-parallel lines use H and V.
#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstring>
#include <optional>
#include <string>
#include <tuple>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "base/unicode.hpp"
#include "base/web_link.hpp"
#include "flowproof/writer.hpp"
#include "svg/xml_printer.hpp"

namespace flowproof {

namespace {

// By Typeface; fonts of the common systems, best first. Unquoted names are valid CSS.
constexpr std::array<std::string_view, 3> font_families{
    "Source Han Sans SC,Noto Sans CJK SC,Microsoft YaHei,PingFang SC,sans-serif",
    "Source Han Serif SC,Noto Serif CJK SC,SimSun,Songti SC,serif",
    "FangSong,FangSong_GB2312,STFangsong,Noto Serif CJK SC,SimSun,serif"};

/// Hundredths of a point, so that equal on paper is equal in bytes.
using Fixed = std::int64_t;

Fixed fixed(double points) {
  constexpr double most = 1e12;
  if (std::isnan(points)) return 0;
  const double value = std::clamp(points * 100, -most, most);
  const auto whole = static_cast<Fixed>(value);  // to the nearest as llround, without the call
  const double rest = value - static_cast<double>(whole);
  return whole + Fixed{rest >= 0.5} - Fixed{rest <= -0.5};
}

// "00" to "99"
constexpr auto pairs_of_digits = [] {
  std::array<char, 200> digits{};
  for (std::size_t i = 0; i < 100; ++i) {
    digits[2 * i] = static_cast<char>('0' + i / 10);
    digits[2 * i + 1] = static_cast<char>('0' + i % 10);
  }
  return digits;
}();

constexpr std::size_t number_room = 24;

/// Pre: `number_room` bytes at `end`. The place behind what was written.
char* write_number(char* end, Fixed value) {
  if (value < 0) *end++ = '-';
  const auto size = static_cast<std::uint64_t>(value < 0 ? -value : value);
  std::uint32_t rest = 0;
  if (size >= 100'000) {
    end = std::to_chars(end, end + number_room, size / 100).ptr;
    rest = static_cast<std::uint32_t>(size % 100);
  } else {  // nearly all
    const auto small = static_cast<std::uint32_t>(size);
    const std::uint32_t whole = small / 100;
    rest = small - whole * 100;
    if (whole >= 10) {
      std::uint32_t below = whole;
      if (whole >= 100) {
        const std::uint32_t hundreds = whole / 100;
        *end++ = static_cast<char>('0' + hundreds);
        below -= hundreds * 100;
      }
      std::memcpy(end, &pairs_of_digits[2 * std::size_t{below}], 2);
      end += 2;
    } else if (whole != 0 || rest == 0) {
      *end++ = static_cast<char>('0' + whole);
    }
  }
  if (rest != 0) {
    *end = '.';
    std::memcpy(end + 1, &pairs_of_digits[2 * std::size_t{rest}], 2);
    end += rest % 10 != 0 ? 3 : 2;
  }
  return end;
}

void add_number(TextBuffer& out, Fixed value) {
  char* const begin = out.room_for(number_room);
  out.advance(static_cast<std::size_t>(write_number(begin, value) - begin));
}

std::string number(double points) {
  TextBuffer text(32);
  add_number(text, fixed(points));
  return std::string(text.view());
}

void add_hex(TextBuffer& out, Color color) {
  constexpr std::string_view digits = "0123456789abcdef";
  const std::array parts{color.red, color.green, color.blue};
  const bool doubled = std::all_of(parts.begin(), parts.end(),
                                   [](std::uint8_t part) { return part >> 4U == (part & 15U); });
  out += '#';
  for (const std::uint8_t part : parts) {
    out += digits[part >> 4U];
    if (!doubled) out += digits[part & 15U];
  }
}

/// Writes the steps of a path behind one another.
class PathData {
 public:
  static constexpr std::size_t step_room = 1 + 6 * (1 + number_room);  // a curve

  /// Pre: `step_room` bytes a step at `end`.
  explicit PathData(char* end) : end_(end) {}
  [[nodiscard]] char* end() const { return end_; }

  void operator()(const MoveTo& step) {
    command('M');
    at(step.to);
  }
  void operator()(const LineTo& step) {
    const Fixed x = fixed(step.to.x), y = fixed(step.to.y);
    if (x == x_ && y == y_) return;
    if (y == y_) {
      command('H');
      value(x);
    } else if (x == x_) {
      command('V');
      value(y);
    } else {
      command('L');
      value(x);
      value(y);
    }
    x_ = x;
    y_ = y;
  }
  void operator()(const CurveTo& step) {
    command('C');
    at(step.control1);
    at(step.control2);
    at(step.to);
  }
  void operator()(const ClosePath& /*step*/) { command('Z'); }

 private:
  void command(char name) {
    *end_++ = name;
    fresh_ = true;
  }
  void value(Fixed number) {
    if (!fresh_ && number >= 0) *end_++ = ' ';
    end_ = write_number(end_, number);
    fresh_ = false;
  }
  void at(Point to) {
    x_ = fixed(to.x);
    y_ = fixed(to.y);
    value(x_);
    value(y_);
  }

  char* end_;
  Fixed x_ = 0, y_ = 0;
  bool fresh_ = true;  // no separator needed: a command letter stands before
};

void declare(TextBuffer& css, const PathItem& item) {
  css += "fill:";
  if (item.fill) {
    add_hex(css, *item.fill);
  } else {
    css += "none";
  }
  if (!item.stroke) return;
  css += ";stroke:";
  add_hex(css, *item.stroke);
  if (const Fixed width = fixed(item.stroke_width); width != 100) {
    css += ";stroke-width:";
    add_number(css, width);
  }
  std::string_view before = ";stroke-dasharray:";
  for (const double dash : item.dashes) {
    css += std::exchange(before, " ");
    add_number(css, fixed(dash));
  }
}

void declare(TextBuffer& css, const TextItem& item) {
  css += "font-size:";
  add_number(css, fixed(item.size));
  css += "px";
  if (item.weight == Weight::bold) css += ";font-weight:700";
  if (item.anchor == Anchor::start) css += ";text-anchor:start";
  if (item.anchor == Anchor::end) css += ";text-anchor:end";
  if (item.color == Color{}) return;
  css += ";fill:";
  add_hex(css, item.color);
}

/// What the declarations of an item are made of; cheaper to compare than they are.
struct PathLook {
  std::optional<Color> fill, stroke;
  double width = 0;
  std::vector<double> dashes;
  explicit PathLook(const PathItem& item)
      : fill(item.fill), stroke(item.stroke), width(item.stroke_width), dashes(item.dashes) {}
  [[nodiscard]] bool fits(const PathItem& item) const {
    return fill == item.fill && stroke == item.stroke && width == item.stroke_width &&
           dashes == item.dashes;
  }
};
struct TextLook {
  double size = 0;
  Weight weight{};
  Anchor anchor{};
  Color color;
  explicit TextLook(const TextItem& item)
      : size(item.size), weight(item.weight), anchor(item.anchor), color(item.color) {}
  [[nodiscard]] bool fits(const TextItem& item) const {
    return size == item.size && weight == item.weight && anchor == item.anchor &&
           color == item.color;
  }
};

/// Each distinct set of declarations gets a class: a, b, … z, aa …
class Classes {
 public:
  using Index = std::size_t;

  explicit Classes(std::string prefix) : prefix_(std::move(prefix)) {}

  Index of(const PathItem& item) { return of(item, paths_); }
  Index of(const TextItem& item) { return of(item, texts_); }
  [[nodiscard]] const std::string& name(Index index) const { return rows_[index].name; }
  [[nodiscard]] std::string sheet() const {
    std::string text;
    text.reserve(rows_.size() * usual_row);
    for (const Row& row : rows_) {
      text += '.';
      text += row.name;
      text += '{';
      text += row.css;
      text += '}';
    }
    return text;
  }

 private:
  static constexpr std::size_t usual_row = 60;  // bytes
  struct Row {
    std::string css, name;
  };
  template <class Look>
  using Looks = std::vector<std::pair<Look, Index>>;

  template <class Item, class Look>
  Index of(const Item& item, Looks<Look>& looks) {
    for (const auto& [look, index] : looks) {
      if (look.fits(item)) return index;
    }
    css_.clear();
    declare(css_, item);
    return looks.emplace_back(Look(item), index_of(css_.view())).second;
  }
  Index index_of(std::string_view css) {
    const auto known =
        std::find_if(rows_.begin(), rows_.end(), [&](const Row& row) { return row.css == css; });
    if (known != rows_.end()) return static_cast<Index>(known - rows_.begin());
    std::string name;
    for (std::size_t number = rows_.size() + 1; number > 0; number = (number - 1) / 26) {
      name.insert(name.begin(), static_cast<char>('a' + (number - 1) % 26));
    }
    rows_.push_back({std::string(css), prefix_ + name});
    return rows_.size() - 1;
  }

  std::string prefix_;
  std::vector<Row> rows_;
  TextBuffer css_{64};
  Looks<PathLook> paths_;
  Looks<TextLook> texts_;
};

/// RFC 4648.
std::string base64(std::string_view bytes) {
  constexpr std::string_view digits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  out.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const std::size_t count = std::min<std::size_t>(3, bytes.size() - i);
    std::uint32_t group = 0;
    for (std::size_t k = 0; k < 3; ++k) {
      group = group << 8U | (k < count ? static_cast<unsigned char>(bytes[i + k]) : 0U);
    }
    for (std::size_t k = 0; k < 4; ++k) {
      out += k <= count ? digits[group >> (18 - 6 * k) & 63U] : '=';
    }
  }
  return out;
}

bool is_plain(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '_' || c == '.';
}

/// Ids that are legal in HTML and CSS and occur once.
class Ids {
 public:
  explicit Ids(std::string prefix) : prefix_(std::move(prefix)) { taken_.reserve(usual); }

  const std::string& unique(std::string_view wanted) {
    std::string id = prefix_;
    id += wanted;
    if (!std::all_of(wanted.begin(), wanted.end(), is_plain)) id = prefix_ + legal(wanted);
    if (id.empty() || (id.front() >= '0' && id.front() <= '9') || id.front() == '-')
      id.insert(0, 1, '_');
    auto [taken, fresh] = taken_.insert(id);
    while (!fresh) {
      std::tie(taken, fresh) = taken_.insert(id + '-' + std::to_string(++repeats_[id] + 1));
    }
    return *taken;
  }

 private:
  static std::string legal(std::string_view wanted) {
    std::string id;
    for (std::size_t i = 0; i < wanted.size();) {
      const CodePoint point = code_point_at(wanted, i);
      const bool good = point.value < 0x80 ? is_plain(wanted[i])
                                           : kind_of(point.value) == CharacterKind::ordinary;
      const std::size_t length = std::max<std::size_t>(point.length, 1);
      id += point.length > 0 && good ? wanted.substr(i, length) : "_";
      i += length;
    }
    return id;
  }

  static constexpr std::size_t usual = 64;  // of a chart

  std::string prefix_;
  std::unordered_set<std::string> taken_;
  std::unordered_map<std::string, std::size_t> repeats_;  // so that many equal ids stay cheap
};

bool keeps_spaces(std::string_view text) {
  return text.starts_with(' ') || text.ends_with(' ') || text.find("  ") != std::string_view::npos;
}

class Document {
 public:
  Document(const Scene& scene, const WriteOptions& options, std::span<const std::string> fonts)
      : scene_(scene),
        page_(scene.pages[options.page]),
        fonts_(fonts),
        prefix_(options.id_prefix),
        ids_(options.id_prefix),
        classes_(options.id_prefix) {}

  std::string write() {
    const std::string title = unique("title"), description = unique("desc");
    const std::string width = number(page_.size.width), height = number(page_.size.height);
    xml_.open("svg");
    xml_.plain_attribute("xmlns", "http://www.w3.org/2000/svg");
    xml_.plain_attribute("width", width + "pt");
    xml_.plain_attribute("height", height + "pt");
    xml_.plain_attribute("viewBox", "0 0 " + width + ' ' + height);
    // Inherited, not a rule of the sheet: that would reach into other charts of an HTML page.
    xml_.attribute(
        "font-family",
        own_families() + std::string(font_families[static_cast<std::size_t>(scene_.typeface)]));
    xml_.plain_attribute("text-anchor", "middle");
    xml_.attribute("lang", scene_.language);
    xml_.plain_attribute("role", "img");
    xml_.plain_attribute("aria-labelledby", title + ' ' + description);
    element_with_id("title", title, scene_.title);
    element_with_id("desc", description, scene_.description);
    const std::vector<Classes::Index> classes = classes_of_items();
    xml_.open("style");
    xml_.plain_text(font_faces());
    xml_.plain_text(classes_.sheet());
    xml_.close();
    xml_.open("path");
    add_hex(xml_.begin_attribute("fill"), scene_.background);
    xml_.end_attribute();
    xml_.plain_attribute("d", "M0 0H" + width + 'V' + height + "H0Z");
    xml_.close();
    const Classes::Index* next = classes.data();
    for (const Group& group : page_.groups) {
      xml_.end_line();  // a line a group, so that two drawings can be compared
      next = write_group(group, next);
    }
    xml_.close();
    xml_.end_line();
    return xml_.take();
  }

 private:
  [[nodiscard]] std::string family(std::size_t font) const {
    return prefix_ + "flowproof-" + std::to_string(font + 1);
  }
  [[nodiscard]] std::string own_families() const {
    std::string names;
    for (std::size_t i = 0; i < fonts_.size(); ++i) names += family(i) + ',';
    return names;
  }
  [[nodiscard]] std::string font_faces() const {
    std::string css;
    for (std::size_t i = 0; i < fonts_.size(); ++i) {
      css += "@font-face{font-family:" + family(i) + ";src:url(data:font/otf;base64," +
             base64(fonts_[i]) + ")}";
    }
    return css;
  }

  /// Of every item of the page, in their order.
  std::vector<Classes::Index> classes_of_items() {
    std::vector<Classes::Index> all;
    for (const Group& group : page_.groups) {
      for (const Item& item : group.items) {
        all.push_back(std::visit([&](const auto& kind) { return classes_.of(kind); }, item));
      }
    }
    return all;
  }

  /// `next`: the classes of its items; those of the next group are the result.
  const Classes::Index* write_group(const Group& group, const Classes::Index* next) {
    xml_.open("g");
    if (!group.id.empty()) xml_.attribute("id", unique(group.id));
    if (!group.css_class.empty()) xml_.attribute("class", group.css_class);
    if (!group.name.empty()) xml_.attribute("aria-label", group.name);
    const bool link = is_web_link(group.href) || group.href.starts_with('#');
    if (link) {
      xml_.open("a");
      xml_.attribute("href", group.href);
    }
    for (const Item& item : group.items) {
      std::visit([&](const auto& kind) { write_item(kind, classes_.name(*next)); }, item);
      ++next;
    }
    if (link) xml_.close();
    xml_.close();
    return next;
  }

  void write_item(const PathItem& item, const std::string& name) {
    xml_.open("path");
    xml_.plain_attribute("class", name);
    TextBuffer& out = xml_.begin_attribute("d");
    char* const begin = out.room_for(item.steps.size() * PathData::step_room);
    PathData data(begin);
    for (const PathStep& step : item.steps) std::visit(data, step);
    out.advance(static_cast<std::size_t>(data.end() - begin));
    xml_.end_attribute();
    xml_.close();
  }

  void write_item(const TextItem& item, const std::string& name) {
    xml_.open("text");
    xml_.plain_attribute("class", name);
    end_with(xml_.begin_attribute("x"), item.at.x);
    end_with(xml_.begin_attribute("y"), item.at.y);
    if (keeps_spaces(item.text)) xml_.attribute("xml:space", "preserve");
    xml_.text(item.text);
    xml_.close();
  }

  template <std::size_t size>
  void element_with_id(const char (&name)[size], const std::string& id, const std::string& text) {
    xml_.open(name);
    xml_.attribute("id", id);
    xml_.text(text);
    xml_.close();
  }
  const std::string& unique(std::string_view id) { return ids_.unique(id); }
  void end_with(TextBuffer& attribute, double points) {
    add_number(attribute, fixed(points));
    xml_.end_attribute();
  }

  const Scene& scene_;
  const ScenePage& page_;
  std::span<const std::string> fonts_;
  std::string prefix_;
  Ids ids_;
  Classes classes_;
  XmlPrinter xml_;
};

}  // namespace

std::string write_svg(const Scene& scene, const WriteOptions& options,
                      std::span<const std::string> fonts) {
  if (options.page >= scene.pages.size()) return {};
  return Document(scene, options, fonts).write();
}

}  // namespace flowproof
