// Any bytes at all: readers answer with findings whose places lie in the file, and never stop the
// program. And what is written is read back as it was.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "support/random_flow.hpp"
#include "support/readings.hpp"

namespace flowproof {
namespace {

using test::Random;
using ::testing::IsEmpty;

std::vector<std::string> documents() {
  std::vector<std::filesystem::path> paths;
  for (const char* folder : {"samples", "templates"}) {
    const std::filesystem::path root = std::filesystem::path(FLOWPROOF_SOURCE_DIR) / folder;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) {
      if (entry.path().extension() == ".xml") paths.push_back(entry.path());
    }
  }
  std::sort(paths.begin(), paths.end());
  std::vector<std::string> contents;
  for (const auto& path : paths) {
    std::ifstream file(path, std::ios::binary);
    contents.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
  }
  return contents;
}

void expect_inside(const Diagnostics& findings, const SourceText& source) {
  for (const Diagnostic& finding : findings) {
    ASSERT_NE(finding.rule, nullptr);
    ASSERT_LE(std::size_t{finding.span.offset} + finding.span.length, source.text.size())
        << finding.rule->name;
    for (const Remark& remark : finding.witness) {
      ASSERT_LE(std::size_t{remark.span.offset} + remark.span.length, source.text.size());
    }
  }
  (void)test::lines_of(findings, source.text);
}

// Everything that reads, on the same bytes. True if a flow came out.
bool read_all(std::string bytes) {
  const Decoded decoded = decode("x", std::move(bytes), {});
  expect_inside(decoded.diagnostics, decoded.source);
  // Also what decode refuses: readers must not depend on it.
  const Parsed<Flow> flow = read_flow(decoded.source, {});
  expect_inside(flow.diagnostics, decoded.source);
  const Parsed<Guide> guide = read_guide(decoded.source, {});
  expect_inside(guide.diagnostics, decoded.source);
  const Parsed<Flow> process = read_bpmn(decoded.source, {});
  expect_inside(process.diagnostics, decoded.source);
  const Parsed<Profile> profile = read_profile(decoded.source, {}, nullptr);
  expect_inside(profile.diagnostics, decoded.source);
  if (!decoded.readable) return false;
  if (!flow.value) {
    EXPECT_FALSE(flow.diagnostics.empty());
    return false;
  }
  for (const Edge& edge : flow.value->edges) {
    EXPECT_LT(at(edge.from), flow.value->nodes.size());
    EXPECT_LT(at(edge.to), flow.value->nodes.size());
  }
  return true;
}

TEST(Reading, TakesRandomBytes) {
  Random random(1);
  std::string bytes(1U << 20U, '\0');
  for (char& c : bytes) c = static_cast<char>(random.next());
  EXPECT_FALSE(read_all(bytes));
  for (int i = 0; i < 2000; ++i) {
    std::string some(random.below(200), '\0');
    for (char& c : some) c = static_cast<char>(random.next());
    read_all("<flow xmlns='urn:flowproof:flow:1'>" + some);
  }
}

TEST(Reading, TakesBytesThatAreNearlyXml) {
  static constexpr std::string_view pieces[] = {"<",       ">",
                                                "/",       "=",
                                                "'",       "\"",
                                                "&",       ";",
                                                "#",       "x",
                                                "!",       "--",
                                                "[",       "]",
                                                "?",       " ",
                                                "\n",      "step",
                                                "id",      "flow",
                                                "to",      "node",
                                                "CDATA",   "DOCTYPE",
                                                "xmlns",   ":",
                                                "受理",    "\xEF\xBB\xBF",
                                                "\xD0",    "&amp;",
                                                "&#10;",   "<flow xmlns='urn:flowproof:flow:1'>",
                                                "</flow>", "<step id='a'/>"};
  Random random(2);
  for (int i = 0; i < 20'000; ++i) {
    std::string text = "<flow xmlns='urn:flowproof:flow:1'>";
    for (std::size_t n = random.below(12); n > 0; --n) {
      text += pieces[random.below(std::size(pieces))];
    }
    if (random.chance(50)) text += "</flow>";
    read_all(text);
  }
}

// Elements and references of BPMN in any combination: whatever comes out is a flow with both ends
// of every line.
TEST(Reading, TakesAnyProcess) {
  static constexpr std::string_view kinds[] = {"startEvent",
                                               "endEvent",
                                               "task",
                                               "subProcess",
                                               "exclusiveGateway",
                                               "parallelGateway",
                                               "inclusiveGateway",
                                               "eventBasedGateway",
                                               "boundaryEvent",
                                               "intermediateThrowEvent"};
  static constexpr std::string_view inside[] = {"<timerEventDefinition/>",
                                                "<linkEventDefinition name='A'/>",
                                                "<terminateEventDefinition/>",
                                                "<documentation>x</documentation>",
                                                "",
                                                ""};
  for (std::uint64_t seed = 1; seed <= 3000; ++seed) {
    Random random(seed);
    const std::size_t count = random.between(1, 14);
    const auto id = [&] { return std::to_string(random.below(count)); };
    std::string text =
        "<definitions xmlns='http://www.omg.org/spec/BPMN/20100524/MODEL'><process id='p'>";
    std::size_t open = 0;
    for (std::size_t i = 0; i < count; ++i) {
      const std::string_view kind = kinds[random.below(std::size(kinds))];
      text.append("<").append(kind).append(" id='").append(std::to_string(i)).append("'");
      if (kind == "boundaryEvent") text.append(" attachedToRef='").append(id()).append("'");
      text.append(">").append(inside[random.below(std::size(inside))]);
      if (kind == "subProcess" && random.chance(70)) {
        ++open;
        continue;
      }
      text.append("</").append(kind).append(">");
      for (; open > 0 && random.chance(30); --open) text += "</subProcess>";
    }
    for (; open > 0; --open) text += "</subProcess>";
    for (std::size_t i = random.below(3 * count); i > 0; --i) {
      text.append("<sequenceFlow sourceRef='").append(id()).append("' targetRef='");
      text.append(id()).append(random.chance(20) ? "' name='n'/>" : "'/>");
    }
    const SourceText source = test::source_of(text + "</process></definitions>");
    const Parsed<Flow> parsed = read_bpmn(source, {});
    expect_inside(parsed.diagnostics, source);
    ASSERT_TRUE(parsed.value) << source.text;
    std::vector<std::string> ids;
    for (const Node& node : parsed.value->nodes) ids.push_back(node.id());
    std::sort(ids.begin(), ids.end());
    EXPECT_TRUE(std::adjacent_find(ids.begin(), ids.end()) == ids.end()) << source.text;
    for (const Edge& edge : parsed.value->edges) {
      ASSERT_LT(at(edge.from), ids.size()) << source.text;
      ASSERT_LT(at(edge.to), ids.size()) << source.text;
    }
    EXPECT_TRUE(
        std::is_sorted(parsed.value->edges.begin(), parsed.value->edges.end(),
                       [](const Edge& a, const Edge& b) { return at(a.from) < at(b.from); }));
  }
}

TEST(Reading, TakesTruncatedFiles) {
  for (const std::string& document : documents()) {
    for (std::size_t length = 0; length < document.size(); length += 97) {
      read_all(document.substr(0, length));
    }
  }
}

TEST(Reading, TakesFilesWithChangedBits) {
  Random random(3);
  for (const std::string& document : documents()) {
    for (int i = 0; i < 40; ++i) {
      std::string changed = document;
      for (std::size_t n = random.between(1, 4); n > 0; --n) {
        changed[random.below(changed.size())] ^= static_cast<char>(1U << random.below(8));
      }
      read_all(changed);
    }
  }
}

TEST(Reading, GivesBackWhatWasWritten) {
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    test::RandomFlowOptions options;
    options.hostile_texts = seed % 2 == 0;
    const Flow flow = test::random_flow(seed, options);
    const SourceText source = test::source_of(*write_flow(flow));
    const Decoded decoded = decode("x", source.text, {});
    EXPECT_TRUE(decoded.readable);
    const Parsed<Flow> again = read_flow(decoded.source, {});
    EXPECT_THAT(test::lines_of(again.diagnostics, source.text), IsEmpty()) << seed;
    ASSERT_EQ(test::dump(*again.value), test::dump(flow)) << seed;
    EXPECT_EQ(*write_flow(*again.value), source.text);
    EXPECT_EQ(*format_source(source), source.text);
  }
}

TEST(Reading, FormatsEveryDocumentOnceAndForAll) {
  for (const std::string& document : documents()) {
    const SourceText source = test::source_of(document);
    const SourceText formatted = test::source_of(*format_source(source));
    EXPECT_EQ(*format_source(formatted), formatted.text);
    const Parsed<Flow> before = read_flow(source, {});
    const Parsed<Flow> after = read_flow(formatted, {});
    ASSERT_EQ(before.value.has_value(), after.value.has_value());
    EXPECT_EQ(before.diagnostics.size(), after.diagnostics.size());
    if (before.value) {
      EXPECT_EQ(test::dump(*before.value), test::dump(*after.value));
    }
    const Parsed<Guide> guide = read_guide(source, {});
    if (guide.value) {
      EXPECT_EQ(*write_guide(*guide.value), *write_guide(*read_guide(formatted, {}).value));
    }
  }
}

}  // namespace
}  // namespace flowproof
