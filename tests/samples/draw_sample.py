"""What `flowproof render` makes of one sample: the same bytes twice, valid files, every label, no fault of geometry.

usage: draw_sample.py PROGRAM FLOW
"""
import json
import os
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree

from geometry import faults

FLOW = "{urn:flowproof:flow:1}"
SVG = "{http://www.w3.org/2000/svg}"


def labels(flow):
    """Every text a reader of the chart must find on it."""
    root = ElementTree.parse(flow).getroot()
    ids = {element.get("id") for element in root}
    yield root.get("title")
    for element in root.iter():
        if element.tag == FLOW + "lane":
            yield element.get("name")
        elif element.tag == FLOW + "to":
            if element.get("node") in ids:  # an exit to nowhere is a finding, not a line
                yield element.get("when")
        elif element.tag == FLOW + "note":
            yield element.text
        else:
            yield element.get("text")


def squeezed(text):
    return "".join(text.split())


def run(*command):
    done = subprocess.run(command, capture_output=True, check=False)
    assert done.returncode == 0, f"{' '.join(command)}: exit code {done.returncode}\n{done.stderr.decode()}"
    return done.stdout


def render_twice(program, flow, folder, ending, *options):
    """Once looked at by the rules and once not: that changes nothing in the drawing."""
    outputs = []
    for turn, quiet in ("first", ()), ("second", ("-q",)):
        path = os.path.join(folder, f"{turn}.{ending}")
        run(program, "render", *quiet, *options, flow, "-o", path)
        with open(path, "rb") as file:
            outputs.append(file.read())
    assert outputs[0] == outputs[1], f"two runs gave different {ending}"
    return path


def expect_labels(flow, text, where):
    text = squeezed(text)
    lost = [label for label in labels(flow) if label and squeezed(label) not in text]
    assert not lost, f"{where} lost {lost}\n{text}"


def main(program, flow):
    with tempfile.TemporaryDirectory() as folder:
        svg = render_twice(program, flow, folder, "svg")
        run("xmllint", "--noout", svg)
        texts = ("".join(element.itertext()) for element in ElementTree.parse(svg).iter(SVG + "text"))
        expect_labels(flow, "".join(texts), "SVG")
        seen = os.path.join(folder, "seen.pdf")
        run("rsvg-convert", "-f", "pdf", "-o", seen, svg)
        expect_labels(flow, run("pdftotext", "-raw", seen, "-").decode(), "the SVG as rsvg-convert shows it")

        pdf = render_twice(program, flow, folder, "pdf")
        run("qpdf", "--check", pdf)
        expect_labels(flow, run("pdftotext", "-raw", pdf, "-").decode(), "PDF")

        with open(render_twice(program, flow, folder, "json", "--format", "layout"), encoding="utf-8") as file:
            layout = json.load(file)
        found = list(faults(layout))
        assert not found, "\n".join(found)


if __name__ == "__main__":
    main(*sys.argv[1:])
