"""The look of a report page, on screen and on paper."""

from __future__ import annotations

from collections.abc import Iterable

from hengtu.writers.palette import BRAND, BRAND_INK, FONTS, INK, LIGHTS, LINE, MUTED, PAPER

_LIGHTS = "".join(
    f"td.light-{colour}{{color:{ink};font-weight:700}}" for colour, ink in LIGHTS.items()
)
_SHEET = f"""
*{{box-sizing:border-box}}
body{{margin:0;background:#f4f6f8;color:{INK};font:15px/1.6 {FONTS}}}
main{{max-width:1480px;margin:0 auto;padding:28px 32px 48px;background:{PAPER};min-height:100vh}}
h1{{font-size:24px;line-height:1.35;margin:0}}
h2{{font-size:19px;line-height:1.4;margin:30px 0 8px;padding-left:12px;border-left:5px solid {BRAND};break-after:avoid}}
h3{{font-size:16px;margin:20px 0 4px;break-after:avoid}}
h4,h5,h6{{font-size:15px;margin:14px 0 2px;break-after:avoid}}
p{{margin:6px 0;max-width:56em}}
ul{{margin:6px 0;padding-left:22px;max-width:56em}}
.subtitle{{color:{MUTED};margin:4px 0 14px}}
.note{{color:{MUTED};font-size:13px}}
figure{{margin:18px 0;overflow-x:auto}}
figure svg{{display:block;max-width:100%;height:auto;min-width:860px}}
.sheet{{overflow-x:auto;margin:14px 0}} .sheet table{{min-width:680px}}
.sheet:focus-visible,.map-card:focus-visible{{outline:3px solid {BRAND};outline-offset:2px}}
table{{border-collapse:collapse;width:100%;font-size:14px;line-height:1.5;font-variant-numeric:tabular-nums}}
caption{{text-align:start;color:{MUTED};font-size:13px;padding:0 0 6px}}
th,td{{border:1px solid {LINE};padding:6px 8px;vertical-align:top;text-align:start;overflow-wrap:anywhere}}
thead th{{background:{BRAND};color:{PAPER};border-color:#3d7d84;font-weight:600;
vertical-align:middle;overflow-wrap:normal}}
tbody th{{font-weight:600;background:#fafcfc}}
tr.band th{{background:#e3f0f1;color:{BRAND_INK};font-weight:700;font-size:15px}}
.end{{text-align:end}} .center{{text-align:center}}
td.end{{overflow-wrap:normal}}
td.done{{background:#cfe3e5;color:{BRAND_INK};text-align:center;font-weight:700;padding-inline:2px}}
td.empty{{padding-inline:2px}}
td.unknown{{color:{MUTED};text-align:center;background:repeating-linear-gradient(135deg,#fff 0 7px,#edf1f4 7px 14px)}}
.spoken{{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}}
{_LIGHTS}
tr{{break-inside:avoid}} thead{{display:table-header-group}}
@media print{{
body{{background:none;font-size:10.5pt}} main{{max-width:none;padding:0;min-height:0}}
table{{font-size:9pt}} .sheet,figure{{overflow:visible}}
.sheet table{{min-width:0}} figure svg{{min-width:0;width:100%}}
thead th,tr.band th,td.done,td.unknown,figure{{-webkit-print-color-adjust:exact;print-color-adjust:exact}}
}}
"""


def stylesheet(*, wide: bool, widths: Iterable[int] = ()) -> str:
    """Return the style sheet of a report: A3 landscape when ``wide``, else A4 landscape.

    ``widths`` are the column widths in percent for which it needs classes.
    """
    page = "A3 landscape" if wide else "A4 landscape"
    columns = "".join(f"col.w{width}{{width:{width}%}}" for width in sorted(set(widths)))
    return f"{_SHEET}@page{{size:{page};margin:12mm}}\n{columns}\n"
