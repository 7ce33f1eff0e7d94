"""Charts as a well-made paper chart has them: numbers in, an SVG and its table out.

Plain Python, standard library only. A chart knows numbers and labels, no patients and no database;
it is drawn on the server, so page, print and PDF show one picture, without a script.
"""
