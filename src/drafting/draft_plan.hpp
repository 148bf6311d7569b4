// Which boxes the chart of a guide has on its main way, before branches are drawn.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "flowproof/guide.hpp"
#include "flowproof/profile.hpp"

namespace flowproof {

struct PlannedBox {
  Stage role = Stage::review;  ///< what the box does on the way
  bool known = true;           ///< false: its words name no stage
  bool assumed = false;        ///< the guide does not list it
  bool uncounted = false;      ///< that its time is not counted is assumed
  bool legal_limit = false;    ///< its limit is what the law allows; the guide says none
  bool refusal = false;        ///< an exit that the gates have anyway
  std::string stage, text, by, limit, output, counted, basis;
  TimeLimit reading;
};

enum class DraftForm : std::uint8_t {
  full,
  instant,  ///< 即办件 without steps: examined and decided in one box
  service,  ///< 公共服务 without steps: no procedure of the law
};

struct DraftPlan {
  DraftForm form = DraftForm::full;
  ItemType type = ItemType::other_power;
  PlannedBox start;
  std::optional<PlannedBox> supplement;   ///< the guide's own row of it
  std::vector<PlannedBox> stops;          ///< 终止, 撤回: ways off the decision
  std::vector<PlannedBox> boxes;          ///< in order
  std::optional<std::size_t> acceptance;  ///< box that decides on acceptance
  std::optional<std::size_t> decision;    ///< box that decides
  std::vector<PlannedBox> specials;       ///< those without a row of their own, and 中止
  /// Boxes [first, last] that are drawn side by side: one after another they break the promise.
  struct Run {
    std::size_t first = 0, last = 0;
  };
  std::optional<Run> parallel;
  /// The box that the whole promise stands on, as no step says its part.
  std::optional<std::size_t> limit_assumed;
};

[[nodiscard]] DraftPlan plan_draft(const Guide& guide, const Profile& profile);

/// Whether findings of that rule count at least so much in the profile.
[[nodiscard]] bool counts(const Profile& profile, std::string_view rule, Severity least);

/// A limit as charts write it: "20(工作日)" is 20个工作日; what says more than a number stays.
[[nodiscard]] std::string spelled_limit(const std::string& text, const TimeLimit& reading);

/// "5" and 工作日 are 5个工作日; a text with its own unit stays as it is.
[[nodiscard]] std::string joined_limit(const Text& limit, const Text& unit);

}  // namespace flowproof
