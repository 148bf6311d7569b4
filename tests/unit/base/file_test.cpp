#include "base/file.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <thread>

namespace flowproof {
namespace {

namespace fs = std::filesystem;

class FileTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (fs::temp_directory_path() / "flowproof-file-XXXXXX").string();
    ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
    folder_ = pattern + "/";
  }
  void TearDown() override { fs::remove_all(folder_); }

  void put(const std::string& name, const std::string& bytes) const {
    std::ofstream(folder_ + name, std::ios::binary) << bytes;
  }
  [[nodiscard]] std::string get(const std::string& name) const {
    Result<std::string> bytes = read_file(folder_ + name, 1000);
    return bytes ? *bytes : "<unreadable>";
  }
  [[nodiscard]] std::vector<std::string> names() const {
    std::vector<std::string> found;
    for (const auto& entry : fs::directory_iterator(folder_))
      found.push_back(entry.path().filename());
    std::sort(found.begin(), found.end());
    return found;
  }
  [[nodiscard]] Result<Done> write(const std::string& name, std::string_view bytes,
                                   const FileWriteOptions& options = {}) const {
    const OutputFile file{folder_ + name, bytes};
    return write_files({&file, 1}, options);
  }
  template <class T>
  static std::string message(const Result<T>& result) {
    return result ? "" : render(result.error().message, Language::en);
  }

  std::string folder_;
};

using Names = std::vector<std::string>;

TEST_F(FileTest, ReadsEveryByte) {
  put("a", std::string("x\0y\xff\n", 5));
  EXPECT_EQ(get("a"), std::string("x\0y\xff\n", 5));
  put("empty", "");
  EXPECT_EQ(get("empty"), "");
}

TEST_F(FileTest, ReadsUpToTheLimitAndNotBeyond) {
  put("a", "12345");
  EXPECT_TRUE(read_file(folder_ + "a", 5));
  const auto over = read_file(folder_ + "a", 4);
  ASSERT_FALSE(over);
  EXPECT_EQ(over.error().kind, ErrorKind::limit);
  EXPECT_EQ(message(over), "'" + folder_ + "a' is larger than the limit of 4 bytes");
}

TEST_F(FileTest, RefusesWhatIsNoFile) {
  EXPECT_EQ(message(read_file(folder_, 9)), "cannot read '" + folder_ + "': it is a directory");
  EXPECT_EQ(message(read_file("/dev/zero", 9)), "cannot read '/dev/zero': it is a device");
  EXPECT_EQ(message(read_file(folder_ + "none", 9)),
            "cannot read '" + folder_ + "none': no such file or directory");
  put("a", "");
  EXPECT_EQ(message(read_file(folder_ + "a/b", 9)),
            "cannot read '" + folder_ + "a/b': a part of the path is not a directory");
}

TEST_F(FileTest, ReadsAPipeToItsEnd) {
  const std::string pipe = folder_ + "pipe";
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  std::thread writer([&] { std::ofstream(pipe) << std::string(100000, 'x'); });
  const auto bytes = read_file(pipe, 200000);
  writer.join();
  ASSERT_TRUE(bytes);
  EXPECT_EQ(bytes->size(), 100000U);
}

TEST_F(FileTest, ANamedFileStaysBeneathItsFolder) {
  fs::create_directory(folder_ + "sub");
  put("secret", "s");
  put("sub/guide.xml", "g");
  fs::create_symlink("../secret", folder_ + "sub/out");
  fs::create_symlink("guide.xml", folder_ + "sub/in");
  ASSERT_EQ(::mkfifo((folder_ + "sub/pipe").c_str(), 0600), 0);
  const std::string sub = folder_ + "sub/";
  EXPECT_EQ(*read_file_beneath(sub, "guide.xml", 9), "g");
  EXPECT_EQ(*read_file_beneath(sub, "in", 9), "g");
  EXPECT_EQ(*read_file_beneath(folder_, "sub/guide.xml", 9), "g");
  for (const char* name :
       {"../secret", "out", "/etc/passwd", "file:secret", "a\\b", "x/../guide.xml", ""}) {
    EXPECT_EQ(
        message(read_file_beneath(sub, name, 9)),
        "cannot read '" + sub + name + "': it is not inside the folder of the file that names it");
  }
  EXPECT_EQ(message(read_file_beneath(sub, "pipe", 9)),
            "cannot read '" + sub + "pipe': it is not a regular file");
}

TEST_F(FileTest, ListsFilesSorted) {
  put("b.xml", "");
  put("a.xml", "");
  put("c.txt", "");
  put(".hidden.xml", "");
  fs::create_directory(folder_ + "d.xml");
  fs::path base = fs::path(folder_).parent_path();
  const auto found = list_files(base.string(), ".xml");
  ASSERT_TRUE(found);
  EXPECT_EQ(*found, (Names{base.string() + "/a.xml", base.string() + "/b.xml"}));
}

TEST_F(FileTest, WritesWholeFilesAndLeavesNothingElse) {
  EXPECT_TRUE(write("a", "new"));
  EXPECT_EQ(get("a"), "new");
  EXPECT_TRUE(write("a", "newer"));
  EXPECT_EQ(get("a"), "newer");
  EXPECT_EQ(names(), Names{"a"});
}

TEST_F(FileTest, KeepsTheModeOfTheFileItReplaces) {
  put("a", "old");
  fs::permissions(folder_ + "a", fs::perms(0640));
  ASSERT_TRUE(write("a", "new"));
  EXPECT_EQ(fs::status(folder_ + "a").permissions(), fs::perms(0640));
}

TEST_F(FileTest, RefusesToWriteOverAnInputWhateverItsName) {
  put("in", "input");
  fs::create_hard_link(folder_ + "in", folder_ + "other");
  const std::vector<std::string> inputs{folder_ + "in"};
  const auto written = write("other", "x", {inputs, false, true});
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().kind, ErrorKind::usage);
  EXPECT_EQ(message(written), "cannot write '" + folder_ + "other': it is an input of this run");
  EXPECT_EQ(get("in"), "input");
}

TEST_F(FileTest, RefusesSymbolicLinksUnlessTold) {
  put("real", "old");
  fs::create_symlink("real", folder_ + "link");
  EXPECT_EQ(message(write("link", "new")),
            "cannot write '" + folder_ + "link': it is a symbolic link");
  EXPECT_EQ(get("real"), "old");
  ASSERT_TRUE(write("link", "new", {{}, true, true}));
  EXPECT_EQ(get("real"), "new");
  EXPECT_TRUE(fs::is_symlink(folder_ + "link"));
}

TEST_F(FileTest, RefusesToReplaceWhenAskedNotTo) {
  put("a", "old");
  EXPECT_EQ(message(write("a", "new", {{}, false, false})),
            "cannot write '" + folder_ + "a': it already exists");
  EXPECT_TRUE(write("b", "new", {{}, false, false}));
  EXPECT_EQ(get("a") + get("b"), "oldnew");
  EXPECT_EQ(names(), (Names{"a", "b"}));
}

TEST_F(FileTest, ChangesNoTargetIfOneCannotBeWritten) {
  put("a", "old");
  const std::string first = folder_ + "a";
  const std::string second = folder_ + "none/b";
  const OutputFile files[] = {{first, "new"}, {second, "new"}};
  EXPECT_EQ(message(write_files(files, {})),
            "cannot write '" + second + "': no such file or directory");
  EXPECT_EQ(get("a"), "old");
  EXPECT_EQ(names(), Names{"a"});
}

TEST_F(FileTest, TellsOfAFullDevice) {
  const OutputFile file{"/dev/full", "x"};
  EXPECT_EQ(message(write_files({&file, 1}, {})),
            "cannot write '/dev/full': no space left on device");
}

TEST_F(FileTest, TellsOfADirectoryInTheWay) {
  fs::create_directory(folder_ + "d");
  EXPECT_EQ(message(write("d", "x")), "cannot write '" + folder_ + "d': it is a directory");
}

TEST_F(FileTest, TakesNamesAsLongAsTheSystemDoes) {
  EXPECT_TRUE(write(std::string(255, 'n'), "x"));
  EXPECT_EQ(message(write(std::string(256, 'n'), "x")),
            "cannot write '" + folder_ + std::string(256, 'n') + "': file name too long");
}

TEST_F(FileTest, ReasonsAreGivenInBothLanguages) {
  const auto missing = read_file(folder_ + "none", 9);
  EXPECT_EQ(render(missing.error().message, Language::zh),
            "无法读取“" + folder_ + "none”：文件或目录不存在");
}

}  // namespace
}  // namespace flowproof
