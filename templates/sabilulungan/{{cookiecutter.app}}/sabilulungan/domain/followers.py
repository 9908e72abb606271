"""Following a proposal by e-mail: asked, confirmed by the address's owner, told at every move, ended by one click."""

from django.db import transaction

from core import dates, identity, notify
from core.notify import Message
from sabilulungan.domain.flow.looks import look
from sabilulungan.models import Follower, Proposal

MOST_FOLLOWERS = 2000


def ask(proposal: Proposal, email: str) -> None:
    """Send the confirmation to an address; asking again sends nothing twice, and never tells who follows."""
    with transaction.atomic():
        token = identity.token(email.casefold())
        if proposal.followers.count() >= MOST_FOLLOWERS:
            return
        follower, new = Follower.objects.get_or_create(
            proposal=proposal, email_token=token, defaults={"email": email, "created_at": dates.now()}
        )
        if new:
            body = (
                f"Anda meminta kabar tentang usulan {proposal.number}. Buka alamat di bawah untuk memastikan; "
                "bila bukan Anda yang meminta, abaikan surel ini."
            )
            message = Message(
                "ikuti.pastikan", f"Ikuti usulan {proposal.number}", body, address=email, link=f"/ikuti/{follower.key}/"
            )
            notify.queue([message], about=follower)


def confirm(follower: Follower) -> None:
    """Begin to send; confirming again changes nothing."""
    Follower.objects.filter(pk=follower.pk, confirmed_at__isnull=True).update(confirmed_at=dates.now())


def stop(follower: Follower) -> None:
    """Forget the address."""
    follower.delete()


def tell(proposal: Proposal) -> None:
    """Queue a message to every confirmed follower that a proposal has moved; it names no person and no title."""
    state = look(proposal.state)
    notify.queue(
        [
            Message(
                "ikuti.kabar",
                f"Usulan {proposal.number}: {state.label}",
                f"{state.sentence} Berhenti mengikuti: buka alamat di bawah, lalu pilih berhenti.",
                address=follower.email,
                link=f"/ikuti/{follower.key}/",
            )
            for follower in proposal.followers.filter(confirmed_at__isnull=False)
        ],
        about=proposal,
    )
