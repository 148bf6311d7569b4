#include <cmath>
#include <nlohmann/json.hpp>

#include "flowproof/layout.hpp"

namespace flowproof {

namespace {

using Json = nlohmann::ordered_json;

double rounded(double value) { return std::round(value * 100) / 100; }

Json rect_json(const Rect& rect) {
  return {{"x", rounded(rect.x)},
          {"y", rounded(rect.y)},
          {"w", rounded(rect.width)},
          {"h", rounded(rect.height)}};
}

std::string joined(const TextBlock& block) {
  std::string all;
  for (const TextLine& line : block.lines) all += line.text;
  return all;
}

}  // namespace

std::string layout_json(const Flow& flow, const Measured& measured, const Layout& layout) {
  Json nodes = Json::array();
  for (std::size_t i = 0; i < flow.nodes.size(); ++i) {
    Json node{{"id", flow.nodes[i].id()}};
    node.update(rect_json(layout.nodes[i]));
    nodes.push_back(std::move(node));
  }
  Json lanes = Json::array();
  for (std::size_t i = 0; i < layout.lanes.size(); ++i) {
    Json lane{{"id", flow.lanes[i].id.value}};
    lane.update(rect_json(layout.lanes[i]));
    lanes.push_back(std::move(lane));
  }
  Json edges = Json::array();
  for (std::size_t i = 0; i < flow.edges.size(); ++i) {
    Json edge{{"src", flow.node(flow.edges[i].from).id()},
              {"dst", flow.node(flow.edges[i].to).id()},
              {"points", Json::array()}};
    for (const Point& point : layout.edges[i].path) {
      edge["points"].push_back({rounded(point.x), rounded(point.y)});
    }
    if (layout.edges[i].label) {
      Json label{{"text", joined(measured.labels[i])}};
      label.update(rect_json(*layout.edges[i].label));
      edge["label"] = std::move(label);
    }
    edges.push_back(std::move(edge));
  }
  Json main_line = Json::array();
  for (const NodeIndex node : layout.main_line) main_line.push_back(flow.node(node).id());
  const Json all{{"nodes", std::move(nodes)},
                 {"lanes", std::move(lanes)},
                 {"edges", std::move(edges)},
                 {"size", {{"w", rounded(layout.size.width)}, {"h", rounded(layout.size.height)}}},
                 {"main_line", std::move(main_line)}};
  return all.dump(1, ' ', false, Json::error_handler_t::replace) + '\n';
}

}  // namespace flowproof
