"""Guards of the table of applications: each raises Refused with a sentence, and beside fields with faults."""

import datetime as dt

from django.db.models import Q, QuerySet

from core import audit, dates
from core.calendar import calendar
from core.errors import Fault, NotAllowed, Refused
from core.transitions import Step
from hayu.domain.permits import charges, clock, minutes, sheet
from hayu.domain.policy import policy
from hayu.enums import AppAction, AppState, Role, Verdict
from hayu.models import Application, Visit
from hayu.validators import position

MIN_LEGAL = 30
MIN_TEXT = 10
MOST_REASON = 300
VISIT_WITHIN = 3
POSTPONE_UP_TO = 5
PHOTOS = 2


def _fault(field: str, sentence: str) -> Refused:
    return Refused(sentence, [Fault(field, sentence)])


def may_send(step: Step) -> None:
    """All fields, documents and the statement, all faults at once; the type still in force."""
    found = sheet.faults(step.obj)
    if not step.data.get("statement"):
        found.append(Fault("statement", "Centang pernyataan bahwa data ini benar."))
    if found:
        raise Refused("Permohonan belum dapat dikirim. Lengkapi yang ditandai di bawah.", found)


def is_oldest(step: Step) -> None:
    """Oldest first among the types this verifier may take, their own matters left out.

    What the head of division put first, with a reason in the log, goes before the rest.
    """
    scopes = step.actor.scopes(Role.VERIFIKATOR)
    waiting, urgent = Application.objects.filter(state=AppState.DIAJUKAN), ~Q(priority="")
    before = Q(sent_at__lt=step.obj.sent_at)
    older = waiting.filter(before & urgent if step.obj.priority else before | urgent).exclude(pk=step.obj.pk)
    if "" not in scopes:
        older = older.filter(type_code__in=scopes)
    older = older.exclude(applicant=step.actor)
    if step.actor.nik_token:
        older = older.exclude(nik_token=step.actor.nik_token)
    first = _first(older)
    if first:
        raise Refused(f"Ambil dahulu permohonan yang lebih lama: {first.receipt}.")


def _first(rows: QuerySet[Application]) -> Application | None:
    return rows.exclude(priority="").order_by("sent_at").first() or rows.order_by("sent_at").first()


def may_hurry(step: Step) -> None:
    """Once, with a reason in words that a stranger can judge."""
    if step.obj.priority:
        raise Refused("Permohonan ini sudah didahulukan.")
    if not MIN_LEGAL <= len(step.note) <= MOST_REASON:
        raise _fault("note", f"Tulis alasan {MIN_LEGAL} sampai {MOST_REASON} huruf; pemohon lain berhak tahu sebabnya.")


def is_free(step: Step) -> None:
    """Nobody has it, and the one who refused it before does not take it again."""
    if step.obj.officer_id:
        raise Refused("Permohonan ini sudah dipegang petugas lain.")
    if step.obj.former_officer_id == step.actor.pk:
        raise NotAllowed("Permohonan ini diperiksa ulang oleh petugas lain.")


def is_officer(step: Step) -> None:
    """The verifier who took it."""
    if step.obj.officer_id != step.actor.pk:
        raise NotAllowed("Berkas ini sedang dipegang petugas lain.")


def lists_faults(step: Step) -> None:
    """At least one item with its reason, all of them at once, at most the region's rounds."""
    is_officer(step)
    if step.obj.rounds >= policy().return_rounds:
        raise Refused(f"Berkas sudah {step.obj.rounds} kali dikembalikan. Teruskan, atau usulkan penolakan.")
    known = step.obj.type.items(step.obj.kind)
    flagged = step.data.get("flagged") or []
    if not flagged:
        raise Refused("Tandai sedikitnya satu hal yang perlu diperbaiki, dengan alasannya.")
    found = [
        Fault(row["item"], "Tulis alasannya, sedikitnya sepuluh huruf.")
        for row in flagged
        if len(row.get("reason", "").strip()) < MIN_TEXT
    ]
    if any(row["item"] not in known for row in flagged):
        raise Refused("Ada butir yang tidak dikenal pada daftar kekurangan.")
    if found:
        raise Refused("Setiap kekurangan perlu alasan.", found)


def answers_all(step: Step) -> None:
    """Every flagged item is answered: a new file, a changed answer, or a reply in words; still in time."""
    application: Application = step.obj
    if dates.today() > application.deadline:
        raise Refused("Batas waktu perbaikan sudah lewat. Permohonan ini dapat disalin menjadi yang baru.")
    have, replies, found = sheet.documents(application), step.data.get("replies") or {}, []
    for row in application.flagged:
        kind, _, key = row["item"].partition(":")
        if kind == "syarat":
            changed = key in have and have[key].version > row.get("version", 0)
        else:
            changed = application.answers.get(key) != row.get("value")
        if not changed and len(str(replies.get(row["item"], "")).strip()) < MIN_TEXT:
            found.append(Fault(row["item"], "Belum diperbaiki. Ganti isinya, atau jelaskan mengapa sudah benar."))
    found += [fault for fault in sheet.faults(application) if fault.field not in {item.field for item in found}]
    if found:
        raise Refused("Perbaikan belum dapat dikirim. Jawab semua yang ditandai.", found)


def deadline_passed(step: Step) -> None:
    """The applicant's time is over."""
    if dates.today() <= step.obj.deadline:
        raise Refused("Batas waktunya belum lewat.")


def has_legal_reason(step: Step) -> None:
    """A refusal names the rule and says why in at least thirty letters."""
    found = []
    if len(step.note) < MIN_LEGAL:
        found.append(Fault("note", f"Tulis alasan sedikitnya {MIN_LEGAL} huruf, supaya pemohon mengerti."))
    if not str(step.data.get("legal_basis") or "").strip():
        found.append(Fault("legal_basis", "Sebut aturan yang tidak dipenuhi."))
    if found:
        raise Refused("Penolakan memerlukan alasan dan aturannya.", found)


def officer_has_legal_reason(step: Step) -> None:
    """The same, by the verifier who has the file."""
    is_officer(step)
    has_legal_reason(step)


def is_another(step: Step) -> None:
    """Who proposed a refusal does not approve it."""
    proposed = audit.history(step.obj).filter(action__in=(AppAction.USUL_TOLAK, AppAction.TIDAK_LAYAK)).last()
    if proposed and proposed.actor_id == step.actor.pk:
        raise NotAllowed("Usul penolakan disetujui oleh orang lain, bukan oleh pengusulnya.")


def checklist_done(step: Step) -> None:
    """Every item was checked."""
    is_officer(step)
    known = step.obj.type.items(step.obj.kind)
    checked = set(step.data.get("checked") or [])
    missing = [Fault(item, f"Belum diperiksa: {words}.") for item, words in known.items() if item not in checked]
    if missing:
        raise Refused("Daftar periksa belum penuh.", missing)


def is_soon(step: Step) -> None:
    """A visit is appointed from today to three working days from now, on a working day."""
    day = step.data.get("day")
    if not isinstance(day, dt.date) or day < dates.today() or not calendar().is_working_day(day):
        raise _fault("day", "Pilih hari kerja mulai hari ini.")
    latest = calendar().add(dates.today(), VISIT_WITHIN)
    if day > latest:
        raise _fault("day", f"Peninjauan paling lambat {dates.long_date(latest)}.")


def visit_of(application: Application) -> Visit | None:
    """Return the visit that was appointed and not yet made."""
    return application.visits.filter(visited_at=None).first()


def seen_on_the_spot(step: Step, where: str) -> list[Fault]:
    """Return what the minutes of a visit lack: the position (*where* says how to get it) and what was seen."""
    found = []
    try:
        position(step.data["latitude"], step.data["longitude"])
    except (KeyError, TypeError):
        found.append(Fault("latitude", where))
    except ValueError as error:
        found.append(Fault("latitude", str(error)))
    if len(step.note) < MIN_TEXT:
        found.append(Fault("note", "Tulis apa yang dilihat."))
    return found


def is_full_visit(step: Step) -> None:
    """An appointed visit whose day has come, the type's questions, two photos, the position, and whether all fits."""
    visit, data, found = visit_of(step.obj), step.data, []
    if visit is None:
        raise Refused("Jadwalkan peninjauan dahulu, supaya pemohon tahu.")
    if visit.scheduled_for > dates.today():
        raise Refused(f"Peninjauan dijadwalkan {dates.long_date(visit.scheduled_for)}; hasilnya dicatat sesudah itu.")
    if len(data.get("photos") or []) < PHOTOS:
        found.append(Fault("photo_2", f"Lampirkan sedikitnya {PHOTOS} foto."))
    if not isinstance(data.get("fits"), bool):
        found.append(Fault("fits", "Pilih hasil peninjauan."))
    found += minutes.faults(step.obj.type, data.get("answers") or {})
    found += seen_on_the_spot(step, "Ambil posisi di tempat yang ditinjau.")
    if found:
        raise Refused("Berita acara belum lengkap.", found)


def may_postpone(step: Step) -> None:
    """Once, before the day, by at most five working days."""
    visit, day = visit_of(step.obj), step.data.get("day")
    if step.obj.postponed:
        raise Refused("Peninjauan hanya dapat ditunda sekali.")
    if visit is None or visit.scheduled_for <= dates.today():
        raise Refused("Peninjauan hanya dapat ditunda sebelum harinya.")
    latest = calendar().add(visit.scheduled_for, POSTPONE_UP_TO)
    if not isinstance(day, dt.date) or not visit.scheduled_for < day <= latest or not calendar().is_working_day(day):
        raise _fault("day", f"Pilih hari kerja sesudah {dates.short_date(visit.scheduled_for)}, paling lambat "
                            f"{dates.short_date(latest)}.")  # fmt: skip


def day_has_come(step: Step) -> None:
    """The day to which the visit was put off."""
    if dates.today() < step.obj.deadline:
        raise Refused(f"Peninjauan dilanjutkan {dates.long_date(step.obj.deadline)}.")


def is_advice(step: Step) -> None:
    """Recommended, or with conditions that are listed."""
    verdict = step.data.get("verdict")
    conditions = [line for line in step.data.get("conditions") or [] if line.strip()]
    if verdict not in Verdict.values:
        raise _fault("verdict", "Pilih layak atau layak bersyarat.")
    if verdict == Verdict.BERSYARAT and not conditions:
        raise _fault("conditions", "Tulis syaratnya, satu baris satu syarat.")
    if verdict == Verdict.LAYAK and conditions:
        raise _fault("conditions", "Tanpa syarat bila layak; pilih “layak bersyarat” bila ada syarat.")


def costs_something(step: Step) -> None:
    """A bill only where the formula gives more than nothing, once."""
    if not charges.amount_of(step.obj):
        raise Refused("Permohonan ini tidak dipungut biaya; susun naskahnya langsung.")
    if charges.is_settled(step.obj):
        raise Refused("Biayanya sudah dibayar.")


def is_settled(step: Step) -> None:
    """What is to be paid was paid."""
    if not charges.is_settled(step.obj):
        raise Refused("Tetapkan biaya dahulu; naskah disusun setelah dibayar.")


def was_drafted(step: Step) -> None:
    """Drafted by the section head, initialled by somebody else."""
    if step.obj.drafter_id is None:
        raise Refused("Naskah belum disusun kepala seksi.")
    if step.obj.drafter_id == step.actor.pk:
        raise NotAllowed("Naskah diparaf oleh orang lain, bukan oleh penyusunnya.")


def may_object(step: Step) -> None:
    """Once, within ten working days of the refusal, with a reason."""
    if step.obj.objected or step.obj.deadline is None:
        raise Refused("Keberatan hanya dapat diajukan sekali.")
    if dates.today() > step.obj.deadline:
        raise Refused("Batas waktu keberatan sudah lewat. Anda masih dapat menempuh Ombudsman atau pengadilan.")


def needs_reminder(step: Step) -> None:
    """A reminder is due that was not sent."""
    if clock.reminders_due(step.obj, dates.today()) <= step.obj.reminded:
        raise Refused("Pengingat belum waktunya.")


def needs_escalation(step: Step) -> None:
    """The clock stands higher than what was told."""
    if clock.level_of(clock.reading(step.obj)) <= step.obj.escalated:
        raise Refused("Sudah diberitahukan.")


def is_deemed(step: Step) -> None:
    """Past its time, of a type whose silence counts as granted, not labelled yet."""
    if step.obj.deemed_at or not step.obj.type.deemed_approval or not clock.reading(step.obj).late_days:
        raise Refused("Permohonan ini tidak dianggap dikabulkan.")
