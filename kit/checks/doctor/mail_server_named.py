"""The profile names a mail server."""

from kit.checks.check import Group, region_check
from kit.checks.region import RegionFacts
from kit.checks.result import Result, Where, note, ok


@region_check("Mail", Group.PROFILE)
def mail_server_named(facts: RegionFacts) -> Result:
    """A note where it does not: messages then stay in the apps' inbox."""
    if facts.target.smtp:
        return ok(f"by {facts.target.smtp}")
    return note(
        "no mail server",
        "Messages stay in the apps' inbox; nobody gets mail, and nobody can reset a password by mail.",
        "mail: {smtp: {host: mail.DOMAIN}, sender: noreply@DOMAIN}",
        Where.PROFILE,
    )
