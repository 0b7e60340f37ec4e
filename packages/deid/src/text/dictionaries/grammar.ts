/** Words that build sentences: never names, whatever list has them, unless a title or a label says so. */
export const FUNCTION_WORDS = `a about above across after again against all almost alone along already also although always am among an and another
any anybody anyone anything are around as at away back be became because become been before behind being below between both but by came can
cannot could did do does doing done down during each either else enough even ever every everybody everyone everything except few first for
from further gave get gets give given go goes going gone got had has have having he hello her here hers herself hi him himself his how however i
if in indeed instead into is it its itself just keep last least less let like likely made make makes many maybe me meanwhile might mine more
most much must my myself near need neither never nevertheless next no nobody none nor not nothing now of off often oh ok okay on once one only
onto or other others otherwise ought our ours ourselves out over own per perhaps please quite rather really said same saw say says second see seem
seems several shall she should since so some somebody someone something sometimes soon still such take takes than thank thanks that the their
theirs them themselves then there therefore these they thing this those though three through thus to today together told tomorrow too took toward
towards two under unless until up upon us use used very want wants was we well went were what whatever when whenever where whether which while
who whoever whom whose why will with within without would yes yesterday yet you your yours yourself c'mon y'all o'clock ma'am who's excuse sorry
don won ain isn aren wasn weren hasn haven hadn doesn didn couldn shouldn wouldn mustn needn i'm welcome can't won't shan't ain't cannot`

/** What people do: after a word that may be a name, these say that it is one. */
export const PERSON_VERBS = `is was has had will would can could may might must did does doesn't didn't isn't wasn't said says reports reported denies
denied states stated complains complained presents presented lives lived works worked went came called calls wants wanted needs needed feels felt takes took
underwent received sees saw describes described notes noted admits admitted agrees agreed tells told asks asked thinks thought knows knew
drinks smokes quit stopped started began returned arrived left moved married died fell lost gave gets got uses used tried`

/** Roles and relations: they stand before names and are no part of them. */
export const ROLES = `patient patients pt client resident nurse doctor physician attending surgeon fellow intern therapist provider caller sister
brother mother father mom dad wife husband spouse partner son daughter child aunt uncle cousin niece nephew grandmother grandfather grandson
granddaughter friend neighbor neighbour guardian caregiver caretaker boss teacher coach roommate boyfriend girlfriend fiance fiancee
stepmother stepfather stepson stepdaughter mr mrs president director manager bot user customer agent member guest`

/** Parts of a hospital and of a note, which are written with capitals and name nobody. */
export const CARE_SETTINGS = `emergency intensive care unit department room ward floor operating recovery urgent primary physical occupational speech
therapy therapies medicine surgery service services team clinic clinical center centre hospital discharge admission history present past
medical social family review systems exam examination assessment plan chief complaint medications medication allergies labs laboratory
imaging vitals vital signs blood pressure heart rate temperature weight height type stage grade class group step level phase day week
month visit note notes report summary record records chart section table figure consult consultation transfer transport home skilled
nursing facility rehab rehabilitation acute chronic general internal pain memory sleep wound wellness health mental behavioral women's
men's children's well child adult adolescent pediatric senior sports day-surgery left right upper lower bilateral status normal negative
positive none see per with without findings impression procedure diagnosis treatment follow instructions return`

/** Months in English; May, March and the short ones are words as well. */
export const MONTHS = `january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct
nov dec`

export const WEEKDAYS = `monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun`

/** Words with a capital that are no names and stand in no lexicon of lower-case words. */
export const OTHER_CAPITALS = `internet bible koran quran torah god christ jesus braille celsius fahrenheit velcro teflon xerox kleenex plexiglas
styrofoam polaroid popsicle jacuzzi frisbee thermos realtor roman latin arctic pacific atlantic mediterranean western eastern northern
southern midwestern olympic olympics senate congress parliament pentagon venus mars jupiter saturn neptune pluto
aquarius aries cancer capricorn gemini leo libra pisces sagittarius scorpio taurus virgo christmas easter halloween thanksgiving
hanukkah kwanzaa passover ramadan xmas diwali yuletide advent lent covid android iphone ipad wifi bluetooth windows linux
vii viii xii xiii xiv xvi xvii xviii xix hmo cpr`
