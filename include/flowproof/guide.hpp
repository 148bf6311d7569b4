// A service guide (办事指南): the elements of GB/T 39046-2020 table 4 that a flow can be held
// against.
//
// Made by read_guide (src/xml) and by the portal readers, used by rules. Everything is optional:
// real guides lack steps, limits and results; an empty Text means "not given".
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "flowproof/flow.hpp"

namespace flowproof {

/// <statutory> or <promised>: 法定 / 承诺办结时限.
struct GuideLimit {
  Text value;  ///< "20个工作日", or a bare number with `unit`
  Text unit;   ///< 工作日, 日, 月, 小时; may be empty
  Text note;   ///< 说明
  Text basis;  ///< 依据
  Text span;   ///< promised only: which stretch it covers, "受理..决定"
  TimeLimit reading;
  Span place;  ///< the element name

  [[nodiscard]] bool given() const { return !value.empty(); }
};

/// One row of the procedure table: 环节, 步骤, 办理人员, 办理时限, 办理结果, 审查标准.
struct GuideStep {
  Text stage, name, performer, limit, unit, result, standard;  ///< `unit` of a bare number
  TimeLimit reading;
  Span span;
};

/// 特别程序: its time does or does not count (是否计算在办结时限内).
struct GuideSpecial {
  Text kind, limit, unit, basis, counted;  ///< `unit` of a bare number
  TimeLimit reading;
  Span span;
};

/// 必要性 of a material, IS_NEED of the portals.
enum class Need : std::uint8_t { required, optional, later };
struct NeedWord {
  std::string_view word;
  Need need;
};
/// Words that files and portals have for it.
inline constexpr NeedWord need_words[] = {
    {"yes", Need::required},    {"no", Need::optional},    {"later", Need::later},
    {"是", Need::required},     {"否", Need::optional},    {"必要", Need::required},
    {"非必要", Need::optional}, {"容缺后补", Need::later}, {"容缺", Need::later},
};
[[nodiscard]] constexpr const NeedWord* need_word(std::string_view text) {
  for (const NeedWord& row : need_words) {
    if (row.word == text) return &row;
  }
  return nullptr;
}

struct GuideMaterial {
  Text name;
  Text need;  ///< yes | no | later (必要, 非必要, 容缺后补)
  Need reading = Need::required;
  Span span;
};

struct GuideResult {
  Text name;
  Text kind;  ///< 证照, 批文, 其他, 无
  Span span;
};

/// 救济途径, 咨询, 监督投诉: `kind` and a text.
struct GuideEntry {
  Text kind, text;
  Span span;
};

struct GuideQuestion {
  Text ask, answer;
  Span span;
};

/// 双减半 targets of the item.
struct GuideTarget {
  Text kind;   ///< limit | materials | visits
  Text value;  ///< what it is to be reduced to
  TimeLimit reading;
  Span span;
};

struct Guide {
  Text name, code, catalog, type, handling, authority, level, version, date;
  GuideLimit statutory, promised;
  std::vector<GuideStep> steps;
  std::vector<GuideSpecial> specials;
  std::vector<GuideMaterial> materials;
  std::vector<GuideResult> results;
  std::vector<GuideEntry> remedies;
  std::vector<GuideEntry> contacts;
  std::vector<Text> conditions;
  std::vector<GuideQuestion> questions;
  std::vector<GuideTarget> targets;
  Text procedure;              ///< 办理流程 as free text
  bool tells_contacts = true;  ///< false: the record it is from has no place for them
  Span span;
};

}  // namespace flowproof
