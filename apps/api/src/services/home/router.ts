import * as contract from '@chartward/contract'
import { readProcedure } from '../../trpc/procedure.ts'
import { router } from '../../trpc/trpc.ts'
import { accounts } from './accounts.ts'
import { activity } from './activity.ts'
import { logState } from './log-state.ts'
import { myWork } from './mine.ts'
import { oversight } from './oversight.ts'
import { security } from './security.ts'

export const homeRouter = router({
  activity: readProcedure({
    permission: 'home:summary:read',
    audit: 'home.viewed',
    input: contract.activityInput,
    output: contract.activityOutput,
    proven: 'by test',
  }).query(({ ctx, input }) => activity({ ctx: ctx.verb, input })),

  mine: readProcedure({
    permission: 'home:summary:read',
    audit: 'home.viewed',
    input: contract.myWorkInput,
    output: contract.myWorkOutput,
  }).query(({ ctx }) => myWork({ ctx: ctx.verb })),

  accounts: readProcedure({
    permission: 'home:accounts:read',
    audit: 'home.viewed',
    input: contract.accountsInput,
    output: contract.accountsOutput,
  }).query(({ ctx }) => accounts({ ctx: ctx.verb })),

  security: readProcedure({
    permission: 'home:security:read',
    audit: 'home.viewed',
    input: contract.securityInput,
    output: contract.securityOutput,
  }).query(({ ctx, input }) => security({ ctx: ctx.verb, input })),

  log: readProcedure({
    permission: 'home:log:read',
    audit: 'home.viewed',
    input: contract.logStateInput,
    output: contract.logStateOutput,
  }).query(({ ctx, input }) => logState({ ctx: ctx.verb, input })),

  oversight: readProcedure({
    permission: 'home:oversight:read',
    audit: 'home.viewed',
    input: contract.oversightInput,
    output: contract.oversightOutput,
  }).query(({ ctx, input }) => oversight({ ctx: ctx.verb, input })),
})
