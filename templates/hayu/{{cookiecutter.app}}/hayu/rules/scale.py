"""Scale labels of an enterprise."""

from hayu.enums import Scale

MILLION = 1_000_000
BILLION = 1_000 * MILLION
_BY_CAPITAL = ((1 * BILLION, Scale.MIKRO), (5 * BILLION, Scale.KECIL), (10 * BILLION, Scale.MENENGAH))
_BY_SALES = ((2 * BILLION, Scale.MIKRO), (15 * BILLION, Scale.KECIL), (50 * BILLION, Scale.MENENGAH))
_OLD_ASSETS = ((50 * MILLION, Scale.MIKRO), (500 * MILLION, Scale.KECIL), (10 * BILLION, Scale.MENENGAH))


def _label(amount: int, steps: tuple[tuple[int, Scale], ...]) -> Scale:
    return next((scale for limit, scale in steps if amount <= limit), Scale.BESAR)


def by_capital(capital: int) -> Scale:
    """Return the scale of a new business by its capital in rupiah (PP 7/2021 art. 35)."""
    return _label(capital, _BY_CAPITAL)


def by_sales(sales: int) -> Scale:
    """Return the scale of an older business by its yearly sales in rupiah (PP 7/2021 art. 35)."""
    return _label(sales, _BY_SALES)


def by_old_law(net_assets: int) -> Scale:
    """Return the scale by net assets in rupiah, land and building excluded (UU 20/2008, no longer in force)."""
    return _label(net_assets, _OLD_ASSETS)


def scale_of(capital: int, sales: int | None) -> Scale:
    """Return the scale: by sales when the business already sells, else by capital."""
    return by_capital(capital) if sales is None else by_sales(sales)
