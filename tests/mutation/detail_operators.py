"""Operators for the rules about details: attributes of boxes, timers, results, codes, targets."""
from chart import add_child, edited, parse, set_attribute
from guide_operators import guide_edited
from operators import OPERATORS, one, operator


def with_stage(chart, kinds, stage):
    return [node for node in chart.of_stage(stage) if node.name in kinds]


def having(chart, name):
    return [node for node in chart.nodes if node.get(name)]


def hearings(chart):
    return [n for n in chart.nodes_named('special') if '听证' in n.get('kind') + n.get('text')]


STEPS = ('step', 'document')
# Mistakes in one attribute: operator, boxes, attribute, what it becomes (None: it is taken away).
SETTINGS = (
    ('mark an ordinary step as excluded', lambda c: [n for n in having(c, 'limit') if n.name in STEPS and
                                                     not n.get('counted')], 'counted', 'no'),
    ('drop a legal basis', lambda c: having(c, 'basis'), 'basis', None),
    ('break a connection', lambda c: c.nodes, 'id', lambda value: value + '-2'),
    ('a limit too short for a call', lambda c: c.nodes_named('subflow'), 'limit', '2个工作日'),
    ('misspell the file of a call', lambda c: c.nodes_named('subflow'), 'href',
     lambda value: value.replace('.flow', '-.flow')),
    ('another performer', lambda c: having(c, 'by'), 'by', '档案馆馆员'),
    ('a material nobody lists', lambda c: having(c, 'material'), 'material', lambda value: value + '；祖传秘方原件'),
    ('a vague material', lambda c: having(c, 'material'), 'material', lambda value: value + '；其他相关材料'),
    ('a late notice of what is missing', lambda c: with_stage(c, ('decision',), '受理'), 'limit', '9个工作日'),
    ('a late delivery', lambda c: with_stage(c, ('step',), '送达'), 'limit', '12个工作日'),
    ('a question in a step', lambda c: [n for n in c.nodes if n.name in STEPS], 'text', lambda value: value + '？'),
    ('an action in a decision', lambda c: c.nodes_named('decision'), 'text', '登记入册'),
    ('forget the limit of a step', lambda c: [n for n in having(c, 'limit') if n.name == 'step'], 'limit', None),
    ('forget the time of a special procedure', lambda c: c.nodes_named('special'), 'limit', None),
    ('a hearing held too late', hearings, 'limit', '30个工作日'),
    ('too long an extension', lambda c: with_stage(c, ('special', 'step'), '延期'), 'limit', '30个工作日'),
)


def setting(boxes, name, value):
    def make(chart, guide):
        for node in boxes(chart):
            new = value(node.get(name)) if callable(value) else value
            yield one(chart, guide, node.get('id'), set_attribute(node, name, new))
    return make


OPERATORS.update((name, setting(*row)) for name, *row in SETTINGS)


def exits_added(chart, guide, nodes, **attributes):
    for node in nodes:
        for end in [] if node.name == 'end' else chart.nodes_named('end'):
            yield one(chart, guide, f'{node.get("id")} to {end.get("id")}',
                      add_child(chart.text, node, 'to', node=end.get('id'), timeout='yes', **attributes))


@operator('silence ends the case')
def silence_ends(chart, guide):
    yield from exits_added(chart, guide, chart.of_stage('受理', '决定'), when='逾期未办')


def late_exits(words):
    def make(chart, guide):
        for node in chart.nodes_named('step') + chart.nodes_named('decision'):
            for edge in chart.exits(node)[:1]:
                yield one(chart, guide, node.get('id'),
                          add_child(chart.text, node, 'to', node=edge.target.get('id'), timeout='yes', when=words))
    return make


OPERATORS['a timer with a shorter deadline'] = late_exits('逾期1个工作日未办')
OPERATORS['a timer with a longer deadline'] = late_exits('超过90个工作日未办')


@operator('two timers of one box')
def two_timers(chart, guide):
    for node in chart.nodes_named('decision'):
        targets = [edge.target.get('id') for edge in chart.exits(node)[:2]]
        if len(targets) == 2:
            yield one(chart, guide, node.get('id'), *[add_child(chart.text, node, 'to', node=target, timeout='yes',
                                                                when=f'逾期未办，{target}') for target in targets])


@operator('another result in the guide')
def another_result(chart, guide):
    for element in parse(guide).each('result') if guide else []:
        yield guide_edited(chart, guide, element.get('name'), set_attribute(element, 'name', '银河通行证'))


@operator('a target that is not met')
def unmet_target(chart, guide):
    if guide:
        yield guide_edited(chart, guide, 'limit',
                           add_child(guide, parse(guide), 'target', kind='limit', value='1个工作日'))
        yield guide_edited(chart, guide, 'materials',
                           add_child(guide, parse(guide), 'target', kind='materials', value='0份'))


@operator('another item code')
def another_code(chart, guide):
    if guide:
        yield one(chart, guide, 'item', set_attribute(chart.root, 'item', '11990000MB9999999X4000999999001'))


@operator('another kind of handling')
def another_handling(chart, guide):
    for kind in ('即办件', '承诺件'):
        if guide and chart.root.get('handling') not in ('', kind):
            yield (kind, edited(chart.text, [set_attribute(chart.root, 'handling', kind)]),
                   edited(guide, [set_attribute(parse(guide), 'handling', kind)]))


@operator('a statutory limit beyond the law')
def beyond_the_law(chart, guide):
    for element in parse(guide).each('statutory') if guide else []:
        yield ('both', edited(chart.text, [set_attribute(chart.root, 'statutory', '120个工作日')]),
               edited(guide, [set_attribute(element, 'value', '120个工作日'), set_attribute(element, 'unit', None)]))


@operator('forget who does a step')
def forget_performer(chart, guide):
    for node in chart.nodes_named('step'):
        yield one(chart, guide, node.get('id'), set_attribute(node, 'by', None), set_attribute(node, 'lane', None))


@operator('nobody approves an extension')
def unapproved_extension(chart, guide):
    for node in with_stage(chart, ('special', 'step'), '延期'):
        yield one(chart, guide, node.get('id'), set_attribute(node, 'by', '经办人员'),
                  set_attribute(node, 'text', '延长办理期限并告知理由'))


@operator('no box says it decides')
def no_decision(chart, guide):
    words = {'决定': '答复', '审批': '答复', '批准': '答复', '核准': '答复'}
    edits = []
    for element in chart.nodes + [to for node in chart.nodes for to in node.each('to')]:
        for name in ('stage', 'text', 'when', 'output'):
            value = element.get(name)
            for old, new in words.items():
                value = value.replace(old, new)
            if value != element.get(name):
                edits.append(set_attribute(element, name, '审查' if name == 'stage' else value))
    yield one(chart, guide, 'chart', *edits)


@operator('an exit drawn twice')
def exit_twice(chart, guide):
    for node in chart.nodes:
        if node.name not in ('decision', 'parallel', 'subflow') and len(chart.exits(node)) == 1:
            to = node.each('to')[0]
            yield one(chart, guide, node.get('id'), (to.end, to.end, chart.text[to.begin:to.end]))
