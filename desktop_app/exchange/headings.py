"""The fields a ledger's columns can fill, and the headings by which teams call them."""

import re
from functools import lru_cache

from desktop_app.exchange.parse_text import narrow

# Field -> headings, between commas, in Chinese, English, German and Italian. A heading matches
# as a whole first; a heading that only contains one of these counts less.
HEADINGS: dict[str, str] = {
    "number": "序号, 编号, 项目编号, no, nr, #, id, lfd nr, lfdnr, number, 号, n, pos",
    "company": """企业名称, 公司名称, 企业, 公司, 单位名称, 客户名称, 投资方, 投资主体, 投资企业,
        投资者, 客商名称, 客商, 投资方名称, 目标企业, 企业全称, 公司全称, 意向企业, 外方企业,
        外商名称, 名称, company, company name, investor, firm, organisation, organization,
        account, name of company, enterprise, firma, firmenname, unternehmen, unternehmensname,
        name des unternehmens, investor name, gesellschaft, kunde, azienda, società, impresa,
        ragione sociale, entreprise, società investitrice, corporate name, org, 单位, 外资企业,
        投资商, 投资商名称, 客户, 客户名, 厂商, 投资人, 外方, 投资单位, 法人单位, 对象企业,
        拜访企业, client, customer, prospect, investor company, interessent, mandant,
        investorenname, firmenbezeichnung, business name, legal name, entity""",
    "company_zh": """中文名, 中文名称, 企业中文名, 公司中文名, 中文简称, 企业中文名称, 公司中文名称,
        译名, 名称中文, 企业名称中文, 公司名称中文, chinese name, name zh, company zh, name cn,
        chinesischer name, name chinesisch""",
    "company_en": """英文名, 英文名称, 外文名, 外文名称, 原文名, 原文名称, 企业英文名, 公司英文名,
        企业外文名, 公司外文名, 企业英文名称, 企业名称外文, 企业名称英文, 公司名称英文, 德文名称,
        english name, name en, original name, name english, local name""",
    "title": """项目名称, 项目, 项目名, 投资项目, 项目内容名称, project, project name, title,
        projekt, projektname, projekttitel, vorhaben, progetto, lead, opportunity, bezeichnung,
        拟投项目, 投资项目名称, 拟投资项目, 项目标题, project title, projektbezeichnung,
        nome progetto""",
    "country": """国别, 国家, 国家地区, 国别地区, 所属国家, 来源国, 国籍, 注册地国家, 投资方国别,
        外资来源, 所在国, 国家或地区, country, nation, country of origin, land, herkunftsland,
        staat, paese, pays, ursprungsland, home country, 来源国家, 所属国别, 国别及地区,
        外资国别, 母公司国别, domicile, home market, herkunft land, heimatland, nazione""",
    "region": """州, 省州, 省, 地区, 省份, region, state, kanton, canton, bundesland, provinz,
        province""",
    "city": """城市, 所在城市, 总部城市, 所在地, 总部, 总部所在地, 所在市, 注册地, city, town,
        location, headquarters, hq, ort, stadt, sitz, hauptsitz, standort, città, ville, sede,
        hq city, firmensitz, 城市名, 总部所在城市, 所在城市名, headquarter, seat, standort stadt,
        firmenstandort, based in, hq location""",
    "address": """地址, 公司地址, 企业地址, 详细地址, 通讯地址, 总部地址, address, adresse,
        anschrift, indirizzo, street""",
    "website": "网址, 网站, 官网, 公司网站, website, web, url, homepage, webseite, internet, sito",
    "chain": """thema, schwerpunkt, 产业链, 所属产业链, 产业, 行业, 所属产业, 所属行业, 产业方向,
        产业类别, 产业领域,
        行业类别, 所属链条, 链条, 四群八链, 产业集群, 领域, 重点产业, industry, sector,
        industry chain, chain, branche, industrie, sektor, industriezweig, branchencluster,
        cluster, settore, value chain, wertschöpfungskette, business field, secteur, segment,
        赛道, 产业类型, 产业门类, 所属赛道, 产业归属, 细分行业, 所属领域, vertical, fachgebiet,
        industry sector, branchenzugehörigkeit, filiera, industriebranche, field""",
    "source": """信息来源, 来源, 项目来源, 线索来源, 来源渠道, 渠道, 招商渠道, 招商方式,
        获取渠道, 获取方式, 信息渠道, 线索渠道, source, lead source, channel, origin, quelle,
        herkunft, kanal, kontaktquelle, leadquelle, fonte, canale, akquisekanal, how found,
        source channel, 引荐渠道, 线索出处, 来源方式, 获客渠道, 信息出处, 项目信息来源, 来自,
        lead origin, kontakt über, gewonnen über, zugang, how we met, came through, provenienza,
        akquiseweg""",
    "introducer": """介绍人, 引荐人, 推荐人, 引荐单位, 中间人, introducer, introduced by,
        referred by,
        vermittelt durch, vermittler, empfohlen von""",
    "stage": """项目阶段, 阶段, 进展阶段, 当前阶段, 目前阶段, 推进阶段, 项目进度, 进度, 所处阶段,
        洽谈阶段, 跟进阶段, 项目状态, 当前状态, 目前状态, 进展, 进展状态, 项目进展阶段, stage,
        phase, project stage, lead stage, status, stand, projektstand, projektphase,
        projektstatus, fase, stato, state, pipeline stage, progress, step, étape,
        verfahrensstand, 洽谈进度, 工作阶段, 推进节点, 项目推进阶段, 推进进度, 推进状态,
        洽谈状态, 跟踪阶段, 项目所处阶段, 现阶段, 进展程度, deal stage, bearbeitungsstand,
        reifegrad, stadium, stufe, current status, project status, pipeline, stato progetto""",
    "status": "状态, 线索状态, 跟踪状态, lead status, record status, 是否有效",
    "status_reason": "流失原因, 终止原因, 暂停原因, 原因, reason, grund",
    "lost_to": "落户地, 流失去向, 流失至, 最终落户地, lost to, verloren an",
    "amount": """投资额, 总投资, 总投资额, 投资总额, 计划投资, 计划投资额, 计划总投资, 预计投资,
        预计投资额, 意向投资, 意向投资额, 意向金额, 投资规模, 意向, 金额, 拟投资额, 项目总投资,
        项目投资, 投资金额, 投资估算, investment, investment amount, amount, investment volume,
        volume, capex, investment sum, total investment, planned investment,
        estimated investment, value, investition, investitionssumme, investitionsvolumen,
        volumen, betrag, summe, geplante investition, invest, investimento, importo, montant,
        deal size, budget, project value, investment estimate, projektvolumen, investitionshöhe,
        意向额, 体量, 总投资规模, 计划总投资额, 预计总投资, 投资总规模, 项目投资额, 协议投资额,
        拟投资, 拟投资总额, 合同金额, 投资体量, 投资额度, 拟投金额, 计划投资金额, 项目总投, 总投,
        ticket size, investment size, capital expenditure, inv volume, projektsumme,
        investitionsbetrag, projektgröße, vol, invest volume, planned capex, kapitaleinsatz,
        investimento previsto, investitionsplan, size""",
    "currency": "币种, 货币, currency, währung, valuta, ccy, devise",
    "foreign_share": """外资占比, 外资比例, 外方股比, 外资股比, 外方占比, foreign share,
        foreign equity share, ausländischer anteil""",
    "first_reporter": """首报人, 首谈人, 首次报告人, 信息提供人, 首问人, 信息报送人, 首报,
        报送人, first reporter, reported by, first reported by, erstmeldung durch, gemeldet von,
        erstkontakt durch, finder, 首报者, 线索提供人, 信息首报人, 首次报送人, 发现人,
        首位接触人, reporter, found by, first contacted by, hinweisgeber, erstmelder""",
    "owner": """负责人, 招商负责人, 责任人, 项目负责人, 跟进人, 经办人, 招商专员, 对接人, 专员,
        牵头人, 跟踪人, 项目经理, 招商人员, 业务员, 项目专员, 招商经理, 责任招商员, 包保责任人,
        责任领导, owner, responsible, account manager, project manager, manager, lead owner,
        person in charge, pic, assigned to, verantwortlich, verantwortlicher, zuständig,
        betreuer, projektleiter, bearbeiter, zuständiger, sachbearbeiter, responsabile,
        referente, handled by, case officer, projektverantwortlicher, kundenbetreuer, 招商员,
        盯办人, 服务专员, 跟踪负责人, 洽谈人, 主谈人, 主办人, 承办人, 牵头领导, 项目专班,
        跟进人员, 跟进负责人, 驻点人员, 责任专员, 我方负责人, 我方联系人, 内部负责人,
        relationship manager, deal owner, lead manager, federführung, ansprechpartner intern,
        bearbeitet von, our contact, case manager, verantwortung, incaricato""",
    "first_reported_on": """首次接触, 首次接触时间, 首次接触日期, 首谈时间, 首谈日期, 首报时间,
        首报日期, 首次洽谈时间, 接触时间, 接触日期, 接洽时间, 初次接触, 初次接触时间,
        初次洽谈时间, 建档日期, 登记日期, 登记时间, 录入日期, 日期, 时间, 首次对接时间, 首次联系,
        首次联系时间, 对接时间, 洽谈时间, 首次拜访, 获取时间, 信息获取时间, first contact,
        first contact date, date, contact date, first met, first reported, first reported on,
        created, created on, entry date, erstkontakt, datum, erstkontakt am, datum erstkontakt,
        kontaktdatum, erster kontakt, erfasst am, primo contatto, data, date of first contact,
        opened, received, eingang, kontakt seit, since, 初次对接, 初次对接时间, 初谈时间,
        首次对接, 首次见面, 首访时间, 首次到访, 初次见面, 报送时间, 初洽时间, 线索时间, 首次沟通,
        首接时间, 首次接洽, 首次接洽时间, 首次接洽日期, 首次接触日, 建联时间, 认识时间,
        first meeting, initial contact, initial meeting, date opened, entered on, reported on,
        erstes treffen, erstansprache, kontakt am, erster termin, kontaktaufnahme, gemeldet am,
        aufgenommen am,
        erstgespräch, erstgespräch am, contacted on, first call, met on, opened on, angelegt am""",
    "next_on": """下次跟进, 下次跟进时间, 下次跟进日期, 下次联系, 下次联系时间, 下一次跟进,
        计划跟进时间, 跟进日期, 跟进时间, 下步跟进时间, 下次拜访, 下次对接, 下次对接时间,
        下次回访, 下次洽谈, next, next follow-up, next contact, follow-up, follow up date,
        follow-up date, next step date, next action date, next date, due, due date,
        nächster kontakt, wiedervorlage, nächster termin, nachfassen am, nächste aktion am,
        termin, prossimo contatto, nächstes follow-up, follow-up am, 下次联络, 下次沟通,
        下步时间, 下一跟进日, 回访时间, 下次跟踪, 下次见面, 计划回访, 后续跟进时间, 下次跟进日,
        下次推进时间, 下一节点, 计划跟进日期, 拟跟进时间, follow up, next meeting, next call,
        reminder, callback, wv, folgetermin, nachfassdatum, nächstes gespräch, next touch,
        next review, wiedervorlage am, kontakt am nächsten""",
    "next_step": """下一步, 下一步工作, 下一步计划, 下步工作, 下步计划, 下步打算, 下步举措,
        工作计划,
        下一步措施, next step, next steps, next action, to do, todo, nächster schritt,
        nächste schritte, nächste aktion, massnahme, maßnahme, prossimi passi""",
    "competitors": """竞争地, 竞争城市, 竞争地区, 意向落户地, 比选城市, 比选地, competing locations,
        competitors, competition, wettbewerb, konkurrenz, konkurrenzstandorte,
        wettbewerbsstandorte, competing sites, alternative standorte""",
    "blocker": """存在问题, 问题, 困难, 难点, 堵点, 主要问题, 存在困难, 需协调事项, 需协调解决问题,
        制约因素,
        blocker, problem, issues, obstacle, hindernis, probleme, offene punkte, open issues""",
    "notes": """备注, 说明, 情况说明, 项目情况, 项目简介, 项目内容, 建设内容, 进展情况, 项目进展,
        最新进展, 进展说明, 跟进情况, 洽谈情况, 项目概况, 主要内容, 近期进展, 工作进展, 推进情况,
        其他说明, 附注, notes, note, remarks, remark, comment, comments, description, details,
        bemerkung, bemerkungen, anmerkung, anmerkungen, notiz, notizen, kommentar, beschreibung,
        hinweise, osservazioni, commenti, commento, memo, remarques, project description,
        latest progress, 备注信息, 补充说明, 其他备注, 摘要, 项目说明, 动态, 最新动态, sonstiges,
        weitere informationen, additional information, further notes, summary, status notes,
        sachstand""",
    "land": """用地, 用地面积, 用地需求, 土地需求, 拟用地, 占地, 占地面积, 土地面积, 土地,
        拟用地面积,
        land, land need, land area, site area, plot, plot size, grundstück, flächenbedarf,
        grundstücksfläche, fläche, grundstücksbedarf, area, land demand""",
    "plant": """厂房, 厂房面积, 厂房需求, 建筑面积, 租赁面积, 租赁厂房, 载体需求, plant, plant area,
        floor area, building area, gebäudefläche, hallenfläche, produktionsfläche, nutzfläche""",
    "energy": """能耗, 综合能耗, 年能耗, 能耗指标, 年综合能耗, energy, energy need,
        energieverbrauch,
        energiebedarf""",
    "output": """年产值, 产值, 预计产值, 达产产值, 预计年产值, 年销售收入, 开票销售, 预期产值,
        年开票,
        output, annual output, planned output, jahresproduktion, produktionswert, jahresumsatz plan,
        geplanter umsatz, expected output, sales""",
    "tax": """税收, 年税收, 预计税收, 亩均税收, 纳税, 预计年税收, 达产税收, 预期税收, tax,
        tax revenue, annual tax, steuern, steueraufkommen""",
    "jobs": """就业, 就业人数, 带动就业, 用工, 用工人数, 用工需求, 新增就业, jobs, new jobs,
        jobs created, arbeitsplätze, neue arbeitsplätze, stellen, posti di lavoro,
        headcount plan""",
    "review_opinion": "评审意见, 研判意见, 会审意见, 评估意见, review opinion, stellungnahme",
    "planned_signing_on": """拟签约时间, 计划签约时间, 预计签约时间, 拟签约日期, 预计签约, 计划签约,
        预计签约日期, planned signing, planned signing date, expected signing,
        geplante unterzeichnung,
        geplanter vertragsabschluss, expected closing""",
    "signed_on": """签约时间, 签约日期, 签订日期, 签订时间, signed on, signing date, date signed,
        unterzeichnet am, vertragsdatum, vertragsabschluss am, unterzeichnung am""",
    "started_on": """开工时间, 开工日期, 实际开工时间, started on, construction start,
        start of construction, groundbreaking, baubeginn""",
    "completed_on": """竣工时间, 竣工日期, completed on, completion date, fertigstellung am,
        fertigstellung""",
    "producing_on": """投产时间, 投产日期, producing on, production start, start of production, sop,
        produktionsstart, produktionsbeginn, inbetriebnahme""",
    "full_capacity_on": "达产时间, 达产日期, full capacity on, full capacity date",
    "credit_code": "统一社会信用代码, 信用代码, social credit code, unified social credit code",
    "registered_capital": "注册资本, 注册资金, registered capital, stammkapital, grundkapital",
    "contact_name": """联系人, 姓名, 企业联系人, 联系人姓名, 外方联系人, 对方联系人, 联络人,
        主要联系人, 企业对接人, 客户联系人, 关键人, contact, contact person, contact name,
        full name, name, person, key contact, ansprechpartner, kontaktperson, kontakt,
        ansprechperson, kontaktname, persona di contatto, contatto, vor- und nachname,
        interlocuteur, nome, 对方负责人, 企业代表, 企业负责人, 联系人名称, 外方代表,
        联系人及电话, 联系人及联系方式, 联系人电话姓名, contact at company, decision maker,
        gesprächspartner, kontakt name, person to contact""",
    "contact_last": "姓, last name, surname, family name, nachname, familienname, cognome",
    "contact_first": "名, first name, given name, vorname, rufname",
    "contact_title": """职务, 职位, 联系人职务, 岗位, 头衔, job title, position, role, function,
        funktion, stelle, posizione, ruolo, rolle, berufsbezeichnung, 职称, 担任职务, 联系人职位,
        title contact, contact title, position im unternehmen""",
    "email": """邮箱, 电子邮箱, 邮件, 电子邮件, 邮箱地址, 联系邮箱, email, e-mail, mail,
        e-mail address,
        email address, e-mail-adresse, posta elettronica""",
    "phone": """电话, 联系电话, 联系方式, 办公电话, 座机, 固定电话, 电话号码, 企业电话, phone,
        telephone, tel, phone number, telefon, telefonnummer, telefono, rufnummer, 联系人电话,
        festnetz, 联系人联系方式, 联系号码, 联系人手机电话, tel nr, telefon nr, direct line,
        durchwahl""",
    "mobile": """手机, 手机号, 移动电话, 手机号码, mobile, cell, mobile phone, mobil, handy,
        mobiltelefon, mobilnummer, cellulare""",
    "wechat": "微信, 微信号, wechat, weixin",
    "languages": "语言, 语种, languages, language, sprachen, sprache",
    "employees": """员工数, 员工人数, 职工人数, 企业规模人数, employees, staff, number of employees,
        mitarbeiter, mitarbeiterzahl, beschäftigte, dipendenti, headcount""",
    "revenue": """营业额, 营业收入, 年营业额, 销售额, 年营收, 营收, 企业营收, revenue, turnover,
        annual revenue, umsatz, jahresumsatz, fatturato""",
    "founded_year": "成立年份, 成立时间, 创立年份, founded, year founded, gegründet, gründungsjahr",
    "description": """企业简介, 公司简介, 企业情况, 主营业务, 主营产品, 主要产品, 企业概况,
        公司业务,
        company profile, main products, products, business, produkte, tätigkeit,
        unternehmensprofil, about, hauptprodukte""",
    "china_footprint": """在华布局, 在华投资, 在华情况, china footprint, china presence,
        china-präsenz""",
}

FIELDS: tuple[str, ...] = tuple(HEADINGS)
LEAD_ONLY: frozenset[str] = frozenset(
    """stage status amount source first_reported_on next_on owner first_reporter chain land
    competitors title introducer blocker output tax jobs planned_signing_on signed_on""".split()
)
DAY_FIELDS: tuple[str, ...] = tuple(f for f in FIELDS if f.endswith("_on"))
MONEY_FIELDS: tuple[str, ...] = ("amount", "output", "tax", "registered_capital", "revenue")

_BRACKETS = re.compile(r"[(（\[【<].*?[)）\]】>]")
_NOISE = re.compile(r"[\s*:：.。、,，/\\|_\-–—'\"“”?？()（）\[\]【】]+")


def plain_heading(text: str) -> str:
    """Return a heading as it is compared: lower case, without brackets, signs and spaces."""
    lower = narrow(text).lower()
    without = _BRACKETS.sub("", lower)
    return _NOISE.sub("", without) or _NOISE.sub("", lower)


_EXACT: dict[str, str] = {}
_PARTS: list[tuple[str, str]] = []
for _field, _words in HEADINGS.items():
    for _word in _words.split(","):
        _key = plain_heading(_word)
        _EXACT.setdefault(_key, _field)
        _short = len(_key) < (2 if not _key.isascii() else 4)
        if not _short and _field not in ("number",):
            _PARTS.append((_key, _field))
_PARTS.sort(key=lambda pair: -len(pair[0]))

# Figures about companies, not one of them: headings of a summary sheet.
_COUNTS = re.compile(r"(?:企业|项目|线索|公司)(?:数|个数|数量)$|^(?:count(?!ry)|anzahl|number of)")
_UNIT_TAIL = re.compile(
    r"(?:in)?(?:亿元|万元|百万|万美元|亿|万|元|亩|人|mio|mrd|teur|tsd|million|millions|mn|m|k)?"
    r"(?:eur|euro|usd|chf|cny|rmb|€|\$)?(?:mio|mrd|tsd|million|millions|mn|m|k)?$"
)


# 计划回访日期: of what the day is stands before these.
_ANY_DAY = frozenset(("日期", "时间", "date", "datum", "data", "am"))


@lru_cache(maxsize=4096)
def field_of(heading: str) -> tuple[str, int] | None:
    """Return the field that a heading means and how sure that is: 3 in full words, 1 in part."""
    lower = narrow(heading).lower()
    whole = _NOISE.sub("", lower)
    if not whole or _COUNTS.search(whole) or len(whole) > 40:
        return None
    if whole in _EXACT:
        return _EXACT[whole], 3
    plain = plain_heading(heading)
    if plain in _EXACT:
        return _EXACT[plain], 3
    bare = _UNIT_TAIL.sub("", plain)
    if bare and bare in _EXACT:
        return _EXACT[bare], 2
    if len(plain) <= 24:
        # What a heading is about stands at its end: 外方国别 is a country.
        parts = [(p, f) for p, f in _PARTS if p in bare and len(p) * 3 >= len(bare)]
        ending = [(p, f) for p, f in parts if bare.endswith(p) and p not in _ANY_DAY]
        if parts:
            return (ending or parts)[0][1], 1
    return None
