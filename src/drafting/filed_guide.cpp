#include <algorithm>

#include "drafting/draft_plan.hpp"
#include "flowproof/drafting.hpp"

namespace flowproof {

namespace {

void name_kind(Text& kind, const char* name) {
  if (kind.empty()) kind.value = name;
}

bool is_one_of(const Text& text, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), text.value) != words.end();
}

/// Portals without a column for the basis write it behind the name:
/// "机构评审：《节能审查办法》第八条".
void split_basis(GuideSpecial& special) {
  constexpr std::size_t longest_name = 60;  // bytes
  const std::string whole = special.kind.value;
  if (!special.basis.empty() || whole.find("《") == std::string::npos) return;
  constexpr std::string_view colons[] = {"：", ":", "《"};
  for (const std::string_view colon : colons) {
    const std::size_t end = whole.find(colon);
    if (end == std::string::npos || end == 0 || end > longest_name) continue;
    special.kind.value = whole.substr(0, end);
    special.basis = {whole.substr(colon == "《" ? end : end + colon.size()), special.kind.span};
    special.basis.value.erase(0, special.basis.value.find_first_not_of(' '));
    return;
  }
  special.basis = special.kind;
  special.kind = {};
}

}  // namespace

Guide filed_guide(Guide guide) {
  for (GuideStep& step : guide.steps) {
    step.limit.value = joined_limit(step.limit, step.unit);
    step.unit = {};
    if (step.name.empty()) step.name = step.stage;
  }
  for (GuideSpecial& special : guide.specials) {
    special.limit.value = joined_limit(special.limit, special.unit);
    special.unit = {};
    split_basis(special);
    name_kind(special.kind, "特别程序");
    if (!is_one_of(special.counted, {"yes", "no", "是", "否", "true", "false"})) {
      special.counted = {};
    }
  }
  for (GuideMaterial& material : guide.materials) {
    if (need_word(material.need.value) == nullptr) material.need = {};
  }
  for (GuideEntry& remedy : guide.remedies) name_kind(remedy.kind, "救济途径");
  for (GuideEntry& contact : guide.contacts) name_kind(contact.kind, "联系方式");
  for (GuideQuestion& question : guide.questions) name_kind(question.ask, "常见问题");
  std::erase_if(guide.targets, [](const GuideTarget& target) {
    return target.value.empty() || !is_one_of(target.kind, {"limit", "materials", "visits"});
  });
  return guide;
}

}  // namespace flowproof
