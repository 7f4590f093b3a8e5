"""The texts of the demonstration's full trip: companies met, meeting sheets, journey, goals."""

from typing import Any, NamedTuple


class Visit(NamedTuple):
    """One meeting of the trip: when, where, with whom, and its whole sheet."""

    day: int  # 0 is the day of departure
    start: str
    end: str
    city: str
    name: str  # the company
    name_zh: str
    kind: str
    trade: int  # index into demo_names.TRADES
    stage: int | None  # of the project spoken of; None: there is none
    address: str
    people: tuple[tuple[str, str, str], ...]  # name, title, decision role
    description: str
    china: str
    transfer: str
    objective: str
    wished: str
    points: str
    asks: str
    offers: str
    red_lines: str
    questions: str
    materials: str
    history: str
    promises: tuple[tuple[str, str, int], ...]  # title, side, days from today


VISITS = (
    Visit(
        0,
        "18:30",
        "20:00",
        "Zürich",
        "Limmat-Binjiang Business Forum",
        "利马特—滨江经贸促进会",
        "reception",
        14,
        None,
        "Bahnhofquai 12, 8001 Zürich",
        (("Regula Oberholzer", "秘书长", "influencer"),),
        "苏黎世地区的对华经贸促进机构，会员约140家，以机械和医疗器械企业为主。",
        "在上海设有联络处，每年组织一次赴华考察。",
        "酒店步行12分钟",
        "对接协会会员，争取共同举办明年的投资推介会。",
        "商定推介会日期与分工，拿到不少于5家有扩产计划的会员名单。",
        "感谢协会今年协助联系三家会员。\n介绍园区瑞士企业的投产情况。\n提议明年夏天合办苏黎世推介会。\n"
        "请协会推荐医疗器械和精密机械会员。",
        "提供有在华扩产意向的会员名单。",
        "推介会场地与翻译由我方承担。",
        "不作独家合作承诺。",
        "会员来华考察的费用如何分担？",
        "园区画册（英德双语）、瑞资企业案例一页纸",
        "去年推介会上结识，合作顺畅。",
        (("寄送推介会合办方案", "ours", -3),),
    ),
    Visit(
        1,
        "09:00",
        "11:00",
        "Zürich",
        "Häberling Medical SA",
        "海伯林医疗",
        "visit",
        3,
        3,
        "Seestrasse 118, 8002 Zürich",
        (
            ("Urs Häberling", "董事长", "decision_maker"),
            ("Seraina Caduff", "亚太区总裁", "influencer"),
        ),
        "微创手术器械制造商，1968年成立，员工约720人，产品出口40余国。",
        "上海设有贸易公司，尚无生产基地。",
        "酒店乘出租车15分钟",
        "敲定一期厂房面积与洁净等级，推动项目进入拟签约。",
        "对方确认一期投资1.8亿元和下季度来访签约的日期。",
        "通报二期标准厂房已完成洁净改造设计。\n说明医疗器械注册人制度下的分步落地办法。\n"
        "介绍园区检测平台与灭菌服务配套。\n请对方说明董事会的审批日程。",
        "确认一期设备清单和用电负荷。",
        "厂房首年过渡使用；注册申报专人陪同。",
        "不承诺注册审批时限。",
        "进口设备关税如何处理？\n技术人员签证多久能办好？",
        "厂房平面图、注册路径说明、政策清单（英文）",
        "半年前来访考察，看过二期厂房。",
        (("提供洁净厂房改造报价", "ours", 9), ("确认一期设备清单", "theirs", -6)),
    ),
    Visit(
        1,
        "14:30",
        "16:00",
        "Winterthur",
        "Eulachwyler Robotik AG",
        "奥伊拉赫维勒机器人",
        "visit",
        9,
        1,
        "Technikumstrasse 45, 8400 Winterthur",
        (("Beat Fässler", "首席执行官", "decision_maker"), ("Noëlle Rochat", "技术总监", "expert")),
        "协作机器人关节模组企业，2004年成立，员工约180人。",
        "通过代理商进入中国市场，正在选址。",
        "苏黎世13:47城际列车，约25分钟，出站步行8分钟",
        "了解华东选址的时间表和决策人。",
        "对方同意三个月内来园区实地考察。",
        "介绍园区下游机器人整机企业。\n说明人才公寓与职业学院的订单班。\n请对方介绍中国订单占比与物流要求。",
        "提供选址评分表。",
        "考察期间安排与三家整机企业见面。",
        "不讨论采购份额承诺。",
        "周边有没有减速器供应商？",
        "产业链地图、用工成本对照表",
        "首次接触，由瑞方协会推荐。",
        (("安排与整机企业视频会", "ours", 4),),
    ),
    Visit(
        2,
        "09:30",
        "11:30",
        "Rorschach",
        "Rheintal Hydraulik AG",
        "莱恩液压",
        "visit",
        0,
        2,
        "Industriestrasse 14, 9400 Rorschach",
        (
            ("Jürg Brunner", "董事长", "decision_maker"),
            ("Chloé Blöchlinger", "亚太区副总裁", "influencer"),
        ),
        "工程机械液压元件制造商，1961年成立，员工约1,240人。",
        "苏州设有贸易公司（2014年）。",
        "苏黎世07:40专车，约1小时10分",
        "取得用地、能耗、产值三项数据。",
        "敲定董事长下季度来访日期，项目进入考察评审。",
        "感谢进博会期间到访，介绍同类企业二期进展。\n60亩两处地块的港口距离与供气条件对比。\n"
        "“园区保”与进口设备政策，强调三个工作日内答复。\n请对方说明苏州、无锡方案的主要顾虑。",
        "一周内提供能耗清单。",
        "代办环评与能评；首年厂房过渡。",
        "不谈税收返还口径；不提未批的能耗指标数。",
        "供气价格三年内会不会变？\n员工宿舍怎么安排？",
        "地块比选、天然气价格表、样品礼盒",
        "去年进博会相识，上月视频会议。",
        (("地块比选方案", "ours", 6), ("提供能耗清单", "theirs", -9)),
    ),
    Visit(
        2,
        "14:30",
        "16:00",
        "St. Gallen",
        "Steinegger Sensorik AG",
        "施泰内格传感",
        "visit",
        2,
        0,
        "Rosenbergstrasse 72, 9000 St. Gallen",
        (("Martina Zgraggen", "首席执行官", "decision_maker"),),
        "工业温压传感器企业，1987年成立，员工约240人。",
        "尚未在华设厂。",
        "专车，约25分钟",
        "首次拜访，判断扩产意向是否真实。",
        "完成研判所需的五项信息，确定下一步联系人。",
        "介绍园区数字经济与装备企业的需求。\n了解对方亚洲客户与交期压力。\n说明小规模租赁厂房的起步方案。",
        "提供亚洲销售占比。",
        "可先租800平方米起步。",
        "不承诺客户订单。",
        "知识产权如何保护？",
        "园区一页纸、知识产权服务介绍",
        "无",
        (),
    ),
    Visit(
        3,
        "09:30",
        "11:30",
        "Biberach an der Riß",
        "Weißach Sensorik GmbH",
        "魏萨赫传感",
        "visit",
        2,
        4,
        "Wielandstraße 31, 88400 Biberach an der Riß",
        (("Matthias Groß", "总经理", "decision_maker"), ("Ulrike Jäger", "财务总监", "influencer")),
        "过程自动化传感器制造商，1974年成立，员工约480人。",
        "太仓设有装配线，租约明年到期。",
        "酒店专车10分钟",
        "推动签约：核对投资协议剩余三条分歧。",
        "双方确认协议文本，约定签约日期。",
        "逐条过投资协议第4、7、11条。\n说明过渡厂房交付时间为三个月后。\n介绍搬迁期间的海关监管衔接。",
        "会后两周内回复董事会意见。",
        "搬迁期间专人驻点服务；物流费用补助按现行政策。",
        "不增加地价优惠。",
        "违约条款能否对等？",
        "投资协议（第5稿）、过渡厂房交付计划",
        "两年间会谈6次，上月完成评审。",
        (("协议第7条修改稿", "ours", 2), ("回复董事会意见", "theirs", 12)),
    ),
    Visit(
        3,
        "14:00",
        "15:30",
        "Biberach an der Riß",
        "Nordmatt Fasteners GmbH",
        "诺德马特紧固件",
        "visit",
        14,
        1,
        "Gewerbepark 8, 88400 Biberach an der Riß",
        (("Annette Köhler", "采购总监", "gatekeeper"),),
        "高强度紧固件企业，1952年成立，员工约350人，主要供应商用车。",
        "通过代理商供货。",
        "步行至下一场，专车5分钟",
        "弄清跟随整车厂落户的可能。",
        "对方安排我方与董事会成员视频会议。",
        "介绍园区汽车零部件企业的采购规模。\n说明表面处理集中区的环保配套。\n请对方介绍在华客户名单。",
        "提供表面处理工艺与废水量。",
        "可进入表面处理集中区，不必自建。",
        "不承诺排污总量指标。",
        "本地钢材牌号能否满足？",
        "表面处理集中区介绍、采购需求汇总",
        "今年汉诺威展会交换过名片。",
        (("寄送采购需求汇总", "ours", 0),),
    ),
    Visit(
        4,
        "09:30",
        "11:00",
        "München",
        "Kühnfeld Antriebe SE",
        "屈恩费尔德传动",
        "visit",
        1,
        6,
        "Landsberger Straße 240, 80687 München",
        (
            ("Henrik Schönfeld", "首席执行官", "decision_maker"),
            ("Silke Lindner", "中国区总经理", "influencer"),
        ),
        "电驱系统制造商，1938年成立，员工约2,400人。",
        "已在我区注册，一期3亿元在建。",
        "地铁U4转步行，约20分钟",
        "争取二期增资和研发中心。",
        "对方同意把二期列入下一次董事会议题。",
        "通报一期供电与管廊进度。\n二期60亩用地指标已落实。\n介绍研发费用加计扣除与人才政策。\n请对方说明二期产品规划。",
        "会后两周内回复二期意向。",
        "二期用地预留六个月。",
        "不承诺二期地价与一期相同。",
        "一期用电增容何时完成？",
        "一期进度照片、二期地块图",
        "已签约注册，一期在建；每月例会。",
        (("提供增容时间表", "ours", -1), ("回复二期意向", "theirs", 20)),
    ),
    Visit(
        4,
        "14:00",
        "16:00",
        "München",
        "Isar-Binjiang Wirtschaftskreis",
        "伊萨尔—滨江经济合作圈",
        "roundtable",
        9,
        None,
        "Maximilianstraße 53, 80538 München",
        (("Kerstin Brandtner", "会长", "influencer"), ("Łukasz Łukasik", "项目经理", "gatekeeper")),
        "巴伐利亚中小企业对华合作圆桌，约15家企业参加。",
        "与多个长三角园区有往来。",
        "专车15分钟",
        "集中推介，发现新线索。",
        "新增有效线索不少于4条，15日内全部首报、研判。",
        "用三个落户案例说明审批速度。\n介绍四群八链与招商方向。\n一对一交流，每家10分钟。",
        "提供与会企业联系方式。",
        "为意向企业安排三个月内来区考察。",
        "不比较其他园区的条件。",
        "中小企业没有用地需求怎么办？",
        "推介演示、名片、意向登记表",
        "去年9月合办过线上推介。",
        (("提供与会企业名单", "theirs", 15),),
    ),
    Visit(
        7,
        "09:30",
        "11:30",
        "Milano",
        "Zanchi Meccanica S.p.A.",
        "赞基机械",
        "visit",
        0,
        4,
        "Via Mecenate, 84, 20138 Milano",
        (("Luca Zanchi", "董事长", "decision_maker"), ("Giulia Moretto", "财务总监", "influencer")),
        "包装机械与液压集成企业，1959年成立，员工约560人。",
        "上海设有服务公司。",
        "酒店专车25分钟",
        "请对方确认一期4,500万欧元的到资节奏。",
        "签订投资意向书，明确三个月内来区考察。",
        "通报设备进口关税测算结果。\n说明资本金分期到位的办法。\n介绍园区意资企业的用工情况。\n商定意向书签署安排。",
        "确认到资节奏和一期设备清单。",
        "代办设备进口手续；厂房首年免租。",
        "不承诺关税减免额度。",
        "外汇汇出有没有限制？\n厂房能否以租代购？",
        "关税测算（附件3）、意向书中英文本",
        "去年米兰论坛相识，半年前来访。",
        (("设备进口关税测算", "ours", 5), ("确认到资节奏", "theirs", 18)),
    ),
    Visit(
        7,
        "14:30",
        "16:00",
        "Forlì",
        "Tessarolo Coatings S.p.A.",
        "泰萨罗洛涂层",
        "visit",
        12,
        2,
        "Via dell’Industria, 27, 47122 Forlì",
        (("Davide Tessari", "总经理", "decision_maker"),),
        "功能涂层加工企业，1981年成立，员工约240人。",
        "尚未在华设厂，有三家中国客户。",
        "米兰中央站12:10高铁，14:27到弗利，车站专车10分钟",
        "取得工艺、用水和排放数据。",
        "对方同意委托我方做环评预评估。",
        "介绍新材料园的涂层集中区。\n说明环评分级与时限。\n了解三家中国客户的供货要求。",
        "提供工艺流程与用水量。",
        "环评预评估由我方组织。",
        "不承诺环评结论。",
        "溶剂型工艺能不能做？",
        "涂层集中区介绍、环评流程图",
        "上月视频会议。",
        (("环评预评估委托书样本", "ours", 8),),
    ),
    Visit(
        8,
        "09:30",
        "11:30",
        "Forlì",
        "Romagna Avionica S.r.l.",
        "罗马涅航电",
        "visit",
        4,
        2,
        "Via Fontanelle, 40, 47121 Forlì",
        (
            ("Elena Forlani", "首席执行官", "decision_maker"),
            ("Niccolò D'Angelo", "技术总监", "expert"),
        ),
        "通用航空航电部件企业，1996年成立，员工约120人。",
        "珠海航展参展两次，无在华机构。",
        "酒店步行15分钟",
        "落实合资股比与出口许可问题。",
        "确定合资框架，交换保密协议。",
        "介绍航空航天链配套企业。\n说明适航取证的服务平台。\n逐项核对出口许可清单。\n商定合资谈判时间表。",
        "提供需办出口许可的部件清单。",
        "协助对接适航审定机构。",
        "不触及军用和两用物项。",
        "技术入股如何作价？",
        "航空链介绍、保密协议文本",
        "珠海航展相识，今年视频会议两次。",
        (("发送保密协议文本", "ours", 3), ("提供出口许可清单", "theirs", -2)),
    ),
)

# City, day of arrival, day of departure, hotel, its address, its telephone.
STOPS = (
    ("Zürich", 0, 2, "Hotel Limmatblick", "Bahnhofquai 7, 8001 Zürich", "+41 44 555 10 20"),
    ("Biberach an der Riß", 2, 3, "Gasthof zum Riedbach", "Marktplatz 15, 88400 Biberach",
     "+49 7351 555 30"),
    ("München", 3, 5, "Hotel Isarwinkel", "Schillerstraße 21, 80336 München", "+49 89 5550 4100"),
    ("Milano", 5, 7, "Albergo Porta Lombarda", "Via Vitruvio, 18, 20124 Milano",
     "+39 02 5550 720"),
    ("Forlì", 7, 8, "Albergo della Rocca", "Corso Diaz, 61, 47121 Forlì", "+39 0543 555 18"),
)  # fmt: skip

# Kind, number, from, to, departure (day, time, zone), arrival (day, time, zone), notes.
_SHANGHAI, _ZURICH, _BERLIN, _ROME = (
    "Asia/Shanghai", "Europe/Zurich", "Europe/Berlin", "Europe/Rome",
)  # fmt: skip
LEGS: tuple[tuple[Any, ...], ...] = (
    ("flight", "LX189", "上海浦东 Shanghai PVG", "Zürich ZRH", 0, "09:40", _SHANGHAI, 0, "15:45",
     _ZURICH, "提前三小时到机场"),
    ("train", "IC 8", "Zürich HB", "Winterthur", 1, "13:47", _ZURICH, 1, "14:12", _ZURICH, None),
    ("car", None, "Zürich", "Rorschach", 2, "07:40", _ZURICH, 2, "08:50", _ZURICH, "七座商务车"),
    ("car", None, "St. Gallen", "Biberach an der Riß", 2, "16:30", _ZURICH, 2, "18:20", _BERLIN,
     "经布雷根茨，带好护照和瑞士高速标签"),
    ("train", "RE 5 / ICE 699", "Biberach (Riß)", "München Hbf", 3, "16:48", _BERLIN, 3, "18:56",
     _BERLIN, "乌尔姆换乘17分钟"),
    ("train", "EC 87", "München Hbf", "Milano Centrale", 5, "09:34", _BERLIN, 5, "16:47", _ROME,
     "维罗纳换乘"),
    ("train", "FR 9523", "Milano Centrale", "Forlì", 7, "12:10", _ROME, 7, "14:27", _ROME,
     "博洛尼亚换乘"),
    ("car", None, "Forlì", "Bologna BLQ", 8, "15:00", _ROME, 8, "16:00", _ROME, None),
    ("flight", "LH287", "Bologna BLQ", "Frankfurt FRA", 8, "18:25", _ROME, 8, "20:00", _BERLIN,
     "行李直挂上海"),
    ("flight", "LH728", "Frankfurt FRA", "上海浦东 Shanghai PVG", 8, "21:55", _BERLIN, 9, "15:25",
     _SHANGHAI, None),
)  # fmt: skip

# Index of the member, role, duty, passport number, days it is valid beyond the trip, visa.
DELEGATES = (
    (0, "head", "团长，主谈", "PE2065514", 1500, "granted"),
    (2, "member", "主谈欧洲项目，负责联络", "PE3118027", 1240, "granted"),
    (3, "expert", "产业研判，技术问题", "PE1902276", 95, "applied"),
    (4, "interpreter", "德语、意大利语翻译", "PE2740931", 2100, "granted"),
    (1, "note_taker", "记录，会后三日内整理", "PE3350468", 1800, "granted"),
)

TRIP: dict[str, str] = {
    "title": "赴瑞士、德国、意大利招商",
    "title_en": "Investment trip to Switzerland, Germany and Italy",
    "purpose": "推进9个在谈项目，其中2个争取签约意向；走访1家已落户企业的母公司，争取增资；"
    "通过两场活动结识新的线索企业。",
    "purpose_en": "Move nine projects forward, two of them towards signing; call on the parent of "
    "an investor already with us and win its second phase; find new leads at two events.",
    "goals": "Zanchi Meccanica签订投资意向书，明确三个月内来区考察。\n"
    "Rheintal Hydraulik由“在谈”进入“考察评审”，取得用地、能耗数据。\n"
    "新增有效线索不少于4条，15日内全部首报、研判。",
    "goals_en": "Zanchi Meccanica signs a letter of intent and sets its visit in three months.\n"
    "Rheintal Hydraulik moves on to site review, with its land and energy data.\n"
    "At least four sound new leads, all reported and screened within 15 days.",
    "must_win": "Zanchi Meccanica：请对方确认一期4,500万欧元的到资节奏。\n"
    "Weißach Sensorik：投资协议三条分歧当场谈拢，约定签约日期。\n"
    "Kühnfeld Antriebe：二期列入下一次董事会议题。",
    "must_win_en": "Zanchi Meccanica: when the EUR 45m of phase one will be paid in.\n"
    "Weißach Sensorik: settle the three open clauses and fix the day of signing.\n"
    "Kühnfeld Antriebe: phase two on the agenda of the next board meeting.",
    "inviter": "利马特—滨江经贸促进会（Limmat-Binjiang Business Forum）",
    "classification": "内部资料 注意保管",
    "logistics": "瑞士用J型插座，德国、意大利用F型，各带两个转换插头。\n"
    "三国均为申根区，入境口岸为苏黎世。\n"
    "每人携带礼品两份，价值符合外事规定。\n"
    "每日21:30团内碰头，次日安排以当晚通知为准。",
    "country_notes": "瑞士：准时是礼貌，提前5分钟到；先谈事实，少用形容词。\n"
    "德国：议题逐条过，承诺要写下来；头衔放在姓前。\n"
    "意大利：先寒暄再谈事，午餐较晚；决定常由家族成员共同作出。",
    "emergency_numbers": "团组值班（李洋，24小时）+86 138 5550 1148\n"
    "瑞士包车调度 +41 44 555 01 99\n意大利地接 Marco +39 02 5550 166\n"
    "境外医疗救援（保单号在后勤包内）+86 10 5550 0110",
}
