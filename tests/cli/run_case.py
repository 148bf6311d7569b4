"""Runs one case of tests/cli/cases in a copy of its folder and compares what came out.

A case is a folder: `cmd` (a shell script with flowproof on its PATH), the input files, and what is
expected: `stdout`, `stderr` (none: nothing was said), `exit` (none: 0). An `exit` of "skip REASON" in the
real run skips the case. FLOWPROOF_UPDATE_GOLDEN=1 writes what came out into the case and fails all the same.
"""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

SKIPPED = 77


def run(case, program):
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder) / "case"
        shutil.copytree(case, work, symlinks=True)
        for name in ("stdout", "stderr", "exit"):
            (work / name).unlink(missing_ok=True)
        environment = {"PATH": f"{program.parent}:{os.environ['PATH']}", "LANG": "C", "TMPDIR": folder}
        done = subprocess.run(["sh", "./cmd"], cwd=work, env=environment, stdin=subprocess.DEVNULL,
                              capture_output=True, timeout=60, check=False)
    return {"stdout": done.stdout, "stderr": done.stderr, "exit": str(done.returncode).encode() + b"\n"}


def expected(case, name):
    path = case / name
    return path.read_bytes() if path.exists() else b"0\n" if name == "exit" else b""


def main():
    case, program = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    result = run(case, program)
    if result["exit"] == b"%d\n" % SKIPPED:
        sys.stdout.buffer.write(result["stdout"])
        return SKIPPED
    wrong = [name for name, got in result.items() if got != expected(case, name)]
    for name in wrong:
        print(f"--- {name}: expected")
        print(expected(case, name).decode(errors="backslashreplace"))
        print(f"--- {name}: got")
        print(result[name].decode(errors="backslashreplace"))
    if wrong and os.environ.get("FLOWPROOF_UPDATE_GOLDEN"):
        for name in wrong:
            path = case / name
            path.write_bytes(result[name])
            if result[name] == (b"0\n" if name == "exit" else b""):
                path.unlink()
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
