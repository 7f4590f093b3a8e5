"""The texts of the demonstration's reported trip: whom it met, what came of it, what followed."""

from typing import NamedTuple


class Step(NamedTuple):
    """What followed from a meeting; days are counted from the return."""

    title: str
    side: str | None
    due: int
    done: int | None  # the day it was done; None: it was not
    status: str
    outcome: str | None = None


class Call(NamedTuple):
    """One meeting of the reported trip; days are counted from the departure."""

    day: int
    start: str
    end: str
    city: str
    name: str
    name_zh: str
    kind: str
    trade: int  # index into demo_names.TRADES
    stages: tuple[int, ...]  # days on which the project's stages were reached; none: no project
    address: str
    people: tuple[tuple[str, str, str], ...]  # name, title, decision role
    description: str
    objective: str
    outcome: str | None
    steps: tuple[Step, ...] = ()
    status: str = "held"
    cancel_reason: str | None = None
    unplanned_reason: str | None = None
    amount: tuple[int, str] | None = None  # in minor units, and currency
    visit: tuple[int, str, str | None] | None = None  # days after the return, occasion, outcome


CALLS = (
    Call(
        0, "19:00", "20:30", "Stuttgart", "Schwaben-Binjiang Wirtschaftsforum",
        "施瓦本—滨江经济论坛", "reception", 14, (), "Königstraße 62, 70173 Stuttgart",
        (("Bettina Häußler", "秘书长", "influencer"),),
        "斯图加特地区的对华经贸平台，会员约90家，以汽车零部件企业为主。",
        "感谢邀请，落实会员企业走访安排。",
        "论坛介绍了会员中5家有扩产计划的企业，同意秋季合办一场线上推介会，并临时推荐拜访内卡塔尔铝铸。",
        (
            Step("寄送园区德文画册和政策清单", "ours", 6, 5, "done", "已寄出，对方转发全体会员。"),
            Step("提供有扩产计划的会员名单", "theirs", 14, 20, "done", "名单共5家，已逐一研判。"),
            Step("商定线上推介会日期", None, 60, 58, "done", "定于秋季举行。"),
        ),
    ),
    Call(
        1, "09:30", "11:30", "Stuttgart", "Filderquell Antriebstechnik GmbH", "菲尔德奎尔驱动",
        "visit", 1, (-310, -280, -190, 9, 74), "Industriestraße 22, 70565 Stuttgart",
        (
            ("Rainer Mössinger", "总经理", "decision_maker"),
            ("Sabine Ölschläger", "财务总监", "influencer"),
        ),
        "新能源汽车电驱减速器企业，1957年成立，员工约860人。",
        "取得用地、能耗、产值数据，推动项目进入考察评审。",
        "对方确认一期投资2.6亿元，当场提供设备清单；董事会同意两个月内来区考察。",
        (
            Step("答复110千伏供电接入方案", "ours", 7, 6, "done", "供电公司已出具接入意见。"),
            Step("提供能耗与排放清单", "theirs", 7, 12, "done", "逾期5天，数据完整。"),
            Step("组织项目考察评审", None, 30, 27, "done", "评审通过，建议二期地块安排。"),
            Step("确认董事会签约授权", "theirs", 75, 73, "done", "已收到授权书。"),
        ),
        amount=(26_000_000_000, "CNY"),
        visit=(24, "董事长一行来区考察", "看了两处地块，确定意向用地60亩。"),
    ),
    Call(
        1, "14:30", "16:00", "Stuttgart", "Remsbach Sensorik AG", "雷姆斯巴赫传感",
        "visit", 2, (-150, -120, 12), "Waiblinger Straße 9, 70372 Stuttgart",
        (("Jörg Kümmerle", "首席执行官", "decision_maker"),),
        "工业视觉与测距传感器企业，1989年成立，员工约310人。",
        "确认投资估算和决策时间表，推动进入在谈。",
        "对方给出1,200万欧元的投资估算，首选租赁厂房起步，关心工业用户数据出境问题。",
        (
            Step("答复工业数据出境的办理路径", "ours", 14, 13, "done", "已书面答复，对方满意。"),
            Step("安排租赁厂房视频看房", None, 30, 41, "done", "因对方换人推迟。"),
        ),
        amount=(1_200_000_000, "EUR"),
    ),
    Call(
        2, "09:00", "10:30", "Ulm", "Blautal Robotik GmbH", "布劳塔尔机器人",
        "visit", 9, (-90, -60), "Magirusstraße 41, 89077 Ulm",
        (("Noah Štefánik", "技术总监", "expert"),),
        "焊接机器人工作站集成商，2001年成立，员工约140人。",
        "了解华东选址进度和决策人。",
        "选址决定推迟到明年，对方同时在看太仓；总经理未到场，技术总监态度积极。",
        (
            Step("寄送与太仓的综合成本对照", "ours", 7, 7, "done", "已寄出。"),
            Step("约定与总经理的视频会", None, 30, None, "open"),
        ),
    ),
    Call(
        2, "11:30", "13:00", "Ulm", "Neckartal Leichtguss GmbH", "内卡塔尔轻铸",
        "visit", 14, (2, 16), "Söflinger Straße 120, 89077 Ulm",
        (("Claudia Wörner", "董事长", "decision_maker"),),
        "铝合金轻量化铸件企业，1966年成立，员工约420人。",
        "了解企业跟随整车客户在华建厂的打算。",
        "对方计划明年在长三角设第二家海外工厂，需要稳定的天然气和再生铝供应；已作首报。",
        (
            Step("提供天然气价格与再生铝供应商名录", "ours", 7, 9, "done", "迟2天提供。"),
            Step("提供铸造工艺和排放数据", "theirs", 30, None, "waiting"),
        ),
        unplanned_reason="施瓦本—滨江经济论坛临时推荐，企业当周有在华建厂的董事会议题。",
        visit=(190, "技术团队来区看地", None),
    ),
    Call(
        2, "15:30", "17:00", "Biberach an der Riß", "Rißtal Medizintechnik GmbH", "里斯塔尔医疗",
        "visit", 3, (-220, -200, -140, -60, 52), "Ulmer Straße 15, 88400 Biberach an der Riß",
        (
            ("Dr. Friederike Groß", "总经理", "decision_maker"),
            ("Milan Kožušník", "注册事务总监", "expert"),
        ),
        "骨科手术器械企业，1978年成立，员工约270人。",
        "谈定双方承诺，推动项目进入拟签约。",
        "对方书面承诺一期投资900万欧元、两年内投产，签约日期待董事会确认。",
        (
            Step("提供洁净厂房改造方案和报价", "ours", 21, 20, "done", "方案已确认。"),
            Step("提供投资协议修改意见", "theirs", 30, 28, "done", "共三条，均已采纳。"),
            Step("签约前背景核查", None, 90, 85, "done", "无不良记录。"),
        ),
        amount=(900_000_000, "EUR"), visit=(45, "总经理来区商定签约事宜", "商定投资协议主要条款。"),
    ),
    Call(
        3, "09:30", "11:00", "Stuttgart", "Enzgrund Werkstoffe AG", "恩茨格伦德新材",
        "visit", 5, (-130, -100), "Vaihinger Straße 77, 70567 Stuttgart",
        (("Thomas Überle", "亚太区总裁", "influencer"),),
        "碳纤维复合材料企业，1993年成立，员工约520人。",
        "介绍新材料园，争取列入选址名单。",
        None,
        (Step("重新约定视频会谈", None, 30, 29, "done", "视频会谈已举行，对方仍在观望。"),),
        status="cancelled",
        cancel_reason="对方亚太区总裁前一日赴美处理客户事务，改约视频会谈。",
    ),
    Call(
        3, "15:00", "16:30", "Basel", "Rheinknie Biotech AG", "莱茵湾生物",
        "visit", 10, (-170, -150, -40), "Hochbergerstrasse 60, 4057 Basel",
        (("Céline Brönnimann", "首席执行官", "decision_maker"),),
        "体外诊断试剂企业，2006年成立，员工约160人。",
        "摸清注册路径上的顾虑，取得设厂所需数据。",
        "对方最担心注册时限，希望先委托生产、再自建工厂；用地和能耗数据待补。",
        (
            Step("安排与审评咨询机构的会议", "ours", 30, None, "open"),
            Step("提供拟转产产品清单", "theirs", 30, None, "waiting"),
        ),
        amount=(8_000_000_000, "CNY"),
    ),
    Call(
        4, "09:00", "10:30", "Basel", "Birsig Präzision AG", "比尔西格精密",
        "visit", 0, (4, 11, 68), "Güterstrasse 210, 4053 Basel",
        (("Anaïs Fürst", "总经理", "decision_maker"), ("Lukas Zemp", "生产总监", "expert")),
        "精密阀芯加工企业，1972年成立，员工约190人。",
        "了解对方在华配套需求。",
        "对方三家主要客户已在我区及周边设厂，愿意跟随配套，希望先租3,000平方米厂房。",
        (
            Step("提供标准厂房平面图与租金报价", "ours", 7, 4, "done", "已提供两套方案。"),
            Step("提供三年客户订单预测", "theirs", 30, 30, "done", "已收到。"),
            Step("协助对接三家客户的采购部门", "ours", 90, 96, "done", "因客户换届迟6天。"),
        ),
        unplanned_reason="原定会谈取消后，由巴塞尔联络人推荐补充安排。",
        amount=(700_000_000, "CHF"), visit=(66, "总经理来区选厂房", "选定3号标准厂房。"),
    ),
    Call(
        4, "14:00", "15:30", "Basel", "Dreiländer-Binjiang Handelskammer", "三国—滨江商会",
        "roundtable", 10, (), "Aeschengraben 30, 4051 Basel",
        (("Matthieu Æbischer", "会长", "influencer"),),
        "上莱茵地区中小企业对华合作圆桌，约12家企业参加。",
        "集中推介，发现新线索。",
        "12家企业到会，3家索取了选址资料；商会愿意作为长期联络点。",
        (
            Step("向3家企业寄送选址资料", "ours", 7, 7, "done", "已寄出并电话回访。"),
            Step("商谈联络点合作协议", None, 90, None, "open"),
            Step(
                "提供与会企业联系方式", "theirs", 7, None, "dropped", "涉及个人信息，改由商会转达。"
            ),
        ),
    ),
    Call(
        4, "16:30", "18:00", "Basel", "Wiesental Schaltanlagen AG", "维森塔尔开关",
        "visit", 6, (-400, -370, -300, -180, -80, 33), "Riehenring 175, 4058 Basel",
        (("Hansjörg Flückiger", "董事长", "decision_maker"),),
        "中压智能开关设备企业，1949年成立，员工约640人。",
        "核对投资协议剩余条款，敲定签约日期。",
        "双方就投资协议剩余两条达成一致，约定一个月左右签约；对方希望提前办理环评。",
        (
            Step("投资协议定稿文本", "ours", 7, 7, "done", "已送对方法务。"),
            Step("提前启动环评", "ours", 30, 26, "done", "环评机构已进场。"),
            Step("首期资本金到资", "theirs", 60, 71, "done", "迟11天，已足额到账。"),
            Step("投产服务专班例会", None, 230, None, "open"),
        ),
        amount=(42_000_000_000, "CNY"), visit=(30, "来区签约", "已签订投资协议。"),
    ),
)  # fmt: skip

FINDINGS = (
    "德国中型企业对用工和能源价格最为关心，决策周期在六到九个月；瑞士企业规模小、决策快，"
    "愿意先租厂房起步。\n"
    "跟随客户落户是当前最真实的动机：新增两条线索的主要客户都已在长三角设厂。\n"
    "对方普遍拿太仓、苏州作比较，我区港口和天然气价格有优势，德语服务和国际学校是短板。\n"
    "企业法务对数据出境、技术出资的疑问明显增多，出访前应准备标准答复。"
)
SUGGESTIONS = (
    "出访前一个月寄送德文资料，团组中固定一名懂技术的同事。\n"
    "与三国—滨江商会签订联络点协议，每年春秋两季各安排一次圆桌。\n"
    "建立“租赁厂房＋二期预留用地”的标准方案，三个工作日内即可报价。\n"
    "每次出访预留半天机动时间，用于当地推荐的企业。"
)
PROBLEMS = (
    "菲尔德奎尔驱动项目需在明年一季度前完成110千伏供电接入，请供电公司和经发局会商工期。\n"
    "里斯塔尔医疗洁净厂房改造涉及消防二次验收，请住建局明确办理口径。\n"
    "内卡塔尔轻铸需要稳定的再生铝供应和排放指标，请生态环境局提前研判。"
)
TRIP = {
    "title": "赴德国、瑞士招商",
    "title_en": "Investment trip to Germany and Switzerland",
    "purpose": "拜访在谈企业，落实考察和签约日期，补充汽车零部件和医疗器械两条链的新线索。",
    "purpose_en": "Call on companies in negotiation, fix visits and signings, and find new leads "
    "in automotive parts and medical technology.",
    "goals": "推动不少于3个项目进入下一阶段。\n新增有效线索不少于2条。\n敲定1个项目的签约日期。",
    "goals_en": "Move at least three projects to their next stage.\nFind at least two sound new "
    "leads.\nFix the signing of one project.",
    "inviter": "施瓦本—滨江经济论坛（斯图加特）",
    "logistics": "全程由当地车行提供九座商务车；瑞士段使用火车。",
}
DUTIES = ("带队，主谈", "项目对接，会谈记录", "翻译，联络")
STOPS = (
    ("Stuttgart", 0, 2, "Hotel Neckarbogen", "Friedrichstraße 18, 70174 Stuttgart",
     "+49 711 555 40"),
    ("Ulm", 2, 3, "Gasthof zur Donauwiese", "Fischergasse 12, 89073 Ulm", "+49 731 555 210"),
    ("Basel", 3, 6, "Hotel Rheinterrasse", "Oberer Rheinweg 31, 4058 Basel", "+41 61 555 37 00"),
)  # fmt: skip
_SHANGHAI, _BERLIN, _ZURICH = "Asia/Shanghai", "Europe/Berlin", "Europe/Zurich"
# Kind, number, from, to, departure (day, time, zone), arrival (day, time, zone).
LEGS = (
    ("flight", "LH729", "上海浦东 Shanghai PVG", "Frankfurt FRA", 0, "00:10", _SHANGHAI, 0, "06:10",
     _BERLIN),
    ("train", "ICE 571", "Frankfurt Flughafen", "Stuttgart Hbf", 0, "08:51", _BERLIN, 0, "10:08",
     _BERLIN),
    ("car", None, "Stuttgart", "Ulm", 2, "07:20", _BERLIN, 2, "08:40", _BERLIN),
    ("car", None, "Ulm", "Stuttgart", 3, "07:40", _BERLIN, 3, "09:00", _BERLIN),
    ("car", None, "Stuttgart", "Basel", 3, "11:30", _BERLIN, 3, "14:30", _ZURICH),
    ("train", "IC 3", "Basel SBB", "Zürich Flughafen", 6, "09:33", _ZURICH, 6, "10:45", _ZURICH),
    ("flight", "LX188", "Zürich ZRH", "上海浦东 Shanghai PVG", 6, "13:20", _ZURICH, 7, "06:55",
     _SHANGHAI),
)  # fmt: skip
