import { describe, expect, it } from 'vitest'
import { isRedactedKey, REDACTED, redactDeep } from './redaction.ts'

// By hand: what each of the 18 identifiers of Safe Harbor is called in the systems that one meets, and what
// a log line says that is none. Words apart; the cases are made below.
const MUST_REDACT = [
  // (A) names
  ...[
    'name',
    'first name',
    'last name',
    'middle name',
    'full name',
    'given name',
    'family name',
    'patient name',
  ],
  ...[
    'surname',
    'maiden name',
    'mothers maiden name',
    'preferred name',
    'display name',
    'contact name',
    'nickname',
  ],
  ...[
    'next of kin',
    'next of kin name',
    'emergency contact',
    'emergency contact phone',
    'guarantor',
    'guarantor name',
  ],
  ...['spouse', 'guardian', 'employer', 'patient first name', 'patient last names'],
  // (B) places
  ...[
    'address',
    'home address',
    'address line 1',
    'address 2',
    'street',
    'street address',
    'city',
    'home city',
    'county',
  ],
  ...[
    'zip',
    'zip code',
    'zip 5',
    'postal code',
    'post code',
    'patient zip',
    'latitude',
    'longitude',
    'geocode',
  ],
  // (C) dates, and ages
  ...[
    'date of birth',
    'birth date',
    'birthday',
    'dob',
    'patient dob',
    'birth year',
    'birthplace',
    'date of death',
  ],
  ...[
    'death date',
    'dod',
    'admission date',
    'admit date',
    'discharge date',
    'service date',
    'date of service',
    'age',
  ],
  ...['patient age', 'age in years'],
  // (D) to (F)
  ...[
    'phone',
    'phone number',
    'home phone',
    'mobile',
    'mobile number',
    'telephone',
    'cell phone',
    'fax',
    'fax number',
  ],
  ...['pager', 'email', 'email address', 'patient email', 'work emails', 'e mail'],
  // (G) to (K) numbers
  ...[
    'ssn',
    'patient ssn',
    'ssn last 4',
    'ssn hash',
    'social security number',
    'national id',
    'tax id',
    'itin',
  ],
  ...['mrn', 'patient mrn', 'medical record number', 'medical record no', 'chart number', 'patient number'],
  ...[
    'insurance id',
    'insurance number',
    'insurance policy number',
    'member id',
    'member number',
    'policy number',
  ],
  ...[
    'policy holder',
    'subscriber id',
    'subscriber',
    'beneficiary',
    'beneficiary number',
    'health plan id',
    'medicare id',
  ],
  ...[
    'medicaid number',
    'mbi',
    'hicn',
    'group number',
    'account number',
    'account no',
    'bank account',
    'iban',
  ],
  ...[
    'claim number',
    'license',
    'license number',
    'drivers license',
    'drivers license number',
    'licence no',
    'passport',
  ],
  ...['passport number', 'certificate number'],
  // (L) to (R)
  ...[
    'license plate',
    'plate number',
    'vin',
    'vehicle id',
    'device id',
    'device serial',
    'serial number',
    'udi',
    'imei',
  ],
  ...[
    'url',
    'website',
    'profile url',
    'ip',
    'ip address',
    'client ip',
    'mac address',
    'biometric',
    'biometric id',
  ],
  ...['fingerprint', 'voice print', 'face', 'photo', 'photos', 'patient photo', 'portrait', 'picture'],
]

const MUST_KEEP = [
  ...[
    'level',
    'time',
    'msg',
    'pid',
    'process',
    'process id',
    'procedure',
    'procedure count',
    'route',
    'request id',
  ],
  ...[
    'patient id',
    'user id',
    'record id',
    'entry id',
    'session id',
    'export id',
    'job id',
    'job name',
    'queue name',
  ],
  ...[
    'host name',
    'class name',
    'table name',
    'file name',
    'role name',
    'duration ms',
    'err',
    'error',
    'policy',
  ],
  ...[
    'policy version',
    'max age',
    'factor age seconds',
    'storage',
    'page',
    'message',
    'template',
    'interface',
    'gzip',
  ],
  ...[
    'zip file',
    'script',
    'recipient count',
    'emails sent',
    'email verified',
    'phone count',
    'member count',
  ],
  ...[
    'device count',
    'license check',
    'ip version',
    'url count',
    'photo count',
    'version',
    'entries',
    'follower',
    'retries',
  ],
  ...[
    'statement id',
    'service',
    'service name',
    'group',
    'group by',
    'records',
    'record count',
    'number',
    'account status',
  ],
  ...[
    'certificate expiry',
    'serial',
    'vehicle count',
    'surface',
    'capacity',
    'multiplicity',
    'birds',
    'skin',
    'kind',
  ],
]

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1)
const CASES: Readonly<Record<string, (words: readonly string[]) => string>> = {
  snake: (words) => words.join('_'),
  kebab: (words) => words.join('-'),
  space: (words) => words.join(' '),
  screaming: (words) => words.join('_').toUpperCase(),
  camel: ([first = '', ...rest]) => [first, ...rest.map(capital)].join(''),
  pascal: (words) => words.map(capital).join(''),
}

describe.each(Object.entries(CASES))('in %s case', (_name, write) => {
  it('a common name of an identifier is known', () => {
    const missed = MUST_REDACT.map((name) => write(name.split(' '))).filter((key) => !isRedactedKey(key))
    expect(missed).toEqual([])
  })

  it('what is none is left', () => {
    const taken = MUST_KEEP.map((name) => write(name.split(' '))).filter(isRedactedKey)
    expect(taken).toEqual([])
  })

  it('nothing of it is left, at any depth', () => {
    for (const name of MUST_REDACT) {
      const key = write(name.split(' '))
      const logged = { a: [{ b: new Map([[key, 'canary']]) }], [key]: { deeper: 'canary' } }
      expect(JSON.stringify(redactDeep(logged))).not.toContain('canary')
      expect(redactDeep({ [key]: 19_570_309 })).toEqual({ [key]: REDACTED })
    }
  })
})

describe('written in one', () => {
  it('a common name of an identifier is known too', () => {
    const names = [
      'dateofbirth',
      'firstname',
      'lastname',
      'patientname',
      'medicalrecordnumber',
      'insuranceid',
    ]
    const more = [
      'phonenumber',
      'emailaddress',
      'zipcode',
      'accountnumber',
      'patientemail',
      'patientssn',
      'nextofkin',
    ]
    expect([...names, ...more].filter((key) => !isRedactedKey(key))).toEqual([])
  })
})
