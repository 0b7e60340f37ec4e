import * as contract from '@chartward/contract'
import { readProcedure } from '../../trpc/procedure.ts'
import { router } from '../../trpc/trpc.ts'
import { listBackups } from './list.ts'

export const backupsRouter = router({
  list: readProcedure({
    permission: 'system:backup:read',
    audit: 'backup.listed',
    input: contract.listBackupsInput,
    output: contract.listBackupsOutput,
  }).query(({ ctx }) => listBackups({ ctx: ctx.verb })),
})
