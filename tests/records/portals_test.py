"""One item as every portal that we have a field map for would export it: each is read whole.

usage: portals_test.py FLOWPROOF

The same item stands in the names of each map, in every form it may come in (a line, an array, CSV, packed). Its guide,
as `new --guide` files it, has to say what the item is as far as the portal has a place for it.
"""
import gzip
import json
import os
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET

program = sys.argv[1]
NS = "{urn:flowproof:guide:1}"

ITEM = {"name": "取水许可（新办）", "code": "1199000000000001", "type": "行政许可", "handling": "承诺件",
        "authority": "临河区水务局", "level": "县级"}
STATUTORY, PROMISED = "45个工作日", "20个工作日"
NOTE = "自受理之日起45个工作日内作出决定"
STEPS = [("申请与受理", "受理", "窗口人员", "1个工作日", "受理通知书"), ("审查与决定", "审查", "水资源科", "14个工作日", "审查意见"),
         ("审查与决定", "决定", "分管负责人", "5个工作日", "许可决定"), ("颁证与送达", "送达", "窗口人员", "2个工作日", "送达回证")]
SPECIAL = ("专家评审", "15", "工作日", "行政许可法第四十五条")
MATERIALS = [("申请书", "必要"), ("论证报告", "容缺后补")]
RESULT, CONSULT, COMPLAIN, CONDITION = "取水许可证", "000-00000101", "000-00000199", "有取水工程"
ASK, ANSWER = "几日办结", "20个工作日"
NEED = {"必要": "1", "容缺后补": "3"}


def guangdong_nested():
    return {"errCode": 0, "AUDIT_ITEM": {
        "TASK_CODE": "shared", "TASK_NAME": "取水许可", "CATANAME": ITEM["name"], "ITEM_ID": ITEM["code"], "TASK_TYPE_TEXT": "行政许可",
        "PROJECT_TYPE_TEXT": "承诺件", "DEPT_NAME": ITEM["authority"], "USE_LEVEL_TEXT": "县级", "ANTICIPATE_DAY": "45",
        "ANTICIPATE_TYPE_TEXT": "工作日", "FDBLSXSM": NOTE, "PROMISE_DAY": 20, "PROMISE_TYPE_TEXT": "工作日", "CRBJSXSM": "无",
        "LINK_TEL": CONSULT, "TSTEL": COMPLAIN, "ACCEPT_CONDITION": CONDITION, "WSBLLC": "网上申请<br>网上审批"},
        "AUDIT_ITEM_EXTEND": {"UNONLINEREASON": ""},
        "AUDIT_ITEM_FLOWSHEET": [{"UNTI_LINK_TEXT": a, "STEP_TEXT": b, "TRANSACTOR": c, "TRANSACT_TIME_LIMIT": d,
                                  "TRANSACT_RESULT": e, "CHECK_STANDARD": ""} for a, b, c, d, e in STEPS],
        "AUDIT_SPECIAL_TIME": [{"NAME": SPECIAL[0], "SHIXIAN": SPECIAL[1], "SXDW_TEXT": SPECIAL[2]}, {"NAME": "", "SHIXIAN": None}],
        "AUDIT_MATERIAL": [{"MATERIAL_NAME": n, "IS_NEED": NEED[k], "IS_NEED_TEXT": k} for n, k in MATERIALS],
        "AUDIT_ITEM_RESULT": [{"NAME": RESULT, "RESULT_TYPE_TEXT": "证件执照"}],
        "AUDIT_QA": [{"QUESTION": ASK, "ANSWER": ANSWER}], "SERVICE_DEPT_LAW": []}


def guangdong_portal():
    record = guangdong_nested()
    item = record.pop("AUDIT_ITEM")
    item["SERVICE_NAME"], item["SERVICE_CODE"] = item.pop("CATANAME"), item.pop("ITEM_ID")
    record["AUDIT_ITEM_RESULT"][0]["RESULT_NAME"] = record["AUDIT_ITEM_RESULT"][0].pop("NAME")
    return {**item, **record}


def guangdong_readable():
    return {"事项": {"名称": ITEM["name"], "编码": ITEM["code"], "事项类型": "行政许可", "实施主体": ITEM["authority"], "行使层级": "县级"},
            "办理": {"法定办结时限": STATUTORY, "法定时限说明": NOTE, "承诺办结时限": PROMISED, "承诺时限说明": "", "咨询电话": CONSULT,
                   "投诉电话": COMPLAIN, "窗口办理流程": "", "办理方式": ["窗口办理"],
                   "办理环节": [{"环节": a, "步骤": b, "办理人员": c, "办理时限": d, "办理结果": e, "审查标准": ""} for a, b, c, d, e in STEPS]},
            "办理结果": [{"名称": RESULT, "类型": "证件执照"}], "常见问答": [{"问题": ASK, "答复": ANSWER}],
            "申请": {"受理条件": CONDITION, "材料": [{"名称": n, "是否必要": k} for n, k in MATERIALS]}, "法律依据": []}


def guangxi_nested():
    return {"AUDIT_ITEM": [{
        "task_name": ITEM["name"], "task_code": ITEM["code"], "task_type": "01", "project_type": "2", "dept_name": ITEM["authority"],
        "anticipate_day": 45, "anticipate_type": "工作日", "anticipate_day_explain": NOTE, "promise_day": "20",
        "promise_type": "工作日", "promise_day_explain": "无", "accept_name": CONDITION, "link_way": CONSULT,
        "supervise_way": COMPLAIN, "reconsiderat": "六十日内申请复议", "litigation": "六个月内起诉"}],
        "AUDIT_ITEM_EXTEND": {"result_name": RESULT},
        "AUDIT_ITEM_SPECIAL": [{"special_name": "9", "special_date": 15, "special_date_type": "工作日", "special_desc": SPECIAL[0]}],
        "AUDIT_MATERIAL": [{"material_name": n, "is_need": NEED[k]} for n, k in MATERIALS],
        "AUDIT_QA": [{"question": ASK, "answer": ANSWER}], "AUDIT_ITEM_CONDITION": []}


def guangxi():
    record = guangxi_nested()
    return {**record.pop("AUDIT_ITEM")[0], **record.pop("AUDIT_ITEM_EXTEND"), **record}


def national_exchange():
    return {"task_name": ITEM["name"], "task_code": ITEM["code"], "catalog_code": "000119000000", "task_type": "01", "use_level": "4",
            "dept_name": ITEM["authority"], "project_type": "2", "anticipate_day": 45, "anticipate_type": "工作日",
            "anticipate_explain": NOTE, "promise_day": 20, "promise_type": "工作日", "promise_explain": "", "special_procedure": SPECIAL[0],
            "handle_flow": "申请—受理—审查—决定—送达", "accept_condition": CONDITION, "link_way": CONSULT, "supervise_way": COMPLAIN,
            "result_name": RESULT}


def gbt39046():
    return {"事项名称": ITEM["name"], "实施编码": ITEM["code"], "事项类型": "行政许可", "办件类型": "承诺件", "实施主体": ITEM["authority"],
            "行使层级": "县级", "法定办结时限": "45", "法定办结时限单位": "工作日", "法定办结时限说明": NOTE, "承诺办结时限": "２０",
            "承诺办结时限单位": "工作日", "承诺办结时限说明": "暂无",
            "办理环节": [{"环节": a, "步骤名称": b, "办理人员": c, "办理时限": d, "办理结果": e} for a, b, c, d, e in STEPS],
            "特别程序": [{"特别程序种类名称": SPECIAL[0], "所需时限": "15个工作日", "法定依据": SPECIAL[3], "是否计算在法定办结时限内": "否"}],
            "申请材料": [{"材料名称": n, "材料必要性": k} for n, k in MATERIALS], "结果名称": RESULT, "受理条件": CONDITION,
            "咨询方式": CONSULT, "监督投诉方式": COMPLAIN}


def hunan():
    return {"itemName": ITEM["name"], "itemCode": ITEM["code"], "itemType": "行政许可", "deptName": ITEM["authority"],
            "approveLimit": STATUTORY, "approveLimitExplain": NOTE, "commitmentLimit": PROMISED, "commitmentLimitExplain": "无。",
            "specialProcedureType": SPECIAL[0], "materialList": [{"materialName": n} for n, _ in MATERIALS],
            "resultList": [{"resultName": RESULT}]}


def guangdong_package():
    return {"id": ITEM["code"], "catalog_name": ITEM["name"], "special_item_type_text": "套餐服务", "impl_org_name": ITEM["authority"],
            "legal_time": 45, "legal_time_unit_text": "工作日", "legal_time_note": NOTE, "promise_time": 20,
            "promise_time_unit_text": "工作日", "promise_time_note": "", "conditions": CONDITION, "consult_phone": CONSULT,
            "complaint_phone": COMPLAIN, "submit_material_list": [{"document_name": n, "document_need_type_text": k} for n, k in MATERIALS],
            "result_sample_list": [{"name": RESULT}], "question_list": [{"question": ASK, "answer": ANSWER}]}


def guangdong_crawl():
    return {"TASK_CODE": ITEM["code"], "TASK_NAME": ITEM["name"], "TASK_TYPE_TEXT": "行政许可", "DEPT_NAME": ITEM["authority"],
            "matter_level": "县级", "handle_time": "45(工作日)", "handle_time_limit": "20(工作日)", "accept_standard": CONDITION,
            "material_intro": [n for n, _ in MATERIALS], "consult_phone": CONSULT, "complain_phone": COMPLAIN}


STEP_TABLE, SPECIALS, NEEDS, NOTES, QUESTIONS, CONTACTS, RESULTS = "steps", "specials", "needs", "notes", "questions", "contacts", "results"
PORTALS = {  # what a portal has a place for, beyond item, limits and materials
    guangdong_nested: {STEP_TABLE, SPECIALS, NEEDS, NOTES, QUESTIONS, CONTACTS, RESULTS},
    guangdong_portal: {STEP_TABLE, SPECIALS, NEEDS, NOTES, CONTACTS, RESULTS},
    guangdong_readable: {STEP_TABLE, NEEDS, NOTES, QUESTIONS, CONTACTS, RESULTS},
    guangdong_package: {NEEDS, NOTES, QUESTIONS, CONTACTS, RESULTS},
    guangdong_crawl: {CONTACTS},
    guangxi_nested: {SPECIALS, NEEDS, NOTES, QUESTIONS, CONTACTS, RESULTS},
    guangxi: {SPECIALS, NEEDS, NOTES, QUESTIONS, CONTACTS, RESULTS},
    national_exchange: {SPECIALS, NOTES, CONTACTS, RESULTS},
    gbt39046: {STEP_TABLE, SPECIALS, NEEDS, NOTES, CONTACTS, RESULTS},
    hunan: {SPECIALS, NOTES, RESULTS},
}
FLAT = (national_exchange, gbt39046, hunan, guangdong_crawl)


def run(*arguments, code=(0, 1), feed=None):
    done = subprocess.run([program, *arguments], capture_output=True, timeout=60, check=False, input=feed)
    assert done.returncode in code, (arguments, done.returncode, done.stderr.decode())
    return done


def guide_of(path, folder):
    flow = os.path.join(folder, "drafted.flow.xml")
    run("new", "--guide", path, "--record", ITEM["code"], "-o", flow)
    root = ET.parse(flow.replace(".flow.", ".guide.")).getroot()
    for name in (flow, flow.replace(".flow.", ".guide.")):
        os.remove(name)
    return root


def judge(portal, has, root):
    get = lambda element, name: (root.find(NS + element).get(name) if root.find(NS + element) is not None else None)
    rows = lambda element: root.iter(NS + element)
    assert root.get("name") == ITEM["name"] and root.get("code") == ITEM["code"], portal
    assert root.get("authority") == ITEM["authority"], portal
    limit = lambda element: (get(element, "value") + (get(element, "unit") or "")).replace("个", "").replace("(", "").replace(")", "")
    assert limit("statutory").replace("２", "2") == "45工作日", (portal, limit("statutory"))
    assert limit("promised") in ("20工作日", "２０工作日"), (portal, limit("promised"))
    if portal != "national_exchange":
        assert [m.get("name") for m in rows("material")] == [n for n, _ in MATERIALS], portal
    if STEP_TABLE in has:
        found = [tuple(s.get(k) for k in ("stage", "name", "performer", "limit", "result")) for s in rows("step")]
        assert found == STEPS, (portal, found)
    if SPECIALS in has:
        found = [s.get("kind") for s in rows("special")]
        assert found == [SPECIAL[0]], (portal, found)
    if NEEDS in has:
        assert [m.get("need") for m in rows("material")] == [k for _, k in MATERIALS], portal
    if NOTES in has:
        assert get("statutory", "note") == NOTE and not get("promised", "note"), (portal, ET.tostring(root, "unicode"))
    if QUESTIONS in has:
        assert [(q.get("ask"), q.get("answer")) for q in rows("question")] == [(ASK, ANSWER)], portal
    if CONTACTS in has:
        assert {CONSULT, COMPLAIN} <= {c.text for c in rows("contact")}, portal
    if RESULTS in has:
        assert [r.get("name") for r in rows("result")] == [RESULT], portal


def csv_of(record, separator):
    cell = lambda value: '"' + value.replace('"', '""') + '"' if any(c in value for c in separator + '"\n') else value
    plain = {k: v if not isinstance(v, list) else v[0] if v and isinstance(v[0], str) else "" for k, v in record.items()}
    return "\r\n".join(separator.join(cell(str(v)) for v in row) for row in (plain.keys(), plain.values())) + "\r\n"


def forms(at):
    """The same records in every form give the same findings; forms that hold no tables, the flat ones."""
    records = [portal() for portal in PORTALS]
    text = "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records)
    keep = lambda out: [{k: v for k, v in json.loads(line).items() if k not in ("record", "line")} for line in out.splitlines()]
    def audit(name, data):
        with open(at(name), "wb") as file:
            file.write(data)
        return keep(run("audit", at(name), "-q", "--lang", "zh").stdout)
    lines = audit("lines", text.encode())
    found = {f["name"] for line in lines for f in line["findings"]}
    assert [line["status"] == "quarantined" for line in lines] == [False] * len(records), lines
    assert found == {"incomplete-special"}, found  # where a portal has no time of it; nothing it has no place for
    array = "[\n" + ",\n".join(json.dumps(r, ensure_ascii=False, indent=1) for r in records) + "\n]"
    packed = {"array": array.encode(), "bom": b"\xef\xbb\xbf" + text.encode(), "crlf": text.replace("\n", "\r\n").encode(),
              "gz": gzip.compress(text.encode()), "array.gz": gzip.compress(array.encode())}
    if shutil.which("zstd"):
        packed["zst"] = subprocess.run(["zstd", "-c"], input=text.encode(), capture_output=True, check=True).stdout
    for name, data in packed.items():
        assert audit(name, data) == lines, name
    assert keep(run("audit", "-", "-q", "--lang", "zh", feed=text.encode()).stdout) == lines
    for portal in FLAT:
        expected = None
        for separator in (",", "\t", ";"):
            for charset in ("utf-8", "utf-8-sig", "gb18030"):
                found = audit("table", csv_of(portal(), separator).encode(charset))
                expected = expected or found
                assert found == expected and found[0]["status"] != "quarantined", (portal.__name__, separator, charset, found)
                assert found[0]["item"] == ITEM["name"] and found[0]["promised"]["value"] == 20, found


def broken(at):
    """A key that is not read but nearly one that is gets named; an unknown record says which map is nearest."""
    record = gbt39046()
    record["承诺办结时间"] = record.pop("承诺办结时限")
    other = hunan()
    del other["commitmentLimit"]
    with open(at("broken"), "w", encoding="utf-8") as file:
        file.write("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in (record, record, other)))
    for jobs in ("1", "2"):
        done = run("audit", at("broken"), "--lang", "en", "-j", jobs)
        assert "field '承诺办结时间' of 2 records is not read; did you mean '承诺办结时限'" in done.stderr.decode(), done.stderr.decode()
        last = json.loads(done.stdout.splitlines()[-1])
        assert last["status"] == "quarantined" and last["detail"] == "nearest to 'hunan', but lacks commitmentLimit", last
    whole = run("audit", "-", "--lang", "en", feed=json.dumps(gbt39046(), ensure_ascii=False).encode())
    assert "did you mean" not in whole.stderr.decode(), whole.stderr.decode()


def unreadable(at):
    """A limit that cannot be read is told, never passed over; a portal's code of a unit is none."""
    told = []
    for value, unit in (("20", ""), ("20", "1"), ("尽快", ""), ("20", "工作日"), ("无", ""), ("", "1")):
        record = gbt39046()
        record["承诺办结时限"], record["承诺办结时限单位"] = value, unit
        record["特别程序"][0]["所需时限"] = record["办理环节"][1]["办理时限"] = value + unit
        with open(at("limit.json"), "w", encoding="utf-8") as file:
            json.dump(record, file)
        findings = json.loads(run("audit", at("limit.json"), "-q", "--lang", "en", "--select", "unreadable-limit").stdout)["findings"]
        told.append([(f["element"], f["message"].split(": ")[-1]) for f in findings])
    no_unit = lambda *elements: [(element, "it has no unit") for element in elements]
    assert told[0] == no_unit("promised.value", "step.limit", "special.limit"), told
    assert told[1][0][0] == "promised.value" and "given as '1', which is not known" in told[1][0][1], told
    assert told[2] == [(element, "it has no number") for element in ("promised.value", "step.limit", "special.limit")], told
    assert told[3] == [] and told[4] == [], told
    for unit, meant in (("W", "工作日"), ("Z", "自然日"), ("H", "小时"), ("workday", "工作日"), ("1", None)):
        record = {**national_exchange(), "anticipate_type": unit, "promise_type": unit}
        with open(at("unit.json"), "w", encoding="utf-8") as file:
            json.dump(record, file)
        line = json.loads(run("audit", at("unit.json"), "-q", "--lang", "zh").stdout)
        assert ("X023" in [f["rule"] for f in line["findings"]]) == (meant is None), (unit, line)
        names = {"工作日": "working-day", "自然日": "natural-day", "小时": "hour"}
        assert line.get("promised", {}).get("unit") == names.get(meant), (unit, line)
    record = guangxi_nested()
    record["AUDIT_ITEM_SPECIAL"][0]["special_date_type"] = "7"
    with open(at("code.json"), "w", encoding="utf-8") as file:
        json.dump(record, file)
    root = guide_of(at("code.json"), os.path.dirname(at("code.json")))
    assert next(root.iter(NS + "special")).get("limit") == "15", "15 and 7 are not 157"


def main():
    with tempfile.TemporaryDirectory() as folder:
        at = lambda name: os.path.join(folder, name)
        for portal, has in PORTALS.items():
            with open(at("one.jsonl"), "w", encoding="utf-8") as file:
                file.write(json.dumps(portal(), ensure_ascii=False) + "\n")
            judge(portal.__name__, has, guide_of(at("one.jsonl"), folder))
        forms(at)
        broken(at)
        unreadable(at)


main()
