import type { Player } from './player.ts'

/** Approves a request of somebody else's, having read what it is. */
export const approves = (player: Player, id: string): Promise<unknown> =>
  player.does(async ({ approvals }) => {
    const { hash } = await approvals.get({ id })
    await approvals.approve({ id, hash })
  })

/** Turns a request of somebody else's down, having read what it is. */
export const turnsDown = (player: Player, id: string, reason: string): Promise<unknown> =>
  player.does(async ({ approvals }) => {
    const { hash } = await approvals.get({ id })
    await approvals.reject({ id, hash, reason })
  })
