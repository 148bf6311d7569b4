"""What is wrong between a chart and the tables of its guide: stages without a row, order, specials."""
import re

# What a row may be called that has the stage or a part of it.
ROWS = {'受理': '受理|收件|接件|预审|登记', '审查': '审查|审核|核查|初审|复核|评审|评议|勘|检查|检验|核实|调查|听证|转报|上报',
        '决定': '决定|审批|批准|核准|登记|认定|确认|备案|办结|制证|公示|许可', '送达': '送达|发证|颁|领取|领证|制证|发放|告知'}
ANY_TIME = ('补正', '撤回', '中止', '延期', '终止')
AT_ANY_TIME = re.compile('延长|延期|中止|恢复|终止|撤回|^无$')
PROCEDURES = ('听证', '招标', '拍卖', '检验', '检测', '检疫', '鉴定', '专家', '公示', '征求意见')


def tables_of(judge, rows):
    if rows:
        unlisted(judge, rows)
        order(judge, rows)
    specials(judge, rows)


def unlisted(judge, rows):
    """A stage is drawn, and no row of the guide may mean it."""
    said = ' '.join(row.get('stage') + row.get('name') for row in rows)
    for stage, words in ROWS.items():
        boxes = [n for n in judge.chart.of_stage(stage) if n.name in ('step', 'decision') and not n.get('outcome')]
        if boxes and not re.search(words, said):
            judge.tell(['stage-not-in-guide'], [node.line for node in boxes])


def order(judge, rows):
    """Two rows named like two boxes, in the order no case goes through them."""
    chart = judge.chart
    names = [row.get('name') for row in rows]
    texts = [node.get('text') for node in chart.nodes]
    sure = [(row, chart.nodes[texts.index(row.get('name'))]) for row in rows
            if names.count(row.get('name')) == 1 and texts.count(row.get('name')) == 1]
    sure = [(row, node) for row, node in sure if row.get('stage') not in ANY_TIME and
            node.name in ('step', 'decision', 'special') and not node.get('outcome')]
    for (_, one), (_, other) in zip(sure, sure[1:]):
        if one in chart.reach([other]) and other not in chart.reach([one]):
            judge.tell(['stage-order-differs'])
            return


def alike(one, other):
    return bool(one and other) and (one in other or other in one or
                                    any(word in one and word in other for word in PROCEDURES))


def specials(judge, rows):
    """Special procedures only the chart or only the guide knows."""
    chart, listed = judge.chart, [special.get('kind') for special in judge.guide.each('special')]
    listed = [kind for kind in listed if not AT_ANY_TIME.search(kind)]
    named = listed + [row.get(name) for row in rows for name in ('stage', 'name')]
    for node in chart.nodes_named('special'):
        kind = node.get('kind') or node.get('text')
        if node.get('stage') in ANY_TIME or AT_ANY_TIME.search(kind):
            continue
        if not any(alike(kind, other) for other in named):
            judge.tell(['special-differs'], [node.line])
    for kind in listed:
        if not any(alike(kind, node.get(name)) for node in chart.nodes for name in ('kind', 'text')):
            judge.tell(['special-differs'])
