// Compares the program with dot and xmllint in one interleaved run and prints the ratios that
// docs/performance.md promises.
//
//   flowproof_bench_peers PROGRAM [quick] [one] [batch] [growth]
//
// The charts are generated: a plain permit of 12 boxes and varied procedures of as many, the same
// ones as flow.xml and as dot with the same words and font; for growth up to 2,000 boxes. Exit 1 if
// a promise is not kept.
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "flowproof/readers.hpp"
#include "process.hpp"
#include "support/permit_flow.hpp"

namespace flowproof::bench {
namespace {

namespace fs = std::filesystem;
using Words = std::vector<std::string>;

struct Font {
  const char* name;  ///< as dot and fontconfig call it
  const char* file;  ///< for --font
  const char* kind;
};
constexpr Font truetype{"WenQuanYi Zen Hei", "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc",
                        "TrueType"};
constexpr Font noto{"Noto Sans CJK SC", "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
                    "Noto"};

constexpr std::size_t batch_size = 200;
constexpr std::size_t sizes[] = {12, 50, 100, 200, 400, 800, 1200, 2000};

std::string dot_word(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + '"';
}

std::string dot_text(const Flow& flow, const Font& font) {
  const std::string face = "fontname=" + dot_word(font.name);
  std::string out = "digraph flow {\n  graph [rankdir=TB];\n  node [shape=box, " + face +
                    ", fontsize=10.5];\n  edge [" + face + ", fontsize=9];\n";
  for (const Node& node : flow.nodes) {
    const char* shape = node.kind == NodeKind::decision ? ", shape=diamond" : "";
    out += "  " + dot_word(node.id()) + " [label=" + dot_word(node.label()) + shape + "];\n";
  }
  for (const Edge& edge : flow.edges) {
    out += "  " + dot_word(flow.node(edge.from).id()) + " -> " + dot_word(flow.node(edge.to).id());
    if (!edge.when.empty()) out += " [label=" + dot_word(edge.when.value) + "]";
    out += ";\n";
  }
  return out + "}\n";
}

class FlowMaker {
 public:
  FlowMaker() { flow_.title.value = "办理流程图"; }
  NodeIndex box(NodeKind kind, const char* text) {
    Node& node = flow_.nodes.emplace_back();
    node.kind = kind;
    node.attributes = {{Attribute::id, {"n" + std::to_string(flow_.nodes.size()), {}}},
                       {Attribute::text, {text, {}}}};
    return NodeIndex{static_cast<std::uint32_t>(flow_.nodes.size() - 1)};
  }
  void line(NodeIndex from, NodeIndex to, const char* when = "") {
    flow_.edges.push_back({from, to, {when, {}}, {}, false, {}});
  }
  [[nodiscard]] std::size_t size() const { return flow_.nodes.size(); }
  Flow flow() && {
    std::stable_sort(flow_.edges.begin(), flow_.edges.end(),
                     [](const Edge& a, const Edge& b) { return at(a.from) < at(b.from); });
    return std::move(flow_);
  }

 private:
  Flow flow_;
};

/// The chart most offices have: two questions, a supplement, an inspection, a refusal.
Flow permit() {
  FlowMaker make;
  const NodeIndex apply = make.box(NodeKind::start, "申请"),
                  receive = make.box(NodeKind::step, "收件"),
                  complete = make.box(NodeKind::decision, "材料是否齐全?"),
                  supplement = make.box(NodeKind::step, "补正"),
                  accept = make.box(NodeKind::step, "受理"),
                  review = make.box(NodeKind::step, "审查"),
                  inspect = make.box(NodeKind::step, "现场核查"),
                  decide = make.box(NodeKind::decision, "决定?"),
                  grant = make.box(NodeKind::step, "准予"),
                  refuse = make.box(NodeKind::step, "不予"),
                  print = make.box(NodeKind::step, "制证"),
                  deliver = make.box(NodeKind::end, "送达");
  make.line(apply, receive);
  make.line(receive, complete);
  make.line(complete, supplement, "否");
  make.line(complete, accept, "是");
  make.line(supplement, receive);
  make.line(accept, review);
  make.line(review, inspect);
  make.line(review, decide, "无需核查");
  make.line(inspect, decide);
  make.line(decide, grant, "符合");
  make.line(decide, refuse, "不符合");
  make.line(grant, print);
  make.line(print, deliver);
  make.line(refuse, deliver);
  return std::move(make).flow();
}

/// A long procedure: every six boxes a question with a way back and a refusal. Its likes are what
/// dot lays out fastest.
Flow procedure(std::size_t boxes) {
  FlowMaker make;
  NodeIndex last = make.box(NodeKind::start, "提出申请");
  while (make.size() + 6 < boxes) {
    const NodeIndex receive = make.box(NodeKind::step, "窗口收件"),
                    question = make.box(NodeKind::decision, "材料是否齐全？"),
                    supplement = make.box(NodeKind::document, "一次性告知补正"),
                    refused = make.box(NodeKind::end, "不予受理"),
                    review = make.box(NodeKind::step, "审查"),
                    decide = make.box(NodeKind::step, "作出决定");
    make.line(last, receive);
    make.line(receive, question);
    make.line(question, review, "是");
    make.line(question, supplement, "否，可补正");
    make.line(question, refused, "不属于本机关职权");
    make.line(supplement, receive);
    make.line(review, decide);
    last = decide;
  }
  make.line(last, make.box(NodeKind::end, "准予"));
  return std::move(make).flow();
}

/// The two batches.
constexpr std::string_view permits = "p", varied = "b";

/// The folders of the inputs: flow/, and dot/ for each font.
void write_inputs(const fs::path& folder) {
  const auto write = [&](const std::string& name, const Flow& flow) {
    std::ofstream(folder / "flow" / (name + ".flow.xml")) << *write_flow(flow);
    for (const Font& font : {truetype, noto}) {
      std::ofstream(folder / font.kind / (name + ".dot")) << dot_text(flow, font);
    }
  };
  for (const char* part : {"flow", truetype.kind, noto.kind}) fs::create_directories(folder / part);
  for (std::size_t i = 0; i < batch_size; ++i) {
    write(std::string(permits) + std::to_string(i), permit());
    write(std::string(varied) + std::to_string(i), test::large_flow(i + 1, 12, 0));
  }
  for (const std::size_t size : sizes) {
    write("n" + std::to_string(size), procedure(size));
  }
}

Words files(const fs::path& folder, std::string_view batch, const char* ending) {
  Words paths;
  for (std::size_t i = 0; i < batch_size; ++i) {
    paths.push_back((folder / (std::string(batch) + std::to_string(i) + ending)).string());
  }
  return paths;
}

Words operator+(Words words, const Words& more) {
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

class Table {
 public:
  /// `must` is the greatest ratio of wall times ours : theirs; 0: only told.
  void row(const std::string& what, const Cost& ours, const Cost& theirs, double must) {
    const double ratio = ours.wall / theirs.wall;
    judge(ours.ok && theirs.ok && (must == 0 || ratio <= must));
    std::printf("%-32s %9.2f %9.2f  %7.4f %7.4f  %s  %6.1f %6.1f  %s\n", what.c_str(), ours.wall,
                theirs.wall, ratio, ours.cpu / theirs.cpu, limit(must).c_str(), ours.memory,
                theirs.memory, verdict_);
    std::fflush(stdout);
  }
  void value(const std::string& what, double value, double must, bool at_least = false) {
    judge(at_least ? value >= must : value <= must);
    std::printf("%-32s %9.3f  %s%s  %s\n", what.c_str(), value, at_least ? ">= " : "",
                limit(must).c_str(), verdict_);
    std::fflush(stdout);
  }
  static void head() {
    std::printf("%-32s %9s %9s  %7s %7s  %6s  %6s %6s\n", "", "ours ms", "peer ms", "ratio", "cpu",
                "must", "MiB", "peer");
  }
  [[nodiscard]] bool kept() const { return kept_; }

 private:
  static std::string limit(double must) {
    char text[16] = "     -";
    if (must > 0) std::snprintf(text, sizeof text, "%6.3g", must);
    return text;
  }
  void judge(bool good) {
    verdict_ = good ? "ok" : "MISSED";
    kept_ = kept_ && good;
  }
  const char* verdict_ = "";
  bool kept_ = true;
};

class Comparison {
 public:
  Comparison(std::string program, fs::path disk, bool quick)
      : program_(std::move(program)), disk_(std::move(disk)), rounds_(quick ? 7 : 41) {}

  int run(const Words& parts) {
    const auto wanted = [&](std::string_view part) {
      return parts.empty() || std::find(parts.begin(), parts.end(), part) != parts.end();
    };
    Table::head();
    const fs::path memory = memory_folder();
    if (!memory.empty()) {
      for (const char* part : {"flow", truetype.kind, noto.kind}) {
        fs::create_directories(memory / part);
        fs::copy(disk_ / part, memory / part);
      }
    }
    if (wanted("one")) one_shot(memory.empty() ? disk_ : memory);
    if (wanted("batch")) {
      batch(disk_, "disk", 5);
      if (!memory.empty()) batch(memory, "tmpfs", 8);
    }
    if (!memory.empty()) fs::remove_all(memory);
    if (wanted("growth")) growth();
    return table_.kept() ? 0 : 1;
  }

 private:
  /// A folder of its own for what one run writes: to replace a file, and to find room for a new one
  /// where others were deleted just before, may cost more than to draw the chart.
  fs::path fresh(const fs::path& folder) {
    const fs::path own = folder / ("run" + std::to_string(++runs_));
    fs::create_directories(own);
    return own;
  }

  // Where there is a file system in memory, there: what it costs to make a file on a disk depends
  // on what was deleted there before.
  void one_shot(const fs::path& folder) {
    const std::string flow = (folder / "flow/p0.flow.xml").string();
    const auto dot = [&](const Font& font, const char* format) {
      return Words{"dot", "-T" + std::string(format), (folder / font.kind / "p0.dot").string(),
                   "-o", (fresh(folder) / "out").string()};
    };
    const auto draw = [&](const char* format) {
      return Words{program_,   "render", "-q", flow,
                   "--format", format,   "-o", (fresh(folder) / "out").string()};
    };
    std::vector<Cost> cost = interleaved(rounds_, [&](std::size_t) {
      return Commands{draw("svg"), dot(noto, "svg")};
    });
    table_.row("one chart, SVG", cost[0], cost[1], 0.15);
    table_.value("  memory, ours : dot", cost[0].memory / cost[1].memory, 0.35);
    for (const Font& font : {truetype, noto}) {
      if (!fs::exists(font.file)) continue;
      cost = interleaved(rounds_, [&](std::size_t) {
        return Commands{draw("pdf") + Words{"--font", font.file}, dot(font, "pdf")};
      });
      const bool is_noto = font.kind == noto.kind;
      table_.row("one chart, PDF, " + std::string(font.kind), cost[0], cost[1],
                 is_noto ? 0.15 : 0.20);
      if (is_noto) table_.value("  memory, ours : dot", cost[0].memory / cost[1].memory, 0.25);
    }
    cost = interleaved({{program_, "check", flow}, {"xmllint", "--noout", flow}}, rounds_);
    table_.row("one check : xmllint --noout", cost[0], cost[1], 0.7);
  }

  void batch(const fs::path& folder, const std::string& where, double must_svg) {
    const auto draw = [&](std::string_view charts, const char* format, const char* jobs) {
      return Words{program_, "render", "-q",
                   "-j",     jobs,     "--format",
                   format,   "-d",     fresh(folder).string()} +
             files(folder / "flow", charts, ".flow.xml");
    };
    // It writes beside what it reads.
    const auto dot = [&](std::string_view charts, const Font& font, const char* format) {
      const fs::path own = fresh(folder);
      fs::copy(folder / font.kind, own);
      return Words{"dot", "-T" + std::string(format), "-O"} + files(own, charts, ".dot");
    };
    const std::size_t rounds = std::max<std::size_t>(rounds_ / 6, 3);
    std::vector<Cost> cost;
    for (const std::string_view charts : {permits, varied}) {
      cost = interleaved(rounds, [&](std::size_t) {
        return Commands{draw(charts, "svg", "1"), dot(charts, noto, "svg"),
                        draw(charts, "svg", "2")};
      });
      table_.row((charts == permits ? "200 permits, SVG, " : "200 varied charts, SVG, ") + where,
                 cost[0], cost[1], 1 / must_svg);
      table_.value("  1 thread : 2 threads", cost[0].wall / cost[2].wall, 1.6, true);
    }
    if (where != "disk") return;
    for (const Font& font : {truetype, noto}) {
      if (!fs::exists(font.file)) continue;
      cost = interleaved(std::max<std::size_t>(rounds / 2, 1), [&](std::size_t) {
        return Commands{draw(varied, "pdf", "1") + Words{"--font", font.file},
                        dot(varied, font, "pdf")};
      });
      table_.row("200 varied charts, PDF, " + std::string(font.kind), cost[0], cost[1],
                 font.kind == noto.kind ? 1.0 / 6 : 1.0 / 4);
    }
    const Words flows = files(folder / "flow", varied, ".flow.xml");
    cost = interleaved({Words{program_, "check"} + flows, Words{"xmllint", "--noout"} + flows},
                       rounds);
    table_.row("200 checks : xmllint --noout", cost[0], cost[1], 1.3);
  }

  void growth() {
    double at_400 = 0, at_2000 = 0;
    for (const std::size_t size : sizes) {
      const std::string name = "n" + std::to_string(size);
      const std::vector<Cost> cost =
          interleaved({{program_, "render", "-q", (disk_ / "flow" / (name + ".flow.xml")).string(),
                        "-o", (disk_ / "out.svg").string()},
                       {"dot", "-Tsvg", (disk_ / noto.kind / (name + ".dot")).string(), "-o",
                        (disk_ / "out").string()}},
                      size > 500 ? 3 : 7);
      table_.row(std::to_string(size) + " boxes, SVG", cost[0], cost[1], size == 2000 ? 0.02 : 0);
      if (size == 400) at_400 = cost[0].cpu;
      if (size == 2000) at_2000 = cost[0].cpu;
    }
    table_.value("  exponent 400 to 2,000 boxes", std::log(at_2000 / at_400) / std::log(5.0), 1.2);
  }

  static fs::path memory_folder() {
    std::error_code error;
    if (!fs::is_directory("/dev/shm", error)) return {};
    return "/dev/shm/flowproof-bench-" + std::to_string(getpid());
  }

  std::string program_;
  fs::path disk_;
  std::size_t rounds_, runs_ = 0;
  Table table_;
};

int compare(const char* program, Words parts) {
  const fs::path folder =
      fs::temp_directory_path() / ("flowproof-bench-" + std::to_string(getpid()));
  // In a process of its own: what it needs would count as memory of every program started later.
  if (const pid_t writer = fork(); writer == 0) {
    write_inputs(folder);
    std::_Exit(0);
  } else if (int status = 0; waitpid(writer, &status, 0) != writer || status != 0) {
    return 2;
  }
  const bool quick = std::erase(parts, "quick") > 0;
  const int verdict = Comparison(program, folder, quick).run(parts);
  fs::remove_all(folder);
  return verdict;
}

}  // namespace
}  // namespace flowproof::bench

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fputs("usage: flowproof_bench_peers PROGRAM [quick] [one] [batch] [growth]\n", stderr);
    return 2;
  }
  return flowproof::bench::compare(argv[1], {argv + 2, argv + argc});
}
