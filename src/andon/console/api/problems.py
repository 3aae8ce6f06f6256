"""Every refusal of the interface as {code, sentence, fields}, in the language of the request."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from ninja.errors import AuthenticationError, HttpError, Throttled, ValidationError

from andon.console.frame.templatetags.desk import language
from andon.domain.errors import AndonError, Conflict, Refused
from andon.wording.say import SENTENCES, say, say_error

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ninja import NinjaAPI, Schema

logger = logging.getLogger("django.request")
_UNKNOWN = "extra_forbidden"
_MOST_NAMED = 5


def problem(status: int, code: str, sentence: str, fields: Sequence[str] = ()) -> JsonResponse:
    """An answer that says why not."""
    return JsonResponse({"code": code, "sentence": sentence, "fields": list(fields)}, status=status, json_dumps_params={"ensure_ascii": False})


def said(status: int, code: str, fields: Sequence[str] = (), **data: object) -> JsonResponse:
    """The same with the sentence of `code`."""
    return problem(status, code, say(f"api.{code}", language(), **data), fields)


def not_found(_request: HttpRequest, *_: object) -> HttpResponse:
    """Nothing at this address."""
    return said(404, "not_found")


def not_allowed(allowed: str) -> HttpResponse:
    """Not by this method."""
    answer = said(405, "not_allowed")
    answer["Allow"] = allowed
    return answer


def answer_problems(api: NinjaAPI) -> None:
    """Have `api` answer every error in this form."""
    for kind, answer in _ANSWERS.items():
        api.add_exception_handler(kind, answer)


def refuse_unknown(request: HttpRequest, known: type[Schema] | None = None) -> None:
    """Raise ValidationError for a parameter that `known` does not have: a mistyped filter must not bring everything."""
    unknown = sorted(set(request.GET) - set(known.model_fields if known else ()))
    if unknown:
        raise ValidationError([{"type": _UNKNOWN, "loc": ("query", name)} for name in unknown])


def _no_key(_request: HttpRequest, _error: Any) -> HttpResponse:  # noqa: ANN401 - ninja's form
    answer = said(401, "key_wrong")
    answer["WWW-Authenticate"] = 'Bearer realm="andon"'
    return answer


def _too_many(_request: HttpRequest, error: Any) -> HttpResponse:  # noqa: ANN401 - ninja's form
    wait = max(1, round(error.wait or 1))
    answer = said(429, "too_many", seconds=wait)
    answer["Retry-After"] = str(wait)
    return answer


def _invalid(_request: HttpRequest, error: Any) -> HttpResponse:  # noqa: ANN401 - ninja's form
    """Unknown fields are named first: they are what a program gets wrong for good."""
    unknown = [_place(one) for one in error.errors if one["type"] == _UNKNOWN]
    places = unknown or [_place(one) for one in error.errors]
    shown = ", ".join(places[:_MOST_NAMED]) + (" …" if len(places) > _MOST_NAMED else "")
    return said(422, "unknown_field" if unknown else "wrong_value", places[:100], names=shown)


def _place(error: dict[str, Any]) -> str:
    """The field's place, as posts.3.text."""
    place = [str(part) for part in error["loc"] if part not in ("body", "query", "path")]
    return ".".join(place[1:] if place and place[0] in ("batch", "wanted", "asked") else place)[:200]


def _http(_request: HttpRequest, error: Any) -> HttpResponse:  # noqa: ANN401 - ninja's form
    return said(400, "not_json") if error.status_code == 400 else said(error.status_code, "failed")  # noqa: PLR2004 - HTTP


def _andon(_request: HttpRequest, error: Any) -> HttpResponse:  # noqa: ANN401 - ninja's form
    """Errors of the desk: a right that is missing, somebody who was quicker, input that makes no sense."""
    status = 403 if isinstance(error, Refused) else 409 if isinstance(error, Conflict) else 422
    special = f"{error.code}.{error.data.get('reason', '')}"
    return problem(status, special if special in SENTENCES else error.code, say_error(error, language()))


def _internal(request: HttpRequest, error: Any) -> HttpResponse:  # noqa: ANN401 - ninja's form
    """A fault of ours: in the log with its trace, and one sentence for the program."""
    logger.error("%s %s", request.method, request.path, exc_info=error)
    return said(500, "failed")


_ANSWERS: dict[type[Exception], Any] = {
    Exception: _internal, HttpError: _http, Http404: not_found, ValidationError: _invalid, AuthenticationError: _no_key, Throttled: _too_many,
    AndonError: _andon,
}  # fmt: skip
