import * as contract from '@chartward/contract'
import { readProcedure } from '../../trpc/procedure.ts'
import { router } from '../../trpc/trpc.ts'
import { showProvider } from './provider.ts'

export const keysRouter = router({
  provider: readProcedure({
    permission: 'system:key:read',
    audit: 'key.provider-viewed',
    input: contract.keyProviderInput,
    output: contract.keyProviderOutput,
  }).query(({ ctx }) => showProvider({ ctx: ctx.verb })),
})
