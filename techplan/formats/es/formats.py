"""Dates with the month in words and figures with a point, as the Spanish of the content writes them."""

DATE_FORMAT = r"j \d\e F \d\e Y"
TIME_FORMAT = "H:i"
DATETIME_FORMAT = r"j \d\e F \d\e Y, H:i"
YEAR_MONTH_FORMAT = r"F \d\e Y"
MONTH_DAY_FORMAT = r"j \d\e F"
SHORT_DATE_FORMAT = "j b Y"
SHORT_DATETIME_FORMAT = "j b Y, H:i"
# As in the United States and Mexico, like the content.
DECIMAL_SEPARATOR = "."
THOUSAND_SEPARATOR = ","
