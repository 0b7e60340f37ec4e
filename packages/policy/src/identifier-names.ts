/*
 * What identifiers are called, as against what the catalog calls them: the 18 of Safe Harbor (45 CFR
 * 164.514(b)(2)(i)) and their usual synonyms, in whatever way words are joined.
 */

/** Say an identifier wherever they stand in a name. */
const ANYWHERE: ReadonlySet<string> = new Set(
  `ssn mrn dob dod birth birthdate birthday dateofbirth death deceased kin nextofkin beneficiary guarantor subscriber
  policyholder biometric voiceprint faceprint maiden medicare medicaid mbi hicn nhs passport imei imsi medrec`.split(
    /\s+/,
  ),
)

/** Say one where they are what the name is of: at its end, or before a word that says which part of it. */
const HEADS: ReadonlySet<string> = new Set(
  `email emailaddress phonenumber mail telephone phone mobile cellphone cell fax pager address addresses street city county precinct zip zipcode postcode
  postalcode postal latitude longitude geocode gps coordinates surname forename firstname lastname middlename fullname
  displayname nickname username familyname givenname patientname spouse guardian caregiver employer mother father relative
  license licence driverslicense plate vin udi url uri website homepage ip ipaddress fingerprint photo photograph
  picture portrait headshot avatar face iban acct accountnumber accountno insurance insuranceid insurancenumber
  memberid membernumber policynumber subscriberid medicalrecordnumber serialnumber deviceid taxpayer tin itin`.split(
    /\s+/,
  ),
)

/** The same of several words, with what they are called in one. */
const PHRASES: readonly string[] = [
  ...[
    'first name',
    'last name',
    'middle name',
    'full name',
    'given name',
    'family name',
    'sur name',
    'nick name',
  ],
  ...[
    'display name',
    'user name',
    'legal name',
    'preferred name',
    'patient name',
    'person name',
    'member name',
  ],
  ...['contact name', 'provider name', 'emergency contact', 'patient initials'],
  ...[
    'social security',
    'soc sec',
    'national id',
    'national identifier',
    'national number',
    'tax id',
    'tax number',
  ],
  ...[
    'medical record',
    'med rec',
    'record number',
    'chart number',
    'patient number',
    'patient no',
    'hospital number',
  ],
  ...[
    'insurance id',
    'insurance number',
    'insurance policy',
    'member id',
    'member number',
    'member no',
    'group number',
  ],
  ...[
    'policy number',
    'policy no',
    'policy holder',
    'health plan',
    'plan number',
    'claim number',
    'claim no',
  ],
  ...[
    'account number',
    'account no',
    'account id',
    'acct number',
    'acct no',
    'bank account',
    'routing number',
  ],
  ...[
    'card number',
    'credit card',
    'invoice number',
    'certificate number',
    'license number',
    'licence number',
  ],
  ...[
    'license plate',
    'plate number',
    'vehicle id',
    'vehicle number',
    'vehicle identifier',
    'vehicle serial',
  ],
  ...['device id', 'device identifier', 'device serial', 'device number', 'serial number', 'serial no'],
  ...[
    'date of birth',
    'date of death',
    'date of service',
    'date of admission',
    'date of discharge',
    'date of visit',
  ],
  ...['admission date', 'admit date', 'discharge date', 'service date', 'visit date', 'appointment date'],
  ...['encounter date', 'procedure date', 'surgery date', 'procedure time', 'patient age', 'age years'],
  ...[
    'age in years',
    'zip code',
    'post code',
    'postal code',
    'geo location',
    'home town',
    'cell phone',
    'e mail',
  ],
  ...[
    'ip address',
    'mac address',
    'web site',
    'home page',
    'finger print',
    'voice print',
    'retina scan',
    'iris scan',
  ],
]

/** Identifiers as whole names alone: within longer ones they mean something else. */
const WHOLE: ReadonlySet<string> = new Set(['age', 'lat', 'lng', 'lon', 'vehicle', 'member', 'patient'])

/** What may follow and leaves it one: which part of the identifier, or how it is written. */
const PARTS: ReadonlySet<string> = new Set(
  `number no num nr id identifier code value text string line digit last first hash raw normalized normalised formatted
  masked encrypted primary secondary home work date year month day`.split(/\s+/),
)

const PHRASE_WORDS = PHRASES.map((phrase) => phrase.split(' '))
const SQUASHED: ReadonlySet<string> = new Set([
  ...ANYWHERE,
  ...HEADS,
  ...WHOLE,
  ...PHRASES.map((phrase) => phrase.replaceAll(' ', '')),
])

/** `patientSSN`, `patient_ssn`, `PATIENT-SSN` and `patient ssn 2`: the words of a name, in lower case. */
const wordsOf = (name: string): string[] =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.toLowerCase().replace(/\d+$/, ''))
    .filter((word) => word !== '')

const has = (words: ReadonlySet<string>, word: string): boolean =>
  words.has(word) || (word.endsWith('s') && words.has(word.slice(0, -1)))

const phraseAt = (words: readonly string[], at: number): number => {
  const fits = PHRASE_WORDS.find((phrase) =>
    phrase.every((word, i) => {
      const found = words[at + i]
      return found === word || (i === phrase.length - 1 && found === `${word}s`)
    }),
  )
  return fits?.length ?? 0
}

/** Whether what follows position `at` says no more than which part of the identifier it is. */
const onlyParts = (words: readonly string[], at: number): boolean =>
  words.slice(at).every((word) => has(PARTS, word))

/**
 * Whether a name says that its value identifies somebody, in snake, kebab, camel, Pascal or any other case.
 */
export const namesIdentifier = (name: string): boolean => {
  const words = wordsOf(name)
  const squashed = words.join('')
  // `patientemail`: written in one, and whose it is stands before it.
  if (has(SQUASHED, squashed) || has(SQUASHED, squashed.replace(/^patient/, '')))
    return squashed !== 'patientid'
  return words.some((word, at) => {
    if (has(ANYWHERE, word)) return true
    const length = phraseAt(words, at) || (has(HEADS, word) ? 1 : 0)
    return length > 0 && onlyParts(words, at + length)
  })
}
