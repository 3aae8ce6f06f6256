"""The frame around every page: menu by rights, looks, errors, answers to fragments, vendored files."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.http import HttpResponseRedirect
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.utils import translation

import andon.console.frame
from andon.console.frame import context
from andon.console.frame.middleware import headers
from andon.console.frame.toasts import toast
from andon.console.staff.rights import Role
from andon.wording.desk.frame import FRAME

if TYPE_CHECKING:
    from collections.abc import Callable

    from andon.console.staff.models import Person

FOLDER = Path(andon.console.frame.__file__).parent


def menu_of(person: Person, path: str = "/") -> list[context.Link]:
    """The menu as the person sees it at `path`."""
    request = RequestFactory().get(path)
    request.user = person
    links: list[context.Link] = context.page(request)["links"]
    return links


@pytest.fixture
def addresses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every page of the menu exists."""
    monkeypatch.setattr(context, "_address", lambda name: "/" if name == "home:today" else f"/{name.replace(':', '/')}/")


def test_the_menu_holds_what_the_person_may_open(addresses: None, aoi: Person, kei: Person, nao: Person) -> None:
    """An analyst sees the queue and no trail; an auditor the trail and no queue; an administrator people and neither."""
    names = {person.username: {link.entry.url_name for link in menu_of(person)} for person in (aoi, kei, nao)}
    assert {"review:queue", "intake:uploads"} <= names["aoi"]
    assert "audit:trail" not in names["aoi"]
    assert "audit:trail" in names["kei"]
    assert "review:queue" not in names["kei"]
    assert names["nao"] == {"home:today", "staff:people", "staff:me"}


def test_one_entry_is_the_current_one(addresses: None, aoi: Person) -> None:
    """The one with the longest address that the page lies under; "/" only for itself."""
    assert [link.entry.url_name for link in menu_of(aoi, "/review/queue/12/") if link.current] == ["review:queue"]
    assert [link.entry.url_name for link in menu_of(aoi, "/") if link.current] == ["home:today"]
    assert [link for link in menu_of(aoi, "/elsewhere/") if link.current] == []


def test_evidence_belongs_to_cases(addresses: None, person: Callable[..., Person]) -> None:
    """Its pages have no entry of their own."""
    toru = person("toru", Role.INVESTIGATOR)
    assert [link.entry.url_name for link in menu_of(toru, "/evidence/exhibits/1/") if link.current] == ["casework:cases"]


def test_a_page_that_is_not_there_is_no_entry(monkeypatch: pytest.MonkeyPatch, aoi: Person) -> None:
    """Names that do not reverse are left out."""
    monkeypatch.setattr(context, "_address", lambda _: "")
    assert menu_of(aoi) == []


def test_every_entry_has_its_sentence_icon_and_own_key() -> None:
    """A new entry cannot forget one of them."""
    sprite = (FOLDER / "static/frame/icons.svg").read_text(encoding="utf-8")
    for entry in context.ENTRIES:
        assert entry.code in FRAME
        assert f'id="{entry.icon}"' in sprite
    assert len({entry.key for entry in context.ENTRIES}) == len(context.ENTRIES)


def test_every_icon_that_a_template_names_is_in_the_sprite() -> None:
    """In all templates of the desk."""
    known = set(re.findall(r'<symbol id="([\w-]+)"', (FOLDER / "static/frame/icons.svg").read_text(encoding="utf-8")))
    for file in FOLDER.parent.rglob("templates/**/*.html"):
        named = set(re.findall(r'{%\s*icon "([\w-]+)"', file.read_text(encoding="utf-8")))
        assert named <= known, (file.name, named - known)


@pytest.mark.parametrize("name", ["400.html", "403.html", "404.html", "500.html", "403_csrf.html"])
@pytest.mark.parametrize("language", ["ja", "en"])
def test_an_error_page_needs_nothing(name: str, language: str) -> None:
    """It is drawn without a request, a person or a database, in the language of the moment."""
    with translation.override(language):
        page = render_to_string(name)
    assert f'lang="{language}"' in page
    assert "frame." not in re.sub(r'"[^"]*"', "", page)
    assert "<h1>" in page


def test_a_missing_page_is_said_in_the_language_of_the_reader(db: None) -> None:
    """404 from Django itself, in English for an English browser."""
    answer = Client(headers={"accept-language": "en"}).get("/there/is/no/such/page/")
    assert answer.status_code == 404
    assert "Page not found" in answer.content.decode()


def test_every_template_of_the_frame_keeps_the_policy() -> None:
    """No inline style, no handler, no inline script without the nonce."""
    for file in FOLDER.rglob("templates/**/*.html"):
        text = file.read_text(encoding="utf-8")
        assert not re.search(r"\sstyle=|\son\w+=|hx-on|javascript:|js:", text), file.name
        for script in re.findall(r"<script[^>]*>", text):
            assert "src=" in script or "nonce=" in script, (file.name, script)


def test_looks_are_kept_before_signing_in(db: None) -> None:
    """Cookies for the language and the colours; only what is known, only back to this site."""
    answer = Client().post("/frame/looks", {"language": "en", "appearance": "dark", "next": "/account/login/"})
    assert answer.headers["Location"] == "/account/login/"
    assert (answer.cookies["django_language"].value, answer.cookies["appearance"].value) == ("en", "dark")
    bad = Client().post("/frame/looks", {"language": "xx", "appearance": "<b>", "next": "https://elsewhere.example/"})
    assert bad.headers["Location"] == "/"
    assert not bad.cookies
    assert Client().get("/frame/looks").status_code == 405


def test_the_page_of_all_parts_is_of_the_demo_only(settings: Any, aoi: Person, browse: Callable[[Person], Client]) -> None:
    """Elsewhere there is no such page, and in the demo it asks for a sign-in."""
    settings.DEMO = False
    assert browse(aoi).get("/frame/").status_code == 404
    settings.DEMO = True
    assert browse(aoi).get("/frame/").status_code == 200
    assert Client().get("/frame/").status_code == 302


def test_a_fragment_whose_session_ended_sends_the_whole_page_to_the_door(db: None) -> None:
    """Not the sign-in form into a card; back to the page that the person saw."""
    to_login = headers(lambda _: HttpResponseRedirect("/account/login/?next=/review/card/3"))
    request = RequestFactory().get("/review/card/3", headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/review/?level=high"})
    answer = to_login(request)
    assert answer.status_code == 204
    assert answer.headers["HX-Redirect"] == "/account/login/?next=%2Freview%2F%3Flevel%3Dhigh"
    foreign = RequestFactory().get("/x", headers={"HX-Request": "true", "HX-Current-URL": "https://elsewhere.example/y"})
    assert to_login(foreign).headers["HX-Redirect"] == "/account/login/?next=%2F"


def test_other_redirects_are_left_alone() -> None:
    """A whole page's redirect, and a fragment's to another fragment."""
    assert headers(lambda _: HttpResponseRedirect("/account/login/"))(RequestFactory().get("/x")).status_code == 302
    fragment = RequestFactory().get("/x", headers={"HX-Request": "true"})
    assert headers(lambda _: HttpResponseRedirect("/review/next"))(fragment).status_code == 302


def test_a_toast_of_the_server_is_plain_ascii_in_the_header() -> None:
    """Header values are latin-1: Japanese goes as JSON escapes and comes back whole."""
    answer = toast(HttpResponseRedirect("/"), "元に戻しました。", undo_url="/u", key="u")
    raw = answer.headers["HX-Trigger"]
    assert raw.isascii()
    assert json.loads(raw)["toast"] == {"text": "元に戻しました。", "tone": "done", "undo_url": "/u", "key": "u"}


def test_vendored_files_are_those_of_the_manifest() -> None:
    """By SHA-256, each with its licence beside it, and none that the manifest does not name."""
    folder = FOLDER / "static/frame/vendor"
    listed = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["files"]
    for one in listed:
        assert hashlib.sha256((folder / one["file"]).read_bytes()).hexdigest() == one["sha256"]
        assert (folder / one["licence_file"]).stat().st_size > 100
    named = {"manifest.json"} | {one[key] for one in listed for key in ("file", "licence_file")}
    assert {file.name for file in folder.iterdir()} == named


def test_the_import_map_names_every_script_of_the_frame() -> None:
    """A script that is imported by another one stands in the map, so that it is loaded once, under its hashed name."""
    scripts = (FOLDER / "templates/frame/_scripts.html").read_text(encoding="utf-8")
    mapped = set(re.findall(r'"(desk[\w/]*)": "{%', scripts))
    for file in (FOLDER / "static/frame").glob("*.js"):
        assert set(re.findall(r'^(?:import|export)\b[^"]*"([^"]+)";$', file.read_text(encoding="utf-8"), re.MULTILINE)) <= mapped, file.name


def test_sentences_for_scripts_exist() -> None:
    """Every sentence that a script of the frame asks for is brought along by the page."""
    given = set(re.findall(r'"(frame\.[\w.]+)"', (FOLDER / "templates/frame/_words.html").read_text(encoding="utf-8")))
    assert given <= set(FRAME)
    for file in (FOLDER / "static/frame").glob("*.js"):
        if file.name != "guide.js":
            asked = set(re.findall(r'say\((?:answer \? )?"(frame\.[\w.]+)"', file.read_text(encoding="utf-8")))
            assert asked <= given, (file.name, asked - given)
