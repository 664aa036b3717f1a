import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from tests.website.imports.word_files import BAD, paragraph, picture, word_file
from website.case_studies.models import CaseStudyPage

KEYS = [
    "file", "status", "reason", "title", "encoding", "headings", "body", "lost_characters", "removed", "figures",
    "near_duplicates", "url", "sources", "pictures", "details",
]  # fmt: skip


def run(*arguments: object) -> tuple[str, int]:
    out = StringIO()
    try:
        call_command("import_document", *map(str, arguments), stdout=out)
    except SystemExit as stop:
        return out.getvalue(), int(stop.code or 0)
    return out.getvalue(), 0


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    path = tmp_path / "broken.txt"
    path.write_bytes(b"\x00\x01\x02" * 100)
    return path


def test_json_prints_one_report_per_file_and_nothing_else(case_index, article):
    out, code = run("--json", article)

    report = json.loads(out)[0]
    assert code == 0
    assert list(report) == KEYS
    assert report["file"] == str(article)
    assert report["status"] == "saved"
    assert report["headings"][0] == {"level": 2, "text": "背景"}
    assert report["figures"][1] == {
        "number": 12000,
        "unit": "人",
        "label": "党员",
        "sentence": "桥头社区现有居民3,120户，党员1.2万名，六十岁以上的老人占28.5%。",
        "year": None,
        "is_approximate": False,
        "is_year_guessed": False,
    }
    assert report["figures"][2]["number"] == 28.5
    assert report["near_duplicates"] == []


def test_a_refused_file_leaves_the_others_standing(case_index, article, broken):
    out, code = run("--json", broken, article, article.with_name("missing.txt"))

    assert code == 1
    assert [report["status"] for report in json.loads(out)] == ["refused", "saved", "refused"]
    assert all(report["reason"].endswith("。") for report in json.loads(out) if report["status"] == "refused")
    assert CaseStudyPage.objects.count() == 1


def test_dry_run_of_copies_names_the_file_that_came_first(case_index, article):
    copy = article.with_name("copy.txt")
    copy.write_bytes(article.read_bytes())

    out, code = run("--json", "--dry-run", article, copy)

    reports = json.loads(out)
    assert code == 1
    assert [report["status"] for report in reports] == ["ready", "refused"]
    assert reports[1]["near_duplicates"] == [{"title": "桥头社区的助餐点", "url": "qiaotou.txt", "similarity": 1.0}]
    assert not CaseStudyPage.objects.exists()


def test_without_json_it_tells_an_editor_in_words(case_index, article, broken):
    article.write_text(article.read_text(encoding="utf-8").replace("商量", "商\ue000"), encoding="utf-8")

    out, code = run(article, broken)

    assert code == 1
    assert "已存为草稿：/" in out
    assert "标题：桥头社区的助餐点" in out
    assert "缺失 1 个字" in out
    assert "12,000 人  党员" in out
    assert "未导入：这不是文本文件" in out


def test_words_of_a_dry_run_say_that_nothing_was_saved(case_index, article):
    out, code = run("--dry-run", article)

    assert code == 0
    assert "没有保存" in out
    assert "没有缺失的字" in out


def test_word_document_becomes_a_draft_and_its_pictures_are_named(case_index, tmp_path):
    path = tmp_path / "qiaotou.docx"
    path.write_bytes(word_file(paragraph("桥头社区的助餐点", "T"), paragraph("每天为180名老人送餐。"), picture()))

    out, code = run("--json", path)

    [report], page = json.loads(out), CaseStudyPage.objects.get()
    assert code == 0
    assert (report["status"], report["encoding"], report["pictures"]) == ("saved", "docx", ["图片1.png"])
    assert (page.title, page.live) == ("桥头社区的助餐点", False)
    assert [(figure.number, figure.unit) for figure in page.figures.all()] == [(180, "人")]
    assert page.sources == "导入自文件：qiaotou.docx"


@pytest.mark.parametrize(("raw", "reason"), BAD)
def test_bad_word_document_is_refused_and_leaves_nothing(case_index, tmp_path, raw, reason):
    path = tmp_path / "bad.docx"
    path.write_bytes(raw)

    out, code = run(path)

    assert code == 1
    assert reason in out
    assert not CaseStudyPage.objects.exists()
    assert list(tmp_path.iterdir()) == [path]
