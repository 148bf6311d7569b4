#include "report/sarif_report.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "report/places.hpp"

namespace flowproof {

namespace {

using Json = nlohmann::ordered_json;

std::string dump(const Json& json) {
  return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string_view sarif_level(Severity severity) {
  switch (severity) {
    case Severity::off:
      return "none";
    case Severity::info:
      return "note";
    case Severity::warning:
      return "warning";
    case Severity::error:
      return "error";
  }
  return "none";
}

/// RFC 3986: everything but unreserved characters and the slash is percent-encoded.
std::string uri_of(std::string_view path) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  constexpr std::string_view plain = "-._~/";
  std::string uri = path.starts_with('/') ? "file://" : "";
  for (const char byte : path) {
    const bool letter = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
    if (letter || (byte >= '0' && byte <= '9') || plain.find(byte) != std::string_view::npos) {
      uri += byte;
    } else {
      const auto code = static_cast<unsigned char>(byte);
      uri += '%';
      uri += digits[code >> 4U];
      uri += digits[code & 15U];
    }
  }
  return uri;
}

Json text(std::string words) { return {{"text", std::move(words)}}; }

Json location(const Span& span, Places& places) {
  const Place begin = places.at(span);
  const Place end = places.at({span.offset + span.length, 0, span.source});
  Json region = {{"startLine", begin.line}, {"startColumn", begin.column}};
  if (span.length > 0) {
    region["endLine"] = end.line;
    region["endColumn"] = end.column;
  }
  return {{"physicalLocation",
           {{"artifactLocation", {{"uri", uri_of(places.source_of(span).path)}}},
            {"region", std::move(region)}}}};
}

std::size_t index_of(const Rule* rule) {
  const auto rules = all_rules();
  return static_cast<std::size_t>(std::find(rules.begin(), rules.end(), rule) - rules.begin());
}

/// Placeholders are for people to see: "“{node}”之后没有下一步".
Json rule_json(const Rule& rule, Language language) {
  return {{"id", rule.code},
          {"name", rule.name},
          {"shortDescription", text(std::string(rule.message.in(language)))},
          {"help", text(std::string(rule.help.in(language)))},
          {"defaultConfiguration", {{"level", sarif_level(rule.severity)}}},
          {"properties",
           {{"source", rule.source.in(language)}, {"certainty", name_of(rule.certainty)}}}};
}

Json result_json(const Diagnostic& finding, Places& places, Language language) {
  Json json = {{"ruleId", finding.rule->code},
               {"ruleIndex", index_of(finding.rule)},
               {"level", sarif_level(finding.severity)},
               {"message", text(render(finding.message, language))},
               {"locations", Json::array({location(finding.span, places)})}};
  Json related = Json::array();
  for (const Remark& remark : finding.witness) {
    Json place = location(remark.span, places);
    place["message"] = text(render(remark.message, language));
    related.push_back(std::move(place));
  }
  if (!related.empty()) json["relatedLocations"] = std::move(related);
  // The element outlives an inserted line.
  if (!finding.element.empty()) {
    json["partialFingerprints"] = {
        {"flowproofElement/v1", std::string(finding.rule->name) + ":" + finding.element}};
  }
  return json;
}

/// A file as a whole.
Json file_location(const ReportedFile& file) {
  return Json::array(
      {{{"physicalLocation", {{"artifactLocation", {{"uri", uri_of(file.path)}}}}}}});
}

Json error_json(const ReportedFile& file, Language language) {
  return {{"level", "error"},
          {"message", text(render(file.error->message, language))},
          {"locations", file_location(file)}};
}

}  // namespace

std::string sarif_begin(const ReportOptions& options) {
  Json rules = Json::array();
  for (const Rule* rule : all_rules()) rules.push_back(rule_json(*rule, options.language));
  const Json driver = {{"name", "flowproof"}, {"rules", std::move(rules)}};
  return "{\"$schema\":\"https://json.schemastore.org/sarif-2.1.0.json\",\"version\":\"2.1.0\","
         "\"runs\":[{\"tool\":{\"driver\":" +
         dump(driver) + "},\"columnKind\":\"unicodeCodePoints\",\"results\":[";
}

std::string sarif_file(const ReportedFile& file, const ReportOptions& options, bool first) {
  std::string lines;
  const auto add = [&](const Json& result) {
    lines += first ? "\n" : ",\n";
    lines += dump(result);
    first = false;
  };
  if (file.error != nullptr) add(error_json(file, options.language));
  if (file.checked == nullptr) return lines;
  Places places(file.checked->subject.sources);
  const Diagnostics& findings = file.checked->result.findings;
  for (std::size_t i = 0; i < findings.size(); ++i) {
    Json result = result_json(findings[i], places, options.language);
    if (file.comparison != nullptr) {
      result["baselineState"] = file.state_of(i) == FindingState::fresh ? "new" : "unchanged";
    }
    add(result);
  }
  if (file.comparison == nullptr) return lines;
  for (const EarlierFinding& gone : file.comparison->fixed) {
    add({{"ruleId", gone.rule},
         {"baselineState", "absent"},
         {"message", text(gone.message)},
         {"locations", file_location(file)}});
  }
  return lines;
}

std::string sarif_end(const Tally& tally, const ReportOptions& /*options*/) {
  const Json invocation = {{"executionSuccessful", tally.unreadable == 0}};
  return "\n],\"invocations\":[" + dump(invocation) + "]}]}\n";
}

}  // namespace flowproof
