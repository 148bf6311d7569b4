// Puts a flow together by ids; exits may name boxes that come later.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "flowproof/flow.hpp"

namespace flowproof {

class FlowBuilder {
 public:
  /// Adds a box; empty values are left out. Gives the id, which gets a number if it is taken.
  std::string add(NodeKind kind, std::string_view id, std::string_view lane,
                  const std::vector<std::pair<Attribute, std::string>>& attributes);
  void set(std::string_view id, Attribute name, std::string value);
  void exit(std::string_view from, std::string_view to, std::string when = {},
            std::optional<std::int32_t> max = {});
  /// The exit of the main way: it comes before the others of its box.
  void main_exit(std::string_view from, std::string_view to, std::string when);
  void note(std::string text);

  /// Only lanes that are used stay. Pre: every exit's ends were added.
  [[nodiscard]] Flow take(
      Flow root, const std::vector<std::pair<std::string_view, std::string_view>>& lanes) &&;

 private:
  struct Exit {
    std::string from, to, when;
    std::optional<std::int32_t> max;
    bool main;
  };
  [[nodiscard]] std::size_t index_of(std::string_view id) const;

  std::vector<Node> nodes_;
  std::vector<std::string> lane_of_;
  std::vector<Exit> exits_;
  std::vector<Note> notes_;
};

}  // namespace flowproof
