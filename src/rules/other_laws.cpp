// Which law is cited: the licensing law for what is no licence, laws that are no longer in force.
#include <algorithm>
#include <span>

#include "rules/rule_support.hpp"

namespace flowproof::rules {

namespace {

bool cites_licensing_law(const RuleContext& c, std::string_view basis) {
  return !c.profile.phrase_in("general-law", basis).empty() &&
         c.profile.phrase_in("by-analogy", basis).empty();
}

void check_scope(const RuleContext& c, Reporter& report) {
  if (!c.facts.type || c.facts.type == ItemType::licence) return;
  std::vector<Remark> places;
  const auto look = [&](Span place, std::string_view basis, const Quantity& limit,
                        const std::string& element) {
    if (!cites_licensing_law(c, basis)) return;
    places.push_back({place,
                      {{"{limit} 依据“{basis}”", "{limit} after '{basis}'"},
                       {{"limit", limit}, {"basis", std::string(basis)}}},
                      element});
  };
  if (c.guide != nullptr && c.guide->statutory.reading.has_amount()) {
    const GuideLimit& limit = c.guide->statutory;
    const Text& says = limit.basis.empty() ? limit.note : limit.basis;
    look(says.span, says.value, limit.reading.amount, {});
  }
  for (const Node& node : c.flow.nodes) {
    if (!node.limit.has_amount() || node.limit.amount.milli == 0) continue;
    look(node.place(Attribute::basis), node.get(Attribute::basis), node.limit.amount, node.id());
  }
  if (places.empty()) return;
  Diagnostic& finding =
      report.at(places.front().span, {{"type", name_of(*c.facts.type)}}, places.front().element);
  finding.witness = std::move(places);
}

bool is_one_of(std::string_view text, std::initializer_list<std::string_view> marks, bool at_end) {
  for (const std::string_view mark : marks) {
    if (at_end ? text.ends_with(mark) : text.starts_with(mark)) return true;
  }
  return text.empty();
}

/// Where a name may end: what stands behind it.
bool ends_name(std::string_view behind) {
  return is_one_of(behind, {"》", "第", "；", ";", "、", "，", ",", " ", "（", "("}, false);
}
bool begins_name(std::string_view before) {
  return is_one_of(before, {"《", "；", ";", "、", "，", ",", " ", "：", "中华人民共和国", "据"},
                   true);
}

std::string_view last_character(std::string_view name) {
  std::size_t at = name.size();
  while (at > 0 && (static_cast<unsigned char>(name[--at]) & 0xC0U) == 0x80U) {
  }
  return name.substr(at);
}

/// The laws by the character their names end with: 法 and 例 stand for nearly all, so a text is
/// searched twice and not once for each law.
class LawEnds {
 public:
  explicit LawEnds(std::span<const RepealedLaw> laws) : laws_(laws) {
    for (const RepealedLaw& law : laws) {
      const std::string_view end = last_character(law.name);
      if (std::find(ends_.begin(), ends_.end(), end) == ends_.end()) ends_.push_back(end);
    }
  }

  /// The first law cited itself: 合同法 in “《合同法》” and “合同法第八条”, not in “劳动合同法”.
  [[nodiscard]] const RepealedLaw* cited_in(std::string_view text) const {
    const RepealedLaw* first = nullptr;
    for (const std::string_view end : ends_) {
      // The last byte of a character is rarer than its first.
      for (std::size_t i = text.find(end.back()); i != std::string_view::npos;
           i = text.find(end.back(), i + 1)) {
        const std::size_t behind = i + 1;
        if (!text.substr(0, behind).ends_with(end) || !ends_name(text.substr(behind))) continue;
        for (const RepealedLaw& law : laws_) {
          const std::string_view before = text.substr(0, behind);
          if (first != nullptr && &law >= first) break;
          if (!before.ends_with(law.name)) continue;
          if (begins_name(before.substr(0, behind - law.name.size()))) first = &law;
        }
      }
    }
    return first;
  }

 private:
  std::span<const RepealedLaw> laws_;
  std::vector<std::string_view> ends_;
};

void check_repealed(const RuleContext& c, Reporter& report) {
  const LawEnds laws(*c.profile.repealed);
  const auto look = [&](std::string_view text, Span place, const std::string& element) {
    const RepealedLaw* law = laws.cited_in(text);
    if (law == nullptr) return;
    report.at(place, {{"law", law->name}, {"why", law->source}}, element);
  };
  for (const Node& node : c.flow.nodes) {
    look(node.get(Attribute::basis), node.place(Attribute::basis), node.id());
  }
  if (c.guide == nullptr) return;
  const Guide& guide = *c.guide;
  for (const GuideLimit* limit : {&guide.statutory, &guide.promised}) {
    look(limit->basis.value, limit->basis.span, {});
    look(limit->note.value, limit->note.span, {});
  }
  for (const GuideSpecial& special : guide.specials)
    look(special.basis.value, special.basis.span, {});
  for (const Text& condition : guide.conditions) look(condition.value, condition.span, {});
}

/// A picture's name, or a pointer to one, instead of the procedure.
void check_procedure(const RuleContext& c, Reporter& report) {
  constexpr std::size_t a_sentence = 180;  // bytes; who writes more tells the procedure as well
  const std::string& text = c.guide->procedure.value;
  if (text.empty() || text.size() > a_sentence || !c.guide->steps.empty() ||
      !c.flow.nodes.empty()) {
    return;
  }
  const std::uint32_t stages = read_words(c.profile.vocabulary, text).stages;
  const bool tells = (stages & (stages - 1)) != 0;  // two stages or more
  if (tells || c.profile.phrase_in("see-elsewhere", text).empty()) return;
  report.at(c.guide->procedure.span, {{"text", text}});
}

}  // namespace

extern constinit const Rule licensing_law_misapplied{
    .code = "T310",
    .name = "licensing-law-misapplied",
    .severity = Severity::warning,
    .source = {"行政许可法第二条、第四十二条（只适用于行政许可）",
               "Administrative Licensing Law, arts. 2, 42 (for licences only)"},
    .message =
        {"{type}事项的时限以行政许可法为依据，该法只适用于行政许可",
         "limits of this item ({type}) are based on the licensing law, which is for licences "
         "only"},
    .help = {"写明规定该事项时限的法律、法规；没有规定的，法定时限写“无”",
             "cite the law that sets this item's limit; if there is none, the statutory limit is "
             "无"},
    .domain = "R21",
    .check = &check_scope,
    .on_records = true,
};

extern constinit const Rule repealed_law{
    .code = "L504",
    .name = "repealed-law",
    .severity = Severity::info,
    .source = {"所列法律的废止条款（见提示）",
               "the clause that repealed the law (see the message)"},
    .message = {"引用的《{law}》不是现行有效的法律：{why}", "'{law}' is not in force: {why}"},
    .help = {"改引现行有效的法律、法规及其条款", "cite the law in force and its clause"},
    .domain = "R50",
    .check = &check_repealed,
    .on_records = true,
};

extern constinit const Rule procedure_elsewhere{
    .code = "L503",
    .name = "procedure-elsewhere",
    .severity = Severity::info,
    .source = {"GB/T 39046-2020 表4 第22项 办理流程",
               "GB/T 39046-2020 table 4, item 22, the procedure"},
    .message = {"办理流程只写“{text}”，无法核对",
                "the procedure only says '{text}': it cannot be checked"},
    .help = {"写明办理步骤，或者用流程图文件代替图片",
             "list the steps, or give the chart as a flow file instead of a picture"},
    .domain = "R49",
    .needs = Needs::guide,
    .check = &check_procedure,
    .on_records = true,
};

}  // namespace flowproof::rules
