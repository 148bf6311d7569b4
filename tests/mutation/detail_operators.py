"""Operators for the rules about details: timers, performers, materials, results, codes, targets."""
from chart import add_child, edited, parse, set_attribute
from operators import one, operator


def exits_added(chart, guide, nodes, **attributes):
    for node in nodes:
        for end in [] if node.name == 'end' else chart.nodes_named('end'):
            yield one(chart, guide, f'{node.get("id")} to {end.get("id")}',
                      add_child(chart.text, node, 'to', node=end.get('id'), timeout='yes', **attributes))


@operator('silence ends the case')
def silence_ends(chart, guide):
    yield from exits_added(chart, guide, chart.of_stage('受理', '决定'), when='逾期未办')


@operator('a timer with a shorter deadline')
def shorter_deadline(chart, guide):
    for node in chart.nodes_named('step') + chart.nodes_named('decision'):
        for edge in chart.exits(node)[:1]:
            yield one(chart, guide, node.get('id'), add_child(chart.text, node, 'to', node=edge.target.get('id'),
                                                              timeout='yes', when='逾期1个工作日未办'))


@operator('a timer with a longer deadline')
def longer_deadline(chart, guide):
    for node in chart.nodes_named('step') + chart.nodes_named('decision'):
        for edge in chart.exits(node)[:1]:
            yield one(chart, guide, node.get('id'), add_child(chart.text, node, 'to', node=edge.target.get('id'),
                                                              timeout='yes', when='超过90个工作日未办'))


@operator('two timers of one box')
def two_timers(chart, guide):
    for node in chart.nodes_named('decision'):
        targets = [edge.target.get('id') for edge in chart.exits(node)[:2]]
        if len(targets) == 2:
            yield one(chart, guide, node.get('id'), *[add_child(chart.text, node, 'to', node=target, timeout='yes',
                                                                when=f'逾期未办，{target}') for target in targets])


@operator('another performer')
def another_performer(chart, guide):
    for node in chart.nodes:
        if node.get('by'):
            yield one(chart, guide, node.get('id'), set_attribute(node, 'by', '档案馆馆员'))


@operator('a material nobody lists')
def unlisted_material(chart, guide):
    for node in chart.nodes:
        if node.get('material'):
            yield one(chart, guide, node.get('id'),
                      set_attribute(node, 'material', node.get('material') + '；祖传秘方原件'))


@operator('a vague material')
def vague_material(chart, guide):
    for node in chart.nodes:
        if node.get('material'):
            yield one(chart, guide, node.get('id'),
                      set_attribute(node, 'material', node.get('material') + '；其他相关材料'))


def guide_edited(chart, guide, where, *edits):
    return where, chart.text, edited(guide, edits)


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


@operator('a row of the guide twice')
def repeated_row(chart, guide):
    for steps in parse(guide).each('steps') if guide else []:
        for row in steps.each('step'):
            yield guide_edited(chart, guide, row.get('name'), (row.end, row.end, '\n    ' + guide[row.begin:row.end]))


@operator('a late notice of what is missing')
def late_notice(chart, guide):
    for node in chart.nodes_named('decision'):
        if node.get('stage') == '受理':
            yield one(chart, guide, node.get('id'), set_attribute(node, 'limit', '9个工作日'))


@operator('a late delivery')
def late_delivery(chart, guide):
    for node in chart.of_stage('送达'):
        if node.name == 'step':
            yield one(chart, guide, node.get('id'), set_attribute(node, 'limit', '12个工作日'))


@operator('a question in a step')
def question_in_step(chart, guide):
    for node in chart.nodes_named('step') + chart.nodes_named('document'):
        yield one(chart, guide, node.get('id'), set_attribute(node, 'text', node.get('text') + '？'))


@operator('an action in a decision')
def action_in_decision(chart, guide):
    for node in chart.nodes_named('decision'):
        yield one(chart, guide, node.get('id'), set_attribute(node, 'text', '登记入册'))


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
