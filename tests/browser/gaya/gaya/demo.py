"""Invented accounts and messages."""

from core.demo import DemoAccounts
from core.notify import Message, queue


def load(accounts: DemoAccounts) -> None:
    """Make a citizen with messages and an officer."""
    citizen = accounts.account("WARGA", "Neneng Lestari", "neneng")
    accounts.account("PETUGAS", "Dr. Ujang Sastrawijaya Kusumah", "ujang", scope="DINSOS")
    if not citizen.notifications.exists():
        queue(
            Message(
                "contoh",
                f"Usulan Anda sampai di tahap {n}",
                "Berkas lengkap dan sedang dibaca petugas.",
                user=citizen,
                link="/gaya/",
            )
            for n in range(1, 4)
        )
