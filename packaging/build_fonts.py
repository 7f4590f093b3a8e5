"""Build the two static "Invest Desk Sans" fonts from the Noto fonts of the npm registry.

ReportLab takes only static TrueType outlines and knows no fallback font, so one file must hold both
the Chinese and the European letters. Run `npm install --ignore-scripts` for the four packages named
in `resources/fonts/README.md`, then give this script their `node_modules` folder.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path
from typing import Any

# Build-only package: the app never imports it, so the project's own environment lacks it.
from fontTools import subset
from fontTools.merge import Merger
from fontTools.ttLib import TTFont

FAMILY = "Invest Desk Sans"
VERSION = "1.000"
# Seconds from 1904 to 2026-01-01: a fixed date keeps two builds of the same sources identical.
BUILD_DATE = 3850070400
COPYRIGHT = (
    "Copyright 2014-2021 Adobe (http://www.adobe.com/), with Reserved Font Name 'Source'; "
    "Copyright 2022 The Noto Project Authors "
    "(https://github.com/notofonts/latin-greek-cyrillic, https://github.com/notofonts/symbols). "
    "Subset and merged under a new name."
)
LICENCE = "This Font Software is licensed under the SIL Open Font License, Version 1.1."
LICENCE_URL = "https://openfontlicense.org"

# Characters of the general-use list (2013) outside GBK that people bear in their names.
RARE_HAN = (
    "㑇㑊㕮㘎㙍㙘㙦㛃㛚㛹㟃㠇㠓㤘㥄㧐㧑㧟㫰㬊㬎㬚㭎㭕㮾㰀㳇㳘㳚㴔㵐㶲㸆㸌㺄㻬㽏㿠"
    "䁖䂮䃅䃎䅟䌹䎃䎖䏝䏡䏲䐃䓖䓛䓨䓫䓬䗖䗛䗪䗴䜣䝙䢺䢼䣘䥽䦃䲟䲠䲢䴓䴔䴕䴖䴗䴘䴙䶮"
    "喆堃昇珺玥婧璟赟煊晟翀劼镕甦甡垚犇淼焱鑫骉羴猋煜烨铄鎏钰滢溆溱沣泖邗邳睢盱眙"
)
SYMBOLS = "✓✔✗✘✕⚠☐☑☒"
# Typed between Chinese words these must have the width of a Chinese character.
CJK_PUNCTUATION = frozenset(map(ord, "‘’“”—…‥℃￥"))
REQUIRED = (
    "0123456789äöüÄÖÜßéèêëàâçñšžčćŁłőűıİşğřůøåæœ·€£¥≈≥≤×−–—±÷°§‰²³½№™©®"
    "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳←↑→↓●○■□◆◇▲▼★☆、。《》【】（），：；！？“”‘’…㎡℃" + SYMBOLS + RARE_HAN
)


def gbk_characters() -> set[int]:
    """Return every code point that GBK can write in two bytes."""
    found: set[int] = set()
    for lead in range(0x81, 0xFF):
        for trail in [*range(0x40, 0x7F), *range(0x80, 0xFF)]:
            try:
                text = bytes([lead, trail]).decode("gbk")
            except UnicodeDecodeError:
                continue
            found.update(map(ord, text))
    return found


def western_characters() -> set[int]:
    """Return the code points wanted from the European font: Latin, Greek, Cyrillic and signs."""
    ranges = [(0x20, 0x250), (0x2B0, 0x460), (0x1E00, 0x1F00), (0x2000, 0x2070), (0x2070, 0x20D0)]
    ranges += [(0x2100, 0x2160), (0x2200, 0x2270)]
    return {code for first, end in ranges for code in range(first, end)} - CJK_PUNCTUATION


def chinese_characters(available: set[int]) -> set[int]:
    """Return the code points wanted from the Chinese font, given those it has.

    The characters beyond the first plane are the few hundred that the Chinese font itself
    selects: nearly all serve names of people and places.
    """
    ranges = [(0x2160, 0x2200), (0x2460, 0x2700), (0x3000, 0x3040), (0x3200, 0x3400)]
    ranges += [(0xFE30, 0xFE50), (0xFF00, 0xFFF0), (0x9FA6, 0xA000), (0x20000, 0x40000)]
    wanted = {code for first, end in ranges for code in range(first, end)}
    wanted |= gbk_characters() | set(map(ord, RARE_HAN)) | western_characters() | CJK_PUNCTUATION
    return wanted & available


def subset_options() -> Any:
    """Return the subsetter's settings: no hints, no vertical tables, only the useful features."""
    options = subset.Options()
    options.hinting = False
    options.layout_features = ["kern", "mark", "mkmk", "ccmp", "locl"]
    options.name_IDs = ["*"]
    options.notdef_outline = True
    options.drop_tables += ["BASE", "STAT", "DSIG", "meta", "vhea", "vmtx", "VORG"]
    options.glyph_names = False
    options.legacy_kern = False
    return options


def write_subset(source: Path, codes: set[int], target: Path) -> None:
    """Write the glyphs of some code points of a font to a new file."""
    font = TTFont(source, lazy=False)
    subsetter = subset.Subsetter(subset_options())
    subsetter.populate(unicodes=codes)
    subsetter.subset(font)
    font.save(target)


def name_font(font: Any, weight: int) -> None:
    """Give a merged font its family name, style, copyrights and licence."""
    bold = weight == 700
    style = "Bold" if bold else "Regular"
    postscript = f"{FAMILY.replace(' ', '')}-{style}"
    names = {
        0: COPYRIGHT,
        1: FAMILY,
        2: style,
        3: f"{VERSION};{postscript}",
        4: f"{FAMILY} {style}",
        5: f"Version {VERSION}",
        6: postscript,
        13: LICENCE,
        14: LICENCE_URL,
    }
    font["name"].names = []
    for name_id, text in names.items():
        font["name"].setName(text, name_id, 3, 1, 0x409)
    font["OS/2"].usWeightClass = weight
    font["OS/2"].fsSelection = (0x20 if bold else 0x40) | 0x80
    font["OS/2"].fsType = 0
    font["head"].macStyle = 1 if bold else 0
    font["head"].created = font["head"].modified = BUILD_DATE
    font["post"].formatType = 3.0


def check_font(path: Path) -> None:
    """Fail unless a built font has every required character and digits of one width.

    Raises:
        SystemExit: A character is missing or the figures are not tabular.
    """
    font = TTFont(path)
    cmap = font.getBestCmap()
    missing = [char for char in REQUIRED if ord(char) not in cmap]
    widths = {font["hmtx"][cmap[ord(digit)]][0] for digit in "0123456789"}
    if missing or len(widths) != 1 or "glyf" not in font:
        raise SystemExit(f"{path.name}: missing {''.join(missing)}, digit widths {widths}")


def build(modules: Path, weight: int, folder: str, target: Path) -> None:
    """Build one weight from the packages below a node_modules folder."""
    fonts = modules / "@expo-google-fonts"
    western = fonts / "noto-sans" / folder / f"NotoSans_{folder}.ttf"
    chinese = fonts / "noto-sans-sc" / folder / f"NotoSansSC_{folder}.ttf"
    # The symbols exist in one weight only, which suits both.
    symbols = fonts / "noto-sans-symbols-2" / "400Regular" / "NotoSansSymbols2_400Regular.ttf"
    symbol_codes = set(map(ord, SYMBOLS))
    western_codes = western_characters() & set(TTFont(western).getBestCmap())
    chinese_codes = chinese_characters(set(TTFont(chinese).getBestCmap()))
    with tempfile.TemporaryDirectory() as scratch:
        parts = [Path(scratch) / name for name in ("western.ttf", "chinese.ttf", "symbols.ttf")]
        write_subset(western, western_codes, parts[0])
        write_subset(chinese, chinese_codes - western_codes - symbol_codes, parts[1])
        write_subset(symbols, symbol_codes, parts[2])
        merged = Merger().merge([str(part) for part in parts])
        metrics = TTFont(parts[1])
        # Chinese needs more room above and below the line than Latin: its metrics rule.
        for key in ("ascent", "descent", "lineGap"):
            setattr(merged["hhea"], key, getattr(metrics["hhea"], key))
        for key in (
            "sTypoAscender",
            "sTypoDescender",
            "sTypoLineGap",
            "usWinAscent",
            "usWinDescent",
        ):
            setattr(merged["OS/2"], key, getattr(metrics["OS/2"], key))
        # The typographic ones leave no space between lines, and Qt follows them.
        merged["OS/2"].sTypoAscender = metrics["hhea"].ascent
        merged["OS/2"].sTypoDescender = metrics["hhea"].descent
        name_font(merged, weight)
        merged.recalcTimestamp = False
        merged.save(target)
    check_font(target)


def main() -> None:
    """Build both weights into the resource folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("node_modules", type=Path)
    default = Path(__file__).resolve().parent.parent / "resources" / "fonts"
    parser.add_argument("--out", type=Path, default=default)
    arguments = parser.parse_args()
    for weight, folder, style in ((400, "400Regular", "Regular"), (700, "700Bold", "Bold")):
        build(arguments.node_modules, weight, folder, arguments.out / f"InvestDeskSans-{style}.ttf")


if __name__ == "__main__":
    main()
