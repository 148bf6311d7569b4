"""Operators for the agreement of a chart with the tables of its guide: rows of steps, special procedures."""
from chart import add_child, drop, edited, parse
from operators import operator


def rows_of(guide):
    return [row for steps in parse(guide).each('steps') for row in steps.each('step')] if guide else []


def guide_edited(chart, guide, where, *edits):
    return where, chart.text, edited(guide, edits)


@operator('a row of the guide twice')
def repeated_row(chart, guide):
    for row in rows_of(guide):
        yield guide_edited(chart, guide, row.get('name'), (row.end, row.end, '\n    ' + guide[row.begin:row.end]))


@operator('a row of the guide forgotten')
def forgotten_row(chart, guide):
    for row in rows_of(guide):
        yield guide_edited(chart, guide, row.get('name'), drop(guide, row))


@operator('two rows of the guide swapped')
def swapped_rows(chart, guide):
    rows = rows_of(guide)
    for i, one in enumerate(rows):
        for other in rows[i + 1:]:
            yield guide_edited(chart, guide, f'{one.get("name")} and {other.get("name")}',
                               (one.begin, one.end, guide[other.begin:other.end]),
                               (other.begin, other.end, guide[one.begin:one.end]))


@operator('a special procedure only the guide has')
def undrawn_special(chart, guide):
    if guide:
        yield guide_edited(chart, guide, '拍卖', add_child(guide, parse(guide), 'special', kind='拍卖', limit='10个工作日',
                                                         counted='no', basis='行政许可法第四十五条'))


@operator('a special procedure the guide forgets')
def unlisted_special(chart, guide):
    for special in parse(guide).each('special') if guide else []:
        yield guide_edited(chart, guide, special.get('kind'), drop(guide, special))
