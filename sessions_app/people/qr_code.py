"""A square that a phone's camera reads, as the path of a drawing: no picture, no inline style."""


def qr_path(text: str) -> tuple[str, int]:
    """Return the path over whole units, and the side of the square with its quiet border."""
    import qrcode  # asked for once in a person's time here

    code = qrcode.QRCode(border=4)
    code.add_data(text)
    code.make(fit=True)
    rows = code.get_matrix()
    path = "".join(
        f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark
    )
    return path, len(rows)
