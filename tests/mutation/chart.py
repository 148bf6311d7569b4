"""A flow or guide as text with places, for the mutation run: reads it and edits it, keeping every
byte that is not changed. Shares nothing with src/; understands only the tidy XML of samples/."""
import html
import re

TAG = re.compile(r'<!--.*?-->|<\?.*?\?>|<(/?)([\w-]+)((?:\s+[\w:-]+="[^"]*")*)\s*(/?)>', re.S)
ATTRIBUTE = re.compile(r'([\w:-]+)="([^"]*)"')
NODES = ('start', 'step', 'decision', 'document', 'data', 'special', 'parallel', 'join', 'subflow', 'end')
# Attributes that only some kinds of node may carry.
OWN = {'outcome': ('end', 'document'), 'kind': ('special',), 'condition': ('decision',)}


class Element:
    """Start tag text[begin:opened], whole element text[begin:end]."""

    def __init__(self, name, attributes, places, begin, opened, line):
        self.name, self.attributes, self.places = name, attributes, places
        self.begin, self.opened, self.end, self.line = begin, opened, opened, line
        self.children = []

    def get(self, name):
        return self.attributes.get(name, '')

    def each(self, name):
        return [child for child in self.children if child.name == name]


def parse(text):
    """The root element."""
    root, path = None, []
    line, counted = 1, 0
    for tag in TAG.finditer(text):
        closing, name, attributes, alone = tag.groups()
        if name is None:
            continue
        if closing:
            path.pop().end = tag.end()
            continue
        line += text.count('\n', counted, tag.start())
        counted = tag.start()
        values, places = {}, {}
        for found in ATTRIBUTE.finditer(attributes):
            values[found[1]] = html.unescape(found[2])
            places[found[1]] = (tag.start(3) + found.start(), tag.start(3) + found.end())
        element = Element(name, values, places, tag.start(), tag.end(), line)
        if path:
            path[-1].children.append(element)
        else:
            root = element
        if not alone:
            path.append(element)
    return root


def edited(text, edits):
    """The text with pieces (begin, end, replacement) replaced."""
    for begin, end, new in sorted(edits, reverse=True):
        text = text[:begin] + new + text[end:]
    return text


def set_attribute(element, name, value):
    """The edit that sets an attribute; None takes it away."""
    if name in element.places:
        begin, end = element.places[name]
        return (begin - 1, end, '') if value is None else (begin, end, f'{name}="{value}"')
    begin = element.begin + 1 + len(element.name)
    return (begin, begin, '' if value is None else f' {name}="{value}"')


def add_child(text, element, name, **attributes):
    """The edit that puts a child at an element's end."""
    child = '<' + name + ''.join(f' {key}="{value}"' for key, value in attributes.items()) + '/>'
    if text[element.opened - 2] == '/':
        return (element.opened - 2, element.end, f'>{child}</{element.name}>')
    at = text.rindex('</', element.opened, element.end)
    return (at, at, child)


def drop(text, element):
    """The edit that takes an element away with its line."""
    begin = text.rfind('\n', 0, element.begin)
    return (begin if not text[begin + 1:element.begin].strip() else element.begin, element.end, '')


def rename(text, element, name):
    """Edits that give an element another name."""
    edits = [(element.begin + 1, element.begin + 1 + len(element.name), name)]
    if text[element.opened - 2] != '/':
        edits.append((element.end - 1 - len(element.name), element.end - 1, name))
    return edits


class Edge:
    def __init__(self, source, target, element):
        self.source, self.target, self.element = source, target, element
        self.when, self.max = element.get('when'), element.get('max')
        self.timeout = element.get('timeout') in ('yes', '是')


class Chart:
    """A flow: nodes in order, edges between them; edges to nowhere are `dangling`."""

    def __init__(self, text):
        self.text = text
        self.root = parse(text)
        self.nodes = [child for child in self.root.children if child.name in NODES]
        self.by_id = {}
        for node in self.nodes:
            self.by_id.setdefault(node.get('id'), node)
        self.edges, self.dangling = [], []
        for node in self.nodes:
            for to in node.each('to'):
                target = self.by_id.get(to.get('node'))
                (self.edges if target else self.dangling).append(Edge(node, target, to))

    def exits(self, node):
        return [edge for edge in self.edges if edge.source is node]

    def entries(self, node):
        return [edge for edge in self.edges if edge.target is node]

    def nodes_named(self, name):
        return [node for node in self.nodes if node.name == name]

    def of_stage(self, *stages):
        return [node for node in self.nodes if node.get('stage') in stages]

    def of_outcome(self, *outcomes):
        return [node for node in self.nodes
                if node.name in OWN['outcome'] and node.get('outcome') in outcomes]

    def reach(self, seeds, backward=False, without=()):
        seen = [node for node in seeds if node not in without]
        for node in seen:
            for edge in self.entries(node) if backward else self.exits(node):
                other = edge.source if backward else edge.target
                if other not in seen and other not in without:
                    seen.append(other)
        return seen

    def ways_back(self, bounded=lambda edge: False):
        """Edges that lead back in a depth-first walk over those that are not bounded."""
        order, seen = {}, set()
        kept = [edge for edge in self.edges if not bounded(edge)]
        exits = {node: [edge for edge in kept if edge.source is node] for node in self.nodes}
        for start in sorted(self.nodes, key=lambda node: node.name != 'start'):
            if start in seen:
                continue
            path = [(start, iter(exits[start]))]
            seen.add(start)
            while path:
                node, rest = path[-1]
                edge = next(rest, None)
                if edge is None:
                    order[node] = -len(order)
                    path.pop()
                elif edge.target not in seen:
                    seen.add(edge.target)
                    path.append((edge.target, iter(exits[edge.target])))
        return [edge for edge in kept if order[edge.target] <= order[edge.source]]
