import * as contract from '@chartward/contract'
import { readProcedure } from '../../trpc/procedure.ts'
import { router } from '../../trpc/trpc.ts'
import { claimLinks } from './links.ts'
import { searchClaims } from './search.ts'

export const claimsRouter = router({
  search: readProcedure({
    permission: 'vault:claim:search',
    audit: 'claim.searched',
    input: contract.searchClaimsInput,
    output: contract.searchClaimsOutput,
    resource: () => ({ kind: 'patients' }),
  }).query(({ ctx, input }) => searchClaims({ ctx: ctx.verb, scope: ctx.scope, input })),

  links: readProcedure({
    permission: 'vault:record:read',
    audit: 'record.viewed',
    input: contract.claimLinksInput,
    output: contract.claimLinksOutput,
    resource: ({ patientId }) => ({ kind: 'patient', patientId }),
  }).query(({ ctx, input }) => claimLinks({ ctx: ctx.verb, scope: ctx.scope, input })),
})
