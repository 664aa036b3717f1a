"""A document somebody brought in and has not saved yet: the editor's desk shows how a garbled text becomes a draft."""

from config.demo.city import City
from config.demo.content import read
from website.imports import desk
from website.imports.drafts import compose
from website.imports.reading import read_bytes


def uploads(city: City) -> None:
    data = read("imports")
    name = data["file_name"]
    reading = read_bytes(data["text"].encode("gb18030"), name=name)
    body = compose(reading, file_name=name).body
    desk.keep_upload(reading, body=body, file_name=name, owner=city.roles["editor"])
