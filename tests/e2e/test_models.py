"""The whole way of a picture model: from a hub on the loopback to search, and on to another one."""

import json
import random
import shutil
import threading

import pytest
import torch

from photosort.cli.main import main
from photosort.embed.hub import offers as catalogue
from photosort.embed.hub.download import Hub
from photosort.errors import EnvironmentProblem, ModelUnavailable
from photosort.progress import Job
from photosort.settings import Settings
from photosort.usecases.models import installation
from photosort.usecases.session.session import Session
from tests.fixtures import tiny_clip
from tests.fixtures.loopback_hub import LoopbackHub, broken_after, serve, slowly, status, web_page

ROW = """
models:
  - &row
    name: tiny-first
    repo: tests/tiny-first
    rung: fast
    architecture: tiny-first
    tag: drawn
    licence: mit
    commercial_use: true
    dim: 64
    input_px: 64
    size_mb: 14
    quality: 1
    languages: [en]
    files:
      - {name: open_clip_config.json}
      - {name: open_clip_model.safetensors}
      - {name: special_tokens_map.json, needed: false}
  - <<: *row
    name: tiny-second
    repo: tests/tiny-second
    rung: best
    architecture: tiny-second
    dim: 96
"""


@pytest.fixture(scope="module")
def trained():
    torch.set_num_threads(1)
    return {
        "tiny-first": tiny_clip.cached(steps=40),
        "tiny-second": tiny_clip.cached(dim=96, seed=1, steps=70),
    }


@pytest.fixture
def hub(trained, monkeypatch, tmp_path):
    """A hub with both models, and the catalogue that offers them."""
    import open_clip

    rows = tmp_path / "models.yaml"
    rows.write_text(ROW)
    offered = catalogue.offers(rows)
    known = open_clip.get_model_config

    def config(name):
        if name in trained:
            return json.loads((trained[name] / "open_clip_config.json").read_text())["model_cfg"]
        return known(name)

    monkeypatch.setattr(open_clip, "get_model_config", config)
    for module in ("photosort.embed.hub.offers", "photosort.usecases.models.encoders"):
        monkeypatch.setattr(f"{module}.offers", lambda: offered)
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with serve(LoopbackHub()) as served:
        for name, folder in trained.items():
            for file in folder.iterdir():
                served.add(f"tests/{name}", file.name, file.read_bytes())
        monkeypatch.setenv("PHOTOSORT_HUB", served.url)
        yield served


@pytest.fixture
def session(places):
    opened = Session(places, actor="command", chosen=Settings(threads=1))
    yield opened
    opened.close()


@pytest.fixture
def photosort(tmp_path, capsys):
    """Runs the command line with real encoders."""

    def run(*arguments):
        home = tmp_path / "home"
        given = [str(argument) for argument in arguments]
        status_ = main(["--home", str(home), "--library", str(home / "library.db"), *given])
        out, err = capsys.readouterr()
        return (
            status_,
            [json.loads(line) for line in out.splitlines()] if "--json" in given else out,
            err,
        )

    return run


@pytest.fixture
def drawings(tmp_path):
    folder = tmp_path / "drawings"
    folder.mkdir()
    seen, unseen = tiny_clip.scenes()
    rng = random.Random(3)
    for number, scene in enumerate((seen + unseen)[::4]):
        tiny_clip.draw(scene, rng).save(folder / f"{number:03}.png")
    return folder


def quick(hub):
    return Hub(hub.url, timeout_s=5, pause_share=0)


@pytest.mark.slow
def test_download_use_search_and_another_one(photosort, hub, drawings, tmp_path):
    code, rows, err = photosort("models", "download", "fast", "--json")
    assert code == 0, err
    row = next(row for row in rows if row["name"] == "tiny-first")
    assert (row["installed"], row["in_use"], row["licence"]) == (True, False, "mit")
    assert not next(row for row in rows if row["name"] == "tiny-second")["installed"]
    assert photosort("models", "use", "tiny-first", "--json")[0] == 0
    code, (summary,), _ = photosort("index", drawings, "--json")
    assert (code, summary["embedded"], summary["model"]) == (0, 54, "tiny-first")
    asked = len(hub.asked)
    code, found, _ = photosort("search", "two red circles", "--all", "--json")
    assert (code, len(found)) == (0, 50)
    assert len(hub.asked) == asked

    assert photosort("models", "download", "tiny-second", "--quiet")[0] == 0
    code, _, err = photosort("models", "use", "tiny-second")
    assert (code, "0 of 54 photos upgraded to tiny-second" in err) == (0, True)
    assert len(photosort("search", "two red circles", "--all", "--json")[1]) == 50
    code, (summary,), _ = photosort("index", "--json")
    assert (code, summary["embedded"]) == (0, 54)
    code, rows, err = photosort("models", "remove", "tiny-first", "--json")
    assert (code, "upgraded" in err) == (0, False)
    assert [row["name"] for row in rows if row["installed"]] == ["starter", "tiny-second"]
    assert len(photosort("search", "two red circles", "--all", "--json")[1]) == 50


def test_import_use_and_bench(photosort, trained, tmp_path):
    source = tmp_path / "from a stick"
    shutil.copytree(trained["tiny-first"], source)
    code, rows, err = photosort("models", "import", source, "--json")
    assert code == 0, err
    assert {"from-a-stick"} <= {row["name"] for row in rows if row["installed"]}
    code, _, err = photosort("models", "import", source, "--as", "ViT-B-32", "--json")
    assert (code, json.loads(err.splitlines()[-1])["error"]) == (2, "InputProblem")


def test_a_download_that_fails_leaves_nothing_usable(session, hub, tmp_path):
    for trouble, kind in (
        ([web_page], EnvironmentProblem),
        ([status(404)], EnvironmentProblem),
        ([broken_after(10), *[status(500)] * 5], EnvironmentProblem),
    ):
        hub.once = list(trouble)
        with pytest.raises(kind):
            installation.download(session, "tiny-first", job=Job(), hub=quick(hub))
        assert not (session.paths.models / "tiny-first").exists()
    hub.once = []
    installation.download(session, "tiny-first", job=Job(), hub=quick(hub))
    assert (session.paths.models / "tiny-first" / "photosort.json").is_file()
    assert not list((session.paths.models / ".incoming").glob("tiny-first/*"))


def test_another_model_under_the_promised_name_is_refused(session, hub, trained):
    for file in trained["tiny-second"].iterdir():
        hub.add("tests/tiny-first", file.name, file.read_bytes())
    with pytest.raises(ModelUnavailable, match="not the model that it should be"):
        installation.download(session, "tiny-first", job=Job(), hub=quick(hub))
    assert not (session.paths.models / "tiny-first").exists()
    assert not (session.paths.models / ".incoming" / "tiny-first").exists()


def test_two_downloads_of_one_model_at_once(session, hub):
    begun, go_on = threading.Event(), threading.Event()

    def wait(handler, content):
        begun.set()
        go_on.wait(timeout=20)
        slowly(handler, content)

    hub.once = [wait]
    first = session.lanes.reads.submit(
        installation.download, session, "tiny-first", job=Job(), hub=quick(hub)
    )
    assert begun.wait(timeout=20)
    with pytest.raises(EnvironmentProblem, match="is downloading tiny-first"):
        installation.download(session, "tiny-first", job=Job(), hub=quick(hub))
    go_on.set()
    assert first.result(timeout=60) == "tiny-first"


def test_progress_in_megabytes(session, hub):
    phases = []

    class Watched(Job):
        def __setattr__(self, name, value):
            if name == "progress":
                phases.append(value)
            super().__setattr__(name, value)

    installation.download(session, "tiny-first", job=Watched(), hub=quick(hub))
    arriving = [one for one in phases if one.phase == "Downloading tiny-first (MB)"]
    assert arriving[-1].done in range(12, 16)
    assert all(one.done <= one.total for one in arriving)
    assert phases[-1].phase == "Checking the picture model"
