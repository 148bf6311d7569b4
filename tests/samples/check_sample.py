"""What `flowproof check` says about one sample.

A line that ends in <!-- expect: name name --> in the flow or its guide claims these findings there, and no others
may come up anywhere. Without such a comment the sample must be clean, down to the last hint. Every sample is in the
canonical form of `flowproof fmt`.

usage: check_sample.py PROGRAM FLOW [OPTION...]     options of `flowproof check`
"""
import json
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree


def claims(path):
    with open(path, encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            found = re.search(r"<!-- expect: ([a-z0-9 -]+?) -->", line)
            for name in found[1].split() if found else []:
                yield path, number, name


def run(program, *arguments):
    done = subprocess.run([program, "check", *arguments], capture_output=True, text=True, check=False)
    return done.returncode, done.stdout, done.stderr


def main(program, flow, *options):
    guide = ElementTree.parse(flow).getroot().get("guide")
    files = [flow] + ([os.path.join(os.path.dirname(flow), guide)] if guide else [])
    expected = sorted(claim for path in files for claim in claims(path))
    assert ("wrong" in flow.split(os.sep)) == bool(expected), "only wrong samples claim findings"

    subprocess.run([program, "fmt", "--check", *files], check=True)

    code, output, errors = run(program, *options, "--format", "json", "--lang", "en", flow)
    report = json.loads(output)
    assert report["version"] == 1 and len(report["files"]) == 1, output
    findings = report["files"][0]["findings"]
    found = sorted((f.get("path", flow), f["line"], f["name"]) for f in findings)
    assert found == expected, f"\nexpected {expected}\nfound    {found}\n{output}"
    graver = any(f["severity"] == "error" for f in findings)
    assert code == int(graver), f"exit code {code}\n{errors}"

    code, _, errors = run(program, *options, "--fail-on", "info", flow)
    assert code == int(bool(expected)), f"exit code {code} with --fail-on info\n{errors}"
    for language in "zh", "en":
        code, text, errors = run(program, *options, "--lang", language, flow)
        assert code == int(graver), f"exit code {code} with --lang {language}\n{errors}"
        for path, line, name in expected:
            assert f"{path}:{line}:" in text and name in text, f"{name} is not in\n{text}"


if __name__ == "__main__":
    main(*sys.argv[1:])
