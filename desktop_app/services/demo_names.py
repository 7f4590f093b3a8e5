"""Invented names for the demonstration: companies, people and streets; places are real."""

from random import Random
from typing import NamedTuple


class City(NamedTuple):
    """A real city: Chinese name, region as ``holidays`` codes it, coordinates in 1e-6 degrees."""

    name: str
    zh: str
    country: str
    region: str
    lat_e6: int
    lon_e6: int

    @property
    def zone(self) -> str:
        """Return the IANA zone."""
        return ZONES[self.country]


class Trade(NamedTuple):
    """A line of business: its word in German, Italian, French and Chinese, chain and project."""

    de: str
    it: str
    fr: str
    zh: str
    chain: str
    project: str


class Named(NamedTuple):
    """An invented company: name, Chinese name, Chinese short name, and its web word."""

    name: str
    zh: str
    short: str
    web: str


ZONES = {
    "CH": "Europe/Zurich",
    "DE": "Europe/Berlin",
    "IT": "Europe/Rome",
    "FR": "Europe/Paris",
    "CN": "Asia/Shanghai",
}

CITIES = tuple(
    City(*row)
    for row in (
        ("Zürich", "苏黎世", "CH", "Stadt Zurich", 47366670, 8550000),
        ("Winterthur", "温特图尔", "CH", "ZH", 47505640, 8724130),
        ("Rorschach", "罗尔沙赫", "CH", "SG", 47478000, 9490300),
        ("St. Gallen", "圣加仑", "CH", "SG", 47423910, 9374770),
        ("Basel", "巴塞尔", "CH", "BS", 47558390, 7573270),
        ("Bern", "伯尔尼", "CH", "BE", 46948090, 7447440),
        ("Luzern", "卢塞恩", "CH", "LU", 47050480, 8306350),
        ("Genève", "日内瓦", "CH", "GE", 46202220, 6145690),
        ("Lausanne", "洛桑", "CH", "VD", 46516000, 6632820),
        ("Schaffhausen", "沙夫豪森", "CH", "SH", 47697320, 8634930),
        ("München", "慕尼黑", "DE", "BY", 48137430, 11575490),
        ("Biberach an der Riß", "比伯拉赫", "DE", "BW", 48098100, 9788600),
        ("Ulm", "乌尔姆", "DE", "BW", 48398410, 9991550),
        ("Stuttgart", "斯图加特", "DE", "BW", 48782320, 9177020),
        ("Augsburg", "奥格斯堡", "DE", "BY", 48371540, 10898510),
        ("Nürnberg", "纽伦堡", "DE", "BY", 49454210, 11077520),
        ("Ludwigshafen", "路德维希港", "DE", "RP", 49481210, 8446410),
        ("Düsseldorf", "杜塞尔多夫", "DE", "NW", 51221720, 6776160),
        ("Hamburg", "汉堡", "DE", "HH", 53575320, 10015340),
        ("Dresden", "德累斯顿", "DE", "SN", 51050890, 13738320),
        ("Milano", "米兰", "IT", "MI", 45464270, 9189510),
        ("Forlì", "弗利", "IT", "Forli", 44223610, 12052780),
        ("Torino", "都灵", "IT", "TO", 45070490, 7686820),
        ("Bologna", "博洛尼亚", "IT", "BO", 44493810, 11338750),
        ("Brescia", "布雷西亚", "IT", "BS", 45535580, 10214720),
        ("Bergamo", "贝加莫", "IT", "BG", 45696010, 9667210),
        ("Modena", "摩德纳", "IT", "MO", 44647830, 10925390),
        ("Verona", "维罗纳", "IT", "VR", 45438200, 10993600),
        ("Lyon", "里昂", "FR", "ARA", 45748460, 4846710),
        ("Strasbourg", "斯特拉斯堡", "FR", "GES", 48583920, 7745530),
        ("Toulouse", "图卢兹", "FR", "OCC", 43604260, 1443670),
        ("Grenoble", "格勒诺布尔", "FR", "ARA", 45171550, 5722390),
        ("苏州", "苏州", "CN", "JS", 31304080, 120595380),
        ("无锡", "无锡", "CN", "JS", 31568870, 120288570),
        ("常州", "常州", "CN", "JS", 31773590, 119954010),
        ("南京", "南京", "CN", "JS", 32061670, 118777780),
        ("上海", "上海", "CN", "SH", 31222220, 121458060),
        ("宁波", "宁波", "CN", "ZJ", 29878190, 121549450),
        ("杭州", "杭州", "CN", "ZJ", 30293650, 120161420),
        ("深圳", "深圳", "CN", "GD", 22545540, 114068300),
        ("青岛", "青岛", "CN", "SD", 36064880, 120380420),
        ("大连", "大连", "CN", "LN", 38912220, 121602220),
    )
)

TRADES = tuple(
    Trade(*row.split("|"))
    for row in (
        "Hydraulik|Idraulica|Hydraulique|液压|high_end_equipment|精密液压件生产基地",
        "Antriebe|Trasmissioni|Transmissions|传动|automotive|新能源汽车电驱系统工厂",
        "Sensorik|Sensori|Capteurs|传感|new_it|工业传感器研发制造",
        "Medizintechnik|Medicale|Médical|医疗|medical|微创手术器械生产",
        "Avionik|Avionica|Avionique|航电|aerospace|航电部件总装",
        "Werkstoffe|Materiali|Matériaux|新材|advanced_materials|高性能复合材料",
        "Schaltanlagen|Quadri|Électrique|电气|power_equipment|智能开关设备",
        "Schiffstechnik|Navale|Marine|船舶|marine|船用推进系统",
        "Agrartechnik|Agricola|Agritech|农机|smart_agri|智能播种机械",
        "Robotik|Robotica|Robotique|机器人|high_end_equipment|协作机器人华东工厂",
        "Biotech|Biotec|Biotech|生物|life_health|体外诊断试剂",
        "Digital|Digitale|Numérique|数字|digital_economy|工业软件研发中心",
        "Beschichtungen|Rivestimenti|Revêtements|涂层|new_materials|功能涂层加工中心",
        "Verpackung|Imballaggi|Emballages|包装|outside|食品级包装",
        "Gusstechnik|Fonderia|Fonderie|铸造|automotive|轻量化铝铸件",
        "Möbelwerk|Arredi|Mobilier|家居|outside|整装家居配件",
        "Textil|Tessuti|Textile|纺织|outside|产业用纺织品",
        "Feinkost|Alimentari|Alimentaire|食品|outside|乳制品加工",
    )
)

_GERMAN = (
    "Ahorn 阿霍恩 Birk 比尔克 Dorn 多恩 Eibel 艾贝尔 Falk 法尔克 Grau 格劳 Hasel 哈泽尔 "
    "Ilm 伊尔姆 Jost 约斯特 Kranz 克兰茨 Linn 林恩 Mühl 米尔 Norr 诺尔 Oster 奥斯特 Pfau 普福 "
    "Quell 奎尔 Riß 里斯 Stirn 施蒂恩 Tann 坦恩 Veit 法伊特 Weiß 魏斯 Zell 策尔 Öhl 厄尔"
).split()
_GERMAN_ENDS = (
    "matt 马特 egg 埃格 feld 费尔德 furt 富特 hag 哈格 horn 霍恩 linger 林格 rieder 里德 "
    "stetter 施泰特 thal 塔尔 wald 瓦尔德 wanger 旺格 wyler 维勒 brück 布吕克"
).split()
_ITALIAN = (
    "Bal 巴尔 Cer 切尔 Dal 达尔 Fior 菲奥 Gal 加尔 Lam 兰 Mar 马尔 Nov 诺夫 Or 奥尔 Pal 帕尔 "
    "Quar 夸尔 Ros 罗斯 San 桑 Tes 泰斯 Val 瓦尔 Zan 赞"
).split()
_ITALIAN_ENDS = (
    "avelli 阿韦利 bertini 贝蒂尼 chioni 基奥尼 dolfi 多尔菲 gazzi 加齐 landri 兰德里 "
    "merini 梅里尼 nardo 纳尔多 pozzi 波齐 ratti 拉蒂 solini 索利尼 tarelli 塔雷利 vaschi 瓦斯基"
).split()
_FRENCH = (
    "Beau 博 Cour 库尔 Dau 多 Fon 丰 Gri 格里 Lav 拉夫 Mor 莫尔 Per 佩尔 Rou 鲁 Vau 沃"
).split()
_FRENCH_ENDS = (
    "bressac 布雷萨克 champ 尚 dreville 德勒维尔 gnon 尼翁 lemont 勒蒙 nière 尼埃尔 plessy 普莱西 "
    "quenet 克内 ssart 萨尔 vigny 维尼"
).split()
_CHINESE_FIRST = "恒瑞泰锐远启卓凌朗源嘉弘睿润沐澜堃宸屹翊"
_CHINESE_SECOND = "川衡岭岳桥拓砺桐铄晖澄航芯曜麟垣"
_FORMS = {
    "DE": ("GmbH", "AG", "GmbH & Co. KG", "SE"),
    "CH": ("AG", "AG", "SA", "GmbH"),
    "IT": ("S.p.A.", "S.r.l."),
    "FR": ("SAS", "SA"),
}
_STEMS = {
    "DE": (_GERMAN, _GERMAN_ENDS),
    "CH": (_GERMAN, _GERMAN_ENDS),
    "IT": (_ITALIAN, _ITALIAN_ENDS),
    "FR": (_FRENCH, _FRENCH_ENDS),
}
_WEB = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "è": "e", "é": "e", "ê": "e"})

_FIRST_NAMES = {
    "DE": "Jürg Wiebke Matthias Ingrid Lukas Søren Annette Kerstin Tobias Ulrike Henrik Silke",
    "CH": "Reto Urs Regula Beat Ursina Jürg Chloé Fabrice Martina Andrin Seraina Noëlle",
    "IT": "Luca Giulia Matteo Chiara Davide Elena Niccolò Francesca Paolo Sofia Andrea Ilaria",
    "FR": "Chloé Étienne Margaux Théo Hélène Rémi Anaïs François Benoît Solène",
}
_LAST_NAMES = {
    "DE": "Strauß Ødegård Lindner Köhler Brandtner Weißmann Groß Jäger Schönfeld Łukasik",
    "CH": "Brunner Häberling Zgraggen Fässler Oberholzer Rüegg Blöchlinger Caduff Rochat",
    "IT": "D'Angelo Rossetti Zanchi Bellucci Forlani Gallizio Moretto Tessari Nardelli",
    "FR": "Lefèvre Garçon Béranger Dufresne Châtelain Morvan Delaunay Péricard",
}
_FAMILY = "王李张刘陈杨赵黄周吴徐孙马朱胡林郭何高罗单仇曾"
_GIVEN = (
    "敏 静 磊 洋 婷 喆 堃 伟 琪 思远 雨桐 明轩 嘉怡 文博 晓岚 志强 海燕 俊杰 子涵 国栋"
).split()
_STREETS = {
    "DE": ("Industriestraße {n}", "Gewerbepark {n}", "Am Güterbahnhof {n}", "Wielandstraße {n}"),
    "CH": ("Industriestrasse {n}", "Gewerbestrasse {n}", "Seestrasse {n}", "Werkstrasse {n}"),
    "IT": ("Via dell’Industria, {n}", "Via Emilia, {n}", "Via del Lavoro, {n}", "Viale Roma, {n}"),
    "FR": ("{n}, rue de l’Industrie", "{n}, avenue de la Gare", "{n}, allée des Érables"),
    "CN": ("创新路{n}号", "科技大道{n}号", "滨河路{n}号", "工业园区星海街{n}号"),
}


def _stem(rng: Random, country: str) -> tuple[str, str]:
    """Return an invented family-like name and its Chinese sound."""
    starts, ends = _STEMS[country]
    a, b = rng.randrange(len(starts) // 2) * 2, rng.randrange(len(ends) // 2) * 2
    return starts[a] + ends[b], starts[a + 1] + ends[b + 1]


def company_name(rng: Random, city: City, trade: Trade, taken: set[str]) -> Named:
    """Return an invented company's names; none is given out twice, whatever its legal form."""
    tries = 0
    while True:
        tries += 1
        if city.country == "CN":
            short = rng.choice(_CHINESE_FIRST) + rng.choice(_CHINESE_SECOND)
            if tries > 4:
                short += rng.choice(_CHINESE_FIRST)
            key, name = f"{city.zh}{short}{trade.zh}", f"{city.zh}{short}{trade.zh}有限公司"
            named = Named(name, name, f"{short}{trade.zh}", f"cn{len(taken) + 1000}")
        else:
            stem, sound = _stem(rng, city.country)
            if tries > 4:
                # So many companies that single names run out: two partners.
                other, second = _stem(rng, city.country)
                stem, sound = f"{stem} & {other}", f"{sound}{second}"
            language = {"IT": trade.it, "FR": trade.fr}.get(city.country, trade.de)
            key = f"{stem} {language}"
            form = rng.choice(_FORMS[city.country])
            web = key.lower().replace(" & ", "-").replace(" ", "-").translate(_WEB)
            named = Named(f"{key} {form}", f"{sound}{trade.zh}", f"{sound}{trade.zh}", web)
        if key not in taken:
            taken.add(key)
            return named


def person_name(rng: Random, country: str) -> str:
    """Return an invented person's name as their country writes it."""
    if country == "CN":
        return rng.choice(_FAMILY) + rng.choice(_GIVEN)
    first, last = _FIRST_NAMES[country].split(), _LAST_NAMES[country].split()
    return f"{rng.choice(first)} {rng.choice(last)}"


def street(rng: Random, country: str) -> str:
    """Return an invented street address."""
    return rng.choice(_STREETS[country]).format(n=rng.randrange(2, 198))


def phone(rng: Random, country: str) -> str:
    """Return a telephone number of the country's form that reaches nobody on purpose."""
    heads = {"CH": "+41 44 555", "DE": "+49 89 5550", "IT": "+39 02 5550", "FR": "+33 4 5550"}
    if country == "CN":
        return f"+86 512 5550 {rng.randrange(10000):04d}"
    return f"{heads[country]} {rng.randrange(100):02d} {rng.randrange(100):02d}"
