import { createHash } from 'node:crypto'
import type { WorkPhase } from '@chartward/contract'
import { schema, type Transaction, withTransaction } from '@chartward/db'
import { DeidError } from '@chartward/deid'
import { isResourceType } from '@chartward/policy'
import { and, eq, inArray } from 'drizzle-orm'
import type { App } from '../../../app.ts'
import { ChartwardError } from '../../../core/errors.ts'
import { expireRelease } from '../../../jobs/expire-release.ts'
import { enqueue } from '../../../jobs/queue.ts'
import { destroyedMeanwhile } from '../../shred/destroy-rows.ts'
import { NO_PROGRESS, type Progress } from '../../works/kind.ts'
import { manifestHash } from '../manifest-hash.ts'
import { BuildRefused } from './failure.ts'
import { namePatients } from './name-patients.ts'
import { Needles } from './needles.ts'
import { readPeople } from './people.ts'
import { type BuildContext, patientIds } from './read-records.ts'
import { BUILD_ROWS, BUILDER } from './scope.ts'
import { verifyRelease } from './verify-release.ts'
import { writeOff } from './write-off.ts'
import { type ReleaseRequest, writeRelease } from './write-release.ts'

const { approvals, exportRequests } = schema

/** How long a release can be downloaded. */
const RELEASE_DAYS = 7
const DAY_MS = 24 * 60 * 60 * 1000
/** The files are deleted a little later than the last download may begin. */
const DELETE_AFTER_MS = 60 * 60 * 1000

/** Another runner has the build in hand; this one tries again later. */
export class BuildTaken extends Error {
  override readonly name = 'BuildTaken'
}

/** Says that the build has begun. False where there is nothing (more) to build. */
const begin = (app: App, exportId: string): Promise<boolean> =>
  withTransaction(app.db, 'none', async (tx) => {
    const open = and(
      eq(exportRequests.id, exportId),
      inArray(exportRequests.status, ['approved', 'building']),
    )
    const [request] = await app.vouching.change(tx, 'export-request', open, { status: 'building' })
    if (request === undefined) return false
    await requireApproved(tx, app, request)
    await app.audit.append(tx, {
      action: 'export.build-begun',
      outcome: 'success',
      actor: BUILDER,
      resource: { type: 'ExportRequest', id: exportId },
    })
    return true
  })

/** Rejects INTEGRITY unless a second person has approved this very request. */
const requireApproved = async (
  tx: Transaction,
  { vouching }: App,
  { id, approvalId, requestedBy }: typeof exportRequests.$inferSelect,
): Promise<void> => {
  const [approval] =
    approvalId === null ? [] : await tx.orm.select().from(approvals).where(eq(approvals.id, approvalId))
  const isApproved =
    approval?.status === 'approved' &&
    approval.kind === 'export' &&
    approval.subjectId === id &&
    approval.requestedBy === requestedBy &&
    (await vouching.admits('approval', approval))
  if (!isApproved) throw new ChartwardError('INTEGRITY')
}

/**
 * Takes the request for this transaction alone. Whoever dies, dies out of its transaction: the
 * database itself undoes what was written and lets the next runner in, and nobody can go on writing
 * who has lost the lock.
 */
const take = async (tx: Transaction, exportId: string, now: Date): Promise<ReleaseRequest | null> => {
  const [row] = await tx.orm
    .select()
    .from(exportRequests)
    .where(eq(exportRequests.id, exportId))
    .for('update', { skipLocked: true })
  if (row === undefined) throw new BuildTaken('another runner builds this release')
  if (row.status !== 'building') return null
  return {
    exportId,
    approvalId: row.approvalId,
    types: row.resourceTypes.filter(isResourceType),
    // Ages over 89 are those on the day of the release, if that is later than the day that was asked for.
    asOf: row.asOf > now ? row.asOf : now,
  }
}

const build = async (context: BuildContext, request: ReleaseRequest): Promise<void> => {
  const { app, tx } = context
  const { exportId } = request
  const ids = await patientIds(context)
  await namePatients(app, exportId, ids)
  const needles = new Needles()
  const people = await readPeople(context, ids, needles)
  const written = await writeRelease(context, request, ids, people, needles)
  await verifyRelease(context, exportId, written, needles.compile())
  // The next attempt has nobody in it who is gone.
  if ((await destroyedMeanwhile(tx, ids)).length > 0)
    throw new ChartwardError('CONFLICT', 'A patient was destroyed while the release was built.')
  const { manifest, manifestText } = written
  const builtAt = app.clock()
  const expiresAt = new Date(builtAt.getTime() + RELEASE_DAYS * DAY_MS)
  await enqueue(tx, expireRelease, exportId, {
    startAfter: new Date(expiresAt.getTime() + DELETE_AFTER_MS),
  })
  await app.vouching.change(tx, 'export-request', eq(exportRequests.id, exportId), {
    status: 'ready',
    asOf: request.asOf,
    manifest,
    builtAt,
    expiresAt,
    failure: null,
  })
  await app.audit.append(tx, {
    action: 'export.built',
    outcome: 'success',
    actor: BUILDER,
    resource: { type: 'ExportRequest', id: exportId },
    count: manifest.patients,
    change: {
      before: { status: 'building' },
      after: {
        status: 'ready',
        profile: manifest.profile,
        asOf: manifest.asOf,
        patients: manifest.patients,
        records: { ...manifest.counts },
        manifestHash: manifestHash(JSON.parse(manifestText)),
        manifestSha256: createHash('sha256').update(manifestText).digest('hex'),
        expiresAt: expiresAt.toISOString(),
      },
    },
  })
}

/**
 * Builds the release of an approved request, in one transaction: files, manifest, audit entry and the status
 * `ready` come to be together, and only once the finished files have been verified. Killed at any point it
 * leaves nothing but `building`, and whoever is run next starts anew. Rejects where another attempt may
 * succeed; a build that never can is marked `failed`.
 */
export const buildRelease = async (
  app: App,
  exportId: string,
  signal: AbortSignal,
  progress: Progress<WorkPhase<'build-export'>> = NO_PROGRESS,
): Promise<void> => {
  if (!(await begin(app, exportId))) return
  try {
    if (await app.space.isShort('low')) throw new BuildRefused('no-space')
    await withTransaction(app.db, BUILD_ROWS, async (tx) => {
      const request = await take(tx, exportId, app.clock())
      if (request !== null) await build({ app, tx, signal, progress }, request)
    })
  } catch (error) {
    const refused =
      error instanceof DeidError && error.code === 'file-too-large' ? new BuildRefused('too-large') : error
    if (!(refused instanceof BuildRefused)) throw error
    await writeOff(app, exportId, refused)
  }
}
