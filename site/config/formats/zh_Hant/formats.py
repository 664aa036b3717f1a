MONTH_DAY_FORMAT = "n月j日"  # Django says "m月j日": 05月7日
