import { describe, expect, it } from 'vitest'
import { FIELD_PATHS, fieldOf } from './catalog/index.ts'
import { ALL_PERMISSIONS, PERMISSIONS, type Permission } from './permissions.ts'
import { assignableRoles } from './policy.ts'
import { breaksGlass, builtInPolicy, ROLE_NAMES, type RoleName } from './roles.ts'
import { fieldAccess } from './scope.ts'
import {
  ANOTHER_USER,
  ask,
  IN_CARE,
  MANY_PATIENTS,
  NOTHING,
  NOW,
  ONE_PATIENT,
  PATIENT_ID,
  scopeOf,
} from './testing/ask.ts'

// Written by hand from the product's rules and not derived from roles/: a change of a role has to be
// made twice. x: allowed when every condition is met (in care, own record, fresh factor); -: refused
// whatever is met.
const COLUMNS = [
  'administrator',
  'privacy-officer',
  'security-officer',
  'clinician',
  'nurse',
  'billing',
  'analyst',
  'patient',
  'auditor',
] as const satisfies readonly RoleName[]

const PERMISSION_TABLE: Readonly<Record<Permission, string>> = {
  //                            adm pri sec cli nur bil ana pat aud
  'account:user:list': '         x   x   x   -   -   -   -   -   -',
  'account:user:read': '         x   x   x   -   -   -   -   -   -',
  'account:user:invite': '       x   -   -   -   -   -   -   -   -',
  'account:user:deactivate': '   x   -   -   -   -   -   -   -   -',
  'account:user:reactivate': '   x   -   -   -   -   -   -   -   -',
  'account:people:list': '       x   x   x   -   -   -   -   -   -',
  'account:people:change': '     x   -   -   -   -   -   -   -   -',
  'account:people:import': '     x   -   -   -   -   -   -   -   -',
  'account:factor:reset': '      x   -   -   -   -   -   -   -   -',
  'account:lockdown:start': '    x   x   x   -   -   -   -   -   -',
  'account:password:reset': '    x   -   -   -   -   -   -   -   -',
  'account:user:change': '       x   -   -   -   -   -   -   -   -',
  'account:session:list': '      x   -   x   -   -   -   -   -   -',
  'account:session:end': '       x   -   x   -   -   -   -   -   -',
  'account:practitioner:link': ' x   -   -   -   -   -   -   -   -',
  'account:patient:read': '      -   x   -   x   x   -   -   -   -',
  'account:patient:request': '   -   x   -   x   x   -   -   -   -',
  'account:patient:decide': '    -   x   -   -   -   -   -   -   -',
  'account:patient:end': '       -   x   -   -   -   -   -   -   -',
  'access:assignment:request': ' x   -   -   -   -   -   -   -   -',
  'access:assignment:end': '     x   -   -   -   -   -   -   -   -',
  'access:approval:list': '      x   x   x   -   -   -   -   -   -',
  'access:approval:decide': '    x   x   x   -   -   -   -   -   -',
  'access:decision:explain': '   x   x   x   -   -   -   -   -   -',
  'access:patient:explain': '    -   x   -   -   -   -   -   -   -',
  'access:role:draft': '         x   -   -   -   -   -   -   -   -',
  'access:role:put-in-force': '  x   -   -   -   -   -   -   -   -',
  'vault:patient:list': '        -   -   -   x   x   -   -   -   -',
  'vault:patient:search': '      -   x   -   x   x   x   -   -   -',
  'vault:claim:search': '        -   -   -   -   -   x   -   -   -',
  'vault:patient:read': '        -   x   -   x   x   x   -   x   -',
  'vault:record:list': '         -   -   -   x   x   x   -   x   -',
  'vault:record:read': '         -   -   -   x   x   x   -   x   -',
  'vault:hold:set': '            -   x   -   -   -   -   -   -   -',
  'vault:hold:lift': '           -   x   -   -   -   -   -   -   -',
  'vault:hold:decide': '         -   x   -   -   -   -   -   -   -',
  'vault:shred:read': '          -   x   -   -   -   -   -   -   -',
  'vault:shred:request': '       -   x   -   -   -   -   -   -   -',
  'vault:shred:decide': '        -   x   -   -   -   -   -   -   -',
  'vault:shred:list': '          -   x   -   -   -   -   -   -   x',
  'system:key:read': '           x   x   x   -   -   -   -   -   x',
  'system:key:rotate': '         x   -   x   -   -   -   -   -   -',
  'system:key:rotate-patient': ' -   x   -   -   -   -   -   -   -',
  'care:relationship:list': '    -   x   -   x   x   -   -   -   -',
  'care:relationship:create': '  -   x   -   x   -   -   -   -   -',
  'care:relationship:end': '     -   x   -   x   -   -   -   -   -',
  'care:break-glass:search': '   -   -   -   x   x   -   -   -   -',
  'care:break-glass:open': '     -   -   -   x   x   -   -   -   -',
  'care:break-glass:list': '     -   x   -   -   -   -   -   -   -',
  'care:break-glass:end': '      -   x   -   -   -   -   -   -   -',
  'care:break-glass:review': '   -   x   -   -   -   -   -   -   -',
  'care:cover:list': '           -   x   -   x   x   -   -   -   -',
  'care:cover:give': '           -   x   -   x   -   -   -   -   -',
  'care:cover:end': '            -   x   -   x   -   -   -   -   -',
  'care:window:read': '          x   x   -   -   -   -   -   -   -',
  'export:request:create': '     -   -   -   -   -   -   x   -   -',
  'export:request:list': '       -   x   -   -   -   -   x   -   -',
  'export:request:read': '       -   x   -   -   -   -   x   -   -',
  'export:request:decide': '     -   x   -   -   -   -   -   -   -',
  'export:release:download': '   -   -   -   -   -   -   x   -   -',
  'import:upload:create': '      x   -   -   -   -   -   -   -   -',
  'import:upload:list': '        x   -   -   -   -   -   -   -   -',
  'import:upload:withdraw': '    x   -   -   -   -   -   -   -   -',
  'import:upload:trust': '       x   -   -   -   -   -   -   -   -',
  'audit:entry:search': '        -   x   x   -   -   -   -   -   x',
  'audit:entry:read': '          -   x   x   -   -   -   -   -   x',
  'audit:log:verify': '          -   x   x   -   -   -   -   -   x',
  'audit:log:export': '          -   x   -   -   -   -   -   -   -',
  'system:backup:read': '        x   x   x   -   -   -   -   -   x',
  'audit:access:list': '         -   x   -   -   -   -   -   -   -',
  'audit:access:export': '       -   x   -   -   -   -   -   -   -',
  'home:summary:read': '         x   x   x   x   x   x   x   x   x',
  'home:accounts:read': '        x   -   -   -   -   -   -   -   -',
  'home:oversight:read': '       -   x   -   -   -   -   -   -   -',
  'home:security:read': '        -   -   x   -   -   -   -   -   -',
  'home:log:read': '             -   -   x   -   -   -   -   -   x',
  'self:account:read': '         x   x   x   x   x   x   x   x   x',
  'self:notice:read': '          x   x   x   x   x   x   x   x   x',
  'self:session:read': '         x   x   x   x   x   x   x   x   x',
  'self:session:end': '          x   x   x   x   x   x   x   x   x',
  'self:break-glass:read': '     x   x   x   x   x   x   x   x   x',
  'self:break-glass:end': '      x   x   x   x   x   x   x   x   x',
  'self:factor:read': '          x   x   x   x   x   x   x   x   x',
  'self:factor:change': '        x   x   x   x   x   x   x   x   x',
  'self:record:export': '        -   -   -   -   -   -   -   x   -',
  'self:access:list': '          -   -   -   -   -   -   -   x   -',
  'self:work:follow': '          x   x   x   x   x   x   x   x   x',
}

const STEP_UP: readonly Permission[] = [
  'account:user:invite',
  'account:user:deactivate',
  'account:user:reactivate',
  'account:people:change',
  'account:people:import',
  'account:lockdown:start',
  'account:password:reset',
  'account:user:change',
  'account:factor:reset',
  'account:session:end',
  'account:practitioner:link',
  'account:patient:request',
  'account:patient:decide',
  'account:patient:end',
  'access:assignment:request',
  'access:assignment:end',
  'access:approval:decide',
  'access:role:put-in-force',
  'vault:hold:set',
  'vault:hold:lift',
  'vault:hold:decide',
  'vault:shred:request',
  'vault:shred:decide',
  'system:key:rotate',
  'system:key:rotate-patient',
  'care:relationship:create',
  'care:break-glass:open',
  'care:break-glass:review',
  'care:cover:give',
  'export:request:decide',
  'export:release:download',
  'import:upload:withdraw',
  'import:upload:trust',
  'audit:log:export',
  'audit:access:export',
  'self:session:end',
  'self:factor:change',
  'self:record:export',
]

// What is seen of one field, or of all fields of a class in a resource type: c clear, p in part (the
// billing address), m masked, - nothing. Columns: clinician and nurse (in care), billing clerk, patient
// (own record), privacy officer (in a search, and of one patient).
const FIELD_COLUMNS = ['clinician', 'nurse', 'billing', 'patient', 'privacy-officer'] as const
const FIELD_TABLE: Readonly<Record<string, string>> = {
  'Patient.id': 'c c - c -',
  'Patient.name': 'c c m c c',
  'Patient.birthDate': 'c c m c c',
  'Patient.gender': 'c c - c -',
  'Patient.mrn': 'c c c c c',
  'Patient.ssn': 'm m - c -',
  'Patient.driversLicense': 'm m - c -',
  'Patient.passport': 'm m - c -',
  'Patient.memberNumber': '- - c c -',
  'Patient.otherIdentifiers': 'm m - c -',
  'Patient.photo': 'c c - c -',
  'Patient.telecom': 'c c - c -',
  'Patient.address': 'c c p c -',
  'Patient.relatives': 'c c - c -',
  'Patient.mothersMaidenName': 'c c - c -',
  'Patient.birthPlace': 'c c - c -',
  'Patient.race': 'c c - c -',
  'Patient.ethnicity': 'c c - c -',
  'Patient.birthSex': 'c c - c -',
  'Patient.deceasedDateTime': 'c c - c -',
  'Patient.deceased': 'c c - c -',
  'Patient.maritalStatus': 'c c - c -',
  'Patient.multipleBirth': 'c c - c -',
  'Patient.birthOrder': 'c c - c -',
  'Patient.communication': 'c c - c -',
  'Patient.generalPractitioner': 'c c - c -',
  'Patient.active': 'c c - c -',
  'Patient.text': 'm m - c -',
  'Patient.meta': 'c c - c -',
  'Patient.managingOrganization': 'c c - c -',
  'Patient.link': 'c c - c -',
  'Patient.sex': 'c c - c -',
  'Patient.genderIdentity': 'c c - c -',
  'Patient.tribalAffiliation': 'c c - c -',
  'Patient.interpreterNeeded': 'c c - c -',
  'Patient.implicitRules': 'c c - c -',
  'Patient.language': 'c c - c -',
  'Patient.contained': 'c c - c -',
  'Patient.extension': 'm m - c -',
  'Patient.modifierExtension': 'c c - c -',
  'Patient.primitiveExtension': 'c c - c -',
  'Encounter clinical': 'c c - c -',
  'Encounter narrative': 'c m - c -',
  'Encounter identity': 'c c - c -',
  'Condition clinical': 'c c - c -',
  'Condition narrative': 'c m - c -',
  'Condition identity': 'c c - c -',
  'Observation clinical': 'c c - c -',
  'Observation narrative': 'c m - c -',
  'Observation identity': 'c c - c -',
  'MedicationRequest clinical': 'c c - c -',
  'MedicationRequest narrative': 'c m - c -',
  'MedicationRequest identity': 'c c - c -',
  'Procedure clinical': 'c c - c -',
  'Procedure narrative': 'c m - c -',
  'Procedure identity': 'c c - c -',
  'Immunization clinical': 'c c - c -',
  'Immunization narrative': 'c m - c -',
  'Immunization identity': 'c c - c -',
  'AllergyIntolerance clinical': 'c c - c -',
  'AllergyIntolerance narrative': 'c m - c -',
  'AllergyIntolerance identity': 'c c - c -',
  'DiagnosticReport clinical': 'c c - c -',
  'DiagnosticReport narrative': 'c m - c -',
  'DiagnosticReport identity': 'c c - c -',
  'DocumentReference clinical': 'c c - c -',
  'DocumentReference narrative': 'c m - c -',
  'DocumentReference identity': 'c c - c -',
  'CarePlan clinical': 'c c - c -',
  'CarePlan narrative': 'c m - c -',
  'CarePlan identity': 'c c - c -',
  'Goal clinical': 'c c - c -',
  'Goal narrative': 'c m - c -',
  'Goal identity': 'c c - c -',
  'ImagingStudy clinical': 'c c - c -',
  'ImagingStudy narrative': 'c m - c -',
  'ImagingStudy identity': 'c c - c -',
  'Appointment clinical': 'c c - c -',
  'Appointment narrative': 'c m - c -',
  'Appointment identity': 'c c - c -',
  'ServiceRequest clinical': 'c c - c -',
  'ServiceRequest narrative': 'c m - c -',
  'ServiceRequest identity': 'c c - c -',
  'MedicationStatement clinical': 'c c - c -',
  'MedicationStatement narrative': 'c m - c -',
  'MedicationStatement identity': 'c c - c -',
  'MedicationDispense clinical': 'c c - c -',
  'MedicationDispense narrative': 'c m - c -',
  'MedicationDispense identity': 'c c - c -',
  'MedicationAdministration clinical': 'c c - c -',
  'MedicationAdministration narrative': 'c m - c -',
  'MedicationAdministration identity': 'c c - c -',
  'CareTeam clinical': 'c c - c -',
  'CareTeam narrative': 'c m - c -',
  'CareTeam identity': 'c c - c -',
  'FamilyMemberHistory clinical': 'c c - c -',
  'FamilyMemberHistory narrative': 'c m - c -',
  'FamilyMemberHistory identity': 'c c - c -',
  'Flag clinical': 'c c - c -',
  'Flag narrative': 'c m - c -',
  'Flag identity': 'c c - c -',
  'Device clinical': 'c c - c -',
  'Device narrative': 'c m - c -',
  'Device identity': 'c c - c -',
  'Specimen clinical': 'c c - c -',
  'Specimen narrative': 'c m - c -',
  'Specimen identity': 'c c - c -',
  'Media clinical': 'c c - c -',
  'Media narrative': 'c m - c -',
  'Media identity': 'c c - c -',
  'BodyStructure clinical': 'c c - c -',
  'BodyStructure narrative': 'c m - c -',
  'BodyStructure identity': 'c c - c -',
  'QuestionnaireResponse clinical': 'c c - c -',
  'QuestionnaireResponse narrative': 'c m - c -',
  'QuestionnaireResponse identity': 'c c - c -',
  'Composition clinical': 'c c - c -',
  'Composition narrative': 'c m - c -',
  'Composition identity': 'c c - c -',
  'Consent clinical': 'c c - c -',
  'Consent narrative': 'c m - c -',
  'Consent identity': 'c c - c -',
  'Task clinical': 'c c - c -',
  'Task narrative': 'c m - c -',
  'Task identity': 'c c - c -',
  'Provenance clinical': 'c c - c -',
  'Provenance narrative': 'c m - c -',
  'Binary clinical': 'c c - c -',
  'Binary narrative': 'c m - c -',
  'Binary identity': 'c c - c -',
  'FamilyMemberHistory contact': 'c c - c -',
  'RelatedPerson contact': 'c c - c -',
  'RelatedPerson identity': 'c c - c -',
  'RelatedPerson narrative': 'c m - c -',
  'Coverage billing': '- - c c -',
  'Coverage.beneficiary': '- - m c -',
  'Claim.patient': '- - m c -',
  'ClaimResponse.patient': '- - m c -',
  'ExplanationOfBenefit.patient': '- - m c -',
  'ClaimResponse billing': '- - c c -',
  'ClaimResponse narrative': '- - - c -',
  'Coverage narrative': '- - - c -',
  'Claim billing': '- - c c -',
  'Claim narrative': '- - - c -',
  'ExplanationOfBenefit billing': '- - c c -',
  'ExplanationOfBenefit narrative': '- - - c -',
  'Practitioner.name': 'c c - c -',
  'Practitioner identity': '- - - - -',
  'Practitioner contact': '- - - - -',
  'Practitioner narrative': '- - - - -',
  'PractitionerRole.code': 'c c - c -',
  'PractitionerRole.specialty': 'c c - c -',
  'PractitionerRole identity': '- - - - -',
  'PractitionerRole contact': '- - - - -',
  'PractitionerRole narrative': '- - - - -',
  'Location.name': 'c c - c -',
  'Location identity': '- - - - -',
  'Location contact': '- - - - -',
  'Location narrative': '- - - - -',
  'Group identity': '- - - - -',
  'Group narrative': '- - - - -',
  'Medication clinical': 'c c - c -',
  'Medication narrative': 'c c - c -',
  'Organization.name': 'c c c c -',
  'Organization identity': '- - - - -',
  'Organization contact': '- - - - -',
  'Organization narrative': '- - - - -',
}

const cells = (row: string): string[] => row.trim().split(/\s+/)
const cell = (row: string, column: number): string => cells(row)[column] ?? '?'

const OVER_MANY: readonly Permission[] = [
  'vault:patient:list',
  'vault:patient:search',
  'vault:claim:search',
  'care:break-glass:search',
]

const resourceFor = (permission: Permission) => {
  if (OVER_MANY.includes(permission)) return MANY_PATIENTS
  const ofPatients = /^(vault|care|audit:access|access:patient|account:patient|self:record|self:access):/
  return ofPatients.test(permission) || permission === 'system:key:rotate-patient' ? ONE_PATIENT : NOTHING
}

/** Every condition met: in care, own record, a factor just given, and the act is about somebody else. */
const withEverything = (role: RoleName, permission: Permission, resource = resourceFor(permission)) => ({
  roles: [role],
  permission,
  resource,
  patientId: PATIENT_ID,
  factorAt: NOW,
  relationship: IN_CARE,
  aboutUserId: ANOTHER_USER,
})

describe('the built-in roles', () => {
  it('are the nine of the product, each under its own name', () => {
    expect([...ROLE_NAMES].sort()).toEqual([...COLUMNS].sort())
    expect(Object.keys(builtInPolicy.roles).sort()).toEqual([...COLUMNS].sort())
    for (const [name, role] of Object.entries(builtInPolicy.roles)) expect(role.name).toBe(name)
  })

  it('name each statement once, by the role that holds it', () => {
    const ids = Object.values(builtInPolicy.roles).flatMap((role) =>
      role.statements.map(({ id }) => {
        expect(id.startsWith(`${role.name}/`)).toBe(true)
        return id
      }),
    )
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('are privileged exactly where they hold a privileged permission or reach every patient', () => {
    for (const role of Object.values(builtInPolicy.roles)) {
      const held = role.statements.flatMap(({ permissions }) => permissions)
      // Who is found in an emergency is three people at most, of whom the searcher knows who they are.
      const reachesAll = role.statements.some(
        ({ effect, rows, permissions }) =>
          effect === 'allow' &&
          rows === 'all' &&
          permissions.some((permission) => permission !== 'care:break-glass:search'),
      )
      expect([role.name, role.privileged]).toEqual([
        role.name,
        reachesAll || held.some((permission) => PERMISSIONS[permission].privileged),
      ])
    }
    const privileged = ROLE_NAMES.filter((name) => builtInPolicy.roles[name]?.privileged === true)
    expect(privileged.sort()).toEqual([
      'administrator',
      'auditor',
      'billing',
      'privacy-officer',
      'security-officer',
    ])
  })

  it('break the glass where they give care, and no role does that there is not', () => {
    const breaking = ROLE_NAMES.filter((name) => breaksGlass(builtInPolicy, { name }))
    expect(breaking).toEqual(['clinician', 'nurse'])
    expect(breaksGlass(builtInPolicy, { name: 'nurse', version: 99 })).toBe(false)
    expect(breaksGlass(builtInPolicy, { name: 'toString' })).toBe(false)
  })

  it('cannot be changed while the program runs', () => {
    const statements = builtInPolicy.roles.analyst?.statements
    expect(Object.isFrozen(builtInPolicy) && Object.isFrozen(builtInPolicy.roles)).toBe(true)
    expect(Object.isFrozen(statements) && Object.isFrozen(statements?.[0]?.permissions)).toBe(true)
  })
})

describe('the permission table', () => {
  it('has a row for every permission and a cell for every role', () => {
    expect(Object.keys(PERMISSION_TABLE).sort()).toEqual([...ALL_PERMISSIONS].sort())
    for (const row of Object.values(PERMISSION_TABLE)) expect(row).toMatch(/^\s*([x-]\s+){8}[x-]$/)
  })

  for (const [column, role] of COLUMNS.entries()) {
    it(`holds for ${role}`, () => {
      const decided = ALL_PERMISSIONS.map((permission) => [
        permission,
        ask(withEverything(role, permission)).effect === 'allow' ? 'x' : '-',
      ])
      expect(decided).toEqual(
        ALL_PERMISSIONS.map((permission) => [permission, cell(PERMISSION_TABLE[permission], column)]),
      )
    })
  }

  it('allows nothing but the own notices, the own session, its work, the own uses of break-glass and the landing page without a role', () => {
    const allowed = ALL_PERMISSIONS.filter(
      (permission) =>
        ask({
          roles: [],
          permission,
          resource: resourceFor(permission),
          factorAt: NOW,
          relationship: IN_CARE,
        }).effect === 'allow',
    )
    expect(allowed).toEqual([
      'home:summary:read',
      'self:account:read',
      'self:notice:read',
      'self:session:read',
      'self:session:end',
      'self:break-glass:read',
      'self:break-glass:end',
      'self:factor:read',
      'self:factor:change',
      'self:work:follow',
    ])
  })

  it('asks for a fresh factor for exactly these permissions', () => {
    const decided = ALL_PERMISSIONS.filter((permission) =>
      ROLE_NAMES.some(
        (role) => ask({ ...withEverything(role, permission), factorAt: null }).effect === 'needs-step-up',
      ),
    )
    expect(decided.sort()).toEqual([...STEP_UP].sort())
  })
})

describe('the field table', () => {
  const rowOf = (path: string): string | undefined =>
    FIELD_TABLE[path] ?? FIELD_TABLE[`${path.slice(0, path.indexOf('.'))} ${fieldOf(path)?.class}`]

  it('has a row for every field of the catalog, and no row without one', () => {
    expect(FIELD_PATHS.filter((path) => rowOf(path) === undefined)).toEqual([])
    const named = new Set<string>([
      ...FIELD_PATHS,
      ...FIELD_PATHS.map((path) => `${path.slice(0, path.indexOf('.'))} ${fieldOf(path)?.class}`),
    ])
    expect(Object.keys(FIELD_TABLE).filter((row) => !named.has(row))).toEqual([])
  })

  for (const [column, role] of FIELD_COLUMNS.entries()) {
    const permissions: readonly Permission[] =
      role === 'privacy-officer'
        ? ['vault:patient:search', 'vault:patient:read']
        : ['vault:patient:read', 'vault:record:list', 'vault:record:read']
    for (const permission of permissions) {
      it(`holds for ${role} under ${permission}`, () => {
        const scope = scopeOf(withEverything(role, permission))
        const letters = { clear: 'c', partly: 'p', masked: 'm', none: '-' }
        expect(FIELD_PATHS.map((path) => [path, letters[fieldAccess(scope, path)]])).toEqual(
          FIELD_PATHS.map((path) => [path, cell(rowOf(path) ?? '', column)]),
        )
      })
    }
  }

  it('lets administrator, security officer, analyst and auditor see no field under any permission', () => {
    const blind: readonly RoleName[] = ['administrator', 'security-officer', 'analyst', 'auditor']
    for (const role of blind) {
      for (const permission of ALL_PERMISSIONS) {
        for (const resource of [NOTHING, ONE_PATIENT, MANY_PATIENTS]) {
          const decision = ask(withEverything(role, permission, resource))
          if (decision.effect === 'allow') {
            expect([permission, decision.scope.fields.size]).toEqual([permission, 0])
            expect(decision.scope.rows).toEqual({ kind: 'none' })
          }
        }
      }
    }
  })

  it('shows what no field is declared for to a patient, of their own record alone', () => {
    const whole = ROLE_NAMES.flatMap((role) =>
      ALL_PERMISSIONS.flatMap((permission) => {
        const decision = ask(withEverything(role, permission))
        return decision.effect === 'allow' && decision.scope.whole ? [`${role} ${permission}`] : []
      }),
    )
    expect(whole).toEqual([
      'patient vault:patient:read',
      'patient vault:record:list',
      'patient vault:record:read',
      'patient self:record:export',
    ])
  })

  it('lets nobody be assigned what comes with an account', () => {
    const assignable = assignableRoles(builtInPolicy).map(({ name }) => name)
    expect(ROLE_NAMES.filter((name) => !assignable.includes(name))).toEqual(['patient'])
  })

  it('lets no role see a field of the unmapped class under any permission', () => {
    let scopes = 0
    for (const role of ROLE_NAMES) {
      for (const permission of ALL_PERMISSIONS) {
        for (const resource of [NOTHING, ONE_PATIENT, MANY_PATIENTS]) {
          const decision = ask(withEverything(role, permission, resource))
          if (decision.effect !== 'allow') continue
          scopes += 1
          for (const path of decision.scope.fields.keys()) {
            expect(fieldOf(path)?.class).not.toBe('unmapped')
            expect(fieldOf(path)).toBeDefined()
          }
        }
      }
    }
    expect(scopes).toBeGreaterThan(50)
  })
})
