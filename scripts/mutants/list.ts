import type { Mutant } from './mutant.ts'
import { ACCESSES_OF_PATIENTS } from './rooms/accesses.ts'
import { BACKUP_MUTANTS } from './rooms/backups.ts'
import { BREAK_GLASS } from './rooms/break-glass.ts'
import { CHART } from './rooms/chart.ts'
import { CONSOLE } from './rooms/console.ts'
import { DATABASE } from './rooms/database.ts'
import { DEMO } from './rooms/demo.ts'
import { DEVICES } from './rooms/devices.ts'
import { EXPORTS } from './rooms/exports.ts'
import { FACTORS } from './rooms/factors.ts'
import { FHIR } from './rooms/fhir.ts'
import { GUARD } from './rooms/guard.ts'
import { IMPORT } from './rooms/import.ts'
import { KMS } from './rooms/kms.ts'
import { LOG } from './rooms/log.ts'
import { MAIL } from './rooms/mail.ts'
import { PATIENTS } from './rooms/patients.ts'
import { PEOPLE } from './rooms/people.ts'
import { ROLES } from './rooms/roles.ts'
import { ROTATION } from './rooms/rotation.ts'
import { SHREDS } from './rooms/shred.ts'
import { SIGNING } from './rooms/signing.ts'
import { VAULT } from './rooms/vault.ts'
import { VOUCHING } from './rooms/vouching.ts'
import { WORKS } from './rooms/works.ts'

/**
 * The lines on which safety rests, each with the tests that must turn red without it, by the room that they
 * stand in. Whoever adds a safeguard adds its mutant.
 */
export const MUTANTS: readonly Mutant[] = [
  ...GUARD,
  ...MAIL,
  ...PEOPLE,
  ...PATIENTS,
  ...FACTORS,
  ...ROLES,
  ...VOUCHING,
  ...VAULT,
  ...CHART,
  ...FHIR,
  ...IMPORT,
  ...EXPORTS,
  ...SHREDS,
  ...DEVICES,
  ...WORKS,
  ...KMS,
  ...ROTATION,
  ...LOG,
  ...SIGNING,
  ...BREAK_GLASS,
  ...BACKUP_MUTANTS,
  ...ACCESSES_OF_PATIENTS,
  ...DATABASE,
  ...CONSOLE,
  ...DEMO,
]
