import * as contract from '@chartward/contract'
import { changeProcedure, readProcedure } from '../../trpc/procedure.ts'
import { router } from '../../trpc/trpc.ts'
import { findCandidates } from '../care/candidates.ts'
import { endCover } from './end.ts'
import { giveCover } from './give.ts'
import { listCovers } from './list.ts'

const ofMany = () => ({ kind: 'patients' }) as const

export const coversRouter = router({
  list: readProcedure({
    permission: 'care:cover:list',
    audit: 'care.cover.listed',
    input: contract.listCoversInput,
    output: contract.listCoversOutput,
    resource: ofMany,
  }).query(({ ctx, input }) => listCovers({ ctx: ctx.verb, input })),

  candidates: readProcedure({
    permission: 'care:cover:list',
    audit: 'care.cover.listed',
    input: contract.findCoveringInput,
    output: contract.findCoveringOutput,
    resource: ofMany,
  }).query(({ ctx, input }) => findCandidates({ ctx: ctx.verb, input })),

  give: changeProcedure({
    permission: 'care:cover:give',
    audit: 'care.cover.given',
    input: contract.giveCoverInput,
    output: contract.giveCoverOutput,
    resource: ofMany,
  }).mutation(({ ctx, input }) => giveCover({ ctx: ctx.verb, input })),

  end: changeProcedure({
    permission: 'care:cover:end',
    audit: 'care.cover.ended',
    input: contract.endCoverInput,
    output: contract.endCoverOutput,
    resource: ofMany,
  }).mutation(({ ctx, input }) => endCover({ ctx: ctx.verb, input })),
})
