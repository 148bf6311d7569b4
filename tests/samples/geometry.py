"""Faults of a finished chart, from the JSON of `flowproof render --format layout` alone.

Written without a look at the layout engine, so that the two cannot share a mistake. Boxes are (x, y, w, h) with y
downwards; everything is in points.
"""
SLACK = 0.5  # rounding in the file


def box(item):
    return item["x"], item["y"], item["w"], item["h"]


def overlap(a, b, slack=SLACK):
    return (a[0] + slack < b[0] + b[2] and b[0] + slack < a[0] + a[2]
            and a[1] + slack < b[1] + b[3] and b[1] + slack < a[1] + a[3])


def segments(edge):
    return list(zip(edge["points"], edge["points"][1:]))


def segment_box(segment):
    (x1, y1), (x2, y2) = segment
    return min(x1, x2), min(y1, y2), abs(x1 - x2), abs(y1 - y2)


def passes(segment, area):
    """An upright or level line inside a box, not only along its border."""
    x, y, w, h = segment_box(segment)
    return (x < area[0] + area[2] - SLACK and x + w > area[0] + SLACK
            and y < area[1] + area[3] - SLACK and y + h > area[1] + SLACK)


def touches(point, area):
    x, y = point
    return (area[0] - SLACK <= x <= area[0] + area[2] + SLACK and area[1] - SLACK <= y <= area[1] + area[3] + SLACK
            and not (area[0] + SLACK < x < area[0] + area[2] - SLACK
                     and area[1] + SLACK < y < area[1] + area[3] - SLACK))


def shared_run(a, b):
    """Length two parallel segments have in common."""
    ax, ay, aw, ah = segment_box(a)
    bx, by, bw, bh = segment_box(b)
    if aw < SLACK and bw < SLACK and abs(ax - bx) < SLACK:
        return min(ay + ah, by + bh) - max(ay, by)
    if ah < SLACK and bh < SLACK and abs(ay - by) < SLACK:
        return min(ax + aw, bx + bw) - max(ax, bx)
    return 0


def faults(layout):
    """Every fault as a sentence."""
    nodes = {node["id"]: box(node) for node in layout["nodes"]}
    edges = layout["edges"]
    labels = [(edge, box(edge["label"])) for edge in edges if edge.get("label")]
    names = list(nodes)
    if len(names) != len(layout["nodes"]):
        yield "a node occurs twice"
    for i, name in enumerate(names):
        for other in names[i + 1:]:
            if overlap(nodes[name], nodes[other]):
                yield f"{name} and {other} overlap"
    for edge in edges:
        title = f"{edge['src']} -> {edge['dst']}"
        if len(edge["points"]) < 2:
            yield f"{title} has no line"
            continue
        for (x1, y1), (x2, y2) in segments(edge):
            if abs(x1 - x2) > SLACK and abs(y1 - y2) > SLACK:
                yield f"{title} is not orthogonal"
        for end, point in (("src", edge["points"][0]), ("dst", edge["points"][-1])):
            if not touches(point, nodes[edge[end]]):
                yield f"{title} does not meet the border of {edge[end]}"
        for name, area in nodes.items():
            if any(passes(segment, area) for segment in segments(edge)):
                yield f"{title} runs through {name}"
        for other, area in labels:
            if other is not edge and any(passes(segment, area) for segment in segments(edge)):
                yield f"{title} runs through the label {other['label']['text']}"
    for i, (edge, area) in enumerate(labels):
        for name, other in nodes.items():
            if overlap(area, other):
                yield f"the label {edge['label']['text']} lies on {name}"
        for other_edge, other in labels[i + 1:]:
            if overlap(area, other):
                yield f"the labels {edge['label']['text']} and {other_edge['label']['text']} overlap"
    for i, edge in enumerate(edges):
        for other in edges[i + 1:]:
            if edge["src"] == other["src"] or edge["dst"] == other["dst"]:
                continue  # lines may leave or join together
            if any(shared_run(a, b) > SLACK for a in segments(edge) for b in segments(other)):
                yield f"{edge['src']} -> {edge['dst']} lies on {other['src']} -> {other['dst']}"
    lanes = [box(lane) for lane in layout.get("lanes", [])]
    for i, lane in enumerate(lanes):
        for other in lanes[i + 1:]:
            if overlap(lane, other):
                yield "two lanes overlap"
