"""The wheel holds all that the product needs: installed alone in an empty folder it indexes a photo."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.slow
def test_the_wheel_works_from_an_empty_folder(tmp_path, shipped):
    wheels, site, photos = tmp_path / "wheels", tmp_path / "site", tmp_path / "photos"
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", wheels, ROOT],
        check=True,
        capture_output=True,
    )
    (wheel,) = wheels.glob("photosort-*.whl")
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index"]
    subprocess.run([*pip, "--target", site, wheel], check=True, capture_output=True)
    shipped("cat", photos / "IMG_0001.jpg")

    environment = {**os.environ, "PYTHONPATH": str(site), "PHOTOSORT_HOME": str(tmp_path / "home")}
    where = subprocess.run(
        [sys.executable, "-c", "from photosort.paths import resources; print(resources())"],
        check=True,
        capture_output=True,
        text=True,
        env=environment,
        cwd=tmp_path,
    )
    assert Path(where.stdout.strip()) == site / "photosort" / "resources"
    ran = subprocess.run(
        [sys.executable, "-m", "photosort", "index", photos, "--json"],
        check=False,
        capture_output=True,
        text=True,
        env=environment,
        cwd=tmp_path,
    )
    assert ran.returncode == 0, ran.stderr
    summary = json.loads(ran.stdout)
    assert (summary["photos"], summary["embedded"]) == (1, 1)
