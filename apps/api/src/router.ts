import { accountRouter } from './services/account/router.ts'
import { approvalsRouter } from './services/approvals/router.ts'
import { auditRouter } from './services/audit/router.ts'
import { authRouter } from './services/auth/router.ts'
import { backupsRouter } from './services/backups/router.ts'
import { breakGlassRouter } from './services/break-glass/router.ts'
import { careRouter } from './services/care/router.ts'
import { claimsRouter } from './services/claims/router.ts'
import { coversRouter } from './services/covers/router.ts'
import { exportsRouter } from './services/exports/router.ts'
import { factorsRouter } from './services/factors/router.ts'
import { homeRouter } from './services/home/router.ts'
import { keysRouter } from './services/keys/router.ts'
import { needsYouRouter } from './services/needs-you/router.ts'
import { noticesRouter } from './services/notices/router.ts'
import { patientAccountsRouter } from './services/patient-accounts/router.ts'
import { patientsRouter } from './services/patients/router.ts'
import { peopleRouter } from './services/people/router.ts'
import { recordsRouter } from './services/records/router.ts'
import { rolesRouter } from './services/roles/router.ts'
import { sessionsRouter } from './services/sessions/router.ts'
import { shredRouter } from './services/shred/router.ts'
import { uploadsRouter } from './services/uploads/router.ts'
import { usersRouter } from './services/users/router.ts'
import { whyRouter } from './services/why/router.ts'
import { worksRouter } from './services/works/router.ts'
import { router } from './trpc/trpc.ts'

/**
 * Everything that can be asked for. A test walks it and fails on a procedure that is not in the table of
 * who may call it.
 */
export const appRouter = router({
  auth: authRouter,
  account: accountRouter,
  users: usersRouter,
  people: peopleRouter,
  factors: factorsRouter,
  roles: rolesRouter,
  sessions: sessionsRouter,
  notices: noticesRouter,
  approvals: approvalsRouter,
  patientAccounts: patientAccountsRouter,
  patients: patientsRouter,
  shred: shredRouter,
  records: recordsRouter,
  claims: claimsRouter,
  care: careRouter,
  covers: coversRouter,
  breakGlass: breakGlassRouter,
  exports: exportsRouter,
  audit: auditRouter,
  uploads: uploadsRouter,
  home: homeRouter,
  keys: keysRouter,
  needsYou: needsYouRouter,
  backups: backupsRouter,
  works: worksRouter,
  why: whyRouter,
})

export type AppRouter = typeof appRouter
