"""What a preview of papers is made of: the choices above the pages, the options beside them."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu

from desktop_app.i18n import language, t
from desktop_app.ui.papers.paper_memory import recall, remember
from desktop_app.ui.papers.paper_options import PaperOptions
from desktop_app.ui.papers.period_picker import PeriodPicker
from desktop_app.ui.pdf_preview.preview import PdfPreview
from desktop_app.ui.view import ShellActions
from desktop_app.ui.widgets.buttons import (
    SegmentedControl,
    button,
    icon_button,
    label,
    menu_button,
    panel,
    row,
)

LANGUAGES = ("zh", "en", "both")
_PREVIEW = "preview"


class PaperFrame(PdfPreview):
    """The widgets of a paper preview; ``record_asked`` leads to what is missing."""

    record_asked = Signal(str, str, str)
    width_asked = Signal(bool)

    def __init__(self, shell: ShellActions) -> None:
        """Show no paper yet."""
        super().__init__(shell)
        self._titles: dict[str, str] = {}
        self._says_subject = False
        self._build_choices()
        self._build_options()

    def _build_choices(self) -> None:
        self.papers = QMenu(self)
        self.chooser = menu_button("", self.papers)
        self.tools.title.hide()
        self.tools.add(self.chooser)
        self.word = button(t("papers.word"), None, "file-down", tip=t("papers.save_word"))
        self.word.setAccessibleName(t("papers.save_word"))
        layout = self.tools.layout()
        assert layout is not None
        self.tools.add_right(self.word)
        layout.removeWidget(self._save)
        layout.addWidget(self._save)
        choices = [(code, t(f"papers.language_{code}")) for code in LANGUAGES]
        self.language = SegmentedControl(choices, t("papers.language"))
        self.period = PeriodPicker()
        self.updating = label(t("papers.updating"), "small")
        self.updating.hide()
        for widget in (self.language, self.period, self.updating):
            self.add_tool(widget)

    def _build_options(self) -> None:
        self.options = PaperOptions()
        self.options.gap_opened.connect(self.record_asked)
        self.gaps = self.options.gaps
        self.side = panel("pane")
        row(self.side, spacing=0).addWidget(self.options)
        self.add_side(self.side)
        kept = recall(self._shell, _PREVIEW)
        self.wide = icon_button("maximize", t("papers.full_width"), None, checkable=True)
        self.wide.setChecked(kept.get("full_width") is True)
        self.wide.toggled.connect(self._on_wide)
        self.aside = button("", None, "panel-right", "secondary", t("papers.options"))
        self.aside.setCheckable(True)
        self.aside.setChecked(kept.get("options") is not False)
        self.aside.toggled.connect(self._on_aside)
        self.side.setVisible(self.aside.isChecked())
        self.add_toggle(self.wide)
        self.add_toggle(self.aside)
        self._show_gap_count(None)

    def own_keys(self) -> list[tuple[str, Callable[[], object]]]:
        # Ctrl+P prints from the data beside it too: the view around has it.
        return [pair for pair in super().own_keys() if pair[0] != "Ctrl+P"]

    def show_subject(self, shown: bool) -> None:
        """Say whose paper it is, where nothing beside it does."""
        self._says_subject = shown
        self.tools.set_subtitle(self._titles.get(language(), "") if shown else "")

    def _on_wide(self, wide: bool) -> None:
        remember(self._shell, _PREVIEW, full_width=wide)
        self.width_asked.emit(wide)

    def _on_aside(self, shown: bool) -> None:
        remember(self._shell, _PREVIEW, options=shown)
        self.side.setVisible(shown)

    def _show_gap_count(self, count: int | None) -> None:
        text = t("papers.gap_count", count=count) if count else t("papers.choices")
        self.aside.setText(text)
        self.aside.setAccessibleName(f"{t('papers.options')} – {text}")
        self.word.setEnabled(count is not None)
