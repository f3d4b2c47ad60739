"""More filled forms as they come, of kinds that were found by filling in 278 others; see `corpus`. `CASES` are those of both."""

from __future__ import annotations

from decimal import Decimal

from tests.forms import corpus, make
from tests.forms import word_xml as w
from tests.forms.corpus import a1, a2

VALUES = [
    a1("an amount with spaces before its unit", (), {"registered_capital": 5000, "revenue": Decimal("1200.5")}, capital="0.5 亿", revenue="1,200.5 万元整"),
    a1("an amount in words, and again in brackets", (), {"registered_capital": 1200, "revenue": 12000}, capital="1200万元（大写：壹仟贰佰万元整）", revenue="1亿2千万元"),
    a1("another number in brackets", [("registered_capital", "8000"), ("employees", "120")], {}, capital="12000（8000）", employees="3500（120）"),
    a1("two head counts", [("employees", "350 120")], {}, employees="350 120"),
    a1("two telephones parted by a space, a stroke or nothing", [("contact.phone", "85317108"), ("fax", "00000009"), ("contact.mobile", "10000000003")], {}, phone="85317106 85317108", fax="027-00000003 027-00000009", mobile="1000000000210000000003"),
    a1("an extension, a country, groups", (), {"contact.phone": "027-00000002-8001", "contact.mobile": "+86 100 0000 0002"}, phone="027-00000002-8001", mobile="+86 100 0000 0002"),
    a1("no name and no address", [("name", "见营业执照"), ("address", "略"), ("legal_representative.name", "同上")], {}, name="见营业执照", address="略", legal="同上"),
    a1("name and position with their labels", contact="姓名：示例乙 职务：技术部主任"),
    a1("kinds of enterprises with the word behind", email="lianxi@example.com；", nature="□国有企业 ☑民营企业 □合资企业 □外资企业", channel="☑省级中小企业主管部门（示例省中小企业主管部门）"),
    a1("a tick on a line of its own", [("nature", "√")], {}, nature="□国有 □民营 □合资 □外资\n√"),
    a2("a bare size, a day with dashes, a place with strokes", w.annex2({"size": "小型企业", "registered": "2012—05—18", "place": "吉林省/长春市/示例县"}), make.ITEMS),
    a2("a day as programs export it", w.annex2({"registered": "2012-05-18 00:00:00"}), make.ITEMS),
    a2("types parted by spaces alone", w.annex2({"types": "专精特新“小巨人”企业 创新型中小企业"}), make.ITEMS, [("types", "创新型")]),
]  # fmt: skip

CASES = [*corpus.CASES, *VALUES]
