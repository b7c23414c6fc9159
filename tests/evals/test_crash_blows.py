import pytest

from evals.crash.blows import WORKER, plan
from evals.crash.options import Engine, Options, read_options
from evals.crash.sabotage import Break


def test_a_plan_is_the_same_for_the_same_seed_alone() -> None:
    first, again, other = (plan(seed=seed, kills=20, servers=("server",)) for seed in (1, 1, 2))
    assert first == again
    assert first != other


def test_every_process_is_hit_alone_and_with_another() -> None:
    hit = {blow.victims for blow in plan(seed=1, kills=200, servers=("server 1", "server 2"))}
    assert hit == {(WORKER,), *((server, *also) for server in ("server 1", "server 2") for also in ((), (WORKER,)))}


def test_without_a_word_two_hundred_kills_fall_on_sqlite() -> None:
    options = read_options([])
    assert (options.kills, options.engine, options.broken, options.servers) == (200, Engine.SQLITE, None, ("server",))


def test_on_postgresql_two_servers_work_at_once() -> None:
    options = read_options(["--database", "postgres", "--kills", "3", "--seed", "7", "--break", "commit"])
    assert options == Options(3, Engine.POSTGRES, 7, Break.COMMIT)
    assert len(options.servers) == 2


@pytest.mark.parametrize("arguments", [["--kills", "0"], ["--database", "oracle"], ["--break", "nothing"]])
def test_what_makes_no_run_is_refused(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        read_options(arguments)
    assert arguments[0] in capsys.readouterr().err
