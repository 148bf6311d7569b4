// What a user of the library does first: check a flow and draw it.
//   consumer DATA_FOLDER FLOW SVG
#include <flowproof/pipeline.hpp>
#include <fstream>

int main(int count, char** words) {
  if (count != 4) return 2;
  const auto profiles = flowproof::load_profiles(words[1], {});
  if (!profiles) return 2;
  const auto drawn =
      flowproof::render_file(words[2], *profiles, {}, {{flowproof::writer_named("svg")}, {}});
  if (!drawn || drawn->outputs.empty()) return 3;
  std::ofstream(words[3], std::ios::binary) << drawn->outputs.front().front();
  return drawn->checked.result.findings.empty() ? 0 : 1;
}
