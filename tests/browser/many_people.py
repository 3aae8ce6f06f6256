"""Run in a desk's environment: make analysts who are already signed in, print their session keys. Fifty passwords would take minutes to hash."""

from __future__ import annotations

import json
import sys

from andon.console import start


def main(count: int) -> list[dict[str, str]]:
    """Names with session keys."""
    start.setup()
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from andon.console import gate
    from andon.console.staff.models import Person, Unit

    made = []
    for number in range(count):
        with gate._door():
            unit = Unit.objects.get_or_create(name="試験ホットライン", defaults={"kind": Unit.Kind.HOTLINE})[0]
            given = {"name": f"Many {number:02}", "unit": unit, "roles": ["analyst"], "password": "!"}
            person = Person.objects.get_or_create(username=f"many{number:02}", defaults=given)[0]
        session = SessionStore()
        session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(person.pk), "andon.console.staff.backend.SignInBackend"
        session[HASH_SESSION_KEY] = person.get_session_auth_hash()
        session.save()
        made.append({"username": person.username, "session": str(session.session_key)})
    return made


if __name__ == "__main__":
    json.dump(main(int(sys.argv[1])), sys.stdout)
