"""Demo data: about sixty proposals of two budget years, told as they would have happened."""

from sabilulungan.domain.demo.story import load

__all__ = ["load"]
