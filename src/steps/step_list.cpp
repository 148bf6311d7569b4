// Writes the steps of a scene as a numbered list, in Markdown or plain text.
//
// Text is the user's own: in Markdown everything that would mark up, link or run is escaped.
#include <algorithm>
#include <string>
#include <string_view>

#include "flowproof/writer.hpp"

namespace flowproof {

namespace {

/// What one of the two formats does with a text.
struct Style {
  std::string (*text)(std::string_view);
  std::string (*strong)(std::string_view, const std::string& href);
  std::string_view title, fact, under;
};

// CommonMark 2.4: any ASCII punctuation may be escaped with a backslash. A leading "-", "+" or
// number cannot start a list, because every text stands behind a mark of ours.
std::string escaped(std::string_view text) {
  constexpr std::string_view special = "\\`*_{}[]<>#|~&!";
  std::string out;
  for (const char c : text) {
    if (special.find(c) != std::string_view::npos) out += '\\';
    out += c;
  }
  return out;
}

std::string plain(std::string_view text) { return std::string(text); }

std::string strong_link(std::string_view text, const std::string& href) {
  const std::string words = "**" + escaped(text) + "**";
  return href.empty() ? words : "[" + words + "](<" + href + ">)";
}

std::string plain_link(std::string_view text, const std::string& href) {
  return href.empty() ? std::string(text) : std::string(text) + " <" + href + '>';
}

constexpr Style markdown{escaped, strong_link, "# ", "- ", "- "};
constexpr Style plain_text{plain, plain_link, "", "", "  "};

std::string joined(const std::vector<std::string>& parts, std::string_view separator) {
  std::string text;
  for (const std::string& part : parts) {
    if (!text.empty()) text += separator;
    text += part;
  }
  return text;
}

class StepList {
 public:
  StepList(const Scene& scene, const Style& style)
      : scene_(scene), style_(style), chinese_(scene.language.starts_with("zh")) {}

  std::string write() {
    add_line(style_.title, style_.text(scene_.title));
    add_facts(scene_.facts);
    if (!scene_.steps.empty()) out_ += '\n';
    for (std::size_t i = 0; i < scene_.steps.size(); ++i) add_step(i);
    add_facts(scene_.footing);
    return std::move(out_);
  }

 private:
  void add_facts(const std::vector<std::string>& facts) {
    if (!facts.empty()) out_ += '\n';
    for (const std::string& fact : facts) add_line(style_.fact, style_.text(fact));
  }

  void add_step(std::size_t index) {
    const Step& step = scene_.steps[index];
    std::vector<std::string> details;
    if (step.kind != step.text) details.push_back(step.kind);
    details.insert(details.end(), step.details.begin(), step.details.end());
    std::string about = joined(details, chinese_ ? "；" : "; ");
    if (!about.empty()) about = chinese_ ? "（" + about + "）" : " (" + about + ')';
    const std::string number = std::to_string(index + 1) + ". ";
    add_line(number, style_.strong(step.text, step.href) + style_.text(about));
    // What belongs to an item of a list stands where its text begins (CommonMark 5.2).
    const std::string under = std::string(number.size(), ' ') + std::string(style_.under);
    for (const std::string& remark : step.remarks) add_line(under, style_.text(remark));
    for (const Step::Exit& exit : step.exits) {
      const std::string goal =
          "→ " + std::to_string(exit.to + 1) + ' ' + scene_.steps[exit.to].text;
      add_line(under, style_.text(exit.when.empty() ? goal : exit.when + ' ' + goal));
    }
  }

  void add_line(std::string_view before, const std::string& text) {
    out_ += before;
    out_ += text;
    out_ += '\n';
  }

  const Scene& scene_;
  const Style& style_;
  const bool chinese_;
  std::string out_;
};

}  // namespace

std::string write_markdown(const Scene& scene) { return StepList(scene, markdown).write(); }

std::string write_text(const Scene& scene) { return StepList(scene, plain_text).write(); }

}  // namespace flowproof
