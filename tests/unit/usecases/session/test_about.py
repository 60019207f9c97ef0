import json
from pathlib import Path

import yaml

from photosort import paths
from photosort.usecases.session import about, demonstration


def test_from_source_the_dependencies_are_named():
    said = about.installation()
    names = {name.split()[0] for name, _ in said.components}
    assert {"numpy", "torch", "exiv2"} <= names
    licences = {licence for _, licence in said.components}
    assert all(licence and "\n" not in licence for licence in licences)
    assert not licences & {about._NOT_SAID, about._UNKNOWN}
    assert said.build == ""
    assert said.notices is None


def test_what_projects_say_of_their_licence_is_what_packages_are_built_with():
    page = Path(paths.__file__).parents[1] / "packaging" / "components.yaml"
    components = yaml.safe_load(page.read_text("utf-8"))["pypi"]
    for name, licence in about._SAID_ELSEWHERE.items():
        assert components[name]["licence"] == licence


def test_a_package_says_what_it_holds(tmp_path, monkeypatch):
    monkeypatch.setattr(about, "resources", lambda: tmp_path)
    monkeypatch.setattr(about, "unused_card", lambda: "a card lies idle")
    (tmp_path / "licences").mkdir()
    part = {"name": "exiv2", "version": "0.19", "licence": "GPL-3.0-or-later"}
    (tmp_path / "licences" / "components.json").write_text(json.dumps([part]))
    build = tmp_path / "build.json"
    build.write_text(json.dumps({"build": "abc1234", "torch": "cpu"}))
    said = about.installation()
    assert said.components == (("exiv2 0.19", "GPL-3.0-or-later"),)
    assert said.notices == tmp_path / "licences"
    assert "abc1234" in said.build
    assert said.hint == "a card lies idle"
    build.write_text(json.dumps({"build": "abc1234", "torch": "cuda"}))
    assert about.installation().hint == ""


def test_a_package_brings_its_demonstration_photos(tmp_path, monkeypatch):
    monkeypatch.setattr(demonstration, "resources", lambda: tmp_path)
    (tmp_path / "demonstration").mkdir()
    (tmp_path / "demonstration" / "coffee.png").write_bytes(b"a picture")
    assert demonstration.is_available()
    made = demonstration.demonstration_photos(tmp_path / "out")
    assert [path.name for path in made.iterdir()] == ["coffee.png"]
    assert paths.resources() != tmp_path
