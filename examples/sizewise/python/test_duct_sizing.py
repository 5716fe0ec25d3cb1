"""Run by `python3 -m unittest`; needs nothing but the standard library."""

import unittest

from duct_sizing import Limits, NoSizeFits, Size, smallest_size
from friction import friction_factor, friction_rate_pa_per_m
from sizing_request import BadRequest, read_request

ROUND = [Size(d, d, True) for d in (0.63, 0.5, 0.4, 0.315, 0.25, 0.2, 0.16, 0.125, 0.1)]
STEEL_M = 0.00009


def body(**changes: object) -> dict:
    return {
        "sections": [{"id": "trunk-1", "airFlowM3PerS": 0.5}],
        "sizes": [{"shape": "round", "diameterM": 0.4}],
        "frictionRatePaPerM": 1,
        "maxVelocityMPerS": 8,
        "roughnessM": STEEL_M,
        **changes,
    }


class Friction(unittest.TestCase):
    def test_factors_are_those_of_the_textbooks(self) -> None:
        # White, Fluid Mechanics (asphalted cast iron); Munson et al. (air in a drawn tube); laminar: 64 / Re
        self.assertEqual(round(friction_factor(270_000, 0.0008), 4), 0.0198)
        self.assertEqual(round(friction_factor(13_700, 0.000375), 4), 0.0291)
        self.assertEqual(friction_factor(1_000, 0.01), 0.064)

    def test_rate_is_that_of_the_friction_chart(self) -> None:
        self.assertAlmostEqual(friction_rate_pa_per_m(1, 0.5, STEEL_M), 0.55, delta=0.01)


class Sizing(unittest.TestCase):
    def test_the_smallest_size_within_both_limits(self) -> None:
        sized = smallest_size(0.5, ROUND, Limits(1, 8), STEEL_M)
        self.assertEqual(sized.size.width_m, 0.4)
        self.assertLessEqual(sized.friction_rate_pa_per_m, 1)
        # a looser friction rate: now velocity is what binds
        self.assertEqual(smallest_size(0.5, ROUND, Limits(50, 8), STEEL_M).size.width_m, 0.315)
        self.assertEqual(smallest_size(0.5, ROUND, Limits(50, 20), STEEL_M).size.width_m, 0.2)

    def test_a_rectangle_is_reckoned_by_its_equivalent_diameter(self) -> None:
        self.assertAlmostEqual(Size(0.35, 0.2, False).equivalent_diameter_m, 0.2864, places=4)

    def test_too_much_air_says_so(self) -> None:
        with self.assertRaisesRegex(NoSizeFits, r"none of 9 sizes carries 20\.000 m3/s within 1 Pa/m and 8 m/s"):
            smallest_size(20, ROUND, Limits(1, 8), STEEL_M)


class Request(unittest.TestCase):
    def test_a_good_one(self) -> None:
        request = read_request(body())
        self.assertEqual(request.sections[0].air_flow_m3_per_s, 0.5)
        self.assertTrue(request.sizes[0].is_round)

    def test_what_is_wrong_is_named(self) -> None:
        for changes, words in [
            ({"sections": []}, "sections must be a list of 1 to 200"),
            ({"sections": [{"id": 1}]}, "each of sections must be an object with an id"),
            ({"sections": [{"id": "a", "airFlowM3PerS": float("nan")}]}, "airFlowM3PerS must be a number above 0"),
            ({"sizes": [{"shape": "oval"}]}, "the shape round or rectangular"),
            ({"sizes": [{"shape": "rectangular", "widthM": 1}]}, "heightM must be a number above 0"),
            ({"roughnessM": True}, "roughnessM must be a number above 0"),
        ]:
            with self.subTest(words), self.assertRaisesRegex(BadRequest, words):
                read_request(body(**changes))
        with self.assertRaisesRegex(BadRequest, "the body must be an object"):
            read_request([])


if __name__ == "__main__":
    unittest.main()
