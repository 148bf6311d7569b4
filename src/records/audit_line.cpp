#include "records/audit_line.hpp"

#include <array>
#include <charconv>

#include "base/unicode.hpp"
#include "flowproof/rule.hpp"

namespace flowproof {

namespace {

constexpr std::size_t greatest_excerpt = 240;   // bytes of a value that a finding quotes
constexpr std::size_t greatest_beginning = 80;  // bytes of a record that could not be used

void append_string(std::string& out, std::string_view text) {
  out += '"';
  for (const char byte : text) {
    const auto code = static_cast<unsigned char>(byte);
    if (byte == '"' || byte == '\\') {
      out += '\\';
      out += byte;
    } else if (code < 0x20) {
      constexpr std::string_view digits = "0123456789abcdef";
      out += "\\u00";
      out += digits[code >> 4U];
      out += digits[code & 15U];
    } else {
      out += byte;
    }
  }
  out += '"';
}

void append_number(std::string& out, std::uint64_t number) {
  std::array<char, 20> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number);
  out.append(digits.data(), end.ptr);
}

void append_member(std::string& out, std::string_view name, std::string_view value) {
  out += ",\"";
  out += name;
  out += "\":";
  append_string(out, value);
}

/// "statutory":{"value":"20","unit":"工作日"}; thousandths as a decimal number.
void append_limit(std::string& out, std::string_view name, const TimeLimit& limit) {
  if (!limit.has_amount()) return;
  out += ",\"";
  out += name;
  out += "\":{\"value\":";
  const std::int64_t milli = limit.amount.milli;
  append_number(out, static_cast<std::uint64_t>(milli / 1000));
  if (milli % 1000 != 0) {
    std::string fraction = std::to_string(1000 + milli % 1000).substr(1);
    while (fraction.ends_with('0')) fraction.pop_back();
    out += '.';
    out += fraction;
  }
  out += ",\"unit\":";
  append_string(out, limit.form == LimitForm::instant ? "instant" : id_of(limit.amount.unit));
  out += '}';
}

std::string_view severity_name(Severity severity) {
  constexpr std::string_view names[] = {"off", "info", "warning", "error"};
  return names[static_cast<std::size_t>(severity)];
}

std::string_view field_of(const GuideRecord& record, Span span) {
  return span.offset < record.fields.size() ? std::string_view(record.fields[span.offset])
                                            : std::string_view();
}

/// The beginning of a text as valid UTF-8 without control characters.
std::string excerpt(std::string_view text, std::size_t greatest) {
  std::string out;
  for (std::size_t i = 0; i < text.size() && out.size() < greatest;) {
    const CodePoint point = code_point_at(text, i);
    const bool shown = point.length > 0 && kind_of(point.value) == CharacterKind::ordinary;
    if (shown) {
      out += text.substr(i, point.length);
    } else {
      out += "\uFFFD";
    }
    i += std::max<std::size_t>(point.length, 1);
    if (out.size() >= greatest && i < text.size()) return out + "…";
  }
  return out;
}

/// Which element of the guide it is about, and what stands there.
void append_element(std::string& out, const Guide& guide, const Diagnostic& finding) {
  const GuideElement element = guide_element_at(guide, finding.span.offset);
  if (element.text == nullptr) {
    if (!finding.element.empty()) append_member(out, "element", finding.element);  // is missing
    return;
  }
  std::string name(element.list);
  if (!name.empty()) name += '.';
  append_member(out, "element", name.append(element.name));
  append_member(out, "excerpt", excerpt(element.text->value, greatest_excerpt));
}

void append_finding(std::string& out, const GuideRecord& record, const Diagnostic& finding,
                    Language language) {
  out += "{\"rule\":";
  append_string(out, finding.rule->code);
  append_member(out, "name", finding.rule->name);
  append_member(out, "severity", severity_name(finding.severity));
  append_member(out, "field", field_of(record, finding.span));
  append_element(out, record.guide, finding);
  append_member(out, "message", render(finding.message, language));
  append_member(out, "help", render(finding.help, finding.message.arguments, language));
  append_member(out, "source", finding.rule->source.in(language));
  out += ",\"witness\":[";
  for (std::size_t i = 0; i < finding.witness.size(); ++i) {
    if (i > 0) out += ',';
    const Remark& remark = finding.witness[i];
    out += "{\"field\":";
    append_string(out, field_of(record, remark.span));
    append_member(out, "message", render(remark.message, language));
    out += '}';
  }
  out += "]}";
}

void open_line(std::string& out, LineHead head, std::uint64_t line, std::string_view status) {
  out += "{\"record\":";
  append_number(out, head.number);
  if (!head.file.empty()) append_member(out, "file", head.file);
  out += ",\"line\":";
  append_number(out, line);
  append_member(out, "status", status);
}

}  // namespace

void append_audited(std::string& out, LineHead head, const GuideRecord& record,
                    const Diagnostics& findings, Language language) {
  const Guide& guide = record.guide;
  open_line(out, head, record.line, findings.empty() ? "clean" : "findings");
  append_member(out, "key",
                guide.code.empty() ? "line:" + std::to_string(record.line) : guide.code.value);
  append_member(out, "item", guide.name.value);
  append_member(out, "department", guide.authority.value);
  append_member(out, "type", guide.type.value);
  append_limit(out, "statutory", guide.statutory.reading);
  append_limit(out, "promised", guide.promised.reading);
  out += ",\"findings\":[";
  for (std::size_t i = 0; i < findings.size(); ++i) {
    if (i > 0) out += ',';
    append_finding(out, record, findings[i], language);
  }
  out += "]}\n";
}

void append_quarantined(std::string& out, LineHead head, const GuideRecord& record,
                        std::string_view text, Language language) {
  open_line(out, head, record.line, "quarantined");
  append_member(out, "key", "line:" + std::to_string(record.line));
  append_member(out, "reason", name_of(record.quarantine).in(language));
  append_member(out, "detail", render(record.detail, language));
  append_member(out, "excerpt", excerpt(text, greatest_beginning));
  out += "}\n";
}

LocalizedText name_of(Quarantine reason) {
  switch (reason) {
    case Quarantine::none:
      return {"可用", "usable"};
    case Quarantine::not_json:
      return {"不是一个完整的 JSON 对象", "not one JSON object"};
    case Quarantine::markup:
      return {"是网页或XML，不是记录", "a web page or XML, not a record"};
    case Quarantine::encoding:
      return {"不是 UTF-8 编码", "not UTF-8"};
    case Quarantine::too_long:
      return {"超过单条记录的长度上限", "longer than one record may be"};
    case Quarantine::repeated_key:
      return {"同一字段出现两次", "a field occurs twice"};
    case Quarantine::no_map:
      return {"没有字段对照表认得这种记录", "no field map recognises it"};
    case Quarantine::wrong_columns:
      return {"列数与表头不符", "not as many columns as the header"};
    case Quarantine::cut_off:
      return {"文件在记录中间结束", "the file ends inside the record"};
  }
  return {};
}

}  // namespace flowproof
