from ..extra import Shelf
from .books import *  # noqa: F403
from .people import Author, Review

__all__ = ["Author", "Review", "Shelf"]
