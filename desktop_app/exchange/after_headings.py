"""The headings and words by which teams write ledgers of problems and of approvals."""

from desktop_app.domain.words_after import ApprovalKind, ApprovalState, CaseCategory, CaseState

# Field -> headings, between commas; ``company``, ``lead_title`` and ``owner`` name other records.
_COMMON: dict[str, str] = {
    "lead_title": "项目名称, 项目, 项目名, 所属项目, project, project name",
    "company": "企业名称, 企业, 公司名称, 公司, 单位名称, 建设单位, 项目单位, 业主单位, company",
    "notes": "备注, 说明, notes, remarks",
    "owner": "责任人, 负责人, 包保责任人, 代办员, 帮办员, 专员, 经办人, owner",
}
HEADINGS: dict[str, dict[str, str]] = {
    "cases": {
        **_COMMON,
        "title": """存在问题, 问题, 问题描述, 主要问题, 企业诉求, 诉求, 反映问题, 需协调问题,
            困难问题, 问题内容, 存在困难和问题, 需协调解决的问题, 问题名称, 诉求内容, 交办事项,
            problem, issue""",
        "category": "问题类别, 类别, 问题类型, 诉求类别, 问题分类, category",
        "lead_department": """牵头单位, 牵头部门, 责任单位, 责任部门, 主办单位, 承办单位, 交办单位,
            lead department""",
        "support_departments": "配合单位, 配合部门, 协办单位, 协同部门, supporting departments",
        "due_on": """办结时限, 完成时限, 办理时限, 时限, 整改时限, 截止日期, 要求完成时间, due,
            deadline""",
        "raised_on": """收集日期, 收集时间, 提出日期, 提出时间, 反映时间, 登记日期, 上报时间,
            raised on""",
        "assigned_on": "交办日期, 交办时间, 转办日期, assigned on",
        "done_on": "办结日期, 办结时间, 完成日期, 完成时间, 解决时间, done on",
        "confirmed_on": "企业确认日期, 确认日期, confirmed on",
        "closed_on": "销号日期, 销号时间, closed on",
        "outcome": """进展情况, 办理情况, 办理进展, 进展, 落实情况, 办理结果, 处理结果, progress,
            result""",
        "state": "是否办结, 办结情况, 办理状态, 状态, 完成情况, 是否完成, 是否解决, state, status",
        "struck_off": "是否销号, 销号, 销号情况, 是否办结/销号, 是否办结销号, closed",
        "raised_by_name": "反映人, 提出人, 联系人, raised by",
    },
    "approvals": {
        **_COMMON,
        "title": """事项, 审批事项, 事项名称, 审批事项名称, 手续名称, 代办事项, 办理事项, 证照名称,
            permit, approval""",
        "department": """部门, 审批部门, 审批单位, 受理部门, 办理部门, 责任部门, 主管部门,
            department""",
        "applied_on": "受理日期, 受理时间, 申报日期, 申请日期, 申报时间, 报件日期, applied on",
        "promised_days": "承诺时限, 承诺天数, 承诺工作日, 法定时限, 办理时限, promised days",
        "due_on": "应办结日期, 截止日期, 到期日期, due",
        "done_on": "办结日期, 办结时间, 发证日期, 取得日期, 批复日期, 完成日期, 取证日期, done on",
        "planned_on": "计划日期, 计划办理日期, 计划取证日期, planned on",
        "document_number": "证号, 文号, 批复文号, 证书编号, 许可证号, 证照编号, 批文号, number",
        "area_m2": "面积, 建筑面积, 总建筑面积, 建设面积, area",
        "cost_minor": "工程造价, 造价, 合同价, 合同价格, 工程合同价, cost",
        "buildings": "幢数, 栋数, 楼栋数, buildings",
        "state": "状态, 办理状态, 是否办结, 办结情况, 完成情况, 办理情况, 进展情况, state, status",
    },
}
# Beside a title, at least two of these tell such a ledger from one of leads.
TELLING: dict[str, frozenset[str]] = {
    "cases": frozenset(
        """category lead_department support_departments due_on raised_on assigned_on closed_on
        state struck_off outcome""".split()
    ),
    "approvals": frozenset(
        "department applied_on promised_days done_on document_number area_m2 cost_minor".split()
    ),
}
# The first wording found in a cell decides, so that the longer stand first.
CASE_STATES: tuple[tuple[str, CaseState], ...] = (
    ("未销号", CaseState.IN_PROGRESS), ("未办结", CaseState.IN_PROGRESS),
    ("未完成", CaseState.IN_PROGRESS), ("未解决", CaseState.IN_PROGRESS),
    ("企业确认", CaseState.CONFIRMED), ("销号", CaseState.CLOSED), ("办结", CaseState.DONE),
    ("已完成", CaseState.DONE), ("完成", CaseState.DONE), ("解决", CaseState.DONE),
    ("调度", CaseState.DISPATCH), ("退回", CaseState.RETURNED), ("已交办", CaseState.ASSIGNED),
    ("办理中", CaseState.IN_PROGRESS), ("推进", CaseState.IN_PROGRESS),
    ("进行中", CaseState.IN_PROGRESS), ("正在", CaseState.IN_PROGRESS),
    ("closed", CaseState.CLOSED), ("done", CaseState.DONE), ("open", CaseState.IN_PROGRESS),
)  # fmt: skip
APPROVAL_STATES: tuple[tuple[str, ApprovalState], ...] = (
    ("未办结", ApprovalState.APPLIED), ("未完成", ApprovalState.APPLIED),
    ("未办", ApprovalState.TO_DO), ("待办", ApprovalState.TO_DO),
    ("无需", ApprovalState.NOT_NEEDED), ("不需要", ApprovalState.NOT_NEEDED),
    ("不予", ApprovalState.REFUSED), ("退件", ApprovalState.REFUSED),
    ("办结", ApprovalState.DONE), ("完成", ApprovalState.DONE), ("已取得", ApprovalState.DONE),
    ("已发证", ApprovalState.DONE), ("受理", ApprovalState.APPLIED),
    ("办理中", ApprovalState.APPLIED), ("done", ApprovalState.DONE),
)  # fmt: skip
CATEGORIES: tuple[tuple[str, CaseCategory], ...] = (
    ("用地", CaseCategory.LAND), ("土地", CaseCategory.LAND), ("考古", CaseCategory.ARCHAEOLOGY),
    ("文勘", CaseCategory.ARCHAEOLOGY), ("能耗", CaseCategory.ENERGY_USE),
    ("能评", CaseCategory.ENERGY_USE), ("融资", CaseCategory.FINANCING),
    ("资金", CaseCategory.FINANCING), ("用工", CaseCategory.LABOUR),
    ("招工", CaseCategory.LABOUR), ("环评", CaseCategory.ENVIRONMENT),
    ("环保", CaseCategory.ENVIRONMENT), ("规划", CaseCategory.PLANNING),
    ("审批", CaseCategory.APPROVAL), ("手续", CaseCategory.APPROVAL),
    ("水", CaseCategory.UTILITIES), ("电", CaseCategory.UTILITIES),
    ("政策", CaseCategory.POLICY), ("其他", CaseCategory.OTHER), ("其它", CaseCategory.OTHER),
)  # fmt: skip
APPROVAL_KINDS: tuple[tuple[str, ApprovalKind], ...] = (
    ("施工许可", ApprovalKind.CONSTRUCTION_PERMIT), ("联合验收", ApprovalKind.JOINT_ACCEPTANCE),
    ("竣工验收", ApprovalKind.JOINT_ACCEPTANCE), ("规划", ApprovalKind.PLANNING),
    ("环评", ApprovalKind.ENVIRONMENT), ("环境", ApprovalKind.ENVIRONMENT),
    ("节能", ApprovalKind.ENERGY), ("能评", ApprovalKind.ENERGY),
    ("备案", ApprovalKind.FILING), ("核准", ApprovalKind.FILING), ("立项", ApprovalKind.FILING),
    ("营业执照", ApprovalKind.COMPANY_SETUP), ("注册", ApprovalKind.COMPANY_SETUP),
    ("设立", ApprovalKind.COMPANY_SETUP), ("土地", ApprovalKind.LAND),
    ("不动产", ApprovalKind.LAND),
)  # fmt: skip
YES = frozenset(("是", "√", "✓", "✔", "yes", "y", "1", "对"))
NO = frozenset(("否", "×", "no", "n", "0", "x"))
