import * as contract from '@chartward/contract'
import { changeProcedure, readProcedure } from '../../trpc/procedure.ts'
import { router } from '../../trpc/trpc.ts'
import { endBreakGlass } from './end.ts'
import { endOwnBreakGlass } from './end-own.ts'
import { getBreakGlass } from './get.ts'
import { listBreakGlass } from './list.ts'
import { listOwnBreakGlass } from './mine.ts'
import { openBreakGlass } from './open.ts'
import { reviewBreakGlass } from './review.ts'
import { searchInEmergency } from './search.ts'

export const breakGlassRouter = router({
  search: readProcedure({
    permission: 'care:break-glass:search',
    audit: 'patient.emergency-searched',
    input: contract.searchInEmergencyInput,
    output: contract.searchInEmergencyOutput,
    resource: () => ({ kind: 'patients' }),
  }).query(({ ctx, input }) => searchInEmergency({ ctx: ctx.verb, scope: ctx.scope, input })),

  open: changeProcedure({
    permission: 'care:break-glass:open',
    audit: 'break-glass.opened',
    input: contract.openBreakGlassInput,
    output: contract.openBreakGlassOutput,
  }).mutation(({ ctx, input }) => openBreakGlass({ ctx: ctx.verb, input })),

  mine: readProcedure({
    permission: 'self:break-glass:read',
    audit: 'break-glass.listed',
    input: contract.listOwnBreakGlassInput,
    output: contract.listOwnBreakGlassOutput,
  }).query(({ ctx }) => listOwnBreakGlass({ ctx: ctx.verb })),

  endMine: changeProcedure({
    permission: 'self:break-glass:end',
    audit: 'break-glass.ended',
    input: contract.endOwnBreakGlassInput,
    output: contract.endOwnBreakGlassOutput,
  }).mutation(({ ctx, input }) => endOwnBreakGlass({ ctx: ctx.verb, input })),

  list: readProcedure({
    permission: 'care:break-glass:list',
    audit: 'break-glass.listed',
    input: contract.listBreakGlassInput,
    output: contract.listBreakGlassOutput,
  }).query(({ ctx, input }) => listBreakGlass({ ctx: ctx.verb, input })),

  get: readProcedure({
    permission: 'care:break-glass:list',
    audit: 'break-glass.viewed',
    input: contract.getBreakGlassInput,
    output: contract.getBreakGlassOutput,
  }).query(({ ctx, input }) => getBreakGlass({ ctx: ctx.verb, input })),

  end: changeProcedure({
    permission: 'care:break-glass:end',
    audit: 'break-glass.ended',
    input: contract.endBreakGlassInput,
    output: contract.endBreakGlassOutput,
  }).mutation(({ ctx, input }) => endBreakGlass({ ctx: ctx.verb, input })),

  review: changeProcedure({
    permission: 'care:break-glass:review',
    audit: 'break-glass.reviewed',
    input: contract.reviewBreakGlassInput,
    output: contract.reviewBreakGlassOutput,
  }).mutation(({ ctx, input }) => reviewBreakGlass({ ctx: ctx.verb, input })),
})
