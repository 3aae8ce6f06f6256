"""Whatever the schema allows, and much that it does not, is answered as the schema says: found by schemathesis, in this process."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from andon.console.api import keys
from andon.console.api.described import schema
from andon.console.wsgi import application

if TYPE_CHECKING:
    from collections.abc import Callable

    from andon.console.intake.models import Campaign
    from andon.console.staff.models import Person

pytestmark = pytest.mark.django_db

EXAMPLES = 12
CHECKS = [
    schemathesis.checks.not_a_server_error, schemathesis.checks.status_code_conformance, schemathesis.checks.content_type_conformance,
    schemathesis.checks.response_schema_conformance,
]  # fmt: skip
OPERATIONS = {one.ok().definition.raw["operationId"]: one.ok() for one in schemathesis.openapi.from_dict(schema()).get_all_operations()}


@pytest.fixture
def headers(aoi: Person, key: Callable[..., str], campaign: Callable[..., Campaign], settings: Any, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """A key that may do everything, without a limit; something to read; a worker that works at once."""
    monkeypatch.setattr(keys, "LIMIT", 10**9)
    settings.ALLOWED_HOSTS = ["*"]
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    campaign(posts=3, contact="telegram:abcd")
    return {"Authorization": f"Bearer {key(aoi)}"}


@pytest.mark.parametrize("mode", list(schemathesis.GenerationMode))
@pytest.mark.parametrize("name", OPERATIONS)
def test_answers_are_as_the_schema_says(name: str, mode: schemathesis.GenerationMode, headers: dict[str, str]) -> None:
    """Status, type and form of every answer; what the schema forbids is refused, nothing breaks."""

    @settings(max_examples=EXAMPLES, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck), phases=[Phase.explicit, Phase.generate])
    @given(case=OPERATIONS[name].as_strategy(generation_mode=mode))
    def ask(case: schemathesis.Case) -> None:
        case.operation.schema.app = application
        is_wrong_key = mode is schemathesis.GenerationMode.NEGATIVE and "Authorization" in (case.headers or {})
        answer = case.call(headers={} if is_wrong_key else headers, app=application)
        case.validate_response(answer, checks=CHECKS)
        if mode is schemathesis.GenerationMode.NEGATIVE:
            assert answer.status_code >= 400

    ask()


@given(st.binary(max_size=200))
@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_no_key_is_ever_guessed(text: bytes) -> None:
    """Whatever stands behind "Bearer": one answer, and never a fault of ours."""
    from django.test import Client

    answer = Client().get("/api/v1/queue", headers={"authorization": "Bearer " + text.decode("latin-1")})
    assert answer.status_code == 401
    assert json.loads(answer.content)["code"] == "key_wrong"
