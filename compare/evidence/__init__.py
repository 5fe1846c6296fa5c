"""What was tested, in which form: the matrix of uses and forms, and everything known of one use."""

from compare.evidence.matrix import Cell, Group, Line, Matrix, build
from compare.evidence.names import ANY_FORM, FormHead
from compare.evidence.question import UsesFilter
from compare.evidence.study import Effect, Study
from compare.evidence.use import Apart, Block, Gap, Plot, UseEvidence, of_use

__all__ = [
    "ANY_FORM",
    "Apart",
    "Block",
    "Cell",
    "Effect",
    "FormHead",
    "Gap",
    "Group",
    "Line",
    "Matrix",
    "Plot",
    "Study",
    "UseEvidence",
    "UsesFilter",
    "build",
    "of_use",
]
