from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from photosort.media.name_dates import date_from_folders, is_of_scan, moment_from_name

NOW = datetime(2026, 6, 1)  # noqa: DTZ001


@pytest.mark.parametrize(
    ("name", "taken_at"),
    [
        ("4 July 2021.jpg", "2021-07-04"),
        ("4. Juli 2021 Wanderung.jpg", "2021-07-04"),
        ("4 de julio de 2021.jpg", "2021-07-04"),
        ("le 1er août 2021.jpg", "2021-08-01"),
        ("4 июля 2021.jpg", "2021-07-04"),
        ("July 4th, 2021.jpg", "2021-07-04"),
        ("Photo Jul 04 2021, 10 30 15 PM.jpg", "2021-07-04"),
        ("July 2021.jpg", "2021-07"),
        ("Lego set 2021.jpg", "2021"),
        ("Wanderung 4 Mann 2021.jpg", "2021"),
        ("IMG_20220430_134312.jpg", "2022-04-30T13:43:12"),
        ("IMG_20220430_134312_1.jpg", "2022-04-30T13:43:12"),
        ("20220430_13_43_12.jpg", "2022-04-30T13:43:12"),
        ("2022-04-30 13.43.12.jpg", "2022-04-30T13:43:12"),
        ("2022-04-30 13.43.12-1.heic", "2022-04-30T13:43:12"),
        ("2022-04-30_13-43-12.jpg", "2022-04-30T13:43:12"),
        ("20220430-134312-0001.jpg", "2022-04-30T13:43:12"),
        ("IMG-20220430-WA0001.jpg", "2022-04-30"),
        ("WhatsApp Image 2022-04-30 at 13.43.12.jpeg", "2022-04-30T13:43:12"),
        ("WhatsApp Image 2022-04-30 at 1.43.12 PM.jpeg", "2022-04-30T13:43:12"),
        ("WhatsApp Image 2022-04-30 at 12.43.12 AM.jpeg", "2022-04-30T00:43:12"),
        ("WhatsApp Image 2022-04-30 at 13.43.jpeg", "2022-04-30T13:43:00"),
        ("Imagen de WhatsApp 2020-10-26 a las 16.38.32.jpg", "2020-10-26T16:38:32"),
        ("WhatsApp Bild 2021-07-04 um 22.30.15_1a2b3c4d.jpg", "2021-07-04T22:30:15"),
        ("Screenshot_20220430-134312_Chrome.png", "2022-04-30T13:43:12"),
        ("Screenshot_2022-04-30-13-43-12-123_com.app.png", "2022-04-30T13:43:12.123"),
        ("Screenshot_2022-04-30-13-43-12-12_abc.png", "2022-04-30T13:43:12"),
        ("Screenshot 2022-04-30 at 13.43.12.png", "2022-04-30T13:43:12"),
        ("Screenshot 2022-04-30 at 1.43.12 p. m..png", "2022-04-30T13:43:12"),
        ("Screen Shot 2022-04-30 at 1.43.12\u202fPM.png", "2022-04-30T13:43:12"),
        ("Screenshot 2021-07-04 223015.png", "2021-07-04T22:30:15"),
        ("Screenshot from 2021-07-04 22-30-15.png", "2021-07-04T22:30:15"),
        ("Bildschirmfoto 2022-04-30 um 13.43.12.png", "2022-04-30T13:43:12"),
        ("Снимок экрана 2021-07-04 в 22.30.15.png", "2021-07-04T22:30:15"),
        ("Skärmavbild 2021-07-04 kl. 22.30.15.png", "2021-07-04T22:30:15"),
        ("截屏2021-07-04 下午10.30.15.png", "2021-07-04T22:30:15"),
        ("스크린샷 2021-07-04 오후 10.30.15.png", "2021-07-04T22:30:15"),
        ("微信图片_20210704223015.jpg", "2021-07-04T22:30:15"),
        ("signal-2021-07-04-223015.jpg", "2021-07-04T22:30:15"),
        ("signal-2023-05-14-23-45-12-345.jpg", "2023-05-14T23:45:12.345"),
        ("photo_2021-07-04_22-30-15 (2).jpg", "2021-07-04T22:30:15"),
        ("photo_1@14-05-2023_23-45-12.jpg", "2023-05-14T23:45:12"),
        ("KakaoTalk_Photo_2021-07-04-22-30-15.jpeg", "2021-07-04T22:30:15"),
        ("MVIMG_20220430_134312.jpg", "2022-04-30T13:43:12"),
        ("VID_20220430_134312.mp4", "2022-04-30T13:43:12"),
        ("VID20210704223015.mp4", "2021-07-04T22:30:15"),
        ("20220430134312.jpg", "2022-04-30T13:43:12"),
        ("DJI_20210704223015_0001_D.JPG", "2021-07-04T22:30:15"),
        ("WIN_20210704_22_30_15_Pro.jpg", "2021-07-04T22:30:15"),
        ("2021_0704_223015_001.MP4", "2021-07-04T22:30:15.001"),
        ("Desktop 2021.07.04 - 22.30.15.01.mp4", "2021-07-04T22:30:15"),
        ("Game 7_14_2021 10_30_15 PM.png", "2021-07-14T22:30:15"),
        ("Game 7_4_2021 10_30_15 PM.png", "2021-07-04T22:30:15"),
        ("04.07.2021 22.30.15.jpg", "2021-07-04T22:30:15"),
        ("04-07-2021.jpg", "2021-07-04"),
        ("04072009001.jpg", "2009-07-04"),
        ("img20210704_22301512.jpg", "2021-07-04T22:30:15"),
        ("2022_04_30_Lisbon.jpg", "2022-04-30"),
        ("20160826-2.jpg", "2016-08-26"),
        ("Photo 2022-04-30.jpg", "2022-04-30"),
        ("1974-06-12 wedding.jpg", "1974-06-12"),
        ("19740612_wedding.jpg", "1974-06-12"),
        ("1938-05-01 grandma.jpg", "1938-05-01"),
        ("1968-08-20.jpg", "1968-08-20"),
        ("1985-07 holiday.jpg", "1985-07"),
        ("1985-07-00 holiday.jpg", "1985-07"),
        ("1985-00-00 holiday.jpg", "1985"),
        ("1985 holiday.jpg", "1985"),
        ("Summer 1985.jpg", "1985"),
        ("Holiday (1985) 3.jpg", "1985"),
        ("IMG_1234.jpg", None),
        ("IMG 1985.jpg", None),
        ("2022.jpg", None),
        ("DSC02022.jpg", None),
        ("1985-1990 family.jpg", None),
        ("1950s.jpg", None),
        ("20221399.jpg", None),
        ("IMG_20220230_101010.jpg", None),
        ("12345678901234567.jpg", None),
        ("120220430.jpg", None),
        ("20220430123.jpg", None),
        ("20990101_101010.jpg", None),
        ("18500101.jpg", None),
        ("1920x1080.jpg", None),
        ("10203040_10153_1_n.jpg", None),
        ("photo-1516026672322-bc52d61a55d5.jpg", None),
        ("9783161484100.jpg", None),
    ],
)
def test_date_in_a_name(name: str, taken_at: str | None) -> None:
    moment = moment_from_name(name, now=NOW)
    assert (moment.taken_at if moment else None) == taken_at


@pytest.mark.parametrize(
    ("name", "offset_min"),
    [
        ("PXL_20220430_134312123.MP.jpg", 0),
        ("2021-07-04T22-30-15Z.jpg", 0),
        ("20210704T223015+0200.jpg", 120),
        ("IMG_20220430_134312.jpg", None),
    ],
)
def test_offsets_of_names(name: str, offset_min: int | None) -> None:
    moment = moment_from_name(name, now=NOW)
    assert moment is not None
    assert moment.offset_min == offset_min


@given(
    st.sampled_from(
        ["mmexport{}.jpg", "FB_IMG_{}.jpg", "IMG_{}.jpg", "wx_camera_{}.jpg", "{}.jpg"]
    ),
    st.datetimes(datetime(2001, 9, 10), datetime(2026, 5, 30)),  # noqa: DTZ001
)
def test_milliseconds_since_1970_are_utc(form: str, moment: datetime) -> None:
    exact = moment.replace(tzinfo=UTC)
    milliseconds = (exact - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1)
    found = moment_from_name(form.format(milliseconds), now=NOW)
    assert found is not None
    assert found.offset_min == 0
    difference = abs(datetime.fromisoformat(found.taken_at) - moment)
    assert difference < timedelta(milliseconds=1)


@given(
    st.sampled_from(
        [
            "IMG_%Y%m%d_%H%M%S.jpg",
            "Screenshot %Y-%m-%d %H%M%S.png",
            "signal-%Y-%m-%d-%H%M%S.jpg",
            "Captura de pantalla %Y-%m-%d a las %H.%M.%S.png",
            "Photo %Y-%m-%d, %H_%M_%S.jpg",
            "photo_7@%d-%m-%Y_%H-%M-%S.jpg",
            "Screenshot %Y-%m-%d at %I.%M.%S %p.png",
        ]
    ),
    st.datetimes(datetime(1930, 1, 1), datetime(2026, 5, 30)),  # noqa: DTZ001
)
def test_every_moment_is_read_from_every_form(form: str, moment: datetime) -> None:
    found = moment_from_name(moment.strftime(form), now=NOW)
    assert found is not None
    assert found.taken_at == moment.isoformat(timespec="seconds")


@pytest.mark.parametrize(
    ("folders", "taken_at"),
    [
        ("1974-06-12 wedding", "1974-06-12"),
        ("Lisbon, 4 July 2021", "2021-07-04"),
        ("3 July 2021 - 5 July 2021", "2021-07"),
        ("Juli 2021", "2021-07"),
        ("1985 holiday", "1985"),
        ("Holiday 1985", "1985"),
        ("Photos from 2015", "2015"),
        ("2021/07/04", "2021-07-04"),
        ("2021/2021-07", "2021-07"),
        ("2021/07 - July", "2021-07"),
        ("2021/2021-07-04/100_FUJI", "2021-07-04"),
        ("20210704", "2021-07-04"),
        ("04.07.2021 Party", "2021-07-04"),
        ("2021-07-04 - 10", "2021-07"),
        ("2021-07-04 - 2021-07-10", "2021-07"),
        ("2021-07-30 to 2021-08-02", "2021"),
        ("1985-1990", None),
        ("1985-89", None),
        ("DCIM/100CANON", None),
        ("IMG_1985", None),
        ("2048", None),
        ("Backup 2020", None),
        ("", None),
    ],
)
def test_dates_of_folders(folders: str, taken_at: str | None) -> None:
    assert date_from_folders(folders.split("/"), now=NOW) == taken_at


def test_names_of_scanners() -> None:
    assert is_of_scan("Scan_20210704.jpg")
    assert is_of_scan("img20210704_22301512.jpg")
    assert not is_of_scan("IMG_20210704_223015.jpg")
