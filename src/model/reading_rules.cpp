#include "model/reading_rules.hpp"

#include <array>
#include <string>

namespace flowproof {

constinit const Rule empty_document{
    .code = "X001",
    .name = "empty-document",
    .severity = Severity::error,
    .source = {"XML 1.0 第2.1节", "XML 1.0, section 2.1"},
    .message = {"文件是空的", "the file is empty"},
    .help = {"用 flowproof new 从模板新建，或填入内容",
             "start from a template with flowproof new, or fill it in"},
    .needs = Needs::reading,
};

constinit const Rule not_xml{
    .code = "X002",
    .name = "not-xml",
    .severity = Severity::error,
    .source = {"XML 1.0 第2.1节", "XML 1.0, section 2.1"},
    .message = {"这不是 XML 文件，而是 {format}", "this is not XML but {format}"},
    .help = {"另存为 XML 文件后再检查", "save it as XML and check again"},
    .needs = Needs::reading,
};

constinit const Rule invalid_encoding{
    .code = "X003",
    .name = "invalid-encoding",
    .severity = Severity::error,
    .source = {"XML 1.0 第4.3.3节", "XML 1.0, section 4.3.3"},
    .message = {"字节 {bytes} 不是 {encoding}", "the bytes {bytes} are not {encoding}"},
    .help = {"用编辑器另存为 UTF-8", "save the file as UTF-8"},
    .needs = Needs::reading,
};

constinit const Rule mislabelled_encoding{
    .code = "X004",
    .name = "mislabelled-encoding",
    .severity = Severity::error,
    .source = {"XML 1.0 第4.3.3节", "XML 1.0, section 4.3.3"},
    .message = {"文件声明编码为 {declared}，内容却是 {actual}：按 {actual} 读作“{sample}”，按 "
                "{declared} 读作“{other}”",
                "the file says it is {declared} but holds {actual}: read as {actual} it says "
                "'{sample}', as {declared} '{other}'"},
    .help = {"把声明改为 encoding=\"{actual}\"", "declare encoding=\"{actual}\""},
    .needs = Needs::reading,
};

constinit const Rule legacy_encoding{
    .code = "X005",
    .name = "legacy-encoding",
    .severity = Severity::info,
    .source = {"GB 18030-2022", "GB 18030-2022"},
    .message = {"文件按 {encoding} 解码", "the file was decoded from {encoding}"},
    .help = {"新文件宜用 UTF-8", "UTF-8 is the better choice for new files"},
    .needs = Needs::reading,
};

constinit const Rule forbidden_character{
    .code = "X006",
    .name = "forbidden-character",
    .severity = Severity::error,
    .source = {"XML 1.0 第2.2节", "XML 1.0, section 2.2"},
    .message = {"字符 {character} 不允许出现在 XML 中",
                "the character {character} is not allowed in XML"},
    .help = {"删去这个字符", "remove the character"},
    .needs = Needs::reading,
};

constinit const Rule control_character{
    .code = "X007",
    .name = "control-character",
    .severity = Severity::warning,
    .source = {"Unicode 标准第23.1节", "The Unicode Standard, section 23.1"},
    .message = {"这里有看不见的控制字符 {character}",
                "there is an invisible control character {character} here"},
    .help = {"删去这个字符", "remove the character"},
    .needs = Needs::reading,
};

constinit const Rule bidi_control{
    .code = "X008",
    .name = "bidi-control",
    .severity = Severity::error,
    .source = {"Unicode UAX #9;CVE-2021-42574", "Unicode UAX #9; CVE-2021-42574"},
    .message = {"双向控制字符 {character} 会使看到的次序与实际不同",
                "the bidirectional control {character} makes the text look other than it is"},
    .help = {"删去这个字符", "remove the character"},
    .needs = Needs::reading,
};

constinit const Rule zero_width_character{
    .code = "X009",
    .name = "zero-width-character",
    .severity = Severity::warning,
    .source = {"Unicode UTS #39", "Unicode UTS #39"},
    .message = {"文字中有零宽字符 {character}",
                "the text holds the zero-width character {character}"},
    .help = {"删去这个字符", "remove the character"},
    .needs = Needs::reading,
};

constinit const Rule malformed_xml{
    .code = "X010",
    .name = "malformed-xml",
    .severity = Severity::error,
    .source = {"XML 1.0 第2.1节", "XML 1.0, section 2.1"},
    .message = {"XML 语法错误", "the XML is not well-formed"},
    .help = {"改正这一处后再检查", "mend this place and check again"},
    .needs = Needs::reading,
};

constinit const Rule doctype{
    .code = "X011",
    .name = "doctype",
    .severity = Severity::error,
    .source = {"flowproof 格式说明", "flowproof format reference"},
    .message = {"文件含有 DOCTYPE，flowproof 不读取它",
                "the file has a DOCTYPE, which flowproof does not read"},
    .help = {"删去 <!DOCTYPE …>，实体改写为字符",
             "remove <!DOCTYPE …> and write characters for its entities"},
    .needs = Needs::reading,
};

constinit const Rule undeclared_entity{
    .code = "X012",
    .name = "undeclared-entity",
    .severity = Severity::error,
    .source = {"XML 1.0 第4.1节", "XML 1.0, section 4.1"},
    .message = {"实体“&{entity};”没有定义", "the entity '&{entity};' is not defined"},
    .help = {"XML 只有 &amp; &lt; &gt; &quot; &apos;，其余请写字符本身",
             "XML knows only &amp; &lt; &gt; &quot; &apos;; write the character itself"},
    .needs = Needs::reading,
};

constinit const Rule limit_exceeded{
    .code = "X013",
    .name = "limit-exceeded",
    .severity = Severity::error,
    .source = {"flowproof 格式说明", "flowproof format reference"},
    .message = {"{what}超过上限 {limit}", "{what} exceeds the limit of {limit}"},
    .help = {"拆分文件", "split the file"},
    .needs = Needs::reading,
};

constinit const Rule wrong_root{
    .code = "X014",
    .name = "wrong-root",
    .severity = Severity::error,
    .source = {"flowproof 格式说明", "flowproof format reference"},
    .message = {"根元素是“{name}”，应为“{expected}”",
                "the root element is '{name}', expected '{expected}'"},
    .help = {"根元素应为 <{expected} xmlns=\"{namespace}\">",
             "the root must be <{expected} xmlns=\"{namespace}\">"},
    .needs = Needs::reading,
};

constinit const Rule unknown_element{
    .code = "X015",
    .name = "unknown-element",
    .severity = Severity::error,
    .source = {"flowproof 格式说明", "flowproof format reference"},
    .message = {"“{parent}”中没有“{name}”这种元素", "'{parent}' has no element '{name}'"},
    .help = {"这里可用：{known}", "known here: {known}"},
    .needs = Needs::reading,
};

constinit const Rule unknown_attribute{
    .code = "X016",
    .name = "unknown-attribute",
    .severity = Severity::error,
    .source = {"flowproof 格式说明", "flowproof format reference"},
    .message = {"“{parent}”没有“{name}”这个属性", "'{parent}' has no attribute '{name}'"},
    .help = {"这里可用：{known}", "known here: {known}"},
    .needs = Needs::reading,
};

constinit const Rule missing_attribute{
    .code = "X017",
    .name = "missing-attribute",
    .severity = Severity::error,
    .source = {"flowproof 格式说明", "flowproof format reference"},
    .message = {"“{parent}”缺少属性“{name}”", "'{parent}' lacks the attribute '{name}'"},
    .help = {"补上 {name}=\"…\"", "add {name}=\"…\""},
    .needs = Needs::reading,
};

constinit const Rule repeated_element{
    .code = "X018",
    .name = "repeated-element",
    .severity = Severity::error,
    .source = {"flowproof 格式说明", "flowproof format reference"},
    .message = {"“{parent}”中“{name}”只能有一个", "'{parent}' may have only one '{name}'"},
    .help = {"保留一个，删去其余", "keep one and remove the others"},
    .needs = Needs::reading,
};

constinit const Rule misplaced_text{
    .code = "X019",
    .name = "misplaced-text",
    .severity = Severity::error,
    .source = {"flowproof 格式说明", "flowproof format reference"},
    .message = {"“{parent}”中不能直接写文字“{text}”", "'{parent}' cannot hold the text '{text}'"},
    .help = {"文字写在属性里，例如 text=\"…\"", "write text into an attribute such as text=\"…\""},
    .needs = Needs::reading,
};

constinit const Rule unknown_value{
    .code = "X020",
    .name = "unknown-value",
    .severity = Severity::error,
    .source = {"flowproof 格式说明", "flowproof format reference"},
    .message = {"“{name}”的值“{value}”无法识别", "'{value}' is no value of '{name}'"},
    .help = {"可用的值：{known}", "known values: {known}"},
    .needs = Needs::reading,
};

constinit const Rule bad_number{
    .code = "X021",
    .name = "bad-number",
    .severity = Severity::error,
    .source = {"flowproof 格式说明", "flowproof format reference"},
    .message = {"“{name}”的值“{value}”不是 {least} 到 {most} 之间的数",
                "'{value}' of '{name}' is no number from {least} to {most}"},
    .help = {"改为 {least} 到 {most} 之间的数", "write a number from {least} to {most}"},
    .needs = Needs::reading,
};

constinit const Rule bad_date{
    .code = "X022",
    .name = "bad-date",
    .severity = Severity::error,
    .source = {"GB/T 7408-2005", "ISO 8601"},
    .message = {"“{name}”的值“{value}”不是日期", "'{value}' of '{name}' is no date"},
    .help = {"写成 年-月-日，例如 2026-12-31", "write year-month-day, such as 2026-12-31"},
    .needs = Needs::reading,
};

constinit const Rule unreadable_limit{
    .code = "X023",
    .name = "unreadable-limit",
    .severity = Severity::warning,
    .source = {"行政许可法第八十二条", "Administrative Licensing Law, article 82"},
    .message = {"时限“{limit}”无法比较：{reason}",
                "the limit '{limit}' cannot be compared: {reason}"},
    .help = {"写成数字加单位，例如 5个工作日；即时办结写 当场",
             "write a number and a unit, such as 5个工作日, or 当场 for at once"},
    .needs = Needs::reading,
    .on_records = true,
};

constinit const Rule invalid_id{
    .code = "X024",
    .name = "invalid-id",
    .severity = Severity::error,
    .source = {"flowproof 格式说明", "flowproof format reference"},
    .message = {"id“{id}”含有 {character}", "the id '{id}' holds {character}"},
    .help = {"id 只用文字、数字、- 和 _", "use letters, digits, - and _ in ids"},
    .needs = Needs::reading,
};

constinit const Rule duplicate_id{
    .code = "X025",
    .name = "duplicate-id",
    .severity = Severity::error,
    .source = {"flowproof 格式说明", "flowproof format reference"},
    .message = {"id“{id}”已经用过", "the id '{id}' is taken already"},
    .help = {"换一个 id，并检查指向它的出口",
             "choose another id and look at the exits that point to it"},
    .needs = Needs::reading,
};

constinit const Rule dangling_reference{
    .code = "X026",
    .name = "dangling-reference",
    .severity = Severity::error,
    .source = {"flowproof 格式说明", "flowproof format reference"},
    .message = {"没有 id 为“{id}”的{kind}", "there is no {kind} with the id '{id}'"},
    .help = {"改为已有的 id，或补上这个{kind}", "write an id that exists, or add the {kind}"},
    .needs = Needs::reading,
};

constinit const Rule unmappable_element{
    .code = "X027",
    .name = "unmappable-element",
    .severity = Severity::warning,
    .source = {"BPMN 2.0 (ISO/IEC 19510)", "BPMN 2.0 (ISO/IEC 19510)"},
    .message = {"BPMN 元素“{name}”没有对应的流程图含义，未读入",
                "the BPMN element '{name}' has no counterpart in a flow and was left out"},
    .help = {"改用任务、事件、网关或子流程", "use tasks, events, gateways or sub-processes"},
    .needs = Needs::reading,
};

static constexpr std::array<const Rule*, 27> rules{&empty_document,
                                                   &not_xml,
                                                   &invalid_encoding,
                                                   &mislabelled_encoding,
                                                   &legacy_encoding,
                                                   &forbidden_character,
                                                   &control_character,
                                                   &bidi_control,
                                                   &zero_width_character,
                                                   &malformed_xml,
                                                   &doctype,
                                                   &undeclared_entity,
                                                   &limit_exceeded,
                                                   &wrong_root,
                                                   &unknown_element,
                                                   &unknown_attribute,
                                                   &missing_attribute,
                                                   &repeated_element,
                                                   &misplaced_text,
                                                   &unknown_value,
                                                   &bad_number,
                                                   &bad_date,
                                                   &unreadable_limit,
                                                   &invalid_id,
                                                   &duplicate_id,
                                                   &dangling_reference,
                                                   &unmappable_element};

struct ReasonText {
  NotComparable reason;
  LocalizedText text;
};

static constexpr ReasonText reasons[] = {
    {NotComparable::no_unit, {"没有单位", "it has no unit"}},
    {NotComparable::several_values, {"写了几个时限", "it gives several limits"}},
    {NotComparable::recurring, {"是周期，不是时长", "it recurs and is no duration"}},
    {NotComparable::calendar_date, {"是日期，不是时长", "it is a date and no duration"}},
    {NotComparable::minimum, {"只写了最短时间，没有上限", "it gives a least time and no most"}},
    {NotComparable::no_number, {"没有数字", "it has no number"}},
    {NotComparable::out_of_range, {"数值超出范围", "its number is out of range"}},
    {NotComparable::unreadable, {"读不懂", "it cannot be read"}},
};

LocalizedText reason_text(NotComparable reason) {
  for (const ReasonText& row : reasons) {
    if (row.reason == reason) return row.text;
  }
  return std::rbegin(reasons)->text;
}

std::span<const Rule* const> reading_rules() { return rules; }

Diagnostic& report_as(Diagnostics& out, const Rule& rule, Span span, LocalizedText message,
                      Arguments arguments, std::string element) {
  return out.emplace_back(Diagnostic{&rule,
                                     rule.severity,
                                     span,
                                     Message{message, std::move(arguments)},
                                     rule.help,
                                     {},
                                     std::move(element)});
}

Diagnostic& report(Diagnostics& out, const Rule& rule, Span span, Arguments arguments,
                   std::string element) {
  return report_as(out, rule, span, rule.message, std::move(arguments), std::move(element));
}

Diagnostic& suggest(Diagnostic& finding, std::string_view nearest) {
  if (nearest.empty()) return finding;
  finding.help = {"是否应为“{nearest}”", "did you mean '{nearest}'?"};
  finding.message.arguments.push_back({"nearest", std::string(nearest)});
  return finding;
}

}  // namespace flowproof
