"""Cuts the portal's fonts from Readex Pro, whose outlines are under the Open Font License.

Readex Pro has no tabular figures: "1" is narrower than "0", so columns of amounts would not
line up. The two digits fonts hold the ten digits alone, all with the advance of the widest at
every weight; the family names them first, with a `unicode-range` of the digits. The two text fonts keep
what the portal writes, at the weights it uses.

    pip install fonttools brotli
    npm pack @fontsource-variable/readex-pro@5.3.0 && tar xzf fontsource-variable-readex-pro-5.3.0.tgz
    python3 make_fonts.py package/files
"""

import sys
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

WEIGHTS = (400, 700)
LATIN = [*range(0x20, 0x7F), 0xA0, 0xA9, 0xAB, 0xB0, 0xB7, 0xBB, 0xD7, 0xE9, 0xF7, 0x2009,
         0x200E, 0x200F, 0x2010, 0x2011, 0x2013, 0x2014, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
         0x2026, 0x2066, 0x2067, 0x2068, 0x2069, 0x2212, 0x2248, 0x2260, 0x2264, 0x2265]
ARABIC = [*range(0x600, 0x700), 0x200C, 0x200D, 0x200E, 0x200F, *range(0xFE70, 0xFEFD)]
LATIN_DIGITS = range(0x30, 0x3A)
ARABIC_DIGITS = range(0x660, 0x66A)


def cut(source, code_points, layout_features):
    """The font reduced to `code_points` and to the weights the portal uses."""
    font = TTFont(source)
    options = Options(flavor="woff2", layout_features=layout_features, hinting=False,
                      name_IDs=[0, 1, 2, 13, 14], notdef_outline=True)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=code_points)
    subsetter.subset(font)
    font = instantiateVariableFont(font, {"wght": WEIGHTS})
    font.flavor = "woff2"
    return font


def widen_to_widest(font, code_points):
    """Gives every digit the widest one's advance at every weight, its outline centred in it."""
    names = [font.getBestCmap()[code] for code in code_points]
    glyphs, metrics, variations = font["glyf"], font["hmtx"].metrics, font["gvar"].variations
    for name in names:
        for variation in variations[name]:
            variation.calcInferredDeltas(*control_points(font, name))
            variation.roundDeltas()
    widest = max(names, key=lambda name: metrics[name][0])
    widest_advance = metrics[widest][0]
    widest_growth = {str(v.axes): growth(v) for v in variations[widest]}
    for name in names:
        shift = round((widest_advance - metrics[name][0]) / 2)
        glyph = glyphs[name]
        glyph.coordinates.translate((shift, 0))
        glyph.recalcBounds(glyphs)
        metrics[name] = (widest_advance, glyph.xMin)
        assert {str(v.axes) for v in variations[name]} == set(widest_growth), name
        for variation in variations[name]:
            advance = widest_growth[str(variation.axes)]
            move = round((advance - growth(variation)) / 2) - variation.coordinates[-4][0]
            outline = [(x + move, y) for x, y in variation.coordinates[:-4]]
            variation.coordinates = [*outline, (0, 0), (advance, 0), *variation.coordinates[-2:]]
    # The widths now follow from the outlines; the table that repeats them would contradict.
    del font["HVAR"]


def growth(variation):
    """How much the advance grows: what the two horizontal phantom points, fourth and third from
    the end, move apart."""
    return variation.coordinates[-3][0] - variation.coordinates[-4][0]


def control_points(font, name):
    """The glyph's points and where its contours end, as the deltas' inference wants them."""
    points, control = font["glyf"]._getCoordinatesAndControls(name, font["hmtx"].metrics)
    return points, control.endPts


def main(package_files):
    """Writes the four fonts beside this script."""
    here, source = Path(__file__).parent, Path(package_files)
    latin = source / "readex-pro-latin-wght-normal.woff2"
    arabic = source / "readex-pro-arabic-wght-normal.woff2"
    shaping = ["ccmp", "locl", "mark", "mkmk", "kern", "init", "medi", "fina", "rlig", "liga", "calt"]
    digits_of = {"latin": (latin, LATIN_DIGITS), "arabic": (arabic, ARABIC_DIGITS)}
    fonts = {"latin": cut(latin, LATIN, shaping), "arabic": cut(arabic, ARABIC, shaping)}
    for script, (file, code_points) in digits_of.items():
        fonts[f"digits-{script}"] = cut(file, code_points, [])
        widen_to_widest(fonts[f"digits-{script}"], code_points)
    for name, font in fonts.items():
        file = here / f"readex-pro-{name}.woff2"
        font.save(file)
        print(f"{file.stat().st_size:6} {file.name}")


main(sys.argv[1])
