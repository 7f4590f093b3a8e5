"""The settings: of this laptop, of the team, the limits of the trip checks, and the data."""

import logging
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop_app import __version__, i18n
from desktop_app.db.change import Changes
from desktop_app.domain.trip_rules import TripLimits
from desktop_app.i18n import t
from desktop_app.services import members, team_settings
from desktop_app.ui.background import Job
from desktop_app.ui.protection.protection_card import ProtectionCard
from desktop_app.ui.settings_view.cards import add_line, card
from desktop_app.ui.settings_view.cases_card import CasesCard
from desktop_app.ui.settings_view.checklist_card import ChecklistCard
from desktop_app.ui.settings_view.rates_card import RatesCard
from desktop_app.ui.settings_view.reminders_card import reminders_card
from desktop_app.ui.store import Store
from desktop_app.ui.sync.team_card import TeamCard
from desktop_app.ui.view import Action, ShellActions, View
from desktop_app.ui.widgets.buttons import SegmentedControl, ToolRow, button, column
from desktop_app.ui.widgets.popup_fields import Option, RecordField
from desktop_app.ui.widgets.text_fields import IntField, TextField

logger = logging.getLogger(__name__)
_LIMITS = (
    "delegates",
    "countries",
    "days_1",
    "days_2",
    "days_3",
    "notice_working_days",
    "report_months",
    "passport_return_days",
    "passport_months",
)
_SCALES = (("1", "100%"), ("1.25", "125%"), ("1.5", "150%"), ("2", "200%"))


class SettingsView(View):
    """Each setting is saved as soon as it is altered."""

    name, icon = "settings", "settings"

    def __init__(self, store: Store, shell: ShellActions) -> None:
        """Make all settings; ``refresh`` fills in what they are."""
        super().__init__(store, shell)
        layout = column(self)
        layout.addWidget(ToolRow(t("shell.settings")))
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setAccessibleName(t("shell.settings"))
        page = QWidget()
        page.setProperty("role", "background")
        page.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        columns = QHBoxLayout(page)
        columns.setContentsMargins(18, 16, 18, 18)
        columns.setSpacing(14)
        left, right = QVBoxLayout(), QVBoxLayout()
        for side, parts in (
            (
                left,
                (
                    self._person(),
                    reminders_card(self.shell),
                    self._file(),
                    self._data(),
                    self._protection(),
                    self._rates(),
                ),
            ),
            (right, (self._team(), self._trips(), self._cases(), self._checklist())),
        ):
            side.setSpacing(14)
            for part in parts:
                side.addWidget(part)
            side.addStretch(1)
        columns.addLayout(left, 1)
        columns.addLayout(right, 1)
        scroll.setWidget(page)
        layout.addWidget(scroll, 1)

    # --- the four cards

    def _person(self) -> QFrame:
        frame, body = card(t("shell.set_person"))
        settings = self.shell.settings
        self.language = SegmentedControl(
            [("zh", "中文"), ("en", "English")], t("shell.set_language")
        )
        self.language.set_value(i18n.language())
        self.language.chosen.connect(self.shell.set_language)
        add_line(body, t("shell.set_language"), self.language)
        self.theme = SegmentedControl(
            [
                ("light", t("shell.set_theme_light")),
                ("dark", t("shell.set_theme_dark")),
                ("", t("shell.set_theme_system")),
            ],
            t("shell.set_theme"),
        )
        self.theme.set_value(settings.theme)
        self.theme.chosen.connect(self.shell.set_theme)
        add_line(body, t("shell.set_theme"), self.theme)
        self.scale = SegmentedControl(list(_SCALES), t("shell.set_scale"))
        self.scale.set_value(f"{settings.scale:g}")
        self.scale.chosen.connect(self._on_scale)
        add_line(body, t("shell.set_scale"), self.scale, t("shell.set_scale_hint"))
        self.me = RecordField(t("shell.set_me"), self._members, create=self._add_me, inplace=False)
        self.me.setFixedWidth(220)
        self.me.edited.connect(self._on_me)
        add_line(body, t("shell.set_me"), self.me)
        return frame

    def _file(self) -> QFrame:
        self.team_card = TeamCard(self.store, self.shell)
        return self.team_card

    def _protection(self) -> QFrame:
        self.protection_card = ProtectionCard(self.store, self.shell)
        return self.protection_card

    def _team(self) -> QFrame:
        frame, body = card(t("shell.set_team"))
        self.team = TextField(
            t("shell.set_team_name"), t("shell.first_team_example"), inplace=False
        )
        self.team.setMinimumWidth(260)
        self.team.edited.connect(lambda value: self._put("team_name", value))
        add_line(body, t("shell.set_team_name"), self.team)
        self.team_en = TextField(t("shell.set_team_name_en"), inplace=False)
        self.team_en.setMinimumWidth(260)
        self.team_en.edited.connect(lambda value: self._put("team_name_en", value))
        add_line(body, t("shell.set_team_name_en"), self.team_en)
        self.stale = IntField(t("shell.set_stale_days"), inplace=False)
        self.stale.setFixedWidth(90)
        self.stale.edited.connect(self._on_stale)
        add_line(body, t("shell.set_stale_days"), self.stale)
        return frame

    def _rates(self) -> QFrame:
        self.rates_card = RatesCard(self.store)
        return self.rates_card

    def _cases(self) -> QFrame:
        self.cases_card = CasesCard(self.store, self.shell.toast)
        return self.cases_card

    def _checklist(self) -> QFrame:
        self.checklist_card = ChecklistCard(self.store, self.shell.toast)
        return self.checklist_card

    def _trips(self) -> QFrame:
        frame, body = card(t("shell.set_trip"), t("shell.set_trip_hint"))
        self.limits: dict[str, IntField] = {}
        for name in _LIMITS:
            field = IntField(t(f"shell.limit.{name}"), inplace=False)
            field.setFixedWidth(90)
            field.edited.connect(lambda value, name=name: self._on_limit(name, value))
            self.limits[name] = field
            add_line(body, t(f"shell.limit.{name}"), field)
        return frame

    def _data(self) -> QFrame:
        frame, body = card(t("shell.set_data"))
        for text, hint, callback, icon_name in (
            ("set_backup", "set_backup_hint", self.back_up, "save"),
            ("set_restore", "set_restore_hint", self.restore, "rotate-ccw-clock"),
            ("set_backups", "set_backups_hint", self.show_backups, "database-backup"),
            ("set_check", "set_check_hint", self.check, "circle-check"),
            ("set_demo", "set_demo_hint", self.shell.make_demo, "star"),
            ("set_support", "set_support_hint", self.write_support, "life-buoy"),
            ("set_open_folder", "", self._open_folder, "folder-open"),
        ):
            folder = str(self.store.workspace.paths.folder)
            said = t(f"shell.{hint}") if hint else folder
            one = button(t(f"shell.{text}"), callback, icon_name)
            one.setMinimumWidth(150)
            add_line(body, said, one, muted=True)
        self.about_button = button(t("about.open"), self.shell.open_about, "info")
        self.about_button.setMinimumWidth(150)
        hint = t("about.open_hint", version=__version__)
        add_line(body, hint, self.about_button, muted=True)
        return frame

    # --- reading and writing

    def refresh(self, changes: Changes | None = None) -> None:
        """Show the team's settings as they are now."""
        self.team_card.read()
        if changes is not None and not changes.tables & {"setting", "member", "case", "approval"}:
            return
        stored = self.store.read(team_settings.get, "trip_limits") or {}
        limits = TripLimits(**{k: v for k, v in stored.items() if hasattr(TripLimits, k)})
        for name, field in self.limits.items():
            field.set_value(getattr(limits, name))
        self.team.set_value(self.store.read(team_settings.get, "team_name"))
        self.team_en.set_value(self.store.read(team_settings.get, "team_name_en"))
        self.stale.set_value(self.store.read(team_settings.get, "stale_days"))
        self.rates_card.read()
        self.cases_card.read()
        self.checklist_card.read()
        me = self.shell.me
        name = next((o.text for o in self._members("") if o.id == me), "")
        self.me.set_record(me, name)

    def _members(self, text: str) -> list[Option]:
        wanted = text.casefold()
        rows = self.store.read(members.member_rows)
        return [
            Option(row.id, row.name, row.role or row.squad)
            for row in rows
            if wanted in f"{row.name} {row.name_en}".casefold()
        ]

    def _on_me(self, member_id: str | None) -> None:
        self.shell.be(member_id)

    def _add_me(self, name: str) -> str | None:
        add: Any = members.find_or_add
        return str(self.store.write(t("sync.label_me", name=name), add, name))

    def _on_scale(self, code: str) -> None:
        self.shell.settings.scale = float(code)
        self.shell.save_settings()
        self.shell.toast(t("shell.set_scale_hint"))

    def _put(self, name: str, value: Any) -> None:
        self.store.write(t("shell.set_label"), team_settings.put, name, value)

    def _on_stale(self, days: int | None) -> None:
        self._put("stale_days", max(1, min(days or 30, 3650)))
        self.refresh(None)

    def _on_limit(self, name: str, value: int | None) -> None:
        stored = dict(self.store.read(team_settings.get, "trip_limits") or {})
        if value is None or value < 0 or value > 3650:
            stored.pop(name, None)
        else:
            stored[name] = value
        self._put("trip_limits", stored)
        self.refresh(None)

    # --- data

    def back_up(self) -> None:
        """Write everything into one file."""
        import datetime as dt

        from desktop_app.db.backup import backup

        name = f"invest-desk-{dt.date.today():%Y%m%d}.zip"
        path = self.shell.choose_file(t("shell.set_backup_title"), "ZIP (*.zip)", name)
        if path is None:
            return
        workspace = self.store.workspace

        def work(job: Job) -> None:
            job.report(-1, "")
            backup(workspace, path)

        done = t("shell.set_backup_done", name=path.name)
        self.shell.run_job(
            t("shell.set_backup_title"), work, lambda _nothing: self.shell.toast(done)
        )

    def restore(self) -> None:
        """Put a backup chosen from a folder in place of the present data, after a question."""
        path = self.shell.choose_file(t("shell.set_restore_title"), "ZIP, DB (*.zip *.db)")
        if path is not None:
            self.restore_from(path)

    def restore_from(self, path: Path) -> bool:
        """Put a backup in place of the present data, after a question; say whether it was done."""
        from desktop_app.db.backup import restore

        if not self.shell.confirm(
            t("shell.set_restore_title"),
            t("shell.set_restore_ask", name=path.name),
            t("shell.set_restore_yes"),
            danger=True,
        ):
            return False
        restore(self.store.workspace.paths.folder, path)
        self.store.announce(Changes(tables=frozenset({"setting"})))
        self.shell.rebuild()
        self.shell.toast(t("shell.set_restore_done"))
        return True

    def show_backups(self) -> None:
        """Show the backups made by time, to look into them and put one back."""
        from desktop_app.ui.backups.backup_timer import backup_folder
        from desktop_app.ui.backups.backups_dialog import BackupsDialog

        workspace = self.store.workspace
        folder = backup_folder(workspace.paths)
        BackupsDialog(self, folder, workspace.key, self.restore_from).open()

    def write_support(self) -> None:
        """Write the file that a person can send when something went wrong."""
        import datetime as dt

        from desktop_app.services.support_file import write_support_file

        name = f"invest-desk-support-{dt.date.today():%Y%m%d}.txt"
        path = self.shell.choose_file(t("shell.set_support_title"), "TXT (*.txt)", name)
        if path is None:
            return
        screen, size = self.screen(), self.screen().size()
        known = {
            "language": i18n.language(),
            "scale": self.shell.settings.scale,
            "theme": self.shell.settings.theme or "system",
            "screen": f"{size.width()}x{size.height()} at {screen.devicePixelRatio()}",
        }
        folder = self.store.workspace.paths.folder
        self.store.look(write_support_file, folder, path, known)
        self.shell.toast_file(t("shell.set_support_done", name=path.name), path)

    def check(self) -> None:
        """Compare every row with its history, in the background."""
        from desktop_app.db.check import check

        workspace = self.store.workspace

        def work(job: Job) -> Any:
            job.report(-1, "")
            return check(workspace)

        def done(report: Any) -> None:
            if report.ok:
                self.shell.toast(t("shell.set_check_ok"))
                return
            for problem in report.problems:
                logger.error("Check: %s", problem)
            log = workspace.paths.folder / "invest-desk.log"
            self.shell.toast(t("shell.set_check_bad", count=len(report.problems), path=log))

        self.shell.run_job(t("shell.set_check"), work, done)

    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.store.workspace.paths.folder)))

    def actions_offered(self) -> list[Action]:
        """Return what can be done with the data."""
        return [
            Action(t("shell.set_backup"), self.back_up, "save"),
            Action(t("shell.set_restore"), self.restore, "rotate-ccw-clock"),
            Action(t("shell.set_backups"), self.show_backups, "database-backup"),
            Action(t("shell.set_support"), self.write_support, "life-buoy"),
            Action(t("shell.set_check"), self.check, "circle-check"),
        ]
