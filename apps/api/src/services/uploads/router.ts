import * as contract from '@chartward/contract'
import { changeProcedure, readProcedure } from '../../trpc/procedure.ts'
import { router } from '../../trpc/trpc.ts'
import { getUpload } from './get.ts'
import { listUploads } from './list.ts'
import { requestUploadTrust } from './request-trust.ts'
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

  requestTrust: changeProcedure({
    permission: 'import:upload:trust',
    audit: 'import.trust-requested',
    input: contract.requestUploadTrustInput,
    output: contract.requestUploadTrustOutput,
  }).mutation(({ ctx, input }) => requestUploadTrust({ ctx: ctx.verb, input })),
})
