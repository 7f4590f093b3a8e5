"""What the demonstration's cases say, and the steps of its approvals; all of it invented."""

from typing import NamedTuple

from desktop_app.domain.words import Stage


class SquadText(NamedTuple):
    """A squad's English name and its area."""

    name_en: str
    area: str


class CaseText(NamedTuple):
    """A case; its days are so many days ago, its term is in days from when it was raised."""

    category: str
    title: str
    details: str
    department: str
    support: str | None
    raised_by: str
    raised: int
    term: int
    state: str
    progress: int | None
    supervision: str = "regular"
    assigned: int | None = None
    done: int | None = None
    confirmed: int | None = None
    closed: int | None = None
    outcome: str | None = None
    reason: str | None = None
    meeting: int | None = None


class Step(NamedTuple):
    """When a line of the checklist begins: so many days after a stage, done by another one."""

    after: Stage
    days: int
    by: Stage


SQUADS = {
    "综合组": SquadText("General office", "全部"),
    "欧洲小分队": SquadText("Europe squad", "瑞士、德国、意大利、法国"),
    "产业组": SquadText("Industry squad", "珠三角"),
    "华东小分队": SquadText("East China squad", "上海、江苏、浙江"),
    "服务组": SquadText("Aftercare squad", "在建和投产企业"),
}
BANKS = ("滨江农村商业银行", "江海银行滨江支行", "联合开发银行江北分行", "惠民银行新区支行")
DEPARTMENTS = (
    "自然资源和规划局", "经济发展局", "建设局", "生态环境局", "财政局", "人力资源和社会保障局",
    "供电公司",
)  # fmt: skip
STEPS = {
    "company_setup": Step(Stage.SIGNED, 6, Stage.REGISTERED),
    "filing": Step(Stage.REGISTERED, 4, Stage.STARTED),
    "energy_review": Step(Stage.REGISTERED, 9, Stage.STARTED),
    "land_contract": Step(Stage.REGISTERED, 10, Stage.STARTED),
    "land_planning_permit": Step(Stage.REGISTERED, 24, Stage.STARTED),
    "environment_review": Step(Stage.REGISTERED, 14, Stage.STARTED),
    "works_planning_permit": Step(Stage.REGISTERED, 32, Stage.STARTED),
    "drawings_review": Step(Stage.REGISTERED, 38, Stage.STARTED),
    "construction_permit": Step(Stage.REGISTERED, 46, Stage.STARTED),
    "joint_acceptance": Step(Stage.STARTED, 120, Stage.COMPLETED),
}
DECISIONS = (
    "由{department}牵头，两周内拿出方案并报调度会。",
    "{department}与企业对接，本月底前办结。",
    "请{department}倒排时间表，每周五报送进度。",
)
FEEDBACK = (
    "对代办进度表示满意，希望尽快接通第二路供电。",
    "对联合验收的一次性告知表示感谢。",
    "反映技术工人招聘难，希望组织专场招聘。",
    "总体满意，设备补贴兑现时间希望提前明确。",
)
CASES = (
    CaseText("land", "地块移交时间未定", "二期地块尚有三户企业未腾退，影响桩基进场。",
             "自然资源和规划局", "建设局", "grid_officer", 128, 45, "in_progress", 40, "leader",
             assigned=125, meeting=2),
    CaseText("utilities", "10千伏第二路供电未接通", "设备调试需双回路供电，目前只有一路。",
             "供电公司", "经济发展局", "enterprise", 74, 60, "dispatch", 55, "key",
             assigned=72, meeting=3),
    CaseText("environment", "环评批复需补充监测", "增加一条涂装线，需补充大气监测。",
             "生态环境局", None, "visit", 52, 60, "in_progress", 70, assigned=50, meeting=2),
    CaseText("labour", "数控技工缺口二十人", "九月投产前需到岗。",
             "人力资源和社会保障局", "经济发展局",
             "visit", 80, 50, "closed", 100, assigned=78, done=36, confirmed=33, closed=30,
             outcome="举办两场专场招聘，到岗二十三人。", meeting=1),
    CaseText("financing", "流动资金贷款审批慢", "外资新设企业缺少抵押物。", "财政局", None,
             "enterprise", 95, 45, "closed", 100, assigned=94, done=58, confirmed=55, closed=52,
             outcome="通过园区保取得贷款。", meeting=1),
    CaseText("approval", "施工图审查意见反复", "消防与结构两次意见不一致。", "建设局", None,
             "grid_officer", 41, 30, "confirmed", 100, assigned=40, done=12, confirmed=9,
             outcome="组织联合会审，一次定稿。", meeting=2),
    CaseText("energy_use", "能耗指标未落实", "年综合能耗六千吨标准煤。", "经济发展局", None,
             "department", 36, 45, "in_progress", 45, "key", assigned=33),
    CaseText("planning", "厂房限高需调整", "立体库需二十八米，控规为二十四米。", "自然资源和规划局",
             "建设局", "enterprise", 30, 40, "in_progress", 50, assigned=27, meeting=3),
    CaseText("archaeology", "地块考古勘探待完成", "勘探队下周进场。", "文化和旅游局",
             "自然资源和规划局", "department", 24, 35, "assigned", 20, assigned=20),
    CaseText("policy", "首年设备补贴尚未兑现", "材料已齐，等待专项资金。", "财政局", "经济发展局",
             "visit", 66, 45, "done", 100, assigned=64, done=6,
             outcome="资金已拨付，待企业确认。", meeting=2),
    CaseText("other", "外籍专家居留手续", "三名工程师需办理工作许可。", "公安局", None,
             "enterprise", 20, 20, "closed", 100, assigned=20, done=8, confirmed=7, closed=6,
             outcome="三人均已取得许可。"),
    CaseText("utilities", "厂区东侧道路未通", "大件设备运输需绕行。", "建设局", None,
             "grid_officer", 18, 60, "in_progress", 25, assigned=15),
    CaseText("land", "土地复核面积差异", "复核面积比合同少一百二十平方米。",
             "自然资源和规划局", None, "enterprise", 12, 30, "assigned", 10, assigned=9),
    CaseText("labour", "员工班车线路", "希望增加到地铁站的早晚班车。", "交通运输局", None,
             "visit", 9, 30, "collected", 0),
    CaseText("financing", "跨境担保手续咨询", "母公司拟出具保函。", "财政局", None, "visit", 6, 30,
             "collected", 0),
    CaseText("approval", "临时施工用电审批", "与周边企业自行协商解决。", "供电公司", None,
             "grid_officer", 47, 20, "returned", 0, assigned=45,
             reason="企业已与邻厂达成协议，撤回。"),
    CaseText("environment", "危废暂存间选址", "原址距河道不足五十米。", "生态环境局", "建设局",
             "department", 110, 50, "closed", 100, assigned=108, done=70, confirmed=66,
             closed=65, outcome="调整至厂区西北角，已验收。", meeting=0),
    CaseText("planning", "雨污管网接口标高", "设计标高与市政管网不符。", "建设局", None,
             "grid_officer", 118, 45, "closed", 100, assigned=115, done=84, confirmed=80, closed=79,
             outcome="设计变更完成。", meeting=0),
)  # fmt: skip
