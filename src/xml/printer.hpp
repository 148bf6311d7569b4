// What the XML module gives to the program: documents printed element by element.
//
// tinyxml2 stands in the module alone, so that only those who write flows and guides load it: it
// brings a shared libstdc++ with it, which takes half as long to load as a check takes.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace flowproof::xml {

/// Changes whenever this file changes: a module of another build is refused.
inline constexpr std::uint32_t module_version = 1;

/// An element a line, two blanks a level; content with text stays on its line. Nothing printed may
/// have a NUL.
class Printer {
 public:
  /// What stands before the next element, comment or instruction.
  enum class Gap : std::uint8_t {
    line,
    none,  ///< on the line of what stands before it
    empty_line,
    joined,  ///< the line was ended already
  };
  virtual ~Printer() = default;
  virtual void open(std::string_view name) = 0;
  /// Pre: nothing was printed since the element was opened but attributes.
  virtual void attribute(std::string_view name, std::string_view value) = 0;
  virtual void text(std::string_view text) = 0;
  virtual void close() = 0;
  virtual void comment(std::string_view inside) = 0;
  virtual void instruction(std::string_view inside) = 0;
  virtual void gap(Gap gap) = 0;
  /// Everything printed so far.
  [[nodiscard]] virtual std::string document() const = 0;
};

struct Module {
  std::uint32_t version;
  std::unique_ptr<Printer> (*printer)();
};

inline constexpr const char* module_entry = "flowproof_xml_module";

}  // namespace flowproof::xml
