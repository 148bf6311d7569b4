"""Draws many charts in one process: the same bytes with two threads, one document of all, every label found.

usage: many_charts.py PROGRAM [COUNT]

The charts are the samples and start documents, each time with other words, so that no two are alike. Prints the
times; a fault ends with exit code 1 and says which chart lost which label.
"""
import os
import pathlib
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ElementTree

ROOT = pathlib.Path(__file__).resolve().parent.parent
FLOW = "{urn:flowproof:flow:1}"
ElementTree.register_namespace("", "urn:flowproof:flow:1")


def variant(source, number):
    """A chart with its number in every text, and the labels a reader must find."""
    tree = ElementTree.parse(source)
    root = tree.getroot()
    root.attrib.pop("guide", None)
    ids = {element.get("id") for element in root}
    labels = []
    for element in root.iter():
        name = {FLOW + "flow": "title", FLOW + "lane": "name", FLOW + "to": "when"}.get(element.tag, "text")
        if element.get(name):
            element.set(name, f"{element.get(name)}{number}")
            if element.tag != FLOW + "to" or element.get("node") in ids:
                labels.append(element.get(name))
    return tree, labels


def run(*command):
    start = time.perf_counter()
    done = subprocess.run(command, capture_output=True, check=False)
    if done.returncode != 0:
        raise SystemExit(f"{' '.join(map(str, command))}: exit code {done.returncode}\n{done.stderr.decode()}")
    return done.stdout, time.perf_counter() - start


def squeezed(text):
    return "".join(text.split())


def same(first, second):
    names = sorted(os.listdir(first))
    assert names == sorted(os.listdir(second))
    for name in names:
        assert (first / name).read_bytes() == (second / name).read_bytes(), f"{name} differs with two threads"
    return names


def main(program, count):
    sources = sorted((ROOT / "samples").glob("*.flow.xml")) + sorted((ROOT / "templates/charts").glob("*.flow.xml"))
    os.environ["SOURCE_DATE_EPOCH"] = "1700000000"
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        charts = {}
        for number in range(count):
            tree, labels = variant(sources[number % len(sources)], number)
            flow = folder / f"{number:04}.flow.xml"
            tree.write(flow, encoding="utf-8", xml_declaration=True)
            charts[flow] = labels
        for jobs in 1, 2:
            for kind in "svg,txt", "pdf":
                _, seconds = run(program, "render", "-q", "-j", str(jobs), "--format", kind, *charts, "-d",
                                 folder / f"{jobs}")
                print(f"{count} charts as {kind:7} -j {jobs}: {seconds:6.2f} s")
            book = folder / f"book{jobs}.pdf"
            _, seconds = run(program, "render", "-q", "-j", str(jobs), *charts, "-o", book)
            print(f"{count} charts as one PDF -j {jobs}: {seconds:6.2f} s, {book.stat().st_size:,} bytes")
        names = same(folder / "1", folder / "2")
        assert len(names) == 3 * count
        assert (folder / "book1.pdf").read_bytes() == (folder / "book2.pdf").read_bytes(), "the documents differ"

        bound = squeezed(run("pdftotext", "-raw", folder / "book1.pdf", "-")[0].decode())
        found = 0
        for flow, labels in charts.items():
            stem = folder / "1" / flow.name.removesuffix(".flow.xml")
            svg = "".join(ElementTree.parse(f"{stem}.svg").getroot().itertext())
            texts = {"SVG": squeezed(svg), "list": squeezed(pathlib.Path(f"{stem}.txt").read_text("utf-8")),
                     "PDF": squeezed(run("pdftotext", "-raw", f"{stem}.pdf", "-")[0].decode()), "bound PDF": bound}
            for where, text in texts.items():
                lost = [label for label in labels if squeezed(label) not in text and
                        not (where == "list" and label in lane_names(flow))]
                assert not lost, f"{flow.name}: {where} lost {lost}"
                found += len(labels)
    print(f"identical bytes with two threads; {found:,} labels found")


def lane_names(flow):
    """Lanes without a box are not named in a list of steps."""
    root = ElementTree.parse(flow).getroot()
    used = {element.get("lane") for element in root}
    return {lane.get("name") for lane in root.iter(FLOW + "lane") if lane.get("id") not in used}


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 200)
