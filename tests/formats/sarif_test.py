#!/usr/bin/env python3
"""sarif_test.py FLOWPROOF [SCHEMA]: what check writes as SARIF keeps to sarif.schema.json and to itself.

With SCHEMA, a copy of the official JSON schema of SARIF 2.1.0 (published by OASIS; not part of this project), every log
is validated against that too; needs the Python module jsonschema."""
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
SAMPLES = HERE.parent.parent / 'samples'
SCHEMA = json.loads((HERE / 'sarif.schema.json').read_text(encoding='utf-8'))
TYPES = {'object': dict, 'array': list, 'string': str, 'boolean': bool, 'integer': int}


def faults(value, schema, at='$'):
    """The words of JSON schema that SCHEMA uses; an unknown one would be a mistake in it."""
    if '$ref' in schema:
        yield from faults(value, SCHEMA['definitions'][schema['$ref'].rsplit('/', 1)[1]], at)
        return
    kind = TYPES.get(schema.get('type'), object)
    if not isinstance(value, kind) or kind is int and isinstance(value, bool):
        yield f'{at}: {value!r} is no {schema["type"]}'
        return
    if value not in schema.get('enum', [value]):
        yield f'{at}: {value!r} is none of {schema["enum"]}'
    if 'pattern' in schema and not re.search(schema['pattern'], value):
        yield f'{at}: {value!r} does not match {schema["pattern"]}'
    if value is not None and 'minimum' in schema and value < schema['minimum']:
        yield f'{at}: {value} is less than {schema["minimum"]}'
    if schema.get('uniqueItems') and len({json.dumps(v, sort_keys=True) for v in value}) < len(value):
        yield f'{at}: repeated items'
    for name in schema.get('required', []):
        if name not in value:
            yield f'{at}: {name} is missing'
    if kind is dict:
        others = schema.get('additionalProperties', True)
        for name, member in value.items():
            if name in schema.get('properties', {}):
                yield from faults(member, schema['properties'][name], f'{at}.{name}')
            elif others is False:
                yield f'{at}: {name} is not known'
            elif others is not True:
                yield from faults(member, others, f'{at}.{name}')
    if kind is list:
        for i, item in enumerate(value):
            yield from faults(item, schema.get('items', {}), f'{at}[{i}]')


def inconsistencies(run):
    rules = run['tool']['driver']['rules']
    for result in run.get('results', []):
        if 'ruleIndex' in result and rules[result['ruleIndex']]['id'] != result['ruleId']:
            yield f'{result["ruleId"]} is not rule {result["ruleIndex"]}'
        for place in result.get('locations', []) + result.get('relatedLocations', []):
            region = place['physicalLocation'].get('region', {'startLine': 1})
            start = region['startLine'], region.get('startColumn', 1)
            end = region.get('endLine', start[0]), region.get('endColumn', start[1])
            if end < start:
                yield f'{result["ruleId"]}: a region ends before it starts: {region}'


def check(program, *paths):
    done = subprocess.run([program, 'check', '--format', 'sarif', *map(str, paths)], check=False,
                          capture_output=True)
    log = json.loads(done.stdout)
    found = list(faults(log, SCHEMA)) + [f for run in log['runs'] for f in inconsistencies(run)]
    return log, found + official_faults(log)


def official_faults(log):
    if len(sys.argv) < 3:
        return []
    import jsonschema
    schema = json.loads(pathlib.Path(sys.argv[2]).read_text(encoding='utf-8'))
    validator = jsonschema.validators.validator_for(schema)(schema, format_checker=jsonschema.FormatChecker())
    return [f'{error.json_path}: {error.message}' for error in validator.iter_errors(log)]


def main():
    program = sys.argv[1]
    wrong = False
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        odd = folder / '流程 图%#[1].flow.xml'
        shutil.copy(SAMPLES / 'wrong' / 'structure.flow.xml', odd)
        broken = folder / 'broken.flow.xml'
        broken.write_text('<flow xmlns="urn:flowproof:flow:1"><start id="a" text="\n"]]>', encoding='utf-8')
        empty = folder / 'empty.flow.xml'
        empty.write_bytes(b'')
        for paths, results in (((SAMPLES,), True), ((odd,), True), ((broken, empty), True),
                               ((SAMPLES / 'food.flow.xml',), False), ((folder / 'none',), True)):
            log, found = check(program, *paths)
            if bool(log['runs'][0].get('results')) != results:
                found.append('results expected' if results else 'no results expected')
            for fault in found[:20]:
                print(*paths, fault, sep=': ')
            wrong |= bool(found)
    broken = {'version': '2.1.0', 'runs': [{'tool': {'driver': {}}, 'results': [{'level': 'bad'}]}]}
    if len(list(faults(broken, SCHEMA))) != 3:
        print('the schema lets a broken log pass')
        wrong = True
    sys.exit(1 if wrong else 0)


main()
