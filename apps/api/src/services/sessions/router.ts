import * as contract from '@chartward/contract'
import { changeProcedure, readProcedure } from '../../trpc/procedure.ts'
import { router } from '../../trpc/trpc.ts'
import { endSessions } from './end.ts'
import { endMySessions } from './end-mine.ts'
import { forgetMyDevices } from './forget-devices.ts'
import { listSessions } from './list.ts'
import { mySessions } from './mine.ts'
import { myDevices } from './my-devices.ts'

export const sessionsRouter = router({
  list: readProcedure({
    permission: 'account:session:list',
    audit: 'sessions.listed',
    input: contract.listSessionsInput,
    output: contract.listSessionsOutput,
  }).query(({ ctx, input }) => listSessions({ ctx: ctx.verb, input })),

  end: changeProcedure({
    permission: 'account:session:end',
    audit: 'sessions.ended',
    input: contract.endSessionsInput,
    output: contract.endSessionsOutput,
    aboutUser: ({ userId }) => userId,
  }).mutation(({ ctx, input }) => endSessions({ ctx: ctx.verb, input })),

  mine: readProcedure({
    permission: 'self:session:read',
    audit: 'sessions.listed',
    input: contract.mySessionsInput,
    output: contract.mySessionsOutput,
  }).query(({ ctx }) => mySessions({ ctx: ctx.verb })),

  endMine: changeProcedure({
    permission: 'self:session:end',
    audit: 'sessions.ended',
    input: contract.endMySessionsInput,
    output: contract.endMySessionsOutput,
  }).mutation(({ ctx, input }) => endMySessions({ ctx: ctx.verb, input })),

  devices: readProcedure({
    permission: 'self:session:read',
    audit: 'devices.listed',
    input: contract.myDevicesInput,
    output: contract.myDevicesOutput,
  }).query(({ ctx }) => myDevices({ ctx: ctx.verb })),

  forgetDevices: changeProcedure({
    permission: 'self:session:end',
    audit: 'devices.forgotten',
    input: contract.forgetDevicesInput,
    output: contract.forgetDevicesOutput,
  }).mutation(({ ctx, input }) => forgetMyDevices({ ctx: ctx.verb, input })),
})
