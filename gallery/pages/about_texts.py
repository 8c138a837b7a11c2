"""What the gallery says about itself, its visitors and their rights."""

from datetime import date
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Section(NamedTuple):
    name: Promise
    paragraphs: tuple[Promise, ...]


class About(NamedTuple):
    """`changed` is the day on which its words last became other words, in either language."""

    title: Promise
    description: Promise
    changed: date
    sections: tuple[Section, ...]


TERMS = About(
    _("Terms of use"),
    _("What may be done with this gallery and the works in it, and what its operator answers for."),
    date(2026, 11, 24),
    (
        Section(
            _("The gallery"),
            (
                _(
                    "Everything that hangs here was generated with AI from a prompt, looked at by a person"
                    " and approved. Nothing here is a photograph of an event or of a real person."
                ),
                _(
                    "Looking, searching and downloading are free and need no account. Making works needs "
                    "one, which the operator opens."
                ),
            ),
        ),
        Section(
            _("What is not allowed"),
            (
                _(
                    "Do not present a work as a record of something that happened, or as a picture of a "
                    "real person. Do not remove the AI mark from a file in order to deceive."
                ),
                _(
                    "Do not load the site in a way that keeps others from using it. The API has limits and"
                    " says how much of them is left."
                ),
            ),
        ),
        Section(
            _("When something is wrong"),
            (
                _(
                    "Every work has a link to report it, and the takedown form takes any address. Reports "
                    "are read by people. A work that breaks the law or the rights of somebody is removed, "
                    "and its address stays empty for ever."
                ),
            ),
        ),
        Section(
            _("What we answer for"),
            (
                _(
                    "Works are shown as they are. The operator answers for damage done on purpose or by "
                    "gross negligence, and for whatever the law of Thailand does not let anybody exclude."
                ),
            ),
        ),
    ),
)

PRIVACY = About(
    _("Privacy"),
    _("What this gallery keeps about its visitors, for how long, and how to ask about it."),
    date(2026, 11, 24),
    (
        Section(
            _("Visitors"),
            (
                _(
                    "No cookie is set by looking, searching or downloading, and no other company's script,"
                    " font or counter is loaded. Share buttons are plain links: nothing is sent to anybody"
                    " until you follow one."
                ),
                _(
                    "A view is counted after a second of looking. To tell visitors of one day apart, "
                    "address and browser are turned into a hash whose salt is thrown away when the day is "
                    "over; after that nobody can tell who it was, we included."
                ),
                _(
                    "Liking a work sets one cookie with a random number, readable by the likes of this "
                    "gallery only, for 400 days. We keep a hash of it beside the work, so that a like "
                    "counts once."
                ),
                _(
                    "To keep the site up, the number of requests per network address is counted for "
                    "minutes, at most hours, and then forgotten."
                ),
            ),
        ),
        Section(
            _("Who writes to us"),
            (
                _(
                    "A report or a takedown request is kept with the address you leave until it is settled"
                    " and for as long as the law asks us to prove how. It is read by the moderators and "
                    "shown to nobody else."
                ),
                _("A file that you check under “Verify” is looked at and deleted at once."),
            ),
        ),
        Section(
            _("People with an account"),
            (
                _(
                    "We keep your name, your keys as hashes, your prompts, files and tasks, the ledger of "
                    "your credits, and a log of what was done with the account and from which network "
                    "address. Prompts and reference files are sent to the provider that runs the models."
                ),
                _(
                    "You can take everything out as a ZIP file, and delete the account yourself. Files and"
                    " texts are then deleted; the ledger stays without your name, because accounts must be"
                    " kept."
                ),
            ),
        ),
        Section(
            _("Your rights"),
            (
                _(
                    "Under the Personal Data Protection Act you may ask what we keep about you, have it "
                    "corrected or deleted, and object. Use the takedown form and say that it is about your"
                    " data. You may also complain to the Personal Data Protection Committee."
                ),
            ),
        ),
    ),
)

LICENCE = About(
    _("Licence"),
    _("What may be done with a downloaded work, and what must stay with it."),
    date(2026, 11, 24),
    (
        Section(
            _("Using a work"),
            (
                _(
                    "Unless a work's page says otherwise, you may download it, show it, change it and use "
                    "it, also for money. Naming the SmartSpec Gallery is welcome and not required."
                ),
                _(
                    "A work made by AI alone may have no copyright in your country. Then nobody can give "
                    "you one, and nobody can keep others from using the same picture."
                ),
            ),
        ),
        Section(
            _("The mark in the file"),
            (
                _(
                    "Every published file says in its metadata that it was made by trained algorithms (the"
                    " IPTC digital source type). Please leave it there: in more and more places the law "
                    "asks for it."
                ),
                _("Whoever has a file and wonders can ask under “Verify” whether it was made here."),
            ),
        ),
        Section(
            _("What the licence does not give"),
            (
                _(
                    "It says nothing about names, brands and faces that a work may call to mind. Who uses "
                    "a work answers for the use."
                ),
            ),
        ),
    ),
)

PAGES = {"terms": TERMS, "privacy": PRIVACY, "licence": LICENCE}
