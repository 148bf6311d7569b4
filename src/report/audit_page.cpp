// The dashboard of an audit: one page of HTML that needs nothing beside itself.
#include <array>
#include <charconv>

#include "flowproof/audit_report.hpp"
#include "flowproof/report.hpp"
#include "report/html_page.hpp"
#include "report/levels.hpp"

namespace flowproof {

namespace {

constexpr std::size_t most_rows = 200;  // departments shown; a worklist has them all

std::string count_text(std::uint64_t count) { return std::to_string(count); }

/// "43.8%", one decimal, without the locale.
std::string percent(double share) {
  std::array<char, 32> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), share * 100,
                                 std::chars_format::fixed, 1);
  return std::string(digits.data(), end.ptr) + "%";
}

double part_of(std::uint64_t part, std::uint64_t whole) {
  return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}

struct BarPart {
  std::uint64_t value;
  std::string_view css_class;  ///< has its colour
};

/// One bar as wide as its cell at `most`; the figures stand beside it as text.
void put_bar(Markup& html, std::span<const BarPart> parts, std::uint64_t most) {
  constexpr std::uint64_t width = 1000;
  html.open("svg", {{"class", "bar"},
                    {"viewBox", "0 0 1000 10"},
                    {"preserveAspectRatio", "none"},
                    {"width", "100%"},
                    {"aria-hidden", "true"}});
  double x = 0;
  for (const BarPart& part : parts) {
    const double share = part_of(part.value, most) * static_cast<double>(width);
    if (part.value == 0) continue;
    const auto length = static_cast<std::uint64_t>(std::max(share, 2.0));
    html.empty("rect", {{"class", part.css_class},
                        {"x", count_text(static_cast<std::uint64_t>(x))},
                        {"y", "0"},
                        {"width", count_text(length)},
                        {"height", "10"},
                        {"fill", "currentColor"}});
    x += static_cast<double>(length);
  }
  html.close();
}

class Dashboard {
 public:
  Dashboard(const AuditOverview& overview, bool compared, Language language)
      : overview_(overview), compared_(compared), language_(language) {}

  std::string write() {
    html_.made(page_begin(say({"办事指南检查总览", "Audit of service guides"}), language_));
    put_figures();
    put_departments();
    put_rules();
    put_reduction();
    put_reduction_by_department();
    put_reasons();
    html_.made(page_end());
    return html_.take();
  }

 private:
  [[nodiscard]] std::string_view say(const LocalizedText& text) const { return text.in(language_); }
  [[nodiscard]] std::string_view department_name(std::string_view name) const {
    return name.empty() ? say({"（未写部门）", "(no department)"}) : name;
  }

  void begin_table(const LocalizedText& title, std::span<const LocalizedText> heads,
                   std::string_view classes) {
    html_.open("section", {{"class", "chart"}}).element("h3", say(title)).open("table");
    html_.open("thead").open("tr");
    for (std::size_t i = 0; i < heads.size(); ++i) {
      html_.element("th", say(heads[i]),
                    {{"class", classes[i] == 'n' ? "n" : ""},
                     {"style", classes[i] == 'b' ? "width:38%" : ""}});
    }
    html_.close().close().open("tbody").line_end();
  }
  void end_table() { html_.close().close().close().line_end(); }
  void number(std::uint64_t count) { html_.element("td", count_text(count), {{"class", "n"}}); }
  void share(double value) { html_.element("td", percent(value), {{"class", "n"}}); }

  void put_figures() {
    const AuditSums& total = overview_.total();
    struct Row {
      std::uint64_t count;
      LocalizedText label;
      std::string_view css_class;
    };
    const Row rows[] = {{total.records, {"条记录", "records"}, ""},
                        {total.clean, {"无问题", "clean"}, "pass"},
                        {total.with_findings, {"有问题", "with findings"}, "error"},
                        {total.of(Severity::error), {"错误", "errors"}, "error"},
                        {total.of(Severity::warning), {"警告", "warnings"}, "warning"},
                        {total.of(Severity::info), {"提示", "notes"}, "info"},
                        {total.quarantined, {"无法使用", "unusable"}, ""}};
    const Row changes[] = {{total.of(FindingState::fresh), {"新增", "new"}, "error"},
                           {total.of(FindingState::remaining), {"遗留", "remaining"}, "warning"},
                           {total.of(FindingState::fixed), {"已整改", "fixed"}, "pass"}};
    const auto put = [&](std::span<const Row> figures) {
      html_.open("ul", {{"class", "figures"}});
      for (const Row& row : figures) {
        put_figure(html_, count_text(row.count), say(row.label),
                   row.count == 0 ? "" : row.css_class);
      }
      html_.close().line_end();
    };
    put(rows);
    if (!compared_) return;
    html_.element("h3", say({"与上次检查相比", "Since the earlier run"}));
    put(changes);
  }

  void put_departments() {
    constexpr LocalizedText heads[] = {
        {"部门", "department"}, {"记录", "records"},   {"错误", "errors"},
        {"警告", "warnings"},   {"提示", "notes"},     {"分布", "in a bar"},
        {"新增", "new"},        {"遗留", "remaining"}, {"已整改", "fixed"}};
    const std::span<const LocalizedText> shown =
        std::span(heads).first(std::size(heads) - (compared_ ? 0 : 3));
    auto departments = overview_.departments();
    const std::size_t all = departments.size();
    std::erase_if(departments, [](const auto& row) {
      return row.second->findings() + row.second->of(FindingState::fixed) == 0;
    });
    std::uint64_t most = 1;
    for (const auto& [name, sums] : departments) most = std::max(most, sums->findings());
    begin_table({"各部门的问题", "Findings by department"}, shown, "tnnnnbnnn");
    for (std::size_t i = 0; i < std::min(departments.size(), most_rows); ++i) {
      const auto& [name, sums] = departments[i];
      html_.open("tr").element("td", department_name(name));
      number(sums->records);
      put_by_severity(*sums, most);
      if (compared_) {
        for (const FindingState state :
             {FindingState::fresh, FindingState::remaining, FindingState::fixed})
          number(sums->of(state));
      }
      html_.close().line_end();
    }
    end_table();
    put_rest(departments.size());
    const LocalizedText without{"{n} 个部门没有问题", "departments without findings: {n}"};
    html_.element(
        "p",
        render(without, {{"n", static_cast<std::int64_t>(all - departments.size())}}, language_),
        {{"class", "quiet"}});
  }

  /// Three figures and a bar of them.
  template <class Sums>
  void put_by_severity(const Sums& sums, std::uint64_t most) {
    for (const Severity severity : {Severity::error, Severity::warning, Severity::info})
      number(sums.of(severity));
    html_.open("td");
    put_bar(html_,
            std::array{BarPart{sums.of(Severity::error), "error"},
                       BarPart{sums.of(Severity::warning), "warning"},
                       BarPart{sums.of(Severity::info), "info"}},
            most);
    html_.close();
  }

  void put_rest(std::size_t departments) {
    if (departments <= most_rows) return;
    html_.element("p",
                  render({"另有 {n} 个部门未列出", "{n} more departments are not listed"},
                         {{"n", static_cast<std::int64_t>(departments - most_rows)}}, language_),
                  {{"class", "quiet"}});
  }

  void put_rules() {
    constexpr LocalizedText heads[] = {{"规则", "rule"},     {"错误", "errors"},
                                       {"警告", "warnings"}, {"提示", "notes"},
                                       {"分布", "in a bar"}, {"依据", "source"}};
    const std::vector<const RuleSums*> rules = overview_.rules();
    if (rules.empty()) return;
    begin_table({"各规则的问题", "Findings by rule"}, heads, "tnnnbt");
    for (const RuleSums* rule : rules) {
      html_.open("tr").open("td").text(rule->rule + " " + rule->name);
      html_.empty("br").element("span", rule->example, {{"class", "quiet"}}).close();
      put_by_severity(*rule, rules.front()->findings);
      html_.element("td", rule->source).close().line_end();
    }
    end_table();
  }

  void put_reduction() {
    const Reduction& reduction = overview_.total().reduction;
    html_.open("section", {{"class", "chart"}});
    html_.element(
        "h3", say({"双减半：承诺时限与法定时限", "Reduction: promised against statutory limits"}));
    html_.open("ul", {{"class", "figures"}});
    put_figure(html_, count_text(reduction.comparable), say({"可比事项", "comparable items"}));
    put_figure(html_, percent(reduction.mean()), say({"承诺/法定平均", "mean promised/statutory"}));
    put_figure(html_, percent(reduction.comparable == 0 ? 0 : 1 - reduction.mean()),
               say({"平均压缩比", "mean reduction"}));
    put_figure(html_, percent(part_of(reduction.within_half, reduction.comparable)),
               say({"不超过一半的事项", "items within half"}));
    put_figure(html_, count_text(reduction.not_comparable), say({"不可比", "not comparable"}));
    html_.close().close().line_end();
    constexpr LocalizedText heads[] = {{"承诺占法定", "promised/statutory"},
                                       {"事项", "items"},
                                       {"占比", "share"},
                                       {"分布", "in a bar"}};
    std::uint64_t most = 1;
    for (const std::uint64_t count : reduction.by_band) most = std::max(most, count);
    begin_table({"压缩程度分布", "Distribution"}, heads, "tnnb");
    for (std::size_t band = 0; band < Reduction::bands; ++band) {
      const std::uint64_t count = reduction.by_band[band];
      html_.open("tr").element("td", say(band_name(band)));
      number(count);
      share(part_of(count, reduction.comparable));
      html_.open("td");
      put_bar(html_, std::array{BarPart{count, band + 1 == Reduction::bands ? "error" : "quiet"}},
              most);
      html_.close().close().line_end();
    }
    end_table();
  }

  void put_reduction_by_department() {
    constexpr LocalizedText heads[] = {{"部门", "department"},    {"可比事项", "comparable"},
                                       {"承诺/法定平均", "mean"}, {"不超过一半", "within half"},
                                       {"占比", "share"},         {"平均值", "mean in a bar"}};
    const auto departments = overview_.departments();
    begin_table({"各部门的压缩程度", "Reduction by department"}, heads, "tnnnnb");
    std::size_t shown = 0;
    for (const auto& [name, sums] : departments) {
      const Reduction& reduction = sums->reduction;
      if (reduction.comparable == 0 || shown++ >= most_rows) continue;
      html_.open("tr").element("td", department_name(name));
      number(reduction.comparable);
      share(reduction.mean());
      number(reduction.within_half);
      share(part_of(reduction.within_half, reduction.comparable));
      html_.open("td");
      constexpr double thousand = 1000;
      const auto mean = static_cast<std::uint64_t>(std::min(reduction.mean(), 1.0) * thousand);
      put_bar(html_, std::array{BarPart{mean, mean > 500 ? "warning" : "quiet"}}, 1000);
      html_.close().close().line_end();
    }
    end_table();
  }

  void put_reasons() {
    if (overview_.reasons().empty()) return;
    constexpr LocalizedText heads[] = {{"原因", "reason"}, {"记录", "records"}};
    begin_table({"无法使用的记录", "Unusable records"}, heads, "tn");
    for (const auto& [reason, count] : overview_.reasons()) {
      html_.open("tr").element("td", reason);
      number(count);
      html_.close().line_end();
    }
    end_table();
  }

  const AuditOverview& overview_;
  bool compared_;
  Language language_;
  Markup html_;
};

}  // namespace

std::string audit_page(const AuditOverview& overview, bool compared, Language language) {
  return Dashboard(overview, compared, language).write();
}

}  // namespace flowproof
