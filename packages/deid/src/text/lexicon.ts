import { CENSUS_GIVEN_NAMES, CENSUS_SURNAMES } from './dictionaries/census-names.ts'
import { CLINICAL_ABBREVIATIONS, CLINICAL_WORDS } from './dictionaries/clinical.ts'
import { DRUGS } from './dictionaries/drugs.ts'
import { COMMON_ENGLISH, FURTHER_ENGLISH } from './dictionaries/english.ts'
import { EPONYM_DEVICES, EPONYM_NOUNS, EPONYMS, EPONYMS_WITH_NOUN } from './dictionaries/eponyms.ts'
import {
  CARE_SETTINGS,
  FUNCTION_WORDS,
  MONTHS,
  OTHER_CAPITALS,
  PERSON_VERBS,
  ROLES,
  WEEKDAYS,
} from './dictionaries/grammar.ts'
import { GROUPS, NOT_LOWER } from './dictionaries/groups.ts'
import { HONORIFICS, NAME_SUFFIXES, NAMES_FIRST, PARTICLES, WORLD_NAMES } from './dictionaries/names.ts'
import {
  KNOWN_ORGANIZATIONS,
  LEGAL_FORMS,
  ORGANIZATION_KINDS,
  ORGANIZATION_NOUNS,
  ORGANIZATION_PARTS,
} from './dictionaries/organizations.ts'
import { CITIES, COUNTRIES, REGION_CODES, REGIONS } from './dictionaries/places.ts'
import {
  STREET_ABBREVIATIONS,
  STREET_PREFIXES,
  STREET_TYPES,
  SURE_STREET_TYPES,
  UNITS,
} from './dictionaries/streets.ts'
import { isInflectionOf } from './inflections.ts'

const wordsOf = (...lists: readonly string[]): Set<string> =>
  new Set(lists.flatMap((list) => list.split(/\s+/)).filter((word) => word !== ''))

/** Names of several words by the first of them, the rest as words, longest first. */
type Phrases = ReadonlyMap<string, readonly (readonly string[])[]>

const phrasesOf = (...lists: readonly string[]): Phrases => {
  const phrases = new Map<string, string[][]>()
  for (const entry of wordsOf(...lists)) {
    const [first, ...rest] = entry.split('_')
    if (first !== undefined) phrases.set(first, [...(phrases.get(first) ?? []), rest])
  }
  for (const rests of phrases.values()) rests.sort((a, b) => b.length - a.length)
  return phrases
}

/** Pictures of parts of the body: the parts are named, for companies like the ending too. */
const PICTURE =
  /^(?:electro)?(?:ultra|angi|aort|arteri|arthr|bronch|card|cardi|cephal|cholangi|cholecyst|colp|crani|cyst|densit|echo|echocardi|encephal|enter|fluor|gastr|hyster|lymph|lymphangi|mamm|my|myel|neur|phleb|plethysm|pneum|polysomn|pyel|radi|retin|scinti|son|spir|therm|tom|ultrason|ur|ven|ventricul|vide)(?:o|i)?gra(?:ms?|ph(?:y|ic|ies|er)?)$/

/** Endings that medical words have and names hardly; at least seven letters. */
const CLINICAL_ENDING =
  /(?:itis|osis|oses|emias?|emic|uria|uric|opath(?:y|ies|ic)|ectom(?:y|ies)|[ao]tom(?:y|ies)|ostom(?:y|ies)|plast(?:y|ies|ic)|oscop(?:y|ies|ic|e)|olog(?:y|ic|ical|ist|ists)|megaly|algia|algic|dynia|penia|penic|plegi[ac]|paresis|phag(?:ia|eal)|phasi[ac]|pnei[ac]|pnea|rrhea|rrhag(?:e|ic|ia)|rrhaphy|stenosis|scler(?:osis|otic)|lysis|lytic|troph(?:y|ic)|plasia|[cdghlnprstv]omas?|omata|ocyt(?:e|es|ic|osis)|blastic|genesis|genic|kines(?:ia|is)|tensive|thorax|cardi(?:a|al|ac)|cephaly|ocele|centesis|lithiasis|malacia|spasms?|toxic|toxicity|oidal|ectasis|ectatic|aemia|aemic|oedema|pril|sartan|statin|[aeio]lol|dipine|[aei]zole|floxacin|cillin|cycline|[ao]mycin|[ct]idine|setron|triptan|gliptin|gliflozin|glutide|glitazone|xaparin|parin|xaban|gatran|caine|barbital|zepam|zolam|dronate|phylline|terol|solone|isone|onide|asone|profen|oxicam|coxib|pramine|triptyline|oxetine|idone|azine|thiazide|semide|lukast|fibrate|platin|rubicin|taxel|trexate|poietin|grastim|umab|ximab|tinib|nazole|fungin|quine|vudine|navir|tegravir|buvir|asvir|ciclovir|cyclovir|bactam|penem|cef[a-z]+|sulfa[a-z]*|[a-z]{3}(?:ol|in|at|er|id|ct|th|en|yl|ip|te|ic)ase|(?:phosph|sulf|nitr|acet|citr|tartr|succin|mal|fumar|glucon|lact|benzo|salicyl|carbon|dron|fibr|stear|oxal|glutam|aspart|lan|phenol|pamo|trex)ates?|(?:brom|chlor|ox|fluor|iod|sulf)ide|[a-z]{3}(?:am|id|az|phr|an|on|en|os|ys|op)ine|globulins?|valent|phosphate|chloride|sulfate|acetate|citrate|tartrate|succinate|maleate|fumarate|mesylate|besylate|hydrochloride)$/
const CLINICAL_START =
  /^(?:cardio|gastro|hepato|nephro|neuro|osteo|arthro|myo|broncho|pneumo|hemato|haemat|thrombo|angio|electro|encephal|endo|entero|laparo|lympho|onco|ophthalm|ortho|pancreat|patho|pericard|pharmac|psycho|pulmon|radio|rhino|sero|thyro|tracheo|uretero|vaso|ventricul|cef|sulf|immuno)[a-z]{4,}$/

const CONTRACTION = /(?:n't|'(?:d|ll|re|ve|m|s|em))$/

const buildLexicon = () => {
  const common = wordsOf(COMMON_ENGLISH)
  const english = new Set([...common, ...wordsOf(FURTHER_ENGLISH)])
  const functionWords = wordsOf(FUNCTION_WORDS)
  const terms = wordsOf(CLINICAL_WORDS, DRUGS)
  const abbreviations = wordsOf(CLINICAL_ABBREVIATIONS)
  const settings = wordsOf(CARE_SETTINGS)
  const capitals = wordsOf(OTHER_CAPITALS)
  const months = wordsOf(MONTHS)
  const weekdays = wordsOf(WEEKDAYS)
  const given = wordsOf(CENSUS_GIVEN_NAMES)
  const surnames = wordsOf(CENSUS_SURNAMES)
  const world = wordsOf(WORLD_NAMES)
  const places = phrasesOf(COUNTRIES, REGIONS, CITIES)
  const isEnglish = (word: string): boolean =>
    functionWords.has(word) ||
    english.has(word) ||
    (word.length > 4 && isInflectionOf(word, (form) => english.has(form) || terms.has(form)))
  const isName = (word: string): boolean => given.has(word) || surnames.has(word) || world.has(word)

  return {
    isCommon: (word: string): boolean => common.has(word) || functionWords.has(word),
    /** A word of general English, in base form or inflected, or a contraction of such. */
    isWord: (word: string): boolean =>
      isEnglish(word) ||
      capitals.has(word) ||
      months.has(word) ||
      weekdays.has(word) ||
      (word.includes("'") && isEnglish(word.replace(CONTRACTION, ''))),
    /** A term, a medicine, a part of the body, by list or by its ending. */
    isTerm: (word: string): boolean =>
      terms.has(word) ||
      terms.has(word.replace(/e?s$/, '')) ||
      (word.length >= 7 &&
        !isName(word) &&
        (CLINICAL_ENDING.test(word) ||
          PICTURE.test(word) ||
          (word.length >= 10 && CLINICAL_START.test(word)))),
    /** An abbreviation of clinical notes. With one capital it is none: Sad, Mac, Ho. */
    isAbbreviation: (word: string): boolean =>
      abbreviations.has(word) || abbreviations.has(word.replace(/s$/, '')),
    isGiven: (word: string): boolean => given.has(word) || world.has(word),
    isName,
    functionWords,
    settings,
    places,
    groups: phrasesOf(GROUPS),
    notLower: wordsOf(NOT_LOWER),
    regionCodes: wordsOf(REGION_CODES),
    namesFirst: wordsOf(NAMES_FIRST),
    honorifics: wordsOf(HONORIFICS),
    particles: wordsOf(PARTICLES),
    suffixes: wordsOf(NAME_SUFFIXES),
    verbs: wordsOf(PERSON_VERBS),
    roles: wordsOf(ROLES),
    months,
    weekdays,
    legalForms: wordsOf(LEGAL_FORMS),
    organizationNouns: wordsOf(ORGANIZATION_NOUNS),
    organizationKinds: wordsOf(ORGANIZATION_KINDS),
    organizationParts: wordsOf(ORGANIZATION_PARTS),
    knownOrganizations: wordsOf(KNOWN_ORGANIZATIONS),
    streetTypes: wordsOf(STREET_TYPES),
    sureStreetTypes: wordsOf(SURE_STREET_TYPES),
    streetPrefixes: wordsOf(STREET_PREFIXES),
    streetAbbreviations: wordsOf(STREET_ABBREVIATIONS),
    units: wordsOf(UNITS),
    capitals,
    devices: wordsOf(EPONYM_DEVICES),
    eponyms: wordsOf(EPONYMS),
    eponymsWithNoun: wordsOf(EPONYMS_WITH_NOUN),
    eponymNouns: wordsOf(EPONYM_NOUNS),
  } as const
}

export type Lexicon = ReturnType<typeof buildLexicon>

let built: Lexicon | undefined

/** All dictionaries, made ready once. */
export const lexicon = (): Lexicon => {
  built ??= buildLexicon()
  return built
}
