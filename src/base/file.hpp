// Files in and out: inputs are read whole, outputs appear whole or not at all.
//
// Used by the pipeline (flows, guides, profiles) and the command line (reports, charts). "-" is
// standard input or output. Only regular files and pipes are read; devices, directories and sockets
// are refused before a byte is taken from them. A file is written beside its target and renamed, so
// a full disk or a signal leaves the old file as it was.
#pragma once

#include <sys/types.h>

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "flowproof/result.hpp"

namespace flowproof {

/// Reason text of an errno value, in both languages; "errno 123" if it is none of the known ones.
[[nodiscard]] ArgumentValue system_reason(int error_number);

[[nodiscard]] Result<std::string> read_file(const std::string& path, std::size_t limit);

/// Reads a file that a document names. It has to stand in or below `directory`: absolute names,
/// "..", addresses and symbolic links that lead out are refused.
[[nodiscard]] Result<std::string> read_file_beneath(const std::string& directory,
                                                    const std::string& name, std::size_t limit);

/// Paths of the regular files of one folder whose names end so, sorted by byte.
[[nodiscard]] Result<std::vector<std::string>> list_files(const std::string& directory,
                                                          std::string_view ending);

/// Whether a path leads to a folder, through links too.
[[nodiscard]] bool is_folder(const std::string& path);

/// "a/b/c.xml" -> "a/b/"; empty if the path has no folder.
[[nodiscard]] std::string directory_of(const std::string& path);

/// What a path leads to, whatever its name: two names of one file have equal identities.
struct FileIdentity {
  dev_t device = 0;
  ino_t inode = 0;
  friend bool operator==(const FileIdentity&, const FileIdentity&) = default;
};
/// Empty for what does not exist, and for anything but a regular file.
[[nodiscard]] std::optional<FileIdentity> file_identity(const std::string& path);

struct OutputFile {
  std::string path;
  std::string_view bytes;
};

struct FileWriteOptions {
  std::span<const std::string> inputs;  ///< paths read in this run; writing to one is refused
  bool follow_symlinks = false;  ///< else a target that is a symbolic link to a file is refused
  bool may_replace = true;       ///< else an existing target is refused
  std::span<const FileIdentity> files = {};  ///< as `inputs`, of files that were looked up before
};

/// Writes all temporaries, then the pipes and devices, then renames: if one cannot be written, no
/// file changes.
[[nodiscard]] Result<Done> write_files(std::span<const OutputFile> files,
                                       const FileWriteOptions& options);

/// Writes everything to an open descriptor; returns 0 or the errno.
[[nodiscard]] int write_all(int descriptor, std::string_view bytes);

/// Removes the temporaries of unfinished writes. Async-signal-safe, for handlers of fatal signals.
void remove_temporaries();

}  // namespace flowproof
