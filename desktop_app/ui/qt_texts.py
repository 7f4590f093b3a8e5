"""Qt's own texts (file dialogs, context menus of fields) in the language in use."""

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from desktop_app.i18n import t

# What Qt's own Chinese leaves in English, by context and text.
_MISSING = {
    ("QFileDialog", "&Look in:"): "shell.qt_look_in",
    ("QFileDialog", "Files of &type:"): "shell.qt_file_type",
    ("QAbstractFileIconProvider", "Drive"): "shell.qt_drive",
    ("QAbstractFileIconProvider", "File"): "shell.qt_file",
    ("QAbstractFileIconProvider", "Folder"): "shell.qt_folder",
    ("QAbstractFileIconProvider", "File Folder"): "shell.qt_folder",
    ("QAbstractFileIconProvider", "%1 File"): "shell.qt_file_of_kind",
}


class _Translator(QTranslator):
    """Qt's own translation, with what it lacks."""

    def translate(
        self, context: str, text: str, disambiguation: str | None = None, n: int = -1
    ) -> str | None:
        key = _MISSING.get((context, text))
        if key is not None:
            return t(key)
        return super().translate(context, text, disambiguation or "", n)


class _Loaded:
    """The translator that is installed now, kept so that it can be taken out."""

    translator: QTranslator | None = None


def speak(language: str) -> None:
    """Let Qt's own dialogs speak ``zh`` or ``en``, and count dates and numbers accordingly."""
    app = QCoreApplication.instance()
    assert app is not None
    if _Loaded.translator is not None:
        app.removeTranslator(_Loaded.translator)
        _Loaded.translator = None
    QLocale.setDefault(QLocale("zh_CN" if language == "zh" else "en_GB"))
    if language == "zh":
        translator = _Translator(app)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if translator.load("qtbase_zh_CN", folder):
            app.installTranslator(translator)
            _Loaded.translator = translator
