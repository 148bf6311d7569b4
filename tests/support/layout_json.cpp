#include "support/layout_json.hpp"

#include <nlohmann/json.hpp>

namespace flowproof::test {

namespace {

using Json = nlohmann::json;

double number_of(const Json& json, const char* key) {
  const auto value = json.find(key);
  return value != json.end() && value->is_number() ? value->get<double>() : 0;
}

Rect rect_of(const Json& json) {
  return {number_of(json, "x"), number_of(json, "y"), number_of(json, "w"), number_of(json, "h")};
}

const Json& list_of(const Json& json, const char* key) {
  static const Json none = Json::array();
  const auto list = json.find(key);
  return list != json.end() && list->is_array() ? *list : none;
}

std::string text_of(const Json& json, const char* key) {
  const auto value = json.find(key);
  return value != json.end() && value->is_string() ? value->get<std::string>() : std::string();
}

Polyline path_of(const Json& json) {
  Polyline path;
  for (const Json& point : list_of(json, "points")) {
    if (point.is_array() && point.size() == 2 && point[0].is_number() && point[1].is_number()) {
      path.push_back({point[0].get<double>(), point[1].get<double>()});
    }
  }
  return path;
}

}  // namespace

std::optional<Layout> read_layout_json(const Flow& flow, std::string_view text) {
  const Json all = Json::parse(text, nullptr, false);
  if (!all.is_object()) return std::nullopt;
  Layout layout;
  const Json& size = all.contains("size") ? all["size"] : all;
  layout.size = {number_of(size, "w"), number_of(size, "h")};
  layout.nodes.resize(flow.nodes.size());
  layout.edges.resize(flow.edges.size());
  layout.notes.resize(flow.notes.size());
  for (const Json& node : list_of(all, "nodes")) {
    if (const auto index = flow.find(text_of(node, "id"))) layout.nodes[at(*index)] = rect_of(node);
  }
  std::vector<bool> seen(flow.edges.size());
  for (const Json& edge : list_of(all, "edges")) {
    const std::string from = text_of(edge, "src"), to = text_of(edge, "dst");
    for (std::size_t i = 0; i < flow.edges.size(); ++i) {
      if (seen[i] || flow.node(flow.edges[i].from).id() != from ||
          flow.node(flow.edges[i].to).id() != to) {
        continue;
      }
      seen[i] = true;
      layout.edges[i].path = path_of(edge);
      if (edge.contains("label")) layout.edges[i].label = rect_of(edge["label"]);
      break;
    }
  }
  if (!list_of(all, "lanes").empty()) layout.lanes.resize(flow.lanes.size());
  for (std::size_t i = 0; i < layout.lanes.size(); ++i) {
    for (const Json& lane : list_of(all, "lanes")) {
      if (text_of(lane, "id") == flow.lanes[i].id.value) layout.lanes[i] = rect_of(lane);
    }
  }
  for (const Json& id : list_of(all, "main_line")) {
    if (!id.is_string()) continue;
    if (const auto node = flow.find(id.get<std::string>())) layout.main_line.push_back(*node);
  }
  return layout;
}

}  // namespace flowproof::test
