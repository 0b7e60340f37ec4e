import { type ResourceType, builtInRoles as roles } from '@chartward/policy'
import { downloadExport } from '../../../http/export-download.ts'
import { expireRelease } from '../../../jobs/expire-release.ts'
import { runWork } from '../../../services/works/run-work.ts'
import { shownAs } from '../../staff.ts'
import { type Act, inSteps, type Story } from '../act.ts'
import { DAY_MS, MINUTE_MS, type Plan } from '../plan.ts'
import type { Player } from '../player.ts'
import type { Stage } from '../stage.ts'

interface Request {
  readonly ago: number
  readonly by: string
  readonly purpose: string
  readonly types: readonly ResourceType[]
  readonly decided?: { readonly by: string; readonly reason: string; readonly approved: boolean }
}

const OFFICER = 'privacy'
const DEPUTY = 'solveig.marchetti'
const ANALYST = shownAs(roles.analyst)
const COLLEAGUE = 'elspeth.crawford'

const REQUESTS: readonly Request[] = [
  {
    ago: 76,
    by: ANALYST,
    purpose: 'Vaccination coverage by age group for the yearly quality report',
    types: ['Patient', 'Immunization'],
    decided: { by: OFFICER, approved: true, reason: 'Counts by age group alone; nothing rare in it' },
  },
  {
    ago: 58,
    by: COLLEAGUE,
    purpose: 'Everything we have, to try out a new dashboard',
    types: ['Patient', 'Condition', 'Observation', 'DocumentReference'],
    decided: {
      by: DEPUTY,
      approved: false,
      reason: 'No purpose that needs notes: ask again for what the dashboard shows',
    },
  },
  {
    ago: 51,
    by: COLLEAGUE,
    purpose: 'Diagnoses by year, for the dashboard of the board',
    types: ['Patient', 'Condition'],
    decided: { by: DEPUTY, approved: true, reason: 'As agreed after the first request' },
  },
  {
    ago: 23,
    by: ANALYST,
    purpose: 'Allergies on record, to compare with the pharmacy’s list',
    types: ['Patient', 'AllergyIntolerance'],
    decided: { by: OFFICER, approved: true, reason: 'De-identified, and small' },
  },
  {
    ago: 5,
    by: ANALYST,
    purpose: 'Procedures by month for capacity planning',
    types: ['Patient', 'Procedure'],
    decided: {
      by: OFFICER,
      approved: true,
      reason: 'Months suffice for planning; Safe Harbor gives years, which they know',
    },
  },
  {
    ago: 1,
    by: COLLEAGUE,
    purpose: 'Care plans and goals, for the study on discharge planning',
    types: ['Patient', 'CarePlan', 'Goal'],
  },
]

const download = async (stage: Stage, by: string, id: string): Promise<void> => {
  const { app } = stage
  const { chunks } = await stage
    .player(by)
    .request((request) => downloadExport({ app, request, id, format: 'csv' }))
  for await (const _chunk of chunks);
}

/** What the queue's runner would do, at the time at which it would. */
const jobAct = (at: number, what: string, work: (stage: Stage) => Promise<void>): Act => ({
  at,
  by: 'jobs',
  what,
  alone: true,
  do: work,
})

const storyOf = (plan: Plan, { ago, by, purpose, types, decided }: Request): Act[] => {
  const name = `export ${ago}`
  const asks = { ago, hour: 10.3, by, what: 'asks for an export' }
  const acts = inSteps(plan, [
    {
      ...asks,
      do: async (player, stage) => {
        const { id } = await player.does((caller) => caller.exports.request({ purpose, types: [...types] }))
        stage.keep(name, id)
      },
    },
    ...(decided === undefined
      ? []
      : [
          {
            ago: ago - 1,
            hour: 9.45,
            by: decided.by,
            what: 'reads what is asked for',
            do: (player: Player, stage: Stage) =>
              player.does((caller) => caller.exports.get({ id: stage.kept(name) })),
          },
          {
            ago: ago - 1,
            hour: 9.6,
            by: decided.by,
            what: decided.approved ? 'approves an export' : 'rejects an export',
            do: (player, stage) => {
              const input = { id: stage.kept(name), reason: decided.reason }
              return player.does((caller) =>
                decided.approved
                  ? caller.exports.approve({ ...input, attestation: true })
                  : caller.exports.reject(input),
              )
            },
          } satisfies Parameters<typeof inSteps>[1][number],
        ]),
  ])
  const decidedAt = plan.at(ago - 1, 9.6)
  if (acts.length === 0 || decided?.approved !== true || decidedAt === null) return acts
  const signal = new AbortController().signal
  const built = decidedAt + 2 * MINUTE_MS
  const later: Act[] = [
    jobAct(built, 'builds an export', async ({ app, kept }) => {
      const [work] = await app.db.sql<{ id: string }[]>`select id from works where subject_id = ${kept(name)}`
      await runWork(app, work?.id ?? '', signal)
    }),
    {
      at: built + 95 * MINUTE_MS,
      by,
      what: 'downloads an export',
      alone: true,
      do: (stage) => download(stage, by, stage.kept(name)),
    },
    jobAct(built + 7.1 * DAY_MS, 'deletes an export that has expired', (stage) =>
      expireRelease.run({ app: stage.app, id: stage.kept(name), signal }),
    ),
  ]
  return [...acts, ...later.filter(({ at }) => at < plan.to)]
}

/** Exports that are asked for, approved, built, downloaded and expired; one rejected, one that waits. */
export const exports: Story = (plan) => REQUESTS.flatMap((request) => storyOf(plan, request))
