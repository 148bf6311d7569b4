// Parts of the program that are loaded when first needed, because loading what they link would cost
// every other run more than its own work.
//
// A module is found from the place of the running program, so that a build tree, an installation
// and a copied installation work alike: ../lib/flowproof, or the library folder it was built for.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "flowproof/result.hpp"

namespace flowproof {

/// The address of the module's function `entry`. A module stays loaded; later calls find it again.
[[nodiscard]] Result<void*> load_module(std::string_view name, const char* entry);

/// The table a module's entry returns, the type of which the module declares in its module.hpp.
/// An error with the words given if it is of another version than the program.
template <class Module>
Result<const Module*> load_table(std::string_view name, const char* entry, std::uint32_t version,
                                 const LocalizedText& other_version) {
  const Result<void*> address = load_module(name, entry);
  if (!address) return address.error();
  const auto* found = reinterpret_cast<const Module* (*)()>(*address)();
  if (found->version == version) return found;
  return Error{ErrorKind::internal, {other_version, {}}};
}

/// Path of a file beside the modules; empty if there is none.
[[nodiscard]] std::string module_path(const std::string& file);

}  // namespace flowproof
