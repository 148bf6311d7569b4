// The program that links Graphviz: reads and writes DOT with cgraph, places with dot. It runs as a
// process of its own with little time and memory, as a drawing from anywhere may make it crash or
// hang. See records.hpp for what it is told and answers.
#include <graphviz/cgraph.h>
#include <graphviz/gvc.h>
#include <sys/resource.h>

#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <iterator>
#include <map>
#include <string>

#include "graphviz/records.hpp"

namespace flowproof::graphviz {
namespace {

std::string complaints;  // of Graphviz; it tells them to a function without context

int note_complaint(char* text) {
  if (complaints.size() < 2000) complaints += text;
  return 0;
}

void limit(int resource, rlim_t value) {
  const rlimit both{value, value};
  ::setrlimit(static_cast<__rlimit_resource_t>(resource), &both);
}

int fail() {
  std::string out;
  append_record(out, {"error", complaints});
  std::cout << out;
  return 0;
}

char* chars(const std::string& text) { return const_cast<char*>(text.c_str()); }

void add_attributes(Agraph_t* graph, void* element, int kind, Record& record) {
  for (Agsym_t* symbol = agnxtattr(graph, kind, nullptr); symbol != nullptr;
       symbol = agnxtattr(graph, kind, symbol)) {
    char* value = agxget(element, symbol);
    if (value == nullptr || *value == '\0') continue;
    record.emplace_back(symbol->name);
    // What is between < and > is markup for labels.
    std::string& text = record.emplace_back();
    if (aghtmlstr(value) != 0) text += '<';
    text += value;
  }
}

int read(const std::string& text) {
  Agraph_t* graph = agmemread(text.c_str());
  if (graph == nullptr) return fail();
  std::string out;
  Record head{"graph"};
  add_attributes(graph, graph, AGRAPH, head);
  append_record(out, head);
  std::map<Agnode_t*, std::size_t> numbers;
  std::map<Agnode_t*, std::string> lanes;
  for (Agraph_t* part = agfstsubg(graph); part != nullptr; part = agnxtsubg(part)) {
    const std::string id = agnameof(part) == nullptr ? "" : agnameof(part);
    if (id.rfind("cluster", 0) != 0) continue;
    const char* label = agget(part, chars("label"));
    append_record(out, {"lane", id, label == nullptr ? "" : label});
    for (Agnode_t* node = agfstnode(part); node != nullptr; node = agnxtnode(part, node)) {
      lanes.emplace(node, id);
    }
  }
  for (Agnode_t* node = agfstnode(graph); node != nullptr; node = agnxtnode(graph, node)) {
    numbers.emplace(node, numbers.size());
    Record record{"node", agnameof(node), lanes[node]};
    add_attributes(graph, node, AGNODE, record);
    append_record(out, record);
  }
  for (Agnode_t* node = agfstnode(graph); node != nullptr; node = agnxtnode(graph, node)) {
    for (Agedge_t* edge = agfstout(graph, node); edge != nullptr; edge = agnxtout(graph, edge)) {
      Record record{"edge", std::to_string(numbers[node]), std::to_string(numbers[aghead(edge)])};
      add_attributes(graph, edge, AGEDGE, record);
      append_record(out, record);
    }
  }
  std::cout << out;
  return 0;
}

/// The graph of the records. Ends of edges are numbers the program made, so they exist.
struct Built {
  Agraph_t* graph = nullptr;
  std::vector<Agnode_t*> nodes;
  std::vector<Agedge_t*> edges;
};

void set_all(Agraph_t* graph, void* element, int kind, const Record& record, std::size_t from) {
  for (std::size_t i = from; i + 1 < record.size(); i += 2) {
    const char* otherwise = kind != AGRAPH && record[i] == "label" ? "\\N" : "";
    if (kind != AGNODE) otherwise = "";
    if (agattr(graph, kind, chars(record[i]), nullptr) == nullptr) {
      agattr(graph, kind, chars(record[i]), const_cast<char*>(otherwise));
    }
    agset(element, chars(record[i]), chars(record[i + 1]));
  }
}

std::size_t number_of(const std::string& text) {
  std::size_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

Built build(const std::vector<Record>& records) {
  Built built{agopen(chars("flow"), Agdirected, nullptr), {}, {}};
  std::map<std::string, Agraph_t*> lanes;
  for (const Record& record : records) {
    if (record[0] == "graph") {
      set_all(built.graph, built.graph, AGRAPH, record, 1);
    } else if (record[0] == "lane") {
      Agraph_t* lane = agsubg(built.graph, chars("cluster_" + record[1]), 1);
      agsafeset(lane, chars("label"), chars(record[2]), chars(""));
      lanes[record[1]] = lane;
    } else if (record[0] == "node") {
      Agnode_t* node = agnode(built.graph, chars(record[1]), 1);
      const auto lane = lanes.find(record[2]);
      if (lane != lanes.end()) agsubnode(lane->second, node, 1);
      set_all(built.graph, node, AGNODE, record, 3);
      built.nodes.push_back(node);
    } else if (record[0] == "edge") {
      Agedge_t* edge = agedge(built.graph, built.nodes.at(number_of(record[1])),
                              built.nodes.at(number_of(record[2])), nullptr, 1);
      set_all(built.graph, edge, AGEDGE, record, 3);
      built.edges.push_back(edge);
    }
  }
  return built;
}

int write(const std::string& text) {
  const Built built = build(read_records(text));
  return agwrite(built.graph, stdout) == 0 && std::fflush(stdout) == 0 ? 0 : 1;
}

std::string decimal(double value) {
  char text[64];
  const auto end = std::to_chars(text, text + sizeof text, value, std::chars_format::fixed, 3);
  return {text, end.ptr};
}

int place(const std::string& text) {
  const Built built = build(read_records(text));
  GVC_t* context = gvContext();
  if (gvLayout(context, built.graph, "dot") != 0) return fail();
  std::string out;
  for (std::size_t i = 0; i < built.nodes.size(); ++i) {
    const Agnodeinfo_t* info = reinterpret_cast<Agnodeinfo_t*>(AGDATA(built.nodes[i]));
    append_record(out, {"at", std::to_string(i), decimal(info->coord.x), decimal(info->coord.y),
                        decimal(info->width * 72), decimal(info->height * 72)});
  }
  for (std::size_t i = 0; i < built.edges.size(); ++i) {
    const Agedgeinfo_t* info = reinterpret_cast<Agedgeinfo_t*>(AGDATA(built.edges[i]));
    Record record{"path", std::to_string(i)};
    for (int piece = 0; info->spl != nullptr && piece < info->spl->size; ++piece) {
      const bezier& curve = info->spl->list[piece];
      // Piecewise straight: every third point is a corner.
      for (int point = 0; point < curve.size; point += 3) {
        record.push_back(decimal(curve.list[point].x));
        record.push_back(decimal(curve.list[point].y));
      }
    }
    append_record(out, record);
  }
  std::cout << out;
  return 0;
}

}  // namespace
}  // namespace flowproof::graphviz

#ifdef __SANITIZE_ADDRESS__
// The process frees its graph by ending.
extern "C" const char* __lsan_default_options();  // NOLINT(bugprone-reserved-identifier)
extern "C" const char* __lsan_default_options() { return "detect_leaks=0"; }
#endif

int main(int argc, char** argv) {
  using namespace flowproof::graphviz;
  limit(RLIMIT_CPU, 10);
#ifndef __SANITIZE_ADDRESS__  // which reserves terabytes of addresses
  limit(RLIMIT_AS, rlim_t{2} << 30);
#endif
  limit(RLIMIT_CORE, 0);
  agseterr(AGERR);
  agseterrf(&note_complaint);
  const std::string input{std::istreambuf_iterator<char>(std::cin), {}};
  const std::string command = argc > 1 ? argv[1] : "";
  if (command == "read") return read(input);
  if (command == "write") return write(input);
  if (command == "place") return place(input);
  return 2;
}
