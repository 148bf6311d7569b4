#include <algorithm>

#include "base/terminal.hpp"
#include "flowproof/report.hpp"
#include "report/due_table.hpp"

namespace flowproof {

namespace {

/// How one statement of the proof came out.
enum class Proven : std::uint8_t { yes, no, told };

struct FaultRow {
  FaultKind kind;
  LocalizedText text;
  Proven none, some;  ///< with no such fault, with some
};

// Musts first, then what is only told.
constexpr FaultRow fault_rows[] = {
    {FaultKind::boxes_overlap, {"重叠的图框", "boxes that overlap"}, Proven::yes, Proven::no},
    {FaultKind::text_cut,
     {"放不下文字的图框", "boxes smaller than their text"},
     Proven::yes,
     Proven::no},
    {FaultKind::line_through_box, {"穿过图框的线", "lines through a box"}, Proven::yes, Proven::no},
    {FaultKind::lines_together,
     {"重合或间距不足 7.5 磅的线", "lines on one another or less than 7.5 points apart"},
     Proven::yes,
     Proven::no},
    {FaultKind::line_loose,
     {"斜线或没有接到图框的线", "slanted or loose lines"},
     Proven::yes,
     Proven::no},
    {FaultKind::ends_mixed,
     {"首尾相叠的线", "lines that begin where another ends"},
     Proven::yes,
     Proven::no},
    {FaultKind::off_corner,
     {"没有接在判断角上的线", "lines off the corners of decisions"},
     Proven::yes,
     Proven::no},
    {FaultKind::label_lost,
     {"没有画出的条件文字", "labels not drawn or cut"},
     Proven::yes,
     Proven::no},
    {FaultKind::label_covered,
     {"压在别处上的条件文字", "labels over anything"},
     Proven::yes,
     Proven::no},
    {FaultKind::outside_lane,
     {"泳道之外的图框", "boxes outside their lane"},
     Proven::yes,
     Proven::no},
    {FaultKind::outside_page,
     {"超出图面的部分", "things outside the chart"},
     Proven::yes,
     Proven::no},
    {FaultKind::line_rises,
     {"不是退回却往上走的线", "lines upwards that are no ways back"},
     Proven::yes,
     Proven::no},
    {FaultKind::main_line_bends,
     {"主线上偏离直线的图框", "boxes beside the straight main line"},
     Proven::yes,
     Proven::told},
    {FaultKind::line_winds,
     {"转弯超过三次的线", "lines with more than three bends"},
     Proven::yes,
     Proven::told},
    {FaultKind::lines_cross,
     {"交叉（画成跨线）", "crossings, drawn as bridges"},
     Proven::yes,
     Proven::told},
};
// The words of these rows.
static_assert(least_line_distance == 7.5 && most_bends_of_line == 3);

constexpr std::int64_t number(std::size_t count) { return static_cast<std::int64_t>(count); }

class ProofPrinter {
 public:
  ProofPrinter(const Checked& checked, const ReportOptions& options)
      : checked_(checked),
        flow_(*checked.subject.flow),
        facts_(checked.subject.facts),
        language_(options.language),
        out_(options.color) {}

  std::string print(std::string_view path) {
    out_ << Style::strong
         << render({"{path}：此图的证明", "{path}: proof of the chart"},
                   {{"path", std::string(path)}}, language_)
         << Style::plain;
    out_.line_end();
    print_runs();
    print_limits();
    if (checked_.drawing) print_drawing(*checked_.drawing);
    print_rules();
    return out_.take();
  }

 private:
  void head(const LocalizedText& text) {
    out_ << "  " << Style::strong << text.in(language_) << Style::plain;
    out_.line_end();
  }
  void say(Proven proven, const LocalizedText& text, const Arguments& arguments = {}) {
    static constexpr std::string_view signs[] = {"✓ ", "✗ ", "· "};
    out_ << "    " << signs[static_cast<std::size_t>(proven)] << render(text, arguments, language_);
    out_.line_end();
  }
  [[nodiscard]] bool found(std::string_view rule) const {
    const Diagnostics& findings = checked_.result.findings;
    return std::any_of(findings.begin(), findings.end(),
                       [&](const Diagnostic& finding) { return finding.rule->name == rule; });
  }

  // A rule that is off, or whose finding is waived, proves nothing.
  [[nodiscard]] bool held(std::string_view rule) const {
    const std::vector<const Rule*>& held = checked_.result.held;
    return std::any_of(held.begin(), held.end(),
                       [&](const Rule* each) { return each->name == rule; });
  }

  void print_runs() {
    head({"办理过程", "runs"});
    say(Proven::told,
        {"{boxes} 个图框，{lines} 条线，{ends} 个结束",
         "boxes: {boxes}, lines: {lines}, ends: {ends}"},
        {{"boxes", number(flow_.nodes.size())},
         {"lines", number(flow_.edges.size())},
         {"ends", number(facts_.ends.size())}});
    switch (facts_.verdict()) {
      case SoundnessVerdict::sound:
        say(Proven::yes,
            {"每一次办理，无论怎样选择，都恰好到达一个结束；每个图框都有机会走到",
             "every run, whatever is chosen, comes to exactly one end; every box has its turn"});
        break;
      case SoundnessVerdict::unsound:
        say(Proven::no, {"有的办理到不了结束：见 S 类发现",
                         "a run does not come to its end: see the findings S"});
        break;
      case SoundnessVerdict::undecided:
        say(Proven::told,
            {"能否都到达结束，没有得出结论", "whether every run comes to its end was not decided"});
        break;
    }
  }

  void print_limits() {
    head({"时限", "limits"});
    const Guide* guide = checked_.subject.guide ? &*checked_.subject.guide : nullptr;
    const auto limit_of = [&](const GuideLimit Guide::*field,
                              const TimeLimit& own) -> const TimeLimit& {
      return guide != nullptr && (guide->*field).given() ? (guide->*field).reading : own;
    };
    print_clock({"承诺时限", "promised limit"}, facts_.promise,
                limit_of(&Guide::promised, flow_.promised_limit), "path-over-promise");
    print_clock({"法定时限", "statutory limit"}, facts_.decision,
                limit_of(&Guide::statutory, flow_.statutory_limit), "path-over-statutory");
    for (std::uint32_t i = 0; i < flow_.nodes.size(); ++i) {
      const Node& node = flow_.nodes[i];
      if (facts_.counted[i] || !node.limit.has_amount() || node.limit.amount.milli == 0) continue;
      say(Proven::told, {"“{node}” {limit}，不计入", "'{node}' {limit}, not counted"},
          {{"node", node.label()}, {"limit", node.limit.amount}});
    }
  }

  void print_clock(const LocalizedText& name, const ClockFacts& clock, const TimeLimit& limit,
                   std::string_view rule) {
    if (!limit.has_amount()) {
      return say(Proven::told,
                 {"{name}：没有写明，未比较", "{name}: none is stated, nothing to compare"},
                 {{"name", name}});
    }
    Arguments arguments{{"name", name},
                        {"limit", limit.amount},
                        {"from", name_of(clock.span.from)},
                        {"to", name_of(clock.span.to)}};
    if (!clock.longest) {
      return say(
          Proven::told,
          clock.started
              ? LocalizedText{"{name} {limit}：{from}至{to}的时限单位不同，不能相加",
                              "{name} {limit}: the limits from {from} to {to} have different units "
                              "and no sum"}
              : LocalizedText{"{name} {limit}：图中没有从{from}到{to}的一段",
                              "{name} {limit}: the chart has no stretch from {from} to {to}"},
          arguments);
    }
    const TimedPath& path = clock.repeating ? *clock.repeating : *clock.longest;
    arguments.push_back({"sum", path.total});
    arguments.push_back({"addends", addends(path)});
    const bool kept = held(rule) && held("limits-not-comparable");
    const bool complete = clock.complete && path.proven;
    const Proven proven = found(rule) ? Proven::no : kept && complete ? Proven::yes : Proven::told;
    say(proven,
        {"{name} {limit}：{from}至{to}最长 {addends} = {sum}",
         "{name} {limit}: {from} to {to} takes at most {addends} = {sum}"},
        arguments);
    if (!clock.complete) {
      say(Proven::told, {"其中有的环节没有写明时限", "some of these steps state no limit"});
    }
  }

  /// "受理 5 + 审查 10".
  [[nodiscard]] std::string addends(const TimedPath& path) const {
    std::string text;
    for (const TimedPath::Step& step : path.steps) {
      if (step.milli == 0) continue;
      const Quantity amount{step.milli, path.total.unit};
      if (!text.empty()) text += " + ";
      text += flow_.node(step.node).label() + " " + quantity_in(amount, language_);
    }
    return text.empty() ? "0" : text;
  }

  void print_drawing(const DrawingFacts& drawing) {
    head({"图形", "drawing"});
    for (const FaultRow& row : fault_rows) {
      const std::size_t count = drawing.inspection.count(row.kind);
      say(count == 0 ? row.none : row.some, {"{what}：{count}", "{what}: {count}"},
          {{"what", row.text}, {"count", number(count)}});
    }
    if (!drawing.inspection.complete) {
      say(Proven::told, {"线太多，没有逐对比较", "too many lines to compare every pair"});
    }
    say(Proven::told,
        {"转弯共 {all} 处，一条线最多 {most} 处", "{all} bends, at most {most} a line"},
        {{"all", number(drawing.inspection.bends)},
         {"most", number(drawing.inspection.most_bends)}});
    say(Proven::told, {"主线 {count} 个图框：{way}", "main line of {count} boxes: {way}"},
        {{"count", number(drawing.main_line.size())}, {"way", way(drawing.main_line)}});
    const PaperFit& paper = drawing.paper;
    say(paper.least_text >= good_text_size - 0.005  ? Proven::yes
        : paper.box_text >= least_text_size - 0.005 ? Proven::told
                                                    : Proven::no,
        {"{paper} {turn} {pages} 页，缩放 {percent}%，图框文字 {box} 磅，条件文字 {label} "
         "磅，最小的字 {least} 磅",
         "{paper} {turn}, {pages} page(s), at {percent}%: text of boxes {box} pt, labels {label} "
         "pt, smallest text {least} pt"},
        {{"paper", std::string(paper.paper_name())},
         {"turn", paper.landscape() ? LocalizedText{"横向", "landscape"}
                                    : LocalizedText{"纵向", "portrait"}},
         {"pages", number(paper.pages)},
         {"percent", static_cast<std::int64_t>(paper.scale * 100 + 1e-6)},
         {"box", points_text(paper.box_text)},
         {"label", points_text(paper.label_text)},
         {"least", points_text(paper.least_text)}});
  }

  [[nodiscard]] std::string way(const std::vector<NodeIndex>& nodes) const {
    constexpr std::size_t most = 40;
    std::string text;
    for (std::size_t i = 0; i < nodes.size() && i < most; ++i) {
      if (i > 0) text += " → ";
      text += flow_.node(nodes[i]).label();
    }
    return nodes.size() > most ? text + " …" : text;
  }

  void print_rules() {
    const CheckResult& result = checked_.result;
    const auto count = [&](Severity severity) {
      return number(static_cast<std::size_t>(
          std::count_if(result.findings.begin(), result.findings.end(),
                        [&](const Diagnostic& finding) { return finding.severity == severity; })));
    };
    head({"规则", "rules"});
    say(Proven::told,
        {"检查了 {ran} 条规则，{skipped} 条缺少依据（如办事指南）未检查",
         "{ran} rules were run, {skipped} lack what they need (such as a guide)"},
        {{"ran", number(result.ran)}, {"skipped", number(result.skipped.size())}});
    say(count(Severity::error) == 0 ? Proven::yes : Proven::no,
        {"{errors} 个错误，{warnings} 个警告，{infos} 个提示",
         "errors: {errors}, warnings: {warnings}, infos: {infos}"},
        {{"errors", count(Severity::error)},
         {"warnings", count(Severity::warning)},
         {"infos", count(Severity::info)}});
    if (result.waived > 0) {
      say(Proven::told, {"另有 {count} 个发现已豁免", "{count} more were waived by the author"},
          {{"count", number(result.waived)}});
    }
  }

  const Checked& checked_;
  const Flow& flow_;
  const Facts& facts_;
  Language language_;
  TerminalText out_;
};

}  // namespace

std::string proof_text(const ReportedFile& file, const ReportOptions& options) {
  if (file.checked == nullptr || !file.checked->subject.flow) return {};
  return ProofPrinter(*file.checked, options).print(file.path);
}

}  // namespace flowproof
