import { US_STATES } from '@chartward/policy'
import { STATES } from '../../shared/us-states.ts'

/**
 * Countries and territories by their English short names (ISO 3166-1, UN member states), written out from
 * public facts; other names in use after them. `_` stands for a space.
 */
export const COUNTRIES = `afghanistan albania algeria andorra angola antigua_and_barbuda argentina armenia aruba australia
austria azerbaijan bahamas bahrain bangladesh barbados belarus belgium belize benin bermuda bhutan bolivia
bosnia_and_herzegovina bosnia botswana brazil brunei bulgaria burkina_faso burundi cambodia cameroon canada cape_verde
cabo_verde cayman_islands central_african_republic chile colombia comoros congo costa_rica croatia cuba curacao cyprus
czechia czech_republic denmark djibouti dominica dominican_republic ecuador egypt el_salvador equatorial_guinea eritrea
estonia eswatini ethiopia falkland_islands faroe_islands fiji finland france french_guiana french_polynesia gabon gambia
germany ghana gibraltar greece greenland grenada guadeloupe guatemala guernsey guinea guinea_bissau guyana haiti honduras
hong_kong hungary iceland india indonesia iran iraq ireland isle_of_man israel italy ivory_coast jamaica japan kazakhstan
kenya kiribati kosovo kuwait kyrgyzstan laos latvia lebanon lesotho liberia libya liechtenstein lithuania luxembourg
macau macao macedonia madagascar malawi malaysia maldives mali malta marshall_islands martinique mauritania mauritius
mayotte mexico micronesia moldova monaco mongolia montenegro montserrat morocco mozambique myanmar burma namibia nauru
nepal netherlands holland new_caledonia new_zealand nicaragua niger nigeria north_korea north_macedonia norway oman
pakistan palau palestine panama papua_new_guinea paraguay peru philippines poland portugal puerto_rico qatar reunion
romania russia russian_federation rwanda saint_lucia saint_kitts_and_nevis samoa san_marino sao_tome_and_principe
saudi_arabia scotland england wales northern_ireland senegal serbia seychelles sierra_leone singapore slovakia slovenia
solomon_islands somalia south_africa south_korea south_sudan spain sri_lanka sudan suriname sweden switzerland syria
taiwan tajikistan tanzania thailand timor_leste east_timor togo tonga trinidad_and_tobago trinidad tunisia turkey turkiye
turkmenistan tuvalu uganda ukraine united_arab_emirates united_kingdom great_britain britain united_states
united_states_of_america uruguay uzbekistan vanuatu vatican_city venezuela vietnam virgin_islands yemen zambia zimbabwe
korea soviet_union yugoslavia czechoslovakia`

const stateNames = [...STATES.values()].map((name) => name.toLowerCase().replaceAll(' ', '_'))

/** The states and territories of the United States, and first-level divisions of other countries. */
export const REGIONS = `${stateNames.join(' ')}
ontario quebec british_columbia alberta manitoba saskatchewan
nova_scotia new_brunswick newfoundland labrador prince_edward_island yukon nunavut northwest_territories
new_south_wales queensland victoria tasmania south_australia western_australia bavaria saxony hesse brandenburg
lower_saxony thuringia catalonia andalusia galicia tuscany lombardy sicily sardinia piedmont veneto brittany normandy
provence burgundy aquitaine flanders wallonia punjab gujarat kerala bihar maharashtra tamil_nadu bengal karnataka
uttar_pradesh rajasthan jalisco oaxaca chiapas yorkshire lancashire cornwall devon kent surrey sussex essex norfolk
suffolk cumbria hampshire long_island cape_cod silicon_valley new_england midwest
asia africa europe antarctica oceania scandinavia balkans caribbean crimea siberia tibet kurdistan bohemia moravia silesia`

/** Large and often named cities of the world, written out from public facts. */
export const CITIES = `new_york_city los_angeles chicago houston phoenix philadelphia san_antonio san_diego dallas san_jose
austin jacksonville fort_worth columbus charlotte san_francisco indianapolis seattle denver boston el_paso detroit
nashville portland memphis oklahoma_city las_vegas louisville baltimore milwaukee albuquerque tucson fresno sacramento
mesa kansas_city atlanta long_beach colorado_springs raleigh miami virginia_beach omaha oakland minneapolis tulsa
arlington tampa new_orleans wichita cleveland bakersfield aurora anaheim honolulu santa_ana riverside corpus_christi
lexington stockton henderson saint_paul st_paul st_louis saint_louis cincinnati pittsburgh greensboro anchorage plano
lincoln orlando irvine newark toledo durham chula_vista fort_wayne jersey_city st_petersburg laredo madison chandler
buffalo lubbock scottsdale reno glendale gilbert winston_salem north_las_vegas norfolk chesapeake garland irving hialeah
fremont boise richmond baton_rouge spokane des_moines tacoma san_bernardino modesto fontana santa_clarita birmingham
oxnard fayetteville moreno_valley rochester huntington_beach salt_lake_city grand_rapids amarillo yonkers montgomery
akron little_rock huntsville augusta port_st_lucie grand_prairie tallahassee overland_park tempe mckinney mobile
shreveport worcester ontario knoxville chattanooga brownsville fort_lauderdale providence newport_news rancho_cucamonga
santa_rosa peoria oceanside elk_grove salem pembroke_pines eugene fort_collins corona springfield jackson alexandria
hayward lancaster lakewood clarksville palmdale salinas hollywood pasadena sunnyvale macon pomona escondido killeen
naperville joliet rockford savannah paterson bridgeport syracuse torrance mcallen dayton fullerton hartford hampton
new_haven brooklyn manhattan queens bronx staten_island harlem cambridge somerville lowell quincy ann_arbor lansing flint
berkeley palo_alto santa_barbara santa_monica santa_cruz santa_fe cedar_rapids green_bay south_bend duluth fargo
sioux_falls billings cheyenne topeka lawrence baltimore annapolis dover trenton albany utica ithaca poughkeepsie
toronto montreal vancouver calgary edmonton ottawa winnipeg quebec_city hamilton halifax saskatoon regina london
manchester liverpool leeds sheffield bristol glasgow edinburgh cardiff belfast dublin cork galway limerick oxford
brighton newcastle nottingham leicester coventry plymouth southampton portsmouth aberdeen dundee inverness york bath
paris marseille lyon toulouse nice nantes strasbourg montpellier bordeaux lille rennes reims grenoble dijon angers
berlin hamburg munich cologne frankfurt stuttgart dusseldorf dortmund essen leipzig bremen dresden hanover nuremberg
duisburg bochum wuppertal bielefeld bonn munster karlsruhe mannheim augsburg kiel lubeck rostock mainz freiburg erfurt
vienna graz linz salzburg innsbruck zurich geneva basel bern lausanne lucerne brussels antwerp ghent bruges liege
amsterdam rotterdam the_hague utrecht eindhoven groningen madrid barcelona valencia seville zaragoza malaga murcia
bilbao granada cordoba lisbon porto coimbra braga faro rome milan naples turin palermo genoa bologna florence bari
catania venice verona padua trieste pisa siena athens thessaloniki patras nicosia limassol larnaca copenhagen aarhus
odense aalborg stockholm gothenburg malmo uppsala oslo bergen trondheim stavanger tromso helsinki espoo tampere turku
oulu reykjavik akureyri tallinn tartu riga vilnius kaunas warsaw krakow lodz wroclaw poznan gdansk szczecin lublin
katowice prague brno ostrava plzen pilsen olomouc bratislava kosice budapest debrecen szeged pecs ljubljana maribor
zagreb split rijeka dubrovnik belgrade sarajevo skopje tirana sofia plovdiv varna bucharest cluj timisoara iasi chisinau
kyiv kiev kharkiv odessa lviv donetsk minsk moscow saint_petersburg novosibirsk yekaterinburg kazan samara omsk
vladivostok tbilisi yerevan baku istanbul ankara izmir antalya jerusalem tel_aviv haifa beirut damascus aleppo amman
baghdad basra mosul tehran isfahan mashhad shiraz kuwait_city riyadh jeddah mecca medina doha dubai abu_dhabi manama
muscat sanaa aden kabul kandahar karachi lahore islamabad rawalpindi faisalabad peshawar delhi new_delhi mumbai bombay
kolkata calcutta chennai madras bangalore bengaluru hyderabad ahmedabad pune jaipur lucknow kanpur nagpur kathmandu
dhaka chittagong colombo yangon mandalay bangkok chiang_mai phnom_penh hanoi ho_chi_minh_city saigon da_nang vientiane
kuala_lumpur penang jakarta surabaya bandung bali manila quezon_city cebu davao taipei kaohsiung beijing shanghai
guangzhou shenzhen chengdu chongqing wuhan tianjin nanjing xian hangzhou harbin shenyang seoul busan incheon daegu
pyongyang tokyo osaka kyoto yokohama nagoya sapporo kobe fukuoka hiroshima nagasaki sendai ulaanbaatar tashkent almaty
astana bishkek cairo giza tripoli tunis algiers oran casablanca rabat marrakesh fez tangier khartoum addis_ababa asmara
mogadishu nairobi mombasa kampala kigali dar_es_salaam zanzibar lusaka harare lilongwe maputo luanda kinshasa
brazzaville yaounde douala lagos abuja kano ibadan accra kumasi abidjan dakar bamako conakry freetown monrovia
johannesburg cape_town durban pretoria soweto bloemfontein windhoek gaborone antananarivo sydney melbourne brisbane
perth adelaide canberra hobart darwin auckland wellington christchurch dunedin hamilton suva honiara port_moresby
mexico_city guadalajara monterrey puebla tijuana cancun acapulco juarez guatemala_city tegucigalpa san_salvador managua
panama_city havana santiago santo_domingo port_au_prince kingston nassau bridgetown port_of_spain san_juan caracas
maracaibo bogota medellin cali cartagena quito guayaquil lima cusco arequipa la_paz santa_cruz sucre asuncion
montevideo buenos_aires rosario mendoza valparaiso concepcion sao_paulo rio_de_janeiro brasilia salvador fortaleza
belo_horizonte manaus recife porto_alegre curitiba belem nuuk`

/**
 * Codes that stand in addresses: states (USPS), armed forces, provinces of Canada, states of Australia. Upper
 * case only.
 */
export const REGION_CODES = `${Object.keys(US_STATES).join(' ')}
AB BC MB NB NL NS NT NU ON PE QC SK YT NSW QLD TAS VIC ACT USA UK UAE US EU`
