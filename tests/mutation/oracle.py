"""What is wrong with a chart and its guide, found by definition and not by src/.

A Defect names the rules one of which must speak of it and the lines at which it may. `must` is false
where it follows from another defect (one defect, one finding), where the law leaves it open, or
where the words of the chart leave room: then a finding is right, and none is right too."""
import re

from chart import OWN, Chart, parse
from details import details_of
from tables import tables_of
from token_game import Game

LICENCE = '行政许可'
ONE_EXIT = ('start', 'step', 'document', 'data', 'special', 'join')
BEFORE = ('申请', '收件', '受理', '补正')  # stages of a first look, whose second round is no second review
PARTS = ('收件', '现场核查', '制证', '公示')  # may be drawn or listed under another stage
STAGES = {'受理': 'missing-acceptance', '审查': 'missing-review', '决定': 'missing-decision',
          '送达': 'missing-delivery'}
ORDER = ('受理', '审查', '决定', '送达')
REFUSED_ACCEPTANCE = ('不予受理',)
SUPPLEMENT = ('补正告知', '补正')
REFUSED = ('不予许可', '不予认定', '不予决定', '不予批准', '不予给付', '不予登记', '不予办理')
GRANTED = ('准予', '办结', '准予许可', '准予登记', '予以给付')
EXCLUDED_BY_LAW = ('听证', '招标', '拍卖', '检验', '检测', '检疫', '鉴定', '专家评审', '专家评议', '专家论证')
REMEDY, REASON = re.compile('复议|诉讼|救济'), re.compile('理由|原因')
OUTSIDE = ('申请', '收件', '受理', '补正', '制证', '送达', '归档', '延长', '延期', '终止', '撤回', '预审')
DECIDES = re.compile('决定|审批|批准|核准|登记|备案|认定|确认|许可|准予|签批|裁决|办结')
SHORT_WAY = re.compile('承诺|当场|即时|简易|视为')
QUESTION = re.compile('[？?]|是否|能否|可否|有无|方式|意见|情况|情形|类型|结果|结论')
NUMERALS = {'一': 1, '二': 2, '两': 2, '三': 3, '五': 5, '十': 10}


class Defect:
    def __init__(self, rules, lines=None, must=True):
        self.rules, self.lines, self.must = tuple(rules), lines and frozenset(lines), must

    def at(self, rule, line):
        return rule in self.rules and (self.lines is None or line in self.lines)


def amount(text):
    """(number, unit) of a limit, (0, None) if on the spot, None if it is no plain duration."""
    if text.startswith('当场') or text in ('0', '即办'):
        return 0, None
    found = re.search(r'([\d.]+)\s*个?(工作日|自然日|日|月|小时)', text)
    if not found:
        return None
    return float(found[1]), found[2].replace('自然日', '日')


def lines_of(nodes):
    return {node.line for node in nodes}


class Judge:
    """One chart with its guide (text or None)."""

    def __init__(self, text, guide, called=lambda name: None):
        self.called = called  # the text of a file by name
        self.chart = Chart(text)
        self.guide = parse(guide) if guide else None
        self.licence = self.chart.root.get('type') == LICENCE
        self.defects = []
        self.open = False  # the graph is not what its author meant: what follows from it may be quiet

    def tell(self, rules, lines=None, must=True):
        self.defects.append(Defect(rules, lines, must))

    def all(self):
        self.identifiers()
        self.shape()
        self.runs()
        self.stages()
        self.order()
        self.times()
        self.limits()
        self.special_time()
        self.subflows()
        self.remedies()
        self.supplements()
        self.symbols()
        self.handling()
        self.agreement()
        details_of(self)
        return self.defects

    def identifiers(self):
        chart, seen = self.chart, {}
        for node in chart.nodes:
            seen.setdefault(node.get('id'), []).append(node)
        for nodes in seen.values():
            if len(nodes) > 1:
                self.tell(['duplicate-id'], lines_of(nodes))
                self.open = True
        for edge in chart.dangling:
            self.tell(['dangling-reference'], [edge.element.line])
            self.open = True
        for note in chart.root.each('note'):
            if note.get('for') and note.get('for') not in chart.by_id:
                self.tell(['dangling-reference'], [note.line])

    def words(self):
        """All the chart says, for what its words may mean beside its attributes."""
        return ' '.join(e.get(name) for e in self.chart.nodes + [to for n in self.chart.nodes for to in
                        n.each('to')] for name in ('text', 'stage', 'outcome', 'when', 'kind'))

    def shape(self):
        chart = self.chart
        for node in chart.nodes:
            if any(node.get(name) and node.name not in kinds for name, kinds in OWN.items()):
                self.tell(['unknown-attribute'], [node.line])
                self.open = True
        starts = [node for node in chart.nodes if node.name == 'start']
        ends = [node for node in chart.nodes if node.name == 'end']
        if not starts:
            self.tell(['missing-start'])
        if len(starts) > 1:
            self.tell(['several-starts'], lines_of(starts))
        if not ends:
            self.tell(['missing-end'])
        quiet = self.open
        self.open |= len(starts) != 1 or not ends
        reached = chart.reach(starts)
        for island in self.islands([n for n in chart.nodes if n not in reached] if starts else []):
            self.tell(['unreachable'], lines_of(island), must=not quiet)
            self.open = True
        leading = chart.reach(ends, backward=True)
        for node in chart.nodes:
            exits = chart.exits(node)
            given = node.each('to')
            if node.name == 'end':
                if given:
                    self.tell(['end-with-exit'], lines_of([node] + given))
                    self.open = True
                continue
            if not given:
                self.tell(['dead-end'], [node.line], must=node in reached)
                self.open = True
            if node.name == 'decision' and len(given) == 1:
                self.tell(['single-exit-decision'], [node.line])
            going = {to.get('node') for to in given if to.get('timeout') not in ('yes', '是')}
            if node.name in ONE_EXIT and len(going) > 1:
                self.tell(['ambiguous-split'], [node.line])
                self.open = True
            if node.name == 'decision' and len(given) > 1:
                self.labels(given)
            targets = [edge.target for edge in exits]
            twice = [edge.element.line for edge in exits if targets.count(edge.target) > 1]
            if twice:
                # Of a split it is two tokens in one place, and a deadline may lead on as usual.
                plain = node.name in ONE_EXIT and not any(edge.timeout for edge in exits)
                self.tell(['repeated-exit'], twice + [node.line], plain and len(going) == 1)
        if ends and not quiet:
            trapped = [n for n in reached if n not in leading and chart.exits(n)]
            if trapped and not any('dead-end' in d.rules for d in self.defects):
                self.tell(['endless-loop'], lines_of(trapped))
                self.open = True
        asked = chart.of_outcome(*SUPPLEMENT) + chart.of_stage('补正')
        back = chart.ways_back(lambda e: e.max or e.source in asked or e.target in asked)
        for edge in back:
            self.tell(['unbounded-loop'], [edge.element.line], must=not self.open)
        self.open |= any(d.rules == ('repeated-exit',) for d in self.defects)

    def labels(self, exits):
        seen = {}
        for to in exits:
            if not to.get('when').strip():
                self.tell(['unlabelled-exit'], [to.line])
            seen.setdefault(to.get('when').strip(), []).append(to)
        for when, same in seen.items():
            if when and len(same) > 1:
                self.tell(['repeated-exit-label'], lines_of(same))

    def islands(self, nodes):
        rest = list(nodes)
        while rest:
            island, queue = [], [rest[0]]
            while queue:
                node = queue.pop()
                if node in island or node not in nodes:
                    continue
                island.append(node)
                queue += [e.target for e in self.chart.exits(node)]
                queue += [e.source for e in self.chart.entries(node)]
            rest = [node for node in rest if node not in island]
            yield island

    def runs(self):
        if self.chart.dangling or sum(node.name == 'start' for node in self.chart.nodes) != 1:
            return
        result = Game(self.chart).play()
        self.open |= result.capped
        if result.sound:
            return
        waiting = {n for n in result.stuck | result.hopeless if n.name == 'join'}
        merged = result.doubled | result.met
        splits = {n for n in self.chart.nodes if n.name == 'parallel'}
        sides = [(('deadlock', 'join-waits-for-its-loop'), waiting),
                 (('unsynchronised-merge',), merged | result.ended_early),
                 (('end-in-parallel',), result.ended_early),
                 (('split-leaves-loop',), splits if merged else set())]
        sides = [(rules, lines_of(nodes)) for rules, nodes in sides if nodes]
        # Any of the ways in which it fails is told; which one first is the program's choice.
        self.defects.append(OneOf(sides, not self.open))
        self.open = True

    def stages(self):
        must = self.licence and self.chart.root.get('handling') != '即办件' and not self.open
        words = self.words()
        for stage, rule in STAGES.items():
            if not self.chart.of_stage(stage):
                self.tell([rule], None, must and stage not in words and '现场' not in words)
        if not DECIDES.search(words) and not self.chart.of_stage('决定'):
            self.tell(['missing-decision'], None, must)
        if not self.chart.of_outcome(*GRANTED):
            self.tell(['missing-decision'], None, must)
        for outcomes, rule in ((REFUSED_ACCEPTANCE, 'missing-refused-acceptance'),
                               (REFUSED, 'missing-refusal')):
            if not self.chart.of_outcome(*outcomes):
                self.tell([rule], None, must and not any(outcome in words for outcome in outcomes))
        asked = self.chart.of_outcome(*SUPPLEMENT) + self.chart.of_stage('补正')
        if not asked:
            self.tell(['missing-supplement'], None, must and '补正' not in words)
        elif not any(n in self.chart.reach([a]) for a in asked
                     for n in self.chart.of_stage('收件', '受理') if n.name != 'end'):
            self.tell(['missing-supplement'], None, must)  # what is handed in goes nowhere

    def order(self):
        """Cases that end in 准予 and went past a stage, or through it too late."""
        chart = self.chart
        granted = chart.of_outcome(*GRANTED)
        if self.open or not granted:
            self.tell(['stage-bypassed', 'stage-out-of-order', 'stage-order-differs'], must=False)
            return
        others = [n for n in chart.nodes if n.name == 'end' and n not in granted]
        for stage in ORDER:
            nodes = chart.of_stage(stage)
            if nodes and Game(chart, others + nodes).play().completes:
                # What is handled on the spot may leave stages out; a 补正 that leads on is told as such.
                instant = self.chart.root.get('handling') == '即办件'
                lost = any(d.must and 'missing-supplement' in d.rules for d in self.defects)
                self.tell(['stage-bypassed'], None, self.licence and not instant and not lost)
        for earlier, later in zip(ORDER, ORDER[1:]):
            first, then = chart.of_stage(earlier), chart.of_stage(later)
            starts = [n for n in chart.nodes if n.name == 'start']
            early = [n for n in chart.reach(starts, without=first) if n in then]
            if first and any(g in chart.reach(early) for g in granted):
                self.tell(['stage-out-of-order', 'stage-bypassed', 'stage-order-differs'], None, False)
        told = any(d.must and 'stage-bypassed' in d.rules for d in self.defects)
        plain = self.licence and self.chart.root.get('handling') != '即办件' and not told and \
            not SHORT_WAY.search(self.words() + self.chart.root.get('title')) and not chart.nodes_named('parallel')
        if any(self.too_early(path) for path in self.ways_to(granted)):
            self.tell(['stage-out-of-order'], None, plain)

    def ways_to(self, ends):
        """Ways from the start that pass no box twice, as long as they are not too many."""
        paths, found = [[node] for node in self.chart.nodes_named('start')], []
        while paths and len(found) < 500:
            path = paths.pop()
            if path[-1] in ends:
                found.append(path)
            paths += [path + [e.target] for e in self.chart.exits(path[-1]) if e.target not in path]
        return found

    def too_early(self, path):
        """A stage comes and the one after it does not follow any more, though the way passes it."""
        stages = [node.get('stage') for node in path if not node.get('outcome')]
        present = [stage for stage in ORDER if self.chart.of_stage(stage)]
        return any(earlier in stages and later in stages and later not in stages[stages.index(earlier):]
                   for earlier, later in zip(present, present[1:]))

    def longest(self, field):
        """Sum over the longest simple way of a limit's span; None if units are mixed."""
        given = self.guide.each(field) if self.guide is not None else []
        span = next((e.get('span') for e in given if e.get('span')), '受理..决定')
        first, last = span.split('..')
        best, units = 0, set()
        starts = [n for n in self.chart.nodes if n.name == 'start']
        paths = [[starts[0]]] if starts else []
        while paths:
            path = paths.pop()
            going = [e.target for e in self.chart.exits(path[-1]) if e.target not in path]
            paths += [path + [node] for node in going]
            accepted = [i for i, n in enumerate(path) if n.get('stage') == first]
            decided = [i for i, n in enumerate(path) if n.get('stage') == last]
            if not accepted or not decided or decided[-1] < accepted[-1]:
                continue
            total = 0
            for step, node in enumerate(path[accepted[-1] + 1:decided[-1] + 1], accepted[-1] + 1):
                value = amount(node.get('limit'))
                if node.name == 'subflow' and not node.get('limit') and self.called(node.get('href')):
                    value = self.call_time(node, path[step + 1] if step + 1 < len(path) else None)
                if value and node.get('counted') not in ('no', '否'):
                    total += value[0]
                    units |= {value[1]} - {None}
            best = max(best, total)
        return None if len(units) > 1 else (best, *units) if units else (best, None)

    def call_time(self, node, following):
        calls = Calls(self.called(node.get('href')))
        exits = self.chart.exits(node)
        ends = [end for edge in exits if edge.target is following
                for end in ends_of(edge, calls.ends, len(exits) == 1)] or calls.ends
        return max(calls.times[end] for end in ends), '工作日'

    def times(self):
        rules = ['path-over-promise', 'path-over-statutory', 'limits-not-comparable',
                 'guide-steps-over-promise', 'path-under-promise']
        if self.open:
            self.tell(rules, must=False)
            return
        for field, rule in (('promised', 'path-over-promise'), ('statutory', 'path-over-statutory')):
            limit, spent = amount(self.chart.root.get(field)), self.longest(field)
            if spent is None:
                self.tell(rules, must=False)
            if limit is None or spent is None:
                continue
            if limit[1] and spent[1] and limit[1] != spent[1]:
                self.tell(rules, must=False)
            elif spent[0] > limit[0] and limit[0] > 0:
                # Over the law is over the promise too: told once.
                self.tell([rule, 'path-over-statutory'])
            elif spent[0] < limit[0] and field == 'promised':
                self.tell(['path-under-promise'], must=False)
        later = [node for node in self.chart.nodes if node.get('stage') not in BEFORE]
        if any(node in self.chart.reach([e.target for e in self.chart.exits(node)]) for node in later):
            self.tell(rules, must=False)  # a second round takes time too

    def limits(self):
        root, guide = self.chart.root, self.guide
        both = {field: amount(root.get(field)) for field in ('statutory', 'promised')}
        differs = guide is not None and any(self.told(field) != both[field] for field in both)
        if all(both.values()) and both['statutory'][1] and both['promised'][1]:
            # Where the guide says otherwise that is the defect, and its limits are compared.
            # So many working days are never less than as many days.
            longer = both['statutory'][1] == '工作日' and both['statutory'][0] >= both['promised'][0]
            if both['statutory'][1] != both['promised'][1] and longer:
                self.tell(['limits-not-comparable', 'limit-differs'], must=False)
            elif both['statutory'][1] != both['promised'][1]:
                self.tell(['limits-not-comparable', 'limit-differs'])
            elif both['promised'][0] > both['statutory'][0]:
                self.tell(['promise-over-statutory'] + ['limit-differs'] * differs)
        if guide is not None and self.told('promised') and self.told('statutory'):
            promised, law = self.told('promised'), self.told('statutory')
            if promised[1] == law[1] and promised[0] > law[0]:
                self.tell(['promise-over-statutory'])
        if guide is None:
            return
        for field in both:
            told = self.told(field)
            for element in guide.each(field):
                if told and both[field] and told != both[field]:
                    self.tell(['limit-differs'])
                if told and told[0]:
                    # Its own remark, the questions and the flow's words may name the old number.
                    named = re.findall(r'(\d+)个?(?:工作日|日)', element.get('note'))
                    if named and f'{told[0]:g}' not in named:
                        self.tell(['note-contradicts-limit'])
                    self.tell(['note-contradicts-limit'], must=False)

    def told(self, field):
        """What the guide says of a limit."""
        for element in self.guide.each(field):
            value = element.get('value')
            return amount(value + element.get('unit') if value.isdigit() else value)
        return None

    def special_time(self):
        chart = self.chart
        inside = set(chart.reach(chart.of_stage('受理'))) & \
            set(chart.reach(chart.of_stage('决定'), backward=True))
        for node in chart.nodes:
            excluded = node.get('counted') in ('no', '否')
            by_law = any(word in node.get('kind') + node.get('text') for word in EXCLUDED_BY_LAW)
            counts = node in inside and node.get('stage') not in OUTSIDE and node.get('lane') != 'applicant'
            if excluded and not node.get('basis') and not by_law:
                self.tell(['excluded-without-basis'], [node.line], counts and not self.open)
            if node.name == 'special' and node.get('stage') not in ('延长', '延期', '中止', '终止'):
                lacks = not node.get('limit') or not (node.get('basis') or excluded or by_law)
                if lacks:
                    self.tell(['incomplete-special'], [node.line], not self.open)

    def subflows(self):
        for node in self.chart.nodes:
            if not node.get('href'):
                continue
            if node.name != 'subflow':
                if not node.get('href').startswith(('http://', 'https://')):
                    self.tell(['lost-link'], [node.line])
                continue
            if node.get('href') == '{own file}':
                self.tell(['subflow-cycle'], [node.line])
                continue
            text = self.called(node.get('href'))
            if text is None:
                self.tell(['unreadable-subflow'], [node.line])
                continue
            ends = Chart(text).nodes_named('end')
            exits = self.chart.exits(node)
            taken = {end for edge in exits for end in ends_of(edge, ends, len(exits) == 1)}
            lines = [node.line] + [edge.element.line for edge in exits]
            if exits and len(taken) < len(ends):
                self.tell(['unhandled-outcome'], lines, not self.open)
            # One way on whatever comes out: a defect if that can be a refusal.
            refusals = [end for end in ends if end.get('outcome') in REFUSED + REFUSED_ACCEPTANCE]
            if len(exits) == 1 and not exits[0].when and 0 < len(refusals) < len(ends):
                self.tell(['unhandled-outcome'], lines, not self.open)
            for edge in exits:
                if edge.when and not ends_of(edge, ends, False):
                    known = all(end.get('outcome') for end in ends) and any(
                        word in edge.when for word in REFUSED + REFUSED_ACCEPTANCE + GRANTED + SUPPLEMENT)
                    self.tell(['impossible-outcome'], [edge.element.line], known and not self.open)
            limit = amount(node.get('limit'))
            if limit and max(Calls(text).times.values(), default=0) > limit[0]:
                self.tell(['subflow-over-limit'], [node.line])

    def remedies(self):
        """Every branch that leaves a decision and refuses says why and what may be done about it."""
        footer = ' '.join(self.chart.text[note.opened:note.end] for note in self.chart.root.each('note'))
        for edge in self.chart.edges:
            if edge.source.name != 'decision':
                continue
            branch = [edge.target]
            while branch[-1].name != 'decision' and len(self.chart.exits(branch[-1])) == 1:
                following = self.chart.exits(branch[-1])[0].target
                if following in branch:
                    break
                branch.append(following)
            branch = [node for node in branch if node.name != 'decision']
            words = footer + ''.join(''.join(n.attributes.values()) for n in branch)
            lacks = [not REASON.search(words), not REMEDY.search(words)]
            if any(n in self.chart.of_outcome(*REFUSED) for n in branch) and any(lacks):
                self.tell(['refusal-without-reason'], lines_of(branch),
                          (self.licence or all(lacks)) and not self.open)

    def supplements(self):
        """More is asked for after acceptance; the notice takes long."""
        chart = self.chart
        for node in chart.of_outcome(*SUPPLEMENT) + chart.of_stage('补正'):
            late = [e for e in chart.entries(node) if e.source.get('stage') not in BEFORE]
            if late:
                self.tell(['supplement-after-acceptance'], lines_of([node] + [e.element for e in late]),
                          not node.get('basis') and self.licence and not self.open)
        for node in chart.nodes:
            value = amount(node.get('limit'))
            if value and value[0] > 5 and node.get('stage') in BEFORE:
                self.tell(['late-supplement-notice'], [node.line], must=False)

        after = chart.reach(chart.of_stage('决定'))
        spent = sum((amount(node.get('limit')) or (0,))[0] for node in after)
        if spent > 10:
            self.tell(['late-delivery'], lines_of(after), must=False)

    def symbols(self):
        """Boxes of the wrong kind, and boxes that do not say what they have to."""
        for node in self.chart.nodes:
            text = node.get('text').strip()
            if node.name == 'decision' and not QUESTION.search(text):
                self.tell(['action-in-decision'], [node.line], bool(text) and not self.open)
            if node.name != 'decision' and text[-1:] in ('？', '?'):
                self.tell(['question-in-step'], [node.line], node.name in ONE_EXIT and not self.open)
        bare = [n for n in self.chart.nodes if n.name in ('step', 'document', 'special', 'subflow') and
                not (n.get('limit') and n.get('output') and (n.get('by') or n.get('lane')))]
        lacking = [n for n in bare if n.name == 'step' and not by_applicant(self.chart, n) and
                   not (n.get('limit') and (n.get('by') or n.get('lane')))]
        if bare:
            self.tell(['incomplete-step'], lines_of(bare), bool(lacking) and self.licence and not self.open)

    def handling(self):
        """What the item says of itself against what its chart does."""
        root, spent = self.chart.root, self.longest('promised')
        promised = amount(root.get('promised'))
        if root.get('handling') == '承诺件' and (not spent or not spent[0] or promised and not promised[0]):
            self.tell(['promised-item-on-the-spot'], must=False)
        site = self.chart.of_stage('现场核查') or [n for n in self.chart.nodes if n.name == 'special']
        told = self.told('promised') if self.guide is not None else promised
        if root.get('handling') == '即办件' and (site or not promised or promised[0] > 1 or told != promised):
            self.tell(['instant-item-takes-time'], must=False)
        for node in self.chart.nodes:
            limit = amount(node.get('limit'))
            general = self.licence and not self.open and \
                (not node.get('basis') or '行政许可法' in node.get('basis'))
            if '听证' in node.get('kind') + node.get('text'):
                asks = re.search('申请听证|要求听证|通知|公告', node.get('text'))
                late = limit and limit[1] == '工作日' and limit[0] > 20 and node.name == 'special'
                self.tell(['hearing-times'], [node.line], bool(late) and not asks and general)
            if node.get('stage') in ('延长', '延期') or '延长' in node.get('kind'):
                joint = root.get('handling') == '联办件'
                long = limit and limit[1] == '工作日' and limit[0] > (15 if joint else 10)
                notes = ''.join(self.chart.text[n.opened:n.end] for n in root.each('note'))
                bodies = re.search('负责人|局长|主任|领导', node.get('text') + node.get('by') + notes)
                self.tell(['extension-unsupported'], [node.line], general and bool(long or not bodies))

    def agreement(self):
        if self.guide is None:
            return
        rows = [step for steps in self.guide.each('steps') for step in steps.each('step')]
        for row in rows:
            stage = row.get('stage')
            nodes = [n for n in self.chart.nodes if stage in (n.get('stage'), n.get('text'))]
            if stage and not nodes:
                must = not self.open and stage not in ORDER + PARTS and stage not in self.words()
                self.tell(['stage-not-drawn'], None, must)
            same = [n for n in nodes if n.get('limit')]
            alone = len(nodes) == 1 and [r.get('stage') for r in rows].count(stage) == 1
            if alone and not self.open and same and amount(row.get('limit')) and amount(same[0].get('limit')) \
                    and amount(row.get('limit')) != amount(same[0].get('limit')):
                self.tell(['step-limit-differs', 'limits-not-comparable'], None)
        # Rows and boxes are paired by their words; whether they pair after a change is open.
        self.tell(['step-limit-differs', 'stage-order-differs', 'stage-not-in-guide', 'performer-differs',
                   'result-differs', 'special-differs', 'material-not-listed'], must=False)
        if not self.open:
            tables_of(self, rows)


def by_applicant(chart, node):
    lane = ''.join(lane.get('name') for lane in chart.root.each('lane') if lane.get('id') == node.get('lane'))
    return node.get('by').startswith('申请') or lane.startswith('申请')


MEANINGS = (REFUSED_ACCEPTANCE, REFUSED, GRANTED, SUPPLEMENT)


def ends_of(edge, ends, alone):
    """The ends of a called flow that an exit is for."""
    if alone and not edge.when:
        return ends
    named = []
    for piece in re.split('[、，；]|或者?', edge.when):
        same = [words for words in MEANINGS if piece in words]
        for end in ends:
            plain = end.get('text').replace('不' + piece, '')
            if end.get('outcome') == piece or piece in plain or any(end.get('outcome') in w for w in same):
                named.append(end)
    return named


class Calls:
    """A called flow: per end the sum of the limits that count on the longest way to it."""

    def __init__(self, text):
        chart = Chart(text)
        accepts = bool(chart.of_stage('受理'))
        self.ends, self.times = chart.nodes_named('end'), {}
        paths = [[node] for node in chart.nodes_named('start')]
        while paths:
            path = paths.pop()
            paths += [path + [e.target] for e in chart.exits(path[-1]) if e.target not in path]
            if path[-1].name == 'end':
                spent = 0
                for node in path:
                    outside = node.get('stage') in ('申请', '收件', '受理', '补正', '预审') and \
                        (accepts or node.get('stage') != '受理')
                    if outside or node.get('counted') in ('no', '否') or node.name == 'start':
                        continue
                    value = amount(node.get('limit'))
                    from_start = node.get('limit').startswith('自受理之日起')
                    spent = max(spent, value[0]) if value and from_start else spent + (value or (0,))[0]
                self.times[path[-1]] = max(spent, self.times.get(path[-1], 0))


class OneOf(Defect):
    """Several ways to tell one defect, each with its lines."""

    def __init__(self, sides, must):
        super().__init__([rule for rules, _ in sides for rule in rules], None, must)
        self.sides = sides

    def at(self, rule, line):
        return any(rule in rules and line in lines for rules, lines in self.sides)


def defects_of(text, guide, called):
    return Judge(text, guide, called).all()
