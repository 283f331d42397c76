"""The colours of the interface where no style sheet reaches: charts, drawings, files. Those of ``assets/base.css``."""

from __future__ import annotations

INK, SOFT, PAPER, CARD, RULE, FIELD = "#16232b", "#51626b", "#fbfaf6", "#ffffff", "#dfe2dc", "#7d8984"
ACCENT, MARK, NOTICE, TINT = "#0f6a63", "#c04a2b", "#fff4d6", "#eef4f1"
UP, DOWN = ACCENT, "#a4502a"
