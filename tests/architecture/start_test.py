"""The program starts with the C library alone: each other one costs a check a tenth of its time or more.

usage: start_test.py PROGRAM

A call of std::ceil or the like that the compiler does not expand brings libm; src/cli/CMakeLists.txt tells the rest.
"""
import re
import subprocess
import sys


def main(program):
    told = subprocess.run(["readelf", "--dynamic", program], capture_output=True, check=True, text=True).stdout
    needed = re.findall(r"\(NEEDED\).*\[(.+?)\]", told)
    assert needed, told
    more = [name for name in needed if not re.match(r"libc\.so|ld-linux", name)]
    assert not more, f"{program} loads {', '.join(more)} at its start"


if __name__ == "__main__":
    main(*sys.argv[1:])
