"""What is wrong with the details of a chart: timers, performers, materials, results, codes, targets."""
import re

NUMBER = re.compile(r'([\d.]+)个?(工作日|日)')


def details_of(judge):
    timers(judge)
    papers(judge)
    rows(judge)
    handling(judge)
    statutory(judge)
    if judge.licence and not judge.open:
        late(judge)


DIGITS = str.maketrans('一二三四五六七八九', '123456789')


def days(text):
    found = NUMBER.search(text.translate(DIGITS))
    return float(found[1]) if found else None


def same_unit(judge, one, other):
    """In a licence days are working days."""
    return judge.licence or NUMBER.search(one.translate(DIGITS))[2] == NUMBER.search(other)[2]


def first_outcome(judge, node):
    """What the single way from a box comes to; None if a decision or the next stage comes first."""
    seen = []
    while node not in seen:
        seen.append(node)
        if node.name == 'decision' or node.get('outcome') or node.name == 'end':
            return node
        exits = judge.chart.exits(node)
        if len(exits) != 1 or node.get('stage') in ('受理', '审查', '现场核查', '决定'):
            return None
        node = exits[0].target
    return None


def timers(judge):
    chart = judge.chart
    for node in chart.nodes:
        late = [edge for edge in chart.exits(node) if edge.timeout]
        lines = [node.line] + [edge.element.line for edge in late]
        if len(late) > 1:
            judge.tell(['several-timeouts'], lines)
        limit = days(node.get('limit'))
        for edge in late:
            deadline = days(edge.when)
            if not limit:
                judge.tell(['timeout-without-limit'], lines, node.get('limit') in ('', '当场'))
            elif deadline and same_unit(judge, node.get('limit'), edge.when) and limit != deadline:
                beyond = node.get('stage') == '受理' and limit > 5
                wide = re.search(r'\d-\d|自', node.get('limit'))
                judge.tell(['deadline-exceeded' if limit > deadline else 'timeout-unreachable',
                            'late-supplement-notice'], lines, not beyond and not wide)
            silence(judge, node, edge, lines)


def silence(judge, node, edge, lines):
    """Late acceptance is acceptance; other silence of the office is no refusal."""
    end = first_outcome(judge, edge.target)
    applicant = node.get('by').startswith('申请') or node.get('lane') == 'applicant'
    if not judge.licence or end is None or applicant:
        return
    own_law = node.get('basis') and '行政许可法' not in node.get('basis')
    refuses = end.get('outcome').startswith('不予')
    granted = end.get('outcome') in ('准予', '办结', '准予许可', '准予登记')
    plain = not own_law and end.name == 'end' and bool(end.get('outcome'))
    if node.get('stage') == '受理' and not granted:
        judge.tell(['silence-refuses'], lines, plain)
    elif refuses:
        judge.tell(['silence-refuses'], lines, plain and node.get('stage') == '决定')


def papers(judge):
    chart, guide = judge.chart, judge.guide
    for node in chart.nodes:
        for piece in filter(None, re.split('[；;]', node.get('material'))):
            if re.search('(其他|相关|有关)(相关)?(材料|资料|证明|文件)', piece):
                judge.tell(['vague-material'], [node.line])
            elif guide is not None and guide.each('material'):
                names = [material.get('name') for material in guide.each('material')]
                same = [name for name in names if any(part in name or name in part
                                                      for part in [piece] + re.split('[、，,]', piece))]
                if not same:
                    judge.tell(['material-not-listed'], [node.line])
    if guide is None:
        return
    said = ''.join(''.join(node.attributes.values()) for node in chart.nodes)
    for result in guide.each('result'):
        if result.get('name') not in said and any(node.get('output') for node in chart.nodes):
            judge.tell(['result-differs'])
    for target in guide.each('target'):
        if target.get('kind') == 'materials':
            left = [m for m in guide.each('material') if m.get('need') not in ('no', '非必要')]
            if len(left) > float(re.search(r'\d+', target.get('value'))[0]):
                judge.tell(['reduction-not-followed'])
        if target.get('kind') == 'limit':
            promised, aim = judge.told('promised'), days(target.get('value'))
            if promised and promised[1] == '工作日' and promised[0] > aim:
                judge.tell(['reduction-not-followed'])
            elif promised and promised[1] not in (None, '工作日'):
                judge.tell(['reduction-not-followed', 'limits-not-comparable'], must=False)
    if guide.get('code') and chart.root.get('item') and guide.get('code') != chart.root.get('item'):
        judge.tell(['identity-differs'])


def handling(judge):
    """On the spot means at once; a promise means some time."""
    root, told = judge.chart.root, judge.guide is not None and judge.told('promised')
    promised = told or (days(root.get('promised')) or 0, None)
    plain = not judge.open and judge.guide is not None
    if root.get('handling') == '即办件' and promised[0] > 1:
        judge.tell(['instant-item-takes-time'], None, plain)
    if root.get('handling') == '承诺件' and promised[0] == 0:
        judge.tell(['promised-item-on-the-spot'], None, plain)
    if judge.guide is not None and judge.guide.get('handling') != root.get('handling'):
        judge.tell(['identity-differs', 'joint-without-partner'], must=False)
        judge.tell(['instant-item-takes-time', 'promised-item-on-the-spot'], must=False)


def statutory(judge):
    """Beyond 20 working days (45 for several offices together) another law has to be named."""
    for element in judge.guide.each('statutory') if judge.guide is not None else []:
        limit, most = judge.told('statutory'), 45 if judge.guide.get('handling') == '联办件' else 20
        if limit and limit[0] > most:
            basis = element.get('basis')
            plain = limit[1] == '工作日' and (not basis or basis.startswith('行政许可法')) and \
                judge.licence and judge.chart.root.get('handling') != '即办件'
            judge.tell(['statutory-limit-unsupported'], None, plain)


def rows(judge):
    if judge.guide is None:
        return
    steps = [step for steps in judge.guide.each('steps') for step in steps.each('step')]
    names = [step.get('name') for step in steps]
    if len(set(names)) < len(names):
        judge.tell(['guide-step-repeated'])
        judge.tell(['guide-steps-over-promise', 'stage-order-differs'], must=False)
    for step in steps:
        nodes = [n for n in judge.chart.nodes if n.get('stage') == step.get('stage') and n.name == 'step']
        alone = len(judge.chart.of_stage(step.get('stage'))) == 1 and \
            [s.get('stage') for s in steps].count(step.get('stage')) == 1
        if alone and nodes and nodes[0].get('by') and step.get('performer'):
            pairs = {step.get('performer')[i:i + 2] for i in range(len(step.get('performer')) - 1)}
            lane = ''.join(lane.get('name') for lane in judge.chart.root.each('lane')
                           if lane.get('id') == nodes[0].get('lane'))
            if not any(pair in nodes[0].get('by') + lane for pair in pairs) and not judge.open:
                judge.tell(['performer-differs'], [nodes[0].line])


def late(judge):
    chart = judge.chart
    for node in chart.nodes_named('decision'):
        asks = any(e.target.get('stage') == '补正' for e in chart.exits(node))
        value = days(node.get('limit'))
        if node.get('stage') == '受理' and asks and value and value > 5:
            # Another law may give more than the licensing law's five days.
            judge.tell(['late-supplement-notice'], [node.line], not node.get('basis') or
                       '行政许可法' in node.get('basis'))
    decided = chart.reach(chart.of_stage('决定'))
    for node in chart.nodes_named('step'):
        value = days(node.get('limit'))
        if node.get('stage') == '送达' and node in decided and value and value > 10:
            judge.tell(['late-delivery'], [n.line for n in decided])
