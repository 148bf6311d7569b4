"""Stages meet only through include/flowproof, src/base and src/model, and each foreign library has one home.

The compiler does not see to it: a library's header compiles wherever it is included. The table is boundaries.txt.

usage: includes_test.py SOURCE_DIR
"""
import fnmatch
import os
import re
import sys
import unittest

SOURCE = sys.argv[1]
HERE = os.path.dirname(os.path.abspath(__file__))


def table():
    stages, homes = {}, []
    with open(os.path.join(HERE, "boundaries.txt"), encoding="utf-8") as file:
        for line in file:
            line = line.split("#")[0].strip()
            if line:
                left, right = line.split(":")
                kind, *names = left.split()
                if kind == "stage":
                    stages[names[0]] = set(right.split())
                else:
                    homes += [(name, right.split()) for name in names]
    return stages, homes


def files(folder):
    for path, _, names in os.walk(os.path.join(SOURCE, folder)):
        for name in sorted(names):
            if name.endswith((".hpp", ".cpp")):
                whole = os.path.join(path, name)
                with open(whole, encoding="utf-8") as file:
                    yield os.path.relpath(whole, SOURCE), file.read()


def matches(name, patterns):
    return any(fnmatch.fnmatchcase(name, pattern) for pattern in patterns)


STAGES, HOMES = table()


class Boundaries(unittest.TestCase):
    def test_stages(self):
        present = {name for name in os.listdir(os.path.join(SOURCE, "src"))
                   if os.path.isdir(os.path.join(SOURCE, "src", name))}
        self.assertEqual(present, set(STAGES), "every stage stands in boundaries.txt")
        for path, text in files("src"):
            stage = path.split(os.sep)[1] if path.count(os.sep) > 1 else None
            for header in re.findall(r'^\s*#\s*include\s*"([^"]+)"', text, re.M):
                folder = header.split("/")[0] if "/" in header else "."
                self.assertNotIn("..", header.split("/"), f"{path} includes {header}")
                self.assertIn(folder, {"flowproof"} | set(STAGES), f"{path} includes {header}: write its folder")
                if stage is not None and folder not in ("flowproof", stage):
                    self.assertIn(folder, STAGES[stage], f"{path} includes {header}")

    def test_foreign_libraries(self):
        for path, text in list(files("src")) + list(files("include")):
            for header in re.findall(r"^\s*#\s*include\s*<([^>]+)>", text, re.M):
                if re.fullmatch(r"[a-z_]+", header):
                    continue  # the standard library
                homes = [home for pattern, home in HOMES if fnmatch.fnmatchcase(header, pattern)]
                self.assertTrue(homes, f"{path} includes <{header}>, which has no home in boundaries.txt")
                self.assertTrue(matches(path, homes[0]), f"{path} includes <{header}>; its home is {homes[0]}")

    def test_public_headers(self):
        for path, text in files("include"):
            self.assertIn("#pragma once", text, path)
            self.assertTrue(text.startswith("// "), f"{path} opens with what it is")
            for header in re.findall(r'^\s*#\s*include\s*"([^"]+)"', text, re.M):
                self.assertTrue(header.startswith("flowproof/"), f"{path} includes {header}")

    def test_headers_leave_namespaces_alone(self):
        for path, text in list(files("src")) + list(files("include")):
            if path.endswith(".hpp"):
                self.assertNotRegex(text, r"(?m)^\s*using namespace", path)

    def test_every_home_is_used(self):
        everything = list(files("src"))
        for pattern, homes in HOMES:
            used = any(matches(path, homes) and any(fnmatch.fnmatchcase(header, pattern) for header in
                                                   re.findall(r"^\s*#\s*include\s*<([^>]+)>", text, re.M))
                       for path, text in everything)
            self.assertTrue(used, f"nobody includes <{pattern}> at its home")


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
