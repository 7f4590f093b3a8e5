"""The first start inside the window, and the demonstration team that it can begin with."""

from typing import TYPE_CHECKING, Any

from desktop_app.i18n import t
from desktop_app.ui import background

if TYPE_CHECKING:
    from desktop_app.ui.shell import MainWindow


class Welcome:
    """Shows the three steps in place of the views, and goes on with what was chosen."""

    def __init__(self, window: "MainWindow", join: str = "") -> None:
        """Lead the first start of a window, with the team's file to join if it is known."""
        self._window, self._join = window, join

    def start(self, step: int = 0) -> None:
        """Ask the three things of a first start in place of the views."""
        from desktop_app.ui.first_run.first_run import FirstRun

        window = self._window
        window.navigation.hide()
        page = FirstRun(window.store, window.settings, step)
        if self._join:
            page.join(self._join)
        page.finished.connect(self._on_finished)
        page.form.connected.connect(
            lambda _r: window.sync.unlock(page.form.passphrase.text() or None)
        )
        page.language_chosen.connect(self._on_language)
        window.stack.addWidget(page)
        window.stack.setCurrentWidget(page)

    def _on_language(self, language: str) -> None:
        """Speak the language chosen in the first step at once."""
        self._window.build_anew(language)
        self.start()

    def _on_finished(self, choice: str) -> None:
        """Go on with what was chosen last: ``demo``, ``import`` or ``empty``."""
        window = self._window
        window.settings.first_run_done = True
        window.store.workspace.author_id = window.settings.me
        window.save_settings()
        window.build_anew()
        if choice == "import":
            window.import_file()
        else:
            window.show_view("desk")
        if choice == "demo":
            window.make_demo()
        window.refresh_counts()
        window.watch()


def become_someone(window: "MainWindow") -> None:
    """Be the first member as long as nobody said who they are: "mine" then means something."""
    from desktop_app.services.members import member_rows

    found = window.store.read(member_rows)
    if window.settings.me is None and found:
        window.settings.me = window.store.workspace.author_id = found[0].id


def make_demo_team(window: "MainWindow") -> None:
    """Make the demonstration team in the background, as one step that can be undone."""
    from desktop_app.services.demo import make_demo

    workspace = window.store.workspace

    def work(job: background.Job) -> object:
        job.report(-1, "")
        with workspace.write(t("shell.label_demo")) as session:
            make_demo(session)
        return workspace.last_changes

    def done(changes: Any) -> None:
        become_someone(window)
        window.store.announce(changes)
        window.toast(t("shell.demo_done"), undo=True)

    window.run_job(t("shell.demo_running"), work, done)
