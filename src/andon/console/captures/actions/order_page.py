"""Verb: a page is to be captured that no stored post stands on."""

from __future__ import annotations

from andon.console.captures.models import Order
from andon.console.gate import Actor, Done, verb
from andon.console.outside.addressed import public_address
from andon.console.staff.rights import Right


@verb("captures.page_ordered", Right.CAPTURE)
def order_page(actor: Actor, url: str) -> Done[Order]:
    """Have the worker capture it. Raises Unreachable for what is no address of a page; the same one that waits already is not ordered again."""
    address = public_address(url).url
    order = Order.objects.filter(url=address, post=None, state=Order.State.WAITING).first() or Order.objects.create(url=address, by=actor.person)
    return Done(order, f"order:{order.pk}", {})
