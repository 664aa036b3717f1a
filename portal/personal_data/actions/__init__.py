"""What a person does with what the site holds on them."""

from portal.personal_data.actions.exports import note_export

__all__ = ["note_export"]
