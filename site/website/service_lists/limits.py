"""How much a file may hold. A city's list is 96 services and 218 parts of them."""

MAX_BYTES = 5 * 1024 * 1024
MAX_UNPACKED_BYTES = 60 * 1024 * 1024
MAX_ENTRIES = 500
MAX_ROWS = 5000
MAX_COLUMNS = 256
LONGEST_CELL = 32_767  # Excel holds no more
