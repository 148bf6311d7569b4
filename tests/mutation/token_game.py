"""The token game on a chart, state by state: what can go wrong, and at which nodes."""

LIMIT = 20_000


class Game:
    """States are multisets of edge numbers, as sorted tuples; -1 is the start's own token."""

    def __init__(self, chart, left_out=()):
        self.chart = chart
        self.exits = {node: [] for node in chart.nodes}
        self.entries = {node: [] for node in chart.nodes}
        for number, edge in enumerate(chart.edges):
            self.exits[edge.source].append(number)
            self.entries[edge.target].append(number)
        self.left_out = set(left_out)
        self.start = next(node for node in chart.nodes if node.name == 'start')

    def firings(self, state):
        """Pairs of node and next state."""
        for node in self.chart.nodes:
            if node in self.left_out:
                continue
            own = [-1] if node is self.start and -1 in state else []
            held = own + [e for e in self.entries[node] if e in state]
            if not held:
                continue
            if node.name == 'join' and len(self.entries[node]) > 1:
                if len(held) < len(self.entries[node]):
                    continue
                takes = [tuple(held)]
            else:
                takes = [(edge,) for edge in held]
            exits = self.exits[node]
            if node.name != 'end' and not exits:
                continue
            puts = [tuple(exits)] if node.name == 'parallel' or not exits else [(e,) for e in exits]
            for take in takes:
                rest = list(state)
                for edge in take:
                    rest.remove(edge)
                for put in puts:
                    yield node, tuple(sorted(rest + list(put)))

    def play(self):
        """A Result; of the first states only, and `capped`, if there are too many."""
        result = Result()
        states, before = [(-1,)], {(-1,): []}
        for state in states:
            if len(states) > LIMIT:
                result.capped = True
                break
            stuck = True
            for node, after in self.firings(state):
                stuck = False
                result.fired.add(node)
                if node.name == 'end' and after:
                    result.ended_early.add(node)
                    continue
                doubled = [e for e in set(after) if after.count(e) > 1]
                if doubled:
                    result.doubled |= {self.chart.edges[e].source for e in doubled}
                    result.doubled |= {self.chart.edges[e].target for e in doubled}
                    continue
                if after not in before:
                    before[after] = []
                    states.append(after)
                before[after].append(state)
            if stuck and state:
                result.stuck |= {self.chart.edges[e].target for e in state if e >= 0}
            for node in self.chart.nodes:
                held = [e for e in self.entries[node] if e in state]
                if node.name != 'join' and len(held) > 1:
                    result.met.add(node)
        result.completes = () in before
        queue = [()] if result.completes else []
        completing = set(queue)
        for state in queue:
            for earlier in before[state]:
                if earlier not in completing:
                    completing.add(earlier)
                    queue.append(earlier)
        for state in () if result.capped else states:
            if state not in completing:
                result.hopeless |= {self.chart.edges[e].target for e in state if e >= 0}
        return result


class Result:
    def __init__(self):
        self.fired, self.ended_early, self.doubled = set(), set(), set()
        self.stuck, self.met, self.hopeless = set(), set(), set()
        self.completes = self.capped = False

    @property
    def sound(self):
        return not (self.ended_early or self.doubled or self.stuck or self.hopeless)
