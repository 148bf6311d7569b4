# Warnings for our own code only; -Werror comes from the presets.
add_library(flowproof_warnings INTERFACE)
target_compile_options(flowproof_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion -Wold-style-cast
  -Wnon-virtual-dtor -Woverloaded-virtual)
