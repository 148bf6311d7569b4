// Materials, results and conditions: what the chart and the guide say of them, and how clearly.
#include <algorithm>

#include "rules/rule_support.hpp"

namespace flowproof::rules {

namespace {

std::vector<std::string_view> split(std::string_view list,
                                    std::span<const std::string_view> marks) {
  std::vector<std::string_view> items;
  while (!list.empty()) {
    std::size_t end = list.size(), length = 0;
    for (const std::string_view mark : marks) {
      const std::size_t found = list.find(mark);
      if (found < end) {
        end = found;
        length = mark.size();
      }
    }
    std::string_view item = list.substr(0, end);
    while (item.starts_with(' ')) item.remove_prefix(1);
    while (item.ends_with(' ')) item.remove_suffix(1);
    if (!item.empty()) items.push_back(item);
    list.remove_prefix(std::min(list.size(), end + length));
  }
  return items;
}

constexpr std::string_view between_materials[] = {"；", ";"};
constexpr std::string_view inside_materials[] = {"、", "，", ","};

bool names_same(std::string_view a, std::string_view b) {
  return a.find(b) != std::string_view::npos || b.find(a) != std::string_view::npos;
}

bool listed(const Guide& guide, std::string_view name) {
  return std::any_of(guide.materials.begin(), guide.materials.end(),
                     [&](const GuideMaterial& m) { return names_same(m.name.value, name); });
}

void check_listed(const RuleContext& c, Reporter& report) {
  if (c.guide->materials.empty()) return;
  for (const Node& node : c.flow.nodes) {
    for (const std::string_view whole : split(node.get(Attribute::material), between_materials)) {
      if (listed(*c.guide, whole)) continue;
      for (const std::string_view part : split(whole, inside_materials)) {
        // Vague names are another finding.
        if (listed(*c.guide, part) || !c.profile.phrase_in("vague-material", part).empty())
          continue;
        report.at(node.place(Attribute::material),
                  {{"material", std::string(part)}, {"node", node.label()}}, node.id());
      }
    }
  }
}

/// What the chart takes from the guide's list is told there.
void leave_out_materials(const Guide& guide, std::string& text) {
  for (const GuideMaterial& material : guide.materials) {
    const std::string& name = material.name.value;
    const std::size_t at = name.empty() ? std::string::npos : text.find(name);
    if (at != std::string::npos) text.erase(at, name.size());
  }
}

void check_vague_materials(const RuleContext& c, Reporter& report) {
  const auto look = [&](const std::string& text, Span span, const std::string& element) {
    const std::string_view phrase = c.profile.phrase_in("vague-material", text);
    // 放弃国籍的有关材料 says which.
    const bool told =
        phrase.starts_with("有关") && text.find("的" + std::string(phrase)) != std::string::npos;
    if (!phrase.empty() && !told) report.at(span, {{"phrase", std::string(phrase)}}, element);
  };
  for (const Node& node : c.flow.nodes) {
    std::string own = node.get(Attribute::material);
    if (c.guide != nullptr) leave_out_materials(*c.guide, own);
    look(own, node.place(Attribute::material), node.id());
  }
  if (c.guide == nullptr) return;
  for (const GuideMaterial& material : c.guide->materials) {
    look(material.name.value, material.name.span, {});
  }
}

/// The catch-all of a condition; none in "解散、撤销以及其他情形，依法终止的": what decides
/// follows.
std::string_view catch_all_in(const RuleContext& c, std::string_view text) {
  for (std::string left;; text = left) {
    const std::string_view phrase = c.profile.phrase_in("vague-condition", text);
    if (phrase.empty()) return {};
    const std::size_t at = text.find(phrase);
    const std::string_view after = text.substr(at + phrase.size());
    if (!after.starts_with("，依法") && !after.starts_with("，未依法")) return phrase;
    left = std::string(text).erase(at, phrase.size());
  }
}

void check_conditions(const RuleContext& c, Reporter& report) {
  for (const Text& condition : c.guide->conditions) {
    const std::string_view phrase = catch_all_in(c, condition.value);
    if (!phrase.empty()) report.at(condition.span, {{"phrase", std::string(phrase)}});
  }
}

/// Where the chart speaks of 容缺: a box, an exit, a note; nothing if it does not.
std::optional<Span> later_supply_in(const RuleContext& c) {
  const auto says = [&](const std::string& text) {
    return !c.profile.phrase_in("later-supply", text).empty();
  };
  for (const Node& node : c.flow.nodes) {
    if (says(words_of(node))) return node.span;
  }
  for (const Edge& edge : c.flow.edges) {
    if (says(edge.when.value)) return edge.when.span;
  }
  for (const Note& note : c.flow.notes) {
    if (says(note.text.value)) return note.span;
  }
  return std::nullopt;
}

void check_later(const RuleContext& c, Reporter& report) {
  const std::vector<GuideMaterial>& materials = c.guide->materials;
  if (materials.empty()) return;
  const auto later = std::find_if(materials.begin(), materials.end(),
                                  [](const GuideMaterial& m) { return m.reading == Need::later; });
  const std::optional<Span> drawn = later_supply_in(c);
  if (drawn && later == materials.end()) {
    report.at(*drawn, Arguments{});
  } else if (!drawn && later != materials.end()) {
    report.at(later->name.span,
              {"办事指南的“{material}”可以容缺后补，流程图没有画容缺受理",
               "the guide lets '{material}' be handed in later, the chart does not show it"},
              {{"material", later->name.value}});
  }
}

/// A chart that names no papers at all says nothing about the result.
void check_result(const RuleContext& c, Reporter& report) {
  std::string said;
  bool names_papers = false;
  for (const Node& node : c.flow.nodes) {
    names_papers = names_papers || node.has(Attribute::output);
    said += words_of(node);
  }
  if (!names_papers) return;
  for (const GuideResult& result : c.guide->results) {
    if (read_time_limit(result.name.value).form == LimitForm::none) {
      report.at(result.name.span,
                {"办事指南的结果名称是“{result}”", "the guide's result is called '{result}'"},
                {{"result", result.name.value}});
    } else if (said.find(result.name.value) == std::string::npos) {
      report.at(result.name.span, {{"result", result.name.value}});
    }
  }
}

/// The materials the chart names where applications are handed in; nothing if it names none there,
/// or so vaguely that it may mean any.
std::vector<std::string_view> drawn_materials(const RuleContext& c) {
  constexpr std::uint32_t handing_in = bit_of(Stage::apply) | bit_of(Stage::receive);
  std::vector<std::string_view> drawn;
  bool listed_there = false;
  for (const NodeIndex i : every_node(c.flow)) {
    const Node& node = c.flow.node(i);
    const std::string& text = node.get(Attribute::material);
    if (text.empty()) continue;
    if (!c.profile.phrase_in("vague-material", text).empty()) return {};
    if (!c.profile.phrase_in("all-materials", text).empty()) return {};
    listed_there = listed_there || node.kind == NodeKind::start ||
                   (c.facts.meanings[at(i)].stages & handing_in) != 0;
    for (const std::string_view whole : split(text, between_materials)) drawn.push_back(whole);
  }
  return listed_there ? drawn : std::vector<std::string_view>{};
}

/// Some name holds the material, or is held by it, whole or in one of its parts.
bool named_in(const std::vector<std::string_view>& names, std::string_view material) {
  return std::any_of(names.begin(), names.end(), [&](std::string_view name) {
    if (names_same(name, material)) return true;
    const auto parts = split(name, inside_materials);
    return std::any_of(parts.begin(), parts.end(),
                       [&](std::string_view part) { return names_same(part, material); });
  });
}

void check_drawn(const RuleContext& c, Reporter& report) {
  const std::vector<std::string_view> drawn = drawn_materials(c);
  if (drawn.empty()) return;
  for (const GuideMaterial& material : c.guide->materials) {
    if (material.reading != Need::required || named_in(drawn, material.name.value)) continue;
    report.at(material.name.span, {{"material", material.name.value}});
  }
}

/// What the chart makes where certificates are made is a result of the item.
void check_made(const RuleContext& c, Reporter& report) {
  std::string said;
  for (const Node& node : c.flow.nodes) said += words_of(node);
  std::vector<std::string_view> results;
  for (const GuideResult& result : c.guide->results) {
    const std::string& name = result.name.value;
    // A result that is not drawn, or none at all, is result-differs.
    if (said.find(name) == std::string::npos) return;
    results.push_back(name);
  }
  if (results.empty()) return;
  for (const NodeIndex i : every_node(c.flow)) {
    const Node& node = c.flow.node(i);
    const std::string& made = node.get(Attribute::output);
    if (made.empty() || !c.facts.reachable[at(i)] || !c.facts.meanings[at(i)].is(Stage::certify)) {
      continue;
    }
    const bool known = std::any_of(results.begin(), results.end(), [&](std::string_view result) {
      return named_in({made}, result);
    });
    if (!known) {
      report.at(node.place(Attribute::output), {{"node", node.label()}, {"result", made}},
                node.id());
    }
  }
}

}  // namespace

extern constinit const Rule later_materials_differ{
    .code = "G404",
    .name = "later-materials-differ",
    .severity = Severity::warning,
    .source = {"上海市优化营商环境条例第二十四条；安阳市政务服务条例第二十四条",
               "Shanghai regulation on the business environment, art. 24; Anyang regulation, art. "
               "24"},
    .message = {"流程图有容缺受理，办事指南没有可以容缺后补的材料",
                "the chart accepts with materials missing, the guide lets none be handed in later"},
    .help = {"在办事指南标明容缺后补的材料，或从流程图删去容缺受理",
             "mark what may come later in the guide, or delete 容缺受理 from the chart"},
    .domain = "R40",
    .needs = Needs::guide,
    .check = &check_later,
};

extern constinit const Rule result_differs{
    .code = "G405",
    .name = "result-differs",
    .severity = Severity::warning,
    .source = {"GB/T 39046-2020 表4 第29项", "GB/T 39046-2020 table 4, item 29"},
    .message = {"办事指南的结果“{result}”在流程图上没有",
                "the guide's result '{result}' is not in the chart"},
    .help = {"使流程图的文书、证照名称与办事指南的结果名称一致",
             "call the paper in the chart as the guide's result is called"},
    .domain = "R43",
    .needs = Needs::guide,
    .check = &check_result,
};

extern constinit const Rule material_not_listed{
    .code = "G406",
    .name = "material-not-listed",
    .severity = Severity::warning,
    .source = {"行政许可法第三十一条；上海市优化营商环境条例第二十四条",
               "Administrative Licensing Law, art. 31; Shanghai regulation on the business "
               "environment, art. 24"},
    .message = {"“{node}”要的材料“{material}”不在办事指南的材料清单里",
                "'{material}', taken by '{node}', is not in the guide's list of materials"},
    .help = {"清单以外的材料不得要求；确有依据的补进办事指南",
             "nothing beyond the list may be asked for; add it if the law asks for it"},
    .domain = "R44",
    .needs = Needs::guide,
    .check = &check_listed,
};

extern constinit const Rule vague_material{
    .code = "L501",
    .name = "vague-material",
    .severity = Severity::warning,
    .source = {"行政许可法第三十条、第三十一条", "Administrative Licensing Law, arts. 30, 31"},
    .message = {"材料名称里有“{phrase}”，申请人不知道要交什么",
                "'{phrase}' does not tell the applicant what to hand in"},
    .help = {"逐项写出材料名称", "name each material"},
    .domain = "R44",
    .check = &check_vague_materials,
    .on_records = true,
};

extern constinit const Rule vague_condition{
    .code = "L502",
    .name = "vague-condition",
    .severity = Severity::warning,
    .source = {"上海市优化营商环境条例第二十四条：办理条件不得含有兜底条款",
               "Shanghai regulation on the business environment, art. 24: no catch-all conditions"},
    .message = {"受理条件里有“{phrase}”这样的兜底说法",
                "the condition holds the catch-all '{phrase}'"},
    .help = {"写明具体条件，或写明规定它的法律条款",
             "state the condition, or the clause of the law that does"},
    .domain = "R45",
    .needs = Needs::guide,
    .check = &check_conditions,
    .on_records = true,
};

extern constinit const Rule material_not_drawn{
    .code = "G409",
    .name = "material-not-drawn",
    .severity = Severity::info,
    .source = {"行政许可法第三十条；GB/T 39046-2020 表4",
               "Administrative Licensing Law, art. 30; GB/T 39046-2020 table 4"},
    .message = {"流程图在申请、收件处列了材料，没有办事指南要的“{material}”",
                "the chart lists materials to hand in, but not '{material}' of the guide"},
    .help = {"把材料补进流程图，或改为“见办事指南”；不再需要的从办事指南删去",
             "add it to the chart, or refer to the guide; delete it there if it is not needed"},
    .certainty = Certainty::inferred,
    .domain = "R44",
    .needs = Needs::guide,
    .check = &check_drawn,
};

extern constinit const Rule result_not_in_guide{
    .code = "G410",
    .name = "result-not-in-guide",
    .severity = Severity::info,
    .source = {"GB/T 39046-2020 表4 第29项", "GB/T 39046-2020 table 4, item 29"},
    .message = {"“{node}”制作的“{result}”不在办事指南的办理结果里",
                "'{result}', made by '{node}', is not among the guide's results"},
    .help = {"把它补进办事指南的办理结果，或改正流程图的名称",
             "add it to the guide's results, or correct its name in the chart"},
    .certainty = Certainty::inferred,
    .domain = "R43",
    .needs = Needs::guide,
    .check = &check_made,
};

}  // namespace flowproof::rules
