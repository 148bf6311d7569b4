"""The operators of the mutation run: each makes one mistake people make, at every site it can.

An operator takes a chart and the guide's text and yields (where, chart's text, guide's text)."""
import re

from chart import drop, edited, parse, rename, set_attribute
from oracle import REFUSED_ACCEPTANCE, SUPPLEMENT, Judge, amount

OPERATORS = {}


def operator(name):
    def keep(function):
        OPERATORS[name] = function
        return function
    return keep


def one(chart, guide, where, *edits):
    return where, edited(chart.text, edits), guide


def renamed(chart, guide, old, new, edits=lambda node: ()):
    for node in chart.nodes:
        if node.name == old and max(len(chart.exits(node)), len(chart.entries(node))) > 1:
            yield one(chart, guide, node.get('id'), *rename(chart.text, node, new), *edits(node))


def labels(node):
    """Labels for exits, so that the mistake is the kind of box alone."""
    return [set_attribute(to, 'when', f'情形{i}') for i, to in enumerate(node.each('to'), 1)]


@operator('AND split to XOR')
def split_to_decision(chart, guide):
    yield from renamed(chart, guide, 'parallel', 'decision', labels)


@operator('XOR to AND split')
def decision_to_split(chart, guide):
    yield from renamed(chart, guide, 'decision', 'parallel')


@operator('AND join to merge')
def join_to_merge(chart, guide):
    yield from renamed(chart, guide, 'join', 'step')


@operator('merge to AND join')
def merge_to_join(chart, guide):
    for kind in ('step', 'document', 'special'):
        for node in chart.nodes:
            if node.name == kind and len(chart.entries(node)) > 1:
                yield one(chart, guide, node.get('id'), *rename(chart.text, node, 'join'))


@operator('redirect an edge')
def redirect(chart, guide):
    for edge in chart.edges:
        for node in chart.nodes:
            if node in (edge.target, edge.source) or node.name == 'start':
                continue
            yield one(chart, guide, f'{edge.source.get("id")} to {node.get("id")}',
                      set_attribute(edge.element, 'node', node.get('id')))


@operator('delete an edge')
def delete_edge(chart, guide):
    for edge in chart.edges:
        yield one(chart, guide, f'{edge.source.get("id")} to {edge.target.get("id")}',
                  drop(chart.text, edge.element))


def without_node(chart, node, target):
    edits = [drop(chart.text, node)]
    for edge in chart.entries(node):
        if edge.source is not node:
            edits.append(set_attribute(edge.element, 'node', target) if target
                         else drop(chart.text, edge.element))
    return edits + [drop(chart.text, note) for note in chart.root.each('note')
                    if note.get('for') == node.get('id')]


@operator('delete a node, bridged')
def bridge(chart, guide):
    for node in chart.nodes:
        exits = chart.exits(node)
        if len(exits) == 1 and chart.entries(node) and exits[0].target is not node:
            yield one(chart, guide, node.get('id'),
                      *without_node(chart, node, exits[0].target.get('id')))


@operator('delete a node')
def delete_node(chart, guide):
    for node in chart.nodes:
        yield one(chart, guide, node.get('id'), *without_node(chart, node, None))


@operator('add a way back without bound')
def way_back(chart, guide):
    for node in chart.nodes:
        if node.name != 'decision':
            continue
        targets = {edge.target for edge in chart.exits(node)}
        for earlier in chart.reach([node], backward=True):
            if earlier is node or earlier.name in ('start', 'end') or earlier in targets:
                continue
            exit = f'<to node="{earlier.get("id")}" when="退回重办"/>\n    '
            at = node.each('to')[0].begin
            yield one(chart, guide, f'{node.get("id")} to {earlier.get("id")}', (at, at, exit))


@operator('add an edge out of a parallel block')
def out_of_block(chart, guide):
    for split in (node for node in chart.nodes if node.name == 'parallel'):
        joins = [n for n in chart.reach([split]) if n.name == 'join']
        inside = [n for n in chart.reach([split], without=joins) if n.name in ('step', 'document')]
        outside = [n for n in chart.reach(joins) if n.name != 'join' and n not in inside]
        for node in inside:
            if len(chart.exits(node)) != 1:
                continue
            to = node.each('to')[0]
            for target in outside:
                exit = f'<to node="{target.get("id")}" when="否"/>\n    '
                yield one(chart, guide, f'{node.get("id")} to {target.get("id")}',
                          *rename(chart.text, node, 'decision'),
                          (to.begin, to.begin, exit), set_attribute(to, 'when', '是'))


@operator('duplicate an id')
def duplicate_id(chart, guide):
    for node, other in zip(chart.nodes, chart.nodes[1:]):
        yield one(chart, guide, node.get('id'), set_attribute(other, 'id', node.get('id')))


@operator('swap two kinds of step')
def swap_kinds(chart, guide):
    for i, node in enumerate(chart.nodes):
        for other in chart.nodes[i + 1:i + 4]:
            if other.name != node.name:
                yield one(chart, guide, f'{node.get("id")} and {other.get("id")}',
                          *rename(chart.text, node, other.name), *rename(chart.text, other, node.name))


def without_outcome(chart, guide, outcomes):
    for node in chart.of_outcome(*outcomes):
        alone = [n for n in chart.reach([node]) if n is node or
                 all(e.source in chart.reach([node]) for e in chart.entries(n))]
        gone = [node] if node.name != 'end' and len(alone) > 3 else alone
        edits = [drop(chart.text, n) for n in gone]
        edits += [drop(chart.text, e.element) for e in chart.edges
                  if e.target in gone and e.source not in gone]
        yield one(chart, guide, node.get('id'), *edits)


@operator('remove the outcome 不予受理')
def remove_refused_acceptance(chart, guide):
    yield from without_outcome(chart, guide, REFUSED_ACCEPTANCE)


@operator('remove the 补正 branch')
def remove_supplement(chart, guide):
    yield from without_outcome(chart, guide, SUPPLEMENT)


@operator('move 决定 before 审查')
def decide_first(chart, guide):
    for decide in chart.of_stage('决定'):
        exits = chart.exits(decide)
        before = [n for n in chart.reach([decide], backward=True) if n.get('stage') == '审查']
        if not exits or not before:
            continue
        entries = [e for n in before for e in chart.entries(n) if e.source not in before]
        first = entries[0].target
        edits = [set_attribute(e.element, 'node', decide.get('id')) for e in entries]
        edits += [set_attribute(e.element, 'node', exits[0].target.get('id'))
                  for e in chart.entries(decide) if e not in entries]
        edits.append(set_attribute(exits[0].element, 'node', first.get('id')))
        yield one(chart, guide, decide.get('id'), *edits)


@operator('raise a duration past the limit')
def raise_duration(chart, guide):
    for field in ('promised', 'statutory'):
        limit, spent = amount(chart.root.get(field)), Judge(chart.text, guide).longest(field)
        if not spent or not limit or not limit[0]:
            continue
        for node in chart.nodes:
            value = amount(node.get('limit'))
            if value is None or value[1] not in (limit[1], None):
                continue
            unit = '个工作日' if limit[1] == '工作日' else limit[1]
            raised = f'{value[0] + limit[0] - spent[0] + 1:g}{unit}'
            yield one(chart, guide, f'{node.get("id")} over {field}',
                      set_attribute(node, 'limit', raised))


@operator('change the unit 工作日')
def change_unit(chart, guide):
    for element in [chart.root] + chart.nodes:
        for field in ('limit', 'promised', 'statutory'):
            value = element.get(field)
            if '工作日' in value:
                yield one(chart, guide, f'{element.get("id")} {field}',
                          set_attribute(element, field, re.sub('个?工作日', '个自然日', value)))


@operator('promise over the statutory limit')
def promise_over(chart, guide):
    law = amount(chart.root.get('statutory'))
    if not law or not law[1]:
        return
    unit = '个工作日' if law[1] == '工作日' else law[1]
    flow = edited(chart.text, [set_attribute(chart.root, 'promised', f'{law[0] + 1:g}{unit}')])
    yield 'chart', flow, guide
    if guide is None:
        return
    promised = parse(guide).each('promised')
    edits = [edit for element in promised for edit in
             (set_attribute(element, 'value', f'{law[0] + 1:g}{unit}'), set_attribute(element, 'unit', None))]
    yield 'guide', chart.text, edited(guide, edits)
    yield 'chart and guide', flow, edited(guide, edits)


@operator('remove the remedy')
def remove_remedy(chart, guide):
    if guide is not None:
        root = parse(guide)
        silent = edited(guide, [drop(guide, element) for element in root.each('remedy')])
        yield 'guide', chart.text, silent
    for node in chart.nodes:
        words = re.sub('，?(告知|并告知)?(救济途径|复议和诉讼权利|.{0,6}(复议|诉讼)[^，；]*)', '', node.get('text'))
        if words != node.get('text'):
            yield one(chart, guide, node.get('id'), set_attribute(node, 'text', words))
            if guide is not None:
                yield one(chart, silent, f'{node.get("id")} and guide', set_attribute(node, 'text', words))


@operator('unlabel an exit')
def unlabel(chart, guide):
    for edge in chart.edges:
        if edge.when and edge.source.name == 'decision':
            yield one(chart, guide, f'{edge.source.get("id")} to {edge.target.get("id")}',
                      set_attribute(edge.element, 'when', None))


@operator('point a subflow to itself')
def subflow_to_itself(chart, guide):
    for node in chart.nodes:
        if node.name == 'step' and len(chart.exits(node)) == 1:
            yield one(chart, guide, node.get('id'), *rename(chart.text, node, 'subflow'),
                      set_attribute(node, 'href', '{own file}'))


@operator('forget an outcome of a call')
def forget_outcome(chart, guide):
    for node in chart.nodes_named('subflow'):
        for edge in chart.exits(node):
            if len(chart.exits(node)) > 1:
                yield one(chart, guide, f'{node.get("id")} {edge.when}', drop(chart.text, edge.element))
                yield one(chart, guide, f'{node.get("id")} only {edge.when}',
                          *[drop(chart.text, e.element) for e in chart.exits(node) if e is not edge],
                          set_attribute(edge.element, 'when', None))


@operator('an exit no call ends with')
def wrong_outcome(chart, guide):
    for node in chart.nodes_named('subflow'):
        for edge in chart.exits(node):
            yield one(chart, guide, f'{node.get("id")} {edge.when}',
                      set_attribute(edge.element, 'when', '补正告知'))
