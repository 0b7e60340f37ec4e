/**
 * USPS Publication 28, appendix B: the states, the District of Columbia, territories and freely associated
 * states.
 */
const NAMES = `AL Alabama;AK Alaska;AZ Arizona;AR Arkansas;CA California;CO Colorado;CT Connecticut;DE Delaware
DC District of Columbia;FL Florida;GA Georgia;HI Hawaii;ID Idaho;IL Illinois;IN Indiana;IA Iowa;KS Kansas;KY Kentucky
LA Louisiana;ME Maine;MD Maryland;MA Massachusetts;MI Michigan;MN Minnesota;MS Mississippi;MO Missouri;MT Montana
NE Nebraska;NV Nevada;NH New Hampshire;NJ New Jersey;NM New Mexico;NY New York;NC North Carolina;ND North Dakota
OH Ohio;OK Oklahoma;OR Oregon;PA Pennsylvania;RI Rhode Island;SC South Carolina;SD South Dakota;TN Tennessee;TX Texas
UT Utah;VT Vermont;VA Virginia;WA Washington;WV West Virginia;WI Wisconsin;WY Wyoming;AS American Samoa;GU Guam
MP Northern Mariana Islands;PR Puerto Rico;VI Virgin Islands;FM Federated States of Micronesia;MH Marshall Islands
PW Palau`

const entries = NAMES.split(/[;\n]/).map((entry) => [entry.slice(0, 2), entry.slice(3)] as const)

export const STATES: ReadonlySet<string> = new Set(entries.map(([code]) => code))

const codes: ReadonlyMap<string, string> = new Map(
  entries.flatMap(([code, name]) => [
    [code.toLowerCase(), code] as const,
    [name.toLowerCase(), code] as const,
  ]),
)

/** The two-letter code of a state written as code or by its full name in any case; null for anything else. */
export const stateCode = (written: string): string | null =>
  codes.get(written.trim().replace(/\s+/g, ' ').toLowerCase()) ?? null

const US = new Set(['us', 'usa', 'united states', 'united states of america', 'u.s.', 'u.s.a.'])

export const isUnitedStates = (written: string): boolean => US.has(written.trim().toLowerCase())
