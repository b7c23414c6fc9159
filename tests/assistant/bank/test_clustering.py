import numpy as np

from assistant.bank.clustering import central, clusters


def unit(*angles: float) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    return np.array([(np.cos(np.radians(a)), np.sin(np.radians(a))) for a in angles], dtype=np.float32)


def test_vectors_join_the_cluster_whose_first_member_is_nearest() -> None:
    assert clusters(unit(0, 90, 10, 80, 180), alike=0.9) == ((0, 2), (1, 3), (4,))


def test_what_comes_later_moves_nothing() -> None:
    angles = [0, 90, 20, 70, 45]
    before, after = clusters(unit(*angles[:4]), alike=0.7), clusters(unit(*angles), alike=0.7)
    assert [cluster[: len(old)] for cluster, old in zip(after, before, strict=True)] == list(before)


def test_no_vectors_make_no_clusters() -> None:
    assert clusters(np.empty((0, 4), dtype=np.float32)) == ()


def test_the_central_member_is_most_like_the_others() -> None:
    assert central(unit(0, 30, 60), range(3)) == 1
    assert central(unit(99, 0, 30, 60), (1, 2, 3)) == 2
