"""The whole profile: one attribute a section."""

from kit.profile.schema.base import Section, field
from kit.profile.schema.brand import Brand
from kit.profile.schema.doc import Doc
from kit.profile.schema.duties import Agreement, Data, Privacy, Registration, Support
from kit.profile.schema.grants import Grants
from kit.profile.schema.licences import Licences
from kit.profile.schema.locale import Calendar, Locale
from kit.profile.schema.money import Budget
from kit.profile.schema.offices import Offices
from kit.profile.schema.officials import Officials
from kit.profile.schema.performance import Performance
from kit.profile.schema.region import Region
from kit.profile.schema.technical import Apps, Auth, Backup, Hosting, Mailing, Net, Notify, Sign
from kit.profile.schema.terms import Terms


class ProfileData(Section):
    """A region profile with every layer applied: national, derived from the official data, province, region."""

    region: Region = field(doc="Identity", example={"code": "52.07"})
    terms: Terms = field(doc="Names and terms", example={"head_spelling": "Walikota"}, derived=True)
    officials: Officials = field(Officials, doc="People in posts", example={"head": {"status": "Plt"}}, used="D")
    offices: Offices = field(
        doc="Offices by duty", example={"it": {"short_name": "DKISS"}}, used="S H E D", derived=True
    )
    brand: Brand = field(doc="Looks", example={"colors": {"primary": "#0B5FA5"}}, used="U D", derived=True)
    doc: Doc = field(doc="Letters and documents", example={"page": {"size": "F4"}}, used="D")
    locale: Locale = field(doc="Language and time", example={"languages": ["id", "smw"]}, derived=True)
    calendar: Calendar = field(
        Calendar, doc="Working time and holidays", example={"workdays": ["monday"]}, used="E H S"
    )
    budget: Budget = field(Budget, doc="Budget", example={"rounding": "down"}, used="S E")
    apps: Apps = field(Apps, doc="Apps", example={"enabled": ["sabilulungan"]}, used="S H E I")
    net: Net = field(doc="Names and network", example={"domain": "sumbawabaratkab.go.id"}, used="I")
    mail: Mailing = field(Mailing, doc="Outgoing mail", example={"sender": "noreply@mataramkota.go.id"}, used="I")
    notify: Notify = field(Notify, doc="Other notices", example={"whatsapp_sms": "off"}, used="I")
    auth: Auth = field(Auth, doc="Signing in", example={"sso": "none"}, used="I")
    sign: Sign = field(Sign, doc="Electronic signature", example={"provider": "none"}, used="D")
    hosting: Hosting = field(Hosting, doc="Servers", example={"kind": "own"}, used="I")
    backup: Backup = field(Backup, doc="Backups", example={"keep": 30}, used="I")
    privacy: Privacy = field(doc="Personal data", example={"retention": {"proposals": 10}}, used="U", derived=True)
    registration: Registration = field(
        Registration, doc="Registration", example={"tdpse": "001234.01/DJAI.PSE/01/2026"}, used="U"
    )
    agreement: Agreement = field(
        Agreement, doc="Papers of the cooperation", example={"mou": {"number": "415.4/12/2026"}}, used="D"
    )
    support: Support = field(Support, doc="Help", example={"until": "2027-12-31"}, used="U")
    data: Data = field(Data, doc="Reference data", example={"wilayah_edition": "300.2.2-2430/2025"}, used="I")
    grants: Grants = field(Grants, doc="Rules of Sabilulungan", example={}, used="S")
    licences: Licences = field(Licences, doc="Rules of Hayu", example={}, used="H")
    performance: Performance = field(Performance, doc="Rules of E-RK", example={}, used="E")
