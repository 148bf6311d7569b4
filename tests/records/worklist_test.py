"""What `audit` and `merge` show to people: the workbook, the dashboard, the comparison of two runs.

Holds: every finding is a row of the workbook and nothing in it is a formula; the bytes depend on the
findings alone (not on time, zone or threads); the dashboard is well-formed, needs nothing beside itself
and tells the same sums as the lines; new + remaining = findings now, remaining + fixed = findings before;
memory does not grow with the number of findings.

usage: worklist_test.py FLOWPROOF [--memory | --pdf]
"""
import json, os, re, shutil, subprocess, sys, tempfile, time, zipfile
import xml.etree.ElementTree as ElementTree

program = sys.argv[1]
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
DEPARTMENTS = ["临河区民政局", "=cmd|' /C calc'!A0", "临河区<b>&市场监督管理局", "+局", "@局", ""]


def record(i, over):
    return {
        "TASK_CODE": "11990000MB%07dX" % i, "TASK_NAME": "=1+%d 事项" % i, "TASK_TYPE_TEXT": "行政许可",
        "DEPT_NAME": DEPARTMENTS[i % len(DEPARTMENTS)], "handle_time": "20(工作日)",
        "handle_time_limit": "%d(工作日)" % (25 if over else [1, 4, 6, 8, 10][i % 5]),
        "accept_standard": "符合规定条件。", "material_intro": ["申请书"],
    }


def write(path, n, over):
    with open(path, "w", encoding="utf-8") as f:
        for i in range(n):
            f.write(json.dumps(record(i, over(i)), ensure_ascii=False) + "\n")
        f.write("<html>502</html>\n")


def run(*arguments, environment=None, fails=(0, 1)):
    if arguments[0] == "audit":  # one rule, so that new ones do not change the sums
        arguments += ("--select", "promise-over-statutory")
    done = subprocess.run([program, *arguments], capture_output=True, env={**os.environ, **(environment or {})})
    assert done.returncode in fails, (arguments, done.returncode, done.stderr.decode())
    return done


def read(path):
    with open(path, "rb") as f:
        return f.read()


def sheets(path):
    """{name: (rows of texts, the sheet's XML)}"""
    book = zipfile.ZipFile(path)
    assert book.testzip() is None
    names = [s.get("name") for s in ElementTree.fromstring(book.read("xl/workbook.xml")).iter(MAIN + "sheet")]
    found = {}
    for i, name in enumerate(names, 1):
        xml = book.read("xl/worksheets/sheet%d.xml" % i).decode()
        rows = [["".join(c.itertext()) for c in row.iter(MAIN + "c")]
                for row in ElementTree.fromstring(xml).iter(MAIN + "row")]
        found[name] = (rows, xml)
    return found


def check_book(path, findings, lines):
    book = sheets(path)
    assert list(book) == ["汇总", "按部门", "按规则", "问题清单", "修改建议汇总", "无法使用的记录"], list(book)
    rows, xml = book["问题清单"]
    assert len(rows) == findings + 1, (len(rows), findings)
    head = rows[0]
    for title in ("部门", "事项名称", "原文摘录", "依据", "修改建议", "处理情况", "责任人"):
        assert title in head, head
    told = [(line["department"], line["item"], f["rule"], f["excerpt"]) for line in lines for f in line.get("findings", [])]
    columns = [head.index(title) for title in ("部门", "事项名称", "规则", "原文摘录")]
    assert [tuple(row[c] for c in columns) for row in rows[1:]] == told
    handling = head.index("处理情况")
    assert all(row[handling] == "" and row[handling + 1] == "" for row in rows[1:])
    suggestions = book["修改建议汇总"][0]
    assert suggestions[0][0] == "实体性要素修改建议汇总表" and len(suggestions) == findings + 2
    assert len(book["无法使用的记录"][0]) == 2
    for name, (_, sheet) in book.items():
        assert "<f>" not in sheet, "a formula in " + name
        for part in ("<autoFilter", 'orientation="landscape"', 'paperSize="9"', 'state="frozen"'):
            assert part in sheet, (name, part)
    by_department = {row[0]: row for row in book["按部门"][0][1:]}
    named = {line["department"] or "（未写部门）" for line in lines if "department" in line}
    assert set(by_department) == named and len(named) == len(DEPARTMENTS), by_department
    assert sum(int(row[4]) for row in by_department.values()) == findings


def check_page(path, findings):
    page = read(path).decode()
    ElementTree.fromstring(page.removeprefix("<!DOCTYPE html>"))
    for foreign in ("<script", "<link", "<img", "url(", "http:", "<b>&"):
        assert foreign not in page, foreign
    assert '<b class="error">%d</b><span>错误</span>' % findings in page
    assert "&amp;市场监督管理局" in page
    assert page.count("<rect") >= 6


def check_comparison(at):
    write(at("now.jsonl"), 300, lambda i: i % 3 == 0 and i >= 60 or i == 1)
    done = run("audit", at("now.jsonl"), "--compare", at("one.ndjson"), "-o", at("compared.xlsx"), "--lang", "zh")
    assert "新增 1，遗留 80，已整改 20" in done.stderr.decode(), done.stderr.decode()
    book = sheets(at("compared.xlsx"))
    states = [row[-1] for row in book["问题清单"][0][1:]]
    assert states.count("新增") == 1 and states.count("遗留") == 80 and len(states) == 81
    assert [row[2] for row in book["已整改"][0][1:]] == ["=1+%d 事项" % i for i in range(0, 60, 3)]
    done = run("audit", at("now.jsonl"), "--compare", at("one.ndjson"), "-o", at("compared.html"), "--lang", "zh", "-q")
    assert not done.stderr
    for figure in ('>1</b><span>新增', '>80</b><span>遗留', '>20</b><span>已整改'):
        assert figure in read(at("compared.html")).decode(), figure
    # lines stay as they are: they are the next run's OLD
    run("audit", at("now.jsonl"), "-o", at("plain.ndjson"), "-q")
    run("audit", at("now.jsonl"), "--compare", at("one.ndjson"), "-o", at("same.ndjson"), "-q")
    assert read(at("plain.ndjson")) == read(at("same.ndjson"))
    wrong = run("audit", at("now.jsonl"), "--compare", at("now.jsonl"), fails=(2,))
    assert not wrong.stdout and b"now.jsonl" in wrong.stderr


def check_use(at):
    run("audit", at("in.jsonl"), "--format", "xlsx", fails=(2,))
    run("audit", at("in.jsonl"), "-o", at("x.xlsx"), "--resume", fails=(2,))
    run("audit", at("in.jsonl"), "--format", "xlsx", "-o", at("in.jsonl"), fails=(2,))
    run("audit", at("in.jsonl"), "--compare", at("one.ndjson"), "-o", at("one.ndjson"), fails=(2,))
    run("audit", at("in.jsonl"), "-o", at("none/x.xlsx"), fails=(3,))
    assert not [name for name in os.listdir(at("")) if name.endswith(".part")]


def check_memory(at):
    """Twenty times the findings, the same memory."""
    peaks = []
    for n in (1000, 20000):
        write(at("many.jsonl"), n, lambda i: True)
        script = ("import resource, subprocess, sys; subprocess.run(sys.argv[1:]);"
                  "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)")
        done = subprocess.run([sys.executable, "-c", script, program, "audit", at("many.jsonl"), "-o", at("many.xlsx"), "-q",
                               "--select", "promise-over-statutory"],
                              capture_output=True, text=True, check=True)
        peaks.append(int(done.stdout))
    print("KiB at the peak:", peaks)
    assert peaks[1] < peaks[0] + 4096, peaks


def check_pdf(at):
    """LibreOffice opens the workbook; its pages are A4 landscape and show the findings."""
    if not shutil.which("soffice") or not shutil.which("pdftotext"):
        print("LibreOffice is not installed")
        sys.exit(77)
    subprocess.run(["soffice", "-env:UserInstallation=file://" + at("profile"), "--headless", "--convert-to", "pdf",
                    "--outdir", at(""), at("one.xlsx")], capture_output=True, check=True, timeout=240)
    info = subprocess.run(["pdfinfo", at("one.pdf")], capture_output=True, text=True, check=True).stdout
    width, height = map(float, re.search(r"Page size: *([\d.]+) x ([\d.]+)", info).groups())
    assert abs(width - 842) < 2 and abs(height - 595) < 2, info
    text = subprocess.run(["pdftotext", "-layout", at("one.pdf"), "-"], capture_output=True, text=True, check=True).stdout
    for words in ("实体性要素修改建议汇总表", "承诺时限 25个工作日", "责任人", "=1+0 事项", "问题清单"):
        assert words in text, words
    assert text.count("承诺时限 25个工作日") >= 200  # findings and suggestions


def main():
    with tempfile.TemporaryDirectory() as folder:
        at = lambda name: os.path.join(folder, name)
        write(at("in.jsonl"), 300, lambda i: i % 3 == 0)
        run("audit", at("in.jsonl"), "-o", at("one.xlsx"), "--lang", "zh", "-q")
        if "--pdf" in sys.argv:
            return check_pdf(at)
        run("audit", at("in.jsonl"), "-o", at("one.ndjson"), "--lang", "zh", "-q")
        lines = [json.loads(line) for line in read(at("one.ndjson")).splitlines()]
        findings = sum(len(line.get("findings", [])) for line in lines)
        assert findings == 100
        check_book(at("one.xlsx"), findings, lines)
        run("audit", at("in.jsonl"), "-o", at("one.html"), "--lang", "zh", "-q")
        check_page(at("one.html"), findings)
        time.sleep(1.1)  # a clock in the bytes would show
        for name in ("one.xlsx", "one.html"):
            run("audit", at("in.jsonl"), "-j", "2", "-o", at("again-" + name), "--lang", "zh", "-q",
                environment={"TZ": "Asia/Shanghai"})
            assert read(at("again-" + name)) == read(at(name)), name
            for i in range(3):
                run("audit", at("in.jsonl"), "--shard", "%d/3" % i, "-o", at("part%d" % i), "--lang", "zh", "-q")
            run("merge", *[at("part%d" % i) for i in range(3)], "-o", at("merged-" + name), "--lang", "zh", "-q")
            assert read(at("merged-" + name)) == read(at(name)), "merged " + name
        check_comparison(at)
        check_use(at)
        if "--memory" in sys.argv:
            check_memory(at)


main()
