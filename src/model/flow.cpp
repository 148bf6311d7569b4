#include "flowproof/flow.hpp"

#include <algorithm>
#include <array>
#include <iterator>

namespace flowproof {

static constexpr std::array<std::string_view, node_kind_count> node_kind_names{
    "start",   "step",     "decision", "document", "data",
    "special", "parallel", "join",     "subflow",  "end"};

static constexpr std::uint16_t bit(NodeKind kind) {
  return static_cast<std::uint16_t>(1U << static_cast<unsigned>(kind));
}
static constexpr std::uint16_t every_kind = (1U << node_kind_count) - 1;

struct AttributeRow {
  std::string_view name;
  std::uint16_t kinds;  // which nodes may carry it
};

static constexpr std::array<AttributeRow, attribute_count> attribute_rows{{
    {"id", every_kind},
    {"lane", every_kind},
    {"stage", every_kind},
    {"text", every_kind},
    {"by", every_kind},
    {"limit", every_kind},
    {"counted", every_kind},
    {"basis", every_kind},
    {"material", every_kind},
    {"output", every_kind},
    {"href", every_kind},
    {"remark", every_kind},
    {"kind", bit(NodeKind::special)},
    {"outcome", static_cast<std::uint16_t>(bit(NodeKind::end) | bit(NodeKind::document))},
    {"condition", bit(NodeKind::decision)},
}};

std::string_view name_of(NodeKind kind) { return node_kind_names[static_cast<std::size_t>(kind)]; }

std::string_view name_of(Attribute attribute) {
  return attribute_rows[static_cast<std::size_t>(attribute)].name;
}

std::optional<NodeKind> node_kind_named(std::string_view name) {
  const auto found = std::find(node_kind_names.begin(), node_kind_names.end(), name);
  if (found == node_kind_names.end()) return std::nullopt;
  return static_cast<NodeKind>(found - node_kind_names.begin());
}

std::optional<Attribute> attribute_named(std::string_view name) {
  const auto found = std::find_if(attribute_rows.begin(), attribute_rows.end(),
                                  [&](const AttributeRow& row) { return row.name == name; });
  if (found == attribute_rows.end()) return std::nullopt;
  return static_cast<Attribute>(found - attribute_rows.begin());
}

bool allowed(NodeKind kind, Attribute attribute) {
  return (attribute_rows[static_cast<std::size_t>(attribute)].kinds & bit(kind)) != 0;
}

static const AttributeText* find_attribute(const Node& node, Attribute name) {
  for (const AttributeText& given : node.attributes) {  // the library's find is not inlined here
    if (given.name == name) return &given;
  }
  return nullptr;
}

bool Node::has(Attribute name) const { return find_attribute(*this, name) != nullptr; }

const std::string& Node::get(Attribute name) const {
  static const std::string nothing;
  const AttributeText* found = find_attribute(*this, name);
  return found == nullptr ? nothing : found->text.value;
}

Span Node::place(Attribute name) const {
  const AttributeText* found = find_attribute(*this, name);
  return found == nullptr ? span : found->text.span;
}

const std::string& Node::label() const {
  for (const Attribute name :
       {Attribute::text, Attribute::kind, Attribute::outcome, Attribute::stage}) {
    if (const std::string& value = get(name); !value.empty()) return value;
  }
  return id();
}

bool Node::counted() const {
  const std::string& value = get(Attribute::counted);
  return value != "no" && value != "否" && limit.counted && limit.form != LimitForm::not_counted;
}

bool Edge::names_timeout() const {
  constexpr std::string_view words[] = {"逾期", "超时",    "超期",     "到期",    "届满",
                                        "期满", "timeout", "time-out", "overdue", "limit passes"};
  return std::any_of(std::begin(words), std::end(words), [&](std::string_view word) {
    return when.value.find(word) != std::string::npos;
  });
}

std::optional<NodeIndex> Flow::find(std::string_view id) const {
  const auto found =
      std::find_if(nodes.begin(), nodes.end(), [&](const Node& node) { return node.id() == id; });
  if (found == nodes.end()) return std::nullopt;
  return NodeIndex{static_cast<std::uint32_t>(found - nodes.begin())};
}

}  // namespace flowproof
