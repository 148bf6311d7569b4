"""The documents say what is so.

Every link of a document leads to a file; every file named in ARCHITECTURE.md exists; every option a document gives to a
command is one of that command; every `flowproof` line of a README runs, in order, in a folder with the samples, and ends with exit code 0 unless its comment gives another; the
scripts a README calls exist, are executable and call only what exists.

usage: documents_test.py PROGRAM SOURCE_DIR
"""
import glob
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

PROGRAM, SOURCE = sys.argv[1:]
READMES = ["README.md", "README.zh-CN.md"]
PAGES = sorted(glob.glob("docs/*.md", root_dir=SOURCE))
DOCUMENTS = [*READMES, *PAGES, "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs/gallery/README.md"]


def read(name):
    with open(os.path.join(SOURCE, name), encoding="utf-8") as file:
        return file.read()


def shell_lines(name):
    for block in re.findall(r"^```sh\n(.*?)^```", read(name), re.M | re.S):
        yield from (line for line in block.splitlines() if line.strip())


class Documents(unittest.TestCase):
    def exists(self, name, where):
        self.assertTrue(os.path.exists(os.path.join(SOURCE, name)), f"{where} names {name}")

    def test_links(self):
        for document in DOCUMENTS:
            prose = re.sub(r"^```.*?^```|`[^`\n]*`", "", read(document), flags=re.M | re.S)
            for link in re.findall(r"\]\(([^)#\s]+)", prose):
                if "://" not in link:
                    self.exists(os.path.join(os.path.dirname(document), link), document)

    def test_files_named_in_the_architecture(self):
        named = re.findall(r"`((?:src|include|templates|tests|docs|cmake|samples)/[\w./-]*)`", read("ARCHITECTURE.md"))
        self.assertGreater(len(named), 10)
        for name in named:
            self.exists(name, "ARCHITECTURE.md")

    def test_scripts(self):
        for document in READMES:
            scripts = {line.split()[0] for line in shell_lines(document) if line.startswith("./")}
            self.assertEqual(scripts, {"./try.sh", "./test.sh"}, document)
        for script in ["try.sh", "test.sh", ".ci/run", "cmake/install-packages.sh"]:
            self.assertTrue(os.access(os.path.join(SOURCE, script), os.X_OK), script)
            subprocess.run(["sh", "-n", os.path.join(SOURCE, script)], check=True)
            for name in re.findall(r"(?<![\w/])((?:samples|cmake)/[\w./-]+)", read(script)):
                self.exists(name, script)
        self.assertIn("./test.sh", read(".ci/run"))

    def test_presets(self):
        for script in ["try.sh", "test.sh", ".ci/run"]:
            for preset in re.findall(r"--preset (\w+)|test\.sh ([\w ]+)$|set -- (\w+)$", read(script), re.M):
                for name in "".join(preset).split():
                    self.assertIn(f'"name": "{name}"', read("CMakePresets.json"), script)

    def test_readme_commands(self):
        for document in READMES:
            with tempfile.TemporaryDirectory() as folder:
                shutil.copytree(os.path.join(SOURCE, "samples"), os.path.join(folder, "samples"))
                commands = [line for line in shell_lines(document) if line.startswith("flowproof ")]
                self.assertGreater(len(commands), 5)
                for line in commands:
                    command, _, comment = line.partition("#")
                    code = re.search(r"(?:exit code|退出码) (\d)", comment)
                    done = subprocess.run([PROGRAM, *command.split()[1:]], cwd=folder, capture_output=True, text=True,
                                          check=False)
                    self.assertEqual(done.returncode, int(code[1]) if code else 0, f"{line}\n{done.stderr}")
                self.assertTrue(os.path.exists(os.path.join(folder, "mine.pdf")))

    def test_commands_in_tables(self):
        for document in READMES:
            for command in set(re.findall(r"^\| `flowproof (\w+)", read(document), re.M)):
                done = subprocess.run([PROGRAM, command, "--help"], capture_output=True, text=True, check=False)
                self.assertEqual(done.returncode, 0, command)
                row = re.search(rf"^\| `flowproof {command} .*$|^\| `flowproof {command}`.*$", read(document), re.M)[0]
                for option in re.findall(r"`(--[\w-]+)", row):
                    self.assertIn(option, done.stdout, f"{document}: {command}")

    def test_formats_in_both_languages(self):
        """Every element and attribute of the schemas is told, and the chart to copy is as good as it says."""
        for schema in ["flow", "guide"]:
            names = set(re.findall(r'<xs:(?:element|attribute) (?:name|ref)="(\w+)"', read(f"docs/{schema}.xsd")))
            self.assertGreater(len(names), 20)
            for page in ["docs/formats.md", "docs/formats.zh-CN.md"]:
                told = set(re.findall(r"[\w-]+", " ".join(re.findall(r"`[^`\n]*`", read(page)))))
                self.assertEqual(names - told, set(), f"{page}: {schema}")
        chart = re.search(r"^```xml\n(.*?)^```", read("docs/formats.zh-CN.md"), re.M | re.S)[1]
        with tempfile.TemporaryDirectory() as folder:
            file = os.path.join(folder, "chart.flow.xml")
            with open(file, "w", encoding="utf-8") as out:
                out.write(chart)
            done = subprocess.run([PROGRAM, "check", "--drawing", "--fail-on", "info", file], capture_output=True, text=True,
                                  check=False)
            self.assertEqual(done.returncode, 0, done.stdout)

    def test_options_of_commands(self):
        helps = {}
        for document in READMES + PAGES:
            lines = [line for line in shell_lines(document) if line.startswith("flowproof ")]
            for line in [*lines, *re.findall(r"`(flowproof [a-z]+ [^`\n]*)`", read(document))]:
                command = line.split()[1]
                if command not in helps:
                    done = subprocess.run([PROGRAM, command, "--help"], capture_output=True, text=True, check=False)
                    helps[command] = done.stdout.split()
                for option in re.findall(r"(?<=\s)--?[a-z][\w-]*", line.partition("#")[0]):
                    self.assertTrue({option, option + ","} & set(helps[command]), f"{document}: {line}")


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
