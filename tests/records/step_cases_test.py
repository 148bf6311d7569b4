"""Real guides with their steps, typed as facts: what they lack is found, and nothing else.

usage: step_cases_test.py FLOWPROOF [CASES.json]

Each case becomes a record with the names of GB/T 39046; its flow is drafted and checked against it, and the
record is audited. CASES.json (id, legal, promised, steps of [name, limit] …) is not part of the project: without
it the test is skipped (exit code 77).
"""
import json
import os
import subprocess
import sys
import tempfile

CODE = "1199000000STEP"


def limit(value, unit):
    return "" if value is None else value if isinstance(value, str) else "%g个%s" % (value, unit)


def record(case, promised=None, type_="行政许可", extra=()):
    unit = case.get("unit") or "工作日"
    row = lambda name, value: {"环节名称": name, "办理时限": limit(value, unit)}
    whole = lambda key: limit(case[key]["n"], case[key]["unit"]) if case.get(key) else ""
    result = {"事项名称": case["id"], "实施编码": CODE + case["id"], "事项类型": type_, "实施主体": "某局",
              "法定办结时限": whole("legal"), "承诺办结时限": promised or whole("promised"),
              "办理环节": [row(*step) for step in case.get("steps") or ()] + [row(*step) for step in extra],
              "特别程序": [{"特别程序种类名称": kind, "所需时限": "30个工作日", "法定依据": "行政许可法第四十五条",
                            "是否计算在法定办结时限内": "否"}
                           for kind in case.get("not_counted", ()) if not kind.startswith("补正")]}
    if "note" in case:
        result["承诺办结时限说明"] = case["note"].split(": ")[-1]
    return result


def run(*arguments):
    done = subprocess.run(arguments, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode in (0, 1), (arguments, done.stderr)
    return done.stdout


class Judge:
    def __init__(self, program, folder):
        self.program, self.folder, self.runs = program, folder, 0

    def __call__(self, case, **more):
        """Names of what the drafted flow is told, of what the record is told, and the flow's text."""
        self.runs += 1
        at = os.path.join(self.folder, str(self.runs))
        with open(at + ".jsonl", "w", encoding="utf-8") as out:
            out.write(json.dumps(record(case, **more), ensure_ascii=False))
        run(self.program, "new", "--guide", at + ".jsonl", "-o", at + ".flow.xml")
        checked = json.loads(run(self.program, "check", at + ".flow.xml", "--format", "json", "--lang", "zh"))
        audited = json.loads(run(self.program, "audit", at + ".jsonl", "-q", "--lang", "zh"))
        with open(at + ".flow.xml", encoding="utf-8") as flow:
            return ({f["name"] for f in checked["files"][0]["findings"]}, {f["name"] for f in audited["findings"]},
                    flow.read())


OVER = {"path-over-promise", "path-over-statutory", "promise-over-statutory"}
TIME = OVER | {"limits-not-comparable", "note-contradicts-limit"}


def holds(judge, cases):
    """One function an expectation; each asserts what the case says."""
    def no_time_finding(case, **more):
        flow, told, _ = judge(case, **more)
        assert not (flow | told) & TIME, (case["id"], flow, told)

    def s01(case):
        no_time_finding(case)
        assert "path-over-promise" in judge(case, promised="0.5个工作日")[0]  # 0.1 + 0.5 from acceptance to decision

    def s09(case):
        flow, told, _ = judge(case)
        assert "guide-step-repeated" in told, told
        assert {"guide-stage-missing", "stage-not-in-guide"} & (flow | told), (flow, told)  # no 决定

    def s11(case):
        no_time_finding(case)
        flow, told, _ = judge(case)
        assert {"guide-stage-missing", "stage-not-in-guide"} & (flow | told), (flow, told)  # no 决定 of its own

    def s13(case):
        no_time_finding(case, promised="58个工作日")  # 42 + 16 after acceptance; the experts' 30 are not counted
        assert "path-over-promise" in judge(case, promised="57个工作日")[0]

    def s15(case):
        no_time_finding(case, promised="7个工作日")
        assert "path-over-promise" in judge(case, promised="6个工作日")[0]

    def s17(case):
        flow, told, text = judge(case)
        assert "note-contradicts-limit" in flow & told and not (flow | told) & OVER, (flow, told)
        assert 'statutory="3个月"' in text, text

    def s19(case):
        no_time_finding(case, promised="15个工作日", type_="其他行政权力")
        flow, _, text = judge(case, promised="15个工作日", type_="其他行政权力")
        assert all(part in text for part in ('outcome="不予受理"', '<document id="supplement"', 'outcome="不予办理"'))
        assert text.count('<special id="special') == len(case["not_counted"])
        assert "path-over-promise" in judge(case, promised="14个工作日", type_="其他行政权力")[0]

    def s21(case):
        flow, _, text = judge(case, extra=[("补正", case["extra"]["补正告知"])])
        assert 'limit="5 日"' in text or 'limit="5日"' in text, text
        assert not flow & OVER, flow

    def s23(case):
        rows = dict(case["steps"])
        lawful = dict(case, steps=[["受理", None], ["审查", None], ["决定", rows["决定"]],
                                   ["送达", rows["颁发送达"]]], legal={"n": rows["决定"], "unit": "工作日"}, promised=None)
        no_time_finding(lawful)
        late = dict(lawful, steps=[step if step[0] != "决定" else ["决定", rows["决定"] + 1] for step in lawful["steps"]])
        assert "path-over-statutory" in judge(late)[0]

    expectations = {"S01": s01, "S03": no_time_finding, "S05": no_time_finding, "S07": no_time_finding, "S09": s09,
                    "S11": s11, "S13": s13, "S15": s15, "S17": s17, "S19": s19, "S21": s21, "S23": s23}
    assert sorted(case["id"] for case in cases) == sorted(expectations)
    for case in cases:
        expectations[case["id"]](case)
    return len(expectations)


def main():
    if len(sys.argv) < 3 or not sys.argv[2]:
        print("skipped: no CASES.json given (-DFLOWPROOF_STEP_CASES=FILE)")
        sys.exit(77)
    with open(sys.argv[2], encoding="utf-8") as source, tempfile.TemporaryDirectory() as folder:
        print("%d expectations hold" % holds(Judge(sys.argv[1], folder), json.load(source)))


main()
