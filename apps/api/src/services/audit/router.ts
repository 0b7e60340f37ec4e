import * as contract from '@chartward/contract'
import { changeProcedure, readProcedure } from '../../trpc/procedure.ts'
import { router } from '../../trpc/trpc.ts'
import { listAccesses } from './accesses/list.ts'
import { listOwnAccesses } from './accesses/own.ts'
import { printAccesses } from './accesses/print.ts'
import { listActions } from './actions.ts'
import { askCheck } from './ask-check.ts'
import { proveConsistency } from './consistency.ts'
import { getEntry } from './get.ts'
import { getCheck } from './get-check.ts'
import { histogram } from './histogram.ts'
import { proveEntry } from './proof.ts'
import { searchEntries } from './search.ts'
import { showTreeHead } from './tree-head.ts'

export const auditRouter = router({
  search: readProcedure({
    permission: 'audit:entry:search',
    audit: 'audit.searched',
    input: contract.searchEntriesInput,
    output: contract.searchEntriesOutput,
    proven: 'by test',
  }).query(({ ctx, input }) => searchEntries({ ctx: ctx.verb, input })),

  histogram: readProcedure({
    permission: 'audit:entry:search',
    audit: 'audit.searched',
    input: contract.histogramInput,
    output: contract.histogramOutput,
    proven: 'by test',
  }).query(({ ctx, input }) => histogram({ ctx: ctx.verb, input })),

  actions: readProcedure({
    permission: 'audit:entry:search',
    audit: 'audit.searched',
    input: contract.listActionsInput,
    output: contract.listActionsOutput,
  }).query(({ ctx }) => listActions({ ctx: ctx.verb })),

  get: readProcedure({
    permission: 'audit:entry:read',
    audit: 'audit.viewed',
    input: contract.getEntryInput,
    output: contract.getEntryOutput,
  }).query(({ ctx, input }) => getEntry({ ctx: ctx.verb, input })),

  accesses: readProcedure({
    permission: 'audit:access:list',
    audit: 'audit.accesses-viewed',
    input: contract.listAccessesInput,
    output: contract.listAccessesOutput,
    resource: ({ patientId }) => ({ kind: 'patient', patientId }),
  }).query(({ ctx, input }) => listAccesses({ ctx: ctx.verb, input })),

  printAccesses: readProcedure({
    permission: 'audit:access:list',
    audit: 'audit.accesses-printed',
    input: contract.printAccessesInput,
    output: contract.printAccessesOutput,
    resource: ({ patientId }) => ({ kind: 'patient', patientId }),
  }).query(({ ctx, input }) => printAccesses({ ctx: ctx.verb, input })),

  ownAccesses: readProcedure({
    permission: 'self:access:list',
    audit: 'patient.accesses-viewed',
    input: contract.listOwnAccessesInput,
    output: contract.listOwnAccessesOutput,
    resource: ({ patientId }) => ({ kind: 'patient', patientId }),
  }).query(({ ctx, input }) => listOwnAccesses({ ctx: ctx.verb, input })),

  proof: readProcedure({
    permission: 'audit:entry:read',
    audit: 'audit.proof-viewed',
    input: contract.proveEntryInput,
    output: contract.proveEntryOutput,
  }).query(({ ctx, input }) => proveEntry({ ctx: ctx.verb, input })),

  // Sizes and hashes only: whoever is signed in may see that the log grows, and hold it to what they saw.
  head: readProcedure({
    permission: 'home:summary:read',
    audit: 'home.viewed',
    input: contract.showTreeHeadInput,
    output: contract.showTreeHeadOutput,
  }).query(({ ctx }) => showTreeHead({ ctx: ctx.verb })),

  consistency: readProcedure({
    permission: 'home:summary:read',
    audit: 'home.viewed',
    input: contract.proveConsistencyInput,
    output: contract.proveConsistencyOutput,
  }).query(({ ctx, input }) => proveConsistency({ ctx: ctx.verb, input })),

  askCheck: changeProcedure({
    permission: 'audit:log:verify',
    audit: 'audit.check-asked',
    input: contract.askCheckInput,
    output: contract.askCheckOutput,
  }).mutation(({ ctx }) => askCheck({ ctx: ctx.verb })),

  check: readProcedure({
    permission: 'audit:log:verify',
    audit: 'work.viewed',
    input: contract.getCheckInput,
    output: contract.getCheckOutput,
  }).query(({ ctx, input }) => getCheck({ ctx: ctx.verb, input })),
})
