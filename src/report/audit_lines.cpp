#include <cmath>
#include <nlohmann/json.hpp>

#include "flowproof/audit_report.hpp"

namespace flowproof {

namespace {

using Json = nlohmann::json;

std::string word(const Json& object, const char* name) {
  const auto found = object.find(name);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::uint64_t number(const Json& object, const char* name) {
  const auto found = object.find(name);
  return found != object.end() && found->is_number_unsigned() ? found->get<std::uint64_t>() : 0;
}

std::optional<AuditedLimit> limit(const Json& object, const char* name) {
  const auto found = object.find(name);
  if (found == object.end() || !found->is_object()) return std::nullopt;
  const auto value = found->find("value");
  if (value == found->end() || !value->is_number()) return std::nullopt;
  constexpr double most = 1e12;
  const double amount = std::min(std::max(value->get<double>(), 0.0), most);
  return AuditedLimit{std::llround(amount * 1000), word(*found, "unit")};
}

Severity severity(const std::string& name) {
  if (name == "error") return Severity::error;
  return name == "warning" ? Severity::warning : Severity::info;
}

AuditedFinding finding(const Json& json) {
  AuditedFinding read{word(json, "rule"),
                      word(json, "name"),
                      word(json, "field"),
                      word(json, "element"),
                      word(json, "excerpt"),
                      word(json, "message"),
                      word(json, "help"),
                      word(json, "source"),
                      {},
                      severity(word(json, "severity"))};
  const auto witness = json.find("witness");
  if (witness == json.end() || !witness->is_array()) return read;
  for (const Json& step : *witness) {
    if (step.is_object()) read.witness.push_back(word(step, "message"));
  }
  return read;
}

}  // namespace

Result<AuditedRecord> read_audit_line(std::string_view line) {
  const Json json = Json::parse(line, nullptr, false);
  if (!json.is_object() || !json.contains("record") || !json.contains("status")) {
    return Error{ErrorKind::input, {{"不是 audit 的结果", "not a result of audit"}, {}}};
  }
  const std::string status = word(json, "status");
  AuditedRecord record;
  record.number = number(json, "record");
  record.line = number(json, "line");
  record.status = status == "clean"         ? AuditStatus::clean
                  : status == "quarantined" ? AuditStatus::quarantined
                                            : AuditStatus::findings;
  record.file = word(json, "file");
  record.key = word(json, "key");
  record.item = word(json, "item");
  record.department = word(json, "department");
  record.type = word(json, "type");
  record.statutory = limit(json, "statutory");
  record.promised = limit(json, "promised");
  record.reason = word(json, "reason");
  record.detail = word(json, "detail");
  record.excerpt = word(json, "excerpt");
  const auto findings = json.find("findings");
  if (findings == json.end() || !findings->is_array()) return record;
  for (const Json& one : *findings) {
    if (one.is_object()) record.findings.push_back(finding(one));
  }
  return record;
}

}  // namespace flowproof
