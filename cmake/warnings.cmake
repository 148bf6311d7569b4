# Warnings for our own code only; -Werror comes from the presets.
add_library(flowproof_warnings INTERFACE)
target_compile_options(flowproof_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion -Wold-style-cast
  -Wnon-virtual-dtor -Woverloaded-virtual)
# GCC 12 sees faults inside std::string + and moved std::variant that are not there (GCC bugs 105329,
# 105651, 105562); the sanitizers of the dev preset watch for real ones.
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  target_compile_options(flowproof_warnings INTERFACE -Wno-restrict -Wno-maybe-uninitialized)
endif()
