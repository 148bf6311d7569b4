#!/usr/bin/env python3
"""Measures `flowproof audit` on generated records of about 2 KB, one in a hundred of them poison.

usage: audit_scale.py FLOWPROOF [RECORDS] [--kills N] [--folder FOLDER]

Prints peak memory, records a second and core, and what was held: the accounting is exact, one thread, two
threads and four merged shards give the same bytes, a run killed at N random points and resumed gives them too,
and without the poison every other record has the same line. The folder needs about 12 KB a record.
"""
import argparse
import hashlib
import json
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import time

TYPES = ["行政许可", "行政确认", "行政给付", "行政奖励", "其他行政权力", "公共服务"]
LIMITS = ["5(工作日)", "10(工作日)", "20(工作日)", "20个工作日", "当场办结", "无", "3个月", "45(工作日)"]
CONDITION = "申请人应当具备与所申请事项相适应的场所、设备和人员，材料真实、完整，符合法定形式；"

POISON = {
    "broken JSON": b'{"TASK_CODE":"1"',
    "crash bait": b'{"TASK_CODE":"%n%s%p","TASK_NAME":"\\ud800","handle_time":1e99999,"handle_time_limit":-0}',
    "deep nesting": b'{"a":' + b"[" * 20000 + b"]" * 20000 + b"}",
    "open nesting": b'{"a":' * 5000,
    "bad bytes": b'{"TASK_CODE":"\xff\xfe\xc0\x80"}',
    "NUL and controls": b"\x00\x01\x02\x1b[31m",
    "HTML page": b"<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>",
    "a key twice": b'{"TASK_CODE":"1","TASK_CODE":"2","handle_time":"1","handle_time_limit":"1"}',
    "unknown portal": b'{"a":1}',
    "not an object": b"[1,2,3]",
    "2 MB line": b'{"a":"' + b"y" * (2 << 20) + b'"}',
}
RARE = {"2 MB line"}  # a few of them are enough


def record(i, shuffle):
    legal, promise = shuffle.choice(LIMITS), shuffle.choice(LIMITS)
    return json.dumps({
        "TASK_CODE": "11990000MB%09d" % i, "TASK_NAME": "第%d号事项（新办）" % i, "CATAID": "%012d" % i,
        "TASK_TYPE_TEXT": shuffle.choice(TYPES), "DEPT_NAME": "临河区第%d局" % (i % 61), "matter_level": "县级",
        "handle_time": legal, "handle_time_limit": promise,
        "accept_standard": CONDITION * shuffle.randint(7, 17),
        "material_intro": ["申请书", "申请人身份证明", "场所使用证明", "授权委托书"][:shuffle.randint(1, 4)],
        "consult_phone": "0571-%08d" % (i % 10**8), "complain_phone": "12345",
    }, ensure_ascii=False).encode() + b"\n"


def generate(path, clean_path, count):
    """Gives the number of poisoned lines by kind. The first is one line of 100 MB."""
    shuffle, told = random.Random(1), dict.fromkeys(POISON, 0)
    kinds = list(POISON)
    with open(path, "wb") as out, open(clean_path, "wb") as clean:
        out.write(b'{"a":"')
        for _ in range(100):  # in pieces: a child's peak memory begins with that of its parent
            out.write(b"x" * (1 << 20))
        out.write(b'"}\n')
        for i in range(count):
            line = record(i, shuffle)
            out.write(line)
            clean.write(line)
            if i % 100 == 50:
                kind = kinds[i // 100 % len(kinds)]
                if kind in RARE and told[kind] >= 20:
                    kind = "HTML page"
                out.write(POISON[kind] + b"\n")
                told[kind] += 1
    told["100 MB line"] = 1
    return told


def run(arguments):
    """Gives (summary, wall seconds, CPU seconds, peak kB)."""
    start = time.monotonic()
    process = subprocess.Popen(arguments, stderr=subprocess.PIPE)
    errors = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        sys.exit("%s: exit %d: %s" % (arguments, process.returncode, errors.decode()))
    return errors.decode(), time.monotonic() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss


def digest(path, places=True):
    """Without `places`: of the lines of usable records, less their numbers."""
    sha = hashlib.sha256()
    with open(path, "rb") as lines:
        if places:
            while block := lines.read(1 << 22):
                sha.update(block)
            return sha.hexdigest()
        head = re.compile(rb'^\{"record":\d+,"line":\d+,')
        for line in lines:
            if b',"status":"quarantined",' not in line:
                sha.update(head.sub(b"", line))
    return sha.hexdigest()


def killed(program, source, target, size, kills):
    """Killed when the result has grown to random sizes; each time resumed."""
    points = sorted(random.Random(2).randrange(size) for _ in range(kills))
    arguments = [program, "audit", source, "-o", target, "--resume", "-q", "--fail-on", "never"]
    done = 0
    for point in points:
        process = subprocess.Popen(arguments)
        while process.poll() is None:
            try:
                if os.path.getsize(target + ".part") > point:
                    break
            except FileNotFoundError:
                pass
            time.sleep(0.0005)
        if process.poll() is None:
            process.send_signal(signal.SIGKILL)
            done += 1
        process.wait()
    run(arguments)
    return done


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("flowproof")
    parser.add_argument("records", type=int, nargs="?", default=1_700_000)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--folder")
    given = parser.parse_args()
    program = os.path.abspath(given.flowproof)
    with tempfile.TemporaryDirectory(dir=given.folder) as folder:
        at = lambda name: os.path.join(folder, name)
        told = generate(at("in.jsonl"), at("clean.jsonl"), given.records)
        bad = sum(told.values())
        print("%d records, %d poisoned lines, %.0f MB" % (given.records, bad, os.path.getsize(at("in.jsonl")) / 1e6))
        audit = lambda source, target, *more: run([program, "audit", at(source), "-o", at(target), "--lang", "en", *more])

        summary, wall, cpu, peak = audit("in.jsonl", "one")
        print("-j 1: %.1f s, %.1f s CPU, %.0f records/s a core, peak %.1f MB" % (
            wall, cpu, (given.records + bad) / cpu, peak / 1024))
        print(summary.strip())
        total, clean, findings, quarantined = (int(n) for n in re.match(
            r"flowproof: (\d+) records: (\d+) clean, (\d+) with findings \(.*\), (\d+) quarantined", summary).groups())
        with open(at("one"), "rb") as lines:
            assert sum(1 for _ in lines) == total
        assert total == given.records + bad and quarantined == bad and clean + findings == given.records, summary
        print("accounting exact: %d in = %d clean + %d findings + %d quarantined" % (
            total, clean, findings, quarantined))
        expected = digest(at("one"))

        _, wall, cpu, peak = audit("in.jsonl", "two", "-j", "2")
        assert digest(at("two")) == expected, "-j 2 gives other bytes"
        print("-j 2: same bytes; %.1f s, %.1f s CPU, peak %.1f MB" % (wall, cpu, peak / 1024))
        os.remove(at("two"))

        parts = [at("part%d" % i) for i in range(4)]
        for i in range(4):
            audit("in.jsonl", "part%d" % i, "--shard", "%d/4" % i)
        _, wall, _, peak = run([program, "merge", *parts, "-o", at("merged"), "--fail-on", "never"])
        assert digest(at("merged")) == expected, "shards give other bytes"
        print("4 shards merged: same bytes; merge %.1f s, peak %.1f MB" % (wall, peak / 1024))
        for path in parts + [at("merged")]:
            os.remove(path)

        audit("clean.jsonl", "alone")
        assert digest(at("alone"), places=False) == digest(at("one"), places=False), "poison changes other records"
        print("without the poison: every other line is the same")
        os.remove(at("alone"))

        times = killed(program, at("in.jsonl"), at("killed"), os.path.getsize(at("one")), given.kills)
        assert digest(at("killed")) == expected, "a resumed run gives other bytes"
        print("killed %d times and resumed: same bytes" % times)


if __name__ == "__main__":
    main()
