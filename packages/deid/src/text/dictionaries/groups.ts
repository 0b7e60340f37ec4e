/**
 * Nationalities, peoples, religions and political groups, written out from public facts. `_` stands for a
 * space.
 */
export const GROUPS = `afghan albanian algerian american angolan argentine argentinian argentinean armenian australian austrian
azerbaijani azeri bahamian bahraini bangladeshi barbadian basque belarusian belgian belizean beninese bermudian bhutanese
bolivian bosnian botswanan brazilian british briton bruneian bulgarian burkinabe burmese burundian cambodian cameroonian
canadian catalan chadian chechen chilean chinese colombian congolese cornish costa_rican croat croatian cuban cypriot
czech dane danish djiboutian dominican dutch dutchman ecuadorian ecuadorean egyptian emirati english englishman
englishwoman eritrean estonian ethiopian fijian filipina filipino finn finnish flemish french frenchman frenchwoman
gabonese gambian georgian german ghanaian greek greenlander greenlandic grenadian guatemalan guinean guyanese haitian
honduran hungarian icelander icelandic indian indonesian iranian iraqi irish irishman irishwoman israeli italian ivorian
jamaican japanese jordanian kazakh kenyan korean kosovar kuwaiti kurd kurdish kyrgyz lao laotian latvian lebanese
liberian libyan liechtensteiner lithuanian luxembourger macedonian malagasy malawian malay malaysian maldivian malian
maltese mauritanian mauritian mexican moldovan monegasque mongolian montenegrin moroccan mozambican namibian nepalese
nepali dutchwoman new_zealander nicaraguan nigerian nigerien norwegian omani pakistani palestinian panamanian paraguayan
persian peruvian pole polish portuguese puerto_rican qatari romanian russian rwandan salvadoran samoan saudi scot
scotsman scottish senegalese serb serbian singaporean slovak slovakian slovene slovenian somali spaniard spanish
sri_lankan sudanese surinamese swazi swede swedish swiss syrian tahitian taiwanese tajik tanzanian thai tibetan togolese
tongan trinidadian tunisian turk turkish turkmen ugandan ukrainian uruguayan uzbek venezuelan vietnamese welsh welshman
yemeni yemenite zambian zimbabwean zulu yoruba hausa igbo maori aboriginal inuit navajo cherokee apache sioux hopi
african african_american hispanic latino latina latinx asian asian_american caucasian arab arabic arabian bedouin berber
slav slavic nordic scandinavian hmong punjabi gujarati bengali tamil telugu sinhalese pashtun romani gypsy uighur uyghur
native_american alaska_native pacific_islander european
jew jewish judaism muslim moslem islam islamic sunni shia shiite sufi christian christianity catholic catholicism
protestant protestantism orthodox_jew orthodox_jewish lutheran baptist methodist presbyterian episcopalian anglican
pentecostal evangelical mormon mormonism quaker mennonite amish adventist jehovah's_witness jehovah's_witnesses
buddhist buddhism hindu hinduism sikh sikhism jain jainism bahai zoroastrian taoist shinto rastafarian atheist agnostic
scientologist unitarian calvinist puritan hasidic
republican republicans democrat democrats democratic_party republican_party communist communists marxist leninist tory
tories labour_party conservative_party liberal_democrat libertarian_party socialist_party green_party fascist nazi`

/**
 * Words of the list that mean something else in lower case or before another noun: taken only with a capital.
 */
export const NOT_LOWER = `polish lao pole finn turk scot welsh slav swede dane orthodox georgian basque indian thai
english jain apache berber cornish maltese persian aboriginal evangelical quaker`
