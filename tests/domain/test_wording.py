import pytest

from app.domain.wording import file_name, short_title


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("新建中试平台2个，6月底前完成。", "新建中试平台2个"),
        ("办好科技周。", "办好科技周"),
        ("稳增长，着力扩大有效投资，推进项目落地。", "稳增长，着力扩大有效投资"),
        ("到2030年，海铁联运量翻一番。", "海铁联运量翻一番"),
        ("“十五五”末，建成智慧港口。", "建成智慧港口"),
        ("综合各方面因素，全区主要预期目标是：地区生产总值增长5%。", "全区主要预期目标"),
        ("今年实施的三项行动：提振消费行动，办好消费季。", "今年实施的三项行动"),
        (
            "高标准建设云港国际航运服务集聚区和青螺湾保税物流园区",
            "高标准建设云港国际航运服务集聚区和青螺湾保税物…",
        ),
        ("由区科技局牵头，区工信局、区财政局配合，三季度建成验证中心。", "三季度建成验证中心"),
        ("由区科技局牵头建设验证中心，年底前完成。", "由区科技局牵头建设验证中心"),
        ("推动部门协同配合，建成调度平台。", "建成调度平台"),
        ("年内", "年内"),
        ("", ""),
    ],
)
def test_that_a_title_is_the_first_clause_that_says_something(text: str, title: str) -> None:
    assert short_title(text) == title


def test_that_a_title_has_at_most_24_characters() -> None:
    assert short_title("建" * 24) == "建" * 24
    assert short_title("建" * 25) == "建" * 23 + "…"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("云港区2026年政府工作报告", "云港区2026年政府工作报告"),
        ('a\\b/c:d*e?f"g<h>i|j', "abcdefghij"),
        ("云港区\n工作\t报告\x00\x7f\x85\u2028", "云港区工作报告"),
        ("云\u200b港\u202e区\ud800", "云港区"),
        ("报告. . ", "报告"),
        ("\u3000报告\u3000", "报告"),
        ("..报 告 1.5", "报 告 1.5"),
        ("", "未命名"),
        (" ... ", "未命名"),
        ("?/|", "未命名"),
        ("报" * 80, "报" * 80),
        ("报" * 81, "报" * 80),
        ("报" * 79 + ".告", "报" * 79),
        ("/" + "a" * 100, "a" * 80),
        ("𠮷" * 61, "𠮷" * 60),
        ("a" + "𠮷" * 60, "a" + "𠮷" * 59),
    ],
)
def test_that_a_file_name_is_one_that_every_system_allows(text: str, name: str) -> None:
    assert file_name(text) == name
