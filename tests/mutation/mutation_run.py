#!/usr/bin/env python3
"""mutation_run.py FLOWPROOF [--every N] [--show RULE|OPERATOR]… [--at-least SHARE]

Makes the mistakes of operators.py, detail_operators.py and guide_operators.py at every site of the correct samples, asks the oracle what is
wrong with each mutant (nothing: an equivalent mutant, taken out) and FLOWPROOF what it finds. Prints
each operator's sites and kills and each rule's recall and precision; exit 1 if one of the shares is
below --at-least. --every N takes each N-th mutant only; --show prints what was missed or spurious.
"""
import argparse
import collections
import json
import pathlib
import subprocess
import sys
import tempfile

from chart import Chart, edited, parse, set_attribute
import detail_operators  # with guide_operators: they register their operators  # noqa: F401
from operators import OPERATORS
from oracle import defects_of

SAMPLES = pathlib.Path(__file__).resolve().parent.parent.parent / 'samples'


class Mutant:
    def __init__(self, name, operator, sample, where, text, guide):
        self.name, self.operator, self.sample, self.where = name, operator, sample, where
        self.text, self.guide = text, guide
        self.defects, self.findings = [], []

    def write(self, folder):
        if self.guide is not None:
            (folder / f'{self.name}.guide.xml').write_text(self.guide, encoding='utf-8')
        text = self.text.replace('{own file}', f'{self.name}.flow.xml')
        for child in parse(text).each('subflow'):
            if (SAMPLES / child.get('href')).is_file():
                (folder / child.get('href')).write_bytes((SAMPLES / child.get('href')).read_bytes())
        root = parse(text)
        name = None if self.guide is None else f'{self.name}.guide.xml'
        text = edited(text, [set_attribute(root, 'guide', name)])
        (folder / f'{self.name}.flow.xml').write_text(text, encoding='utf-8')

    def missed(self):
        return [d for d in self.defects if d.must and not any(d.at(*f) for f in self.findings)]

    def spurious(self):
        return [f for f in self.findings if not any(d.at(*f) for d in self.defects)]

    def __str__(self):
        return f'{self.name} {self.sample}: {self.operator}, {self.where}'


def called_file(name):
    """The text of a sample that is called; None if there is none."""
    path = SAMPLES / name
    return path.read_text(encoding='utf-8') if name and path.is_file() else None


def mutants(every):
    made = []
    for flow in sorted(SAMPLES.glob('*.flow.xml')):
        chart = Chart(flow.read_text(encoding='utf-8'))
        guide = flow.with_name(flow.name.replace('.flow.', '.guide.'))
        words = guide.read_text(encoding='utf-8') if guide.exists() else None
        for name, operator in OPERATORS.items():
            for where, text, told in operator(chart, words):
                made.append(Mutant(f'm{len(made):05}', name, flow.name, where, text, told))
    return made[::every]


def findings_of(program, folder):
    """Per file: rule names with lines; information (level info) aside."""
    done = subprocess.run([program, 'check', '--format', 'json', '--fail-on', 'never', str(folder)],
                          capture_output=True, check=True)
    return {pathlib.Path(file['path']).name.split('.')[0]:
            [(f['name'], f['line']) for f in file['findings'] if f['severity'] != 'info']
            for file in json.loads(done.stdout)['files']}


def rules_of(program):
    done = subprocess.run([program, 'rules', '--lang', 'en'], capture_output=True, check=True, text=True)
    return {line.split()[1] for line in done.stdout.splitlines()[1:]}


def report_operators(run):
    print(f'{"operator":38} {"sites":>6} {"equivalent":>11} {"killed":>7} {"right place":>12} {"extra":>6}')
    for name in OPERATORS:
        own = [m for m in run if m.operator == name]
        wrong = [m for m in own if any(d.must for d in m.defects)]
        print(f'{name:38} {len(own):6} {len(own) - len(wrong):11} {sum(bool(m.findings) for m in wrong):7} '
              f'{sum(not m.missed() for m in wrong):12} {sum(len(m.spurious()) for m in own):6}')


def report_rules(run, known):
    """Per rule: defects it had to tell and told, findings it made and those that are right."""
    due, told, made, right = (collections.Counter() for _ in range(4))
    for mutant in run:
        for defect in (d for d in mutant.defects if d.must):
            by = [rule for rule, line in mutant.findings if defect.at(rule, line)]
            rule = by[0] if by else defect.rules[0]
            due[rule] += 1
            told[rule] += bool(by)
        wrong = mutant.spurious()
        for finding in mutant.findings:
            made[finding[0]] += 1
            right[finding[0]] += finding not in wrong
    print(f'\n{"rule":30} {"due":>6} {"told":>6} {"recall":>7}   {"found":>6} {"right":>6} {"precision":>9}')
    worst = 1.0
    for rule in sorted(due.keys() - known):
        print(f'{rule:30} {due[rule]:6}        the program has no such rule')
    for rule in sorted((due.keys() | made.keys()) & known):
        recall = told[rule] / due[rule] if due[rule] else 1
        precision = right[rule] / made[rule] if made[rule] else 1
        worst = min(worst, recall, precision)
        print(f'{rule:30} {due[rule]:6} {told[rule]:6} {recall:7.3f}   {made[rule]:6} {right[rule]:6} '
              f'{precision:9.3f}')
    return worst


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument('program')
    arguments.add_argument('--every', type=int, default=1)
    arguments.add_argument('--show', action='append', default=[])
    arguments.add_argument('--at-least', type=float, default=0.95)
    given = arguments.parse_args()
    run = mutants(given.every)
    known = rules_of(given.program)
    with tempfile.TemporaryDirectory() as name:
        for mutant in run:
            mutant.write(pathlib.Path(name))
        found = findings_of(given.program, name)
    for mutant in run:
        mutant.defects = [d for d in defects_of(mutant.text, mutant.guide, called_file)
                          if d.must or known.intersection(d.rules)]
        mutant.findings = found[mutant.name]
        shown = [(d.rules[0], d.rules, d.lines and sorted(d.lines), 'missed') for d in mutant.missed()]
        shown += [(f[0], f, mutant.findings, 'spurious') for f in mutant.spurious()]
        for rule, *rest in shown:
            if {rule, mutant.operator, 'all'} & set(given.show):
                print(mutant, *rest, sep='  ')
    report_operators(run)
    worst = report_rules(run, known)
    equivalent = sum(not any(d.must for d in m.defects) for m in run)
    print(f'\n{len(run)} mutants, {equivalent} equivalent; lowest share {worst:.3f}')
    sys.exit(0 if worst >= given.at_least else 1)


main()
