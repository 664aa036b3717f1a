"""Who may confirm service records. Which ones, the queries of the views decide."""

import rules

from portal.activities.rules import is_organiser

rules.add_perm("records.confirm_records", rules.is_active & is_organiser)
