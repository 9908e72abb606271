"""The people of the demo: one or two for every role, and the applicants behind the proposals."""

import random

from django.db.models import Count

from core import wilayah
from core.demo import DemoAccounts
from core.models import User
from core.region import region
from core.wilayah import Place
from sabilulungan.domain.demo.words import FAMILY, GIVEN
from sabilulungan.domain.letters import seats
from sabilulungan.domain.rulebook import current
from sabilulungan.enums import Role, Stage, State
from sabilulungan.models import Proposal

SHOWN_OFFICES = 3
HEAD_OF_OFFICE = "kadis"


class Cast:
    """Who acts. Two people sit in the team, so that nobody acts on two stages of one case."""

    def __init__(self, accounts: DemoAccounts) -> None:
        self.accounts = accounts
        head = f"{region().terms.head} {region().region.short_name}"
        make = accounts.account
        self.applicant = make("", "Neneng Rohaeni", "pemohon", show=False)
        self.operator = make(Role.OPERATOR, "Wawan Hermawan", "loket")
        self.registry = make(Role.TU, "Tati Suryati", "tatausaha")
        self.head = make(Role.KDH, head, "kepaladaerah")
        self.budget = make(Role.TAPD, "Iwan Setiawan", "tapd")
        check = current().step(Stage.PERIKSA_TP)
        self.sorter = make(current().step(Stage.KLASIFIKASI).owner, "Yana Mulyana", "pemilah")
        self.team = make(check.owner, "Lilis Marlina", "timpertimbangan") if check.on else self.sorter
        self.auditor = make(Role.INSPEKTORAT, "Euis Komariah", "inspektorat")
        self.treasury = make(Role.KEU, "Hendra Gunawan", "keuangan")
        self.registrar = make(Role.KESBANGPOL, "Rina Herawati", "kesbangpol")
        self.chair = make(Role.KETUA_TP, "Maya Kusumawardani", "ketuatim") if check.on else self.team
        self.watcher = make(Role.PENGAWAS, "Sri Herlina", "pengawas")
        self.admin = make(Role.ADMIN_WILAYAH, "Fajar Ramdani", "admin")
        self._offices: dict[str, User] = {}

    def settle(self, place: Place) -> None:
        """Make the camat and the lurah that are printed: of this place, later of theirs."""
        there = User.objects.filter(username="lurah").first()
        home = (wilayah.find(min(there.scopes(Role.WILAYAH))) if there else None) or place
        self.camat = self.accounts.account(Role.WILAYAH, "Asep Kurniawan", "camat", scope=home.parent)
        self.lurah = self.accounts.account(Role.WILAYAH, "Imas Rohimah", "lurah", scope=home.code)

    def signer(self, proposal: Proposal, code: str) -> User:
        """Return who signs the recommendation of a case in a seat."""
        if code == seats.HEAD:
            return self.officer(proposal.office, HEAD_OF_OFFICE)
        if code == seats.CHAIR:
            return self.chair
        village = proposal.recipient.village_code
        place = wilayah.find(village)
        scope = village if code == seats.LURAH or place is None else place.parent
        printed = self.lurah if code == seats.LURAH else self.camat
        if scope in printed.scopes(Role.WILAYAH):
            return printed
        number = int(scope.replace(".", ""))
        name = f"{GIVEN[number % len(GIVEN)]} {FAMILY[number * 7 % len(FAMILY)]}"
        username = f"{'lurah' if code == seats.LURAH else 'camat'}-{number}"
        return self.accounts.account(Role.WILAYAH, name, username, scope=scope, show=False)

    def evaluator(self, office: str) -> User:
        """Return the officer who evaluates for an office."""
        if office not in self._offices:
            number = next(index for index, one in enumerate(current().offices) if one.code == office)
            name = f"{GIVEN[number % len(GIVEN)]} {FAMILY[-1 - number % len(FAMILY)]}"
            self._offices[office] = self.accounts.account(Role.OPD, name, f"opd-{office}", scope=office, show=False)
        return self._offices[office]

    def officer(self, office: str, post: str) -> User:
        """Return another officer of an office: its head ("kadis"), or who keeps and hands over goods ("gudang")."""
        number = next(index for index, one in enumerate(current().offices) if one.code == office)
        name = f"{GIVEN[(number * 3 + len(post)) % len(GIVEN)]} {FAMILY[(number * 5 + len(post)) % len(FAMILY)]}"
        role = Role.KEPALA_OPD if post == HEAD_OF_OFFICE else Role.OPD
        return self.accounts.account(role, name, f"{post}-{office}", scope=office, show=False)

    def show_offices(self, head_of: str = "") -> None:
        """Print the evaluators printed before; the first time those of the offices with most cases waiting.

        The head of one office is printed too, and its evaluator: the one before, else of `head_of`.
        """
        printed = [user for user in User.objects.filter(username__startswith="opd-") if user.has_usable_password()]
        waiting = Proposal.objects.filter(state=State.EVALUASI).values("office").annotate(n=Count("pk"))
        busiest = [row["office"] for row in waiting.order_by("-n", "office")[:SHOWN_OFFICES]]
        shown = {scope for user in printed for scope in user.scopes(Role.OPD)} or set(busiest)
        heads = User.objects.filter(username__startswith=f"{HEAD_OF_OFFICE}-")
        known = [scope for user in heads if user.has_usable_password() for scope in user.scopes(Role.KEPALA_OPD)]
        of_head = next(iter([*known, *filter(None, [head_of]), *sorted(shown)]))
        for office in sorted({*shown, of_head}):
            user = self.evaluator(office)
            self.accounts.account(Role.OPD, user.full_name, user.username, scope=office)
        head = self.officer(of_head, HEAD_OF_OFFICE)
        self.accounts.account(Role.KEPALA_OPD, head.full_name, head.username, scope=of_head)

    def stranger(self, number: int, rng: random.Random) -> User:
        """Return one of the applicants nobody signs in as."""
        name = f"{rng.choice(GIVEN)} {rng.choice(FAMILY)}"
        return self.accounts.account("", name, f"warga{number:02d}", show=False)
