import numpy as np

from photosort.search.centring import centred, photo_centre


def test_a_small_library_hardly_moves_the_centre():
    reference, library = np.array([0.0, 0.0], np.float32), np.array([1.0, 0.0], np.float32)
    np.testing.assert_allclose(photo_centre(library, 2, reference).vector, [2 / 202, 0], rtol=1e-5)


def test_a_large_library_is_its_own_centre():
    reference, library = np.array([0.0, 0.0], np.float32), np.array([1.0, 0.0], np.float32)
    centre = photo_centre(library, 200_000, reference)
    np.testing.assert_allclose(centre.vector, [1, 0], atol=2e-3)


def test_the_version_says_whether_two_centres_are_the_same():
    zero = np.zeros(2, np.float32)
    one = photo_centre(np.array([1.0, 0.0], np.float32), 50, zero)
    same = photo_centre(np.array([1.0, 0.0], np.float32), 50, zero)
    other = photo_centre(np.array([0.0, 1.0], np.float32), 50, zero)
    assert one.version == same.version != other.version


def test_centred_rows_have_unit_length_and_a_row_at_the_centre_stays_finite():
    rows = centred(np.array([[1, 0], [0, 1], [0.5, 0.5]], np.float32), np.float32([0.5, 0.5]))
    np.testing.assert_allclose(np.linalg.norm(rows[:2], axis=1), 1, rtol=1e-6)
    assert np.isfinite(rows).all()
