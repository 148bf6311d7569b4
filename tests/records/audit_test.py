"""Runs `flowproof audit` and `merge` on generated records.

Holds: every record gives one line and the sums agree; the bytes are the same for one thread, two
threads, four shards merged, packed input and a run killed again and again; poisoned records change
nothing around them; memory does not grow with the input.

usage: audit_test.py FLOWPROOF [--memory]
"""
import gzip, json, os, pty, random, re, signal, subprocess, sys, tempfile, time

program = sys.argv[1]


def record(i):
    random.seed(i)
    legal = random.choice([5, 10, 20, 20, 45])
    promise = legal + 1 if i % 97 == 0 else max(1, legal // 2)
    return {
        "TASK_CODE": "11990000MB%07dX" % i, "TASK_NAME": "事项%d" % i, "TASK_TYPE_TEXT": "行政许可",
        "DEPT_NAME": "临河区第%d局" % (i % 40), "handle_time": "%d(工作日)" % legal,
        "handle_time_limit": "%d(工作日)" % promise, "accept_standard": "符合规定条件。" * random.randint(1, 40),
        "material_intro": ["申请书", "身份证明"],
    }


POISON = [
    b"<html><body>502 Bad Gateway</body></html>", b'{"TASK_CODE":', b'{"a":"\xff\xfe"}', b'{"a":' + b"[" * 5000,
    b'{"TASK_CODE":"1","TASK_CODE":"2"}', b'{"a":1}', b'{"a":"' + b"y" * (3 << 20) + b'"}', b"\x00\x01",
]


def write(path, n, poisoned=True):
    bad = 0
    with open(path, "wb") as f:
        for i in range(n):
            f.write(json.dumps(record(i), ensure_ascii=False).encode() + b"\n")
            if poisoned and i % 100 == 7:
                f.write(POISON[bad % len(POISON)] + b"\n")
                bad += 1
    return bad


def run(*arguments, fails=(0, 1)):
    result = subprocess.run([program, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert result.returncode in fails, (arguments, result.returncode, result.stderr.decode())
    return result


def read(path):
    with open(path, "rb") as f:
        return f.read()


def main():
    with tempfile.TemporaryDirectory() as folder:
        at = lambda name: os.path.join(folder, name)
        n = 6000
        bad = write(at("in.jsonl"), n)
        result = run("audit", at("in.jsonl"), "-o", at("one"), "--lang", "en")
        lines = [json.loads(line) for line in read(at("one")).splitlines()]
        status = lambda s: sum(1 for line in lines if line["status"] == s)
        assert len(lines) == n + bad, (len(lines), n, bad)
        assert status("quarantined") == bad and status("clean") + status("findings") == n
        over = [line for line in lines if any(f["name"] == "promise-over-statutory" for f in line.get("findings", []))]
        assert [line["item"] for line in over] == ["事项%d" % i for i in range(0, n, 97)]
        assert ("%d records" % (n + bad)) in result.stderr.decode()

        expected = read(at("one"))
        run("audit", at("in.jsonl"), "-j", "2", "-o", at("two"), "-q")
        assert read(at("two")) == expected, "threads change the bytes"
        parts = [at("part%d" % i) for i in range(4)]
        for i, part in enumerate(parts):
            run("audit", at("in.jsonl"), "--shard", "%d/4" % i, "-o", part, "-q")
        run("merge", *parts[::-1], "-o", at("merged"), "-q")
        assert read(at("merged")) == expected, "shards change the bytes"
        missing = run("merge", *parts[1:], "-o", at("nothing"), fails=(3,))
        assert not os.path.exists(at("nothing")) and b"part" in missing.stderr

        with gzip.open(at("in.gz"), "wb") as f:
            f.write(read(at("in.jsonl")))
        run("audit", at("in.gz"), "-o", at("unpacked"), "-q")
        assert read(at("unpacked")) == expected
        with open(at("cut.gz"), "wb") as f:
            f.write(read(at("in.gz"))[:-2000])
        run("audit", at("cut.gz"), "-o", at("cut"), "-q", fails=(3,))
        assert not os.path.exists(at("cut")), "a damaged input must not look finished"

        clean = at("clean.jsonl")
        write(clean, n, poisoned=False)
        run("audit", clean, "-o", at("alone"), "-q")
        strip = lambda text: [{k: v for k, v in json.loads(line).items() if k not in ("record", "line")}
                              for line in text.splitlines()]
        assert strip(read(at("alone"))) == [line for line in strip(expected) if line["status"] != "quarantined"]

        encodings(at)
        profiles(at)
        progress(at)
        kills(at, expected)
        if "--memory" in sys.argv:
            memory(at)


def encodings(at):
    """A spreadsheet's CSV in GB18030 gives what it gives in UTF-8; damage stays in its row."""
    rows = ["事项名称,实施编码,事项类型,法定办结时限,承诺办结时限"]
    rows += ["第%d项,1199%d,行政许可,20个工作日,%d个工作日" % (i, i, 15 + i) for i in range(9)]
    text = "\r\n".join(rows) + "\r\n"
    for name, damage in (("utf-8", b"\xe4\xba"), ("gb18030", b"\xff\xff")):
        with open(at(name), "wb") as f:
            f.write(text.encode(name) + b"\"" + damage + b"\",1,2,3,4\r\n" + rows[1].encode(name) + b"\r\n")
        run("audit", at(name), "-o", at(name + ".out"), "-q", "--least", "warning")
    strip = lambda line: {k: v for k, v in json.loads(line).items() if k != "excerpt"}
    utf8, gb18030 = ([strip(line) for line in read(at(name + ".out")).splitlines()] for name in ("utf-8", "gb18030"))
    assert utf8 == gb18030, (utf8, gb18030)
    assert [line["status"] for line in utf8] == ["clean"] * 6 + ["findings"] * 3 + ["quarantined", "clean"], utf8


def profiles(at):
    """--profile judges every record, whatever its type."""
    with open(at("own.xml"), "w") as f:
        f.write('<profile xmlns="urn:flowproof:profile:1" name="own" title="own" extends="base">'
                '<rule name="promise-over-statutory" level="info"/></profile>')
    run("audit", at("in.jsonl"), "--profile", at("own.xml"), "--select", "promise-over-statutory", "-q", "-o", at("own"))
    levels = {f["severity"] for line in read(at("own")).splitlines() for f in json.loads(line).get("findings", [])}
    assert levels == {"info"}, levels
    assert b"nobody" in run("audit", at("in.jsonl"), "--profile", "nobody", fails=(2,)).stderr


def progress(at):
    """On a terminal: records, rate, share, time left. Elsewhere nothing."""
    assert not run("audit", at("in.jsonl"), "-o", at("quiet"), "-q").stderr
    with open(at("many.jsonl"), "wb") as f:
        for _ in range(4):
            f.write(read(at("in.jsonl")))
    try:
        ours, theirs = pty.openpty()
    except OSError as error:  # a bare root directory has no /dev/pts
        print("no terminal to try the progress line on:", error)
        return
    process = subprocess.Popen([program, "audit", at("many.jsonl"), "-o", at("many"), "--lang", "en"], stderr=theirs)
    time.sleep(0.05)
    process.send_signal(signal.SIGSTOP)  # a line is shown only of work that takes time
    time.sleep(0.7)
    process.send_signal(signal.SIGCONT)
    os.close(theirs)
    text = b""
    try:  # read while it runs: a terminal that nobody reads fills up and stops a slow run
        while part := os.read(ours, 4096):
            text += part
    except OSError:  # the program has closed its end
        pass
    os.close(ours)
    assert process.wait() in (0, 1)
    shown = re.search(rb"many.jsonl: \d+ records, \d+/s, \d+%, \d+:\d\d left", text)
    assert shown, text
    assert text.count(b"\n") == 1, text


def kills(at, expected):
    """Killed at random moments, each time resumed."""
    random.seed(7)
    killed = 0
    for _ in range(200):
        process = subprocess.Popen([program, "audit", at("in.jsonl"), "-o", at("killed"), "--resume", "-q"])
        try:
            process.wait(timeout=random.uniform(0.001, 0.02))
            break
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
            killed += 1
    else:
        run("audit", at("in.jsonl"), "-o", at("killed"), "--resume", "-q")
    assert read(at("killed")) == expected, "a resumed run gives other bytes"
    print("killed %d times" % killed)


def memory(at):
    """Peak memory of 60,000 records against that of 2,000."""
    def peak(n):
        write(at("m.jsonl"), 2000)
        text = read(at("m.jsonl"))
        process = subprocess.Popen([program, "audit", "-", "-o", at("m"), "-q"], stdin=subprocess.PIPE)
        for _ in range(n // 2000):
            process.stdin.write(text)
        process.stdin.close()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        assert process.returncode in (0, 1)
        return usage.ru_maxrss
    small, large = peak(2000), peak(60000)
    print("peak memory %d kB, %d kB" % (small, large))
    assert large < small + 20000, (small, large)


main()
