#include "report/due_table.hpp"

#include "base/terminal.hpp"

namespace flowproof {

namespace {

// By DueKind; boxes are called by their label.
constexpr LocalizedText kind_names[] = {
    {"环节", "stage"},
    {"承诺时限", "promised limit"},
    {"法定时限", "statutory limit"},
    {"法定送达期限（自决定之日起）", "statutory limit of delivery (from the decision)"},
    {"不计入", "not counted"},
};

constexpr LocalizedText heading{"{path}：{date} 受理，最迟办结日期",
                                "{path}: accepted on {date}, due at the latest on"};
constexpr LocalizedText mixed{"各环节时限单位不同，不能相加，没有逐个列出",
                              "the steps stand in different units and are not added up"};
constexpr LocalizedText estimated{"（放假安排未公布，按最长假期估计）",
                                  "(estimated: that year's holidays are not published)"};
constexpr LocalizedText no_day{"不能确定", "not known"};
constexpr LocalizedText on_top{"另加", "on top"};

}  // namespace

std::string label_of(const DueRow& row, const Flow& flow, Language language) {
  if (row.node) return flow.node(*row.node).label();
  return std::string(kind_names[static_cast<std::size_t>(row.kind)].in(language));
}

std::string day_of(const DueRow& row, Language language) {
  if (row.due) return date_text(row.due->date);
  return std::string((row.kind == DueKind::excluded ? on_top : no_day).in(language));
}

std::string remark_on(const DueRow& row, Language language) {
  if (row.due && row.due->estimated) return std::string(estimated.in(language));
  if (row.kind != DueKind::excluded) return {};
  return std::string(kind_names[static_cast<std::size_t>(row.kind)].in(language));
}

std::string remark_on(const DueDates& due, Language language) {
  return due.mixed_units ? std::string(mixed.in(language)) : std::string();
}

std::string quantity_in(const Quantity& quantity, Language language) {
  constexpr LocalizedText instant{"当场", "on the spot"};
  if (quantity.milli == 0) return std::string(instant.in(language));
  return quantity_text(quantity, language);
}

std::string due_text(const Checked& checked, const ReportOptions& options) {
  if (!checked.due) return {};
  const Language language = options.language;
  TerminalText out(options.color);
  out << Style::strong
      << render(heading,
                {{"path", checked.subject.sources.front().path},
                 {"date", date_text(checked.due->accepted_on)}},
                language)
      << Style::plain;
  out.line_end();
  if (const std::string remark = remark_on(*checked.due, language); !remark.empty()) {
    out << "  " << remark;
    out.line_end();
  }
  constexpr std::size_t column = 12;
  for (const DueRow& row : checked.due->rows) {
    const std::string day = day_of(row, language);
    out << "  " << day;
    const std::size_t width = terminal_columns(day);
    out.blanks(width < column ? column - width : 1);
    out << label_of(row, *checked.subject.flow, language) << "  "
        << quantity_in(row.limit, language);
    const std::string remark = remark_on(row, language);
    if (!remark.empty()) out << Style::quiet << "  " << remark << Style::plain;
    out.line_end();
  }
  return out.take();
}

}  // namespace flowproof
