import * as contract from '@chartward/contract'
import { changeProcedure, readProcedure } from '../../trpc/procedure.ts'
import { router } from '../../trpc/trpc.ts'
import { getUpload } from './get.ts'
import { listUploads } from './list.ts'
import { withdrawUpload } from './withdraw.ts'

export const uploadsRouter = router({
  list: readProcedure({
    permission: 'import:upload:list',
    audit: 'import.listed',
    input: contract.listUploadsInput,
    output: contract.listUploadsOutput,
  }).query(({ ctx }) => listUploads({ ctx: ctx.verb })),

  get: readProcedure({
    permission: 'import:upload:list',
    audit: 'import.viewed',
    input: contract.getUploadInput,
    output: contract.getUploadOutput,
  }).query(({ ctx, input }) => getUpload({ ctx: ctx.verb, input })),

  withdraw: changeProcedure({
    permission: 'import:upload:withdraw',
    audit: 'import.withdrawal-requested',
    input: contract.withdrawUploadInput,
    output: contract.withdrawUploadOutput,
  }).mutation(({ ctx, input }) => withdrawUpload({ ctx: ctx.verb, input })),
})
