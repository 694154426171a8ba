"""Files over the API: who may see them, and which are refused with which cure; on both databases."""

from io import BytesIO

import pytest
from PIL import Image

from bot.events import Message
from tests.adapters.webchat.district import (
    ASHA,
    CLINIC,
    IMRAN,
    PANCHAYAT,
    SUNITA,
    District,
)
from tests.adapters.webchat.talk import Officer, photo, posted


@pytest.fixture
def district_database(database_url: str) -> str:
    """Each test once on each kind of database."""
    return database_url


def test_a_photo_is_uploaded_sent_and_seen_by_the_chat_alone(district: District, officer: Officer) -> None:
    asha = officer(ASHA)
    file = asha.post("/files", files={"file": ("नाली.jpg", photo(), "image/jpeg")}).json()
    assert (file["name"], file["media_type"], file["image"]) == ("नाली.jpg", "image/jpeg", True)
    sent = posted(asha, PANCHAYAT, "a1", "", files=[{"sha256": file["sha256"], "name": "नाली.jpg"}]).json()
    assert [each["name"] for each in sent["files"]] == ["नाली.jpg"]
    event = district.echo.taken[0]
    assert isinstance(event, Message)
    assert [each.sha256 for each in event.attachments] == [file["sha256"]]

    imran = officer(IMRAN)
    seen = imran.get(f"/files/{file['sha256']}")
    assert seen.headers["content-type"] == "image/jpeg"
    assert seen.headers["content-security-policy"] == "default-src 'none'; sandbox"
    small = imran.get(f"/files/{file['sha256']}", params={"size": "small"})
    with Image.open(BytesIO(small.content)) as picture:
        assert picture.size == (480, 320)
    assert officer(SUNITA).get(f"/files/{file['sha256']}").status_code == 404


def test_nobody_gets_a_file_by_sending_its_sha256(officer: Officer) -> None:
    file = (
        officer(ASHA).post("/files?name=a.pdf", content=b"%PDF-1.4", headers={"Content-Type": "application/pdf"}).json()
    )
    sunita = officer(SUNITA)
    assert posted(sunita, CLINIC, "s1", "", files=[{"sha256": file["sha256"]}]).status_code == 422
    assert sunita.get(f"/files/{file['sha256']}").status_code == 404


def test_whatever_is_no_picture_is_only_downloaded(officer: Officer) -> None:
    client = officer(ASHA)
    file = client.post("/files?name=\u202egpj.txt", content=b"words", headers={"Content-Type": "image/jpeg"}).json()
    assert (file["name"], file["image"]) == ("gpj.txt", False), "its content says what it is; its name reads forwards"
    seen = client.get(f"/files/{file['sha256']}")
    assert seen.headers["content-disposition"].startswith("attachment;")
    assert seen.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("form", [True, False])
def test_twenty_megabytes_are_refused_with_the_figures(officer: Officer, form: bool) -> None:
    large = bytes(20 * 1024**2)
    client = officer(ASHA)
    client.headers["Accept-Language"] = "hi"
    sent = {"files": {"file": ("a.jpg", large, "image/jpeg")}} if form else {"content": large}
    refused = client.post("/files", **sent)
    assert refused.status_code == 413
    assert refused.json() == {"error": "फ़ाइल 20 MB की है, सीमा 10 MB है। छोटे आकार में भेजें।", "field": "file"}


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"<script>alert(1)</script>", "This kind of file is not kept. Send a photo (JPEG, PNG), a PDF,"),
        (b"\xff\xd8\xff nothing more", "The file cannot be opened. Take the photo again, or choose another file."),
        (b"", "No file has come. Choose a photo or a file, then send."),
    ],
)
def test_what_cannot_be_kept_is_refused_with_its_cure(officer: Officer, content: bytes, sentence: str) -> None:
    refused = officer(ASHA).post("/files", content=content, headers={"Content-Type": "image/jpeg"})
    assert (refused.status_code, refused.json()["field"]) == (422, "file")
    assert refused.json()["error"].startswith(sentence)


def test_a_photo_leaves_without_what_the_camera_wrote_into_it(officer: Officer) -> None:
    taken = Image.new("RGB", (90, 60), "#4a8")
    exif = taken.getexif()
    exif[0x0110], exif[0x0112] = "A camera", 6  # its model, and that it must be turned
    made = BytesIO()
    taken.save(made, "JPEG", exif=exif)
    client = officer(ASHA)
    file = client.post("/files", files={"file": ("a.jpg", made.getvalue(), "image/jpeg")}).json()
    with Image.open(BytesIO(client.get(f"/files/{file['sha256']}").content)) as picture:
        assert (picture.size, dict(picture.getexif())) == ((60, 90), {})


def test_an_upload_without_a_file_is_refused(officer: Officer) -> None:
    client = officer(ASHA)
    assert client.post("/files").json()["error"].startswith("No file has come.")
    assert client.post("/files", files={"other": ("a", b"x")}).json()["field"] == "file"
