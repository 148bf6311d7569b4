// A stored layout must give the same drawing: flow and layout made by hand -> scene -> SVG.
//
// FLOWPROOF_UPDATE_GOLDEN=1 rewrites the stored drawings and fails, so that a person looks at them.
#include <gtest/gtest.h>

#include <cstdlib>

#include "flowproof/writer.hpp"
#include "support/command.hpp"
#include "support/drawn_chart.hpp"

namespace flowproof {
namespace {

void expect_golden(const std::string& drawing, const std::string& name) {
  const std::string path = FLOWPROOF_SOURCE_DIR "/tests/golden/scene/" + name;
  if (std::getenv("FLOWPROOF_UPDATE_GOLDEN") != nullptr) {
    test::write_file(path, drawing);
    FAIL() << "rewritten, look at it: " << path;
  }
  const std::string stored = test::read_file(path);
  const std::string written = testing::TempDir() + "flowproof_" + name;
  if (stored == drawing) return;
  test::write_file(written, drawing);
  FAIL() << "the drawing is not " << path << "\nsee " << written;
}

TEST(SceneGolden, ChartOnScreen) {
  expect_golden(write_svg(test::permit_chart().scene(), {}), "permit.svg");
}

TEST(SceneGolden, ChartInEnglish) {
  expect_golden(write_svg(test::permit_chart().scene({.language = Language::en}), {}),
                "permit.en.svg");
}

TEST(SceneGolden, ChartBrokenIntoPages) {
  test::DrawnChart chart = test::permit_chart();
  chart.profile.page.orientation = Orientation::landscape;
  const Scene scene = chart.scene({.paged = true});
  ASSERT_EQ(scene.pages.size(), 2U);
  for (std::size_t i = 0; i < scene.pages.size(); ++i) {
    expect_golden(write_svg(scene, {.page = i}), "permit.page" + std::to_string(i + 1) + ".svg");
  }
}

}  // namespace
}  // namespace flowproof
