import { z } from 'zod'
import { readProcedure } from '../../trpc/procedure.ts'
import { router } from '../../trpc/trpc.ts'
import { accounts } from './accounts.ts'
import { activity } from './activity.ts'
import { myWork } from './mine.ts'
import { oversight } from './oversight.ts'

const nothing = z.strictObject({}).optional()
const activitySchema = z.strictObject({
  bucket: z.enum(['hour', 'day']),
  days: z.number().int().min(1).max(366),
})

export const homeRouter = router({
  activity: readProcedure({
    permission: 'home:summary:read',
    audit: 'home.viewed',
    input: activitySchema,
  }).query(({ ctx, input }) => activity({ ctx: ctx.verb, input })),

  mine: readProcedure({
    permission: 'home:summary:read',
    audit: 'home.viewed',
    input: nothing,
  }).query(({ ctx }) => myWork({ ctx: ctx.verb })),

  accounts: readProcedure({
    permission: 'home:accounts:read',
    audit: 'home.viewed',
    input: nothing,
  }).query(({ ctx }) => accounts({ ctx: ctx.verb })),

  oversight: readProcedure({
    permission: 'home:oversight:read',
    audit: 'home.viewed',
    input: nothing,
  }).query(({ ctx }) => oversight({ ctx: ctx.verb })),
})
