#include "report/json_report.hpp"

#include <nlohmann/json.hpp>

#include "report/due_table.hpp"
#include "report/levels.hpp"
#include "report/places.hpp"

namespace flowproof {

namespace {

using Json = nlohmann::ordered_json;

/// File names may be any bytes; JSON is UTF-8.
std::string dump(const Json& json) {
  return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

void put_place(Json& json, const Span& span, Places& places) {
  const Place place = places.at(span);
  if (span.source != SourceIndex{}) json["path"] = places.source_of(span).path;
  json["line"] = place.line;
  json["column"] = place.column;
}

Json finding_json(const Diagnostic& finding, Places& places, Language language) {
  Json json;
  json["rule"] = finding.rule->code;
  json["name"] = finding.rule->name;
  json["severity"] = name_of(finding.severity);
  put_place(json, finding.span, places);
  if (!finding.element.empty()) json["element"] = finding.element;
  json["message"] = render(finding.message, language);
  json["help"] = finding.help.empty() ? std::string()
                                      : render(finding.help, finding.message.arguments, language);
  json["source"] = finding.rule->source.in(language);
  json["witness"] = Json::array();
  for (const Remark& remark : finding.witness) {
    Json step;
    put_place(step, remark.span, places);
    if (!remark.element.empty()) step["element"] = remark.element;
    step["message"] = render(remark.message, language);
    json["witness"].push_back(std::move(step));
  }
  return json;
}

Json due_json(const Checked& checked, Language language) {
  Json rows = Json::array();
  for (const DueRow& row : checked.due->rows) {
    Json json;
    json["kind"] = name_of(row.kind);
    if (row.node) json["element"] = checked.subject.flow->node(*row.node).id();
    json["label"] = label_of(row, *checked.subject.flow, language);
    json["limit"] = quantity_in(row.limit, language);
    if (row.due) json["date"] = date_text(row.due->date);
    if (row.due && row.due->estimated) json["estimated"] = true;
    rows.push_back(std::move(json));
  }
  return rows;
}

std::string_view item_of(const ReportedFile& file) {
  if (file.checked == nullptr || !file.checked->subject.flow) return {};
  return file.checked->subject.flow->item.value;
}

SoundnessVerdict soundness_of(const ReportedFile& file) {
  if (file.checked == nullptr || !file.checked->subject.flow) return SoundnessVerdict::undecided;
  return file.checked->subject.facts.verdict();
}

}  // namespace

std::string json_begin(const ReportOptions& /*options*/) { return "{\"version\":1,\"files\":["; }

std::string json_file(const ReportedFile& file, const ReportOptions& options, bool first) {
  Json json;
  json["path"] = file.path;
  json["item"] = item_of(file);
  json["verdict"] = name_of(verdict_of(file, options.fail_on));
  json["soundness"] = name_of(soundness_of(file));
  if (file.error != nullptr) json["error"] = render(file.error->message, options.language);
  json["findings"] = Json::array();
  if (file.checked != nullptr) {
    Places places(file.checked->subject.sources);
    const Diagnostics& findings = file.checked->result.findings;
    for (std::size_t i = 0; i < findings.size(); ++i) {
      Json one = finding_json(findings[i], places, options.language);
      if (file.comparison != nullptr) one["state"] = name_of(file.state_of(i));
      json["findings"].push_back(std::move(one));
    }
  }
  if (file.comparison != nullptr) {
    json["fixed"] = Json::array();
    for (const EarlierFinding& gone : file.comparison->fixed) {
      json["fixed"].push_back({{"rule", gone.rule},
                               {"name", gone.name},
                               {"element", gone.element},
                               {"message", gone.message}});
    }
  }
  if (file.checked != nullptr && file.checked->due) {
    json["due"] = due_json(*file.checked, options.language);
  }
  return (first ? "\n" : ",\n") + dump(json);
}

std::string json_end(const Tally& tally, const ReportOptions& options) {
  Json json;
  json["files"] = tally.files;
  json["failed"] = tally.failed;
  json["unreadable"] = tally.unreadable;
  json["errors"] = tally.errors;
  json["warnings"] = tally.warnings;
  json["infos"] = tally.infos;
  json["waived"] = tally.waived;
  json["known"] = tally.known;
  json["skipped"] = tally.skipped;
  if (options.compared) {
    json["new"] = tally.fresh;
    json["remaining"] = tally.remaining;
    json["fixed"] = tally.fixed;
  }
  return "\n],\"summary\":" + dump(json) + "}\n";
}

std::string rules_json(std::span<const Profile> profiles, const ReportOptions& options) {
  Json rules = Json::array();
  for (const Rule* rule : all_rules()) {
    Json json;
    json["rule"] = rule->code;
    json["name"] = rule->name;
    json["severity"] = name_of(rule->severity);
    Json& levels = json["profiles"] = Json::object();
    for (const Profile& profile : profiles) {
      levels[profile.name] = name_of(level_of(*rule, profile));
    }
    json["needs"] = name_of(rule->needs);
    json["certainty"] = name_of(rule->certainty);
    json["domain"] = rule->domain;
    json["source"] = rule->source.in(options.language);
    json["message"] = rule->message.in(options.language);
    json["help"] = rule->help.in(options.language);
    rules.push_back(std::move(json));
  }
  Json root;
  root["version"] = 1;
  root["rules"] = std::move(rules);
  return root.dump(1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

}  // namespace flowproof
