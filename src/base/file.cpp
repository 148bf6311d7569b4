#include "base/file.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <memory>

namespace flowproof {

namespace {

constexpr LocalizedText cannot_read{"无法读取“{path}”：{reason}", "cannot read '{path}': {reason}"};
constexpr LocalizedText cannot_write{"无法写入“{path}”：{reason}",
                                     "cannot write '{path}': {reason}"};

ArgumentValue input_name(const std::string& path) {
  if (path == "-") return LocalizedText{"标准输入", "standard input"};
  return path;
}

Error failure(ErrorKind kind, const LocalizedText& text, const std::string& path,
              ArgumentValue reason) {
  ArgumentValue name = input_name(path);
  if (path == "-" && kind == ErrorKind::output) {
    name = LocalizedText{"标准输出", "standard output"};
  }
  return {kind, {text, {{"path", std::move(name)}, {"reason", std::move(reason)}}}};
}

Error read_failure(const std::string& path, int error_number) {
  return failure(ErrorKind::input, cannot_read, path, system_reason(error_number));
}

Error write_failure(const std::string& path, int error_number) {
  return failure(ErrorKind::output, cannot_write, path, system_reason(error_number));
}

int open_retrying(const char* path, int flags, mode_t mode = 0) {
  int descriptor = -1;
  do {
    descriptor = ::open(path, flags | O_CLOEXEC | O_NOCTTY, mode);
  } while (descriptor < 0 && errno == EINTR);
  return descriptor;
}

int duplicate(int descriptor) { return ::fcntl(descriptor, F_DUPFD_CLOEXEC, 3); }

/// Owns an open descriptor.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  [[nodiscard]] int get() const { return number_; }
  [[nodiscard]] bool open() const { return number_ >= 0; }
  /// 0 or the errno: a full disk may show only here.
  [[nodiscard]] int close() {
    return ::close(std::exchange(number_, -1)) != 0 && errno != EINTR ? errno : 0;
  }

 private:
  int number_;
};

std::optional<LocalizedText> unreadable_kind(mode_t mode) {
  if (S_ISDIR(mode)) return LocalizedText{"是目录", "it is a directory"};
  if (S_ISCHR(mode) || S_ISBLK(mode)) return LocalizedText{"是设备", "it is a device"};
  if (S_ISSOCK(mode)) return LocalizedText{"是套接字", "it is a socket"};
  return std::nullopt;
}

/// Reads to the end. A file that grows past the limit while it is read stops there.
Result<std::string> read_all(int descriptor, const std::string& path, std::size_t limit,
                             std::size_t expected) {
  std::string bytes;
  std::size_t used = 0;
  bytes.resize(std::min(expected, limit) + 1);
  for (;;) {
    if (used == bytes.size()) bytes.resize(std::min(limit + 1, bytes.size() * 2 + 65536));
    const ssize_t got = ::read(descriptor, bytes.data() + used, bytes.size() - used);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) {
      return Error{ErrorKind::input,
                   {{"无法读取“{path}”（第 {offset} 字节处）：{reason}",
                     "cannot read '{path}' at byte {offset}: {reason}"},
                    {{"path", input_name(path)},
                     {"offset", static_cast<std::int64_t>(used)},
                     {"reason", system_reason(errno)}}}};
    }
    if (got == 0) break;
    used += static_cast<std::size_t>(got);
    if (used > limit) {
      return Error{ErrorKind::limit,
                   {{"“{path}”超过 {limit} 字节的上限",
                     "'{path}' is larger than the limit of {limit} bytes"},
                    {{"path", input_name(path)}, {"limit", static_cast<std::int64_t>(limit)}}}};
    }
    if (used == expected && used < bytes.size()) break;  // all there was, though more was asked for
  }
  bytes.resize(used);
  return bytes;
}

bool same_state(const struct stat& before, const struct stat& after) {
  return before.st_size == after.st_size && before.st_mtim.tv_sec == after.st_mtim.tv_sec &&
         before.st_mtim.tv_nsec == after.st_mtim.tv_nsec;
}

/// Post: a regular file's bytes are those of one moment.
Result<std::string> read_open_file(int descriptor, const std::string& path, std::size_t limit) {
  struct stat before {};
  struct stat after {};
  if (::fstat(descriptor, &before) != 0) return read_failure(path, errno);
  if (const auto kind = unreadable_kind(before.st_mode)) {
    return failure(ErrorKind::input, cannot_read, path, *kind);
  }
  auto bytes = read_all(descriptor, path, limit, static_cast<std::size_t>(before.st_size));
  if (bytes && S_ISREG(before.st_mode) && ::fstat(descriptor, &after) == 0 &&
      !same_state(before, after)) {
    return failure(ErrorKind::input, cannot_read, path,
                   LocalizedText{"读取过程中文件被修改", "it changed while it was read"});
  }
  return bytes;
}

bool stays_beneath(std::string_view name) {
  for (std::size_t begin = 0; begin <= name.size();) {
    const std::size_t end = std::min(name.find('/', begin), name.size());
    const std::string_view part = name.substr(begin, end - begin);
    if (part.empty() || part == "..") return false;
    begin = end + 1;
  }
  // No addresses, no names of other systems that mean something else there.
  return name.find_first_of(std::string_view("\\:\0", 3)) == std::string_view::npos;
}

/// A descriptor, or -1 with errno; EXDEV if the name leads out.
int open_beneath(int root, const std::string& name) {
  if (!stays_beneath(name)) {
    errno = EXDEV;
    return -1;
  }
  struct open_how how {};
  // Without O_NONBLOCK the open of a pipe that nobody writes to would wait for ever.
  how.flags = O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK;
  how.resolve = RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS;
  long descriptor = -1;
  do {
    descriptor = ::syscall(SYS_openat2, root, name.c_str(), &how, sizeof how);
  } while (descriptor < 0 && (errno == EINTR || errno == EAGAIN));
  if (descriptor >= 0 || errno != ENOSYS) return static_cast<int>(descriptor);
  // Kernels before 5.6 and some containers: links are refused altogether.
  return ::openat(root, name.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK | O_NOFOLLOW);
}

// A handler of SIGINT may run at any instruction and must find the names to unlink, hence a fixed
// table of atomics. Whoever takes a name out of its slot owns it. Beyond this many writers at one
// time (threads times outputs of one command) a signal may leave a temporary behind.
constexpr std::size_t slot_count = 64;
std::array<std::atomic<const char*>, slot_count> temporary_names{};

/// A file that vanishes unless it is renamed.
class Temporary {
 public:
  explicit Temporary(std::string path) : path_(std::move(path)) {
    for (auto& slot : temporary_names) {
      const char* expected = nullptr;
      if (!slot.compare_exchange_strong(expected, path_.c_str())) continue;
      slot_ = &slot;
      return;
    }
  }
  Temporary(const Temporary&) = delete;
  Temporary& operator=(const Temporary&) = delete;
  ~Temporary() {
    if (exists_) ::unlink(path_.c_str());
    const char* expected = path_.c_str();
    if (slot_ == nullptr || slot_->compare_exchange_strong(expected, nullptr)) return;
    for (;;) ::pause();  // the handler has the name and ends the process
  }

  /// A descriptor, or -1 with errno.
  [[nodiscard]] int create() {
    const int descriptor =
        open_retrying(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0666);
    exists_ = descriptor >= 0;
    return descriptor;
  }

  /// 0 or the errno.
  [[nodiscard]] int rename_to(const std::string& target, bool may_replace) {
    const unsigned flags = may_replace ? 0U : static_cast<unsigned>(RENAME_NOREPLACE);
    if (::renameat2(AT_FDCWD, path_.c_str(), AT_FDCWD, target.c_str(), flags) == 0) {
      exists_ = false;
      return 0;
    }
    // Some file systems know no RENAME_NOREPLACE; a hard link too fails on an existing name.
    if (may_replace || errno != EINVAL) return errno;
    return ::link(path_.c_str(), target.c_str()) == 0 ? 0 : errno;
  }

 private:
  std::string path_;
  std::atomic<const char*>* slot_ = nullptr;
  bool exists_ = false;
};

bool names_standard_output(const std::string& path) {
  return path == "-" || path == "/dev/stdout" || path == "/dev/fd/1";
}

/// Where the bytes of one output go.
struct Target {
  std::string path;
  bool stream = false;         ///< a pipe or device: written at once, nothing to rename
  std::optional<mode_t> mode;  ///< of the file it replaces
};

Result<Target> existing_target(const std::string& path, const struct stat& status,
                               const FileWriteOptions& options) {
  if (S_ISDIR(status.st_mode)) return write_failure(path, EISDIR);
  if (!S_ISREG(status.st_mode)) return Target{path, true, {}};
  if (!options.may_replace) return write_failure(path, EEXIST);
  const FileIdentity identity{status.st_dev, status.st_ino};
  const auto is_it = [&](const std::string& input) { return file_identity(input) == identity; };
  if (std::find(options.files.begin(), options.files.end(), identity) != options.files.end() ||
      std::any_of(options.inputs.begin(), options.inputs.end(), is_it)) {
    return failure(ErrorKind::usage, cannot_write, path,
                   LocalizedText{"它是本次运行的输入", "it is an input of this run"});
  }
  // rename needs no permission on the file, so a write-protected one has to be asked for.
  if (::access(path.c_str(), W_OK) != 0) return write_failure(path, errno);
  return Target{path, false, status.st_mode & 07777U};
}

Result<Target> find_target(const std::string& path, const FileWriteOptions& options) {
  if (names_standard_output(path)) return Target{path, true, {}};
  struct stat status {};
  if (::lstat(path.c_str(), &status) != 0) {
    if (errno != ENOENT) return write_failure(path, errno);
    return Target{path, false, {}};
  }
  if (!S_ISLNK(status.st_mode)) return existing_target(path, status, options);
  if (::stat(path.c_str(), &status) != 0) return write_failure(path, errno);
  if (S_ISREG(status.st_mode) && !options.follow_symlinks) {
    return failure(ErrorKind::output, cannot_write, path,
                   LocalizedText{"是符号链接", "it is a symbolic link"});
  }
  const std::unique_ptr<char, decltype(&std::free)> real(::realpath(path.c_str(), nullptr),
                                                         &std::free);
  if (!real) return write_failure(path, errno);
  return existing_target(real.get(), status, options);
}

/// Fills and closes a descriptor; 0 or the errno.
int fill(int descriptor, std::string_view bytes) {
  Descriptor out(descriptor);
  if (!out.open()) return errno;
  const int error_number = write_all(out.get(), bytes);
  return error_number != 0 ? error_number : out.close();
}

/// 0 or the errno.
int write_stream(const OutputFile& file) {
  return fill(names_standard_output(file.path) ? duplicate(STDOUT_FILENO)
                                               : open_retrying(file.path.c_str(), O_WRONLY),
              file.bytes);
}

Result<std::unique_ptr<Temporary>> write_temporary(const OutputFile& file, const Target& target) {
  static std::atomic<unsigned> serial{0};
  const std::string directory = directory_of(target.path);
  constexpr int attempts = 100;  // a name is taken only by the remains of a killed process
  for (int attempt = 0; attempt < attempts; ++attempt) {
    auto temporary =
        std::make_unique<Temporary>(directory + ".flowproof-" + std::to_string(::getpid()) + "-" +
                                    std::to_string(serial.fetch_add(1)) + ".tmp");
    const int descriptor = temporary->create();
    if (descriptor < 0 && errno == EEXIST) continue;
    if (descriptor >= 0 && target.mode) (void)::fchmod(descriptor, *target.mode);
    const int error_number = fill(descriptor, file.bytes);
    if (error_number != 0) return write_failure(file.path, error_number);
    return temporary;
  }
  return write_failure(file.path, EEXIST);
}

struct Reason {
  int error_number;
  LocalizedText text;
};

constexpr Reason reasons[] = {
    {EACCES, {"没有权限", "permission denied"}},
    {EBADF, {"输出流已关闭", "the stream is closed"}},
    {EDQUOT, {"超出磁盘配额", "disk quota exceeded"}},
    {EEXIST, {"文件已存在", "it already exists"}},
    {EFBIG, {"文件过大", "file too large"}},
    {EINVAL, {"参数无效", "invalid argument"}},
    {EIO, {"输入输出错误", "input/output error"}},
    {EISDIR, {"是目录", "it is a directory"}},
    {ELOOP, {"符号链接层数过多", "too many levels of symbolic links"}},
    {EMFILE, {"打开的文件过多", "too many open files"}},
    {ENAMETOOLONG, {"文件名过长", "file name too long"}},
    {ENFILE, {"系统打开的文件过多", "too many open files in the system"}},
    {ENODEV, {"没有此设备", "no such device"}},
    {ENOENT, {"文件或目录不存在", "no such file or directory"}},
    {ENOSPC, {"磁盘空间已满", "no space left on device"}},
    {ENOTDIR, {"路径中有一部分不是目录", "a part of the path is not a directory"}},
    {ENXIO, {"没有此设备或地址", "no such device or address"}},
    {EPERM, {"操作不被允许", "operation not permitted"}},
    {EPIPE, {"管道已关闭", "broken pipe"}},
    {EROFS, {"文件系统只读", "read-only file system"}},
    {ETXTBSY, {"文件正在被执行", "the file is being executed"}},
};

}  // namespace

ArgumentValue system_reason(int error_number) {
  for (const Reason& reason : reasons) {
    if (reason.error_number == error_number) return reason.text;
  }
  return "errno " + std::to_string(error_number);
}

bool is_folder(const std::string& path) {
  struct stat status {};
  return ::stat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode);
}

std::string directory_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string::npos ? std::string() : path.substr(0, slash + 1);
}

Result<std::string> read_file(const std::string& path, std::size_t limit) {
  if (path == "-") {
    const Descriptor in(duplicate(STDIN_FILENO));
    struct stat status {};
    if (!in.open() || ::fstat(in.get(), &status) != 0) return read_failure(path, errno);
    if (S_ISDIR(status.st_mode)) return read_failure(path, EISDIR);
    return read_all(in.get(), path, limit, 0);
  }
  struct stat before {};
  if (::stat(path.c_str(), &before) != 0) return read_failure(path, errno);
  // Before opening: to open a device or a socket may already do something.
  if (const auto kind = unreadable_kind(before.st_mode)) {
    return failure(ErrorKind::input, cannot_read, path, *kind);
  }
  const Descriptor in(open_retrying(path.c_str(), O_RDONLY));
  if (!in.open()) return read_failure(path, errno);
  return read_open_file(in.get(), path, limit);
}

Result<std::string> read_file_beneath(const std::string& directory, const std::string& name,
                                      std::size_t limit) {
  const std::string path = directory + name;
  const Descriptor root(
      open_retrying(directory.empty() ? "." : directory.c_str(), O_PATH | O_DIRECTORY));
  if (!root.open()) return read_failure(path, errno);
  const Descriptor in(open_beneath(root.get(), name));
  if (!in.open() && (errno == EXDEV || errno == ELOOP)) {
    return failure(ErrorKind::input, cannot_read, path,
                   LocalizedText{"它不在该文件所在的文件夹之内",
                                 "it is not inside the folder of the file that names it"});
  }
  struct stat status {};
  if (!in.open() || ::fstat(in.get(), &status) != 0) return read_failure(path, errno);
  if (!S_ISREG(status.st_mode)) {
    return failure(ErrorKind::input, cannot_read, path,
                   LocalizedText{"不是普通文件", "it is not a regular file"});
  }
  return read_open_file(in.get(), path, limit);
}

Result<std::vector<std::string>> list_files(const std::string& directory, std::string_view ending) {
  struct Closer {
    void operator()(DIR* folder) const { ::closedir(folder); }
  };
  const std::unique_ptr<DIR, Closer> folder(::opendir(directory.c_str()));
  if (!folder) return read_failure(directory, errno);
  std::vector<std::string> paths;
  while (const dirent* entry = ::readdir(folder.get())) {
    const std::string_view name = entry->d_name;
    if (name.starts_with('.') || !name.ends_with(ending)) continue;
    std::string path = directory + "/" + std::string(name);
    if (entry->d_type == DT_REG || file_identity(path)) paths.push_back(std::move(path));
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

std::optional<FileIdentity> file_identity(const std::string& path) {
  struct stat status {};
  const bool found =
      path == "-" ? ::fstat(STDIN_FILENO, &status) == 0 : ::stat(path.c_str(), &status) == 0;
  if (!found || !S_ISREG(status.st_mode)) return std::nullopt;
  return FileIdentity{status.st_dev, status.st_ino};
}

Result<Done> write_files(std::span<const OutputFile> files, const FileWriteOptions& options) {
  struct Pending {
    const OutputFile& file;
    Target target;
    std::unique_ptr<Temporary> temporary;  ///< none: a stream
  };
  std::vector<Pending> pending;
  for (const OutputFile& file : files) {
    Result<Target> target = find_target(file.path, options);
    if (!target) return std::move(target).error();
    pending.push_back({file, *std::move(target), nullptr});
  }
  for (Pending& output : pending) {
    if (output.target.stream) continue;
    auto temporary = write_temporary(output.file, output.target);
    if (!temporary) return std::move(temporary).error();
    output.temporary = *std::move(temporary);
  }
  for (const Pending& output : pending) {
    if (!output.target.stream) continue;
    if (const int error_number = write_stream(output.file); error_number != 0) {
      return write_failure(output.file.path, error_number);
    }
  }
  for (const Pending& output : pending) {
    if (output.target.stream) continue;
    const int error_number = output.temporary->rename_to(output.target.path, options.may_replace);
    if (error_number != 0) return write_failure(output.file.path, error_number);
  }
  return Done{};
}

int write_all(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return errno;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return 0;
}

void remove_temporaries() {
  for (auto& slot : temporary_names) {
    if (const char* name = slot.exchange(nullptr)) ::unlink(name);
  }
}

}  // namespace flowproof
