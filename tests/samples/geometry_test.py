"""The oracle itself: a clean chart has no fault, each spoilt one has its own."""
import copy
import unittest

from geometry import faults

CLEAN = {
    "nodes": [{"id": "a", "x": 0, "y": 0, "w": 100, "h": 40}, {"id": "b", "x": 0, "y": 100, "w": 100, "h": 40},
              {"id": "c", "x": 200, "y": 100, "w": 100, "h": 40}],
    "lanes": [{"id": "l", "x": -10, "y": -10, "w": 120, "h": 200}, {"id": "r", "x": 110, "y": -10, "w": 220, "h": 200}],
    "edges": [{"src": "a", "dst": "b", "points": [[50, 40], [50, 100]],
               "label": {"text": "yes", "x": 54, "y": 50, "w": 20, "h": 10}},
              {"src": "a", "dst": "c", "points": [[100, 20], [250, 20], [250, 100]],
               "label": {"text": "no", "x": 110, "y": 5, "w": 20, "h": 10}}],
}


class Oracle(unittest.TestCase):
    def spoilt(self, change):
        chart = copy.deepcopy(CLEAN)
        change(chart)
        return " / ".join(faults(chart))

    def test_clean(self):
        self.assertEqual(list(faults(CLEAN)), [])

    def test_overlapping_nodes(self):
        self.assertIn("overlap", self.spoilt(lambda c: c["nodes"][2].update(x=90)))

    def test_line_through_node(self):
        self.assertIn("runs through c", self.spoilt(lambda c: c["nodes"][2].update(y=10)))

    def test_slanted_line(self):
        self.assertIn("orthogonal", self.spoilt(lambda c: c["edges"][0]["points"].insert(1, [60, 70])))

    def test_loose_end(self):
        self.assertIn("border of b", self.spoilt(lambda c: c["edges"][0]["points"][1].__setitem__(1, 90)))

    def test_label_on_node(self):
        self.assertIn("lies on b", self.spoilt(lambda c: c["edges"][0]["label"].update(y=95)))

    def test_line_through_label(self):
        self.assertIn("the label yes", self.spoilt(lambda c: c["edges"][0]["label"].update(x=240)))

    def test_labels_on_each_other(self):
        self.assertIn("labels yes and no", self.spoilt(lambda c: c["edges"][0]["label"].update(x=115, y=5)))

    def test_lines_on_each_other(self):
        def change(chart):
            chart["nodes"].append({"id": "d", "x": 200, "y": -60, "w": 100, "h": 40})
            chart["edges"].append({"src": "d", "dst": "b", "points": [[250, -20], [250, 60], [90, 60], [90, 100]]})
        self.assertIn("d -> b", self.spoilt(change))

    def test_overlapping_lanes(self):
        self.assertIn("lanes overlap", self.spoilt(lambda c: c["lanes"][1].update(x=90)))


if __name__ == "__main__":
    unittest.main()
