"""The records: one dataclass a table, each field's meaning, unit, range and French term written once.

Everything that must agree with these classes is derived from them: the Arrow schema, the checks on
what is written, and the data dictionary in ``docs/tables.md`` (see :mod:`pipeline.schema`).

A field is declared with :func:`column`. Its annotation gives the type (``str``, ``int``, ``float``,
``bool``, ``date``, each possibly ``| None``), the call gives the rest. Records that point into the
text of their sheet derive from :class:`Span`; their ``start`` and ``end`` are half-open character
offsets such that ``sheet.text[start:end] == evidence``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, ClassVar, TypeVar

T = TypeVar("T", bound=type)

#: Table name → record class, in the order in which extractors run and tables are written.
TABLES: dict[str, type[Record]] = {}


@dataclass(frozen=True, slots=True)
class Column:
    """What a field means, as the data dictionary prints it and the checks enforce it."""

    meaning: str
    french: str = ""
    unit: str = ""
    values: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None
    example: object = None
    dictionary: bool = False
    ordered: bool = False
    references: str = ""


_MISSING: Any = object()


def column(
    meaning: str,
    *,
    default: object = _MISSING,
    french: str = "",
    unit: str = "",
    values: tuple[str, ...] = (),
    low: float | None = None,
    high: float | None = None,
    example: object = None,
    dictionary: bool = False,
    ordered: bool = False,
    references: str = "",
) -> Any:
    """Declare a field of a record.

    ``values`` lists the only values allowed (null apart, where the annotation allows it), from the
    least to the greatest where they are ``ordered``; ``low`` and ``high`` bound a number, both
    inclusive; ``dictionary`` stores a column of few distinct strings as an Arrow dictionary (implied by
    ``values``); ``references`` names ``table.column`` that a foreign key points to.
    """
    about = Column(meaning, french, unit, values, low, high, example, dictionary or bool(values), ordered, references)
    if default is _MISSING:
        return field(metadata={"column": about})
    return field(default=default, metadata={"column": about})


class Record:
    """A row of one table. Subclasses are dataclasses registered by :func:`table`."""

    table: ClassVar[str]
    singular: ClassVar[str]
    grain: ClassVar[str]
    key: ClassVar[tuple[str, ...]]
    sort: ClassVar[tuple[str, ...]]


def table(
    name: str, *, singular: str, grain: str, key: tuple[str, ...], sort: tuple[str, ...] = ("start", "end")
) -> Callable[[T], T]:
    """Register a record class as the table ``name``.

    ``key`` names the fields that, within one sheet, identify a record for as long as its meaning
    stays the same; the primary key column ``<singular>_id`` is derived from them. ``sort`` is the
    order of the rows within a sheet.
    """

    def register(cls: T) -> T:
        cls.table, cls.singular, cls.grain, cls.key, cls.sort = name, singular, grain, key, sort  # type: ignore[attr-defined]
        TABLES[name] = cls
        return cls

    return register


@dataclass(slots=True, kw_only=True)
class Span(Record):
    """A record read from the characters ``start`` to ``end`` of its sheet's text."""

    start: int = column(
        "First character of the evidence in `sheets.text`", unit="characters", low=0, example=412, french="début"
    )
    end: int = column("Character after the last one of the evidence", unit="characters", low=0, example=447, french="fin")
    evidence: str = column(
        "The words the record was read from: `text[start:end]`, verbatim",
        default="",
        french="extrait",
        example="A partir de 2500 euros brut par mois",
    )
    rule: str = column(
        "Name of the rule that read the record, for review and debugging",
        default="",
        dictionary=True,
        example="range",
        french="règle",
    )


SECTION_KINDS = (
    "definition",
    "tasks",
    "skills",
    "conditions",
    "education",
    "salary",
    "career",
    "titles",
    "interests",
    "other",
)
REQUIREMENTS = ("possible", "recommended", "required")


@table("sheets", singular="sheet", grain="one row a job sheet", key=("source",), sort=())
@dataclass(slots=True, kw_only=True)
class SheetRow(Record):
    """A job sheet: where it came from, what it says of itself, and its clean text."""

    source: str = column(
        "Path (relative to the input folder, with `/`) or URI that the sheet was read from; for a member of an "
        "archive `archive!member`",
        example="magazine/traffic-manager.html",
        french="source",
    )
    url: str | None = column(
        "Canonical URL, if the page names one",
        default=None,
        french="adresse",
        example="https://www.example.fr/metiers/traffic-manager",
    )
    publisher: str | None = column(
        "Publisher or site name", default=None, french="éditeur", dictionary=True, example="Le Mag des métiers"
    )
    author: str | None = column("Author, as printed", default=None, french="auteur", dictionary=True, example="Lise Armand")
    published: dt.date | None = column(
        "Date of publication that the page states", default=None, french="publié le", example=dt.date(2022, 3, 4)
    )
    modified: dt.date | None = column(
        "Date of the last update that the page states", default=None, french="mis à jour le", example=dt.date(2024, 1, 15)
    )
    fetched: dt.date | None = column(
        "Day on which the page was fetched, where its archive or crawler noted it",
        default=None,
        french="date de collecte",
        example=dt.date(2024, 2, 1),
    )
    language: str = column(
        "BCP 47 tag of the language of the text", default="fr", dictionary=True, example="fr", french="langue"
    )
    format: str = column(
        "Format that the bytes were recognised as",
        dictionary=True,
        example="html",
        values=("html", "text", "markdown", "onisep-xml"),
        french="format",
    )
    content_hash: str = column(
        "BLAKE2b-128 of the bytes read, in hexadecimal",
        example="9f86d081884c7d659a2feaa0c55ad015",
        french="empreinte du contenu",
    )
    text: str = column(
        "The clean text: what the author wrote of the occupation, one block a line",
        french="texte",
        example="Traffic manager\nIl pilote les campagnes …",
    )
    summary: str | None = column(
        "The sheet's own definition or lead, if any",
        default=None,
        french="chapô, définition",
        example="Le traffic manager amène des visiteurs sur un site.",
    )


@table("sections", singular="section", grain="one row a section of a sheet", key=("kind", "heading"))
@dataclass(slots=True, kw_only=True)
class Section(Record):
    """A heading and what it governs, or the text before the first heading. Sections nest."""

    kind: str = column("What the section speaks of", values=SECTION_KINDS, french="rubrique", example="salary")
    heading: str | None = column(
        "The heading as printed; null for the text before the first one",
        default=None,
        french="intertitre",
        example="Combien gagne un traffic manager ?",
    )
    depth: int = column(
        "Nesting: 0 for the text before any heading, then 1, 2, …", default=0, low=0, high=9, french="profondeur", example=2
    )
    start: int = column(
        "First character of the section (its heading included)", unit="characters", low=0, french="début", example=412
    )
    end: int = column(
        "Character after the last one of the section, its sub-sections included",
        unit="characters",
        low=0,
        french="fin",
        example=698,
    )


@table("titles", singular="title", grain="one row a name of an occupation in a sheet", key=("kind", "label"))
@dataclass(slots=True, kw_only=True)
class Title(Span):
    """A name of the occupation, another name of it, or an occupation that it leads to."""

    label: str = column(
        "The name as printed, without « Fiche métier : », « (H/F) » or the site's name",
        french="intitulé",
        example="chargé·e de recrutement",
    )
    feminine: str | None = column(
        "The feminine form, as the sheet gives it or as it follows from a rule",
        default=None,
        french="féminin",
        example="chargée de recrutement",
    )
    masculine: str | None = column(
        "The masculine form, likewise", default=None, french="masculin", example="chargé de recrutement"
    )
    kind: str = column(
        "`preferred`: exactly one a sheet; `alternate`: another name of the same occupation; "
        "`career`: an occupation that the sheet says one can move to",
        values=("preferred", "alternate", "career"),
        french="intitulé principal, autre appellation, évolution",
        example="preferred",
    )
    gender_inferred: bool = column(
        "True where a form was derived by rule rather than read", default=False, french="forme déduite", example=False
    )


@table("salaries", singular="salary", grain="one row a stated pay", key=("evidence",))
@dataclass(slots=True, kw_only=True)
class Salary(Span):
    """A pay that the sheet states for its occupation."""

    minimum: float | None = column(
        "Lower bound as stated, after « K€ »; null for « jusqu'à … »",
        default=None,
        unit="`currency` a `period`",
        low=0,
        french="minimum",
        example=26000.0,
    )
    maximum: float | None = column(
        "Upper bound as stated; null for « à partir de … »",
        default=None,
        unit="`currency` a `period`",
        low=0,
        french="maximum",
        example=30000.0,
    )
    currency: str | None = column(
        "ISO 4217 code; null where only a multiple of the SMIC is stated",
        default=None,
        dictionary=True,
        french="monnaie",
        example="EUR",
    )
    period: str | None = column(
        "What the amount pays for; null for piece pay (a cachet, a visit)",
        default=None,
        values=("hour", "day", "week", "month", "year"),
        ordered=True,
        french="période",
        example="month",
    )
    period_inferred: bool = column(
        "True where the period follows from the size of the amount", default=False, french="période déduite", example=False
    )
    basis: str | None = column(
        "`gross` (brut) or `net`; null where unstated",
        default=None,
        values=("gross", "net"),
        french="brut ou net",
        example="gross",
    )
    stage: str | None = column(
        "Career stage that the pay is given for; null where unstated",
        default=None,
        values=("entry", "experienced", "senior"),
        ordered=True,
        french="débutant, confirmé, senior",
        example="entry",
    )
    status: str | None = column(
        "Employment status that the pay is given for; null where unstated",
        default=None,
        values=("employee", "civil-servant", "self-employed", "apprentice"),
        french="statut",
        example="employee",
    )
    months_paid: float | None = column(
        "Monthly payments a year, where stated",
        default=None,
        unit="months",
        low=1,
        high=24,
        french="nombre de mois",
        example=13.0,
    )
    variable: bool = column(
        "True where a variable part, bonus or commission comes on top", default=False, french="part variable", example=True
    )
    smic_multiple: float | None = column(
        "Multiple of the French minimum wage: 1.0 for « le SMIC », 0.43 for « 43 % du SMIC »",
        default=None,
        unit="SMIC",
        low=0,
        high=100,
        example=1.5,
        french="multiple du SMIC",
    )
    annual_minimum: float | None = column(
        "`minimum` over a year, same basis: hour × 1 820, day × 218, week × 52, month × `months_paid` or 12",
        default=None,
        unit="`currency` a year",
        low=0,
        french="minimum annuel",
        example=26000.0,
    )
    annual_maximum: float | None = column(
        "`maximum` over a year, likewise",
        default=None,
        unit="`currency` a year",
        low=0,
        french="maximum annuel",
        example=30000.0,
    )
    annual_estimated: bool = column(
        "True where the annual amounts rest on the SMIC at the sheet's date rather than on a stated amount",
        default=False,
        french="montant annuel estimé",
        example=False,
    )


@table("diplomas", singular="diploma", grain="one row a level or qualification named in a sheet", key=("kind", "label"))
@dataclass(slots=True, kw_only=True)
class Diploma(Span):
    """A level of education or a qualification that the sheet names as a way in."""

    kind: str = column(
        "`level` (« bac + 5 ») or `qualification` (« BTS MCO »)",
        values=("level", "qualification"),
        french="niveau d'études ou diplôme",
        example="qualification",
    )
    label: str = column("As named, without the sentence around it", french="diplôme", example="BTS MCO")
    years_after_bac: int | None = column(
        "Years of study after the baccalauréat; null below it",
        default=None,
        unit="years",
        low=0,
        high=15,
        french="bac + n",
        example=2,
    )
    level: int | None = column(
        "Level of the French frame since 2019, equal to the EQF level; null where none exists",
        default=None,
        low=1,
        high=8,
        french="niveau de qualification",
        example=5,
    )
    level_inferred: bool = column(
        "True where the level follows from the sheet's layout or from the school, not from the name",
        default=False,
        french="niveau déduit",
        example=False,
    )
    requirement: str | None = column(
        "How strongly it is asked for; null where the sheet only states it",
        default=None,
        values=REQUIREMENTS,
        ordered=True,
        french="exigé, conseillé, possible",
        example="required",
    )


@table("tasks", singular="task", grain="one row an activity of the job holder in a sheet", key=("evidence",))
@dataclass(slots=True, kw_only=True)
class Task(Span):
    """Something that the job holder does."""

    label: str = column("The activity without its subject", french="activité", example="calcule le retour sur investissement")
    group: str | None = column(
        "Heading or lead-in that names the group of activities",
        default=None,
        french="domaine d'activité",
        example="Piloter les campagnes",
    )
    position: int = column("Rank in the sheet, from 1", low=1, default=1, french="rang", example=3)
    verb: str | None = column(
        "Lemma of the head verb or of the head noun's verb", default=None, dictionary=True, example="calculer", french="verbe"
    )


@table("skills", singular="skill", grain="one row a skill, named once a sheet", key=("label",))
@dataclass(slots=True, kw_only=True)
class Skill(Span):
    """Something that the job holder knows, can do or is."""

    label: str = column(
        "The skill itself: noun or infinitive, no article", french="compétence", example="sens de l'organisation"
    )
    category: str = column(
        "Kind of skill",
        values=("language", "tool", "knowledge", "know-how", "soft"),
        french="langue, outil, savoir, savoir-faire, savoir-être",
        example="soft",
    )
    level: str | None = column(
        "For a language, the CEFR level or the sheet's own word",
        default=None,
        dictionary=True,
        french="niveau",
        example="courant",
    )
    requirement: str | None = column(
        "How strongly it is asked for",
        default=None,
        values=("appreciated", "required"),
        ordered=True,
        french="exigé, apprécié",
        example="required",
    )
    esco_uri: str | None = column(
        "ESCO concept, where the user has loaded ESCO",
        default=None,
        french="concept ESCO",
        example="http://data.europa.eu/esco/skill/ccd0a1d9-afda-43d9-b901-96344886e14d",
    )
    rome_code: str | None = column(
        "ROME competence code (OGR), where the user has loaded ROME", default=None, french="code OGR du ROME", example="300425"
    )


@table("experience", singular="experience", grain="one row an experience asked for in a sheet", key=("evidence",))
@dataclass(slots=True, kw_only=True)
class Experience(Span):
    """Professional experience that the sheet asks for."""

    years_minimum: float | None = column(
        "Least number of years", default=None, unit="years", low=0, high=60, example=2.0, french="années au moins"
    )
    years_maximum: float | None = column(
        "Greatest number of years", default=None, unit="years", low=0, high=60, french="années au plus", example=5.0
    )
    field: str | None = column("Field in which it is asked for", default=None, french="domaine", example="webmarketing")
    requirement: str | None = column(
        "How strongly it is asked for",
        default=None,
        values=REQUIREMENTS,
        ordered=True,
        french="exigé, conseillé, possible",
        example="required",
    )


@table("trainings", singular="training", grain="one row a named course in a sheet", key=("register_id", "label"))
@dataclass(slots=True, kw_only=True)
class Training(Span):
    """A named course, with its register id and school where given."""

    label: str = column("Name of the course", french="formation", example="master mention marketing, vente")
    register_id: str | None = column("Id in the register", default=None, example="FOR.5159", french="identifiant Onisep")
    school: str | None = column("School or organiser", default=None, french="établissement", example="Institut Montaulieu")


@table("statuses", singular="status", grain="one row an employment status in a sheet", key=("label",))
@dataclass(slots=True, kw_only=True)
class Status(Span):
    """An employment status under which the occupation is exercised."""

    label: str = column("As printed", french="statut", example="profession libérale")
    kind: str | None = column(
        "The status in this product's own list; null where it has none",
        default=None,
        values=("employee", "civil-servant", "self-employed", "apprentice", "military", "volunteer"),
        french="salarié, fonctionnaire, indépendant, apprenti, militaire, bénévole",
        example="self-employed",
    )


@table("codes", singular="code", grain="one row a code in a sheet", key=("scheme", "value"))
@dataclass(slots=True, kw_only=True)
class Code(Span):
    """The code of the occupation, or of something the sheet names, in a public scheme."""

    scheme: str = column(
        "Scheme of the code",
        dictionary=True,
        example="rome",
        values=("rome", "onisep", "rncp", "rs", "isco", "cnp", "naf", "nsf", "formacode", "pcs", "esco"),
        french="nomenclature",
    )
    value: str = column("The code", example="M1705", french="code")


@table("sectors", singular="sector", grain="one row a sector or kind of employer in a sheet", key=("label",))
@dataclass(slots=True, kw_only=True)
class Sector(Span):
    """An industry or kind of employer."""

    label: str = column("As printed, without the article", french="secteur", example="banque")


@table("interests", singular="interest", grain="one row a centre of interest in a sheet", key=("label",))
@dataclass(slots=True, kw_only=True)
class Interest(Span):
    """A centre of interest that a register links to the occupation."""

    label: str = column("As printed", french="centre d'intérêt", example="je veux travailler dans le commerce")


@table(
    "links",
    singular="link",
    grain="one row a title or skill of a sheet and a concept that it may stand for",
    key=("title_id", "skill_id", "scheme", "rank"),
    sort=("start", "end", "scheme", "rank"),
)
@dataclass(slots=True, kw_only=True)
class Link(Span):
    """A title or skill, and a concept of a public taxonomy that the user has loaded."""

    title_id: str | None = column(
        "The title that is linked; null for a skill",
        default=None,
        references="titles.title_id",
        french="intitulé",
        example="6f1c2a90be34d7a1",
    )
    skill_id: str | None = column(
        "The skill that is linked; null for a title",
        default=None,
        references="skills.skill_id",
        french="compétence",
        example="a17d4e92c05b38f6",
    )
    scheme: str = column("The taxonomy", dictionary=True, values=("esco", "rome"), french="référentiel", example="rome")
    version: str = column(
        "Version of the taxonomy, as its publisher numbers it", dictionary=True, example="460", french="version"
    )
    code: str = column(
        "What identifies the concept in its scheme: a ROME occupation code, the OGR code of a ROME competence, the last part "
        "of an ESCO URI",
        example="M1705",
        french="code",
    )
    uri: str | None = column(
        "Address of the concept, where the scheme has one",
        default=None,
        french="adresse du concept",
        example="http://data.europa.eu/esco/skill/ccd0a1d9-afda-43d9-b901-96344886e14d",
    )
    label: str = column("Preferred name of the concept", french="libellé", example="Responsable marketing")
    name: str = column(
        "The name of the concept that was matched; may be its label", french="appellation", example="Responsable du marketing"
    )
    score: float = column(
        "How sure: 1 for the same name, 0.95 for the same words in another form or order, less for the same words but for "
        "such as only frame them; else the likeness measured",
        low=0,
        high=1,
        example=0.95,
        french="degré de certitude",
    )
    method: str = column(
        "How it was found",
        values=("similar", "synonym", "core", "lemma", "exact"),
        ordered=True,
        example="lemma",
        french="méthode",
    )
    rank: int = column("1 for the likeliest concept of its scheme, then 2, 3", low=1, high=3, example=1, french="rang")


@table(
    "dropped", singular="dropped", grain="one row a block that the cleaning removed", key=("kind", "text"), sort=("position",)
)
@dataclass(slots=True, kw_only=True)
class Dropped(Record):
    """A block that the cleaning took out of the text, and why."""

    position: int = column("Rank among the blocks dropped from the sheet, from 1", low=1, french="rang", example=1)
    at: int = column(
        "Where it stood: offset in `sheets.text` of the next kept character",
        unit="characters",
        low=0,
        french="place",
        example=0,
    )
    kind: str = column(
        "What the block is",
        dictionary=True,
        example="comment",
        values=(
            "comment",
            "tweet",
            "navigation",
            "share",
            "related",
            "cookie",
            "author-box",
            "footer",
            "header",
            "form",
            "newsletter",
            "advertisement",
            "tags",
            "teaser",
            "caption",
            "media",
            "metadata",
            "boilerplate",
        ),
        french="nature",
    )
    text: str = column("The words that were removed", french="texte retiré", example="Partager sur les réseaux sociaux")
    reason: str = column("Name of the rule that removed it", dictionary=True, example="numbered-comment", french="règle")


@table(
    "rejects",
    singular="reject",
    grain="one row an input, or a record, that could not be used",
    key=("code", "message"),
    sort=("source", "code", "message"),
)
@dataclass(slots=True, kw_only=True)
class Reject(Record):
    """An input that gave no sheet, or a record that failed its checks."""

    source: str = column("Path or URI of the input", example="broken/empty.html", french="source")
    code: str = column(
        "Why, as a code",
        dictionary=True,
        example="empty",
        values=(
            "empty",
            "not-text",
            "undecodable",
            "too-large",
            "too-deep",
            "malformed",
            "not-a-sheet",
            "unreadable",
            "timeout",
            "memory",
            "crash",
            "unsafe-archive",
            "invalid-record",
        ),
        french="motif",
    )
    message: str = column(
        "Why, as a sentence: what, where and what to do", french="message", example="broken/empty.html: the file is empty."
    )


#: Tables whose records extractors read from a sheet.
EXTRACTED = tuple(name for name, cls in TABLES.items() if issubclass(cls, Span))
