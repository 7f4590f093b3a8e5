"""Names that GeoNames lacks or gives in English, for `build_places.py`."""

from __future__ import annotations

# Country and the source's name | local name if it differs | Chinese | other names, by commas.
PLACES = """
CH Zürich||苏黎世|Zurich,Zurigo
CH Geneva|Genève|日内瓦|Genf,Ginevra
CH Basel||巴塞尔|Basle,Bâle,Basilea
CH Lausanne||洛桑|Losanna
CH Bern||伯尔尼|Berne,Berna
CH Winterthur||温特图尔|
CH Luzern||卢塞恩|Lucerne,Lucerna
CH Sankt Gallen|St. Gallen|圣加仑|Saint-Gall,San Gallo
CH Lugano||卢加诺|
CH Biel/Bienne||比尔|Biel,Bienne
CH Thun||图恩|Thoune
CH Fribourg||弗里堡|Freiburg im Üechtland
CH Schaffhausen||沙夫豪森|Schaffhouse,Sciaffusa
CH Chur||库尔|Coire,Coira
CH Neuchâtel||纳沙泰尔|Neuenburg
CH Sitten|Sion|锡永|Sitten
CH Zug||楚格|Zoug,Zugo
CH Aarau||阿劳|
CH Baden||巴登|
CH Olten||奥尔滕|
CH Solothurn||索洛图恩|Soleure,Soletta
CH Uzwil||乌茨维尔|
CH Rorschach||罗尔沙赫|
CH Frauenfeld||弗劳恩费尔德|
CH Bellinzona||贝林佐纳|
CH Locarno||洛迦诺|
CH La Chaux-de-Fonds||拉绍德封|
CH Yverdon-les-Bains||伊韦尔东莱班|
CH Vevey||沃韦|
CH Visp||菲斯普|Viège
CH Rapperswil||拉珀斯维尔|Rapperswil-Jona
CH Kreuzlingen||克罗伊茨林根|
CH Burgdorf||布格多夫|Berthoud
CH Delémont||德莱蒙|Delsberg
CH Le Locle||勒洛克勒|
CH Grenchen||格伦兴|Granges
DE Berlin||柏林|
DE Hamburg||汉堡|
DE Munich|München|慕尼黑|Munich,Monaco di Baviera
DE Köln||科隆|Cologne,Colonia
DE Frankfurt am Main||法兰克福|Frankfurt,Francfort
DE Nuremberg|Nürnberg|纽伦堡|Nuremberg,Norimberga
DE Stuttgart||斯图加特|Stoccarda
DE Düsseldorf||杜塞尔多夫|Duesseldorf
DE Hannover||汉诺威|Hanover
DE Halle (Saale)||哈雷|Halle
DE Hagen||哈根|
DE Mülheim|Mülheim an der Ruhr|鲁尔河畔米尔海姆|Mülheim
DE Saarbrücken||萨尔布吕肯|
DE Ludwigshafen am Rhein||路德维希港|Ludwigshafen
DE Göttingen||哥廷根|
DE Heilbronn||海尔布隆|
DE Ingolstadt||因戈尔施塔特|
DE Ulm||乌尔姆|
DE Augsburg||奥格斯堡|
DE Regensburg||雷根斯堡|Ratisbon
DE Offenbach|Offenbach am Main|奥芬巴赫|Offenbach
DE Siegen||锡根|
DE Bergisch Gladbach||贝尔吉施格拉德巴赫|
DE Freiburg|Freiburg im Breisgau|弗赖堡|Freiburg
DE Friedrichshafen||腓特烈港|
DE Biberach an der Riß||比伯拉赫|Biberach
DE Ravensburg||拉芬斯堡|
DE Esslingen|Esslingen am Neckar|埃斯林根|Esslingen
DE Göppingen||格平根|
DE Tübingen||蒂宾根|Tuebingen
DE Reutlingen||罗伊特林根|
DE Sindelfingen||辛德尔芬根|
DE Böblingen||伯布林根|
DE Tuttlingen||图特林根|
DE Aalen||阿伦|
DE Heidenheim an der Brenz|Heidenheim an der Brenz|海登海姆|Heidenheim
DE Schwäbisch Hall||施韦比施哈尔|
DE Künzelsau||金策尔绍|
DE Bad Mergentheim||巴特梅根特海姆|
DE Walldorf||瓦尔多夫|
DE Weinheim||魏因海姆|
DE Offenburg||奥芬堡|
DE Lörrach||勒拉赫|
DE Singen|Singen (Hohentwiel)|辛根|Singen
DE Erlangen||埃尔朗根|
DE Herzogenaurach||黑措根奥拉赫|
DE Schweinfurt||施韦因富特|
DE Würzburg||维尔茨堡|
DE Bamberg||班贝格|
DE Coburg||科堡|
DE Kempten (Allgäu)||肯普滕|Kempten
DE Memmingen||梅明根|
DE Landshut||兰茨胡特|
DE Deggendorf||德根多夫|
DE Burghausen||布格豪森|
DE Mühlhausen|Mühlhausen|米尔豪森|
DE Jena||耶拿|
DE Zwickau||茨维考|
DE Hanau am Main|Hanau|哈瑙|
DE Wetzlar||韦茨拉尔|
DE Marburg an der Lahn|Marburg|马尔堡|
DE Gießen||吉森|
DE Koblenz||科布伦茨|
DE Siegburg||锡格堡|
DE Gütersloh||居特斯洛|
DE Bielefeld||比勒费尔德|
DE Bergheim||贝格海姆|
DE Salzgitter||萨尔茨吉特|
DE Velbert||费尔贝特|
DE Lüneburg||吕讷堡|
DE Moers||默尔斯|
AT Vienna|Wien|维也纳|Vienna,Vienne
AT Graz||格拉茨|
AT Linz||林茨|
AT Salzburg||萨尔茨堡|Salisburgo
AT Innsbruck||因斯布鲁克|
AT Klagenfurt am Wörthersee||克拉根福|Klagenfurt
AT Villach||菲拉赫|
AT Wels||韦尔斯|
AT Sankt Pölten|St. Pölten|圣珀尔滕|
AT Dornbirn||多恩比恩|
AT Bregenz||布雷根茨|
AT Feldkirch||费尔德基希|
AT Steyr||施泰尔|
AT Leoben||莱奥本|
AT Wiener Neustadt||维也纳新城|
AT Kufstein||库夫施泰因|
LI Vaduz||瓦杜兹|
LI Schaan||沙恩|
LI Balzers||巴尔采斯|
FR Paris||巴黎|Parigi
FR Toulouse||图卢兹|Tolosa
FR Montpellier||蒙彼利埃|
FR Lille||里尔|Lilla
FR Le Havre||勒阿弗尔|
FR Grenoble||格勒诺布尔|
FR Besançon||贝桑松|
FR Clermont-Ferrand||克莱蒙费朗|
FR Aix-en-Provence||普罗旺斯地区艾克斯|Aix
FR Amiens||亚眠|
FR Limoges||利摩日|
FR Villeurbanne||维勒班|
FR Rouen||鲁昂|
FR Perpignan||佩皮尼昂|
FR Mulhouse||米卢斯|Mülhausen
FR Strasbourg||斯特拉斯堡|Straßburg
FR Dunkirk|Dunkerque|敦刻尔克|Dunkirk
FR Saint-Denis||圣但尼|
FR Avignon||阿维尼翁|
FR Versailles||凡尔赛|
FR Pau||波城|
FR Cannes||戛纳|
FR Calais||加来|
FR Valence||瓦朗斯|
FR Belfort||贝尔福|
FR Annecy||阿讷西|
FR Oyonnax||瓦约纳|
FR Troyes||特鲁瓦|
IT Rome|Roma|罗马|Rome,Rom
IT Milan|Milano|米兰|Milan,Mailand
IT Naples|Napoli|那不勒斯|Naples,Neapel
IT Turin|Torino|都灵|Turin
IT Palermo||巴勒莫|
IT Genoa|Genova|热那亚|Genoa,Genua
IT Bologna||博洛尼亚|
IT Florence|Firenze|佛罗伦萨|Florence,Florenz
IT Venice|Venezia|威尼斯|Venice,Venedig
IT Catania||卡塔尼亚|
IT Trieste||的里雅斯特|Triest
IT Padua|Padova|帕多瓦|Padua
IT Verona||维罗纳|
IT Brescia||布雷西亚|
IT Taranto||塔兰托|
IT Parma||帕尔马|
IT Modena||摩德纳|
IT Reggio nell'Emilia|Reggio Emilia|雷焦艾米利亚|Reggio nell'Emilia
IT Livorno||里窝那|Leghorn
IT Cagliari||卡利亚里|
IT Rimini||里米尼|
IT Foggia||福贾|
IT Ferrara||费拉拉|
IT Salerno||萨莱诺|
IT Bergamo||贝加莫|
IT Pescara||佩斯卡拉|
IT Forlì||弗利|Forli
IT Vicenza||维琴察|
IT Terni||特尔尼|
IT Bolzano||博尔扎诺|Bozen
IT Novara||诺瓦拉|
IT Arezzo||阿雷佐|
IT Udine||乌迪内|
IT Cesena||切塞纳|
IT La Spezia||拉斯佩齐亚|
IT Alessandria||亚历山德里亚|
IT Sassari||萨萨里|
IT Treviso||特雷维索|
IT Varese||瓦雷泽|
IT Busto Arsizio||布斯托阿西齐奥|
IT Lecce||莱切|
IT Ravenna||拉韦纳|
IT Latina||拉蒂纳|
IT Pesaro||佩萨罗|
IT Carpi||卡尔皮|
IT Imola||伊莫拉|
IT Faenza||法恩扎|
IT Sassuolo||萨索洛|
IT Maranello||马拉内洛|
IT Asti||阿斯蒂|
IT Cuneo||库内奥|
IT Ivrea||伊夫雷亚|
IT Biella||比耶拉|
IT Lecco||莱科|
IT Lodi||洛迪|
IT Mantua|Mantova|曼托瓦|Mantua
IT Crema||克雷马|
IT Legnano||莱尼亚诺|
IT Saronno||萨龙诺|
IT Schio||斯基奥|
IT Bassano del Grappa||巴萨诺德尔格拉帕|
IT Pordenone||波代诺内|
IT Rovereto||罗韦雷托|
IT Fabriano||法布里亚诺|
IT Gela||杰拉|
IT Siena||锡耶纳|
IT Bressanone||布雷萨诺内|Brixen
IT Merano||梅拉诺|Meran
IT Brunico||布鲁尼科|Bruneck
"""

# Country, GeoNames' code, subdivision of `holidays` or "-" | local name | English | Chinese
SUBDIVISIONS = """
DE 01 BW|Baden-Württemberg|Baden-Württemberg|巴登-符腾堡州
DE 02 BY|Bayern|Bavaria|巴伐利亚州
DE 03 HB|Bremen|Bremen|不来梅州
DE 04 HH|Hamburg|Hamburg|汉堡州
DE 05 HE|Hessen|Hesse|黑森州
DE 06 NI|Niedersachsen|Lower Saxony|下萨克森州
DE 07 NW|Nordrhein-Westfalen|North Rhine-Westphalia|北莱茵-威斯特法伦州
DE 08 RP|Rheinland-Pfalz|Rhineland-Palatinate|莱茵兰-普法尔茨州
DE 09 SL|Saarland|Saarland|萨尔州
DE 10 SH|Schleswig-Holstein|Schleswig-Holstein|石勒苏益格-荷尔斯泰因州
DE 11 BB|Brandenburg|Brandenburg|勃兰登堡州
DE 12 MV|Mecklenburg-Vorpommern|Mecklenburg-Western Pomerania|梅克伦堡-前波美拉尼亚州
DE 13 SN|Sachsen|Saxony|萨克森州
DE 14 ST|Sachsen-Anhalt|Saxony-Anhalt|萨克森-安哈尔特州
DE 15 TH|Thüringen|Thuringia|图林根州
DE 16 BE|Berlin|Berlin|柏林州
CH AG AG|Aargau|Aargau|阿尔高州
CH AI AI|Appenzell Innerrhoden|Appenzell Innerrhoden|内阿彭策尔州
CH AR AR|Appenzell Ausserrhoden|Appenzell Ausserrhoden|外阿彭策尔州
CH BE BE|Bern|Bern|伯尔尼州
CH BL BL|Basel-Landschaft|Basel-Landschaft|巴塞尔乡村州
CH BS BS|Basel-Stadt|Basel-Stadt|巴塞尔城市州
CH FR FR|Fribourg|Fribourg|弗里堡州
CH GE GE|Genève|Geneva|日内瓦州
CH GL GL|Glarus|Glarus|格拉鲁斯州
CH GR GR|Graubünden|Grisons|格劳宾登州
CH JU JU|Jura|Jura|汝拉州
CH LU LU|Luzern|Lucerne|卢塞恩州
CH NE NE|Neuchâtel|Neuchâtel|纳沙泰尔州
CH NW NW|Nidwalden|Nidwalden|下瓦尔登州
CH OW OW|Obwalden|Obwalden|上瓦尔登州
CH SG SG|St. Gallen|St. Gallen|圣加仑州
CH SH SH|Schaffhausen|Schaffhausen|沙夫豪森州
CH SO SO|Solothurn|Solothurn|索洛图恩州
CH SZ SZ|Schwyz|Schwyz|施维茨州
CH TG TG|Thurgau|Thurgau|图尔高州
CH TI TI|Ticino|Ticino|提契诺州
CH UR UR|Uri|Uri|乌里州
CH VD VD|Vaud|Vaud|沃州
CH VS VS|Valais|Valais|瓦莱州
CH ZG ZG|Zug|Zug|楚格州
CH ZH ZH|Zürich|Zurich|苏黎世州
AT 01 1|Burgenland|Burgenland|布尔根兰州
AT 02 2|Kärnten|Carinthia|克恩顿州
AT 03 3|Niederösterreich|Lower Austria|下奥地利州
AT 04 4|Oberösterreich|Upper Austria|上奥地利州
AT 05 5|Salzburg|Salzburg|萨尔茨堡州
AT 06 6|Steiermark|Styria|施泰尔马克州
AT 07 7|Tirol|Tyrol|蒂罗尔州
AT 08 8|Vorarlberg|Vorarlberg|福拉尔贝格州
AT 09 9|Wien|Vienna|维也纳州
IT 01 -|Abruzzo|Abruzzo|阿布鲁佐大区
IT 02 -|Basilicata|Basilicata|巴西利卡塔大区
IT 03 -|Calabria|Calabria|卡拉布里亚大区
IT 04 -|Campania|Campania|坎帕尼亚大区
IT 05 -|Emilia-Romagna|Emilia-Romagna|艾米利亚-罗马涅大区
IT 06 -|Friuli-Venezia Giulia|Friuli Venezia Giulia|弗留利-威尼斯朱利亚大区
IT 07 -|Lazio|Lazio|拉齐奥大区
IT 08 -|Liguria|Liguria|利古里亚大区
IT 09 -|Lombardia|Lombardy|伦巴第大区
IT 10 -|Marche|Marche|马尔凯大区
IT 11 -|Molise|Molise|莫利塞大区
IT 12 -|Piemonte|Piedmont|皮埃蒙特大区
IT 13 -|Puglia|Apulia|普利亚大区
IT 14 -|Sardegna|Sardinia|撒丁大区
IT 15 -|Sicilia|Sicily|西西里大区
IT 16 -|Toscana|Tuscany|托斯卡纳大区
IT 17 -|Trentino-Alto Adige|Trentino-South Tyrol|特伦蒂诺-上阿迪杰大区
IT 18 -|Umbria|Umbria|翁布里亚大区
IT 19 AO|Valle d'Aosta|Aosta Valley|瓦莱达奥斯塔大区
IT 20 -|Veneto|Veneto|威尼托大区
FR 11 -|Île-de-France|Île-de-France|法兰西岛大区
FR 24 -|Centre-Val de Loire|Centre-Val de Loire|中央-卢瓦尔河谷大区
FR 27 -|Bourgogne-Franche-Comté|Burgundy-Franche-Comté|勃艮第-弗朗什-孔泰大区
FR 28 -|Normandie|Normandy|诺曼底大区
FR 32 -|Hauts-de-France|Hauts-de-France|上法兰西大区
FR 44 -|Grand Est|Grand Est|大东部大区
FR 52 -|Pays de la Loire|Pays de la Loire|卢瓦尔河地区大区
FR 53 -|Bretagne|Brittany|布列塔尼大区
FR 75 -|Nouvelle-Aquitaine|Nouvelle-Aquitaine|新阿基坦大区
FR 76 -|Occitanie|Occitania|奥克西塔尼大区
FR 84 -|Auvergne-Rhône-Alpes|Auvergne-Rhône-Alpes|奥弗涅-罗讷-阿尔卑斯大区
FR 93 -|Provence-Alpes-Côte d'Azur|Provence-Alpes-Côte d'Azur|普罗旺斯-阿尔卑斯-蓝色海岸大区
FR 94 -|Corse|Corsica|科西嘉大区
"""

# Places whose holidays differ from those of their state; Alsace and Moselle lie inside Grand Est.
CITY_SUBDIVISIONS = {
    "DE": {"Augsburg": "Augsburg"},
    "CH": {"Zürich": "Stadt Zurich"},
    "FR": {
        **dict.fromkeys(
            ["Strasbourg", "Mulhouse", "Colmar", "Haguenau", "Sélestat", "Saint-Louis"], "6AE"
        ),
        **dict.fromkeys(
            ["Molsheim", "Saverne", "Obernai", "Illkirch-Graffenstaden", "Guebwiller"], "6AE"
        ),
        **dict.fromkeys(["Metz", "Thionville", "Forbach", "Sarreguemines", "Sarrebourg"], "57"),
    },
}
