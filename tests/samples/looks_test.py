"""Every look of a chart can be read: contrasts after WCAG 2.2, 1.4.3 (text 4.5) and 1.4.11 (outlines 3).

usage: looks_test.py FILE...
"""
import sys
import xml.etree.ElementTree as ElementTree

PROFILE = "{urn:flowproof:profile:1}"


def luminance(color):
    parts = [int(color[i:i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first, second):
    dark, light = sorted((luminance(first), luminance(second)))
    return (light + 0.05) / (dark + 0.05)


def pairs(theme):
    """What is drawn on what, and the least contrast."""
    paper = theme.get("background")
    for name, least in ("line", 4.5), ("muted", 4.5), ("lane-line", 3):
        yield name, theme.get(name), paper, least
    for name in "line", "muted":
        yield f"{name} on a lane's header", theme.get(name), theme.get("lane-fill"), 4.5
    for node in theme:
        kind = node.get("kind")
        yield f"text of {kind}", node.get("text"), node.get("fill"), 4.5
        yield f"small text of {kind}", theme.get("muted"), node.get("fill"), 4.5
        yield f"outline of {kind}", node.get("stroke"), paper, 3


def main(paths):
    assert paths
    for path in paths:
        themes = list(ElementTree.parse(path).iter(PROFILE + "theme"))
        assert themes, f"{path} has no theme"
        for what, ink, ground, least in (row for theme in themes for row in pairs(theme)):
            found = contrast(ink, ground)
            assert found >= least, f"{path}: {what}: contrast {found:.2f} of {ink} on {ground}, least {least}"


if __name__ == "__main__":
    main(sys.argv[1:])
