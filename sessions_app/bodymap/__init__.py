"""The body drawn, front and back: our own lines, the 62 regions between them, and their marks.

``lines`` holds the drawing, ``borders`` which lines go round which region, ``curves`` makes paths
of them, ``drawing`` puts both halves together, ``picture`` adds today's marks. Standard library
only.
"""
