#!/usr/bin/env python3
"""check_speed.py FLOWPROOF [FILES] [ROUNDS]

Time of `flowproof check` against `xmllint --noout` on the same files in the same run. The files are
made from samples/: each flow with its own ids, words and numbers, once without and once with its
guide. Rounds are interleaved and the best of each program counts, because the machine has other
things to do. Prints the ratios; exit 1 if one of a single process is above 2.
"""
import itertools
import pathlib
import random
import re
import resource
import subprocess
import sys
import tempfile
import time

SAMPLES = pathlib.Path(__file__).resolve().parent.parent / 'samples'
LIMIT = 2.0


def varied(text, number, dice):
    """Other ids and other remarks on other steps."""
    text = re.sub(r'\b(id|node|for)="([^"]+)"', rf'\1="\2-{number}"', text)
    text = re.sub(r'\blane="([^"]+)"', rf'lane="\1-{number}"', text)
    remark = '，'.join(dice.sample(['核对原件', '录入系统', '当面告知', '留存复印件', '登记台账'], 2))
    return re.sub(r'(<step\b[^>]*?)(/?>)', rf'\1 remark="{remark}"\2', text, count=dice.randint(1, 4))


def write_files(folder, count):
    """Returns the flows without guides, the flows with guides and those guides."""
    dice = random.Random(1)
    alone, paired, guides = [], [], []
    samples = sorted(SAMPLES.glob('*.flow.xml'))
    for flow in samples:  # what a subflow may call
        (folder / flow.name).write_bytes(flow.read_bytes())
    flows = itertools.cycle(f for f in samples
                            if f.with_name(f.name.replace('.flow.', '.guide.')).exists())
    for number, flow in zip(range(count), flows):
        stem = f'{number:04d}'
        place = ''.join(dice.choice('东西南北临新江河湖山城安平康') for _ in range(3)) + '区'
        text = flow.read_text(encoding='utf-8').replace('临河区', place)
        guide = flow.with_name(flow.name.replace('.flow.', '.guide.'))
        made = folder / f'{stem}.guide.xml'
        made.write_text(guide.read_text(encoding='utf-8').replace('临河区', place), encoding='utf-8')
        guides.append(made)
        text = varied(text, number, dice)
        for kind, files, name in (('alone', alone, ''), ('paired', paired, made.name)):
            named = f' guide="{name}"' if name else ''
            path = folder / f'{stem}.{kind}.flow.xml'
            path.write_text(re.sub(r' guide="[^"]*"', named, text), encoding='utf-8')
            files.append(path)
    return alone, paired, guides


def timed(command):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    done = subprocess.run(command, stdout=subprocess.DEVNULL, check=False)
    wall = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode not in (0, 1):
        sys.exit(f'{command[:3]} … failed with {done.returncode}')
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def compare(title, program, checked, read, rounds):
    commands = {
        'xmllint --noout': ['xmllint', '--noout', *map(str, read)],
        'check --jobs 1': [program, 'check', '--jobs', '1', *map(str, checked)],
        'check': [program, 'check', *map(str, checked)],
    }
    best = {}
    for _ in range(rounds):
        for name, command in commands.items():
            taken = timed(command)
            best[name] = tuple(map(min, best.get(name, taken), taken))
    size = sum(path.stat().st_size for path in read)
    print(f'{title}: {len(read)} files, {size / 1e6:.1f} MB')
    wall, processor = best['xmllint --noout']
    for name, (w, p) in best.items():
        print(f'  {name:16} {w * 1e3:6.0f} ms, processor {p * 1e3:6.0f} ms; '
              f'ratio {w / wall:.2f}, processor {p / processor:.2f}')
    return min(best['check --jobs 1'][0] / wall, best['check --jobs 1'][1] / processor)


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 1000
    rounds = int(sys.argv[3]) if len(sys.argv) > 3 else 15
    with tempfile.TemporaryDirectory() as name:
        alone, paired, guides = write_files(pathlib.Path(name), count)
        ratios = [compare('flows', sys.argv[1], alone, alone, rounds),
                  compare('flows and guides', sys.argv[1], paired, paired + guides, rounds)]
    sys.exit(1 if max(ratios) > LIMIT else 0)


main()
