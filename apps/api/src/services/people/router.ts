import * as contract from '@chartward/contract'
import { changeProcedure, readProcedure } from '../../trpc/procedure.ts'
import { router } from '../../trpc/trpc.ts'
import { changePeople } from './change.ts'
import { discardPeopleImport } from './discard.ts'
import { getPeopleChange } from './get.ts'
import { importPeople } from './import-file.ts'
import { listPeopleChanges } from './list.ts'
import { matchingPeople } from './matching.ts'
import { previewPeople } from './preview.ts'
import { peopleReport } from './report.ts'
import { requestPeopleImport } from './request-import.ts'

export const peopleRouter = router({
  matching: readProcedure({
    permission: 'account:user:list',
    audit: 'people.listed',
    input: contract.matchingPeopleInput,
    output: contract.matchingPeopleOutput,
  }).query(({ ctx, input }) => matchingPeople({ ctx: ctx.verb, input })),

  preview: readProcedure({
    permission: 'account:people:list',
    audit: 'people.viewed',
    input: contract.previewPeopleInput,
    output: contract.previewPeopleOutput,
  }).query(({ ctx, input }) => previewPeople({ ctx: ctx.verb, input })),

  change: changeProcedure({
    permission: 'account:people:change',
    audit: 'people.change-requested',
    input: contract.changePeopleInput,
    output: contract.changePeopleOutput,
  }).mutation(({ ctx, input }) => changePeople({ ctx: ctx.verb, input })),

  importFile: changeProcedure({
    permission: 'account:people:import',
    audit: 'people.file-received',
    input: contract.importPeopleInput,
    output: contract.importPeopleOutput,
  }).mutation(({ ctx, input }) => importPeople({ ctx: ctx.verb, input })),

  requestImport: changeProcedure({
    permission: 'account:people:import',
    audit: 'people.change-requested',
    input: contract.requestPeopleImportInput,
    output: contract.requestPeopleImportOutput,
  }).mutation(({ ctx, input }) => requestPeopleImport({ ctx: ctx.verb, input })),

  discard: changeProcedure({
    permission: 'account:people:import',
    audit: 'people.change-requested',
    input: contract.discardPeopleImportInput,
    output: contract.discardPeopleImportOutput,
  }).mutation(({ ctx, input }) => discardPeopleImport({ ctx: ctx.verb, input })),

  list: readProcedure({
    permission: 'account:people:list',
    audit: 'people.listed',
    input: contract.listPeopleChangesInput,
    output: contract.listPeopleChangesOutput,
  }).query(({ ctx }) => listPeopleChanges({ ctx: ctx.verb })),

  get: readProcedure({
    permission: 'account:people:list',
    audit: 'people.viewed',
    input: contract.getPeopleChangeInput,
    output: contract.getPeopleChangeOutput,
  }).query(({ ctx, input }) => getPeopleChange({ ctx: ctx.verb, input })),

  report: readProcedure({
    permission: 'account:people:list',
    audit: 'people.viewed',
    input: contract.peopleReportInput,
    output: contract.peopleReportOutput,
  }).query(({ ctx, input }) => peopleReport({ ctx: ctx.verb, input })),
})
