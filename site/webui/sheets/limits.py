"""How much a file may hold."""

from dataclasses import dataclass

MAX_ENTRIES = 500  # parts in a workbook
MAX_COLUMNS = 256
LONGEST_CELL = 32_767  # Excel holds no more
_MB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """The size of a file as it comes and unpacked, in bytes, and of its largest sheet."""

    bytes: int = 5 * _MB
    unpacked_bytes: int = 60 * _MB
    rows: int = 5000
    columns: int = MAX_COLUMNS


LIST = Limits()  # a city's service list is 96 services and 218 parts of them
CITY = Limits(bytes=10 * _MB, unpacked_bytes=120 * _MB, rows=50_000)  # 30,085 units, 13,000 grids
MAX_BYTES = LIST.bytes
