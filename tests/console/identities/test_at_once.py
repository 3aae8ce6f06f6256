"""Several custodians at the same moment, in processes of their own on a database of their own: never more documents than planned."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
AT_ONCE, PLANNED = 4, 2
_BEGIN = f"""
import sys
sys.path[:0] = [{str(HERE)!r}, {str(HERE.parent / "authority")!r}, {str(HERE.parent / "contactlog")!r}]
from andon.console import start
start.setup()
"""
_PREPARE = (
    _BEGIN
    + """
from django.core.management import call_command
call_command("migrate", verbosity=0)
import json
from authority_help import make_world
from identity_help import Register
from andon.console.undercover.authority.codes import State
register = Register(make_world(), make_world().plan_in(State.ACTIVE))
register.world = type(register.world)(register.plan.unit, {"rin": register.plan.custodian})
print(json.dumps({"identity": register.identity().pk, "rin": register.plan.custodian_id, "plan": register.plan.pk}))
"""
)
_RECEIVE = (
    _BEGIN
    + """
import json
from authority_help import NOW
from identity_help import AT
from andon.console.gate import Actor, Via
from andon.console.staff.models import Person
from andon.console.undercover.identities.actions.keeping import Paper, receive
from andon.domain.errors import AndonError
made = json.loads(sys.argv[1])
actor = Actor(Person.objects.select_related("unit").get(pk=made["rin"]), Via.SCREEN, True)
print("ready", flush=True)
sys.stdin.readline()
got = []
for number in range(3):
    try:
        receive(actor, made["identity"], Paper("licence", f"{sys.argv[2]}x{number}", "a" * 64, "i", "b"), now=AT)
        got.append("received")
    except AndonError as error:
        got.append(error.data["reason"])
print(json.dumps(got))
"""
)


@pytest.fixture
def home(tmp_path: Path) -> dict[str, str]:
    """The environment of an installation of its own, on SQLite."""
    environment = os.environ | {"ANDON_HOME": str(tmp_path / "home"), "DJANGO_SETTINGS_MODULE": "andon.console.settings"}
    environment.pop("ANDON_DATABASE_URL", None)
    return environment


@pytest.mark.rule("D1", where="andon.console.undercover.identities.actions.keeping")
@pytest.mark.rule("U6", where="andon.console.undercover.identities.actions.keeping")
def test_four_at_once_get_no_more_than_planned(home: dict[str, str]) -> None:
    """Four processes that each try three times, let go at the same moment: two documents, ten refusals by the rule, no other failure."""
    prepared = subprocess.run([sys.executable, "-c", _PREPARE], env=home, capture_output=True, text=True, timeout=240, check=False)
    assert prepared.returncode == 0, prepared.stderr
    made = prepared.stdout.strip().splitlines()[-1]
    start = [sys.executable, "-c", _RECEIVE, made]
    running = [
        subprocess.Popen([*start, str(k)], env=home, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for k in range(AT_ONCE)
    ]
    for one in running:
        assert one.stdout is not None
        assert one.stdout.readline().strip() == "ready"
    for one in running:
        assert one.stdin is not None
        one.stdin.write("go\n")
        one.stdin.flush()
    answers = []
    for one in running:
        out, error = one.communicate(timeout=120)
        assert one.returncode == 0, error
        answers += json.loads(out.strip().splitlines()[-1])
    assert answers.count("received") == PLANNED
    assert answers.count("document_planned") == AT_ONCE * 3 - PLANNED
