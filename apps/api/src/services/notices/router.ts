import * as contract from '@chartward/contract'
import { readProcedure } from '../../trpc/procedure.ts'
import { router } from '../../trpc/trpc.ts'
import { myNotices } from './mine.ts'

export const noticesRouter = router({
  mine: readProcedure({
    permission: 'self:notice:read',
    audit: 'notices.listed',
    input: contract.myNoticesInput,
    output: contract.myNoticesOutput,
  }).query(({ ctx }) => myNotices({ ctx: ctx.verb })),
})
