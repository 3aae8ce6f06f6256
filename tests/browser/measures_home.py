"""Run in a desk's environment: a provider with an address, an account that may post, reviewed wordings, mail switched on. By the verbs that pages use."""

from __future__ import annotations

import sys

from andon.console import start


def main(server: str, handle: str, token: str) -> None:
    """Set up measures for a server that speaks Mastodon's API."""
    start.setup()
    from andon.console.gate import Actor, Via
    from andon.console.measures.common.actions.providers import save_provider
    from andon.console.measures.common.actions.switches import switch as switch_channel
    from andon.console.measures.kinds.warning.actions import accounts, wordings
    from andon.console.measures.kinds.warning.models import Account, Wording
    from andon.console.staff.models import Person

    sora = Actor(Person.objects.get(username="sora"), Via.COMMAND)
    values = {
        "name": "見本SNS", "name_en": "Sample network", "country": "JP", "channel": "email", "address": "abuse@mihon-sns.example", "languages": ["ja"],
        "hosts": ["127.0.0.1"], "sources": [], "answer_days": 7, "is_active": True,
    }  # fmt: skip
    save_provider(sora, "mihon", values)
    switch_channel(sora, "mail", is_live=True)
    wordings.load_shipped(sora)
    for wording in Wording.objects.filter(state=Wording.State.PROPOSED):
        wordings.review(sora, wording.pk)
    new = accounts.NewAccount("mastodon", handle, "見本県警", server, "https://keisatsu.example/sns", token)
    account = accounts.add(sora, new)
    accounts.keep_identity(sora, account.pk, accounts.identity_of(account))
    accounts.check_badge(sora, account.pk, Account.Badge.LISTED)
    accounts.switch(sora, account.pk, is_live=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
